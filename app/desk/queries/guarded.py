"""Restricted matters on the desk: emergency openings that their officers are told of, and the alarm."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Row, func, select, true

from app.core import clock
from app.extensions import db
from app.people.models import Seat
from app.tickets.policy import secrecy
from app.tickets.rules.secrecy import TOLD_FOR


@dataclass(frozen=True)
class Guarded:
    """What those who are named, and a system admin, have to know at once. Numbers and names, never the matter."""

    openings: Sequence[Row]
    unattended: int

    def __bool__(self) -> bool:
        return bool(self.openings or self.unattended)


def guarded(seat: Seat) -> Guarded:
    """Openings of the last week, newest first, and how many matters have nobody left. One statement."""
    alarm = select(func.count().label("many")).select_from(secrecy.unattended(seat).order_by(None).subquery())
    alarm, openings = alarm.subquery(), secrecy.emergencies(seat, clock.now() - TOLD_FOR).subquery()
    both = select(alarm.c.many, *openings.c).select_from(alarm.outerjoin(openings, true()))
    rows = db.session.execute(both.order_by(openings.c.until.desc())).all()
    return Guarded([row for row in rows if row.ticket_id], rows[0].many)
