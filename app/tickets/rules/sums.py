"""The arithmetic of a due date as it is kept beside it (`due_sum`): parts with lines, and when the clock stood.

A part is {"of", "at", "from", "unit", "lines": [[what, more, sum], …]} for a date, or {"of", "spans": [[since, until],
…]} for stretches of time: `stood` of the OPD's clock, `ended` of the matter's.
"""

from collections.abc import Sequence
from datetime import datetime

from app.core.calendar import Line, Reckoning, Unit

DUE, REACT, FIRST, RULE = "due", "react", "first_answer", "rule"
STOOD, ENDED = "stood", "ended"
HEADINGS = {
    REACT: "Tanggapan pertama", FIRST: "Jawaban pertama", DUE: "Jawaban lengkap", RULE: "Penetapan",
}  # fmt: skip
Spans = Sequence[tuple[datetime, datetime]]


def part(due_sum: Sequence[dict], of: str) -> dict | None:
    """That part, where it is kept."""
    return next((each for each in due_sum if each["of"] == of), None)


def put(due_sum: Sequence[dict], of: str, fresh: dict | None) -> list[dict]:
    """A copy with that part replaced, or without it."""
    rest = [each for each in due_sum if each["of"] != of]
    return rest if fresh is None else [*rest, {"of": of, **fresh}]


def dated(found: Reckoning, start: datetime, **more: str) -> dict:
    """A part that says how that date came about."""
    told = [[line.what, line.more, line.sum] for line in found.lines]
    dates = {"at": found.due_at.isoformat(), "from": start.isoformat(), "unit": found.unit.value}
    return {**dates, "lines": told, **more}


def with_line(due_sum: Sequence[dict], of: str, at: datetime, line: Line) -> list[dict]:
    """A copy in which that part has one more line and another end."""
    known = part(due_sum, of) or {"from": at.isoformat(), "lines": [list(OLD)]}
    lines = [*known["lines"], [line.what, line.more, line.sum]]
    return put(due_sum, of, {**known, "at": at.isoformat(), "lines": lines})


def lines(due_sum: Sequence[dict], of: str = DUE) -> list[tuple[str, str, str]]:
    """(what, more, sum) of a part; of a date from before sums were kept, that it is so."""
    known = part(due_sum, of)
    if known is None:
        return [OLD] if of == DUE else []
    return [(what, more, added) for what, more, added in known["lines"]]


def end_of(due_sum: Sequence[dict], of: str) -> datetime | None:
    """When that part is due."""
    known = part(due_sum, of)
    return datetime.fromisoformat(known["at"]) if known else None


def unit_of(due_sum: Sequence[dict], of: str) -> Unit:
    """In what that part's term is counted; dates from before sums were kept ran in working days."""
    known = part(due_sum, of) or {}
    return Unit(known.get("unit", Unit.WORKING_DAYS))


def start_of(due_sum: Sequence[dict], of: str) -> datetime | None:
    known = part(due_sum, of)
    return datetime.fromisoformat(known["from"]) if known else None


def spans(due_sum: Sequence[dict], of: str = STOOD) -> Spans:
    """The stretches of time that are kept under that name."""
    known = part(due_sum, of)
    return [(datetime.fromisoformat(a), datetime.fromisoformat(b)) for a, b in known["spans"]] if known else []


def with_span(due_sum: Sequence[dict], of: str, since: datetime, until: datetime) -> list[dict]:
    """A copy with one more stretch."""
    return with_spans(due_sum, of, [*spans(due_sum, of), (since, until)])


def with_spans(due_sum: Sequence[dict], of: str, kept: Spans) -> list[dict]:
    """A copy with these stretches under that name."""
    return put(due_sum, of, {"spans": [[since.isoformat(), until.isoformat()] for since, until in kept]})


OLD = ("Ditetapkan sebelum rincian dicatat", "tetap seperti semula", "")
