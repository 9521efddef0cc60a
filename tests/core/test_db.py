"""Many rows written past SQLAlchemy's parameters are the rows that it would have written."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, text

from app.core.db import insert_many, refresh_statistics
from app.monitoring.models import Alert, AlertKey, IngestRun, RejectedRow, Source
from app.monitoring.rules.kinds import AlertState, Channel, RunState, SourceKind, Tone

AT = datetime(2026, 11, 24, 4, 0, 0, 123456, tzinfo=UTC)
ODD = "Warga \u00e9 \U0001f4a5 'kutip' 100% %(x)s ?"


@pytest.fixture
def run_id(db_session):
    source = Source(name="IMA", kind=SourceKind.SHEET)
    db_session.add(source)
    db_session.flush()
    run = IngestRun(source_id=source.id, state=RunState.RUNNING)
    db_session.add(run)
    db_session.flush()
    return run.id


def alerts(run_id, **more):
    common = {
        "run_id": run_id,
        "source_id": 1,
        "fetched_at": AT,
        "published_at": AT,
        "text": ODD,
        "channel": Channel.NEWS,
    }
    full = {"tone": Tone.NEGATIVE, "reach": 12, "hints": [{"opd": "DPU", "score": 1.5}], "raw": {"a": ODD, "b": None}}
    bare = {"tone": None, "reach": None, "hints": [], "raw": {}}
    return [common | more | full | {"title": ODD}, common | more | bare | {"title": "dua"}]


def stored(db_session, model):
    rows = db_session.execute(text(f"SELECT * FROM {model.__tablename__}")).mappings().all()
    db_session.execute(model.__table__.delete())
    return [{name: value for name, value in row.items() if name != "id"} for row in rows]


@pytest.mark.parametrize("more", [{}, {"state": AlertState.IGNORED, "date_doubtful": True, "sightings": 3}])
def test_statement_types_and_defaults_are_those_of_the_model(db_session, run_id, more):
    rows = alerts(run_id, source_id=db_session.get(IngestRun, run_id).source_id, **more)
    db_session.execute(insert(Alert.__table__), rows)
    usual = stored(db_session, Alert)
    insert_many(Alert, rows)
    assert stored(db_session, Alert) == usual and len(usual) == 2


def test_hidden_cells_of_a_rejected_row_too(db_session, run_id):
    rows = [{"run_id": run_id, "row_no": n, "reason": ODD, "raw": {"NIK": ODD}, "hidden": {}} for n in range(3)]
    db_session.execute(insert(RejectedRow.__table__), rows)
    usual = stored(db_session, RejectedRow)
    insert_many(RejectedRow, rows)
    assert stored(db_session, RejectedRow) == usual and len(usual) == 3


def test_what_python_defaults_is_told_row_by_row_and_what_is_no_column_is_refused(db_session, run_id):
    (row, _), before = alerts(run_id, source_id=db_session.get(IngestRun, run_id).source_id), datetime.now(UTC)
    insert_many(Alert, [{name: value for name, value in row.items() if name != "fetched_at"}])
    assert db_session.query(Alert).one().fetched_at >= before
    with pytest.raises(ValueError, match="alert_key has no nama"):
        insert_many(AlertKey, [{"key": "x", "alert_id": 1, "nama": "y"}])
    insert_many(AlertKey, [])


@pytest.mark.sqlite
def test_what_the_planner_knows_grows_with_the_tables(db_session, run_id):
    """By what it counted on the first day it would read a whole table to find a few rows by their numbers."""
    insert_many(Alert, alerts(run_id))
    db_session.execute(text("ANALYZE"))
    insert_many(Alert, alerts(run_id) * 200)
    counted = text("SELECT CAST(stat AS INTEGER) FROM sqlite_stat1 WHERE idx = 'ix_alert_source_id'")
    assert db_session.scalar(counted) == 2
    refresh_statistics()
    assert db_session.scalar(counted) == 402
