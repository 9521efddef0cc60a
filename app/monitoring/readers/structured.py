"""JSON as a table: a list of objects, an object that holds one, or an object per line. Runs only in the guarded child.

Values are decoded one object at a time, and how many there can be is counted before anything is decoded.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.monitoring.readers import Refused
from app.monitoring.rules.mapping import MOST_COLUMNS

LARGEST_FILE = 32 * 1024 * 1024
MOST_ROWS, MOST_CONTAINERS, MOST_VALUES = 200_000, 1_000_000, 5_000_000
DAMAGED = "Berkas JSON ini rusak. Minta ulang dari sumbernya."
NO_LIST = (
    "Di JSON ini tidak ada daftar objek. Minta ekspor berupa daftar, misalnya [{…}, {…}] atau satu objek per baris."
)
TOO_MANY = "JSON ini terlalu besar. Bagi menjadi beberapa berkas."
NO_OBJECT = "Baris ini bukan objek JSON yang utuh."
_FEED = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org')
_SPACE = re.compile(r"[\s,]*")
_decoded = json.JSONDecoder().raw_decode

Row = list[str] | csv.Error


def is_feed(body: bytes) -> bool:
    """Whether JSON says of itself that it is a JSON Feed."""
    return bool(_FEED.search(body))


def rows(path: Path) -> Iterator[tuple[int, Row]]:
    """The names of all fields as row 0, then every object; what is no object comes as an error. Raises Refused."""
    text = _text(path)
    names: dict[str, None] = {}
    for count, (_, item) in enumerate(_items(text), start=1):
        names |= dict.fromkeys(item or ())
        if count > MOST_ROWS:
            raise Refused("Berkas lebih dari 200.000 baris. Bagi menjadi beberapa berkas.")
        if len(names) > MOST_COLUMNS:
            raise Refused(f"JSON ini berisi lebih dari {MOST_COLUMNS} nama isian; ini bukan daftar berita biasa.")
    if not names:
        raise Refused(NO_LIST)
    yield 0, list(names)
    for number, item in _items(text):
        yield number, csv.Error(NO_OBJECT) if item is None else [item.get(name, "") for name in names]


def _text(path: Path) -> str:
    if path.stat().st_size > LARGEST_FILE:
        raise Refused("Berkas lebih dari 32 MB. Bagi menjadi beberapa berkas.")
    body = path.read_bytes()
    encoding = "utf-16" if body.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    text = body.decode(encoding, "replace")
    if text.count("[") + text.count("{") > MOST_CONTAINERS or text.count(",") > MOST_VALUES:
        raise Refused(TOO_MANY)
    return text


def _items(text: str) -> Iterator[tuple[int, dict[str, str] | None]]:
    """The objects, numbered from 1, flattened; None for what is no object."""
    start = _after(text, 0)
    if text[start : start + 1] == "[":
        yield from _of_list(text, start)
    elif (end := _one_object(text, start)) is None or _after(text, end) < len(text):
        yield from _of_lines(text)
    else:
        yield from _of_list(text, _inner_list(text, start))


def _one_object(text: str, start: int) -> int | None:
    """Where the object at `start` ends; None when it is broken."""
    first_line = text.find("\n", start)
    try:
        if first_line > 0 and _after(text, first_line) < len(text):
            # An object per line is told by its first line, without decoding all of a large object twice.
            return _decoded(text[start:first_line].rstrip(), 0)[1] + start
    except (ValueError, RecursionError):
        pass
    return _skipped(text, start)


def _skipped(text: str, start: int) -> int | None:
    depth, quoted = 0, False
    for match in re.finditer(r'\\.|["{}\[\]]', text[start:], re.DOTALL):
        sign = match[0]
        if sign == '"':
            quoted = not quoted
        elif not quoted and sign in "{[":
            depth += 1
        elif not quoted and sign in "}]":
            depth -= 1
            if depth == 0:
                return start + match.end()
    return None


def _inner_list(text: str, start: int) -> int:
    """Where the only list of objects of the object at `start` begins. Raises Refused."""
    at, found = _after(text, start + 1), []
    while text[at : at + 1] == '"':
        _, at = _value(text, at)
        at = _after(text, at)
        if text[at : at + 1] != ":":
            raise Refused(DAMAGED)
        at = _after(text, at + 1)
        if text[at : at + 1] == "[":
            if text[_after(text, at + 1) :][:1] == "{":
                found.append(at)
            end = _skipped(text, at)
        elif text[at : at + 1] == "{":
            end = _skipped(text, at)
        else:
            end = _value(text, at)[1]
        if end is None:
            raise Refused(DAMAGED)
        at = _after(text, end)
    if len(found) != 1:
        raise Refused(NO_LIST)
    return found[0]


def _of_list(text: str, start: int) -> Iterator[tuple[int, dict[str, str] | None]]:
    at, number = _after(text, start + 1), 0
    while text[at : at + 1] != "]":
        number += 1
        item, at = _value(text, at)
        yield number, _flat(item)
        at = _after(text, at)


def _of_lines(text: str) -> Iterator[tuple[int, dict[str, str] | None]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield number, _flat(json.loads(line))
        except (ValueError, RecursionError):
            yield number, None


def _value(text: str, at: int) -> tuple[Any, int]:
    try:
        return _decoded(text, at)
    except (ValueError, RecursionError) as error:
        raise Refused(DAMAGED) from error


def _after(text: str, at: int) -> int:
    """The next place that is neither space nor comma."""
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _flat(item: Any) -> dict[str, str] | None:
    """One level of nesting becomes names with a dot; what is deeper stays JSON."""
    if not isinstance(item, dict):
        return None
    flat: dict[str, str] = {}
    for name, value in item.items():
        inner = value.items() if isinstance(value, dict) else ()
        flat |= {f"{name}.{key}"[:80]: _shown(deep) for key, deep in inner} if inner else {name[:80]: _shown(value)}
    return flat


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, list) and all(isinstance(part, (str, int, float)) for part in value):
        return ", ".join(map(_shown, value[:100]))
    if isinstance(value, (list, dict)):
        return _shown(json.dumps(value, ensure_ascii=True)[:2000])
    return str(value)
