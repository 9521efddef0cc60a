"""The next reminder of a ticket or task (`step_at`): kept true by whatever changes one of its clocks."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm.attributes import set_committed_value

from app.core import clock
from app.core.calendar import Calendar
from app.extensions import db
from app.people.calendars import calendar_of
from app.tickets.models import Task, Ticket
from app.tickets.rules.steps import RunningClock, next_step
from app.tickets.rules.sums import DUE, FIRST, REACT, end_of, spans, unit_of


def mind_steps(thing: Ticket | Task) -> None:
    """Call it after every change of a clock. A step that lies behind is looked at at once: the look reminds once."""
    thing.step_at = next_step(running_clocks(thing), calendar_for(thing))


def steps_passed(thing: Ticket | Task, *waits: datetime) -> None:
    """Its steps so far were looked at: wait for the next, or for when people may be told. Nobody's half-written form
    grows old by it."""
    following = next_step(running_clocks(thing), calendar_for(thing), clock.now())
    coming = min((at for at in (following, *waits) if at), default=None)
    table = type(thing).metadata.tables[thing.__tablename__]
    db.session.execute(update(table).where(table.c.id == thing.id).values(step_at=coming))
    set_committed_value(thing, "step_at", coming)


def running_clocks(thing: Ticket | Task) -> list[RunningClock]:
    """The clocks of its OPD that run now; none while it stands or is over."""
    if thing.paused_at or thing.ended_at or not thing.received_at:
        return []
    kept = thing.due_sum or []
    dates = {DUE: thing.due_at}
    if isinstance(thing, Ticket):
        dates[REACT] = None if thing.taken_on_at else thing.react_by
        dates[FIRST] = None if thing.first_stated_at else end_of(kept, FIRST)
    stood = {DUE: spans(kept), FIRST: spans(kept)}
    return [
        RunningClock(of, thing.received_at, due_at, unit_of(kept, of), stood.get(of, ()))
        for of, due_at in dates.items()
        if due_at
    ]


def calendar_for(thing: Ticket | Task) -> Calendar:
    """By whose hours its clocks run: the lead OPD's, or those of whoever works on a task."""
    return calendar_of(thing.lead_opd_id if isinstance(thing, Ticket) else thing.worked_by.id)
