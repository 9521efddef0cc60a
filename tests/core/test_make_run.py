"""The door: a fresh clone, nothing but PATH, HOME and LANG, an empty pip cache."""

import os
import signal
import subprocess
import time

import pytest

from tests.harness.tree import ROOT, free_port
from tests.harness.waiting import until

pytestmark = [pytest.mark.slow, pytest.mark.tree]


@pytest.fixture
def clone(tmp_path):
    subprocess.run(["git", "clone", "-q", str(ROOT), str(tmp_path / "tanggap")], check=True)
    return tmp_path / "tanggap"


@pytest.fixture
def make_run(clone, tmp_path):
    """`make_run()`: start it in a group of its own; stopped at the end."""
    port, started = free_port(), []
    bare = {"PATH": os.environ["PATH"], "HOME": str(tmp_path / "home"), "LANG": "C.UTF-8", "TANGGAP_PORT": str(port)}

    def start():
        out = (tmp_path / f"out{len(started)}").open("w+")
        process = subprocess.Popen(
            ["make", "run"],
            cwd=clone,
            env=bare,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
        started.append(process)
        return process, lambda: open(out.name).read()

    yield start
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)


def test_two_minutes_the_first_time_fifteen_seconds_the_second(make_run, clone):
    for most, number in ((120, signal.SIGINT), (15, signal.SIGTERM)):
        began = time.monotonic()
        process, said = make_run()
        until(lambda: "Kata sandi demo: " in said(), most)
        assert time.monotonic() - began < most
        stop(process, number)
        assert left_running(clone) == []


def stop(process, number) -> None:
    """Ctrl-C reaches the group, SIGTERM make alone."""
    if number == signal.SIGINT:
        os.killpg(process.pid, number)
    else:
        process.send_signal(number)
    process.wait(30)


def left_running(clone) -> list[str]:
    done = subprocess.run(["pgrep", "-fa", str(clone)], capture_output=True, text=True, check=False)
    return done.stdout.splitlines()
