"""E-mail as it came, taken apart within limits: who, to whom, what it says, and its files.

Headers are read as raw text of bounded length: the standard library's own header parser is slow and may raise on
hostile ones. Everything is told piece by piece, so that what was known before a refusal is not lost.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import re
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesFeedParser
from email.policy import compat32
from email.utils import getaddresses

from app.core.words import one_line
from app.monitoring.readers import Refused
from app.monitoring.rules import cleaning
from app.monitoring.rules.mailing import MOST_FILES, Body, Chunk, Head, is_automatic

MOST_HEADERS = 256 * 1024
LONGEST_HEADER = 4_000
MOST_PARTS = 200
DEEPEST = 20
MOST_RECIPIENTS = 100
SMALLEST_PICTURE = 10_000
CHUNK = 384 * 1024

BROKEN_HEAD = "Kepala suratnya terlalu panjang. Teruskan lagi sebagai surat biasa."
TOO_NESTED = "Bagian suratnya terlalu banyak atau terlalu bertumpuk. Teruskan isinya sebagai surat biasa."

RECIPIENTS = ("to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-forwarded-to")
_ADDRESS = re.compile(r"[^\s<>,;:\"()\[\]]{1,100}@[a-z0-9.-]{1,150}")
_NAME = re.compile(r"<[\x21-\x7e]{1,900}?>")
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_ANCHOR = re.compile(
    r"<a\b[^<>]{0,2000}?\bhref\s{0,5}=\s{0,5}[\"']?(https?://[^\"'\s<>]{1,2000})[^<>]*>", re.IGNORECASE
)
_AMPERSAND = re.compile(r"&(?!amp;|#)")


def read(raw: bytes) -> Iterator[Head | Body | Chunk]:
    """The head, then the text, then the files in chunks. Raises Refused."""
    end = _HEAD_END.search(raw)
    if (end.start() if end else len(raw)) > MOST_HEADERS:
        raise Refused(BROKEN_HEAD)
    try:
        message = _parsed(raw)
        yield _head(message, raw[end.end() :] if end else b"")
        reading = _Reading()
        text = reading.text(message)
        yield Body(cleaning.cut(text, cleaning.MAX_BYTES), reading.inner_subject, reading.left)
        yield from reading.chunks()
    except RecursionError as error:
        raise Refused(TOO_NESTED) from error


def _parsed(raw: bytes) -> Message:
    """Fed in pieces: at once, the parser would hold every byte in four."""
    parser = BytesFeedParser(policy=compat32)
    for at in range(0, len(raw), CHUNK):
        parser.feed(raw[at : at + CHUNK])
    return parser.close()


def _head(message: Message, body: bytes) -> Head:
    headers: dict[str, list[str]] = {}
    for name, value in message.raw_items():
        headers.setdefault(name.lower(), []).append(_raw(value))
    first = {name: values[0] for name, values in headers.items()}
    to = " , ".join(value for name in RECIPIENTS for value in headers.get(name, ())[:10]).lower()
    named = _NAME.search(first.get("message-id", ""))
    return Head(
        message_id=named[0] if named else "",
        sender=_sender(headers.get("from", [])),
        recipients=list(dict.fromkeys(_ADDRESS.findall(to)))[:MOST_RECIPIENTS],
        subject=_decoded(first.get("subject", "")),
        automatic=is_automatic(first),
        body_hash=hashlib.sha256(body).hexdigest(),
    )


def _raw(value: object) -> str:
    """A header as one bounded line; bytes that are no ASCII are read as UTF-8."""
    text = str(value)[:LONGEST_HEADER].encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return re.sub(r"[\r\n]+", "", text)


def _sender(values: list[str]) -> str:
    """The one address it is from; none where there are several or it can be read in two ways."""
    if len(values) != 1:
        return ""
    found = getaddresses([values[0]])
    written = _ADDRESS.findall(values[0].lower())
    address = one_line(found[0][1]).lower() if len(found) == 1 else ""
    return address if written[-1:] == [address] else ""


def _decoded(text: str) -> str:
    """A header in readable letters; as it is where its encoding makes no sense."""
    try:
        readable = str(make_header(decode_header(text)))
    except (HeaderParseError, LookupError, ValueError):
        readable = text
    return one_line(readable)[:300]


class _Reading:
    """One pass over the parts of a letter."""

    def __init__(self) -> None:
        self.parts = 0
        self.files: list[tuple[str, bytes]] = []
        self.left = 0
        self.inner_subject = ""

    def text(self, part: Message, depth: int = 0) -> str:
        """What this part says, with the parts in it; files are kept aside. Raises Refused."""
        self.parts += 1
        if self.parts > MOST_PARTS or depth > DEEPEST:
            raise Refused(TOO_NESTED)
        kind = part.get_content_type()
        if kind.startswith("multipart/") and not part.is_multipart():
            kind = "text/plain"  # its boundary is missing: what stands there is text
        if part.is_multipart():
            children = [child for child in part.get_payload() if isinstance(child, Message)]
            told = [(child.get_content_type(), self.text(child, depth + 1)) for child in children]
            if kind == "message/rfc822" and children:
                self._remember_subject(children[0])
            return _best(told) if kind == "multipart/alternative" else "\n\n".join(text for _, text in told if text)
        if kind in ("text/plain", "text/html") and not _is_file(part):
            return _words(part, kind)
        self._keep(part, kind)
        return ""

    def chunks(self) -> Iterator[Chunk]:
        """The files, in pieces that a pipe carries well."""
        for number, (name, content) in enumerate(self.files):
            for at in range(0, len(content), CHUNK):
                yield Chunk(number, name, base64.b64encode(content[at : at + CHUNK]).decode())

    def _remember_subject(self, inner: Message) -> None:
        for name, value in inner.raw_items():
            if name.lower() == "subject":
                self.inner_subject = self.inner_subject or _decoded(_raw(value))

    def _keep(self, part: Message, kind: str) -> None:
        """A small picture inside the text is a logo, not a file that somebody wanted to show."""
        content = _payload(part)
        inline = kind.startswith("image/") and part.get("Content-ID") is not None
        if not content or (inline and len(content) < SMALLEST_PICTURE):
            return
        if len(self.files) >= MOST_FILES:
            self.left += 1
            return
        self.files.append((_file_name(part), content))


def _best(told: list[tuple[str, str]]) -> str:
    """Of the same in several ways, the plain one, unless it is empty."""
    plain = [text for kind, text in told if kind == "text/plain" and text.strip()]
    return next(iter(plain), next((text for _, text in reversed(told) if text.strip()), ""))


def _is_file(part: Message) -> bool:
    return str(part.get("Content-Disposition", "")).strip().lower().startswith("attachment")


def _file_name(part: Message) -> str:
    with contextlib.suppress(LookupError, ValueError, TypeError, AttributeError):
        return _decoded(_raw(part.get_filename() or ""))
    return ""


def _payload(part: Message) -> bytes:
    with contextlib.suppress(LookupError, ValueError, AssertionError):
        content = part.get_payload(decode=True)
        part.set_payload("")  # it is needed once
        return content if isinstance(content, bytes) else b""
    return b""


def _words(part: Message, kind: str) -> str:
    """The letters of a text part, whatever it says of their encoding."""
    content = _payload(part)[: cleaning.MAX_BYTES * 4]
    named = str(part.get_param("charset", "utf-8"))
    for charset in (named, "utf-8"):
        with contextlib.suppress(LookupError, ValueError):
            return _shown(content.decode(charset), kind)
    return _shown(content.decode("cp1252", "replace"), kind)


def _shown(text: str, kind: str) -> str:
    """Plain text; of HTML what people see, each link's address before the words that bear it."""
    text = cleaning.capped(text)
    return text if kind == "text/plain" else cleaning.plain(_ANCHOR.sub(_address, text))


def _address(anchor: re.Match[str]) -> str:
    """As it is written in text: there an ampersand begins an entity sooner than in an attribute."""
    return f" {_AMPERSAND.sub('&amp;', anchor[1])} "
