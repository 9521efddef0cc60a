"""How much waits, for the head of every page and for the desks. Asked once a request, two statements at most."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from flask import g
from sqlalchemy import select

from app.desk.rules import MOST_COUNTED, asks_of
from app.extensions import db
from app.monitoring.policy import may_sort
from app.monitoring.queries.alerts import to_sort
from app.people.models import Seat
from app.tickets.queries import counts, stands_in
from app.tickets.rules import ENDED, State


@dataclass(frozen=True)
class Numbers:
    """Alerts to be sorted (counted up to a hundred), and tickets by state as far as the reader's reach goes."""

    to_sort: int = 0
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
    waiting, stands_in = _centre() if may_sort(seat) else (0, 0)
    return Numbers(waiting, counts(seat), frozenset(asks_of(seat.role)), stands_in)


def _centre() -> tuple[int, int]:
    """Alerts to be sorted, and drafts that Diskominfo approves for want of a narahubung."""
    row = db.session.execute(select(to_sort(MOST_COUNTED).scalar_subquery(), stands_in().scalar_subquery())).one()
    return row[0], int(row[1])
