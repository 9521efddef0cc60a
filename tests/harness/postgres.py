"""A PostgreSQL cluster of our own, from Debian's binaries: unix socket only, no fsync, gone at the end."""

import getpass
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.harness.guardian import Guardian

BINARIES = Path("/usr/lib/postgresql")
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "autovacuum": "off",
}


def binaries() -> Path | None:
    """The newest bin folder with initdb, else None."""
    found = sorted(BINARIES.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


class Cluster:
    """Started in a temporary folder; `url(name)` makes SQLAlchemy's address of one of its databases."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="tanggap-pg-", dir="/tmp"))
        self.bin = binaries()
        if os.getuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
        as_owner = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        stop = [*as_owner, str(self.bin / "pg_ctl"), "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop"]
        self._guardian = Guardian(f"cd /; {shlex.join(stop)}; rm -rf {shlex.quote(str(self.folder))}")
        self._run("initdb", "-D", str(self.folder / "data"), "-A", "trust", "-E", "UTF8", "--no-sync", "-U", "tanggap")
        options = " ".join(f"-c {key}={value!r}" for key, value in SETTINGS.items())
        self._run(
            *("pg_ctl", "-D", str(self.folder / "data"), "-w", "-l", str(self.folder / "log")),
            *("-o", f"-k {self.folder} {options}", "start"),
        )

    def stop(self) -> None:
        self._guardian.act()

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.bin / program), *arguments]
        if os.getuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        done = subprocess.run(command, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True)  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{getpass.getuser()} could not run {program}: {done.stdout}")


def url(folder: str, database: str) -> str:
    return f"postgresql+psycopg://tanggap@/{database}?host={folder}"


def make_database(folder: str, name: str) -> str:
    """A new, empty database; its address."""
    import psycopg

    with psycopg.connect(f"host={folder} dbname=postgres user=tanggap", autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
    return url(folder, name)


if __name__ == "__main__":
    sys.exit(0 if binaries() else 1)
