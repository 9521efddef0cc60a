"""When a source is asked next, and its health in words."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

LONGEST_PAUSE = timedelta(hours=24)
SHORTEST_INTERVAL, LONGEST_INTERVAL = 5, 1440


def next_poll(now: datetime, every_minutes: int, failures: int, after: float | None = None) -> datetime:
    """The next time to ask: its interval with some jitter, doubled per failure up to a day, never before `after`."""
    pause = timedelta(minutes=every_minutes) * 2 ** min(failures, 10)
    spread = random.uniform(0.9, 1.1)  # noqa: S311 - spreads load, guards nothing
    pause = min(pause, LONGEST_PAUSE) * spread
    return now + max(pause, timedelta(seconds=after or 0))
