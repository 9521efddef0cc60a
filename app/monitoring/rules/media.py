"""The media and government sites that are suggested as sources, as data: app/data/local_media.csv."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.monitoring.rules import links

FILE = Path(__file__).resolve().parents[2] / "data" / "local_media.csv"
SCOPES = {"kukar": "Kutai Kartanegara", "kaltim": "Kalimantan Timur", "samarinda": "Samarinda", "national": "nasional"}
UNKNOWN, GUESSED = "alamat umpan belum diketahui", "alamat umpan dugaan, belum dicoba"
SEEN = "alamat umpan pernah terlihat, belum dicoba"


@dataclass(frozen=True, slots=True)
class Medium:
    """A site that could be a source. No address of a feed was ever tried by us."""

    name: str
    domain: str
    scope: str
    government: bool
    feed_url: str
    feed_status: str

    @property
    def told(self) -> str:
        """What is known of its feed, in words."""
        if not self.feed_url:
            return UNKNOWN
        return GUESSED if self.feed_status.startswith("guess") else SEEN

    @property
    def values(self) -> dict[str, object]:
        """What a form for a new source is filled with."""
        return {"name": self.name, "url": self.feed_url, "government": self.government}


@cache
def media() -> tuple[Medium, ...]:
    """Every site of the bundled file, those with an address of a feed first; read once per process."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = [_medium(row) for row in csv.DictReader(file)]
    return tuple(sorted(rows, key=lambda medium: not medium.feed_url))


def medium_of(domain: str) -> Medium | None:
    """The site of that domain."""
    return next((medium for medium in media() if medium.domain == domain), None)


def media_like(words: str) -> list[Medium]:
    """Sites whose name or domain holds every one of the words; all of them for none."""
    wanted = words.casefold().split()
    return [m for m in media() if all(word in f"{m.name} {m.domain}".casefold() for word in wanted)]


def _medium(row: dict[str, str]) -> Medium:
    return Medium(
        name=row["name"],
        domain=row["domain"],
        scope=SCOPES.get(row["scope"], row["scope"]),
        government=row["kind"] == "government",
        feed_url=links.showable(row["feed_url"]),
        feed_status=row["feed_status"],
    )
