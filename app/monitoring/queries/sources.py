"""Questions about sources and their runs."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from app.core.work import Work, WorkState
from app.extensions import db
from app.monitoring.models import IngestRun, Source
from app.monitoring.rules.kinds import RunState, SourceKind

OPEN_RUNS = (RunState.WAITING, RunState.RUNNING)


def source_named(name: str) -> Source | None:
    """The source of that name."""
    return db.session.scalar(select(Source).where(Source.name == name))


def webhook_named(name: str) -> Source | None:
    """The webhook of that name, else of that number."""
    hooks = select(Source).where(Source.kind == SourceKind.WEBHOOK)
    found = db.session.scalar(hooks.where(Source.name == name))
    if found is None and name.isascii() and name.isdigit() and len(name) < 10:
        found = db.session.scalar(hooks.where(Source.id == int(name)))
    return found


def recent_runs(source_id: int, limit: int = 20) -> Sequence[IngestRun]:
    """The latest readings of a source, newest first."""
    runs = select(IngestRun).where(IngestRun.source_id == source_id).order_by(IngestRun.id.desc())
    return db.session.scalars(runs.limit(limit)).all()


def recent_files(limit: int = 15) -> Sequence[IngestRun]:
    """The latest files that were taken in, newest first."""
    runs = select(IngestRun).where(IngestRun.file_name != "").order_by(IngestRun.id.desc())
    return db.session.scalars(runs.limit(limit)).all()


def brought() -> dict[int, tuple[int, int]]:
    """Per source how many rows of its runs were new, and how many could not be taken."""
    sums = select(IngestRun.source_id, func.sum(IngestRun.new), func.sum(IngestRun.rejected))
    rows = db.session.execute(sums.group_by(IngestRun.source_id))
    return {source_id: (new or 0, rejected or 0) for source_id, new, rejected in rows}


def buried_runs(kind: str) -> Sequence[int]:
    """Runs still open whose work was given up."""
    dead = select(Work.ref_id).where(Work.kind == kind, Work.state == WorkState.DEAD)
    return db.session.scalars(select(IngestRun.id).where(IngestRun.state.in_(OPEN_RUNS), IngestRun.id.in_(dead))).all()


def work_of(kind: str, ref_id: int) -> Sequence[int]:
    """The ids of open work about a thing."""
    open_states = (WorkState.WAITING, WorkState.LEASED)
    rows = select(Work.id).where(Work.kind == kind, Work.ref_id == ref_id, Work.state.in_(open_states))
    return db.session.scalars(rows.order_by(Work.id)).all()
