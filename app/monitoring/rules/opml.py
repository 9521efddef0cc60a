"""The feeds as OPML 2.0, the file that every feed reader writes and takes in.

A foreign file is read by a bare expat: no tree, no entities, nothing outside is opened, and it ends at its first limit.
So the half megabyte of it may be read where it arrives; nothing else that is foreign is parsed by the web.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree  # only writes here: nothing foreign is parsed
from xml.parsers import expat

from app.core.words import one_line
from app.monitoring import addresses
from app.monitoring.rules import links

LARGEST = 512 * 1024
MOST_OUTLINES = 2_000
MOST_FEEDS = 300
DEEPEST = 40
LONGEST_NAME, LONGEST_URL = 120, 1000


def opml(title: str, feeds: Iterable[tuple[str, str]], at: datetime) -> bytes:
    """One outline per (name, address); what is no http(s) address is left out."""
    root = ElementTree.Element("opml", version="2.0")
    head, body = ElementTree.SubElement(root, "head"), ElementTree.SubElement(root, "body")
    ElementTree.SubElement(head, "title").text = one_line(title)
    ElementTree.SubElement(head, "dateCreated").text = format_datetime(at)
    for name, url in feeds:
        if address := links.showable(one_line(url)):
            said = one_line(name)
            ElementTree.SubElement(body, "outline", type="rss", text=said, title=said, xmlUrl=address)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


class Unreadable(Exception):
    """A file that cannot be taken; the message is Indonesian and says what to do."""


@dataclass(frozen=True)
class Feed:
    """A feed of a foreign file: `name` and `url` are one line each, nothing more is known of them."""

    name: str
    url: str


@dataclass(frozen=True)
class Seen:
    """A feed as the page shows it: `why_not` it can be chosen, or the id of the source that it is already."""

    feed: Feed
    why_not: str
    known_as: int | None

    @property
    def free(self) -> bool:
        return not self.why_not and self.known_as is None


def feeds_in(body: bytes) -> list[Feed]:
    """The feeds of an OPML file in their order, those of its folders too. Raises Unreadable."""
    if len(body) > LARGEST:
        raise Unreadable("Berkasnya lebih dari 512 KB. Bagi menjadi beberapa berkas OPML.")
    reading = _Reading()
    try:
        reading.parser.Parse(body, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        line = f" di baris {error.lineno}" if isinstance(error, expat.ExpatError) else ""
        raise Unreadable(f"Berkas OPML ini rusak{line}. Ekspor ulang dari pembaca umpan asalnya.") from error
    if not reading.feeds:
        raise Unreadable("Tidak ada umpan di berkas ini. Ekspor ulang dari pembaca umpan asalnya.")
    return reading.feeds


def seen(feeds: Iterable[Feed], known: dict[str, int]) -> list[Seen]:
    """What may be chosen of these feeds; `known` are the sources by the canonical address of their feed."""
    told, before = [], set[str]()
    for feed in feeds:
        address = links.canonical(feed.url)
        again = "dua kali di berkas ini" if address in before else ""
        told.append(Seen(feed, _why_not(feed.url) or again, known.get(address)))
        before.add(address)
    return told


def _why_not(url: str) -> str:
    if not links.showable(url) or len(url) > LONGEST_URL:
        return "alamatnya bukan alamat http atau https yang benar"
    return "alamatnya menunjuk ke jaringan dalam" if addresses.names_inside(urlsplit(url).hostname or "") else ""


class _Reading:
    """One pass over a file, stopped at its first limit."""

    def __init__(self) -> None:
        self.feeds: list[Feed] = []
        self.depth = self.outlines = 0
        self.parser = expat.ParserCreate()
        self.parser.EntityDeclHandler = self._entity
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _entity(self, *_declared: object) -> None:
        raise Unreadable("Berkas ini memakai entitas XML, yang tidak dibaca. Ekspor ulang dari pembaca umpan asalnya.")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if not self.depth and tag.lower() != "opml":
            raise Unreadable("Ini bukan berkas OPML. Ekspor daftar umpan dari pembaca umpan sebagai OPML.")
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unreadable(f"Foldernya lebih dari {DEEPEST} tingkat. Ekspor ulang tanpa folder.")
        if tag.lower() == "outline":
            self._outline({name.lower(): value[: links.MAX_LENGTH + 1] for name, value in attributes.items()})

    def _end(self, _tag: str) -> None:
        self.depth -= 1

    def _outline(self, said: dict[str, str]) -> None:
        self.outlines += 1
        if url := "".join(one_line(said.get("xmlurl", "")).split()):
            name = one_line(said.get("title") or said.get("text") or "") or links.host_of(url) or url
            self.feeds.append(Feed(name[:LONGEST_NAME].rstrip(), url))
        if self.outlines > MOST_OUTLINES or len(self.feeds) > MOST_FEEDS:
            raise Unreadable(f"Berkas ini memuat lebih dari {MOST_FEEDS} umpan. Bagi menjadi beberapa berkas OPML.")
