"""Fills an empty database: with the story that people read, or with a volume that machines are measured by."""

from collections.abc import Callable
from datetime import datetime

from app.core import clock
from app.demo import volume
from app.demo.password import demo_password
from app.people.actions import hash_password


def load_volume(tickets: int, opds: int, alerts: int, seed: int, now: datetime, tell: Callable[[str], None]) -> None:
    """Any number of tickets, the same for the same seed and time. Commits as it goes."""
    with clock.pretend(now):
        volume.load(volume.Size(tickets, opds, alerts), seed, now, hash_password(demo_password()), tell)
