"""`flask doctor`: what is wrong with this installation, in plain words. Features add checks with `@check`."""

import os
import shutil
import socket
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import func, select, text

from app.core import clock, queue, schema
from app.core.duties import CLOCK, Duty
from app.core.storage import NEEDED_FREE
from app.core.work import Work, WorkState
from app.extensions import db

SAFE_SQLITE = (3, 51, 3)
LATE = timedelta(minutes=5)


@dataclass(frozen=True)
class Finding:
    name: str
    ok: bool
    says: str

    def as_dict(self) -> dict:
        return asdict(self)


Check = Callable[[], tuple[bool, str]]
CHECKS: dict[str, Check] = {}


def check(name: str):
    """Register a check: it returns (well, what it saw). An exception is a finding."""

    def register(fn: Check) -> Check:
        CHECKS[name] = fn
        return fn

    return register


def examine() -> list[Finding]:
    """Run every check."""
    return [_examine(name, fn) for name, fn in CHECKS.items()]


def _examine(name: str, fn: Check) -> Finding:
    try:
        return Finding(name, *fn())
    except Exception as error:
        db.session.rollback()
        return Finding(name, False, f"tidak bisa diperiksa ({type(error).__name__}: {error})")


@check("basis data")
def _database() -> tuple[bool, str]:
    schema.check()
    if db.engine.dialect.name != "sqlite":
        return True, db.session.execute(text("SELECT version()")).scalar_one().partition(" on ")[0]
    import pysqlite3.dbapi2 as driver

    mode = db.session.execute(text("PRAGMA journal_mode")).scalar_one()
    safe = driver.sqlite_version_info >= SAFE_SQLITE
    if safe and mode == "wal":
        return True, f"SQLite {driver.sqlite_version}, WAL"
    return False, f"SQLite {driver.sqlite_version} dengan journal_mode={mode}; pasang pysqlite3 yang membawa 3.51.3+"


@check("ruang disk")
def _disk() -> tuple[bool, str]:
    free = shutil.disk_usage(Path(current_app.config["INSTANCE_PATH"])).free
    enough = free >= NEEDED_FREE
    return enough, f"{free // 2**20} MB kosong" + ("" if enough else "; impor dan unggahan ditolak di bawah 200 MB")


@check("antrean")
def _queue() -> tuple[bool, str]:
    return (
        (True, "menjawab") if queue.is_up() else (False, "tidak menjawab; pekerjaan baru berjalan setelah hidup lagi")
    )


@check("jam")
def _clock() -> tuple[bool, str]:
    duty = db.session.get(Duty, CLOCK)
    if duty is None or duty.ran_at is None:
        return False, "belum pernah berdetak; jalankan flask clock"
    ago = clock.now() - duty.ran_at
    return ago < timedelta(seconds=60), f"detak terakhir {int(ago.total_seconds())} detik lalu"


@check("tugas berkala")
def _duties() -> tuple[bool, str]:
    failed = db.session.execute(select(Duty.name, Duty.last_error).where(Duty.last_error.is_not(None))).all()
    return not failed, "; ".join(f"{name}: {error}" for name, error in failed) or "tidak ada yang gagal"


@check("pekerjaan gagal")
def _dead() -> tuple[bool, str]:
    dead = db.session.scalar(select(func.count()).where(Work.state == WorkState.DEAD))
    return dead == 0, f"{dead} pekerjaan berhenti" + ("; lihat /surat-keluar atau coba lagi" if dead else "")


@check("pekerjaan tertunda")
def _late() -> tuple[bool, str]:
    late = (Work.state == WorkState.WAITING) & (Work.next_try < clock.now() - LATE)
    count = db.session.scalar(select(func.count()).select_from(Work).where(late))
    return count == 0, f"{count} pekerjaan lewat waktunya lebih dari 5 menit"


@check("surat ditahan")
def _held() -> tuple[bool, str]:
    held = db.session.scalar(select(func.count()).where(Work.state == WorkState.HELD))
    return held == 0, f"{held} surat ditahan sejak pemulihan" + ("; lepaskan: flask --app wsgi release" if held else "")


@check("surat")
def _mail() -> tuple[bool, str]:
    way = urlsplit(current_app.config["MAIL_URL"])
    if way.scheme in ("smtp", "smtps"):
        with socket.create_connection((way.hostname, way.port or (465 if way.scheme == "smtps" else 25)), timeout=5):
            return True, f"server {way.hostname} bisa dihubungi"
    if way.scheme == "file":
        folder = Path(current_app.config["MAIL_URL"].removeprefix("file:"))
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return os.access(folder, os.W_OK), f"disimpan sebagai berkas di {folder}, tidak dikirim"
    return True, "dicetak ke layar, tidak dikirim"
