"""Days off: libur nasional, cuti bersama and local days, which the office edits; the working days that are left."""

from datetime import date, datetime, timedelta

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.kept import Kept
from app.extensions import Base, db

FIRST_YEAR, LAST_YEAR = 2022, 2027
SATURDAY = 5


class Holiday(Base):
    """A day on which no working day passes: libur nasional, cuti bersama or a local day."""

    __tablename__ = "holiday"

    day: Mapped[date] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    collective_leave: Mapped[bool] = mapped_column(default=False)
    local: Mapped[bool] = mapped_column(default=False)
    basis: Mapped[str] = mapped_column(String(200), default="")

    @property
    def kind(self) -> str:
        """What the list says of it."""
        return "cuti bersama" if self.collective_leave else "hari libur daerah" if self.local else "libur nasional"


def known_holidays() -> list[Holiday]:
    """What the `holidays` package knows of Indonesia: libur nasional (public) and cuti bersama (government)."""
    import holidays as package

    years = range(FIRST_YEAR, LAST_YEAR + 1)
    public = package.country_holidays("ID", years=years, categories=("public",), language="id")
    leave = package.country_holidays("ID", years=years, categories=("government",), language="id")
    rows = {day: Holiday(day=day, name=name, collective_leave=True) for day, name in leave.items()}
    rows |= {day: Holiday(day=day, name=name, collective_leave=False) for day, name in public.items()}
    return [rows[day] for day in sorted(rows)]


def _named() -> dict[date, str]:
    return {row.day: row.name for row in db.session.execute(select(Holiday.day, Holiday.name))}


holidays = Kept(_named, Holiday)
"""Every day of the table with its name."""


def days_off() -> frozenset[date]:
    """Every day of the table."""
    return frozenset(holidays())


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
