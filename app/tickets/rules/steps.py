"""When an OPD is reminded of a clock: at shares of that clock's own time. No SQL."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.core.calendar import Calendar, Unit, used_up
from app.tickets.rules.sums import Spans

ALL = 100
STEPS = (75, 90, ALL)
"""At these percents of a running clock the OPD is reminded, once each; with all of it used it is proposed to go up."""


@dataclass(frozen=True)
class RunningClock:
    """A clock of a ticket or task that runs: `what` it measures (sums.REACT, FIRST, DUE), and what it stood so far."""

    what: str
    started_at: datetime
    due_at: datetime
    unit: Unit
    stood: Spans = ()

    def reaches(self, percent: int, calendar: Calendar) -> datetime:
        """The instant at which that much of its own time is used up; all of it is at the due date itself."""
        if percent >= ALL:
            return self.due_at
        return used_up(percent / 100, self.started_at, self.due_at, self.unit, calendar, self.stood)

    def step(self, at: datetime, calendar: Calendar) -> int:
        """The highest step that it has reached at that instant; 0: none yet."""
        return max((percent for percent in STEPS if self.reaches(percent, calendar) <= at), default=0)


def next_step(clocks: Iterable[RunningClock], calendar: Calendar, after: datetime | None = None) -> datetime | None:
    """The first instant at which one of them reaches a step; `after`: later than that."""
    instants = (clock.reaches(percent, calendar) for clock in clocks for percent in STEPS)
    return min((at for at in instants if after is None or at > after), default=None)
