"""Measures the intake of a workbook: all of it new, then again, long articles, and beside it the bare minimum."""

from __future__ import annotations

import io
import resource
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Column, Integer, MetaData, Table, Text, insert

from app.core import clock, storage
from app.extensions import db
from app.monitoring import actions
from app.monitoring.models import Source
from app.monitoring.readers import guarded
from app.monitoring.rules.kinds import SourceKind

HEAD = ("Tanggal", "Media", "Judul", "Isi", "URL", "Sentimen")
SHORT = "Keterangan {mark} ke-{number}: air PDAM belum mengalir di RT {rt}, warga menunggu truk tangki."
ARTICLE_WORDS = 250
ARTICLES_PER_ROW = 0.15
"""The bar of long articles is 15,000 where that of short rows is 100,000."""
BATCH = 500


@dataclass(frozen=True)
class Row:
    """`peak_mb` is the greatest memory of any process so far: this one's, or a parser's."""

    name: str
    rows: int
    seconds: float
    rows_per_second: int
    peak_mb: int


def ingest(rows: int) -> list[Row]:
    """Read workbooks by the worker's path. Writes: run it on demo data only."""
    mark = f"{clock.now():%Y%m%d%H%M%S}"
    source = actions.add_source({"name": f"Pengukuran {mark}", "kind": SourceKind.SHEET}, None)
    db.session.commit()
    short, articles = _workbook(rows, mark, SHORT), max(1, round(rows * ARTICLES_PER_ROW))
    long = _workbook(articles, f"{mark}-panjang", _article())
    return [
        _timed("bandingan telanjang", rows, lambda: _bare(short)),
        _timed("lembar baru", rows, lambda: _read(source.id, short)),
        _timed("lembar berulang", rows, lambda: _read(source.id, short)),
        _timed("artikel panjang", articles, lambda: _read(source.id, long)),
    ]


def _article() -> str:
    """250 words and the number that makes each article another one."""
    return "Laporan {mark} ke-{number} dari RT {rt}. " + " ".join(f"kata{n}" for n in range(ARTICLE_WORDS))


def _workbook(rows: int, mark: str, text: str) -> bytes:
    import xlsxwriter

    now, out = clock.local(clock.now()), io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    sheet = book.add_worksheet("Data")
    sheet.write_row(0, 0, HEAD)
    for number in range(rows):
        day = f"{now - timedelta(minutes=number % 10_000):%d/%m/%Y %H.%M.%S}"
        title = f"Warga {number} menanyakan jadwal air bersih di Loa Kulu"
        told = text.format(mark=mark, number=number, rt=number % 40)
        address = f"https://kabaretam.example/ukur/{mark}-{number}"
        for column, cell in enumerate((day, "Kabar Etam", title, told, address, "Negatif")):
            sheet.write_string(number + 1, column, cell)
    book.close()
    return out.getvalue()


def _timed(name: str, rows: int, work: Callable[[], Any]) -> Row:
    started = time.perf_counter()
    work()
    seconds = time.perf_counter() - started
    own, parsers = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return Row(name, rows, round(seconds, 2), round(rows / seconds), max(own, parsers) // 1024)


def _read(source_id: int, content: bytes) -> None:
    source = db.session.get_one(Source, source_id)
    run = actions.start_run(source, content, file_name="ukur.xlsx")
    intake = actions.Intake(source)
    db.session.commit()
    for batch in guarded.read(storage.path(run.raw_key), run.started_at, run.media_type):
        actions.take_batch(run, intake, batch)
        db.session.commit()
    actions.finish_run(run)
    db.session.commit()


def _bare(content: bytes) -> None:
    """What cannot be saved: calamine reads the rows, one table without an index takes them, 500 at a time."""
    from python_calamine import CalamineWorkbook

    columns = (Column(name.lower(), Text) for name in HEAD)
    table = Table("bench_bare", MetaData(), Column("id", Integer, primary_key=True), *columns)
    table.create(db.session.connection())
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for batch in _batches(book.get_sheet_by_index(0).to_python()[1:]):
        db.session.execute(
            insert(table), [{name.lower(): cell for name, cell in zip(HEAD, row, strict=True)} for row in batch]
        )
        db.session.commit()
    table.drop(db.session.connection())
    db.session.commit()


def _batches(rows: list) -> Iterable[list]:
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))
