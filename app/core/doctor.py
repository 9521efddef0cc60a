"""`flask doctor`: what is wrong with this installation, in plain words. Features add checks with `@check`."""

import os
import socket
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import func, select, text

from app.core import backup, clock, queue, storage
from app.core.duties import CLOCK, Duty
from app.core.work import Work, WorkState
from app.extensions import db

SAFE_SQLITE = (3, 51, 3)
LATE = timedelta(minutes=5)
OLD_BACKUP = timedelta(days=7)


@dataclass(frozen=True)
class Finding:
    """What a check saw, and what to do about it. Advice is told but is no finding: the office has it in hand."""

    name: str
    ok: bool
    says: str
    do: str = ""
    advice: bool = False

    def as_dict(self) -> dict:
        return asdict(self)


@dataclass(frozen=True)
class Check:
    run: Callable[[], tuple[bool, str]]
    do: str
    advice: bool
    on_page: bool


CHECKS: dict[str, Check] = {}


def check(name: str, *, do: str = "", advice: bool = False, on_page: bool = True):
    """Register a check: it returns (well, what it saw). An exception is a finding.

    `do` says what to do when it is not well. What is slow, or counts what not every reader of the page may
    know of, is not `on_page`.
    """

    def register(fn: Callable[[], tuple[bool, str]]):
        CHECKS[name] = Check(fn, do, advice, on_page)
        return fn

    return register


def examine(page: bool = False) -> list[Finding]:
    """Run every check; for the `page` only those that are quick and for every reader of it."""
    return [_examine(name, known) for name, known in CHECKS.items() if known.on_page or not page]


def _examine(name: str, known: Check) -> Finding:
    try:
        well, says = known.run()
    except Exception as error:
        db.session.rollback()
        return Finding(name, False, f"tidak bisa diperiksa ({type(error).__name__}: {error})", known.do)
    return Finding(name, well or known.advice, says, "" if well else known.do, known.advice and not well)


@check("basis data", do="Pasang kembali requirements.txt: di dalamnya ada SQLite 3.51.3 atau lebih baru.")
def _database() -> tuple[bool, str]:
    if db.engine.dialect.name != "sqlite":
        return True, db.session.execute(text("SELECT version()")).scalar_one().partition(" on ")[0]
    import pysqlite3.dbapi2 as driver

    mode = db.session.execute(text("PRAGMA journal_mode")).scalar_one()
    safe = driver.sqlite_version_info >= SAFE_SQLITE
    return safe and mode == "wal", f"SQLite {driver.sqlite_version}, journal_mode={mode}"


@check("ruang disk", do="Kosongkan disk. Impor dan unggahan ditolak; membaca dan mengubah status tetap bisa.")
def _disk() -> tuple[bool, str]:
    space = storage.space()
    return space.free >= storage.NEEDED_FREE, f"{space.free // 2**20} MB kosong; batasnya 200 MB"


@check("antrean", do="Periksa proses Valkey. Pekerjaan tersimpan, dan berjalan setelah antrean hidup lagi.")
def _queue() -> tuple[bool, str]:
    return (True, "menjawab") if queue.is_up() else (False, "tidak menjawab")


@check("jam", do="Jalankan semua proses: flask --app wsgi up.")
def _clock() -> tuple[bool, str]:
    duty = db.session.get(Duty, CLOCK)
    if duty is None or duty.ran_at is None:
        return False, "belum pernah berdetak; jalankan flask clock"
    ago = clock.now() - duty.ran_at
    return ago < timedelta(seconds=60), f"detak terakhir {int(ago.total_seconds())} detik lalu"


@check("tugas berkala", do="Diulang sendiri pada waktunya. Bila tetap gagal, lihat log proses clock.")
def _duties() -> tuple[bool, str]:
    failed = db.session.execute(select(Duty.name, Duty.last_error).where(Duty.last_error.is_not(None))).all()
    return not failed, "; ".join(
        f"{name}: {error.partition(':')[0]}" for name, error in failed
    ) or "tidak ada yang gagal"


@check("pekerjaan gagal", do="Putuskan di /pengaturan/kesehatan; surat di /surat-keluar.", on_page=False)
def _dead() -> tuple[bool, str]:
    dead = db.session.scalar(select(func.count()).where(Work.state == WorkState.DEAD))
    return dead == 0, f"{dead} pekerjaan berhenti"


@check("pekerjaan tertunda", do="Periksa apakah proses worker dan clock berjalan.", on_page=False)
def _late() -> tuple[bool, str]:
    late = (Work.state == WorkState.WAITING) & (Work.next_try < clock.now() - LATE)
    count = db.session.scalar(select(func.count()).select_from(Work).where(late))
    return count == 0, f"{count} pekerjaan lewat waktunya lebih dari 5 menit"


@check("surat ditahan", do="Lepaskan: flask --app wsgi release, atau di /surat-keluar.", on_page=False)
def _held() -> tuple[bool, str]:
    held = db.session.scalar(select(func.count()).where(Work.state == WorkState.HELD))
    return held == 0, f"{held} surat ditahan sejak pemulihan"


@check("cadangan", do="Buat: flask --app wsgi backup FOLDER, lalu simpan di mesin lain.", advice=True)
def _backup() -> tuple[bool, str]:
    made = backup.last_made()
    if made is None:
        return False, "belum pernah dibuat dari instalasi ini"
    return clock.now() - made < OLD_BACKUP, f"terakhir {clock.short(made)}"


@check("surat", do="Periksa TANGGAP_MAIL_URL dan sambungan ke server surat.", on_page=False)
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
