"""One data shape a paper: everything it says, as text in the words of the office. DOCX and PDF are made of the same."""

from dataclasses import asdict, dataclass
from typing import Any

from app.core.words import plain
from app.papers.rules.signing import Signature


@dataclass(frozen=True)
class Letterhead:
    """Kop: the government, the office and where it sits; `logo` is a PNG, or nothing."""

    government: str
    office: str
    address: str
    logo: bytes = b""


@dataclass(frozen=True)
class Matter:
    """A ticket as a letter lists it."""

    number: str
    title: str
    sources: tuple[str, ...]
    level: str
    due: str


@dataclass(frozen=True)
class Letter:
    """What stands above and below the body of every letter."""

    letterhead: Letterhead
    place_and_date: str
    number: str
    nature: str
    attachment: str
    subject: str
    to: str
    to_place: str
    signature: Signature
    copies: tuple[str, ...]


@dataclass(frozen=True)
class RequestLetter:
    """Surat permintaan tindak lanjut: one OPD's tickets, between an opening and a closing."""

    letter: Letter
    opening: tuple[str, ...]
    matters: tuple[Matter, ...]
    closing: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """Paragraphs, under a heading or none."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class PressLetter:
    """Klarifikasi, hak jawab or hak koreksi to the editor of a medium."""

    letter: Letter
    title: str
    about: tuple[tuple[str, str], ...]
    opening: tuple[str, ...]
    body: tuple[Section, ...]
    closing: tuple[str, ...]


@dataclass(frozen=True)
class Disposition:
    """Lembar disposisi for the head of an OPD: what came, and room for what shall be done with it."""

    letterhead: Letterhead
    sender: str
    number: str
    dated: str
    received: str
    agenda_number: str
    nature: tuple[tuple[str, bool], ...]
    subject: str
    matter: tuple[tuple[str, str], ...]
    wishes: tuple[str, ...]
    signature: Signature


@dataclass(frozen=True)
class Told:
    """An event of the history."""

    at: str
    words: str
    said: str


@dataclass(frozen=True)
class Answered:
    """An approved answer."""

    kind: str
    how: str
    body: tuple[Section, ...]


@dataclass(frozen=True)
class TicketSheet:
    """A ticket as its reader may read it, on paper."""

    office: str
    number: str
    title: str
    marks: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    due_sum: tuple[tuple[str, str, str], ...]
    matter_age: str
    answers: tuple[Answered, ...]
    publications: tuple[tuple[str, str], ...]
    evidence: tuple[tuple[str, str], ...]
    news: tuple[tuple[str, str], ...]
    story: tuple[Told, ...]
    printed: str


def as_data(paper: Any) -> dict:
    """The shape as plain data, every text without what XML forbids or nobody sees."""
    return _clean(asdict(paper))


def paragraphs(text: str) -> tuple[str, ...]:
    """What somebody typed, by paragraph."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _clean(value):
    if isinstance(value, str):
        return plain(value).replace("\ufffe", "").replace("\uffff", "").replace("\u200b", "")
    if isinstance(value, dict):
        return {key: _clean(each) for key, each in value.items()}
    return [_clean(each) for each in value] if isinstance(value, list | tuple) else value
