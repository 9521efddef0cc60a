"""How a due date is told: the words, the mood, the share of time that is used, and the sum behind it. No SQL."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.core import clock
from app.core.calendar import Calendar

NEAR = 0.75
HOUR = timedelta(hours=1)


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
    calendar: Calendar,
) -> Due:
    """The due date of a ticket now, in the working time of its OPD. A clock that stands is never late."""
    if ended_at:
        return Due(f"selesai {clock.short_day(clock.local(ended_at).date())}", used=1.0, stands=True)
    if not due_at:
        return NONE
    now = clock.now()
    used = share(received_at or now, due_at, paused_at or now, calendar)
    if paused_at:
        return Due("jam berhenti", used=min(used, 1.0), stands=True)
    if now > due_at:
        return Due(f"lewat {_lateness(due_at, now, calendar)}", "late", 1.0)
    return Due(moment(due_at, now), "near" if used >= NEAR else "", used)


def moment(at: datetime, now: datetime) -> str:
    """«hari ini, 15.20», «besok, 10.00», else «Kam 26 Nov, 15.20»."""
    there, here = clock.local(at), clock.local(now)
    days = (there.date() - here.date()).days
    if days in (0, 1):
        return f"{('hari ini', 'besok')[days]}, {there:%H.%M}"
    return clock.short(at)


def _lateness(due_at: datetime, now: datetime, calendar: Calendar) -> str:
    return _told(calendar.working_days(due_at, now), calendar.working_time(due_at, now)) or "kurang dari sejam"


def remaining(due_at: datetime, calendar: Calendar) -> str:
    """«sisa 2 hari kerja», «sisa 3 jam kerja»; nothing when it is over."""
    now = clock.now()
    if now >= due_at:
        return ""
    left = _told(calendar.working_days(now, due_at), calendar.working_time(now, due_at))
    return f"sisa {left or 'kurang dari sejam'}"


def _told(days: int, time: timedelta) -> str:
    """Working days where there are two or more, else whole hours of working time; nothing below one."""
    hours = time // HOUR
    if days > 1:
        return f"{days} hari kerja"
    return f"{hours} jam kerja" if hours else ""


def share(start: datetime, end: datetime, at: datetime, calendar: Calendar) -> float:
    """How much of the working time between `start` and `end` has passed at `at`."""
    whole = calendar.working_time(start, end)
    return round(calendar.working_time(start, at) / whole, 3) if whole else 1.0


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
