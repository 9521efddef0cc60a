"""What lies at an address: a feed with its first headlines, or a page with the addresses of feeds that it names.

Runs only inside the guarded child process.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from app.monitoring.readers import Refused
from app.monitoring.rules import cleaning, links, shield
from app.monitoring.rules.records import DOUBTFUL, Record, taken

LOOKED_INTO = 512 * 1024
MOST_LINKS = 8
HEADLINES = 3
FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json")
_FEED_PATH = re.compile(r"(?:^|/)(?:feed|rss|atom)(?:\.(?:xml|json|php))?/?$", re.IGNORECASE)
_COMMENTS = re.compile(r"/comments?/|/komentar/", re.IGNORECASE)
_PAGE = (b"<!doctype html", b"<html")


@dataclass
class Sight:
    """`kind` is "feed" or "page"; only a feed has a title, items and headlines, only a page has links."""

    kind: str
    title: str = ""
    items: int = 0
    newest: str = ""
    headlines: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)


def look(body: bytes, media_type: str, address: str, now: datetime) -> Sight:
    """Raises Refused for what is neither."""
    from app.monitoring.readers import feed

    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:20].lower().startswith(_PAGE):
        return _page(body, address)
    try:
        title, items = feed.opened(body, media_type)
    except Refused:
        if any(mark in body[:4096].lower() for mark in _PAGE):
            return _page(body, address)
        raise
    return _feed(title, [item for item in items if isinstance(item, Record)], now)


def _feed(title: str, records: Iterable[Record], now: datetime) -> Sight:
    """Its headlines, the latest first, as the shield lets them be shown."""
    read = [item for item in (taken(record, now) for record in records) if isinstance(item, Record)]
    dated = [item.published_at for item in read if item.published_at and DOUBTFUL.isdisjoint(item.marks)]
    latest = sorted(read, key=lambda item: item.published_at or now, reverse=True)[:HEADLINES]
    return Sight(
        "feed",
        title=cleaning.line(title, 120),
        items=len(read),
        newest=max(dated).isoformat() if dated else "",
        headlines=[shield.shielded(cleaning.line(item.title, 160), "", "", {}, None).title for item in latest],
    )


def _page(body: bytes, address: str) -> Sight:
    reading = _Links(address)
    with suppress(AssertionError):  # a broken declaration ends the reading; what stood before it counts
        reading.feed(body[:LOOKED_INTO].decode("utf-8", "replace"))
    named = [url for url in (*reading.declared, *reading.mentioned) if not _COMMENTS.search(urlsplit(url).path)]
    return Sight("page", links=list(dict.fromkeys(named))[:MOST_LINKS])


class _Links(HTMLParser):
    """The feeds a page declares in its head, and links that look like one."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.base = address
        self.declared: list[str] = []
        self.mentioned: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: (value or "").strip() for name, value in attrs}
        if tag == "base" and said.get("href"):
            self.base = self._absolute(said["href"]) or self.base
        elif tag == "link" and "alternate" in said.get("rel", "").lower().split():
            if said.get("type", "").partition(";")[0].strip().lower() in FEED_TYPES:
                self._keep(said.get("href", ""), self.declared)
        elif tag == "a" and _FEED_PATH.search(said.get("href", "")[: links.MAX_LENGTH].partition("?")[0]):
            self._keep(said["href"], self.mentioned)

    def _keep(self, href: str, among: list[str]) -> None:
        url = self._absolute(href)
        if url and len(among) < 4 * MOST_LINKS:
            among.append(url)

    def _absolute(self, href: str) -> str:
        try:
            return links.showable(urljoin(self.base, href[: links.MAX_LENGTH]).partition("#")[0])
        except ValueError:
            return ""
