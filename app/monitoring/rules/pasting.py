"""Pasted text taken apart: a link with its words, or a paragraph, is one item; WhatsApp's prefixes give the time."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import unquote, urlsplit

from app.monitoring.rules import cleaning, links, records
from app.monitoring.rules.keys import ZONE
from app.monitoring.rules.kinds import Channel, Origin
from app.monitoring.rules.records import Record, Rejected

MOST_ITEMS = 100
LONGEST_PASTE = 100_000
LONGEST_TITLE = 140
FEWEST_WORDS = 3

_LINK = re.compile(r"(?<![\w@./])(?:https?://|www\.)[^\s<>\"“”]+", re.IGNORECASE)
_BEFORE, _AFTER = " -–—•*|:>", " -–—•*|:"
_DATE = r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})(?:[/.-](?P<year>\d{4}|\d{2}))?"
_TIME = r"(?P<hour>\d{1,2})[.:](?P<minute>\d{2})(?:[.:]\d{2})?(?:\s?(?P<half>[ap])\.?m\.?)?"
_NAME = r"(?:[^:]{1,80}:(?=\s|$))?\s*"
_PREFIXES = [
    re.compile(rf"\[{_DATE},?\s{{1,3}}{_TIME}\]\s*{_NAME}", re.IGNORECASE),
    re.compile(rf"\[{_TIME},?\s{{1,3}}{_DATE}\]\s*{_NAME}", re.IGNORECASE),
    re.compile(rf"{_DATE},?\s{{1,3}}{_TIME}\s[-–]\s{_NAME}", re.IGNORECASE),
]
_OUTLETS = {Origin.CITIZEN: "Warga (WhatsApp)", Origin.LEADER: "Arahan pimpinan", Origin.PRESS: "Wartawan"}


@dataclass(slots=True)
class Piece:
    """One item to be: its link, if it has one, and the lines that belong to it."""

    url: str
    words: list[str] = field(default_factory=list)
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Cover:
    """What the operator says about everything in one paste."""

    origin: Origin = Origin.CITIZEN
    media: str = ""
    deadline: str = ""

    @property
    def asks(self) -> bool:
        """Whether somebody waits for an answer, also about what is known already."""
        return self.origin is not Origin.CITIZEN


def pieces(text: str, now: datetime) -> list[Piece]:
    """The items of a pasted text, in order: every link, and every paragraph without one."""
    found: list[Piece] = []
    for at, lines in _paragraphs(text, now):
        found += _of_paragraph(at, lines)
    return found


def items(found: list[Piece], cover: Cover, now: datetime) -> list[Record | Rejected]:
    """The pieces as intake takes them, numbered from 1."""
    return [records.taken(_record(number, piece, cover), now) for number, piece in enumerate(found, start=1)]


def captured(title: str, text: str, now: datetime) -> Piece:
    """What a picture is about: the one thing that the text tells, under the title given. It was seen now."""
    piece = next(iter(pieces(text, now)), Piece(""))
    piece.words = [title, *piece.words] if title else piece.words
    piece.at = piece.at or now
    return piece


def _paragraphs(text: str, now: datetime) -> Iterator[tuple[datetime | None, list[str]]]:
    """Lines between blank ones; a WhatsApp prefix begins a paragraph and gives it, and those after it, a time."""
    at: datetime | None = None
    lines: list[str] = []
    for raw in text.splitlines():
        sent, line = _unprefixed(cleaning.tidy(raw), now)
        if lines and (sent or not line):
            yield at, lines
            lines = []
        at = sent or at
        lines += [line] if line else []
    if lines:
        yield at, lines


def _unprefixed(line: str, now: datetime) -> tuple[datetime | None, str]:
    """When a message was sent, and its words without the sender's name; other lines stay whole."""
    for prefix in _PREFIXES:
        match = prefix.match(line)
        sent = _sent(match.groupdict(), now) if match else None
        if match and sent:
            return sent, line[match.end() :]
    return None, line


def _sent(told: dict[str, str | None], now: datetime) -> datetime | None:
    """The time a prefix names, in the office's zone; a date without a year is the latest that is not ahead."""
    hour, year = int(told["hour"] or 0), int(told["year"] or 0)
    if told["half"]:
        hour = hour % 12 + 12 * (told["half"].lower() == "p")
    local = now.astimezone(ZONE)
    try:
        sent = datetime(
            year + 2000 if 0 < year < 100 else year or local.year,
            int(told["month"] or 0), int(told["day"] or 0), hour, int(told["minute"] or 0), tzinfo=ZONE,
        )  # fmt: skip
        return sent if year or sent <= local else sent.replace(year=sent.year - 1)
    except ValueError:
        return None


def _of_paragraph(at: datetime | None, lines: list[str]) -> list[Piece]:
    """Words go to the link of their line; lines without a link to the next one, or to the one that leads them all."""
    found: list[Piece] = []
    loose: list[str] = []
    parted = [_parted(line) for line in lines]
    leads = bool(parted[0][0]) and not parted[0][1]
    for urls, words in parted:
        own = found[-1].words if leads and found and not urls else loose
        own += [words] if words else []
        if urls:
            found += [Piece(urls[0], [*loose], at), *(Piece(url, [], at) for url in urls[1:])]
            loose.clear()
    if not found:
        return [Piece("", loose, at)] if loose else []
    found[-1].words += loose
    return found


def _parted(line: str) -> tuple[list[str], str]:
    """The links of a line, and its other words; what only looks like a link is a word."""
    urls = [url for url in map(_address, _LINK.findall(line)) if links.canonical(url)]
    words = _LINK.sub(lambda match: " " if links.canonical(_address(match[0])) else match[0], line)
    words = " ".join(words.split()).lstrip(_BEFORE)
    return urls, words.rstrip(_AFTER) if urls else words


def _address(url: str) -> str:
    """Without the signs that end the sentence around it."""
    url = url.rstrip(".,;:!?'*_~»]}")
    if url.endswith(")") and "(" not in url:
        url = url.rstrip(")")
    return url if url.lower().startswith("http") else f"https://{url}"


def _record(number: int, piece: Piece, cover: Cover) -> Record:
    title, text = _told(piece.words, links.canonical(piece.url))
    asked = " ".join(filter(None, [cover.media, f"(tenggat {cover.deadline})" if cover.deadline else ""]))
    if cover.origin is Origin.PRESS and asked:
        text = "\n".join(filter(None, [text, f"Permintaan konfirmasi dari {asked}."]))
    address = links.canonical(piece.url)
    return Record(
        line=number,
        external_id="" if address else _same_words(piece),
        url=address,
        title=title,
        text=text,
        media="" if address else (cover.media or _OUTLETS[cover.origin]),
        channel=Channel.COMPLAINT if cover.origin is Origin.CITIZEN and not address else None,
        published_at=piece.at,
        raw={"asal": cover.origin.label, "media": cover.media, "tenggat": cover.deadline}
        | {"tautan": piece.url, "tempelan": "\n".join(piece.words)},
    )


def _same_words(piece: Piece) -> str:
    """By what a text is the same whoever asks about it: its words, and its day where it tells one."""
    day = piece.at.astimezone(ZONE).date().isoformat() if piece.at else ""
    words = re.findall(r"\w+", " ".join(piece.words).casefold())
    return hashlib.blake2b("\x1f".join([day, *words]).encode(), digest_size=16).hexdigest()


def _told(words: list[str], url: str) -> tuple[str, str]:
    """Title and text. «Cek ini» is no title where the address tells more; of a long line the beginning is shown."""
    first, slug = words[0] if words else "", _slug(url)
    if slug and len(words) < 2 and len(first.split()) < FEWEST_WORDS:
        return slug, first
    if url and not words:
        return f"Tautan {links.host_of(url)}", ""
    if len(first) > LONGEST_TITLE:
        return "", "\n".join(words)
    return first, "\n".join(words) if words[1:] else ""


def _slug(url: str) -> str:
    """The words of an address that has some: «jalan-rusak-di-loa-kulu» is what the article is about."""
    slug = unquote(urlsplit(url).path).rstrip("/").rpartition("/")[2].removesuffix(".html")
    words = [word for word in re.split(r"[-_+\s]+", slug) if word]
    return " ".join(words).capitalize() if sum(word.isalpha() for word in words) >= FEWEST_WORDS else ""
