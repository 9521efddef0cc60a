"""By what two deliveries are one item: the source's own id, the canonical address, the fingerprint of the words."""

from __future__ import annotations

import hashlib
import re
from itertools import islice
from zoneinfo import ZoneInfo

from app.monitoring.rules import links
from app.monitoring.rules.records import Record

ZONE = ZoneInfo("Asia/Makassar")
FEWEST_WORDS = 4
_WORD = re.compile(r"\w+")


def keys_of(record: Record, source_id: int) -> list[str]:
    """All keys of a cleaned record, strongest first; any one in common makes it a repeat.

    A complaint of SP4N-LAPOR! is its Tracking ID alone: many people complain in the same words.
    """
    if record.mirror:
        return [_key("sp4n", record.external_id)]
    address = links.canonical(record.url)
    keys = [_key("id", source_id, record.external_id)] if record.external_id else []
    if address and not _is_front_page(address):
        keys.append(_key("url", address))
    # An address tells more than a few words do: "Breaking news" twice a day is two items.
    words = _words(record)
    if not keys or _tells(record, words):
        keys.append(_fingerprint(record, words))
    return keys


def _fingerprint(record: Record, words: list[str]) -> str:
    """Same words in the same outlet by the same author on the same local day."""
    day = record.published_at.astimezone(ZONE).date() if record.published_at and "no_date" not in record.marks else ""
    outlet = links.host_of(record.url) or record.media.casefold()
    return _key("fp", outlet, record.author.casefold(), day, *words)


def _words(record: Record) -> list[str]:
    return _WORD.findall(f"{record.title} {record.text}".casefold())


def _tells(record: Record, words: list[str]) -> bool:
    """Enough words beyond the outlet's name: bare links of one site are many items, not one title many times."""
    host = links.host_of(record.url)
    outlet = set(_WORD.findall(host)) if host else set()
    return len(list(islice((word for word in words if word not in outlet), FEWEST_WORDS))) == FEWEST_WORDS


def _is_front_page(address: str) -> bool:
    """Some exports give the outlet's front page for every article: that identifies nothing."""
    return address.count("/") == 3 and address.endswith("/")


def _key(kind: str, *parts: object) -> str:
    digest = hashlib.blake2b("\x1f".join(map(str, parts)).encode(), digest_size=16).hexdigest()
    return f"{kind}:{digest}"


def told_by(source_id: int, alert_id: int) -> str:
    """Remembers that a further source told the same item."""
    return _key("src", source_id, alert_id)
