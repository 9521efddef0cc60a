"""What the clocks have reached: claimed once per clock and step, and proposed to go up once all time is used.

Who is written to is notify's business; it does so in the same transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy import exists, func, select, update
from sqlalchemy.exc import SQLAlchemyError

from app.core import clock, events
from app.core.calendar import NoHours
from app.core.db import insert_or_ignore
from app.extensions import db
from app.people.models import Opd, Person, Seat
from app.people.rules import Role
from app.tickets.actions.escalating import office_id, propose
from app.tickets.actions.steps import calendar_for, running_clocks, steps_passed
from app.tickets.models import Escalation, Reminder, Task, Ticket
from app.tickets.rules import Audience, State
from app.tickets.rules.authority import Cause
from app.tickets.rules.reminding import CALLED, TASK_CALLED, goes_up_as, may_tell, tells_from
from app.tickets.rules.steps import RunningClock
from app.tickets.rules.tasks import TASKLESS

AT_ONCE = 100
"""A few hundred a minute are enough; the clock has other duties."""
TOLD_BY = (Role.ADMIN_OPD, Role.NARAHUBUNG, Role.DISKOMINFO)

log = structlog.get_logger()


@dataclass(frozen=True)
class Reached:
    """A clock of a ticket or task that reached a step just now, of which its OPD is to be told."""

    thing: Ticket | Task
    clock: RunningClock
    step: int
    event_id: int


def claim_due() -> list[Reached]:
    """What is to be told now of all tickets and tasks, each step of a clock once whoever asks how often.

    Takes their locks; the letters belong into the same transaction. One that fails leaves the others alone.
    """
    things: list[Ticket | Task] = [*_due_tickets(), *_due_tasks()]
    return [found for thing in things for found in _tried(thing)]


def _due_tickets() -> Sequence[Ticket]:
    due = select(Ticket).where(Ticket.step_at <= clock.now()).order_by(Ticket.step_at, Ticket.id).limit(AT_ONCE)
    return db.session.scalars(due.with_for_update(of=Ticket, skip_locked=True)).all()


def _due_tasks() -> Sequence[Task]:
    """With their tickets held: what happens to a task is told in the ticket's history too."""
    due = select(Task).join(Ticket, Ticket.id == Task.ticket_id)
    due = due.where(Task.step_at <= clock.now(), Ticket.state.not_in(TASKLESS)).order_by(Task.step_at, Task.id)
    return db.session.scalars(due.limit(AT_ONCE).with_for_update(of=(Task, Ticket), skip_locked=True)).all()


def _tried(thing: Ticket | Task) -> list[Reached]:
    try:
        with db.session.begin_nested():
            return claim(thing)
    except (SQLAlchemyError, NoHours):
        log.exception("reminder.failed", stream=thing.stream)
        return []


def claim(thing: Ticket | Task) -> list[Reached]:
    """The steps that its clocks reached and nobody was told of, now claimed; waits for the hours of its OPD.

    Afterwards `step_at` is when to look again.
    """
    now, calendar, told = clock.now(), calendar_for(thing), _told(thing)
    steps = [(each, each.step(now, calendar)) for each in running_clocks(thing)]
    fresh = [(each, step) for each, step in steps if step > told.get((each.what, each.started_at), 0)]
    waits = [each for each, _step in fresh if not may_tell(each.unit, now, calendar)]
    reached = [
        Reached(thing, each, step, _record(thing, each, step))
        for each, step in fresh
        if each not in waits and _claimed(thing, each, step)
    ]
    steps_passed(thing, *(tells_from(each.unit, now, calendar) for each in waits))
    return reached


def _whose(thing: Ticket | Task) -> tuple[Ticket, Task | None, Opd | None]:
    """The ticket, the task if it is one, and the OPD that works on it."""
    return (thing.ticket, thing, thing.worked_by) if isinstance(thing, Task) else (thing, None, thing.lead)


def _told(thing: Ticket | Task) -> dict[tuple[str, datetime], int]:
    """The highest step that was told of each of its clocks."""
    ticket_id, task_id = thing.ids
    rows = select(Reminder.what, Reminder.started_at, func.max(Reminder.step))
    rows = rows.where(Reminder.ticket_id == ticket_id, Reminder.task_id == task_id)
    found = db.session.execute(rows.group_by(Reminder.what, Reminder.started_at))
    return {(what, started_at): step for what, started_at, step in found}


def _claimed(thing: Ticket | Task, each: RunningClock, step: int) -> bool:
    """Write down that it is told; False when another clock did so at this moment."""
    ticket_id, task_id = thing.ids
    about = {"ticket_id": ticket_id, "task_id": task_id, "what": each.what, "started_at": each.started_at}
    return insert_or_ignore(Reminder, **about, step=step, at=clock.now())


def _record(thing: Ticket | Task, each: RunningClock, step: int) -> int:
    """In the history, for Diskominfo; and what goes up now, once."""
    ticket, task, opd = _whose(thing)
    told = {"opd": opd.short if opd else "OPD", "step": step, "what": TASK_CALLED if task else CALLED[each.what]}
    kind = "task.remind" if task else "ticket.remind"
    inside = Audience.INTERNAL
    event = events.record(thing.stream, kind, None, after=told, audience=inside, opd_id=office_id())
    if cause := goes_up_as(each.what, step):
        propose(ticket, cause, opd, task=task)
    return event.id


def clock_to_tell(thing: Ticket | Task, what: str) -> RunningClock | None:
    """That clock of it, as long as it runs: what was done meanwhile is not asked for again."""
    return next((each for each in running_clocks(thing) if each.what == what), None)


# ── nobody to tell ─────────────────────────────────────────────────────


def nobody_to_tell(thing: Ticket | Task) -> None:
    """An OPD without anybody who gets letters is an alarm, once per OPD, not a silence.

    A restricted matter asks for itself: there nobody who may know of it gets letters.
    """
    ticket, task, opd = _whose(thing)
    known = exists().where(
        Escalation.cause == Cause.NOBODY, Escalation.opd_id == (opd.id if opd else 0), Escalation.closed_at.is_(None)
    )
    if ticket.restricted or not db.session.scalar(select(known)):
        propose(ticket, Cause.NOBODY, opd, task=task)


def settle_nobody() -> None:
    """Once somebody acts for the OPD again, its superior need not be asked any more."""
    acts = exists().where(
        Seat.opd_id == Escalation.opd_id, Seat.role.in_(TOLD_BY), Seat.person_id == Person.id, Seat.acts_today()
    )
    open_matter = exists().where(Ticket.id == Escalation.ticket_id, Ticket.restricted.is_(False))
    alarms = update(Escalation).where(Escalation.cause == Cause.NOBODY, Escalation.closed_at.is_(None))
    settled = alarms.where(acts, open_matter).values(closed_at=clock.now(), closed_as="settled")
    db.session.execute(settled.execution_options(synchronize_session=False))


# ── rulings ────────────────────────────────────────────────────────────


def propose_overdue_rulings() -> None:
    """A dispute whose term of decision is used up goes up, once per OPD that objected."""
    proposed = exists().where(
        Escalation.ticket_id == Ticket.id, Escalation.task_id == 0, Escalation.cause == Cause.RULING,
        Escalation.opd_id == func.coalesce(Ticket.lead_opd_id, 0),
    )  # fmt: skip
    overdue = select(Ticket).where(Ticket.state == State.CONTESTED, Ticket.rule_by <= clock.now(), ~proposed)
    overdue = overdue.order_by(Ticket.rule_by).limit(AT_ONCE).with_for_update(of=Ticket, skip_locked=True)
    for ticket in db.session.scalars(overdue).all():
        propose(ticket, Cause.RULING, ticket.lead)
