"""Counters per OPD and state, kept in the transaction that changes them."""

from app.core.db import insert
from app.extensions import db
from app.tickets.models import Ticket, TicketCount
from app.tickets.rules import State

UNLED = 0
"""Counted here: tickets that no OPD leads yet."""


def count(ticket: Ticket, opd_before: int | None, state_before: State | None) -> None:
    """Keep the counters true after a change of lead or state; a new ticket has no state before."""
    if ticket.restricted:
        return
    after = (ticket.lead_opd_id or UNLED, ticket.state)
    rows = [(*after, 1)]
    if state_before:
        before = (opd_before or UNLED, state_before)
        rows = [] if before == after else [(*before, -1), (*after, 1)]
    change_counts(rows)


def change_counts(rows: list[tuple[int, State, int]]) -> None:
    """Add `n` to each (OPD, state); one statement, rows in one order so that writers never deadlock."""
    if not rows:
        return
    values = [{"opd_id": opd, "state": state, "n": n} for opd, state, n in sorted(rows)]
    statement = insert(TicketCount).values(values)
    statement = statement.on_conflict_do_update(
        index_elements=["opd_id", "state"], set_={"n": TicketCount.n + statement.excluded.n}
    )
    db.session.execute(statement)
