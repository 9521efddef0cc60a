"""The real tree and real faults: kill -9 of each child and of the supervisor, Ctrl-C, SIGTERM, no start."""

import os
import signal
import socket
import time

import pytest
from sqlalchemy import create_engine, text

from tests.harness.tree import Tree
from tests.harness.waiting import until

CHILDREN = ("web", "worker", "clock", "queue")

pytestmark = [pytest.mark.tree, pytest.mark.xdist_group("supervision")]


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    tree = Tree(tmp_path_factory.mktemp("supervised") / "instance")
    yield tree
    tree.stop()


@pytest.fixture
def tree(installation):
    """A running tree with all its children; the tests share it, as faults follow each other in an office."""
    if installation.process is None or installation.process.poll() is not None:
        installation.up()
    until(lambda: all(installation.child(name) for name in CHILDREN), 60)
    return installation


def test_it_says_where_it_is_and_leaves_nothing_running(make_tree):
    tree = make_tree()
    tree.flask("setup")
    tree.start()
    until(tree.has_printed, 60)
    assert tree.printed == [f"Tanggap: {tree.url}"]
    assert tree.answers()
    assert (tree.instance / "secret_key").stat().st_mode & 0o777 == 0o600
    os.kill(tree.process.pid, signal.SIGTERM)
    assert tree.process.wait(20) == 0
    assert tree.processes() == []


def test_the_tree_at_rest_is_small(tree):
    until(lambda: clock_holder(tree), 30)
    assert tree.memory() < 400 * 2**20


def test_killed_children_come_back_without_touching_the_others(tree):
    """Each one within 15 s; pages are served throughout unless it was the web."""
    kill_and_watch(tree, "worker")
    kill_and_watch(tree, "web", served=False)


@pytest.mark.slow
@pytest.mark.parametrize("name", CHILDREN)
def test_a_killed_child_comes_back(tree, name):
    for _ in range(3):
        kill_and_watch(tree, name, served=name != "web")


def kill_and_watch(tree, name, served=True):
    others = {child: tree.child(child).pid for child in CHILDREN if child != name}
    pid = tree.kill(name)
    deadline = time.monotonic() + 15
    while not ((child := tree.child(name)) and child.pid != pid and tree.answers()):
        assert time.monotonic() < deadline, f"{name} did not come back: {tree.tail()}"
        assert not served or tree.answers()
        time.sleep(0.1)
    assert {child: tree.child(child).pid for child in others} == others


def test_after_the_supervisor_was_killed_the_next_start_succeeds(tree):
    os.kill(tree.process.pid, signal.SIGKILL)
    tree.process.wait()
    tree.start()
    until(tree.has_printed, 30)
    assert tree.answers()
    parents = [process for process in tree.processes() if process.ppid() == 1]
    assert parents == [], "no orphan of the former tree is left"


def test_a_second_start_says_that_it_runs_already(tree):
    again = tree.flask("up", check=False)
    assert again.returncode == 2
    assert again.stderr.strip().endswith("Hentikan dahulu yang itu (Ctrl-C).")
    assert tree.answers()


def test_work_of_a_killed_worker_is_done_again(tree):
    """Leased by a process that is gone: the next worker frees it and the clock offers it, within 30 s."""
    engine = engine_of(tree)
    work_id = write_work(engine, leased=True)
    tree.kill("worker")
    until(lambda: state_of(engine, work_id) == "dead", 30)


def test_the_queue_may_lose_everything(tree):
    """Work that the queue never heard of is done within 30 s."""
    tree.kill("queue")
    engine = engine_of(tree)
    work_id = write_work(engine)
    until(lambda: state_of(engine, work_id) == "dead", 30)


def test_ctrl_c_reaches_the_whole_group_and_leaves_nothing_running(tree):
    """The last of the shared tree."""
    os.killpg(tree.process.pid, signal.SIGINT)
    tree.process.wait(20)
    assert tree.processes() == []


def engine_of(tree):
    import pysqlite3.dbapi2

    return create_engine(
        tree.env.get("TANGGAP_DATABASE_URL") or f"sqlite:///{tree.instance / 'tanggap.db'}",
        **({} if "TANGGAP_DATABASE_URL" in tree.env else {"module": pysqlite3.dbapi2}),
    )


def write_work(engine, leased: bool = False) -> int:
    """Work of a kind that nobody knows, so that it ends as dead; `leased`: by a worker that is gone. Its id."""
    token = f"{socket.gethostname()}/1/0/x" if leased else None
    with engine.begin() as connection:
        return connection.execute(
            text(
                "INSERT INTO work (kind, state, attempts, next_try, created_at, lease_token, lease_until) VALUES "
                "('no such kind', :state, 0, '2020-01-01 00:00:00', '2020-01-01 00:00:00', :token,"
                " '2099-01-01 00:00:00') RETURNING id"
            ),
            {"state": "leased" if leased else "waiting", "token": token},
        ).scalar_one()


def state_of(engine, work_id: int) -> str:
    with engine.connect() as connection:
        return connection.execute(text("SELECT state FROM work WHERE id = :id"), {"id": work_id}).scalar()


def clock_holder(tree):
    with engine_of(tree).connect() as connection:
        return connection.execute(text("SELECT holder FROM duty WHERE name = 'clock'")).scalar()


def test_a_taken_port_is_one_clear_sentence(make_tree):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        tree = make_tree(PORT=taken.getsockname()[1])
        tree.set_up()
        refused = tree.flask("up", check=False)
    assert refused.returncode == 2
    assert "sudah dipakai program lain" in refused.stderr
    assert one_sentence(refused)


@pytest.mark.parametrize("place", ["/proc/tanggap", "/dev/null/tanggap"])
def test_a_folder_that_cannot_be_written_is_one_clear_sentence(make_tree, place):
    refused = make_tree(INSTANCE_PATH=place).flask("setup", check=False)
    assert refused.returncode == 2
    assert "tidak bisa ditulis" in refused.stderr
    assert one_sentence(refused)


def test_a_schema_of_tomorrow_is_refused(make_tree):
    tree = make_tree()
    tree.set_up()
    with engine_of(tree).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for command in ("setup", "up"):
        refused = tree.flask(command, check=False)
        assert refused.returncode == 2
        assert "lebih baru" in refused.stderr
        assert one_sentence(refused)


def test_an_unprepared_database_is_refused(make_tree):
    refused = make_tree().flask("up", check=False)
    assert refused.returncode == 2
    assert "flask --app wsgi setup" in refused.stderr


def test_a_missing_wheel_is_one_clear_sentence(make_tree, tmp_path):
    (tmp_path / "nh3.py").write_text("raise ModuleNotFoundError(\"No module named 'nh3'\", name='nh3')")
    tree = make_tree()
    tree.env["PYTHONPATH"] = str(tmp_path)
    refused = tree.flask("setup", check=False)
    assert refused.returncode == 2
    assert refused.stderr.strip() == "Paket Python 'nh3' belum terpasang. Jalankan: make run"


def one_sentence(done) -> bool:
    return "Traceback" not in done.stderr and len(done.stderr.strip().splitlines()) == 1
