"""When something is due: a golden table, a second way of reckoning that walks minute by minute, and properties."""

import csv
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.calendar import (
    Hours,
    NoHours,
    Regime,
    Unit,
    parse_spans,
    reckon,
    shifted,
    span_words,
    stood_still,
    used_up,
)
from tests.core.slow_clock import ALWAYS, CALENDARS, ZONE, is_open, slowly

TABLE = list(csv.DictReader((Path(__file__).parent / "golden_terms.csv").open(encoding="utf-8")))
FIRST = datetime(2026, 11, 1, tzinfo=ZONE)
minutes = st.integers(0, 150 * 1440).map(lambda n: FIRST + timedelta(minutes=n))
units = st.sampled_from(Unit)
calendars = st.sampled_from(list(CALENDARS.values()))
quick = settings(max_examples=20, deadline=None)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def stops(text, start):
    return [(max(at(a), start), at(b)) for a, b in (each.split("/") for each in text.split())]


def facts(row):
    start = at(row["start"])
    return start, int(row["amount"]), Unit(row["unit"]), CALENDARS[row["hours"]], stops(row["pauses"], start)


def test_the_golden_table_has_its_rows():
    assert len(TABLE) >= 200
    assert {row["unit"] for row in TABLE} == set(Unit)


@pytest.mark.parametrize("hours", list(CALENDARS))
def test_every_row_of_the_golden_table(hours):
    wrong = [row for row in TABLE if row["hours"] == hours and reckon(*facts(row)).due_at != at(row["due"])]
    assert not wrong


@pytest.mark.parametrize("every", [pytest.param(1, marks=pytest.mark.slow), 9])
def test_the_slow_clock_agrees_with_the_golden_table(every):
    assert not [row for row in TABLE[::every] if slowly(*facts(row)) != at(row["due"])]


@quick
@given(minutes, st.integers(0, 12), units, calendars)
def test_fast_and_slow_agree(start, amount, unit, calendar):
    assert reckon(start, amount, unit, calendar).due_at == slowly(start, amount, unit, calendar)


@quick
@given(minutes, minutes, st.integers(0, 20), units, calendars)
def test_who_receives_later_is_never_due_earlier(one, other, amount, unit, calendar):
    first, second = sorted((one, other))
    assert reckon(first, amount, unit, calendar).due_at <= reckon(second, amount, unit, calendar).due_at


@quick
@given(minutes, st.integers(0, 30), units, calendars)
def test_a_longer_term_never_ends_earlier_nor_any_before_its_start(start, amount, unit, calendar):
    due = reckon(start, amount, unit, calendar).due_at
    assert start <= due <= reckon(start, amount + 1, unit, calendar).due_at


@quick
@given(minutes, st.integers(1, 20), calendars)
def test_what_is_due_is_due_while_the_office_is_open_or_just_closing(start, amount, calendar):
    for unit, hours in ((Unit.WORKING_DAYS, calendar.work), (Unit.WORKING_HOURS, calendar.work),
                        (Unit.WATCH_HOURS, calendar.watch)):  # fmt: skip
        due = calendar.local(reckon(start, amount, unit, calendar).due_at)
        assert is_open(due, hours) or is_open(due - timedelta(minutes=1), hours)


@quick
@given(minutes, st.integers(1, 20), units, calendars, st.integers(0, 4000), st.integers(0, 9000), st.integers(0, 9000))
def test_two_pauses_end_to_end_are_one(start, amount, unit, calendar, after, one, more):
    a = start + timedelta(minutes=after)
    b, c = a + timedelta(minutes=one), a + timedelta(minutes=one + more)
    split = reckon(start, amount, unit, calendar, [(a, b), (b, c)])
    assert split.due_at == reckon(start, amount, unit, calendar, [(a, c)]).due_at
    parts = [stood_still(pause, unit, calendar) for pause in ((a, b), (b, c), (a, c))]
    assert parts[0] + parts[1] == parts[2]


@quick
@given(minutes, st.integers(1, 20), units, calendars, st.integers(0, 4000), st.integers(0, 20000))
def test_a_clock_that_stands_does_not_run(start, amount, unit, calendar, after, long):
    """What was left when it stopped is left when it goes on, and never less than nothing."""
    begin = start + timedelta(minutes=after)
    end = begin + timedelta(minutes=long)
    due = reckon(start, amount, unit, calendar).due_at
    if begin >= due:
        return
    later = reckon(start, amount, unit, calendar, [(begin, end)]).due_at
    assert left(begin, due, unit, calendar) == left(end, later, unit, calendar)
    assert later >= max(due, begin)


def left(since, until, unit, calendar):
    return stood_still((since, until), unit, calendar)


@quick
@given(minutes, minutes, units, calendars)
def test_no_pause_takes_less_than_nothing(one, other, unit, calendar):
    for pause in ((one, other), (other, one)):
        assert not stood_still(pause, unit, calendar) < stood_still((one, one), unit, calendar)


@quick
@given(minutes, minutes, calendars)
def test_working_time_is_counted_minute_by_minute(one, other, calendar):
    first, last = sorted((one, other))
    last = min(last, first + timedelta(days=2))
    a, b = calendar.local(first), calendar.local(last)
    slow = sum(is_open(a + timedelta(minutes=n), calendar.work) for n in range((b - a) // timedelta(minutes=1)))
    assert calendar.working_time(first, last) == timedelta(minutes=slow)
    assert calendar.working_time(last, first) == timedelta(0)


def test_the_sum_names_every_day_that_was_stepped_over():
    found = reckon(at("2026-11-27T20:00"), 20, Unit.WORKING_DAYS, CALENDARS["lima"])
    told = [(line.what, line.more) for line in found.lines]
    assert told[0] == ("Di luar jam kerja", "dihitung mulai jam buka berikutnya")
    assert ("Kam 24 Des", "Cuti bersama Natal") in told and ("Jum 25 Des", "Hari Raya Natal") in told
    assert ("8 hari Sabtu dan Minggu", "") in told


def test_the_sum_says_when_the_office_was_shut_and_when_the_clock_stood():
    pause = (at("2026-11-30T10:00"), at("2026-12-01T10:00"))
    found = reckon(at("2026-11-27T10:00"), 8, Unit.WORKING_HOURS, CALENDARS["lima"], [pause])
    told = [f"{line.what} {line.more} {line.sum}" for line in found.lines]
    assert told[0] == "Jam berhenti Sen 30 Nov, 10.00 sampai Sel 1 Des, 10.00 + 8 jam kerja 30 menit"
    assert "Jum 27 Nov, 11.00 sampai Jum 27 Nov, 13.00 di luar jam kerja dilewati" in told


def test_a_date_that_people_set_moves_by_what_the_clock_stood():
    due, line = shifted(at("2026-12-23T10:00"), (at("2026-12-01T10:00"), at("2026-12-02T10:00")),
                        Unit.WORKING_DAYS, CALENDARS["lima"])  # fmt: skip
    assert (due, line.sum) == (at("2026-12-28T10:00"), "+ 1 hari kerja")
    assert "melewati Sab 26 Des dan Min 27 Des; Kam 24 Des, Cuti bersama Natal" in line.more


def test_hours_that_never_open_are_refused():
    with pytest.raises(NoHours):
        Hours([Regime("tutup", ((),) * 7, ALWAYS)]).opening(datetime(2026, 11, 24))


@pytest.mark.parametrize("text, told", [
    ("07.30-16.00", "07.30-16.00"), ("13:00-16:00, 7.30-11.00", "07.30-11.00, 13.00-16.00"), ("0-24", "00.00-24.00"),
    ("libur", ""), ("", ""), ("08.00–12.00; 13.00–15.30", "08.00-12.00, 13.00-15.30"),
])  # fmt: skip
def test_hours_as_people_type_them(text, told):
    assert span_words(parse_spans(text)) == told


@pytest.mark.parametrize(
    "text", ["16.00-07.30", "07.30", "25.00-26.00", "07.30-12.00, 11.00-16.00", "pagi-sore", "7.3-9"]
)
def test_hours_that_cannot_be(text):
    with pytest.raises(ValueError, match="[a-z]"):
        parse_spans(text)


@quick
@given(minutes, st.integers(1, 20), units, calendars, st.integers(0, 4000), st.integers(1, 9000), st.integers(1, 99))
def test_a_share_of_its_own_time_is_used_up_however_long_the_clock_stood(
    start, amount, unit, calendar, after, long, percent
):
    pause = (start + timedelta(minutes=after), start + timedelta(minutes=after + long))
    due = reckon(start, amount, unit, calendar, [pause]).due_at
    hours = Unit.WORKING_HOURS if unit is Unit.WORKING_DAYS else unit

    def own(until):
        stood = (pause[0], max(pause[0], min(pause[1], until)))
        return stood_still((start, until), hours, calendar) - stood_still(stood, hours, calendar)

    instant = used_up(percent / 100, start, due, unit, calendar, [pause])
    assert start <= instant <= due
    assert abs(own(instant) - own(due) * percent / 100) < timedelta(seconds=1)


def test_three_quarters_of_four_hours_and_of_four_in_which_the_clock_stood_for_one():
    start, office = at("2026-11-24T08:00"), CALENDARS["lima"]
    assert used_up(0.75, start, at("2026-11-24T12:00"), Unit.WATCH_HOURS, office) == at("2026-11-24T11:00")
    stood = [(at("2026-11-24T09:00"), at("2026-11-24T10:00"))]
    assert used_up(0.75, start, at("2026-11-24T13:00"), Unit.CLOCK_HOURS, office, stood) == at("2026-11-24T12:00")
