"""Days off, office hours, and when something is due."""

from app.core.calendar.days import (
    Holiday,
    add_working_days,
    days_off,
    holidays,
    is_working_day,
    known_holidays,
)
from app.core.calendar.hours import Calendar, Hours, NoHours, Regime, parse_spans, span_words
from app.core.calendar.reckoning import Line, Reckoning, Unit, merged, reckon, shifted, stood_still, used_up

__all__ = [
    "Calendar", "Holiday", "Hours", "Line", "NoHours", "Reckoning", "Regime", "Unit",
    "add_working_days", "days_off", "holidays", "is_working_day", "known_holidays", "merged", "parse_spans",
    "reckon", "shifted", "span_words", "stood_still", "used_up",
]  # fmt: skip
