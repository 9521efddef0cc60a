"""What a file is, told by its content and never by its name."""

from __future__ import annotations

import re
from typing import Literal

from app.monitoring.readers import Refused

Kind = Literal["feed", "xlsx", "xls", "ods", "csv", "json"]
HEAD = 4096
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
_FEED = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf|channel)\b", re.IGNORECASE)


def kind_of(head: bytes) -> Kind:
    """The reader for bytes that begin so. Raises Refused for what no reader takes."""
    if not head.strip(b"\0 \t\r\n"):
        raise Refused("Berkasnya kosong.")
    if head.startswith(b"PK\x03\x04"):
        return "ods" if _OPEN_DOCUMENT in head[:200] else "xlsx"
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "xls"
    if head.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")):
        raise Refused("Ini bukan lembar kerja atau umpan. Pakai berkas .xlsx, .xls, .ods, .csv, .json, RSS, atau Atom.")
    text = _as_text(head)
    if text[:1] in "{[":
        return "feed" if "jsonfeed.org/version" in text else "json"
    if text.startswith("<") and (_FEED.search(text) or "<html" in text.lower() or text.startswith("<?xml")):
        return "feed"
    return "csv"


def _as_text(head: bytes) -> str:
    encoding = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    return head[:HEAD].decode(encoding, "ignore").lstrip("\ufeff \t\r\n")
