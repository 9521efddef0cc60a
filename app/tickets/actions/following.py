"""Every change of days off, hours or terms is a ClockChange, and open items follow it; closed ones never do."""

from collections.abc import Sequence
from datetime import timedelta

import structlog
from sqlalchemy import or_, select, update

from app.core import clock, events
from app.core.calendar import NoHours
from app.core.kept import forget_all
from app.core.work import Lease, later
from app.extensions import db
from app.tickets.actions.clocks import reckon_again, reckon_task
from app.tickets.actions.steps import mind_steps
from app.tickets.models import ClockChange, Task, Ticket
from app.tickets.rules.sums import spans

AT_ONCE = 100
AGAIN = timedelta(seconds=60)
"""Another process may know the old hours for half a minute: what it started meanwhile is looked at once more."""
CAUSES = frozenset({
    "holiday.added", "holiday.removed", "hours.added", "hours.changed", "hours.removed", "term.added", "term.ended",
})  # fmt: skip
WORK = "reckon"

log = structlog.get_logger()


@events.subscribe
def note_change(event: events.Event) -> None:
    """Remember that clocks run differently from now on, and have open items follow."""
    if event.kind not in CAUSES:
        return
    change = ClockChange(seat_id=event.seat_id, says=(event.after or {})["says"][:300])
    db.session.add(change)
    db.session.flush()
    later(WORK, change.id)
    later(WORK, change.id, at=clock.now() + AGAIN)


def follow(change_id: int, lease: Lease) -> None:
    """Reckon every open item that has not followed this change, in batches; may be stopped and begun again anywhere."""
    forget_all()
    change = db.session.get_one(ClockChange, change_id)
    while tickets := _next(change_id):
        change.touched += follow_some(tickets, change)
        lease.renew()
    change.reckoned_at = change.reckoned_at or clock.now()


def behind(change_id: int):
    """Open tickets that have not followed the change yet."""
    older = or_(Ticket.clock_change_id.is_(None), Ticket.clock_change_id < change_id)
    return select(Ticket).where(Ticket.open.is_(True), older)


def _next(change_id: int) -> Sequence[Ticket]:
    batch = behind(change_id).order_by(Ticket.id).limit(AT_ONCE).with_for_update(of=Ticket)
    return db.session.scalars(batch.execution_options(populate_existing=True)).all()


def follow_some(tickets: Sequence[Ticket], change: ClockChange) -> int:
    """These tickets and their open tasks by the clocks of now; how many changed. An unchanged one keeps its version."""
    ids = [ticket.id for ticket in tickets]
    asked = select(Task).where(Task.ticket_id.in_(ids), Task.open.is_(True), Task.due_reason == "").order_by(Task.id)
    tasks: dict[int, list[Task]] = {ticket_id: [] for ticket_id in ids}
    for task in db.session.scalars(asked):
        tasks[task.ticket_id].append(task)
    told = []
    for ticket in tickets:
        before, after = _changes(ticket, tasks[ticket.id])
        if after:
            told.append((ticket.stream, before, after | {"why": change.says}))
    db.session.flush()
    events.record_many("ticket.reckoned", told)
    follows = update(Ticket).where(Ticket.id.in_(ids)).values(clock_change_id=change.id)
    db.session.execute(follows.execution_options(synchronize_session=False))
    return len(told)


def _changes(ticket: Ticket, tasks: Sequence[Task]) -> tuple[dict, dict]:
    """(before, after) of every date that is another one now, in words."""
    try:
        with db.session.no_autoflush:
            changed = reckon_again(ticket)
            changed |= {f"task {task.number}": pair for task in tasks if (pair := _task_again(task, ticket))}
    except NoHours:
        log.exception("clock.no_hours", ticket=ticket.id)
        return {}, {}
    return _said(changed, 0), _said(changed, 1)


def _said(changed: dict, side: int) -> dict:
    """One side of each pair, in words; a date that is not there is not told."""
    return {name: clock.short(pair[side]) for name, pair in changed.items() if pair[side]}


def _task_again(task: Task, ticket: Ticket):
    if task.due_at is None:
        return None
    before, kept = task.due_at, task.due_sum
    reckon_task(task, ticket, spans(kept or []))
    if task.due_at == before:
        task.due_sum = kept
        return None
    mind_steps(task)
    return before, task.due_at
