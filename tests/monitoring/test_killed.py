"""kill -9 of whoever imports, at any moment: nothing lost, nothing doubled, the counts stay right."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from app.extensions import db
from app.monitoring import actions
from app.monitoring.models import Alert, AlertKey, IngestRun, RejectedRow
from app.monitoring.rules.kinds import RunState, SourceKind

ROOT = Path(__file__).resolve().parents[2]
ROWS = 10_000


def sheet(rows: int = ROWS) -> bytes:
    """Every tenth row repeats the one before by a variant of its address, every hundredth has no date."""
    lines = ["tanggal;judul;isi;url"]
    for n in range(rows):
        day = "kemarin" if n % 100 == 50 else "24/11/2022 07.12"
        address = f"https://m.a.example/{n - 1}/?utm_source=x" if n % 10 == 9 else f"https://a.example/{n}"
        lines.append(f"{day};Judul berita nomor {n} tentang jalan rusak;Isi yang sedikit lebih panjang {n};{address}")
    return "\n".join(lines).encode()


@pytest.fixture
def importer(app):
    """Starts a process that does the open work of this test's database."""
    settings = {
        "TANGGAP_INSTANCE_PATH": app.config["INSTANCE_PATH"],
        "TANGGAP_DATABASE_URL": app.config["DATABASE_URL"],
        "TANGGAP_REDIS_URL": "redis://127.0.0.1:9/0",
    }
    started = []

    def start():
        command = [sys.executable, "-m", "tests.monitoring.importing"]
        started.append(subprocess.Popen(command, cwd=ROOT, env=os.environ | settings, stderr=subprocess.DEVNULL))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def progress(session, run_id) -> int:
    """Read without keeping a transaction: a test that holds SQLite's lock would stop the importer."""
    done = session.scalar(select(IngestRun.rows_done).where(IngestRun.id == run_id))
    session.rollback()
    return done


@pytest.mark.parametrize("kills", [4, pytest.param(60, marks=pytest.mark.slow)])
def test_an_import_survives_kill_9_at_any_moment(db_session, importer, kills):
    chance = random.Random(7)
    for _ in range(max(1, kills // 4)):
        source = actions.found_or_added(f"IMA {chance.random()}", SourceKind.SHEET)
        run_id = actions.start_run(source, sheet()).id
        db_session.commit()
        for _ in range(min(kills, 4)):
            _kill_somewhere(importer(), lambda: progress(db_session, run_id), chance)
        assert importer().wait(120) == 0
        check(db_session, run_id)
        empty(db_session)


def _kill_somewhere(process, rows_done, chance) -> None:
    """Wait until it has begun to write something new, then a random moment longer."""
    before, deadline = rows_done(), time.monotonic() + 60
    while process.poll() is None and rows_done() == before and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(chance.random() * 0.15)
    process.send_signal(signal.SIGKILL)
    process.wait()


def check(session, run_id) -> None:
    run = session.get(IngestRun, run_id, populate_existing=True)
    assert run.state is RunState.DONE and run.rows_done == ROWS
    assert (run.new, run.repeated, run.rejected) == (ROWS - ROWS // 10 - ROWS // 100, ROWS // 10, ROWS // 100)
    for model, expected in ((Alert, run.new), (RejectedRow, run.rejected)):
        assert session.scalar(select(func.count()).select_from(model)) == expected
    assert session.scalar(select(func.count(func.distinct(Alert.title)))) == run.new
    assert session.scalar(select(func.count()).select_from(AlertKey)) >= 2 * run.new
    if db.engine.dialect.name == "sqlite":
        assert session.scalar(text("PRAGMA integrity_check")) == "ok"


def empty(session) -> None:
    for table in ("alert_key", "search_doc", "rejected_row", "alert"):
        session.execute(text(f"DELETE FROM {table}"))
    session.commit()
