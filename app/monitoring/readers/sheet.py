"""Sheets become records by a mapping; without one, by what the synonyms suggest. Parsing runs in the guarded child."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import chain, islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from app.monitoring.readers import Refused, Total, dates, delimited, mirror, numbers, sniff, structured, workbook
from app.monitoring.rules import links
from app.monitoring.rules import mirror as export
from app.monitoring.rules.columns import HEADER_WITHIN, PRIVATE, Layout, folded, layout_of, seen_headers
from app.monitoring.rules.kinds import Channel
from app.monitoring.rules.mapping import (
    TARGET_LABELS,
    Column,
    Comparison,
    Mapping,
    Transform,
    compare,
    signature_of,
    suggested,
)
from app.monitoring.rules.records import Record, Rejected
from app.monitoring.rules.values import channel_of, tone_of

SHORTEST_ID = 8
NO_LAYOUT = "Kolom tanggal dan judul atau isi tidak ditemukan. Beri nama kolom seperti Tanggal, Judul, Isi, Media, URL."
NOT_COMPUTED = "Ada rumus tanpa hasil di baris ini. Buka berkas di Excel, simpan ulang, lalu unggah lagi."

TAKEN_WHOLE = ("title", "text", "url", "media", "author", "external_id")
ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
_MONTH_FIRST = re.compile(r"^\s*(\d{1,2})([-/.])(\d{1,2})\2(?=\d{2})")

Numbered = tuple[int, Sequence[Any] | csv.Error]


@dataclass
class Table:
    """Rows with their numbers as people see them, and what is known before reading them."""

    rows: Iterable[Numbered]
    height: int | None = None
    uncomputed: set[int] = field(default_factory=set)
    name: str = ""

    def head(self, most: int) -> list[Numbered]:
        """The first rows; they stay in the table."""
        rows = iter(self.rows)
        head = list(islice(rows, most))
        self.rows = chain(head, rows)
        return head


def tables(path: Path, kind: sniff.Kind) -> Iterator[Table]:
    """The sheets of a file of that kind; a file without sheets is one. Raises Refused."""
    if kind in ("xlsx", "xls", "ods"):
        opened = {"xlsx": workbook.sheets, "xls": workbook.old_sheets, "ods": workbook.open_sheets}[kind]
        for found in opened(path):
            yield Table(enumerate(found.rows, start=1), found.height, found.uncomputed, found.name)
    else:
        yield Table(structured.rows(path) if kind == "json" else delimited.rows(path))


def read(
    path: Path, kind: sniff.Kind, mapping: Mapping | None = None, *, mirror_only: bool = False
) -> Iterator[Total | Record | Rejected]:
    """All rows of the sheet that the mapping means, else of the first whose header is known. Raises Refused."""
    if mapping and not mirror_only:
        table, found = _mapped(path, kind, mapping)
    else:
        table, known = _known(path, kind, mirror_only)
        if isinstance(known, Layout):
            yield from _mirrored(table, known)
            return
        found = known
    if table.height:
        yield Total(max(0, table.height - found.header_row - 1))
    reading = Reading(found)
    for number, row in islice(table.rows, found.header_row + 1, None):
        if isinstance(row, csv.Error):
            yield Rejected(number, structured.NO_OBJECT if kind == "json" else delimited.BROKEN)
        elif not (all(map(_blank, row)) or _is_header(row, found)):
            yield _row(number, row, reading, number in table.uncomputed)


@dataclass(frozen=True, slots=True)
class Plain:
    """One row of any sheet as words, whatever its columns mean."""

    sheet: str
    line: int
    cells: list[str]


LONGEST_CELL = 1000


def plain(path: Path, kind: sniff.Kind, most: int) -> Iterator[Plain]:
    """Every filled row of every sheet, its cells as words; more than `most` in one are refused. Raises Refused."""
    for table in tables(path, kind):
        filled = 0
        for number, row in table.rows:
            if isinstance(row, csv.Error):
                raise Refused(f"Baris {number}: {delimited.BROKEN}")
            if any(not _blank(cell) for cell in row):
                filled += 1
                if filled > most:
                    raise Refused(f"Lembar ini berisi lebih dari {most} baris. Bagi menjadi beberapa berkas.")
                yield Plain(table.name, number, [_worded(cell) for cell in row])


def _worded(cell: Any) -> str:
    """A cell as a person would read it. A number too long to be exact stays in the form that shows it."""
    if isinstance(cell, bool):
        return "ya" if cell else ""
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return str("" if cell is None else cell)[:LONGEST_CELL]


def read_row(number: int, cells: dict[str, str], mapping: Mapping) -> Record | Rejected:
    """One corrected row, its cells under their headers. Give it to records.taken before it is taken in."""
    by_name = {folded(name): cell for name, cell in cells.items()}
    names = [folded(header) or f"kolom_{place}" for place, header in enumerate(mapping.headers, start=1)]
    return _row(number, [by_name.get(name, "") for name in names], Reading(mapping), False)


def preview(
    path: Path, kind: sniff.Kind, sheet: str, header_row: int | None, mapping: Mapping | None, most: int = 20
) -> tuple[list[str], Mapping, list[dict[str, Any]]] | None:
    """What a person confirms: the sheets, the chosen one's header and mapping, and its first rows with their errors.

    None for a SP4N-LAPOR! export, which asks nothing and shows nobody who reported.
    """
    names: list[str] = []
    chosen, best = None, -1
    for table in tables(path, kind):
        if not mapping and export.layout_of(_cells_of(table.head(HEADER_WITHIN))):
            return None
        names.append(table.name)
        wanted = sheet or (mapping.sheet if mapping else "")
        found = _chosen(table, header_row, mapping)
        score = len(found.columns) + (1000 if wanted and table.name == wanted else 0)
        if score > best:
            chosen, best = (found, table.head(found.header_row + 1 + most * 3), table.uncomputed), score
    if chosen is None:
        raise Refused(NO_LAYOUT)
    found, head, uncomputed = chosen
    reading = Reading(found)
    rows = [
        _previewed(number, row, reading, number in uncomputed)
        for number, row in head[found.header_row + 1 :]
        if not isinstance(row, csv.Error) and any(not _blank(cell) for cell in row) and not _is_header(row, found)
    ]
    return [name for name in names if name], found, rows[:most]


def _chosen(table: Table, header_row: int | None, mapping: Mapping | None) -> Mapping:
    """The mapping given, if it is of this header; else what the synonyms suggest for the header that was chosen."""
    at = mapping.header_row if header_row is None and mapping else header_row
    head = _cells_of(table.head(max(HEADER_WITHIN, (at or 0) + 1)))
    if at is None:
        layout = layout_of(head)
        at = layout.row if layout else max(range(len(head)), key=lambda n: len(_filled(head[n])), default=0)
    headers = _headers(head[at]) if at < len(head) else ()
    if mapping and compare(mapping, headers).same:
        return Mapping(table.name, at, headers, mapping.columns)
    layout = layout_of([headers])
    return suggested(layout, table.name).at(at) if layout else Mapping(table.name, at, headers, ())


def _previewed(number: int, row: Sequence[Any], reading: Reading, uncomputed: bool) -> dict[str, Any]:
    cells = _Cells(row, reading)
    errors = cells.errors()
    if uncomputed and errors:
        errors = dict.fromkeys(errors, NOT_COMPUTED)
    shown = {name: cell[:300] for name, cell in cells.raw().items()}
    return {"line": number, "cells": shown, "taken": cells.taken(), "errors": errors}


def _known(path: Path, kind: sniff.Kind, mirror_only: bool) -> tuple[Table, Mapping | Layout]:
    """The first sheet whose header is known: as a mapping, or the layout of a SP4N-LAPOR! export. Raises Refused."""
    seen: list[str] = []
    for table in tables(path, kind):
        head = _cells_of(table.head(HEADER_WITHIN))
        if mirrored := export.layout_of(head):
            return table, mirrored
        layout = layout_of(head)
        if layout and layout.complete and not mirror_only:
            return table, suggested(layout, table.name)
        seen = seen or seen_headers(head)
    raise Refused(mirror.NO_EXPORT) if mirror_only else Refused(NO_LAYOUT, seen)


def _mirrored(table: Table, layout: Layout) -> Iterator[Total | Record | Rejected]:
    """The complaints of a SP4N-LAPOR! export. Raises Refused."""
    mirror.checked(layout)
    data_at = mirror.told_at(_cells_of(table.head(layout.row)))
    if table.height:
        yield Total(max(0, table.height - layout.row - 1))
    reading = Reading(suggested(layout))
    for number, row in islice(table.rows, layout.row + 1, None):
        if isinstance(row, csv.Error):
            yield Rejected(number, delimited.BROKEN)
        elif item := mirror.row(number, _Cells(row, reading), data_at):
            yield item


def _mapped(path: Path, kind: sniff.Kind, mapping: Mapping) -> tuple[Table, Mapping]:
    """The sheet that bears exactly the mapping's header, first the one of its name. A changed header is refused."""
    nearest: tuple[int, Comparison, list[str]] | None = None
    first = [table for table in tables(path, kind) if table.name == mapping.sheet][:1] if mapping.sheet else []
    for table in chain(first, tables(path, kind)):
        head = _cells_of(table.head(max(HEADER_WITHIN, mapping.header_row + 1)))
        places = sorted(range(len(head)), key=lambda at: (at != mapping.header_row, at))
        for at in places:
            headers = _headers(head[at])
            if signature_of(headers) == mapping.signature:
                return table, Mapping(table.name, at, headers, mapping.columns)
            found = compare(mapping, headers)
            if _filled(headers) and (nearest is None or found.distance < nearest[0]):
                nearest = found.distance, found, [header for header in headers if header]
    raise Refused(nearest[1].sentence, nearest[2][:40]) if nearest else Refused(NO_LAYOUT)


def _cells_of(head: list[Numbered]) -> list[Sequence[Any]]:
    return [() if isinstance(row, csv.Error) else row for _, row in head]


def _headers(row: Sequence[Any]) -> tuple[str, ...]:
    return tuple(" ".join(_shown(cell).split())[:80] for cell in row)


def _filled(row: Sequence[Any]) -> list[Any]:
    return [cell for cell in row if not _blank(cell)]


def _is_header(row: Sequence[Any], mapping: Mapping) -> bool:
    """Exports of several pages repeat their header. A first cell that differs tells most rows apart at once."""
    return _headers(row[:1]) == mapping.headers[:1] and _headers(row) == mapping.headers


class Reading:
    """A mapping made ready: where each target stands in a row, and what stands in for an empty cell."""

    def __init__(self, mapping: Mapping) -> None:
        first: dict[str, int] = {}
        for place, header in enumerate(mapping.headers):
            first.setdefault(folded(header), place)
        self.headers = mapping.headers
        self.columns: dict[str, Column] = {column.target: column for column in mapping.columns}
        self.places = {c.target: [first[folded(h)] for h in c.headers if folded(h) in first] for c in mapping.columns}
        self.instead = {c.target: _instead(c) for c in mapping.columns if _instead(c)}
        self.needed = [c.target for c in mapping.columns if c.required and c.target != "published_at"]
        self.words = {c.target: {_folded(k): v for k, v in _pairs(c).items()} for c in mapping.columns}
        self.single = {target: places[0] for target, places in self.places.items() if len(places) == 1}
        self.joined = len(self.places.get("published_at", ())) > 1
        self.month_first = self.argument("published_at", "order") == "mdy"
        zone = self.argument("published_at", "zone")
        self.zone = ZoneInfo(ZONES[zone]) if zone else dates.WITA
        self.private = {place for place, header in enumerate(mapping.headers) if folded(header) in PRIVATE}
        self.taken_whole = {place for target in TAKEN_WHOLE for place in self.places.get(target, ())}

    def argument(self, target: str, name: str = "") -> str:
        """The argument of a target's transform, or one of its parts."""
        column = self.columns.get(target)
        argument = column.argument if column else ""
        return argument.get(name, "") if isinstance(argument, dict) else "" if name else argument


def _instead(column: Column) -> str:
    return str(column.argument) if column.transform is Transform.CONSTANT else column.default


def _pairs(column: Column) -> dict[str, str]:
    mapped = column.transform is Transform.VALUE_MAP and isinstance(column.argument, dict)
    return column.argument if mapped and isinstance(column.argument, dict) else {}


def _folded(word: str) -> str:
    return " ".join(word.casefold().split())


def _row(number: int, row: Sequence[Any], reading: Reading, uncomputed: bool) -> Record | Rejected:
    cells = _Cells(row, reading)
    title, text = cells.text("title"), cells.text("text")
    if not title.strip() and not text.strip():
        return Rejected(number, NOT_COMPUTED if uncomputed else "Judul dan isi kosong.", cells.raw())
    published_at = cells.moment()
    if published_at is None:
        return Rejected(number, NOT_COMPUTED if uncomputed else _unread(cells.text("published_at")), cells.raw())
    if reading.needed and (reason := cells.lacking()):
        return Rejected(number, reason, cells.raw())
    url, word, platform = cells.url(), cells.word("tone"), cells.word("channel")
    tone, channel = tone_of(word), channel_of(platform, links.host_of(url))
    return Record(
        line=number,
        external_id=cells.identity(),
        url=url,
        title=title,
        text=text,
        media=cells.word("media") or (cells.text("channel") if channel is Channel.SOCIAL else ""),
        channel=channel,
        author=cells.word("author"),
        published_at=published_at,
        tone=tone,
        reach=cells.reach(),
        raw=cells.raw(without=reading.taken_whole),
        marks=["tone_unread"] if word.strip() and tone is None else [],
    )


def _unread(written: str) -> str:
    if not written.strip():
        return "Tanggal kosong."
    return f"Tanggal '{written[:40]}' tidak terbaca. Tulis seperti 26/07/2022 14.05 atau 26 Juli 2022."


class _Cells:
    """One row, asked by what a column is."""

    def __init__(self, row: Sequence[Any], reading: Reading) -> None:
        self._row, self._reading = row, reading

    def get(self, target: str) -> Any:
        place = self._reading.single.get(target)
        if place is not None:
            value = self._row[place] if place < len(self._row) else ""
        elif target in self._reading.places:
            value = " ".join(_shown(cell) for cell in self._several(target))
        else:
            return ""
        return self._reading.instead.get(target, "") if _blank(value) else value

    def _several(self, target: str) -> list[Any]:
        places = self._reading.places.get(target, ())
        return _filled([self._row[place] for place in places if place < len(self._row)])

    def text(self, target: str) -> str:
        value = self.get(target)
        return value if type(value) is str else _shown(value)

    def word(self, target: str) -> str:
        """A cell as our word for it, where the mapping gives one."""
        text = self.text(target)
        words = self._reading.words.get(target)
        return words.get(_folded(text), text) if words else text

    def url(self) -> str:
        text = self.text("url")
        return links.canonical(text) or text if self._reading.argument("url") == "canonical" else text

    def reach(self) -> int | None:
        value, sign = self.get("reach"), self._reading.argument("reach")
        if sign and isinstance(value, str):
            value = value.replace("." if sign == "," else ",", "").replace(",", ".")
        return numbers.count(value)

    def lacking(self) -> str:
        """Why a column that must be there is not; "" when all are."""
        errors = self.errors()
        return next((errors[target] for target in self._reading.needed if target in errors), "")

    def errors(self) -> dict[str, str]:
        """Per target what is wrong with its cell, in words that say what to do."""
        errors = {t: f"{TARGET_LABELS[t]} kosong." for t in self._reading.needed if not self.text(t).strip()}
        if not self.text("title").strip() and not self.text("text").strip():
            errors["title"] = "Judul dan isi kosong."
        if self.moment() is None:
            errors["published_at"] = _unread(self.text("published_at"))
        doubts = {
            "tone": tone_of(self.word("tone")) is None,
            "channel": channel_of(self.word("channel")) is None,
            "reach": self.reach() is None,
            "url": not links.showable(self.url()),
        }
        unread = [target for target, wrong in doubts.items() if wrong and self.text(target).strip()]
        return errors | {target: _UNREAD[target].format(self.text(target)[:40]) for target in unread}

    def taken(self) -> dict[str, str]:
        """Per target what would be taken, as people read it."""
        moment, tone, reach = self.moment(), tone_of(self.word("tone")), self.reach()
        channel = channel_of(self.word("channel"), links.host_of(self.url()))
        read = {
            "published_at": f"{moment.astimezone(dates.WITA):%d/%m/%Y %H.%M} WITA" if moment else "",
            "url": links.showable(self.url()),
            "tone": tone.label if tone else "",
            "channel": channel.label if channel else "",
            "reach": str(reach) if reach is not None else "",
        }
        plain = {target: self.word(target)[:300] for target in self._reading.columns if target not in read}
        return {target: text for target, text in (plain | read).items() if target in self._reading.columns}

    def identity(self) -> str:
        """The vendor's id; a short number is only the row's place in one export."""
        value = self.text("external_id").strip()
        return value if len(value) >= SHORTEST_ID else ""

    def moment(self) -> datetime | None:
        """The date, joined with the time when that has a column of its own."""
        parts = self._several("published_at") if self._reading.joined else []
        value = _serial(self._in_order(parts[0] if parts else self.get("published_at")))
        clock = parts[1] if len(parts) > 1 else self.get("time")
        local = self._reading.zone
        if _blank(clock) or dates.names_time(value):
            return dates.parse(value, local)
        if isinstance(clock, float) and 0 <= clock < 1:
            seconds = round(clock * 86400)
            clock = time(seconds // 3600 % 24, seconds % 3600 // 60, seconds % 60)
        day = f"{value:%Y-%m-%d}" if isinstance(value, (date, datetime)) else value
        return dates.parse(f"{day} {_shown(clock)}", local)

    def _in_order(self, value: Any) -> Any:
        """A written date with the month first is turned into one with the day first."""
        if self._reading.month_first and isinstance(value, str):
            return _MONTH_FIRST.sub(r"\3\2\1\2", value)
        return value

    def raw(self, without: Iterable[int] = ()) -> dict[str, str]:
        """The filled cells under their headers, except what names or reaches a citizen."""
        left_out = self._reading.private.union(without)
        cells = [(i, cell) for i, cell in enumerate(self._row) if i not in left_out and not _blank(cell)]
        return {self._header(i): _shown(cell) for i, cell in cells}

    def _header(self, column: int) -> str:
        headers = self._reading.headers
        return (headers[column] if column < len(headers) else "") or f"kolom {column + 1}"


_UNREAD = {
    "tone": "Tone '{}' tidak dikenal. Padankan katanya.",
    "channel": "Kanal '{}' tidak dikenal. Padankan katanya.",
    "reach": "Angka '{}' tidak terbaca.",
    "url": "'{}' bukan alamat web. Tulis dari http:// atau https://.",
}


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
