"""History, clocks and the river of one ticket, put into words for its page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from types import MappingProxyType

from app.core import clock
from app.core.calendar import Calendar
from app.core.uploads import neutral_name
from app.tickets.models import Answer, Ticket
from app.tickets.rules import AnswerKind, Audience, State
from app.tickets.rules.due import remaining, share
from app.tickets.rules.sentences import sentence
from app.tickets.rules.sums import DUE, ENDED, FIRST, HEADINGS, REACT, RULE, end_of, lines, spans


@dataclass(frozen=True)
class Entry:
    """One event as a person reads it."""

    actor: str
    says: str
    at: datetime
    words: str | None
    audience: Audience
    moved: State | None
    kind: str = ""


@dataclass(frozen=True)
class Sum:
    """A date and the arithmetic behind it, line by line."""

    heading: str
    lines: Sequence[tuple[str, str, str]]
    at: datetime


@dataclass(frozen=True)
class Box:
    """Two clocks: the OPD's tape with the sums of its dates, and how old the matter is."""

    used: float
    pauses: Sequence[tuple[float, float]]
    sums: Sequence[Sum]
    left: str
    matter_day: int


def split_history(rows: Sequence, inside: bool, hides_names: bool) -> tuple[list[Entry], list[Entry]]:
    """(notes oldest first, everything else newest first) of rows that are newest first.

    `hides_names`: files go by their number.
    """
    notes = [_entry(event, text, inside) for event, text in rows if event.kind == "ticket.note"]
    rest = [(event, text) for event, text in rows if event.kind != "ticket.note"]
    return notes[::-1], [_told(run, inside, hides_names) for _key, run in groupby(rest, key=_same_run)]


def _same_run(row) -> tuple:
    """Alerts that one person merges one after the other on one day are told in one sentence."""
    event, text = row
    alike = event.kind == "ticket.merge" and not text
    return (event.actor, clock.local(event.at).date()) if alike else (event.id,)


def _told(run: Iterable, inside: bool, hides_names: bool) -> Entry:
    """The newest of a run, with all that the run merged."""
    rows = list(run)
    event, text = rows[0]
    told = {"alerts": sum(each.after.get("alerts", 1) for each, _text in rows)} if len(rows) > 1 else {}
    if hides_names and event.kind == "ticket.file":
        told = {"file": neutral_name(event.ref_id, event.after["file"])}
    return _entry(event, text, inside, told)


def _entry(event, text: str | None, inside: bool, told: Mapping = MappingProxyType({})) -> Entry:
    after = {**(event.after or {}), **told}
    state = after.get("state")
    return Entry(
        actor=event.actor,
        says=sentence(event.kind, event.before, after, inside=inside),
        at=event.at,
        words=text,
        audience=Audience(event.audience),
        moved=State(state) if state else None,
        kind=event.kind,
    )


def clocks_box(ticket: Ticket, calendar: Calendar) -> Box:
    """How far the OPD's time has run, when it stood, and the sums behind the dates."""
    now, matter = clock.now(), _matter_day(ticket, calendar)
    sums = told_sums(ticket)
    if not (ticket.received_at and ticket.due_at):
        return Box(0.0, (), sums, "", matter)
    start, end = ticket.received_at, ticket.due_at
    stood = spans(ticket.due_sum or [])
    if ticket.paused_at:
        stood = [*stood, (ticket.paused_at, min(now, end))]
    shares = [(share(start, end, a, calendar), share(start, end, b, calendar)) for a, b in stood if a < b]
    used = share(start, end, ticket.paused_at or ticket.ended_at or now, calendar)
    left = remaining(end, calendar) if not ticket.paused_at and not ticket.ended_at else ""
    return Box(used, shares, sums, left, matter)


def told_sums(ticket: Ticket) -> list[Sum]:
    """The dates that still matter, the one for the full answer first."""
    kept = ticket.due_sum or []
    waits = ticket.received_at and not ticket.ended_at
    dates = {
        DUE: ticket.due_at if ticket.received_at else None,
        REACT: ticket.react_by if waits and not ticket.taken_on_at else None,
        FIRST: end_of(kept, FIRST) if waits and not ticket.first_stated_at else None,
        RULE: ticket.rule_by,
    }
    return [Sum(HEADINGS[of], lines(kept, of), at) for of, at in dates.items() if at]


def _matter_day(ticket: Ticket, calendar: Calendar) -> int:
    """How many working days old the matter is, without the time in which it had ended; the first day is 1."""
    lay = sum(calendar.working_days(since, until) for since, until in spans(ticket.due_sum or [], ENDED))
    return calendar.working_days(ticket.opened_at, ticket.ended_at or clock.now()) - lay + 1


def chain_of(answer: Answer, ticket: Ticket) -> tuple[list[tuple[str, str, str]], int]:
    """How an answer travels, as steps (what, who, when), and where it is."""
    steps = [("Disusun", answer.written_by, clock.short(answer.submitted_at))]
    if answer.returned_at and not answer.approved_at:
        return [*steps, ("Dikembalikan", "untuk diperbaiki", clock.short(answer.returned_at))], 1
    approved = clock.short(answer.approved_at) if answer.approved_at else "belum"
    steps.append(("Disetujui", answer.approved_by or "narahubung", approved))
    if answer.returned_at:
        return [*steps, ("Dikembalikan", "Diskominfo", clock.short(answer.returned_at))], 2
    reviewed = clock.short(answer.accepted_at) if answer.accepted_at else "belum"
    steps.append(("Telaah", "Diskominfo", reviewed))
    ended = ticket.state.ended
    steps.append((ticket.state.label if ended else "Selesai", "", clock.short(ticket.ended_at) if ended else "belum"))
    return steps, _here(answer, ticket)


def _here(answer: Answer, ticket: Ticket) -> int:
    """The step that is being waited for; past the last one when nothing is."""
    if not answer.approved_at:
        return 1
    if not answer.accepted_at:
        return 2
    return 4 if ticket.state.ended else 3


def river(
    ticket: Ticket, answers: Sequence[Answer], alerts: Sequence, isu_id: int | None = None
) -> tuple[list[tuple[str, str | None, str]], int]:
    """The alur: pantauan → isu → tiket → jawaban → selesai, and where this ticket is.

    The isu is a station for those who may read it; most tickets come straight from an alert.
    """
    media = len({row.media or row.source for row in alerts})
    seen = f"{ticket.alerts} dari {media} sumber" if media else f"{ticket.alerts} pantauan"
    approved = next((answer for answer in answers if answer.approved_at), None)
    ended = ticket.state.ended
    opened = f"dibuka {clock.short_day(ticket.opened_at)}"
    steps = [
        ("Pantauan", None, seen),
        (f"Tiket #{ticket.number}", None, opened if ended else ticket.state.label),
        ("Jawaban", None, _answered(approved, ended)),
        (ticket.state.label if ended else "Selesai", None, clock.short(ticket.ended_at) if ended else "belum"),
    ]
    here = 3 if ended else 2 if approved else 1
    if isu_id is None:
        return steps, here
    return [steps[0], ("Isu", f"/isu/{isu_id}", f"isu {isu_id}"), *steps[1:]], here + 1


def _answered(approved: Answer | None, ended: bool) -> str:
    if approved is None:
        return "tanpa jawaban" if ended else "belum"
    if approved.returned_at:
        return f"dikembalikan {clock.short(approved.returned_at)}"
    what = "pernyataan awal disetujui" if approved.kind is AnswerKind.FIRST_STATEMENT else "disetujui"
    return f"{what} {clock.short(approved.approved_at)}"
