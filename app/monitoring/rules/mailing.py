"""Forwarded e-mail: who may send it, what makes a letter automatic, and which items it tells."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parseaddr
from enum import StrEnum
from typing import Any

from app.monitoring.rules import cleaning, links, pasting
from app.monitoring.rules.kinds import Origin
from app.monitoring.rules.pasting import Cover, Piece
from app.monitoring.rules.records import Record, Rejected

LARGEST = 25 * 1024 * 1024
MOST_FILES = 5
MOST_LINKS = 20
LONGEST_ID = 200
ORIGIN = "Surel yang diteruskan"
OUTLET = "Warga (surel)"

NO_ADDRESS = "Tidak dikirim ke alamat penerusan seorang petugas."
FORGED = "Alamat penerusannya tidak sah. Salin lagi dari halaman Tempel."
ENDED = "Penunjukan pemilik alamat penerusan ini sudah berakhir."
WRONG_SENDER = "Pengirimnya bukan pemilik alamat penerusan ini. Teruskan dari email yang terdaftar."
AUTOMATIC = "Balasan otomatis atau kabar gagal kirim."
TOO_LARGE = "Suratnya lebih dari 25 MB. Kirim lampirannya lewat halaman Tempel."
EMPTY = "Suratnya tanpa teks, tautan, dan lampiran yang bisa diterima."


class Outcome(StrEnum):
    TAKEN = "taken"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        return {"taken": "Masuk", "refused": "Ditolak"}[self.value]


@dataclass(frozen=True, slots=True)
class Head:
    """Who wrote to whom about what."""

    message_id: str = ""
    sender: str = ""
    recipients: list[str] = field(default_factory=list)
    subject: str = ""
    automatic: bool = False
    body_hash: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """What a letter says; `left` counts files that were not taken along."""

    text: str = ""
    inner_subject: str = ""
    left: int = 0


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of the file of that number, in Base64."""

    file: int
    name: str
    data: str


@dataclass
class Letter:
    """A letter taken apart; `trouble` says why it could not be read to its end."""

    head: Head = field(default_factory=Head)
    body: Body = field(default_factory=Body)
    files: list[tuple[str, bytearray]] = field(default_factory=list)
    trouble: str = ""

    def add(self, message: dict[str, Any]) -> None:
        """What the reader tells next, as JSON: a Head, a Body, a Chunk, or why it tells no more."""
        if "refused" in message:
            self.trouble = message["refused"]
        elif "sender" in message:
            self.head = Head(**message)
        elif "text" in message:
            self.body = Body(**message)
        elif "file" in message:
            if message["file"] == len(self.files):
                self.files.append((message["name"], bytearray()))
            self.files[-1][1].extend(base64.b64decode(message["data"]))

    def name(self, raw: bytes) -> str:
        """What makes it the same letter: its Message-ID, else what it says and who says so, else its bytes."""
        head = self.head
        if head.message_id and len(head.message_id) <= LONGEST_ID:
            return head.message_id
        told = "\x1f".join((head.message_id, head.sender, head.subject, head.body_hash)).encode()
        return f"sha256:{hashlib.sha256(told if head.sender or head.subject else raw).hexdigest()}"


def signature(secret: str, seat_id: int) -> str:
    """What proves that an address was given out by this office; lower case, as mail programs may make it."""
    digest = hmac.digest(secret.encode(), f"forward:{seat_id}".encode(), "sha256")
    return base64.b32encode(digest[:10]).decode().lower()


def forward_address(mail_from: str, secret: str, seat_id: int) -> str:
    """A seat's own address: «tanggap+12-abcdefghijklmnop@kantor.go.id»."""
    local, _, domain = parseaddr(mail_from)[1].rpartition("@")
    return f"{local}+{seat_id}-{signature(secret, seat_id)}@{domain}"


def seats_named(recipients: Iterable[str], mail_from: str, secret: str) -> tuple[list[int], bool]:
    """The seats whose address is among the recipients, and whether one was there that we never gave out."""
    local, _, domain = parseaddr(mail_from)[1].lower().rpartition("@")
    ours = re.compile(rf"{re.escape(local)}\+(\d{{1,9}})-([a-z2-7]{{1,40}})@{re.escape(domain)}")
    claims = [match.groups() for match in map(ours.fullmatch, recipients) if match]
    named = [int(seat) for seat, sign in claims if hmac.compare_digest(sign, signature(secret, int(seat)))]
    return list(dict.fromkeys(named)), len(named) < len(claims)


def is_automatic(headers: Mapping[str, str]) -> bool:
    """No person wrote it: an automatic reply, a bulk letter, or the news that a letter did not arrive."""
    return (
        headers.get("auto-submitted", "no").partition(";")[0].strip().lower() != "no"
        or headers.get("precedence", "").strip().lower() in ("bulk", "junk", "list", "auto_reply")
        or headers.get("return-path", "").strip() == "<>"
        or headers.get("content-type", "").strip().lower().startswith("multipart/report")
        or not {"x-autoreply", "x-autorespond"}.isdisjoint(headers)
    )


_FORWARDED = re.compile(r"(?:fwd?|wg|trs|terusan|re|bls|balas)\s?:\s*", re.IGNORECASE)
_ASKED = re.compile(r"(arahan|wartawan)(?:\s+([^:]{1,80}))?\s*:\s*", re.IGNORECASE)
_MARK = re.compile(
    r"(?:-{3,}|_{20,}).{0,80}|(?:begin forwarded message|pesan terusan dimulai|awal pesan terusan)\s*:", re.IGNORECASE
)
_FIELD = re.compile(
    r"\*?(?:dari|from|tanggal|date|dikirim|sent|kepada|untuk|to|cc|subjek|subyek|perihal|subject|reply-to)\*?\s?:",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"^(?:>\s?)+")


def matter(letter: Letter) -> tuple[Cover, str]:
    """Where it came from, by the word its subject begins with, and what it is about."""
    subject = _unforwarded(letter.head.subject) or _unforwarded(letter.body.inner_subject)
    asked = _ASKED.match(subject)
    if not asked:
        return Cover(Origin.CITIZEN, OUTLET), subject
    origin, who = Origin(asked[1].lower()), (asked[2] or "").strip()
    return Cover(origin, who or ("media (surel)" if origin is Origin.PRESS else "")), subject[asked.end() :]


def items(letter: Letter, with_files: bool, now: datetime) -> list[Record | Rejected]:
    """What a letter tells, as intake takes it: an item for each link, or one about its subject."""
    cover, subject = matter(letter)
    found = pasting.items(_pieces(subject, letter.body.text, with_files, now), cover, now)
    for item in found:
        item.raw["asal"] = ORIGIN if cover.origin is Origin.CITIZEN else f"{cover.origin.label}, lewat surel"
    return found


def own_words(text: str) -> str:
    """The text without what mail programs add: the copied head of a forwarded letter, quote marks, a signature."""
    kept: list[str] = []
    skipped, field_before = "", False
    for raw in text.splitlines():
        line = _QUOTED.sub("", raw).rstrip()
        bare = line.strip()
        if bare == "--":
            skipped = "signature"
        elif _MARK.fullmatch(bare):
            skipped, field_before = "head", False
        elif skipped == "head" and (not bare or _FIELD.match(bare) or field_before):
            field_before = bool(bare)
        elif skipped != "signature":
            skipped = ""
            kept.append(line)
    return "\n".join(kept)


def _pieces(subject: str, text: str, with_files: bool, now: datetime) -> list[Piece]:
    words = own_words(text)[: pasting.LONGEST_PASTE]
    linked, loose = _parted(pasting.pieces(words, now))
    if not linked or len(linked) > MOST_LINKS:
        lines = [line for line in map(cleaning.tidy, words.splitlines()) if line]
        title = [subject] if subject else []
        return [Piece("", title + lines, now)] if lines or (title and with_files) else []
    for piece in linked:
        piece.words = piece.words or ([subject] if subject else [])
        piece.at = piece.at or now
    linked[0].words += loose
    return linked


def _parted(found: Sequence[Piece]) -> tuple[list[Piece], list[str]]:
    """The pieces with a link, each link once, and the words of the others."""
    linked: dict[str, Piece] = {}
    for piece in found:
        if piece.url:
            linked.setdefault(links.canonical(piece.url), piece)
    return list(linked.values()), [line for piece in found if not piece.url for line in piece.words]


def _unforwarded(subject: str) -> str:
    """«Fwd: Re: Air mati» is about «Air mati»."""
    while match := _FORWARDED.match(subject):
        subject = subject[match.end() :]
    return subject
