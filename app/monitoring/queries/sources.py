"""Questions about sources and their runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import func, select

from app.core import clock
from app.core.work import Work, WorkState
from app.extensions import db
from app.monitoring.models import Alert, IngestRun, Source
from app.monitoring.queries.alerts import counted_up_to
from app.monitoring.rules.kinds import AlertState, RunState, SourceKind

MOST_RUNS = 5_000
DAYS_SHOWN = 14
MOST_BECAME = 10_000
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


def brought_by_day(source_id: int) -> list[tuple[date, int]]:
    """How many new rows a source brought on each of its last 14 local days, today first, from its latest runs alone."""
    latest = select(IngestRun.started_at, IngestRun.new).where(IngestRun.source_id == source_id)
    latest = latest.order_by(IngestRun.id.desc()).limit(MOST_RUNS).subquery()
    today, counts = clock.today(), Counter[date]()
    since = clock.now() - timedelta(days=DAYS_SHOWN + 1)
    for started_at, new in db.session.execute(select(latest).where(latest.c.new > 0, latest.c.started_at >= since)):
        counts[clock.day_of(started_at)] += new
    days = (today - timedelta(days=back) for back in range(DAYS_SHOWN))
    return [(day, counts[day]) for day in days]


def became(source_id: int) -> dict[str, int]:
    """What became of the news a source published in the last 30 days: a count per state, each up to `MOST_BECAME`.

    Only numbers: no alert is named, so none that stands behind somebody else's ticket can be told from it.
    """
    recent = (Alert.source_id == source_id, Alert.published_at >= clock.now() - timedelta(days=30))
    counts = {
        state.value: counted_up_to(MOST_BECAME, Alert.state == state, *recent).scalar_subquery().label(state.value)
        for state in AlertState
    }
    return dict(db.session.execute(select(*counts.values())).one()._mapping)


def buried_runs(kind: str) -> Sequence[int]:
    """Runs still open whose work was given up."""
    dead = select(Work.ref_id).where(Work.kind == kind, Work.state == WorkState.DEAD)
    return db.session.scalars(select(IngestRun.id).where(IngestRun.state.in_(OPEN_RUNS), IngestRun.id.in_(dead))).all()


def work_of(kind: str, ref_id: int) -> Sequence[int]:
    """The ids of open work about a thing."""
    open_states = (WorkState.WAITING, WorkState.LEASED)
    rows = select(Work.id).where(Work.kind == kind, Work.ref_id == ref_id, Work.state.in_(open_states))
    return db.session.scalars(rows.order_by(Work.id)).all()
