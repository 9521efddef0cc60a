"""Working days over weekends, holidays and cuti bersama."""

from datetime import UTC, date, datetime

import pytest

from app.core import calendar, clock

OFF = frozenset({date(2026, 12, 24), date(2026, 12, 25)})


def wita(text: str) -> datetime:
    return clock.parse_local(text)


@pytest.mark.parametrize(
    "start, days, end",
    [
        ("2026-11-24T09:00", 0, "2026-11-24T09:00"),
        ("2026-11-24T09:00", 1, "2026-11-25T09:00"),
        ("2026-11-27T15:00", 1, "2026-11-30T15:00"),
        ("2026-11-28T20:00", 1, "2026-11-30T20:00"),
        ("2026-12-22T10:00", 2, "2026-12-28T10:00"),
        ("2026-12-23T10:00", 1, "2026-12-28T10:00"),
        ("2026-11-24T09:00", 5, "2026-12-01T09:00"),
    ],
)
def test_adding_working_days(start, days, end):
    assert calendar.add_working_days(wita(start), days, OFF) == wita(end)


def test_the_package_knows_both_kinds_of_days_off():
    days = {holiday.day: holiday for holiday in calendar.known_holidays()}
    assert not days[date(2026, 8, 17)].collective_leave
    assert any(holiday.collective_leave for holiday in days.values() if holiday.day.year == 2026)


def test_times_are_told_in_the_offices_zone():
    instant = datetime(2022, 7, 26, 1, 0, tzinfo=UTC)
    assert clock.long(instant) == "Selasa, 26 Juli 2022, 09.00 WITA"
    assert clock.short(instant).startswith("Sel 26 Jul 2022")
