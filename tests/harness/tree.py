"""The real process tree: `flask up` in a group of its own, with everything a test may want to do to it."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import psutil

from tests.harness.guardian import Guardian
from tests.harness.waiting import until

ROOT = Path(__file__).resolve().parent.parent.parent
FLASK = [sys.executable, "-m", "flask", "--app", "wsgi"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Tree:
    """One installation in `instance`. `up()` starts it and waits for its address to be printed.

    `prepare`, where it is given, returns the folder of an installation that was set up alike: `set_up()` copies it.
    """

    def __init__(self, instance: Path, prepare: Callable[[], Path] | None = None, **settings):
        self.instance, self.prepare = instance, prepare
        self.port = settings.pop("PORT", None) or free_port()
        clean = {key: value for key, value in os.environ.items() if not key.startswith("TANGGAP_")}
        mine = {"INSTANCE_PATH": instance, "PORT": self.port, "HOST": "127.0.0.1", "DEMO": "0"} | settings
        self.env = clean | {f"TANGGAP_{key}": str(value) for key, value in mine.items()}
        self.process: subprocess.Popen | None = None
        self.guardian: Guardian | None = None
        self.printed: list[str] = []
        self.log = instance.parent / f"{instance.name}.log"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def flask(self, *arguments: str, check: bool = True, timeout: float = 120) -> subprocess.CompletedProcess:
        """Run a command of this installation to its end."""
        done = subprocess.run(
            [*FLASK, *arguments], cwd=ROOT, env=self.env, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            timeout=timeout,
        )  # fmt: skip
        assert not check or done.returncode == 0, f"{arguments} ended with {done.returncode}: {done.stderr[-2000:]}"
        return done

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*FLASK, "up"], cwd=ROOT, env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log,
                text=True, start_new_session=True,
            )  # fmt: skip
        if self.guardian:
            self.guardian.dismiss()
        self.guardian = Guardian(f"kill {self.process.pid}")
        self.printed = []
        threading.Thread(target=self._listen, args=(self.process,), daemon=True).start()

    def set_up(self) -> None:
        """`flask setup`, or a copy of what it made elsewhere."""
        if self.prepare:
            shutil.copytree(self.prepare(), self.instance, dirs_exist_ok=True)
        else:
            self.flask("setup")

    def up(self, seconds: float = 60) -> "Tree":
        """Set up, start, and wait until the address is printed."""
        self.set_up()
        self.start()
        until(self.has_printed, seconds)
        return self

    def has_printed(self) -> bool:
        if self.process.poll() is not None:
            raise RuntimeError(f"the tree ended with {self.process.returncode}: {self.tail()}")
        return any(line.startswith("Tanggap: ") for line in self.printed)

    def tail(self) -> str:
        return self.log.read_text(errors="replace")[-3000:]

    def _listen(self, process: subprocess.Popen) -> None:
        for line in process.stdout:
            self.printed.append(line.rstrip("\n"))

    def answers(self) -> bool:
        """Whether the web serves pages."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=3)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def processes(self) -> list[psutil.Process]:
        """Everything that belongs to this installation: the supervisor and all below it, and any orphan."""
        found = []
        for process in psutil.process_iter():
            try:
                if process.status() != psutil.STATUS_ZOMBIE and (
                    process.environ().get("TANGGAP_INSTANCE_PATH") == str(self.instance)
                ):
                    found.append(process)
            except (psutil.NoSuchProcess, psutil.AccessDenied):
                continue
        return found

    def child(self, name: str) -> psutil.Process | None:
        """The supervised child web, worker, clock or queue, where it runs."""
        for process in psutil.Process(self.process.pid).children():
            try:
                if process.environ().get("TANGGAP_CHILD", "").startswith(f"{name}@"):
                    return process
            except (psutil.NoSuchProcess, psutil.AccessDenied):
                continue
        return None

    def kill(self, name: str) -> int:
        """kill -9 one child; its former pid."""
        pid = until(lambda: self.child(name)).pid
        os.kill(pid, signal.SIGKILL)
        return pid

    def memory(self) -> int:
        """PSS of the tree in bytes."""
        return sum(process.memory_full_info().pss for process in self.processes())

    def stop(self, number: int = signal.SIGTERM, seconds: float = 30) -> None:
        """Ask it to stop, wait, and see to it that nothing is left."""
        if self.guardian:
            self.guardian.dismiss()
        if self.process and self.process.poll() is None:
            os.kill(self.process.pid, number)
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                self.process.kill()
        for process in self.processes():
            process.kill()
        if self.process:
            self.process.stdout.close()
