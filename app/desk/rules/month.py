"""A month as its calendar shows it: whole weeks from Monday, and the days of what is dated in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_MONTH = re.compile(r"(\d{4})-(\d{2})")
YEARS_AWAY = 10


@dataclass(frozen=True)
class Month:
    """The month of `first`, its first day."""

    first: date

    @classmethod
    def read(cls, text: str, today: date) -> Month:
        """«2026-11»; the month of today where the text names none within ten years."""
        named = _MONTH.fullmatch(text)
        if named and 1 <= int(named[2]) <= 12 and abs(int(named[1]) - today.year) <= YEARS_AWAY:
            return cls(date(int(named[1]), int(named[2]), 1))
        return cls(today.replace(day=1))

    @property
    def name(self) -> str:
        """«2026-11», as the address has it."""
        return f"{self.first:%Y-%m}"

    @property
    def before(self) -> Month:
        return Month((self.first - timedelta(days=1)).replace(day=1))

    @property
    def after(self) -> Month:
        return Month((self.first + timedelta(days=31)).replace(day=1))

    @property
    def days(self) -> list[date]:
        """Every day of the weeks that the month touches, Monday first."""
        start = self.first - timedelta(days=self.first.weekday())
        last = self.after.first - timedelta(days=1)
        end = last + timedelta(days=6 - last.weekday())
        return [start + timedelta(days=n) for n in range((end - start).days + 1)]

    def holds(self, day: date) -> bool:
        return (day.year, day.month) == (self.first.year, self.first.month)


def day_named(text: str) -> date | None:
    """«2026-11-25», within the years that a calendar shows; None for anything else."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text and 2000 <= day.year <= 2100 else None
