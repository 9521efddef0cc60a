"""Which alerts a page may show: the reader's own, less those behind a restricted ticket; and which work."""

from collections.abc import Sequence
from datetime import timedelta

from flask import abort
from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select

from app.core import clock
from app.core.db import held
from app.core.events import Event
from app.core.work import Work, WorkState, outward_kinds
from app.extensions import db
from app.monitoring.models import Alert, AlertFile
from app.monitoring.policy import visible_alerts
from app.monitoring.rules.kinds import AlertState
from app.people.models import Seat
from app.people.rules import Role
from app.tickets import policy as tickets
from app.tickets.models import Ticket, TicketAlert

OPENED_FOR = timedelta(hours=1)
"""How long files stay open after «Buka judul asli»."""


def alerts_for(seat: Seat) -> Select[Alert]:
    """Every alert `seat` may meet in the pantauan, in search and by its address."""
    return visible_alerts(seat).where(not_hidden(seat))


def not_hidden(seat: Seat) -> ColumnElement[bool]:
    """An alert behind a restricted ticket is for the officers named on it."""
    behind = select(TicketAlert.ticket_id).join(Ticket, Ticket.id == TicketAlert.ticket_id)
    hidden = behind.where(TicketAlert.alert_id == Alert.id, ~and_(*tickets.visible(seat)))
    return or_(Alert.state != AlertState.TICKETED, ~exists(hidden))


def visible_alert(alert_id: int, seat: Seat) -> Alert:
    """The alert, or 404."""
    return db.session.scalar(alerts_for(seat).where(Alert.id == alert_id)) or abort(404)


def visible_file(alert_id: int, file_id: int, seat: Seat) -> AlertFile | None:
    """A file of a visible alert. Of a sensitive one only while this seat's opening of the original is fresh."""
    alert = visible_alert(alert_id, seat)
    if alert.sensitive and not _opened_lately(alert, seat):
        return None
    return db.session.scalar(select(AlertFile).where(AlertFile.id == file_id, AlertFile.alert_id == alert.id))


def _opened_lately(alert: Alert, seat: Seat) -> bool:
    opened = select(Event.id).where(Event.stream == f"alert:{alert.id}", Event.kind == "alert.original_opened")
    lately = opened.where(Event.seat_id == seat.id, Event.at > clock.now() - OPENED_FOR).limit(1)
    return db.session.scalar(lately) is not None


def held_alert(alert_id: int, seat: Seat) -> Alert:
    """The alert for a verb: nobody else changes it until this transaction ends. 404 when it is not visible."""
    return db.session.scalar(held(alerts_for(seat).where(Alert.id == alert_id), Alert)) or abort(404)


def held_alerts(ids: Sequence[int], seat: Seat) -> list[Alert]:
    """The visible ones among `ids`, locked in one order so that two selections never block each other."""
    wanted = alerts_for(seat).where(Alert.id.in_(ids)).order_by(Alert.id)
    return list(db.session.scalars(held(wanted, Alert)))


def visible_work(seat: Seat) -> Select[Work]:
    """What a system admin may know of the table of work. Letters are not in it, not even as a number: they have a
    page of their own, and of a restricted ticket's only those named on it may know."""
    wanted = select(Work)
    if seat.role is not Role.DISKOMINFO or not seat.is_admin:
        return wanted.where(false())
    return wanted.where(Work.kind.not_in(outward_kinds()))


def held_dead_work(work_id: int, seat: Seat) -> Work | None:
    """Work that was given up, for a decision; None when somebody has decided meanwhile. 404 when it is not visible."""
    work = db.session.scalar(held(visible_work(seat).where(Work.id == work_id), Work)) or abort(404)
    return work if work.state is WorkState.DEAD else None
