"""How much waits, for the head of every page and for the desks. Asked once a request, two statements at most."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from flask import g
from sqlalchemy import literal, select

from app.desk.policy import ISU_READERS
from app.desk.queries.isu import counted
from app.desk.rules import MOST_COUNTED, asks_of
from app.extensions import db
from app.monitoring.policy import may_sort
from app.monitoring.queries.alerts import to_sort
from app.people.models import Seat
from app.tickets.queries import counts, stands_in
from app.tickets.rules import ENDED, State


@dataclass(frozen=True)
class Numbers:
    """Alerts to be sorted and isu, each counted up to a hundred, and tickets by state: as far as the reader's reach."""

    to_sort: int = 0
    isu: int = 0
    tickets: dict[State, int] = field(default_factory=dict)
    mine: frozenset[State] = frozenset()
    stands_in: int = 0

    @property
    def turn(self) -> int:
        """Tickets whose turn is the reader's."""
        return self.of(self.mine) + self.stands_in

    @property
    def open(self) -> int:
        return self.of(state for state in State if state not in ENDED)

    def of(self, states: Iterable[State]) -> int:
        return sum(self.tickets.get(state, 0) for state in states)


def numbers(seat: Seat) -> Numbers:
    """The numbers of this reader, kept for the rest of the request, under the same policy as the lists."""
    kept = g.get("numbers")
    if kept is None or kept[0] != seat.id:
        kept = g.numbers = (seat.id, _asked(seat))
    return kept[1]


def _asked(seat: Seat) -> Numbers:
    waiting, isu, standing_in = _centre(seat) if seat.role in ISU_READERS else (0, 0, 0)
    return Numbers(waiting, isu, counts(seat), frozenset(asks_of(seat.role)), standing_in)


def _centre(seat: Seat) -> tuple[int, int, int]:
    """Alerts to be sorted, isu, and drafts that Diskominfo approves for want of a narahubung. One statement."""
    isu = counted(seat, MOST_COUNTED)
    nothing = select(literal(0))
    asked = (to_sort(MOST_COUNTED), isu, stands_in()) if may_sort(seat) else (nothing, isu, nothing)
    row = db.session.execute(select(*(each.scalar_subquery() for each in asked))).one()
    return row[0], row[1], int(row[2])
