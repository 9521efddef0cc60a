"""The real tree: clock, queue and forking worker take in feeds and finish imports that were killed."""

import os
import signal
import subprocess

import pysqlite3
import pytest
from sqlalchemy import NullPool, create_engine, text

from tests.harness.pressroom import Page
from tests.harness.tree import FLASK, ROOT
from tests.harness.waiting import until
from tests.monitoring.test_killed import ROWS, sheet

pytestmark = pytest.mark.tree
FEED = b'<rss version="2.0"><channel><item><title>Air keruh di Anggana</title><link>https://k.example/1</link></item></channel></rss>'


def test_the_clock_has_a_worker_fetch_and_read_a_feed(live_server, pressroom):
    pressroom["/feed"] = Page(FEED, headers={"ETag": '"a"'})
    live_server.flask("source", "add", "Kabar", "--kind", "rss", "--url", pressroom.url("/feed"))
    until(lambda: pressroom.asked, 60)
    again = ["poll", "Kabar"]
    until(
        lambda: "baru=0" in live_server.flask(*again).stdout and pressroom.asked[-1][2].get("If-None-Match") == '"a"',
        60,
    )


@pytest.fixture
def runs(live_server):
    """`runs()`: (state, rows_done, new, repeated, rejected) of every run of the tree's database."""
    address = live_server.env.get("TANGGAP_DATABASE_URL") or f"sqlite:///{live_server.instance / 'tanggap.db'}"
    engine = create_engine(address, poolclass=NullPool, **({"module": pysqlite3} if "sqlite" in address else {}))
    question = text("SELECT state, rows_done, new, repeated, rejected FROM ingest_run ORDER BY id")

    def ask():
        with engine.connect() as connection:
            return [tuple(row) for row in connection.execute(question)]

    return ask


def test_an_import_whose_process_was_killed_is_finished_by_a_worker(live_server, runs, tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(sheet())
    command = [*FLASK, "ingest", str(path), "--source", "IMA"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    first = subprocess.Popen(command, cwd=ROOT, env=live_server.env, **quiet)
    until(lambda: any(done for _, done, *_ in runs()), 60, every=0.01)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    until(lambda: runs()[0][0] == "done", 90)
    assert runs() == [("done", ROWS, ROWS - ROWS // 10 - ROWS // 100, ROWS // 10, ROWS // 100)]
