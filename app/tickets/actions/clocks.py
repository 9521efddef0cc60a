"""The two clocks: each OPD's own, which starts at its receipt and can stand, and the matter's, which never restarts."""

from datetime import date, datetime, time, timedelta

from app.core import calendar, clock
from app.tickets.models import Task, Ticket
from app.tickets.rules import ANSWER_DAYS, OPD_CLOCK_RUNS, REACTION_HOURS, State
from app.tickets.rules.tasks import TASK_CLOCK_RUNS

RULING_DAYS = 1
"""Working days to a decision about authority (mission.md, «Deadlines to start with»)."""


def start_opd_clock(ticket: Ticket) -> None:
    """A new lead has all its time from now."""
    now, off = clock.now(), calendar.days_off()
    ticket.due_at = calendar.add_working_days(now, ANSWER_DAYS[ticket.ticket_class], off)
    ticket.react_by = reaction_due(ticket, now, off)
    ticket.due_reason, ticket.paused_at = "", None


def reaction_due(ticket: Ticket, start: datetime, off: frozenset[date]) -> datetime:
    """First reaction: hours at high levels, else the next working day at the same hour."""
    hours = REACTION_HOURS.get(ticket.level)
    return start + timedelta(hours=hours) if hours else calendar.add_working_days(start, 1, off)


def start_ruling_clock(ticket: Ticket) -> None:
    """An objection waits for its ruling from now."""
    ticket.rule_by = calendar.add_working_days(clock.now(), RULING_DAYS)


def mind_the_clock(ticket: Ticket, before: State, name: str) -> None:
    """The OPD's clock stands outside its running states; the due date shifts by the working days it stood."""
    if before in OPD_CLOCK_RUNS and ticket.state not in OPD_CLOCK_RUNS:
        ticket.paused_at = clock.now()
    elif ticket.state in OPD_CLOCK_RUNS and ticket.paused_at and name not in ("forward", "reroute"):
        _shift_due(ticket)
        ticket.paused_at = None


def _shift_due(ticket: Ticket) -> None:
    now = clock.now()
    if ticket.due_at is None or ticket.paused_at is None or clock.local(ticket.paused_at).date() == clock.today():
        return
    off = calendar.days_off()
    stood = calendar.working_days_between(ticket.paused_at, now, off)
    ticket.due_at = calendar.add_working_days(ticket.due_at, stood, off) if stood else ticket.due_at


def await_budget(ticket: Ticket, year: int) -> None:
    """The clock resumes on 2 January of the year; a year that has begun is resumed by people."""
    ticket.budget_year = year
    january = datetime.combine(date(year, 1, 2), time(7), clock.zone())
    ticket.hold_until = january if january > clock.now() else None


def start_task_clock(task: Task, ticket: Ticket) -> None:
    """Whoever works on it has the time of an answer from its own receipt, but not beyond the ticket's due date."""
    now = clock.now()
    due = calendar.add_working_days(now, ANSWER_DAYS[ticket.ticket_class], calendar.days_off())
    ahead = ticket.due_at is not None and ticket.due_at > now
    task.received_at, task.taken_on_at, task.paused_at = now, None, None
    task.due_at, task.due_reason = min(due, ticket.due_at) if ahead and ticket.due_at else due, ""


def mind_task_clock(task: Task) -> None:
    """It stands outside its running states and while put off; the due date shifts by the working days it stood."""
    runs = task.state in TASK_CLOCK_RUNS and not task.on_hold
    if not runs:
        task.paused_at = task.paused_at or clock.now()
    elif task.paused_at:
        if task.due_at:
            off = calendar.days_off()
            stood = calendar.working_days_between(task.paused_at, clock.now(), off)
            task.due_at = calendar.add_working_days(task.due_at, stood, off) if stood else task.due_at
        task.paused_at = None
