"""`flask bench`: its shape, and that the pages' statement budgets hold on a small volume."""

import json
from datetime import UTC, datetime

import pytest

from app.demo import volume
from tests.harness.people import cheap_hash

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
BUDGETS = {"meja": 16, "antrean": 10, "tiket": 15, "pantauan": 8, "ubah": 14}
"""Statements, speed.md; other pages: 10."""


@pytest.fixture
def filled(app, db_session, monkeypatch):
    monkeypatch.setattr("app.demo.volume.lives.RECENT_DAYS", 2000)  # so that every state has its share
    volume.load(volume.Size(400, 20, 1200), 1, NOW, cheap_hash(), lambda line: None)
    db_session.commit()
    return app.test_cli_runner()


def test_pages_are_timed_and_keep_their_budget_of_statements(filled, monkeypatch):
    monkeypatch.setattr("app.demo.bench.REPEATS", 3)
    monkeypatch.setattr("app.demo.bench.UPDATES", 8)
    done = filled.invoke(args=["bench", "pages", "--json"])
    assert done.exit_code == 0, done.output
    rows = json.loads(done.stdout)["rows"]
    assert all(set(row) == {"name", "p50_ms", "p95_ms", "statements", "bytes"} for row in rows)
    assert {"pantauan", "tiket dengan 10 catatan", "ubah status, dengan surat"} <= {row["name"] for row in rows}
    for row in rows:
        budget = next((most for start, most in BUDGETS.items() if row["name"].startswith(start)), 10)
        assert row["statements"] <= budget, row
        assert row["bytes"] <= 12_000, row


def test_intake_is_timed(filled):
    done = filled.invoke(args=["bench", "ingest", "--rows", "300", "--json"])
    rows = json.loads(done.stdout)["rows"]
    sheets = ["bandingan telanjang", "lembar baru", "lembar berulang", "artikel panjang"]
    assert [row["name"] for row in rows] == [*sheets, "webhook baru", "webhook berulang"]
    figures = {"name", "rows", "seconds", "rows_per_second", "peak_mb", "cpu_seconds", "parser_cpu_seconds"}
    assert all(set(row) == figures for row in rows)


def test_without_demo_data_it_says_what_to_load(app, db_session):
    done = app.test_cli_runner().invoke(args=["bench", "pages"])
    assert done.exit_code == 2 and "flask --app wsgi demo" in done.output
