"""Questions about sources and their runs."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import exists, or_, select

from app.core.work import Work, WorkState
from app.extensions import db
from app.monitoring.models import SEARCH_OF_A_SITE, Alert, IngestRun, Profile, Source, WebhookDelivery
from app.monitoring.rules import links
from app.monitoring.rules.kinds import RunState, SourceKind

OPEN_RUNS = (RunState.WAITING, RunState.RUNNING)


def source_named(name: str) -> Source | None:
    """The source of that name."""
    return db.session.scalar(select(Source).where(Source.name == name))


def feeds_by_address() -> dict[str, int]:
    """The feeds that are sources, by their canonical address."""
    rows = db.session.execute(select(Source.url, Source.id).where(Source.kind == SourceKind.RSS))
    return {links.canonical(url): source_id for url, source_id in rows if url}


def feed_of_host(host: str) -> Source | None:
    """A feed that is a source and lies on that host, the one that was added first."""
    same = (source_id for url, source_id in feeds_by_address().items() if links.host_of(url) == host)
    return db.session.get(Source, min(same, default=0)) if host else None


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
    """The files that wait for a person's answer, then the latest that were taken in, newest first."""
    runs = select(IngestRun).where(IngestRun.file_name != "", IngestRun.state != RunState.ASKING)
    latest = db.session.scalars(runs.order_by(IngestRun.id.desc()).limit(limit)).all()
    return [*waiting_files(), *latest]


def waiting_files(limit: int = 20) -> Sequence[IngestRun]:
    """The sheets of all sources that wait for a person's answer, the oldest first."""
    sheets = select(Source.id).where(Source.kind == SourceKind.SHEET)
    runs = select(IngestRun).where(IngestRun.source_id.in_(sheets), IngestRun.state == RunState.ASKING)
    return db.session.scalars(runs.order_by(IngestRun.id).limit(limit)).all()


def asking_runs(source_id: int) -> Sequence[IngestRun]:
    """The files of a source that wait for an answer and are not being answered by somebody else at this moment."""
    asking = select(IngestRun).where(IngestRun.source_id == source_id, IngestRun.state == RunState.ASKING)
    files = asking.where(IngestRun.media_type != SEARCH_OF_A_SITE).order_by(IngestRun.id)
    free = files.with_for_update(of=IngestRun, skip_locked=True).execution_options(populate_existing=True)
    return db.session.scalars(free).all()


def is_unused(source_id: int) -> bool:
    """Whether nothing hangs on a source but searches for its feed."""
    hangs = [exists().where(table.source_id == source_id) for table in (Alert, Profile, WebhookDelivery)]
    read = exists().where(IngestRun.source_id == source_id, IngestRun.media_type != SEARCH_OF_A_SITE)
    return not db.session.scalar(select(or_(read, *hangs)))


def buried_runs(kind: str) -> Sequence[int]:
    """Runs still open whose work was given up."""
    dead = select(Work.ref_id).where(Work.kind == kind, Work.state == WorkState.DEAD)
    return db.session.scalars(select(IngestRun.id).where(IngestRun.state.in_(OPEN_RUNS), IngestRun.id.in_(dead))).all()


def work_of(kind: str, ref_id: int | None) -> Sequence[int]:
    """The ids of open work about a thing."""
    open_states = (WorkState.WAITING, WorkState.LEASED)
    rows = select(Work.id).where(Work.kind == kind, Work.ref_id == ref_id, Work.state.in_(open_states))
    return db.session.scalars(rows.order_by(Work.id)).all()
