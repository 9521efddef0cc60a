"""How a due date is told: the words, the mood, the share of time that is used, and the sum behind it. No SQL."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.core import calendar, clock

NEAR = 0.75
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Due:
    """What a row or a box says of a due date. `mood` is "", near or late; `used` the share of the time, 1 is all."""

    words: str
    mood: str = ""
    used: float = 0.0
    stands: bool = False


NONE = Due("belum ada tenggat")


def tell(
    received_at: datetime | None,
    due_at: datetime | None,
    paused_at: datetime | None,
    ended_at: datetime | None,
    off: frozenset[date],
) -> Due:
    """The due date of a ticket now. A clock that stands is never late."""
    if ended_at:
        return Due(f"selesai {clock.short_day(clock.local(ended_at).date())}", used=1.0, stands=True)
    if not due_at:
        return NONE
    now = clock.now()
    used = share(received_at or now, due_at, paused_at or now, off)
    if paused_at:
        return Due("jam berhenti", used=min(used, 1.0), stands=True)
    if now > due_at:
        return Due(f"lewat {_lateness(due_at, now, off)}", "late", 1.0)
    return Due(moment(due_at, now), "near" if used >= NEAR else "", used)


def moment(at: datetime, now: datetime) -> str:
    """«hari ini, 15.20», «besok, 10.00», else «Kam 26 Nov, 15.20»."""
    there, here = clock.local(at), clock.local(now)
    days = (there.date() - here.date()).days
    if days in (0, 1):
        return f"{('hari ini', 'besok')[days]}, {there:%H.%M}"
    return clock.short(at)


def _lateness(due_at: datetime, now: datetime, off: frozenset[date]) -> str:
    days = calendar.working_days_between(due_at, now, off)
    hours = int((now - due_at).total_seconds() // 3600)
    if days > 1 or hours >= 24:
        return f"{max(days, 1)} hari kerja"
    return f"{hours} jam" if hours else "kurang dari sejam"


def remaining(due_at: datetime, off: frozenset[date]) -> str:
    """«sisa 2 hari kerja», «sisa 3 jam»; nothing when it is over."""
    now = clock.now()
    if now >= due_at:
        return ""
    days = calendar.working_days_between(now, due_at, off)
    hours = int((due_at - now).total_seconds() // 3600)
    return f"sisa {days} hari kerja" if days > 1 else f"sisa {hours} jam" if hours else "sisa kurang dari sejam"


def share(start: datetime, end: datetime, at: datetime, off: frozenset[date]) -> float:
    """How much of the working time between `start` and `end` has passed at `at`."""
    whole = working_seconds(start, end, off)
    return round(working_seconds(start, at, off) / whole, 3) if whole else 1.0


def working_seconds(start: datetime, end: datetime, off: frozenset[date]) -> float:
    """Seconds between two instants that lie on working days; never negative."""
    first, last = clock.local(start), clock.local(end)
    if last <= first:
        return 0.0
    total = calendar.working_days_within(first.date(), last.date(), off) * DAY.total_seconds()
    if calendar.is_working_day(first.date(), off):
        total -= (first - _midnight(first)).total_seconds()
    if calendar.is_working_day(last.date(), off):
        total -= (_midnight(last) + DAY - last).total_seconds()
    return total


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def pauses(moves: Iterable[tuple[datetime, bool]], start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    """When the clock stood between `start` and `end`. `moves` are (instant, whether the clock runs from there)."""
    stood: list[tuple[datetime, datetime]] = []
    since = None
    for at, runs in moves:
        if at < start:
            continue
        if not runs and since is None:
            since = at
        elif runs and since is not None:
            stood.append((since, at))
            since = None
    return stood if since is None else [*stood, (since, end)]


def holidays_between(start: datetime, end: datetime, names: Sequence[tuple[date, str]]) -> list[str]:
    """The days off that a due date steps over: «Sab 21 dan Min 22 Nov», «Sel 25 Nov, Maulid»."""
    first, last = clock.local(start).date() + DAY, clock.local(end).date()
    known = {day: name for day, name in names if day.weekday() < calendar.SATURDAY}
    lines, weekend = [], []
    day = first
    while day <= last:
        if day in known:
            lines.append(f"{clock.short_day(day)}, {known[day]}")
        elif day.weekday() >= calendar.SATURDAY:
            weekend.append(day)
        day += DAY
    return _weekends(weekend) + lines


def _weekends(days: list[date]) -> list[str]:
    if not days:
        return []
    if len(days) <= 2:
        return [" dan ".join(clock.short_day(day) for day in days)]
    return [f"{len(days)} hari Sabtu dan Minggu"]
