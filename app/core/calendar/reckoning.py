"""When something is due, and the arithmetic behind it. Pure: `reckon(start, amount, unit, calendar, pauses)`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.core import clock
from app.core.calendar.hours import DAY, Calendar, Hours

HOUR = timedelta(hours=1)
MOST_WEEKENDS = 3
"""More days off of the week than this many runs are told by their number."""


class Unit(StrEnum):
    """What a term is counted in. Watch hours run in the jam siaga, also on days off; clock hours always."""

    WORKING_DAYS = "working_days"
    WORKING_HOURS = "working_hours"
    WATCH_HOURS = "watch_hours"
    CLOCK_HOURS = "clock_hours"

    @property
    def label(self) -> str:
        return {
            "working_days": "hari kerja", "working_hours": "jam kerja", "watch_hours": "jam siaga",
            "clock_hours": "jam (terus berjalan)",
        }[self]  # fmt: skip


Pause = tuple[datetime, datetime]
"""Since and until, aware instants."""


@dataclass(frozen=True)
class Line:
    """One line of a sum: what, more about it, and what it adds."""

    what: str
    more: str = ""
    sum: str = ""


@dataclass(frozen=True)
class Reckoning:
    """An instant at which something is due, and how it came about."""

    due_at: datetime
    lines: tuple[Line, ...] = ()
    unit: Unit = Unit.WORKING_DAYS


def reckon(start: datetime, amount: int, unit: Unit, calendar: Calendar, pauses: Iterable[Pause] = ()) -> Reckoning:
    """`amount` of `unit` after `start`, and as much later as the clock stood. Raises NoHours."""
    stops = merged(pauses, start)
    stood = [stood_still(pause, unit, calendar) for pause in stops]
    begin, due = _dates(start, amount, unit, calendar, stood)
    lines = [*_late_start(start, begin, unit, calendar), *_stops(stops, stood, unit)]
    lines += _jumped(begin, due, unit, calendar)
    return Reckoning(calendar.instant(due), tuple(lines), unit)


def _dates(start: datetime, amount: int, unit: Unit, calendar: Calendar, stood: Sequence) -> tuple[datetime, datetime]:
    """(when the count begins, when it ends), local."""
    moment = calendar.local(start)
    if unit is Unit.WORKING_DAYS:
        begin = calendar.work.opening(moment)
        return begin, calendar.work.add_days(begin, amount + sum(stood))
    whole = amount * HOUR + sum(stood, timedelta(0))
    hours = _hours(unit, calendar)
    if hours is None:
        return moment, calendar.local(start + whole)
    return hours.opening(moment), hours.add_time(moment, whole)


def _hours(unit: Unit, calendar: Calendar) -> Hours | None:
    """The hours in which `unit` passes; None: always."""
    if unit is Unit.CLOCK_HOURS:
        return None
    return calendar.watch if unit is Unit.WATCH_HOURS else calendar.work


def stood_still(pause: Pause, unit: Unit, calendar: Calendar) -> int | timedelta:
    """How much of `unit` would have passed in `pause`: whole working days, or a length of time. Never negative."""
    since, until = pause
    if unit is not Unit.WORKING_DAYS:
        return _passed(since, until, _hours(unit, calendar), calendar)
    a, b, hours = calendar.local(since), calendar.local(until), calendar.work
    return hours.days_between(hours.opening(a).date(), hours.opening(b).date()) if b > a else 0


def shifted(due_at: datetime, pause: Pause, unit: Unit, calendar: Calendar) -> tuple[datetime, Line]:
    """A due date that people set, later by what `pause` took."""
    stood = stood_still(pause, unit, calendar)
    before = due = calendar.local(due_at)
    line = _stop(pause, stood, unit)
    if isinstance(stood, int):
        due = calendar.work.add_days(due, stood)
        over = [", ".join(filter(None, (each.what, each.more)))
                for each in _days_off(before.date() + DAY, due.date(), calendar.work)]  # fmt: skip
        line = replace(line, more="; melewati ".join(filter(None, (line.more, "; ".join(over)))))
    else:
        hours = _hours(unit, calendar)
        due = hours.add_time(due, stood) if hours and stood else due + stood
    return calendar.instant(due), line


def used_up(
    share: float, start: datetime, due_at: datetime, unit: Unit, calendar: Calendar, pauses: Iterable[Pause] = ()
) -> datetime:
    """The instant at which that share of an item's own time between `start` and `due_at` is used, in its own unit.

    Working days are measured in working hours; what the clock stood is no time of the item's.
    """
    hours = _hours(unit, calendar)
    stops = [(since, min(until, due_at)) for since, until in merged(pauses, start) if since < due_at]
    own = _passed(start, due_at, hours, calendar) - sum((_passed(*stop, hours, calendar) for stop in stops), HOUR * 0)
    if own <= HOUR * 0:
        return due_at
    moment = _after(start, own * share, hours, calendar)
    for since, until in stops:
        if since < moment:
            moment = _after(moment, _passed(since, until, hours, calendar), hours, calendar)
    return moment


def _passed(since: datetime, until: datetime, hours: Hours | None, calendar: Calendar) -> timedelta:
    """Time between two instants as these hours count it; never negative."""
    if hours is None:
        return max(until - since, timedelta(0))
    return hours.time_between(calendar.local(since), calendar.local(until))


def _after(since: datetime, amount: timedelta, hours: Hours | None, calendar: Calendar) -> datetime:
    return since + amount if hours is None else calendar.instant(hours.add_time(calendar.local(since), amount))


def merged(pauses: Iterable[Pause], start: datetime) -> list[Pause]:
    """Pauses from `start` on, in order, none twice."""
    stops: list[Pause] = []
    for since, until in sorted((max(since, start), until) for since, until in pauses):
        if until <= since:
            continue
        if stops and since <= stops[-1][1]:
            stops[-1] = stops[-1][0], max(until, stops[-1][1])
        else:
            stops.append((since, until))
    return stops


def _late_start(start: datetime, begin: datetime, unit: Unit, calendar: Calendar) -> list[Line]:
    if calendar.local(start) == begin:
        return []
    shut = "jam siaga" if unit is Unit.WATCH_HOURS else "jam kerja"
    return [Line(f"Di luar {shut}", "dihitung mulai jam buka berikutnya", clock.short(calendar.instant(begin)))]


def _stops(stops: Sequence[Pause], stood: Sequence, unit: Unit) -> list[Line]:
    return [_stop(pause, each, unit) for pause, each in zip(stops, stood, strict=True)]


def _stop(pause: Pause, stood: int | timedelta, unit: Unit) -> Line:
    span = f"{clock.short(pause[0])} sampai {clock.short(pause[1])}"
    return Line("Jam berhenti", span, f"+ {_amount(stood, unit)}" if stood else "tidak menambah")


def _amount(stood: int | timedelta, unit: Unit) -> str:
    if isinstance(stood, int):
        return f"{stood} hari kerja"
    hours, minutes = divmod(int(stood.total_seconds()) // 60, 60)
    word = unit.label.partition(" (")[0]
    return f"{hours} {word}" + (f" {minutes} menit" if minutes else "")


def _jumped(begin: datetime, due: datetime, unit: Unit, calendar: Calendar) -> list[Line]:
    """What was stepped over, with its reason."""
    hours = _hours(unit, calendar)
    if hours is None:
        return []
    if unit is not Unit.WORKING_DAYS:
        return [_closed(since, until, hours, unit, calendar) for since, until in hours.closed(begin, due)]
    lines = _days_off(begin.date() + DAY, due.date(), hours)
    same_hour = datetime.combine(due.date(), begin.time())
    if due.date() > begin.date() and due != same_hour:
        lines.append(Line(f"Jam kerja {clock.short_day(due.date())}", "jam tenggat mengikuti jam buka", f"{due:%H.%M}"))
    return lines


def _closed(since: datetime, until: datetime, hours: Hours, unit: Unit, calendar: Calendar) -> Line:
    holidays = [hours.holidays[day] for day in _span_of_days(since.date(), until.date()) if not hours.spans(day)
                and day in hours.holidays]  # fmt: skip
    shut = "di luar jam siaga" if unit is Unit.WATCH_HOURS else "di luar jam kerja"
    span = f"{clock.short(calendar.instant(since))} sampai {clock.short(calendar.instant(until))}"
    return Line(span, ", ".join([shut, *dict.fromkeys(holidays)]), "dilewati")


def _days_off(first: date, last: date, hours: Hours) -> list[Line]:
    """«Sab 28 Nov dan Min 29 Nov», «Kam 24 Des, Cuti bersama Natal»: each day that does not count."""
    weekly: list[date] = []
    lines = []
    for day in _span_of_days(first, last):
        if hours.spans(day):
            continue
        regime = hours.regime(day)
        if day in hours.holidays and regime and regime.week[day.weekday()]:
            lines.append(Line(clock.short_day(day), hours.holidays[day], "libur"))
        else:
            weekly.append(day)
    return _weekly(weekly) + lines


def _weekly(days: list[date]) -> list[Line]:
    runs: list[list[date]] = []
    for day in days:
        if runs and day - runs[-1][-1] == DAY:
            runs[-1].append(day)
        else:
            runs.append([day])
    if len(runs) <= MOST_WEEKENDS:
        return [Line(" dan ".join(clock.short_day(day) for day in run), "", "libur") for run in runs]
    names = [name for n, name in enumerate(clock.DAYS) if any(day.weekday() == n for day in days)]
    return [Line(f"{len(days)} hari {' dan '.join(names)}", "", "libur")]


def _span_of_days(first: date, last: date) -> Iterable[date]:
    return (first + DAY * n for n in range((last - first).days + 1))
