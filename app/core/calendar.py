"""Working days: Monday to Friday less the table of holidays and cuti bersama, which the office edits."""

import time
from bisect import bisect_left, bisect_right
from datetime import date, datetime, timedelta
from functools import lru_cache

from sqlalchemy import String, event, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.core import clock
from app.extensions import Base, db

FIRST_YEAR, LAST_YEAR = 2022, 2027
KEPT_SECONDS = 30
_kept: dict[str, tuple[float, frozenset[date]]] = {}
SATURDAY = 5


class Holiday(Base):
    """A day on which no working day passes: libur nasional, cuti bersama or a local day."""

    __tablename__ = "holiday"

    day: Mapped[date] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    collective_leave: Mapped[bool] = mapped_column(default=False)


def known_holidays() -> list[Holiday]:
    """What the `holidays` package knows of Indonesia: libur nasional (public) and cuti bersama (government)."""
    import holidays

    years = range(FIRST_YEAR, LAST_YEAR + 1)
    public = holidays.country_holidays("ID", years=years, categories=("public",), language="id")
    leave = holidays.country_holidays("ID", years=years, categories=("government",), language="id")
    rows = {day: Holiday(day=day, name=name, collective_leave=True) for day, name in leave.items()}
    rows |= {day: Holiday(day=day, name=name, collective_leave=False) for day, name in public.items()}
    return [rows[day] for day in sorted(rows)]


def days_off() -> frozenset[date]:
    """Every day of the table. It changes a few times a year: a process asks again after half a minute."""
    key, now = str(db.engine.url), time.monotonic()
    asked_at, days = _kept.get(key, (0.0, None))
    if days is None or now - asked_at > KEPT_SECONDS:
        days = frozenset(db.session.scalars(select(Holiday.day)))
        _kept[key] = now, days
    return days


def forget_days_off(*_of_an_event) -> None:
    """Ask again at the next need."""
    _kept.clear()


@event.listens_for(Session, "after_flush")
def _holidays_changed(session: Session, _context) -> None:
    if any(isinstance(thing, Holiday) for group in (session.new, session.dirty, session.deleted) for thing in group):
        _kept.clear()
        event.listen(session, "after_transaction_end", forget_days_off, once=True)


def is_working_day(day: date, off: frozenset[date]) -> bool:
    return day.weekday() < SATURDAY and day not in off


def add_working_days(start: datetime, days: int, off: frozenset[date] | None = None) -> datetime:
    """`start` plus `days` working days at the same local hour; the day of `start` itself does not count."""
    off = days_off() if off is None else off
    moment = clock.local(start)
    while days > 0:
        moment += timedelta(days=1)
        days -= is_working_day(moment.date(), off)
    return moment.astimezone(start.tzinfo)


def working_days_between(start: datetime, end: datetime, off: frozenset[date] | None = None) -> int:
    """Working days after the day of `start` up to and with the day of `end`; never negative."""
    off = days_off() if off is None else off
    return working_days_within(clock.local(start).date() + timedelta(days=1), clock.local(end).date(), off)


def working_days_within(first: date, last: date, off: frozenset[date]) -> int:
    """Working days from `first` to `last`, both counted; the same work however far they are apart."""
    if last < first:
        return 0
    weeks, rest = divmod((last - first).days + 1, 7)
    weekdays = weeks * SATURDAY + sum((first.weekday() + n) % 7 < SATURDAY for n in range(rest))
    free = _free_weekdays(off)
    return weekdays - (bisect_right(free, last) - bisect_left(free, first))


@lru_cache(maxsize=4)
def _free_weekdays(off: frozenset[date]) -> list[date]:
    return sorted(day for day in off if day.weekday() < SATURDAY)
