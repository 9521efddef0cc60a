"""Who may see and do what with sources and alerts."""

from app.monitoring.policy.alerts import known_to, limit_alerts, may_sort, visible_alerts
from app.monitoring.policy.letters import visible_letters
from app.monitoring.policy.sources import (
    answerable_run,
    keeps_sources,
    visible_profile,
    visible_rejected,
    visible_rejected_row,
    visible_run,
    visible_runs,
    visible_search,
    visible_source,
    visible_sources,
    visible_webhook,
    waiting_rejected,
)

__all__ = [
    "answerable_run", "keeps_sources", "known_to", "limit_alerts", "may_sort", "visible_alerts", "visible_letters",
    "visible_rejected", "visible_run", "visible_runs", "visible_search", "visible_source", "visible_sources",
    "visible_webhook", "visible_profile", "visible_rejected_row", "waiting_rejected",
]  # fmt: skip
