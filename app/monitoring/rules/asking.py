"""What a person is asked about a sheet whose layout is not known yet, as it is kept with its run."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from app.monitoring.rules.mapping import MOST_COLUMNS, Mapping

TOO_WIDE = f"Kepala lembar ini tidak dapat dipakai: paling banyak {MOST_COLUMNS} kolom. Buang kolom yang tidak perlu."


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


def trimmed(seen: dict[str, Any]) -> dict[str, Any]:
    """What was seen, without the nameless columns at the right end. Raises ValueError when no person can answer it."""
    headers = list(seen["headers"])
    while headers and not headers[-1].strip():
        headers.pop()
    trimmed = seen | {"headers": headers, "mapping": seen["mapping"] | {"headers": headers}}
    Mapping.from_dict(trimmed["mapping"])
    return trimmed
