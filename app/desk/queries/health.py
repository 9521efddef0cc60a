"""How the installation is doing: work of the reader's (`policy.visible_work`), sources and readings; all bounded."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row, Select, and_, case, func
from sqlalchemy.orm import aliased

from app.core import clock
from app.core.duties import CLOCK, Duty
from app.core.work import Work, WorkState
from app.extensions import db
from app.monitoring.actions.runs import IMPORT
from app.monitoring.actions.sources import POLL
from app.monitoring.models import IngestRun, Source

MOST_RUNNING = 10
MOST_SOURCES = 12
MOST_RUNS = 8
OPEN = (WorkState.WAITING, WorkState.LEASED, WorkState.DEAD, WorkState.HELD)
RunSource = aliased(Source)
ROW = (
    *(Work.id, Work.kind, Work.ref_id, Work.state, Work.attempts, Work.next_try, Work.last_error),
    *(Work.created_at, Work.finished_at, Work.lease_until),
    func.coalesce(Source.name, RunSource.name).label("source"),
    IngestRun.file_name.label("file"),
)


def depth(work: Select) -> dict[str, dict[str, int]]:
    """How much work there is by kind and state, of what is not done."""
    counts = work.with_only_columns(Work.kind, Work.state, func.count()).where(Work.state.in_(OPEN))
    found: dict[str, dict[str, int]] = {}
    for kind, state, many in db.session.execute(counts.group_by(Work.kind, Work.state).order_by(Work.kind)):
        found.setdefault(kind, {})[state] = many
    return found


def waiting_since(work: Select) -> datetime | None:
    """Since when the longest overdue work could have run."""
    due = work.where(Work.state == WorkState.WAITING, Work.next_try <= clock.now())
    return db.session.scalar(due.with_only_columns(func.min(Work.next_try)))


def running(work: Select) -> Sequence[Row]:
    """What a worker does right now."""
    rows = _about(work).where(Work.state == WorkState.LEASED).order_by(Work.id)
    return db.session.execute(rows.limit(MOST_RUNNING)).all()


def dead(work: Select) -> Select:
    """Work that was given up and waits for a decision, the latest first."""
    return _about(work).where(Work.state == WorkState.DEAD).order_by(Work.id.desc())


def _about(work: Select) -> Select:
    """Work with the source or the file it is about."""
    rows = work.with_only_columns(*ROW).outerjoin(Source, and_(Work.kind == POLL, Source.id == Work.ref_id))
    rows = rows.outerjoin(IngestRun, and_(Work.kind == IMPORT, IngestRun.id == Work.ref_id))
    return rows.outerjoin(RunSource, RunSource.id == IngestRun.source_id)


ILL = and_(Source.enabled, Source.trouble != "")


def sources(visible: Select) -> Sequence[Source]:
    """Some sources, the ill ones first, those that failed most often on top."""
    rows = visible.order_by(case((ILL, 0), else_=1), Source.failures.desc(), Source.name)
    return db.session.scalars(rows.limit(MOST_SOURCES)).all()


def sources_counted(visible: Select) -> Row:
    """How many there are, how many are ill and how many are paused."""
    ill, paused = (func.count(case((condition, 1))) for condition in (ILL, Source.enabled.is_(False)))
    counts = visible.with_only_columns(func.count().label("all"), ill.label("ill"), paused.label("paused"))
    return db.session.execute(counts).one()


def runs(visible: Select) -> Sequence[IngestRun]:
    """The latest readings of feeds and files."""
    return db.session.scalars(visible.order_by(IngestRun.id.desc()).limit(MOST_RUNS)).all()


def clock_lease() -> Duty | None:
    """Which clock ticks."""
    return db.session.get(Duty, CLOCK)
