"""Questions about sources, runs and alerts."""

from app.monitoring.queries.sources import brought, buried_runs, recent_files, recent_runs, source_named, work_of

__all__ = ["brought", "buried_runs", "recent_files", "recent_runs", "source_named", "work_of"]
