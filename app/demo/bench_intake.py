"""Measures the intake of a sheet: all of it new, then all of it again."""

from __future__ import annotations

import resource
import time
from dataclasses import dataclass
from datetime import timedelta

from app.core import clock, storage
from app.extensions import db
from app.monitoring import actions
from app.monitoring.models import Source
from app.monitoring.readers import guarded
from app.monitoring.rules.kinds import SourceKind

HEAD = "Tanggal;Media;Judul;Isi;URL;Sentimen"
LINE = (
    "{day};Kabar Etam;Warga {number} menanyakan jadwal air bersih di Loa Kulu;"
    "Keterangan ke-{number}: air PDAM belum mengalir di RT {rt}, warga menunggu truk tangki.;"
    "https://kabaretam.example/ukur/{mark}-{number};Negatif"
)


@dataclass(frozen=True)
class Row:
    name: str
    rows: int
    seconds: float
    rows_per_second: int
    peak_mb: int


def ingest(rows: int) -> list[Row]:
    """Read a sheet of `rows` items twice, by the worker's path. Writes: run it on demo data only."""
    mark = f"{clock.now():%Y%m%d%H%M%S}"
    name = f"Pengukuran {mark}"
    source = actions.add_source({"name": name, "kind": SourceKind.SHEET}, None)
    db.session.commit()
    content = _sheet(rows, mark)
    return [_read(called, source.id, content, rows) for called in ("lembar baru", "lembar berulang")]


def _sheet(rows: int, mark: str) -> bytes:
    now = clock.local(clock.now())
    lines = (
        LINE.format(
            day=f"{now - timedelta(minutes=number % 10_000):%d/%m/%Y %H.%M.%S}",
            number=number,
            rt=number % 40,
            mark=mark,
        )
        for number in range(rows)
    )
    return "\n".join([HEAD, *lines]).encode()


def _read(name: str, source_id: int, content: bytes, rows: int) -> Row:
    started = time.perf_counter()
    source = db.session.get_one(Source, source_id)
    run = actions.start_run(source, content, file_name="ukur.csv", media_type="text/csv")
    intake = actions.Intake(source)
    db.session.commit()
    for batch in guarded.read(storage.path(run.raw_key), run.started_at, run.media_type):
        actions.take_batch(run, intake, batch)
        db.session.commit()
    actions.finish_run(run)
    db.session.commit()
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Row(name, rows, round(seconds, 2), round(rows / seconds), peak)
