"""Questions about rejected rows: what became of them, and who saw to it."""

from __future__ import annotations

from sqlalchemy import func, select

from app.core.events import Event
from app.extensions import db
from app.monitoring.models import IngestRun, RejectedRow


def settled_counts(run_id: int) -> dict[str, int]:
    """How many rejected rows of a reading became what; under "" those that still wait."""
    counts = select(RejectedRow.settled_as, func.count()).where(RejectedRow.run_id == run_id)
    return {row[0]: row[1] for row in db.session.execute(counts.group_by(RejectedRow.settled_as))}


def settled_by(run: IngestRun, row: RejectedRow) -> Event | None:
    """The last thing that a person did with the row."""
    told = select(Event).where(Event.stream == f"source:{run.source_id}", Event.kind.startswith("source.row_"))
    return db.session.scalar(told.where(Event.ref_id == row.id).order_by(Event.id.desc()).limit(1))
