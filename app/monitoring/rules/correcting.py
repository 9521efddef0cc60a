"""A rejected row as a person corrects it: a cell per column, and what a cell that was left alone stands for."""

from __future__ import annotations

from collections.abc import Mapping as Dict
from dataclasses import dataclass
from enum import StrEnum

from app.core.words import plain
from app.monitoring.rules.columns import PRIVATE, folded, layout_of
from app.monitoring.rules.kinds import RunState, SourceKind
from app.monitoring.rules.mapping import TARGET_LABELS, Mapping, suggested
from app.monitoring.rules.shield import MASKS

NEEDED = {"published_at": "Tanggal", "title": "Judul"}
"""Columns that a row without a profile is offered when it has none of that kind."""


@dataclass(frozen=True)
class Cell:
    """A column of the row: what is shown of it, what it is read as, and whether something in it is masked."""

    header: str
    shown: str
    read_as: str
    masked: bool

    @property
    def name(self) -> str:
        """What its field is called: columns are told apart by their folded headers, as the reader does."""
        return f"sel_{folded(self.header)}"


def mapping_of(raw: Dict[str, str], remembered: Mapping | None) -> Mapping:
    """How the row is read: as its profile says, else as the synonyms suggest for the cells that it has."""
    if remembered:
        return remembered
    headers = list(raw)
    known = layout_of([headers])
    found = known.columns if known else {}
    headers += [header for target, header in NEEDED.items() if target not in found]
    layout = layout_of([headers])
    return suggested(layout) if layout else Mapping("", 0, tuple(headers), ())


def cells_of(raw: Dict[str, str], hidden: Dict[str, str], mapping: Mapping) -> list[Cell]:
    """Every column that may be filled, each once; those that reach a citizen are kept nowhere and left out."""
    labels: dict[str, list[str]] = {}
    for column in mapping.columns:
        for header in column.headers:
            labels.setdefault(folded(header), []).append(TARGET_LABELS[column.target])
    headers = {folded(header): header for header in (*raw, *mapping.headers)}
    return [
        Cell(header, raw.get(header, ""), ", ".join(labels.get(name, ())), header in hidden)
        for name, header in headers.items()
        if name and name not in PRIVATE
    ]


def changed(cell: Cell, typed: str) -> bool:
    """Whether a person wrote something else; what a browser does to spaces and lines is nothing else."""
    return " ".join(plain(typed).split()) != " ".join(plain(cell.shown).split())


def masks_in(typed: str) -> str:
    """The masks that a text holds, in words; "" for none."""
    return ", ".join(mask for mask in MASKS.values() if mask in typed)


def meant(cells: list[Cell], typed: Dict[str, str], hidden: Dict[str, str]) -> dict[str, str]:
    """The row as it shall be read: what was typed, and behind a mask that was left alone the words as they came."""
    return {
        cell.header: typed[cell.name]
        if cell.name in typed and changed(cell, typed[cell.name])
        else hidden.get(cell.header, cell.shown)
        for cell in cells
    }


class Settled(StrEnum):
    """What became of a rejected row afterwards."""

    NEW = "new"
    REPEATED = "repeated"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        return {"new": "Diperbaiki, masuk sebagai baru", "repeated": "Diperbaiki, ternyata berulang"}.get(
            self, "Dibuang"
        )


WHOLE_FILE = "Yang ditolak seluruh berkasnya, bukan satu baris. Perbaiki berkasnya, lalu unggah lagi."
AT_ITS_SOURCE = (
    "Baris ini tidak bisa diperbaiki di sini. Perbaiki di sumbernya; kiriman berikutnya dibaca seperti biasa."
)
STILL_READ = "Berkasnya masih dibaca. Tunggu sampai selesai, lalu buka baris ini lagi."
TAKEN_BACK = "Pembacaan ini diurungkan. Unggah berkasnya lagi bila memang perlu."


def hindrance(kind: SourceKind, state: RunState, row_no: int, *, mirror: bool) -> str:
    """Why a row cannot be corrected here, and what to do instead; "" when it can."""
    if state not in (RunState.DONE, RunState.REFUSED):
        return TAKEN_BACK if state is RunState.UNDONE else STILL_READ
    if kind is not SourceKind.SHEET or mirror:
        return AT_ITS_SOURCE
    return "" if row_no else WHOLE_FILE
