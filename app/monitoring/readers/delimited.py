"""CSV in the encodings and separators that Indonesian offices meet. Runs only inside the guarded child process."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from app.monitoring.readers import Refused
from app.monitoring.rules import mirror
from app.monitoring.rules.columns import HEADER_WITHIN, layout_of

SEPARATORS = (",", ";", "\t", "|")
LARGEST_FIELD = 200_000
LARGEST_FILE = 64 * 1024 * 1024
MOST_ROWS = 200_000
BROKEN = "Satu sel lebih dari 200 kB, atau tanda kutipnya tidak ditutup. Periksa baris ini di berkas asal."
SAMPLE = 256 * 1024

Row = list[str] | csv.Error


def rows(path: Path) -> Iterator[tuple[int, Row]]:
    """Every row with the line it begins at; a row that cannot be read comes as the error. Raises Refused."""
    if path.stat().st_size > LARGEST_FILE:
        raise Refused("Berkas lebih dari 64 MB. Bagi menjadi beberapa berkas.")
    csv.field_size_limit(LARGEST_FIELD)
    encoding = encoding_of(path)
    separator, skipped = _separator(_sample(path, encoding))
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        yield from _rows(file, separator, skipped)


def encoding_of(path: Path) -> str:
    """utf-8 or utf-16 by mark or by their shape, else cp1252, in which every byte means something."""
    with path.open("rb") as file:
        head = file.read(4)
        if head.startswith((b"\xff\xfe", b"\xfe\xff")):
            return "utf-16"
        if b"\0" in head:
            return "utf-16-le" if head[1:2] == b"\0" else "utf-16-be" if head[:1] == b"\0" else "utf-8-sig"
        file.seek(0)
        return "utf-8-sig" if _is_utf8(file) else "cp1252"


def _is_utf8(file: io.BufferedReader) -> bool:
    import codecs

    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := file.read(1 << 20):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _sample(path: Path, encoding: str) -> str:
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        return file.read(SAMPLE)


def _separator(sample: str) -> tuple[str, int]:
    """The separator under which the header shows most known names, and how many lines to skip before it."""
    first = sample.lstrip("\ufeff").split("\n", 1)[0].strip().strip('"').lower()
    if first.startswith("sep=") and len(first) == 5:
        return first[4], 1
    return max(SEPARATORS, key=lambda s: _known_names(sample, s)), 0


def _known_names(sample: str, separator: str) -> tuple[int, int]:
    head = [
        row for _, row in _rows(io.StringIO(sample, newline=""), separator, 0, HEADER_WITHIN) if isinstance(row, list)
    ]
    layout = mirror.layout_of(head) or layout_of(head)
    return (len(layout.columns) if layout else 0), max((len(row) for row in head), default=0)


def _rows(file: io.TextIOBase, separator: str, skipped: int, most: int = MOST_ROWS) -> Iterator[tuple[int, Row]]:
    lines = _Lines(file)
    reader = csv.reader(lines, delimiter=separator)
    for number in range(most + 1):
        before = reader.line_num
        try:
            row: Row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            row = error
        if number >= most:
            break
        if number >= skipped:
            yield before + 1, row
    if most == MOST_ROWS:
        raise Refused("Berkas lebih dari 200.000 baris. Bagi menjadi beberapa berkas.")


class _Lines:
    """Lines without NULs, none longer than a row may be, so that no single line fills the memory."""

    def __init__(self, file: io.TextIOBase) -> None:
        self._file = file

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._file.readline(LARGEST_FIELD * 8)
        if not line:
            raise StopIteration
        return line.replace("\0", "")
