"""A real worker process: it stops in time, gives work back, and takes its horse with it."""

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest
from sqlalchemy import select

from app.core import upkeep, work
from app.extensions import db
from tests.harness.tree import ROOT
from tests.harness.waiting import until

pytestmark = pytest.mark.tree


@pytest.fixture
def worker(app, db_session, valkey):
    """The running process, on the app's database and queue."""
    socket = valkey.connection_pool.connection_kwargs["path"]
    env = os.environ | {
        "TANGGAP_INSTANCE_PATH": app.config["INSTANCE_PATH"],
        "TANGGAP_DATABASE_URL": app.config["DATABASE_URL"],
        "TANGGAP_REDIS_URL": f"unix://{socket}",
    }
    process = subprocess.Popen([sys.executable, "-m", "tests.harness.working_process"], cwd=ROOT, env=env)
    until(lambda: valkey.smembers("rq:workers"), 60)
    yield process
    process.kill()
    process.wait()


@pytest.fixture
def begin(app, worker):
    """`begin(kind)`: have the worker start such work; its id, once it runs."""

    def start(kind):
        work_id = work.later(kind, 1)
        db.session.commit()
        flag = os.path.join(app.config["INSTANCE_PATH"], kind)
        until(lambda: os.path.exists(flag), 20)
        return work_id

    return start


def row(work_id):
    """What the table says now; no transaction stays open, or the worker could not write."""
    db.session.commit()
    columns = (work.Work.state, work.Work.attempts)
    found = db.session.execute(select(*columns).where(work.Work.id == work_id)).one()
    db.session.commit()
    return found


def test_work_runs_in_a_process_of_its_own(worker, begin):
    work_id = begin("fast")
    until(lambda: row(work_id).state == work.WorkState.DONE)


def test_a_stopping_worker_gives_long_work_back_at_the_next_batch(worker, begin):
    work_id = begin("step")
    began = time.monotonic()
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(20) == 0
    assert time.monotonic() - began < 5
    assert (row(work_id).state, row(work_id).attempts) == ("waiting", 0)


@pytest.mark.slow
def test_a_stopping_worker_gives_stuck_work_back_within_20_seconds(worker, begin):
    work_id = begin("stuck")
    worker.send_signal(signal.SIGTERM)
    worker.send_signal(signal.SIGINT)  # impatience changes nothing
    assert worker.wait(20) == 0
    assert (row(work_id).state, row(work_id).attempts) == ("waiting", 0)


def test_a_killed_worker_takes_its_horse_with_it_and_the_next_one_frees_the_lease(worker, begin):
    work_id = begin("step")
    horses = psutil.Process(worker.pid).children()
    assert len(horses) == 1
    worker.kill()
    worker.wait()
    until(lambda: not any(horse.is_running() and horse.status() != psutil.STATUS_ZOMBIE for horse in horses), 5)
    assert row(work_id).state == work.WorkState.LEASED
    assert upkeep.free_dead_leases() == 1
    assert row(work_id).state == work.WorkState.WAITING


def test_a_killed_horse_stops_no_worker_and_its_work_is_tried_again(worker, begin):
    first = begin("step")
    (horse,) = psutil.Process(worker.pid).children()
    horse.kill()
    second = begin("fast")
    until(lambda: row(second).state == work.WorkState.DONE)
    until(lambda: row(first).attempts == 2)


def test_a_worker_waits_for_its_queue_inside_itself(worker, begin, valkey):
    """The connection breaks; the same process works on."""
    valkey.client_kill_filter(_type="normal")
    work_id = begin("fast")
    until(lambda: row(work_id).state == work.WorkState.DONE, 20)
    assert worker.poll() is None
