"""Who may see and do what with sources and alerts."""

from app.monitoring.policy.sources import (
    keeps_sources,
    visible_rejected,
    visible_run,
    visible_runs,
    visible_source,
    visible_sources,
)

__all__ = ["keeps_sources", "visible_rejected", "visible_run", "visible_runs", "visible_source", "visible_sources"]
