"""History, clocks and the river of one ticket, put into words for its page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from types import MappingProxyType

from app.core import calendar, clock
from app.core.uploads import neutral_name
from app.tickets.models import Answer, Ticket
from app.tickets.rules import ANSWER_DAYS, OPD_CLOCK_RUNS, AnswerKind, Audience, State
from app.tickets.rules.due import holidays_between, pauses, remaining, share
from app.tickets.rules.sentences import sentence


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
class Box:
    """Two clocks: the OPD's tape and the sum of its due date, and how old the matter is."""

    used: float
    pauses: Sequence[tuple[float, float]]
    lines: Sequence[tuple[str, str, str]]
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


def clocks_box(ticket: Ticket, story: Sequence[Entry], days_off: Sequence[tuple[date, str]]) -> Box:
    """The sum behind the due date, line by line."""
    off, now = frozenset(day for day, _name in days_off), clock.now()
    matter = calendar.working_days_between(ticket.opened_at, ticket.ended_at or now, off) + 1
    if not (ticket.received_at and ticket.due_at):
        return Box(0.0, (), (), "", matter)
    start, end = ticket.received_at, ticket.due_at
    stood = pauses(_runs(story), start, min(now, ticket.paused_at or now) if ticket.paused_at else now)
    shares = [(share(start, end, a, off), share(start, end, b, off)) for a, b in stood]
    used = share(start, end, ticket.paused_at or ticket.ended_at or now, off)
    left = remaining(end, off) if not ticket.paused_at and not ticket.ended_at else ""
    return Box(used, shares, _sum(ticket, stood, days_off, off), left, matter)


def _runs(story: Sequence[Entry]) -> list[tuple[datetime, bool]]:
    return [(entry.at, entry.moved in OPD_CLOCK_RUNS) for entry in reversed(story) if entry.moved]


def _sum(ticket: Ticket, stood, days_off, off: frozenset[date]) -> list[tuple[str, str, str]]:
    lead = ticket.lead.short if ticket.lead else "OPD"
    lines = [(f"Diterima {lead}", clock.short(ticket.received_at), "mulai")]
    if ticket.due_reason:
        return [*lines, ("Ditetapkan Diskominfo", ticket.due_reason, "")]
    days = ANSWER_DAYS[ticket.ticket_class]
    lines.append(("Jawaban lengkap", ticket.ticket_class.label, f"{days} hari kerja"))
    for since, until in stood:
        gone = calendar.working_days_between(since, until, off)
        if gone:
            span = f"{clock.short(since)} sampai {clock.short(until)}"
            lines.append(("Jam berhenti", span, f"+ {gone} hari kerja"))
    return lines + [(line, "", "libur") for line in holidays_between(ticket.received_at, ticket.due_at, days_off)]


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
