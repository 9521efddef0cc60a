"""Questions about sources, runs and alerts."""

from app.monitoring.queries.pasting import known_by, paste_source, untouched
from app.monitoring.queries.sources import (
    brought,
    buried_runs,
    recent_files,
    recent_runs,
    source_named,
    webhook_named,
    work_of,
)

__all__ = [
    "brought", "buried_runs", "known_by", "paste_source", "recent_files", "recent_runs", "source_named", "untouched",
    "webhook_named", "work_of",
]  # fmt: skip
