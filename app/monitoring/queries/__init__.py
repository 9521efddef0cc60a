"""Questions about sources, runs and alerts."""

from app.monitoring.queries.outcome import became, brought, brought_by_day, latest_alerts, sorted_by_day
from app.monitoring.queries.pasting import known_by, paste_source, untouched
from app.monitoring.queries.profiles import (
    free_profile_name,
    has_profiles,
    is_reading_by,
    profile_for,
    profile_named,
    profiles_of,
)
from app.monitoring.queries.rejected import settled_by, settled_counts
from app.monitoring.queries.sources import (
    OPEN_RUNS,
    asking_runs,
    buried_runs,
    feed_of_host,
    feeds_by_address,
    is_unused,
    recent_files,
    recent_runs,
    source_named,
    waiting_files,
    webhook_named,
    work_of,
)

__all__ = [
    "OPEN_RUNS", "asking_runs", "became", "brought", "brought_by_day", "buried_runs", "feed_of_host",
    "feeds_by_address", "free_profile_name", "has_profiles", "is_unused", "known_by", "latest_alerts", "paste_source",
    "profile_for", "profile_named", "profiles_of", "recent_files", "recent_runs", "sorted_by_day", "source_named",
    "untouched", "waiting_files", "webhook_named", "work_of",
    "settled_by", "settled_counts",
    "is_reading_by",
]  # fmt: skip
