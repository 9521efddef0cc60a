"""RSS, Atom and RDF by feedparser, JSON Feed by our own hands. Runs only inside the guarded child process."""

from __future__ import annotations

import calendar
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from app.monitoring.readers import Refused, Total, dates
from app.monitoring.rules import links
from app.monitoring.rules.records import Record, Rejected

MOST_ENTRIES = 5_000


def read(body: bytes, media_type: str = "") -> Iterator[Total | Record | Rejected]:
    """All entries of a feed, broken or not. Raises Refused when the bytes are no feed at all."""
    yield from opened(body, media_type)[1]


def opened(body: bytes, media_type: str = "") -> tuple[str, Iterator[Total | Record | Rejected]]:
    """What a feed calls itself, and its entries as `read` yields them. Raises Refused."""
    is_json = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")
    return _json_feed(body) if is_json else _xml_feed(body, media_type)


def _xml_feed(body: bytes, media_type: str) -> tuple[str, Iterator[Total | Record | Rejected]]:
    import feedparser

    # A file object and never a string: feedparser would open or fetch what looks like a path or an address.
    try:
        parsed = feedparser.parse(io.BytesIO(body), response_headers={"content-type": media_type or "application/xml"})
    except Exception as error:  # feedparser raises whatever its parsers raise
        raise Refused("Isi umpan rusak dan tidak bisa dibaca.") from error
    entries = parsed.get("entries", [])
    if not entries and not parsed.get("version"):
        raise Refused(_why_no_feed(body))
    return parsed.get("feed", {}).get("title", ""), _entries(entries)


def _entries(entries: list[Any]) -> Iterator[Total | Record | Rejected]:
    yield Total(min(len(entries), MOST_ENTRIES))
    for number, entry in enumerate(entries[:MOST_ENTRIES], start=1):
        try:
            yield _entry(number, entry)
        except Exception:  # one bad entry must not lose the others
            yield Rejected(
                number, "Isi butir ini rusak dan tidak bisa dibaca.", {"judul": str(entry.get("title", ""))[:300]}
            )


def _why_no_feed(body: bytes) -> str:
    head = body[:2000].lower()
    if b"<html" in head or b"<!doctype html" in head:
        return "Alamat ini halaman web biasa, bukan umpan. Cari alamat RSS di situs itu, biasanya berakhir /feed."
    return "Isinya bukan umpan RSS, Atom, atau JSON Feed."


def _entry(number: int, entry: Any) -> Record:
    link, guid = entry.get("link", ""), entry.get("id", "")
    written = entry.get("published") or entry.get("updated") or entry.get("created") or ""
    title, outlet = entry.get("title", ""), (entry.get("source") or {}).get("title", "")
    url = link or (guid if links.showable(guid) else "")
    if links.host_of(url) == "news.google.com":
        title, outlet = _without_tail(title, outlet)
    record = Record(
        line=number,
        external_id=guid,
        url=url,
        title=title,
        text=_longest(entry),
        media=outlet,
        author=entry.get("author", ""),
        published_at=dates.parse(written) or _parsed(entry),
        raw=_raw(guid=guid, tautan=link, terbit=written, penulis=entry.get("author", ""), kategori=_tags(entry)),
    )
    return _identified(record, written)


def _identified(record: Record, written: str) -> Record:
    """Identity: guid, else the link, else title and day; an unread date is said."""
    if not record.external_id and not record.url:
        day = f"{record.published_at:%Y-%m-%d}" if record.published_at else ""
        record.external_id = f"{record.title}|{day}"
    if written and record.published_at is None:
        record.marks.append("date_unread")
    return record


def _longest(entry: Any) -> str:
    """The full text when the feed carries it, else the summary."""
    parts = [c.get("value", "") for c in entry.get("content", [])]
    return max([*parts, entry.get("summary", "")], key=len)


def _parsed(entry: Any) -> datetime | None:
    """feedparser's own reading, for forms that ours does not know."""
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    return datetime.fromtimestamp(calendar.timegm(moment), UTC) if moment else None


def _tags(entry: Any) -> str:
    return ", ".join(str(tag.get("term") or "") for tag in entry.get("tags", [])[:10])


def _without_tail(title: str, outlet: str) -> tuple[str, str]:
    """Google News appends " - Portal" to every title."""
    head, dash, tail = title.rpartition(" - ")
    return (head, outlet or tail) if dash and head and (not outlet or tail == outlet) else (title, outlet)


def _raw(**fields: str) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value}


def _json_feed(body: bytes) -> tuple[str, Iterator[Total | Record | Rejected]]:
    try:
        feed = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Refused("Berkas JSON ini rusak. Minta ulang dari sumbernya.") from error
    items = feed.get("items") if isinstance(feed, dict) and "jsonfeed.org" in str(feed.get("version")) else None
    if not isinstance(items, list):
        raise Refused("JSON ini bukan JSON Feed (jsonfeed.org).")
    return _text(feed.get("title")), _json_items(items)


def _json_items(items: list[Any]) -> Iterator[Total | Record | Rejected]:
    yield Total(min(len(items), MOST_ENTRIES))
    for number, item in enumerate(items[:MOST_ENTRIES], start=1):
        yield _json_item(number, item) if isinstance(item, dict) else Rejected(number, "Butir ini bukan objek JSON.")


def _json_item(number: int, item: dict[str, Any]) -> Record:
    written = _text(item.get("date_published") or item.get("date_modified"))
    guid, author = _text(item.get("id")), _author(item)
    record = Record(
        line=number,
        external_id=guid,
        url=_text(item.get("url")) or _text(item.get("external_url")) or (guid if _is_address(guid) else ""),
        title=_text(item.get("title")),
        text=_text(item.get("content_html")) or _text(item.get("content_text")) or _text(item.get("summary")),
        author=author,
        published_at=dates.parse(written),
        raw=_raw(guid=guid, terbit=written, penulis=author, kategori=", ".join(_strings(item.get("tags")))),
    )
    return _identified(record, written)


def _author(item: dict[str, Any]) -> str:
    authors = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    names = [_text(a.get("name")) for a in authors or [] if isinstance(a, dict)]
    return ", ".join(n for n in names if n)


def _strings(values: object) -> list[str]:
    return [_text(v) for v in values[:10]] if isinstance(values, list) else []


def _text(value: object) -> str:
    return str(value) if isinstance(value, (str, int, float)) and not isinstance(value, bool) else ""


def _is_address(text: str) -> bool:
    return urlsplit(text).scheme in ("http", "https") if len(text) < links.MAX_LENGTH else False
