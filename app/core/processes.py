"""Who is this process, does that one still live, and how a child ends with its parent.

A pid alone is not a name: the kernel uses it again. Run as a script this file turns into a supervised child:
`python -I processes.py MARK COMMAND…` ends what an earlier child with the same mark left, then becomes COMMAND.
Only the standard library is imported, so that this costs nothing.
"""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path


def me() -> str:
    """This process: host/pid/start."""
    return f"{socket.gethostname()}/{os.getpid()}/{_started(os.getpid())}"


def lives(name: str) -> bool:
    """Whether the process named by `me()` still runs. True for another host, of which nothing is known."""
    host, pid, start = _parts(name)
    return host != socket.gethostname() or _started(pid) == start != ""


def bearing(mark: str) -> list[int]:
    """Pids of other processes whose environment at their start held TANGGAP_CHILD=…`mark`."""
    return [pid for pid, child in _children() if child.endswith(mark) and pid != os.getpid()]


def end(pids: list[int], patience: float = 3) -> None:
    """SIGTERM, a little patience, SIGKILL."""
    _send(pids, signal.SIGTERM)
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and (pids := [pid for pid in pids if _started(pid)]):
        time.sleep(0.05)
    _send(pids, signal.SIGKILL)


def die_with_parent(number: int) -> None:
    """Have the kernel send this process `number` when its parent dies (Linux; elsewhere the next start cleans up)."""
    if sys.platform == "linux":
        PR_SET_PDEATHSIG = 1
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, number)


def become(mark: str, command: list[str]) -> None:
    """Replace an earlier child with this mark, and turn into `command`."""
    end(bearing(mark), patience=0)
    die_with_parent(signal.SIGTERM)
    os.execv(command[0], command)


class Stop:
    """Remembers that SIGTERM or SIGINT asked this process to end."""

    def __init__(self):
        self.requested = False
        self.listen()

    def listen(self) -> None:
        signal.signal(signal.SIGTERM, self._ask)
        signal.signal(signal.SIGINT, self._ask)

    def wait(self, seconds: float) -> None:
        """Sleep, but not longer than until the signal."""
        deadline = time.monotonic() + seconds
        while not self.requested and time.monotonic() < deadline:
            time.sleep(0.1)

    def _ask(self, _signum, _frame) -> None:
        self.requested = True


def _send(pids: list[int], number: int) -> None:
    for pid in pids:
        try:
            os.kill(pid, number)
        except (ProcessLookupError, PermissionError):
            continue


def _parts(name: str) -> tuple[str, int, str]:
    host, pid, start = name.rsplit("/", 2)
    return host, int(pid), start


def _started(pid: int) -> str:
    """When the process began, in the kernel's own words; empty when it is gone or a zombie."""
    if not Path("/proc/self/stat").exists():
        return _ps("-o", "lstart=", "-p", str(pid)).strip()
    try:
        state, *fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if state == "Z" else fields[18]


def _children():
    """(pid, value of TANGGAP_CHILD) of every process of ours."""
    if not Path("/proc/self/environ").exists():
        yield from _children_by_ps()
        return
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            environ = (folder / "environ").read_bytes()
        except OSError:
            continue
        for entry in environ.split(b"\0"):
            if entry.startswith(b"TANGGAP_CHILD="):
                yield int(folder.name), entry.partition(b"=")[2].decode(errors="replace")


def _children_by_ps():
    for line in _ps("-axEww", "-o", "pid=,command=").splitlines():
        if "TANGGAP_CHILD=" in line:
            yield int(line.split()[0]), line.partition("TANGGAP_CHILD=")[2].split(" ")[0]


def _ps(*arguments: str) -> str:
    return subprocess.run(["ps", *arguments], capture_output=True, text=True, check=False).stdout


if __name__ == "__main__":
    become(sys.argv[1], sys.argv[2:])
