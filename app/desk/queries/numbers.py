"""How much waits, for the head of every page and for the desks. Asked once a request, two statements at most."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from flask import g
from sqlalchemy import func, select

from app.desk.rules import MOST_COUNTED, asks_of
from app.extensions import db
from app.monitoring.policy import may_sort
from app.monitoring.queries.alerts import to_sort
from app.people.models import Seat
from app.people.rules import Role
from app.tickets.models import TicketCount
from app.tickets.rules import ENDED, State


@dataclass(frozen=True)
class Numbers:
    """Alerts to be sorted (counted up to a hundred), and tickets by state as far as the reader's reach goes."""

    to_sort: int = 0
    tickets: dict[State, int] = field(default_factory=dict)
    mine: frozenset[State] = frozenset()

    @property
    def turn(self) -> int:
        """Tickets whose turn is the reader's."""
        return self.of(self.mine)

    @property
    def open(self) -> int:
        return self.of(state for state in State if state not in ENDED)

    def of(self, states: Iterable[State]) -> int:
        return sum(self.tickets.get(state, 0) for state in states)


def numbers(seat: Seat) -> Numbers:
    """The numbers of this reader, kept for the rest of the request. Restricted tickets are in nobody's count."""
    kept = g.get("numbers")
    if kept is None or kept[0] != seat.id:
        kept = g.numbers = (seat.id, _asked(seat))
    return kept[1]


def _asked(seat: Seat) -> Numbers:
    waiting = db.session.scalar(to_sort(MOST_COUNTED)) if may_sort(seat) else 0
    return Numbers(waiting or 0, _tickets(seat), _mine(seat.role))


def _mine(role: Role) -> frozenset[State]:
    return frozenset(asks_of(role))


def _tickets(seat: Seat) -> dict[State, int]:
    rows = select(TicketCount.state, func.sum(TicketCount.n)).group_by(TicketCount.state)
    if seat.role.of_opd:
        rows = rows.where(TicketCount.opd_id == seat.opd_id)
    return {state: int(many) for state, many in db.session.execute(rows)}
