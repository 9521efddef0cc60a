"""When an office is open: weekly spans, seasons, days off, jam siaga. Pure: local time, no SQL, no Flask."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo

Span = tuple[int, int]
"""From and to, in minutes of the local day; 1440 is midnight at its end."""
Week = tuple[tuple[Span, ...], ...]
"""Seven days, Monday first; a day without spans is a day off."""

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
FARTHEST = 3 * 366
"""Days that are looked ahead for an open hour."""


class NoHours(ValueError):
    """These hours never open."""


@dataclass(frozen=True)
class Regime:
    """Weekly hours that hold between two days; `own` are those of one OPD. `works_holidays`: shifts."""

    name: str
    week: Week
    starts_on: date
    ends_on: date | None = None
    own: bool = False
    works_holidays: bool = False

    def holds(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    @property
    def rank(self) -> tuple:
        """An OPD's own beat the general ones, those with an end (Ramadan) those without, the newer the older."""
        return self.own, self.ends_on is not None, self.starts_on


@dataclass(eq=False)
class Hours:
    """The open spans of every day. `moments` in and out are naive local datetimes."""

    regimes: Sequence[Regime]
    holidays: Mapping[date, str] = field(default_factory=dict)

    def __post_init__(self):
        self.regimes = sorted(self.regimes, key=lambda regime: regime.rank, reverse=True)
        self._spans: dict[date, tuple[Span, ...]] = {}
        self._years: dict[int, tuple[list[int], list[int]]] = {}

    def regime(self, day: date) -> Regime | None:
        """The strongest regime in force on `day`."""
        return next((regime for regime in self.regimes if regime.holds(day)), None)

    def spans(self, day: date) -> tuple[Span, ...]:
        """When it is open on `day`, in order."""
        if day not in self._spans:
            regime = self.regime(day)
            shut = regime is None or (day in self.holidays and not regime.works_holidays)
            self._spans[day] = () if shut else regime.week[day.weekday()]
        return self._spans[day]

    def is_open(self, moment: datetime) -> bool:
        """Whether time passes here from `moment` on."""
        at = _minutes(moment)
        return any(start <= at < end for start, end in self.spans(moment.date()))

    def opening(self, moment: datetime) -> datetime:
        """`moment` if it is open, else the next opening. Raises NoHours."""
        at = _minutes(moment)
        for start, end in self.spans(moment.date()):
            if at < end:
                return moment if start <= at else midnight(moment.date()) + start * MINUTE
        day = self.next_open_day(moment.date())
        return midnight(day) + self.spans(day)[0][0] * MINUTE

    def next_open_day(self, day: date) -> date:
        """The first day after `day` that opens at all. Raises NoHours."""
        for _ in range(FARTHEST):
            day += DAY
            if self.spans(day):
                return day
        raise NoHours(f"no open hour within {FARTHEST} days")

    def add_days(self, start: datetime, days: int) -> datetime:
        """`days` open days after the day of `start`, at the same hour as far as that day's hours reach."""
        day = start.date()
        for _ in range(days):
            day = self.next_open_day(day)
        return self.clipped(midnight(day) + (start - midnight(start.date()))) if days > 0 else start

    def clipped(self, moment: datetime) -> datetime:
        """`moment` moved into that day's hours: to the next opening, after the last closing back to it."""
        at, spans = _minutes(moment), self.spans(moment.date())
        for start, end in spans:
            if at <= end:
                return moment if start <= at else midnight(moment.date()) + start * MINUTE
        return midnight(moment.date()) + spans[-1][1] * MINUTE if spans else moment

    def add_time(self, start: datetime, amount: timedelta) -> datetime:
        """The instant at which `amount` of open time has passed since `start`."""
        moment = self.opening(start)
        while amount > timedelta(0):
            moment = self.opening(moment)
            closing = self._closing(moment)
            if amount <= closing - moment:
                return moment + amount
            amount, moment = amount - (closing - moment), closing
        return moment

    def _closing(self, moment: datetime) -> datetime:
        at = _minutes(moment)
        return (
            midnight(moment.date())
            + next(end for start, end in self.spans(moment.date()) if start <= at < end) * MINUTE
        )

    def time_between(self, since: datetime, until: datetime) -> timedelta:
        """Open time between two moments; never negative. The same work however far they are apart."""
        if until <= since:
            return timedelta(0)
        whole = self._count(since.date(), until.date(), 0)
        return whole * MINUTE - self._passed(since) + self._passed(until)

    def days_between(self, since: date, until: date) -> int:
        """Open days after `since` up to and with `until`; never negative."""
        return self._count(since + DAY, until + DAY, 1) if until > since else 0

    def closed(self, since: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The stretches between two moments in which no time passes."""
        while since < until:
            if self.is_open(since):
                since = self._closing(since)
                continue
            again = min(self.opening(since), until)
            yield since, again
            since = again

    def _passed(self, moment: datetime) -> timedelta:
        """Open time of that day before `moment`."""
        start_of_day = midnight(moment.date())
        gone = timedelta(0)
        for start, end in self.spans(moment.date()):
            gone += max(min(moment, start_of_day + end * MINUTE) - (start_of_day + start * MINUTE), timedelta(0))
        return gone

    def _count(self, first: date, last: date, what: int) -> int:
        """Minutes (0) or open days (1) from `first` to before `last`, from tables of whole years."""
        if first.year == last.year:
            table = self._year(first.year)[what]
            return table[_of_year(last)] - table[_of_year(first)]
        head, tail = self._year(first.year)[what], self._year(last.year)[what]
        between = sum(self._year(year)[what][-1] for year in range(first.year + 1, last.year))
        return head[-1] - head[_of_year(first)] + between + tail[_of_year(last)]

    def _year(self, year: int) -> tuple[list[int], list[int]]:
        """Running sums over a year's days: open minutes, and days that open."""
        if year not in self._years:
            minutes, days = [0], [0]
            day = date(year, 1, 1)
            while day.year == year:
                spans = self.spans(day)
                minutes.append(minutes[-1] + sum(end - start for start, end in spans))
                days.append(days[-1] + bool(spans))
                day += DAY
            self._years[year] = minutes, days
        return self._years[year]


@dataclass(frozen=True, eq=False)
class Calendar:
    """By what an office's clocks run: its working hours, the jam siaga, and the zone it lives in."""

    work: Hours
    watch: Hours
    zone: tzinfo

    def local(self, instant: datetime) -> datetime:
        """A naive local moment."""
        return instant.astimezone(self.zone).replace(tzinfo=None)

    def instant(self, moment: datetime) -> datetime:
        """A local moment as an aware instant in UTC."""
        return moment.replace(tzinfo=self.zone).astimezone(UTC)

    def working_time(self, since: datetime, until: datetime) -> timedelta:
        """Working time between two instants; never negative."""
        return self.work.time_between(self.local(since), self.local(until))

    def working_days(self, since: datetime, until: datetime) -> int:
        """Working days after the day of `since` up to that of `until`; never negative."""
        return self.work.days_between(self.local(since).date(), self.local(until).date())


def midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


def _minutes(moment: datetime) -> float:
    return (moment - midnight(moment.date())) / MINUTE


def _of_year(day: date) -> int:
    return day.timetuple().tm_yday - 1


def parse_spans(text: str) -> tuple[Span, ...]:
    """«07.30-12.00, 13.00-16.00» as spans in order; empty, «-» or «libur»: none. Raises ValueError in Indonesian."""
    words = text.strip().lower()
    if words in ("", "-", "libur"):
        return ()
    spans = sorted(_span(part) for part in words.replace(";", ",").split(",") if part.strip())
    for (_start, end), (start, _end) in zip(spans, spans[1:], strict=False):
        if start < end:
            raise ValueError("Jamnya tumpang tindih.")
    return tuple(spans)


def _span(text: str) -> Span:
    ends = text.replace("–", "-").replace("s.d.", "-").split("-")
    if len(ends) != 2:
        raise ValueError("Tulis seperti 07.30-12.00, 13.00-16.00.")
    start, end = (_minute(end) for end in ends)
    if start >= end:
        raise ValueError("Jam tutup harus sesudah jam buka.")
    return start, end


def _minute(text: str) -> int:
    hour, _, minute = text.strip().replace(":", ".").partition(".")
    if not (hour.isdecimal() and (minute or "0").isdecimal() and len(hour) <= 2 and len(minute) in (0, 2)):
        raise ValueError("Tulis jam seperti 07.30.")
    at = int(hour) * 60 + int(minute or 0)
    if int(minute or 0) > 59 or at > 1440:
        raise ValueError("Tulis jam antara 00.00 dan 24.00.")
    return at


def span_words(spans: Sequence[Span]) -> str:
    """«07.30-12.00, 13.00-16.00», as `parse_spans` reads it."""
    return ", ".join(f"{_clock(start)}-{_clock(end)}" for start, end in spans)


def _clock(at: int) -> str:
    return f"{at // 60:02d}.{at % 60:02d}"
