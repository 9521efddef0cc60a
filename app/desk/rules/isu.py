"""Coverage of an isu over time, as the chart and its table tell it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from app.monitoring.rules.kinds import Tone

DAYS_SHOWN = 14


@dataclass(frozen=True)
class Day:
    """How many alerts of each tone were published on one local day."""

    on: date
    negative: int = 0
    neutral: int = 0
    positive: int = 0
    unjudged: int = 0

    @property
    def total(self) -> int:
        return self.negative + self.neutral + self.positive + self.unjudged


def days_of(published: Iterable[tuple[date, Tone | None]], last: date) -> list[Day]:
    """The days up to `last`, from the first on which something was published; a fortnight at most, empty ones too."""
    counts = Counter((on, tone.value if tone else "unjudged") for on, tone in published)
    if not counts:
        return []
    first = max(min(on for on, _ in counts), first_day(last))
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    tones = [*(tone.value for tone in Tone), "unjudged"]
    return [Day(day, **{tone: counts[day, tone] for tone in tones}) for day in days]


def first_day(last: date) -> date:
    return last - timedelta(days=DAYS_SHOWN - 1)


def ticks(most: int) -> list[int]:
    """Whole numbers for the chart's side: 0 and two to four lines above it, the last at or above `most`."""
    step = max(1, -(-most // 3))
    return list(range(0, most + step, step)) if most else [0, 1]
