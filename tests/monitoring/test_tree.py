"""The real tree: clock, queue and forking worker take in feeds and finish imports that were killed."""

import contextlib
import os
import random
import signal
import subprocess
import time

import psutil
import pysqlite3
import pytest
from sqlalchemy import NullPool, create_engine, text

from app.monitoring.rules import mailing
from tests.harness.postbox import Postbox
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


def test_the_clock_has_a_worker_take_in_a_forwarded_letter(make_tree, request):
    box = Postbox()
    request.addfinalizer(box.stop)
    tree = make_tree(IMAP_URL=box.url, MAIL_FROM="Tanggap <tanggap@kantor.test>", SECRET_KEY="s" * 40).up()
    who = ["--name", "Rina", "--role", "diskominfo", "--opd", "DISKOMINFO"]
    tree.flask("person", "add", "rina@kantor.test", *who)
    address = mailing.forward_address("tanggap@kantor.test", "s" * 40, 1)
    head = f"From: rina@kantor.test\r\nTo: {address}\r\nSubject: Fwd: Air mati\r\nMessage-ID: <a@b>\r\n\r\n"
    box.put(head.encode() + b"Air PDAM mati di Anggana.\r\n")
    until(lambda: box.seen == {1}, 120)
    until(lambda: "terakhir diambil" in tree.flask("doctor", check=False).stdout, 60)


@pytest.fixture
def database(live_server):
    """`with database() as connection:` on the tree's own database, beside the tree."""
    address = live_server.env.get("TANGGAP_DATABASE_URL") or f"sqlite:///{live_server.instance / 'tanggap.db'}"
    engine = create_engine(address, poolclass=NullPool, **({"module": pysqlite3} if "sqlite" in address else {}))
    return engine.connect


@pytest.fixture
def runs(database):
    """`runs()`: (state, rows_done, new, repeated, rejected) of every run of the tree's database."""
    question = text("SELECT state, rows_done, new, repeated, rejected FROM ingest_run ORDER BY id")

    def ask():
        with database() as connection:
            return [tuple(row) for row in connection.execute(question)]

    return ask


def order(tree, path, runs) -> None:
    """Hand the file in and go: whoever took it in is killed once it has begun to read, the tree has to go on."""
    before = len(runs())
    command = [*FLASK, "ingest", str(path), "--source", "IMA"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    first = subprocess.Popen(command, cwd=ROOT, env=tree.env, **quiet)
    until(lambda: len(runs()) > before and runs()[-1][1], 60, every=0.01)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()


def test_an_import_whose_process_was_killed_is_finished_by_a_worker(live_server, runs, tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(sheet())
    order(live_server, path, runs)
    until(lambda: runs()[0][0] == "done", 90)
    assert runs() == [("done", ROWS, ROWS - ROWS // 10 - ROWS // 100, ROWS // 10, ROWS // 100)]


MANY = 100_000
RESUMED_WITHIN = 30
VICTIMS = ("horse", "queue", "worker", "clock")


@pytest.mark.parametrize("kills", [10, pytest.param(60, marks=pytest.mark.slow)])
def test_kill_9_of_anything_in_a_large_import_loses_and_doubles_nothing(live_server, database, runs, tmp_path, kills):
    path, chance, pauses = tmp_path / "banyak.csv", random.Random(11), []
    path.write_bytes(sheet(MANY))
    for n in range(kills):
        if all(state == "done" for state, *_ in runs()):
            order(live_server, path, runs)
        time.sleep(chance.random())  # a random moment of the import
        kill(live_server, VICTIMS[n % len(VICTIMS)])
        pauses.append(seconds_until_resumed(runs))
    until(lambda: all(state == "done" for state, *_ in runs()), 300)
    first, *others = runs()
    assert first == ("done", MANY, MANY - MANY // 10 - MANY // 100, MANY // 10, MANY // 100)
    assert all((rows, new) == (MANY, 0) for _, rows, new, *_ in others)
    assert max(pauses) < RESUMED_WITHIN, pauses
    with database() as connection:
        alerts, titles = connection.execute(text("SELECT count(*), count(DISTINCT title) FROM alert")).one()
        assert alerts == titles == first[2]
        if connection.dialect.name == "sqlite":
            assert connection.scalar(text("PRAGMA integrity_check")) == "ok"


def kill(tree, victim: str) -> None:
    """SIGKILL to a child of the tree; the horse is what a worker forked, where it has one now."""
    if victim != "horse":
        tree.kill(victim)
        return
    worker = until(lambda: tree.child("worker"))
    for horse in worker.children():
        with contextlib.suppress(psutil.NoSuchProcess):
            horse.kill()


def seconds_until_resumed(runs) -> float:
    """How long it took until a row more was taken in; 0 where all is done."""
    started, before = time.monotonic(), runs()
    until(lambda: runs() != before or all(state == "done" for state, *_ in before), 60, every=0.05)
    return time.monotonic() - started
