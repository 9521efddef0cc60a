"""What a sheet of people would change, row by row, against what there is. No Flask, no SQL."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from app.desk.rules.people_rows import COLUMNS, PERSON_COLUMNS, SEAT_COLUMNS, folded, values_of
from app.people.rules import Role, SeatKind, clean_email


class Fate(StrEnum):
    """What happens to a row when the sheet is applied."""

    NEW_PERSON = "new_person"
    NEW_SEAT = "new_seat"
    CHANGED = "changed"
    SAME = "same"
    ASK = "ask"
    ERROR = "error"

    @property
    def label(self) -> str:
        return FATE_LABELS[self]


FATE_LABELS = {
    Fate.NEW_PERSON: "Orang baru",
    Fate.NEW_SEAT: "Penunjukan baru",
    Fate.CHANGED: "Berubah",
    Fate.SAME: "Tetap",
    Fate.ASK: "Perlu jawaban",
    Fate.ERROR: "Belum bisa diterapkan",
}


@dataclass(frozen=True)
class KnownPerson:
    id: int
    name: str
    email: str
    phone: str
    nip: str
    rank: str
    position: str
    shared: bool
    active: bool = True


@dataclass(frozen=True)
class KnownSeat:
    id: int
    person_id: int
    person: str
    opd_id: int
    role: Role
    kind: SeatKind
    basis: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True)
class KnownOpd:
    id: int
    code: str
    name: str
    short: str
    abbreviations: tuple[str, ...] = ()


@dataclass
class Known:
    """What there is before the sheet: active OPDs, persons, and seats that are not ended."""

    opds: Sequence[KnownOpd]
    persons: Sequence[KnownPerson]
    seats: Sequence[KnownSeat]

    def __post_init__(self) -> None:
        self.by_email = {person.email: person for person in self.persons}
        self.by_nip: dict[str, list[KnownPerson]] = {}
        for person in self.persons:
            if person.nip:
                self.by_nip.setdefault(person.nip, []).append(person)
        self.by_word: dict[str, list[KnownOpd]] = {}
        for opd in self.opds:
            for word in {folded(word) for word in (opd.code, opd.name, opd.short, *opd.abbreviations)}:
                self.by_word.setdefault(word, []).append(opd)
        self.of_place: dict[tuple[int, Role], list[KnownSeat]] = {}
        for seat in self.seats:
            self.of_place.setdefault((seat.opd_id, seat.role), []).append(seat)

    def opds_like(self, text: str) -> list[KnownOpd]:
        """The one of exactly that name, code or abbreviation; else those whose name holds these words."""
        word = folded(text)
        exact = self.by_word.get(word, [])
        if exact or not word:
            return exact
        parts = set(word.split()) - {"dinas", "badan", "kab", "kabupaten", "kukar", "kutai", "kartanegara", "dan"}
        near = [opd for opd in self.opds if parts and parts <= set(folded(opd.name).split())]
        return near[:8]


@dataclass
class Line:
    """One row of the preview."""

    number: int
    row: dict[str, Any]
    fate: Fate = Fate.ERROR
    says: list[str] = field(default_factory=list)
    person: dict[str, Any] = field(default_factory=dict)
    seat: dict[str, Any] = field(default_factory=dict)
    role: Role | None = None
    opd: KnownOpd | None = None
    person_id: int | None = None
    seat_id: int | None = None
    candidates: list[KnownOpd] = field(default_factory=list)
    holders: list[KnownSeat] = field(default_factory=list)

    @property
    def row_email(self) -> str:
        return clean_email(self.row.get("email") or "")

    @property
    def writes(self) -> bool:
        return self.fate in (Fate.NEW_PERSON, Fate.NEW_SEAT, Fate.CHANGED)

    def refuse(self, *sentences: str) -> Line:
        self.fate, self.says = Fate.ERROR, list(sentences)
        return self


def plan(rows: Sequence[dict[str, Any]], known: Known, answers: dict[str, str]) -> list[Line]:
    """What each row would do to what is there now; the same rows against their own result all stay as they are.

    `answers` are "opd-<line>" → code: an OPD that could be several is asked about, never guessed.
    """
    lines: list[Line] = []
    seen = _Seen()
    for row in rows:
        line = Line(row["line"], row)
        values, wrong = values_of(row)
        lines.append(line.refuse(*wrong) if wrong else _planned(line, values, known, answers, seen))
    return lines


class _Seen:
    """What earlier rows of the same sheet said."""

    def __init__(self) -> None:
        self.people: dict[str, tuple[int, str, str]] = {}
        self.nips: dict[str, tuple[int, str]] = {}
        self.places: dict[tuple[str, int, Role], int] = {}


def _planned(line: Line, values: dict, known: Known, answers: dict[str, str], seen: _Seen) -> Line:
    opd = _opd_of(line, known, answers)
    if opd is None:
        return line
    line.opd, line.role = opd, values["role"]
    person = _person_of(line, values, known)
    if line.says or (trouble := _repeats(line, values, seen)):
        return line if line.says else line.refuse(trouble)
    changed = _person_changes(person, values)
    first = values["email"] not in seen.people
    seen.people.setdefault(values["email"], (line.number, values["name"], values.get("nip", "")))
    if values.get("nip"):
        seen.nips.setdefault(values["nip"], (line.number, values["email"]))
    if person is None:
        line.fate = Fate.NEW_PERSON if first else Fate.NEW_SEAT
        line.person = {name: values[name] for name in PERSON_COLUMNS if name in values}
        line.says.append(
            "orang baru" if first else f"penunjukan kedua orang di baris {seen.people[values['email']][0]}"
        )
    else:
        line.person_id = person.id
        if not person.active:
            return line.refuse(f"Akun {person.name} dinonaktifkan. Aktifkan dulu di halaman orangnya.")
        line.person = changed if first else {}
        line.says.extend(_told_changes(person, line.person))
    _plan_seat(line, values, known)
    if line.fate is Fate.ERROR and not line.says:
        line.fate, line.says = Fate.SAME, ["sudah tercatat"]
    elif line.fate is Fate.ERROR:
        line.fate = Fate.CHANGED
    return line


def _opd_of(line: Line, known: Known, answers: dict[str, str]) -> KnownOpd | None:
    text = line.row.get("opd") or ""
    found = known.opds_like(text)
    chosen = answers.get(f"opd-{line.number}")
    if chosen and len(found) != 1:
        picked = [opd for opd in found if opd.code == chosen]
        if picked:
            return picked[0]
    if len(found) == 1 and folded(text) in known.by_word:
        return found[0]
    if found:
        line.fate, line.candidates = Fate.ASK, found
        line.says = [f"OPD “{text}” dapat berarti beberapa; pilih yang dimaksud"]
        if chosen and any(opd.code == chosen for opd in found):
            line.says, line.candidates = [], []
            return next(opd for opd in found if opd.code == chosen)
        return None
    line.refuse(f"OPD “{text}” tidak dikenal. Pakai kode, nama, atau singkatannya." if text else "Isi OPD-nya.")
    return None


def _person_of(line: Line, values: dict, known: Known) -> KnownPerson | None:
    """NIP and e-mail identify a person; where they name two different ones, nobody is guessed."""
    by_email = known.by_email.get(values["email"])
    same_nip = known.by_nip.get(values.get("nip", ""), [])
    if len(same_nip) > 1 and by_email not in same_nip:
        line.refuse("NIP ini tercatat pada dua orang. Perbaiki dulu di daftar orang.")
    elif by_email and same_nip and by_email not in same_nip:
        line.refuse(f"Email ini milik {by_email.name}, tetapi NIP-nya milik {same_nip[0].name}.")
    elif by_email and values.get("nip") and by_email.nip and by_email.nip != values["nip"]:
        line.refuse(f"Email ini milik {by_email.name} dengan NIP lain.")
    return by_email or (same_nip[0] if same_nip else None)


def _repeats(line: Line, values: dict, seen: _Seen) -> str:
    """Why a row contradicts an earlier one of the same sheet."""
    assert line.opd is not None and line.role is not None
    before = seen.people.get(values["email"])
    if before and (before[1] != values["name"] or before[2] != values.get("nip", "")):
        return f"Nama atau NIP berbeda dari baris {before[0]} dengan email yang sama."
    twin = seen.nips.get(values.get("nip", ""))
    if twin and twin[1] != values["email"]:
        return f"NIP sama dengan baris {twin[0]}, tetapi emailnya lain."
    place = (values["email"], line.opd.id, line.role)
    if place in seen.places:
        return f"Baris ini mengulang baris {seen.places[place]}."
    seen.places[place] = line.number
    return ""


def _person_changes(person: KnownPerson | None, values: dict) -> dict[str, Any]:
    if person is None:
        return {}
    stated = {name: values[name] for name in PERSON_COLUMNS if name in values}
    return {name: value for name, value in stated.items() if value != getattr(person, name)}


def _told_changes(person: KnownPerson, changed: dict[str, Any]) -> list[str]:
    told = []
    for name, value in changed.items():
        before = getattr(person, name)
        label = COLUMNS[name].removesuffix(" lengkap dengan gelar").lower().replace("nip", "NIP")
        told.append(f"{label} {before or 'kosong'} → {value}" if name != "shared" else "menjadi email bersama")
    return told


def _plan_seat(line: Line, values: dict, known: Known) -> None:
    assert line.opd is not None and line.role is not None
    holders = known.of_place.get((line.opd.id, line.role), [])
    mine = next((seat for seat in holders if seat.person_id == line.person_id), None)
    stated = {name: values[name] for name in SEAT_COLUMNS if name in values}
    if mine is None:
        if line.fate is Fate.ERROR:
            line.fate = Fate.NEW_SEAT
        line.seat, line.holders = stated, list(holders)
        kind = values.get("kind", SeatKind.DEFINITIF).label
        line.says.append(f"penunjukan baru: {line.role.label} {line.opd.short}, {kind}")
        return
    line.seat_id = mine.id
    line.seat = {name: value for name, value in stated.items() if value != getattr(mine, name)}
    starts, ends = line.seat.get("starts_on", mine.starts_on), line.seat.get("ends_on", mine.ends_on)
    if ends and ends < starts:
        line.refuse("Hari terakhir mendahului hari pertama penunjukannya.")
        return
    for name, value in line.seat.items():
        shown = (
            value.label if isinstance(value, SeatKind) else f"{value:%d-%m-%Y}" if isinstance(value, date) else value
        )
        line.says.append(f"{COLUMNS[name].lower()} menjadi {shown}")


def print_of(lines: Sequence[Line]) -> str:
    """Changes whenever the preview would say something else."""
    told = [(line.number, line.fate, line.says, line.opd.code if line.opd else "") for line in lines]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()
