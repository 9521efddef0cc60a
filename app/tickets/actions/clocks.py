"""The clocks: each OPD's own, which starts at its receipt and can stand; the matter's, which never restarts; and the
one of whoever has to decide about authority. Every date is kept with its arithmetic (`due_sum`)."""

from dataclasses import replace
from datetime import date, datetime, time

from sqlalchemy import select

from app.core import clock
from app.core.calendar import Line, Reckoning, merged, shifted
from app.core.events import Event
from app.extensions import db
from app.people.models import Opd
from app.tickets.actions.steps import calendar_for, mind_steps
from app.tickets.actions.terms import reckoned, term_of
from app.tickets.models import Task, Ticket
from app.tickets.rules import OPD_CLOCK_RUNS, State
from app.tickets.rules.due import pauses
from app.tickets.rules.sums import (
    DUE,
    ENDED,
    FIRST,
    REACT,
    RULE,
    STOOD,
    Spans,
    dated,
    end_of,
    part,
    put,
    spans,
    start_of,
    unit_of,
    with_line,
    with_span,
    with_spans,
)  # fmt: skip
from app.tickets.rules.tasks import TASK_CLOCK_RUNS
from app.tickets.rules.terms import What

DECIDED = (State.NEW, State.CONTESTED)
"""States in which somebody has to decide whose matter it is."""


def start_opd_clock(ticket: Ticket) -> None:
    """A new lead has all its time from its own receipt."""
    ticket.due_reason, ticket.paused_at, ticket.clock_change_id = "", None, None
    ended = part(ticket.due_sum or [], ENDED)
    ticket.due_sum = [ended] if ended else []
    reckon_react(ticket)
    reckon_due(ticket, [])


def reckon_react(ticket: Ticket) -> None:
    """By when the OPD says something: its first reaction or its taking on, whichever comes first."""
    start, lead = receipt(ticket), ticket.lead_opd_id
    terms = [reckoned(term_of(what, ticket, start), start, lead, received_by(ticket.lead))
             for what in (What.FIRST_REACTION, What.TAKE_ON)]  # fmt: skip
    found = min(terms, key=lambda term: term.due_at)
    ticket.react_by = found.due_at
    ticket.due_sum = put(ticket.due_sum, REACT, dated(found, start))


def reckon_due(ticket: Ticket, stood: Spans) -> None:
    """The full answer, and the first one where it is due earlier; later by what the clock stood."""
    start, lead = receipt(ticket), ticket.lead_opd_id
    full, first = (reckoned(term_of(what, ticket, start), start, lead, received_by(ticket.lead), stood)
                   for what in (What.FINISHED, What.FIRST_ANSWER))  # fmt: skip
    ticket.due_at = full.due_at
    kept = put(ticket.due_sum or [], DUE, dated(full, start))
    earlier = first.due_at < full.due_at
    kept = put(kept, FIRST, dated(first, start) if earlier else None)
    ticket.due_sum = with_spans(kept, STOOD, stood)


def receipt(ticket: Ticket) -> datetime:
    """When its lead OPD received it: its clock starts there."""
    return ticket.received_at or ticket.opened_at


def received_by(opd: Opd | None) -> str:
    return f"Diterima {opd.short if opd else 'OPD'}"


def mind_the_clock(ticket: Ticket, before: State, name: str, ended_at: datetime | None = None) -> None:
    """What a move does to the clocks: the OPD's stands outside its running states, the matter's in ended ones."""
    now = clock.now()
    if ended_at and not ticket.ended_at:
        ticket.due_sum = with_span(ticket.due_sum or [], ENDED, ended_at, now)
    if before in OPD_CLOCK_RUNS and ticket.state not in OPD_CLOCK_RUNS:
        ticket.paused_at = now
    elif ticket.state in OPD_CLOCK_RUNS and ticket.paused_at and name not in ("forward", "reroute"):
        _go_on(ticket, (ticket.paused_at, now))
    if ticket.state in DECIDED:
        start_rule_clock(ticket, What.AUTHORITY)
    elif ticket.rule_by:
        ticket.rule_by, ticket.due_sum = None, put(ticket.due_sum or [], RULE, None)


def start_rule_clock(ticket: Ticket, what: What = What.RULING) -> None:
    """Somebody has to decide whose matter it is: Diskominfo (authority), or the Asisten or Sekda (ruling)."""
    reckon_rule(ticket, what, clock.now())


def reckon_rule(ticket: Ticket, what: What, start: datetime) -> None:
    begins = "Putusan diminta" if what is What.RULING else "Menunggu penetapan"
    found = reckoned(term_of(what, ticket, start), start, None, begins)
    ticket.rule_by = found.due_at
    ticket.due_sum = put(ticket.due_sum or [], RULE, dated(found, start, what=what.value))


def _go_on(ticket: Ticket, stop: tuple[datetime, datetime]) -> None:
    """The OPD's clock runs again; what it stood is added to its due date."""
    ticket.paused_at, ticket.clock_change_id = None, None
    if ticket.due_at is None or ticket.received_at is None:
        return
    known = ticket.due_sum or []
    if ticket.due_reason or part(known, DUE) is None:
        _shift(ticket, ticket.due_at, stop)
    else:
        reckon_due(ticket, [*spans(known), stop])


def _shift(thing: Ticket | Task, due_at: datetime, stop: tuple[datetime, datetime]) -> None:
    """A date that is not reckoned from its term is moved on by what the clock stood."""
    known = thing.due_sum or []
    thing.due_at, line = shifted(due_at, stop, unit_of(known, DUE), calendar_for(thing))
    thing.due_sum = with_span(with_line(known, DUE, thing.due_at, line), STOOD, *stop)


def set_by_hand(thing: Ticket | Task, due: datetime, reason: str, whose: str = "Diskominfo") -> None:
    """People set another due date; the sum keeps what it was and why it changed."""
    if thing.due_at is None:
        thing.due_sum = put(thing.due_sum or [], DUE, dated(Reckoning(due), clock.now()))
    line = Line(f"Diubah {whose}, {clock.short(clock.now())}", reason, clock.short(due))
    thing.due_at, thing.due_reason = due, reason
    thing.due_sum = with_line(thing.due_sum or [], DUE, due, line)
    mind_steps(thing)


def stood_before(ticket: Ticket) -> Spans:
    """When the OPD's clock stood since its receipt: as it was kept, else as history tells it."""
    if part(ticket.due_sum or [], STOOD):
        return spans(ticket.due_sum)
    moves = select(Event.at, Event.after).where(Event.stream == ticket.stream, Event.at >= receipt(ticket))
    told = [(at, (after or {}).get("state")) for at, after in db.session.execute(moves.order_by(Event.seq))]
    ran = [(at, state in OPD_CLOCK_RUNS) for at, state in told if state]
    return pauses(ran, receipt(ticket), ticket.paused_at or clock.now())


def reckon_again(ticket: Ticket) -> dict[str, tuple[datetime | None, datetime | None]]:
    """All dates of an open ticket by calendar and terms as they are now; what changed, as (before, after).

    What people set, and what lies behind (a first reaction that was given), stays.
    """
    before, kept = _dates(ticket), ticket.due_sum
    if ticket.received_at and ticket.lead_opd_id:
        if not ticket.taken_on_at:
            reckon_react(ticket)
        if not ticket.due_reason:
            reckon_due(ticket, stood_before(ticket))
    known, since = part(ticket.due_sum or [], RULE), start_of(ticket.due_sum or [], RULE)
    if ticket.rule_by and known and since:
        reckon_rule(ticket, What(known["what"]), since)
    after = _dates(ticket)
    if before == after:
        ticket.due_sum = kept
    else:
        mind_steps(ticket)
    return {name: (before[name], after[name]) for name in after if before[name] != after[name]}


def _dates(ticket: Ticket) -> dict[str, datetime | None]:
    return {"due": ticket.due_at, "react": ticket.react_by, "rule": ticket.rule_by,
            "first": end_of(ticket.due_sum or [], FIRST)}  # fmt: skip


def await_budget(ticket: Ticket, year: int) -> None:
    """The clock resumes on 2 January of the year; a year that has begun is resumed by people."""
    ticket.budget_year = year
    january = datetime.combine(date(year, 1, 2), time(7), clock.zone())
    ticket.hold_until = january if january > clock.now() else None


# ── tasks of supporting OPDs ─────────────────────────────────────────────


def start_task_clock(task: Task, ticket: Ticket) -> None:
    """Whoever works on it has the time of an answer from its own receipt, but not beyond the ticket's due date."""
    task.received_at, task.taken_on_at, task.paused_at, task.due_reason = clock.now(), None, None, ""
    reckon_task(task, ticket)


def mind_task_clock(task: Task, ticket: Ticket) -> None:
    """It stands outside its running states and while put off; the due date shifts by what it stood."""
    if task.state in TASK_CLOCK_RUNS and not task.on_hold:
        _resume_task(task, ticket)
    else:
        task.paused_at = task.paused_at or clock.now()


def reckon_task(task: Task, ticket: Ticket, stood: Spans = ()) -> None:
    """A task's due date: the term of its ticket's class from the OPD's own receipt, by that OPD's hours.

    The term does not reach beyond the ticket's own due date, unless that one was over already; what the task's clock
    stood is added in any case.
    """
    policy, worker, start = term_of(What.FINISHED, ticket, task.received_at), task.worked_by, task.received_at
    found = reckoned(policy, start, worker.id, received_by(worker))
    if ticket.due_at and start < ticket.due_at < found.due_at:
        found = _later_by(stood, _not_beyond(ticket.due_at, found), task)
    elif stood:
        found = reckoned(policy, start, worker.id, received_by(worker), stood)
    task.due_at = found.due_at
    task.due_sum = with_spans(put([], DUE, dated(found, start)), STOOD, stood)


def _not_beyond(due_at: datetime, found: Reckoning) -> Reckoning:
    latest = Line("Paling lambat", "bersama tenggat tiketnya", clock.short(due_at))
    return replace(found, due_at=due_at, lines=(*found.lines, latest))


def _later_by(stood: Spans, found: Reckoning, task: Task) -> Reckoning:
    for stop in merged(stood, task.received_at):
        due_at, line = shifted(found.due_at, stop, found.unit, calendar_for(task))
        found = replace(found, due_at=due_at, lines=(*found.lines, line))
    return found


def _resume_task(task: Task, ticket: Ticket) -> None:
    """It runs again; what it stood is added."""
    if task.paused_at is None:
        return
    stop, task.paused_at = (task.paused_at, clock.now()), None
    if task.due_at is None:
        return
    if task.due_reason:
        _shift(task, task.due_at, stop)
    else:
        reckon_task(task, ticket, [*spans(task.due_sum or []), stop])
