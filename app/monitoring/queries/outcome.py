"""What a source brings, and what became of it. Of alerts that a seat may not know of, not even a number is told."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Row, Select, func, select, union_all

from app.core import clock
from app.extensions import db
from app.monitoring.models import Alert, IngestRun
from app.monitoring.policy import known_to
from app.monitoring.queries.alerts import ROW, counted_up_to
from app.monitoring.rules.kinds import AlertState
from app.people.models import Seat

MOST_RUNS = 5_000
DAYS_SHOWN = 14
MOST_BECAME = 10_000
MOST_LATEST = 10


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


def became(source_id: int, seat: Seat) -> dict[str, int]:
    """What became of the news a source published in the last 30 days: a count per state, each up to `MOST_BECAME`."""
    recent = (Alert.source_id == source_id, Alert.published_at >= clock.now() - timedelta(days=30), known_to(seat))
    counts = {
        state.value: counted_up_to(MOST_BECAME, Alert.state == state, *recent).scalar_subquery().label(state.value)
        for state in AlertState
    }
    return dict(db.session.execute(select(*counts.values())).one()._mapping)


def sorted_by_day(source_id: int, seat: Seat) -> dict[date, Counter[str]]:
    """Of what was published on each of the last 14 local days, how much is ignored and ticketed by now."""
    since = clock.now() - timedelta(days=DAYS_SHOWN + 1)
    done = (AlertState.IGNORED, AlertState.TICKETED)
    rows = (_latest(source_id, seat, state, MOST_BECAME).where(Alert.published_at >= since) for state in done)
    counts: dict[date, Counter[str]] = defaultdict(Counter)
    for row in db.session.execute(union_all(*(select(part.subquery()) for part in rows))):
        counts[clock.day_of(row.published_at)][row.state] += 1
    return counts


def latest_alerts(source_id: int, seat: Seat) -> Sequence[Row]:
    """The ten that were published last, under the titles that may be shown; one statement."""
    each = (_latest(source_id, seat, state, MOST_LATEST).subquery() for state in AlertState)
    ids = union_all(*(select(part.c.id) for part in each))
    rows = select(*ROW).where(Alert.id.in_(ids)).order_by(Alert.published_at.desc(), Alert.id.desc())
    return db.session.execute(rows.limit(MOST_LATEST)).all()


def _latest(source_id: int, seat: Seat, state: AlertState, most: int) -> Select:
    """The latest of one state, read from its own index."""
    rows = select(Alert.id, Alert.state, Alert.published_at)
    rows = rows.where(Alert.state == state, Alert.source_id == source_id, known_to(seat))
    return rows.order_by(Alert.published_at.desc(), Alert.id.desc()).limit(most)
