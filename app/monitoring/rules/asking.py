"""What a person is asked about a sheet whose layout is not known yet, as it is kept with its run."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from app.monitoring.rules import shield
from app.monitoring.rules.kinds import Channel
from app.monitoring.rules.mapping import MOST_COLUMNS, Mapping

TOO_WIDE = f"Kepala lembar ini tidak dapat dipakai: paling banyak {MOST_COLUMNS} kolom. Buang kolom yang tidak perlu."

UNMASKED = ("published_at", "channel", "tone", "reach")
"""Words of ours."""


@dataclass(frozen=True)
class Wish:
    """What a person wants to see next: the sheet and header, read so (by the synonyms without `mapping`).

    `trial`: count what the whole file would bring.
    """

    sheet: str = ""
    header_row: int | None = None
    mapping: dict[str, Any] = field(default_factory=dict)
    trial: bool = False


@dataclass(frozen=True)
class Question:
    """`seen` is a readers.guarded.Peek as a dict. Each answer of a person makes the next `turn`.

    `sentence` says why it is asked, `trouble` why the last wish could not be met, `trial` what a dry run counted.
    """

    seen: dict[str, Any]
    sentence: str = ""
    trouble: str = ""
    trial: dict[str, int] = field(default_factory=dict)
    wish: dict[str, Any] = field(default_factory=dict)
    turn: int = 1

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Question:
        return cls(**kept)

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def version(self) -> int:
        """A form made for an earlier turn is stale."""
        return self.turn

    @property
    def mapping(self) -> Mapping:
        """How the file is read as far as it was shown."""
        return Mapping.from_dict(self.seen["mapping"])

    @property
    def wished(self) -> Wish:
        return Wish(**self.wish)


def askable(seen: dict[str, Any], channel: Channel) -> dict[str, Any]:
    """What was seen as it may be kept and shown: masked as at intake, without nameless columns at the right end.

    `channel` is the source's. Raises ValueError when no person can answer it.
    """
    headers = list(seen["headers"])
    while headers and not headers[-1].strip():
        headers.pop()
    mapping, rows = seen["mapping"] | {"headers": headers}, [_safe(row, channel) for row in seen["rows"]]
    Mapping.from_dict(mapping)
    return seen | {"headers": headers, "mapping": mapping, "rows": rows}


def _safe(row: dict[str, Any], channel: Channel) -> dict[str, Any]:
    """A row of the preview with what the shield would leave of it."""
    taken = row["taken"]
    told = next((one for one in Channel if one.label == taken.get("channel")), channel)
    title, text, author, media = (taken.get(target, "") for target in ("title", "text", "author", "media"))
    safe = shield.shielded(title, text, author, row["cells"], told, media_name=media)
    plain = {target: text if target in UNMASKED else shield.masked(text) for target, text in taken.items()}
    shown = {"title": safe.title, "text": safe.text, "author": safe.author, "media": safe.media}
    errors = {target: shield.masked(error) for target, error in row["errors"].items()}
    return row | {
        "cells": safe.raw,
        "taken": plain | {target: text for target, text in shown.items() if target in taken},
        "errors": errors,
    }
