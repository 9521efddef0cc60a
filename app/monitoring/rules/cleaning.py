"""Foreign text made harmless: what comes out is plain text that a page may show (guard.md 9)."""

from __future__ import annotations

import html
import re
import unicodedata

import nh3

MAX_BYTES = 200_000
MAX_TAGS = 2000
TITLE_LENGTH = 300
NAME_LENGTH = 120

# Zero-width signs, bidi controls, soft hyphen, tags and the byte order mark: all of them hide or turn text.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffc\U000e0000-\U000e007f]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_LOOKS_LIKE_HTML = re.compile(r"<[a-zA-Z/!?]|&(?:#\d|#x|[a-zA-Z]{2,8};)")
_OPENING = re.compile(r"<[a-zA-Z]")
_ANY_TAG = re.compile(r"<[^<>]*>?")
_BREAK = re.compile(r"</?(?:p|br|li|ul|ol|blockquote|div|tr|h[1-6])\b[^<>]*>", re.IGNORECASE)
_PILED = re.compile(r"[^\w\s\x00-\x7f]{31,}+")
MOST_ACCENTS = 30
_SPACES = re.compile(r"[^\S\n]+")
_NEWLINES = re.compile(r"\s*\n\s*")

_BLOCKS = {
    "p",
    "br",
    "ul",
    "ol",
    "li",
    "b",
    "strong",
    "i",
    "em",
    "blockquote",
    "a",
    "div",
    "tr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
}
_SILENT = {"script", "style", "iframe", "object", "template", "noscript", "svg", "math", "title", "textarea", "select"}


def line(text: object, length: int = TITLE_LENGTH) -> str:
    """One line of plain text: no markup, no control or invisible signs, at most `length` characters."""
    if isinstance(text, str) and not text:
        return ""
    return cut(" ".join(plain(text).split()), length)


def name(text: object) -> str:
    """A short line: a media, an author, a channel."""
    return line(text, NAME_LENGTH)


def plain(text: object, length: int = MAX_BYTES) -> str:
    """Paragraphs of plain text out of text or HTML; scripts and styles vanish with their content."""
    raw = capped("" if text is None else str(text))
    if ("<" in raw or "&" in raw) and _LOOKS_LIKE_HTML.search(raw):
        raw = _without_markup(raw)
    return cut(tidy(raw), length)


def tidy(text: str) -> str:
    """Drop control and invisible signs, compose accents, fold white space, keep single line breaks."""
    if text.isprintable() and (text.isascii() or not (_INVISIBLE.search(text) or _PILED.search(text))):
        return " ".join(unicodedata.normalize("NFC", text).split())  # most lines: nothing to drop, five times as fast
    text = _CONTROL.sub(
        "", text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    )
    text = unicodedata.normalize("NFC", _PILED.sub(_fewer_accents, _INVISIBLE.sub("", text)))
    return _NEWLINES.sub("\n", _SPACES.sub(" ", text)).strip()


def _fewer_accents(piled: re.Match) -> str:
    """Signs without the accents from the 31st on: composing them is quadratic in how many are piled up."""
    first, rest = piled[0][:MOST_ACCENTS], piled[0][MOST_ACCENTS:]
    return first + "".join(sign for sign in rest if not unicodedata.combining(sign))


def capped(text: str) -> str:
    """The first 200 kB of a text; no cut inside a character."""
    if len(text) * 4 <= MAX_BYTES:
        return text
    return text.encode("utf-8", "ignore")[:MAX_BYTES].decode("utf-8", "ignore")


def cut(text: str, length: int) -> str:
    """At most `length` characters; a cut shows."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _without_markup(markup: str) -> str:
    # nh3 is quadratic in depth, which only a parser could tell; so many tags are only stripped, which is linear.
    if len(_OPENING.findall(markup)) > MAX_TAGS:
        return html.unescape(_ANY_TAG.sub(" ", _BREAK.sub("\n", markup)))
    safe = nh3.clean(markup, tags=_BLOCKS, clean_content_tags=_SILENT, attributes={}, link_rel=None)
    return html.unescape(_ANY_TAG.sub("", _BREAK.sub("\n", safe)))
