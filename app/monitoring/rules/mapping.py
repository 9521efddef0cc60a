"""A column mapping as data: which columns of a sheet become what, by which transform; what a profile remembers."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping as Dict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from app.monitoring.rules.columns import PRIVATE, SYNONYMS, Layout, folded
from app.monitoring.rules.kinds import Channel, Tone

MOST_COLUMNS = 300
MOST_WORDS = 200
LONGEST = 500
FURTHEST_HEADER = 100
ORDERS = ("", "dmy", "mdy", "ymd")
ZONES = ("", "WIB", "WITA", "WIT")
DECIMALS = ("", ",", ".")
TONES = tuple(Tone)
CHANNELS = tuple(Channel)

TARGETS = tuple(SYNONYMS)
TARGET_LABELS = {
    "published_at": "Tanggal terbit",
    "time": "Jam terbit",
    "title": "Judul",
    "text": "Isi",
    "url": "Tautan",
    "media": "Media",
    "channel": "Kanal",
    "author": "Penulis atau akun",
    "tone": "Tone",
    "reach": "Jangkauan",
    "external_id": "Nomor dari sumber",
}


class Transform(StrEnum):
    """What is done with a cell. Its argument: DATE {"order", "zone"}, DECIMAL the decimal sign,
    VALUE_MAP {word of the source: our word}, CONSTANT the value itself, URL "canonical" or nothing."""

    TRIM = "trim"
    STRIP_HTML = "strip_html"
    DATE = "date"
    DECIMAL = "decimal"
    VALUE_MAP = "value_map"
    URL = "url"
    CONSTANT = "constant"

    @property
    def label(self) -> str:
        return TRANSFORM_LABELS[self]


TRANSFORM_LABELS = {
    Transform.TRIM: "Apa adanya, tanpa spasi di tepi",
    Transform.STRIP_HTML: "Buang kode HTML",
    Transform.DATE: "Tanggal",
    Transform.DECIMAL: "Angka",
    Transform.VALUE_MAP: "Padankan kata",
    Transform.URL: "Alamat web",
    Transform.CONSTANT: "Selalu sama",
}
_WORDS = (Transform.TRIM, Transform.STRIP_HTML, Transform.VALUE_MAP, Transform.CONSTANT)
TRANSFORMS: dict[str, tuple[Transform, ...]] = {
    **dict.fromkeys(TARGETS, _WORDS),
    "published_at": (Transform.DATE, Transform.CONSTANT),
    "time": (Transform.TRIM, Transform.CONSTANT),
    "title": (Transform.STRIP_HTML, Transform.TRIM),
    "text": (Transform.STRIP_HTML, Transform.TRIM),
    "url": (Transform.URL,),
    "channel": (Transform.VALUE_MAP, Transform.CONSTANT),
    "tone": (Transform.VALUE_MAP, Transform.CONSTANT),
    "reach": (Transform.DECIMAL,),
    "external_id": (Transform.TRIM,),
}
"""What each target may be made by; the first is suggested."""


@dataclass(frozen=True)
class Column:
    """One target and the columns it is read from; filled cells of several columns are joined by a space."""

    target: str
    headers: tuple[str, ...]
    transform: Transform
    argument: dict[str, str] | str = ""
    required: bool = False
    default: str = ""

    def to_dict(self) -> dict[str, Any]:
        return {
            "target": self.target,
            "headers": list(self.headers),
            "transform": self.transform.value,
            "argument": self.argument,
            "required": self.required,
            "default": self.default,
        }

    @classmethod
    def from_dict(cls, written: Any) -> Column:
        """Raises ValueError for anything that is not ours."""
        known = _exactly(written, ("target", "headers", "transform", "argument", "required", "default"))
        target, required = known["target"], known["required"]
        if target not in TARGETS or not isinstance(required, bool):
            raise ValueError(f"no such target: {target!r}")
        transform = Transform(known["transform"])
        if transform not in TRANSFORMS[target]:
            raise ValueError(f"{target} is not made by {transform}")
        return cls(
            target,
            _texts(known["headers"]),
            transform,
            _argument(transform, known["argument"]),
            required,
            _text(known["default"]),
        )


@dataclass(frozen=True)
class Mapping:
    """How one layout is read: the sheet ("" is the first that fits), its header, and a column per target."""

    sheet: str
    header_row: int
    headers: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def signature(self) -> str:
        return signature_of(self.headers)

    @property
    def complete(self) -> bool:
        """A date, and a title or a text: what an item needs."""
        filled = {c.target for c in self.columns if c.headers or c.default or c.transform is Transform.CONSTANT}
        return "published_at" in filled and not {"title", "text"}.isdisjoint(filled)

    def at(self, header_row: int) -> Mapping:
        """The same mapping of a header that stands in another row."""
        return replace(self, header_row=header_row)

    def to_dict(self) -> dict[str, Any]:
        return {
            "sheet": self.sheet,
            "header_row": self.header_row,
            "headers": list(self.headers),
            "columns": [column.to_dict() for column in self.columns],
        }

    @classmethod
    def from_dict(cls, written: Any) -> Mapping:
        """The mapping that `to_dict` told. Raises ValueError for anything unknown, foreign or too long."""
        known = _exactly(written, ("sheet", "header_row", "headers", "columns"))
        row, columns = known["header_row"], known["columns"]
        if type(row) is not int or not 0 <= row < FURTHEST_HEADER or not isinstance(columns, list):
            raise ValueError("no such header row or columns")
        headers = _texts(known["headers"])
        own = tuple(Column.from_dict(column) for column in columns)
        if len({column.target for column in own}) != len(own):
            raise ValueError("a target is named twice")
        usable = {folded(header) for header in headers} - PRIVATE
        if any(folded(header) not in usable for column in own for header in column.headers):
            raise ValueError("a column is read from a header that is not there or is private")
        return cls(_text(known["sheet"]), row, headers, own)


def suggested(layout: Layout, sheet: str = "") -> Mapping:
    """What the synonyms make of a header: the same reading as without any profile."""
    columns = tuple(
        Column(
            target,
            (layout.headers[place],),
            usual(target),
            required=target == "published_at",
        )
        for target, place in layout.columns.items()
    )
    return Mapping(sheet, layout.row, layout.headers, columns)


def in_words(mapping: Mapping) -> list[tuple[str, str]]:
    """Per target what it is read from, for people."""
    return [(TARGET_LABELS[column.target], _read_from(column)) for column in mapping.columns]


def _read_from(column: Column) -> str:
    if column.transform is Transform.CONSTANT:
        return f"selalu «{column.argument}»"
    instead = f"bila kosong «{column.default}»" if column.default else ""
    return ", ".join(part for part in (" + ".join(column.headers), instead) if part)


def usual(target: str) -> Transform:
    """A mirror has targets of its own, which are taken as they are."""
    return TRANSFORMS.get(target, (Transform.TRIM,))[0]


def with_columns(mapping: Mapping, chosen: dict[str, str]) -> Mapping:
    """The same sheet with some targets read from the columns a person chose. Raises ValueError, in Indonesian."""
    known = {folded(header): header for header in mapping.headers}
    for target, header in chosen.items():
        if target not in TARGETS:
            raise ValueError(f"Isian '{target}' tidak dikenal. Yang ada: {', '.join(TARGETS)}.")
        if folded(header) not in known or folded(header) in PRIVATE:
            raise ValueError(f"Kolom '{header}' tidak ada di lembar ini, atau berisi data pribadi.")
    own = tuple(Column(target, (known[folded(header)],), usual(target)) for target, header in chosen.items())
    return replace(mapping, columns=(*(column for column in mapping.columns if column.target not in chosen), *own))


def carried(before: Mapping, into: Mapping) -> Mapping:
    """`into`, with its targets read as `before` did wherever the columns are there too."""
    there = {folded(header) for header in into.headers}
    kept = [c for c in before.columns if c.headers and {folded(header) for header in c.headers} <= there]
    targets = {column.target for column in kept}
    return replace(into, columns=(*kept, *(column for column in into.columns if column.target not in targets)))


def signature_of(headers: Sequence[str]) -> str:
    """By what a layout is found again: the folded headers in their order, empty ones left out."""
    return hashlib.sha256("\n".join(_names(headers)).encode()).hexdigest()


@dataclass(frozen=True)
class Comparison:
    """How a header differs from the one a profile remembers."""

    missing: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    used: tuple[str, ...] = field(default=())
    """Those of the missing that the profile reads something from."""

    @property
    def same(self) -> bool:
        return not (self.missing or self.added or self.moved)

    @property
    def distance(self) -> int:
        """How far apart the two headers are."""
        return len(self.missing) + len(self.added) + len(self.moved)

    @property
    def changes(self) -> str:
        """What changed; "" when nothing did."""
        if self.same:
            return ""
        told = [("hilang", self.missing), ("baru", self.added), ("pindah tempat", self.moved)]
        changes = "; ".join(f"kolom {word}: {_listed(names)}" for word, names in told if names)
        need = f" Yang tadinya dibaca dan kini hilang: {_listed(self.used)}." if self.used else ""
        return f"{changes[:1].upper()}{changes[1:]}.{need}"

    @property
    def sentence(self) -> str:
        """What changed and what to do next; "" when nothing did."""
        if self.same:
            return ""
        return (
            f"Kolom berkas berbeda dari susunan yang dipilih. {self.changes} "
            "Periksa berkasnya, atau simpan susunan baru untuk kolom ini."
        )


def compare(mapping: Mapping, headers: Sequence[str]) -> Comparison:
    """What is missing, added or stands elsewhere, told in the words of the sheet."""
    before, now = _names(mapping.headers), _names(headers)
    words = {folded(header): header for header in (*mapping.headers, *headers)}
    missing, added = Counter(before) - Counter(now), Counter(now) - Counter(before)
    read = {folded(header) for column in mapping.columns for header in column.headers}
    kept_before, kept_now = _without(before, missing), _without(now, added)
    moved = dict.fromkeys(name for name, other in zip(kept_before, kept_now, strict=True) if name != other)
    return Comparison(
        missing=tuple(words[name] for name in missing.elements()),
        added=tuple(words[name] for name in added.elements()),
        moved=tuple(words[name] for name in moved),
        used=tuple(words[name] for name in missing if name in read),
    )


def _names(headers: Sequence[str]) -> list[str]:
    return [name for name in map(folded, headers) if name]


def _without(names: list[str], dropped: Counter[str]) -> list[str]:
    left, kept = Counter(dropped), []
    for name in names:
        if left[name] > 0:
            left[name] -= 1
        else:
            kept.append(name)
    return kept


def _listed(names: Sequence[str]) -> str:
    more = f" dan {len(names) - 8} lagi" if len(names) > 8 else ""
    return ", ".join(name[:40] for name in names[:8]) + more


def _exactly(written: Any, keys: Sequence[str]) -> Dict[str, Any]:
    if not isinstance(written, dict) or set(written) != set(keys):
        raise ValueError("not the fields of a mapping")
    return written


def _text(written: Any) -> str:
    if not isinstance(written, str) or len(written) > LONGEST:
        raise ValueError("not a short text")
    return written


def _texts(written: Any) -> tuple[str, ...]:
    if not isinstance(written, (list, tuple)) or len(written) > MOST_COLUMNS:
        raise ValueError("not a list of short texts")
    return tuple(map(_text, written))


def _argument(transform: Transform, written: Any) -> dict[str, str] | str:
    """The argument if it is one that the transform takes; nothing is allowed everywhere."""
    if written in ("", {}):
        return written
    if transform is Transform.CONSTANT:
        return _text(written)
    if transform is Transform.DATE and isinstance(written, dict) and set(written) <= {"order", "zone"}:
        if written.get("order", "") in ORDERS and written.get("zone", "") in ZONES:
            return dict(written)
    elif transform is Transform.VALUE_MAP and isinstance(written, dict) and len(written) <= MOST_WORDS:
        return {_text(key): _text(value) for key, value in written.items()}
    elif written in {Transform.DECIMAL: DECIMALS, Transform.URL: ("canonical",)}.get(transform, ()):
        return _text(written)
    raise ValueError(f"no argument for {transform}: {written!r}")
