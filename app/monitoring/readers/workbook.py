"""XLSX, ODS, XLS: looked through before they are believed, then read by calamine. Runs only in the guarded child.

A 6 kB file with one cell at XFD1048576 makes calamine ask for 549 GB; so the archive and the position of the last
cell are read from the XML first (guard.md 14).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from pathlib import Path
from string import ascii_uppercase
from typing import IO, Any
from xml.parsers import expat

from app.monitoring.readers import Refused

MB = 1024 * 1024
LARGEST_FILE = 32 * MB
LARGEST_INFLATED = 256 * MB
MOST_MEMBERS = 500
MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 200_000, 100, 5_000_000
OPEN_CONTENT = "content.xml"
LOCKED_STREAM = "EncryptedPackage".encode("utf-16-le")
LOCKED = "Berkas ini terkunci kata sandi. Buka di Excel, hapus kata sandinya, simpan ulang, lalu coba lagi."
WORKBOOK = "xl/workbook.xml"
CHUNK = 256 * 1024

TOO_WIDE = "Ada sel di luar 200.000 baris × 100 kolom. Hapus sel kosong di tepi lembar, lalu simpan ulang."
DAMAGED = "Berkas lembar kerja ini rusak. Buka di Excel, simpan ulang sebagai .xlsx, lalu coba lagi."
_SHEET = re.compile(r"^/?xl/worksheets/[^/]+\.xml$", re.IGNORECASE)
_CELL = re.compile(r"^([A-Z]{1,3})(\d{1,7})$")


@dataclass
class Sheet:
    """One visible sheet: its name, its rows, and the rows (from 1) with formulas that were never computed."""

    name: str
    rows: Iterator[list[Any]]
    height: int
    uncomputed: set[int] = field(default_factory=set)


def sheets(path: Path) -> Iterator[Sheet]:
    """Every visible sheet of a workbook that passed the checks. Raises Refused."""
    checked = inspect(path)
    yield from _opened(path, checked)


def old_sheets(path: Path) -> Iterator[Sheet]:
    """Every visible sheet of an .xls: no archive to look into, so the child's memory is the limit. Raises Refused."""
    _refuse_large(path)
    if LOCKED_STREAM in path.read_bytes():
        raise Refused(LOCKED)
    yield from _opened(path, set())


def open_sheets(path: Path) -> Iterator[Sheet]:
    """Every visible sheet of an .ods that passed the checks. Raises Refused."""
    _inspected(path, _inspect_open)
    yield from _opened(path, set())


def _opened(path: Path, checked: set[int]) -> Iterator[Sheet]:
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    try:
        with CalamineWorkbook.from_path(str(path)) as book:
            for meta in book.sheets_metadata:
                if meta.visible is SheetVisibleEnum.Visible and meta.typ is SheetTypeEnum.WorkSheet:
                    sheet = book.get_sheet_by_name(meta.name)
                    if sheet.total_height > MOST_ROWS or sheet.total_width > MOST_COLUMNS:
                        raise Refused(TOO_WIDE)
                    yield Sheet(meta.name, sheet.iter_rows(), sheet.total_height + 1, checked)
    except CalamineError as error:
        raise Refused(DAMAGED) from error


def inspect(path: Path) -> set[int]:
    """Check archive, sizes and cell positions; returns the rows with formulas that hold no value."""
    return _inspected(path, _inspect)


def _refuse_large(path: Path) -> None:
    if path.stat().st_size > LARGEST_FILE:
        raise Refused("Berkas lebih dari 32 MB. Bagi menjadi beberapa berkas.")


def _inspected(path: Path, inspect: Callable[[zipfile.ZipFile], set[int]]) -> set[int]:
    _refuse_large(path)
    try:
        with zipfile.ZipFile(path) as archive:
            return inspect(archive)
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        OSError,
        EOFError,
        expat.ExpatError,
        ValueError,
    ) as error:
        raise Refused(DAMAGED) from error
    except Exception as error:
        if type(error).__module__ in ("zlib", "lzma"):
            raise Refused(DAMAGED) from error
        raise


def _inspect(archive: zipfile.ZipFile) -> set[int]:
    members = _members(archive)
    if not any(member.filename.lower().lstrip("/") == WORKBOOK for member in members):
        raise Refused("Ini bukan berkas Excel .xlsx. Buka di Excel atau LibreOffice, simpan sebagai .xlsx atau .csv.")
    inflated, uncomputed = 0, set()
    for member in members:
        # The size in the directory may lie; what really comes out is counted.
        member.file_size = 2 * LARGEST_INFLATED
        scan = _Cells() if _SHEET.match(member.filename) else None
        with archive.open(member) as stream:
            inflated = _measure(stream, inflated, scan)
        if scan:
            scan.close()
            uncomputed |= scan.uncomputed
    return uncomputed


def _members(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise Refused(f"Berkas berisi lebih dari {MOST_MEMBERS} bagian; ini bukan lembar kerja biasa.")
    return members


def _inspect_open(archive: zipfile.ZipFile) -> set[int]:
    inflated = 0
    for member in _members(archive):
        member.file_size = 2 * LARGEST_INFLATED
        scan = _OpenCells() if member.filename == OPEN_CONTENT else None
        with archive.open(member) as stream:
            inflated = _measure(stream, inflated, scan)
        if scan:
            scan.close()
    return set()


def _measure(stream: IO[bytes], inflated: int, scan: _Scan | None) -> int:
    while chunk := stream.read(CHUNK):
        inflated += len(chunk)
        if inflated > LARGEST_INFLATED:
            raise Refused("Isi berkas lebih dari 256 MB setelah dibuka. Bagi menjadi beberapa berkas.")
        if scan:
            scan.feed(chunk)
    return inflated


class _Scan:
    """Reads a sheet's XML as it streams by."""

    def __init__(self) -> None:
        self._row = self._column = self._widest = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.StartDoctypeDeclHandler = self._doctype

    def feed(self, chunk: bytes) -> None:
        self._parser.Parse(chunk, False)

    def close(self) -> None:
        self._parser.Parse(b"", True)

    def _doctype(self, *_: object) -> None:
        raise Refused(DAMAGED)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        raise NotImplementedError

    def _end(self, name: str) -> None:
        raise NotImplementedError

    def _check(self) -> None:
        self._widest = max(self._widest, self._column)
        if self._row > MOST_ROWS or self._column > MOST_COLUMNS or self._row * self._widest > MOST_CELLS:
            raise Refused(TOO_WIDE)


class _Cells(_Scan):
    """XLSX: where cells stand, and which formulas hold no value."""

    def __init__(self) -> None:
        super().__init__()
        self.uncomputed: set[int] = set()
        self._formula = self._value = False
        self._row_name = ""

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name[name.rfind(" ") + 1 :]
        if tag == "c":
            self._formula = self._value = False
            self._stand(attributes.get("r", ""))
        elif tag == "f":
            self._formula = True
            self._parser.EndElementHandler = self._end  # a call for every end is dear, and most cells hold no formula
        elif tag == "v" and self._formula:
            self._parser.CharacterDataHandler = self._filled
        elif tag == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._row_name = str(self._row)
            self._column = 0
            self._check()

    def _filled(self, _text: str) -> None:
        self._value = True

    def _end(self, name: str) -> None:
        if not self._formula or name.rpartition(" ")[2] != "c":
            return
        self._parser.CharacterDataHandler = self._parser.EndElementHandler = None
        if not self._value and len(self.uncomputed) < 10_000:
            self.uncomputed.add(self._row)

    def _stand(self, reference: str) -> None:
        row = self._row_name
        if reference.endswith(row) and (near := _NEAR.get(reference[: -len(row)])):
            self._column = near  # most cells name their row again; only a wider one can be too many
            if near > self._widest:
                self._check()
            return
        if not reference:
            self._column += 1
        elif match := _CELL.match(reference):
            letters, row = match.groups()
            self._column, self._row = _number(letters), int(row)
        else:
            raise Refused(DAMAGED)
        self._check()


class _OpenCells(_Scan):
    """ODS: where the filled cells stand when everything that is said to repeat does so. Empty ends cost nothing."""

    def __init__(self) -> None:
        super().__init__()
        self._parser.EndElementHandler = self._end
        self._repeated = self._cells = 0
        self._filled = False

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, tag = name.rpartition(" ")
        if not space.endswith(":table:1.0"):
            self._filled = self._filled or tag in ("p", "annotation")
        elif tag == "table":
            self._row = self._widest = 0
        elif tag == "table-row":
            self._repeated = _times(attributes, space, "rows")
            self._column = self._cells = 0
        elif tag in ("table-cell", "covered-table-cell"):
            self._column += _times(attributes, space, "columns")
            self._filled = any(key.endswith(" value-type") for key in attributes) or f"{space} formula" in attributes

    def _end(self, name: str) -> None:
        space, _, tag = name.rpartition(" ")
        if not space.endswith(":table:1.0"):
            return
        if tag in ("table-cell", "covered-table-cell") and self._filled:
            self._cells, self._filled = self._column, False
        elif tag == "table-row":
            before = self._row
            self._row, self._column = before + self._repeated, self._cells
            if self._cells:
                self._check()


def _times(attributes: dict[str, str], space: str, what: str) -> int:
    return max(1, int(attributes.get(f"{space} number-{what}-repeated", 1)))


@lru_cache(maxsize=MOST_COLUMNS)
def _number(letters: str) -> int:
    """A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


_NEAR = {"".join(letters): _number("".join(letters)) for letters in product(["", *ascii_uppercase], ascii_uppercase)}
"""The columns A to ZZ by their letters."""
