"""What the answer of a site says of a page: there, gone, or not to be told."""

from __future__ import annotations

from enum import StrEnum
from urllib.parse import urlsplit

FRONT = frozenset({"", "/index.html", "/index.php", "/index.htm", "/home", "/beranda", "/404"})
LOGIN = ("login", "signin", "sign-in", "masuk", "accounts/")


class Link(StrEnum):
    THERE = "masih ada"
    GONE = "hilang"
    UNKNOWN = "belum diketahui"


def judged(url: str, status: int, ended: str) -> tuple[Link, str]:
    """What `url` is, when the site answered `status` at the address `ended`, and why, in plain words.

    A site that is ill, shut or asks for a login says nothing of the page.
    """
    if status in (404, 410):
        return Link.GONE, f"Situs menjawab {status}."
    if status not in (200, 206, 416):
        return Link.UNKNOWN, f"Situs menjawab {status}, halamannya tidak bisa dipastikan."
    if _asks_login(ended) and not _asks_login(url):
        return Link.UNKNOWN, "Situs meminta masuk dulu."
    if _is_front(ended) and not _is_front(url):
        return Link.GONE, "Situs mengalihkan ke halaman depannya."
    return Link.THERE, f"Situs menjawab {status}."


def _is_front(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path.rstrip("/").lower() in FRONT and not parts.query


def _asks_login(url: str) -> bool:
    return any(word in urlsplit(url).path.lower() for word in LOGIN)
