"""When people may be told, and what goes up: rules without a database."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from app.core.calendar import Calendar, Hours, Regime, Unit
from app.people.rules import GENERAL_HOURS, WATCH_HOURS, week_of
from app.tickets.rules import State, TaskState
from app.tickets.rules.authority import Cause, standing
from app.tickets.rules.reminding import goes_up_as, may_tell, tells_from
from app.tickets.rules.steps import STEPS, RunningClock
from app.tickets.rules.sums import DUE, FIRST, REACT

WITA, EVER = ZoneInfo("Asia/Makassar"), date(2000, 1, 1)
OFFICE = Calendar(
    Hours([Regime("kerja", week_of(GENERAL_HOURS), EVER)], {date(2026, 11, 5): "Libur"}),
    Hours([Regime("siaga", week_of(WATCH_HOURS), EVER)]),
    WITA,
)


def at(day, hour, minute=0):
    """Of November 2026: the 2nd is a Monday, the 5th a day off."""
    return datetime(2026, 11, day, hour, minute, tzinfo=WITA).astimezone(UTC)


@pytest.mark.parametrize(
    "moment, by_day, in_watch",
    [
        (at(2, 9), at(2, 9), at(2, 9)),
        (at(2, 3), at(2, 7, 30), at(2, 7)),
        (at(2, 20), at(3, 7, 30), at(2, 20)),
        (at(2, 22), at(3, 7, 30), at(3, 7)),
        (at(4, 18), at(6, 7, 30), at(4, 18)),
        (at(6, 12), at(6, 13), at(6, 12)),
        (at(7, 10), at(9, 7, 30), at(7, 10)),
    ],
)
def test_nobody_is_written_to_in_the_night_and_of_urgent_clocks_in_the_jam_siaga_too(moment, by_day, in_watch):
    for unit in Unit:
        expected = in_watch if unit in (Unit.WATCH_HOURS, Unit.CLOCK_HOURS) else by_day
        assert tells_from(unit, moment, OFFICE) == expected
        assert may_tell(unit, moment, OFFICE) is (expected == moment)


def test_all_of_the_time_is_used_at_the_due_date_itself_and_not_the_evening_before():
    running = RunningClock(DUE, at(2, 7, 30), at(3, 7, 30), Unit.WORKING_DAYS)
    assert running.step(at(2, 16), OFFICE) == 90 and running.step(at(3, 7, 29), OFFICE) == 90
    assert running.step(at(3, 7, 30), OFFICE) == 100


def test_only_what_nobody_took_on_and_what_nobody_answered_goes_up_and_only_when_its_time_is_used():
    table = {(what, step): goes_up_as(what, step) for what in (REACT, FIRST, DUE) for step in STEPS}
    assert {key: cause for key, cause in table.items() if cause} == {
        (REACT, 100): Cause.TAKE_ON, (DUE, 100): Cause.DUE,
    }  # fmt: skip


def test_what_is_over_asks_nobody_to_decide():
    for state in State:
        causes = standing(state)
        assert not causes or state in (State.NEW, State.FORWARDED, State.CONTESTED, State.IN_PROGRESS,
                                       State.NEEDS_WORK, State.AWAITING_APPROVAL)  # fmt: skip
    assert not any(standing(state) for state in (TaskState.SUBMITTED, TaskState.ACCEPTED, TaskState.DROPPED))
