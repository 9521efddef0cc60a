"""Measures the intake of a workbook: all of it new, then again, long articles, and beside it the bare minimum."""

from __future__ import annotations

import io
import resource
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from sqlalchemy import Table, insert

from app.core import clock, search, storage
from app.core.db import refresh_statistics, take_ids
from app.extensions import db
from app.monitoring import actions
from app.monitoring.models import Alert, AlertKey, Source
from app.monitoring.readers import guarded
from app.monitoring.rules.kinds import SourceKind

HEAD = ("Tanggal", "Media", "Judul", "Isi", "URL", "Sentimen")
SHORT = "Keterangan {mark} ke-{number}: air PDAM belum mengalir di RT {rt}, warga menunggu truk tangki."
ARTICLE_WORDS = 250
ARTICLES_PER_ROW = 0.15
"""The bar of long articles is 15,000 where that of short rows is 100,000."""
BATCH = 500
PROCESSES = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


@dataclass(frozen=True)
class Row:
    """`peak_mb` is the greatest memory of any process so far: this one's, or a parser's.

    `cpu_seconds` and `parser_cpu_seconds` tell on a busy machine what `seconds` cannot.
    """

    name: str
    rows: int
    seconds: float
    rows_per_second: int
    peak_mb: int
    cpu_seconds: float
    parser_cpu_seconds: float


def ingest(rows: int) -> list[Row]:
    """Read workbooks by the worker's path. Writes: run it on demo data only."""
    mark = f"{clock.now():%Y%m%d%H%M%S}"
    source = actions.add_source({"name": f"Pengukuran {mark}", "kind": SourceKind.SHEET}, None)
    db.session.commit()
    bare, short = _workbook(rows, f"{mark}-banding", SHORT), _workbook(rows, mark, SHORT)
    articles = max(1, round(rows * ARTICLES_PER_ROW))
    long = _workbook(articles, f"{mark}-panjang", _article())
    return [
        timed("bandingan telanjang", rows, lambda: _bare(source.id, bare)),
        timed("lembar baru", rows, lambda: _read(source.id, short)),
        timed("lembar berulang", rows, lambda: _read(source.id, short)),
        timed("artikel panjang", articles, lambda: _read(source.id, long)),
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


def timed(name: str, rows: int, work: Callable[[], Any]) -> Row:
    """What the work cost that takes so many rows in."""
    before, started = _used(), time.perf_counter()
    work()
    seconds, after = time.perf_counter() - started, _used()
    peak = max(resource.getrusage(who).ru_maxrss for who in PROCESSES) // 1024
    own, parser = (round(later - earlier, 2) for earlier, later in zip(before, after, strict=True))
    return Row(name, rows, round(seconds, 2), round(rows / seconds), peak, own, parser)


def _used() -> list[float]:
    """CPU seconds of this process and of the parsers that have ended."""
    return [usage.ru_utime + usage.ru_stime for usage in map(resource.getrusage, PROCESSES)]


def _read(source_id: int, content: bytes) -> None:
    source = db.session.get_one(Source, source_id)
    run = actions.start_run(source, content, file_name="ukur.xlsx")
    intake = actions.Intake(source).ready()
    db.session.commit()
    for batch in guarded.read(storage.path(run.raw_key), run.started_at, run.media_type, study=intake.study):
        actions.take_batch(run, intake, batch)
        db.session.commit()
    actions.finish_run(run)
    refresh_statistics()
    db.session.commit()


def _bare(source_id: int, content: bytes) -> None:
    """What cannot be saved, 500 rows to a commit: calamine reads the cells; the tables, indexes and search take them.

    The same tables as of the real path, for only they answer the questions of the pages, and one key per row for the
    repeats. Left out is everything that the real path adds: the guard, cleaning, the shield, recognising and counting.
    """
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for batch in _batches(book.get_sheet_by_index(0).to_python()[1:]):
        ids = take_ids(Alert, len(batch))
        rows = [{"id": ref, "source_id": source_id, **_cells(row)} for ref, row in zip(ids, batch, strict=True)]
        db.session.execute(insert(cast(Table, Alert.__table__)), rows)
        keys = [{"key": row["url"][-64:], "alert_id": row["id"]} for row in rows]
        db.session.execute(insert(cast(Table, AlertKey.__table__)), keys)
        search.put_many("alert", [(row["id"], f"{row['title']} {row['media']} {row['text']}", ()) for row in rows])
        db.session.commit()


def _cells(row: list[Any]) -> dict[str, Any]:
    day, media, title, text, url, _tone = row
    published_at = datetime.strptime(day, "%d/%m/%Y %H.%M.%S").replace(tzinfo=UTC)
    return {"published_at": published_at, "media": media, "title": title, "text": text, "url": url}


def _batches(rows: list) -> Iterable[list]:
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))
