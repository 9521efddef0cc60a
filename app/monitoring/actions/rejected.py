"""Verbs about rows that were not taken."""

from __future__ import annotations

from app.core import events
from app.monitoring.models import IngestRun
from app.people.models import Seat


def note_downloaded(run: IngestRun, by: Seat) -> None:
    """Somebody took the rejected rows of a reading along."""
    events.record(f"source:{run.source_id}", "source.rejected_downloaded", by, ref_id=run.id)
