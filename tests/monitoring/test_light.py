"""The web stays light: what only a worker needs is not imported by the app."""

import subprocess
import sys

HEAVY = ("httpx", "httpcore", "feedparser", "python_calamine", "xlsxwriter", "app.monitoring.readers.feed")


def test_the_app_imports_no_reader_and_no_http_client(tmp_path):
    code = f"import sys; from app import create_app; create_app(); print([m for m in {HEAVY} if m in sys.modules])"
    command = [sys.executable, "-W", "ignore", "-c", code]
    done = subprocess.run(command, env={"TANGGAP_INSTANCE_PATH": str(tmp_path)}, capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr


def test_a_child_dies_with_whoever_started_it(tmp_path):
    """kill -9 of a worker leaves no reader behind."""
    import os
    import signal
    import time

    import psutil

    code = (
        "import time; from pathlib import Path; from datetime import datetime, UTC\n"
        "from app.monitoring.readers import guarded\n"
        "guarded._items = lambda *_: time.sleep(60)\n"
        f"list(guarded.read(Path({str(__file__)!r}), datetime.now(UTC)))"
    )
    parent = subprocess.Popen([sys.executable, "-c", code])
    deadline = time.monotonic() + 20
    while not (children := psutil.Process(parent.pid).children()) and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.3)
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    gone, alive = psutil.wait_procs(children, timeout=5)
    assert gone and not alive
