"""Items of a webhook (design.md §7). Plain JSON within limits, so the web process may read it itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import orjson

from app.monitoring.readers import Refused, dates, numbers
from app.monitoring.rules.columns import PRIVATE, folded
from app.monitoring.rules.records import Record, Rejected, raw, taken
from app.monitoring.rules.values import channel_of, tone_of

MOST_BYTES = 1024 * 1024
MOST_ITEMS = 500
FIELDS = ("external_id", "title", "text", "url", "published_at", "media", "channel", "sentiment", "author", "reach")
TAKEN_WHOLE = frozenset({"title", "text", "url", "media", "author", "external_id"})

NO_JSON = "Isinya bukan JSON yang sah."
NO_ITEMS = 'Isinya harus objek JSON dengan daftar "items".'
TOO_MANY = f"Paling banyak {MOST_ITEMS} butir sekali kirim. Bagi menjadi beberapa kiriman."


class TooMany(Refused):
    """More items than one delivery may hold."""


def items_of(body: bytes) -> list[Any]:
    """The items as they came. Raises Refused, or TooMany."""
    try:
        told = orjson.loads(body)  # knows no NaN, no endless depth, no endless numbers
    except orjson.JSONDecodeError as error:
        raise Refused(NO_JSON) from error
    items = told.get("items") if isinstance(told, dict) else None
    if not isinstance(items, list):
        raise Refused(NO_ITEMS)
    if len(items) > MOST_ITEMS:
        raise TooMany(TOO_MANY)
    return items


def read(items: list[Any], now: datetime) -> list[Record | Rejected]:
    """Each item cleaned and dated, or why it cannot be taken; `line` counts from 1."""
    return [_read(line, item, now) for line, item in enumerate(items, start=1)]


def _read(line: int, item: Any, now: datetime) -> Record | Rejected:
    if not isinstance(item, dict):
        return Rejected(line, "Butir ini bukan objek JSON.", raw({"isi": _shown(item)}))
    wrong = next((name for name in FIELDS if not _is_plain(item.get(name))), None)
    if wrong:
        return Rejected(line, f"Isian {wrong} harus teks atau angka.", raw(_raw(item)))
    record = taken(_record(line, {name: _shown(item.get(name)) for name in FIELDS}, item), now)
    return record if isinstance(record, Record) else Rejected(line, record.reason, raw(_raw(item)))


def _record(line: int, told: dict[str, str], item: dict[str, Any]) -> Record:
    published_at, tone = dates.parse(told["published_at"]), tone_of(told["sentiment"])
    unread = {"date_unread": told["published_at"] and not published_at, "tone_unread": told["sentiment"] and not tone}
    return Record(
        line=line,
        external_id=told["external_id"],
        url=told["url"],
        title=told["title"],
        text=told["text"],
        media=told["media"],
        channel=channel_of(told["channel"]),
        author=told["author"],
        published_at=published_at,
        tone=tone,
        reach=numbers.count(told["reach"][:40]),
        raw=_raw(item, without=TAKEN_WHOLE),
        marks=[mark for mark, holds in unread.items() if holds],
    )


def _raw(item: dict[str, Any], without: frozenset[str] = frozenset()) -> dict[str, str]:
    """What else was told, except what names or reaches a citizen. It has yet to be cut and cleaned."""
    return {name[:200]: _shown(value) for name, value in list(item.items())[:60] if _is_kept(name, without)}


def _is_kept(name: str, without: frozenset[str]) -> bool:
    return name not in without and folded(name[:200]) not in PRIVATE


def _is_plain(value: Any) -> bool:
    return value is None or (isinstance(value, (str, int, float)) and not isinstance(value, bool))


def _shown(value: Any) -> str:
    """A value as text. What is nested is only named: the delivery itself is kept whole."""
    if value is None:
        return ""
    return "(bersusun)" if isinstance(value, (dict, list)) else str(value)
