"""Rows of a sheet become records: the header found by its names, the cells read by what they hold."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import chain, islice
from pathlib import Path
from typing import Any

from app.monitoring.readers import Refused, Total, dates, delimited, mirror, numbers, workbook
from app.monitoring.rules import links
from app.monitoring.rules import mirror as export
from app.monitoring.rules.columns import HEADER_WITHIN, PRIVATE, Layout, folded, layout_of, seen_headers
from app.monitoring.rules.kinds import Channel
from app.monitoring.rules.records import Record, Rejected
from app.monitoring.rules.values import channel_of, tone_of

SHORTEST_ID = 8
NO_LAYOUT = "Kolom tanggal dan judul atau isi tidak ditemukan. Beri nama kolom seperti Tanggal, Judul, Isi, Media, URL."
NOT_COMPUTED = "Ada rumus tanpa hasil di baris ini. Buka berkas di Excel, simpan ulang, lalu unggah lagi."

TAKEN_WHOLE = ("title", "text", "url", "media", "author", "external_id")

Numbered = tuple[int, Sequence[Any] | csv.Error]


@dataclass
class Table:
    """Rows with their numbers as people see them, and what is known before reading them."""

    rows: Iterable[Numbered]
    height: int | None = None
    uncomputed: set[int] = field(default_factory=set)


def read_xlsx(path: Path, *, mirror_only: bool = False) -> Iterator[Total | Record | Rejected]:
    """All rows of the first visible sheet whose header is known best. Raises Refused."""
    seen: list[str] = []
    for sheet in workbook.sheets(path):
        table = Table(enumerate(sheet.rows, start=1), sheet.height, sheet.uncomputed)
        head, layout = _head(table)
        if mirrored := _export_in(head):
            yield from _mirrored(table, head, mirrored)
            return
        if layout and layout.complete and not mirror_only:
            yield from _records(table, head, layout)
            return
        seen = seen or seen_headers([row for _, row in head if not isinstance(row, csv.Error)])
    raise Refused(mirror.NO_EXPORT) if mirror_only else Refused(NO_LAYOUT, seen)


def read_csv(path: Path, *, mirror_only: bool = False) -> Iterator[Total | Record | Rejected]:
    """All rows of a delimited file. Raises Refused."""
    table = Table(delimited.rows(path))
    head, layout = _head(table)
    if mirrored := _export_in(head):
        yield from _mirrored(table, head, mirrored)
        return
    if mirror_only:
        raise Refused(mirror.NO_EXPORT)
    if layout is None or not layout.complete:
        raise Refused(NO_LAYOUT, seen_headers([row for _, row in head if not isinstance(row, csv.Error)]))
    yield from _records(table, head, layout)


def _head(table: Table) -> tuple[list[Numbered], Layout | None]:
    """Take the first rows off the table to find the header."""
    table.rows = iter(table.rows)
    head = list(islice(table.rows, HEADER_WITHIN))
    return head, layout_of([() if isinstance(row, csv.Error) else row for _, row in head])


def _records(table: Table, head: list[Numbered], layout: Layout) -> Iterator[Total | Record | Rejected]:
    if table.height:
        yield Total(max(0, table.height - layout.row - 1))
    for number, row in chain(head[layout.row + 1 :], table.rows):
        if isinstance(row, csv.Error):
            yield Rejected(number, delimited.BROKEN)
        elif any(not _blank(cell) for cell in row) and not _is_header(row, layout):
            yield _row(number, row, layout, number in table.uncomputed)


def _export_in(head: list[Numbered]) -> Layout | None:
    """The layout of a SP4N-LAPOR! export, by its header."""
    return export.layout_of([() if isinstance(row, csv.Error) else row for _, row in head])


def _mirrored(table: Table, head: list[Numbered], layout: Layout) -> Iterator[Total | Record | Rejected]:
    """The complaints of a SP4N-LAPOR! export. Raises Refused."""
    mirror.checked(layout)
    data_at = mirror.told_at([row for _, row in head[: layout.row] if not isinstance(row, csv.Error)])
    if table.height:
        yield Total(max(0, table.height - layout.row - 1))
    for number, row in chain(head[layout.row + 1 :], table.rows):
        if isinstance(row, csv.Error):
            yield Rejected(number, delimited.BROKEN)
        elif item := mirror.row(number, _Cells(row, layout), data_at):
            yield item


def _is_header(row: Sequence[Any], layout: Layout) -> bool:
    """Exports of several pages repeat their header."""
    return tuple(" ".join(str(c).split())[:80] for c in row) == layout.headers


def _row(number: int, row: Sequence[Any], layout: Layout, uncomputed: bool) -> Record | Rejected:
    cells = _Cells(row, layout)
    title, text = cells.text("title"), cells.text("text")
    if not title.strip() and not text.strip():
        return Rejected(number, NOT_COMPUTED if uncomputed else "Judul dan isi kosong.", cells.raw())
    published_at = cells.moment()
    if published_at is None:
        return Rejected(number, NOT_COMPUTED if uncomputed else _unread(cells.text("published_at")), cells.raw())
    url, word, platform = cells.text("url"), cells.text("tone"), cells.text("channel")
    channel = channel_of(platform, links.host_of(url))
    return Record(
        line=number,
        external_id=cells.identity(),
        url=url,
        title=title,
        text=text,
        media=cells.text("media") or (platform if channel is Channel.SOCIAL else ""),
        channel=channel,
        author=cells.text("author"),
        published_at=published_at,
        tone=tone_of(word),
        reach=numbers.count(cells.get("reach")),
        raw=cells.raw(without=TAKEN_WHOLE),
        marks=["tone_unread"] if word.strip() and tone_of(word) is None else [],
    )


def _unread(written: str) -> str:
    if not written.strip():
        return "Tanggal kosong."
    return f"Tanggal '{written[:40]}' tidak terbaca. Tulis seperti 26/07/2022 14.05 atau 26 Juli 2022."


class _Cells:
    """One row, asked by what a column is."""

    def __init__(self, row: Sequence[Any], layout: Layout) -> None:
        self._row, self._layout = row, layout

    def get(self, target: str) -> Any:
        column = self._layout.columns.get(target)
        return self._row[column] if column is not None and column < len(self._row) else ""

    def text(self, target: str) -> str:
        return _shown(self.get(target))

    def identity(self) -> str:
        """The vendor's id; a short number is only the row's place in one export."""
        value = self.text("external_id").strip()
        return value if len(value) >= SHORTEST_ID else ""

    def moment(self) -> datetime | None:
        """The date, joined with the time when that has a column of its own."""
        value, clock = _serial(self.get("published_at")), self.get("time")
        if _blank(clock) or dates.names_time(value):
            return dates.parse(value)
        if isinstance(clock, float) and 0 <= clock < 1:
            seconds = round(clock * 86400)
            clock = time(seconds // 3600, seconds % 3600 // 60, seconds % 60)
        day = f"{value:%Y-%m-%d}" if isinstance(value, (date, datetime)) else value
        return dates.parse(f"{day} {_shown(clock)}")

    def raw(self, without: tuple[str, ...] = ()) -> dict[str, str]:
        """The filled cells under their headers, except what names or reaches a citizen."""
        skipped = {self._layout.columns.get(target) for target in without}
        cells = [(self._header(i), cell) for i, cell in enumerate(self._row) if i not in skipped and not _blank(cell)]
        return {name: _shown(cell) for name, cell in cells if folded(name) not in PRIVATE}

    def _header(self, column: int) -> str:
        headers = self._layout.headers
        return (headers[column] if column < len(headers) else "") or f"kolom {column + 1}"


def _serial(value: Any) -> Any:
    """A bare Excel day number as a date, also when it came as text."""
    if (
        isinstance(value, str)
        and value.replace(",", ".").replace(".", "", 1).isdigit()
        and len(value.split(",")[0].split(".")[0]) == 5
    ):
        value = float(value.replace(",", "."))
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return dates.from_serial(value) or ""
    return datetime(value.year, value.month, value.day) if type(value) is date else value


def _blank(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _shown(cell: Any) -> str:
    """A cell as text: whole numbers without ".0", so that an id stays an id."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)
