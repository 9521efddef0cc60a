"""A sheet of people: which column is what, and what each row would change. No Flask, no SQL."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from app.core.clock import MONTHS
from app.core.words import one_line
from app.people.rules import Role, SeatKind, clean_email, is_email

MOST_ROWS = 2000
HEADER_WITHIN = 20
COLUMNS = {
    "name": "Nama lengkap dengan gelar",
    "nip": "NIP",
    "rank": "Pangkat",
    "position": "Jabatan",
    "opd": "OPD",
    "role": "Peran",
    "kind": "Jenis penunjukan",
    "basis": "Dasar penunjukan",
    "starts_on": "Mulai",
    "ends_on": "Sampai",
    "phone": "Telepon",
    "email": "Email",
    "shared": "Email bersama",
}
"""The columns, as the template names them; also those of the rows that were not taken."""

SYNONYMS = {
    "name": "nama, nama lengkap, nama lengkap dan gelar, nama pegawai, nama pejabat, nama petugas, name",
    "nip": "nip, nip baru, nomor induk pegawai",
    "rank": "pangkat, pangkat golongan, pangkat gol, pangkat gol ruang, golongan, gol, rank",
    "position": "jabatan, nama jabatan, position",
    "opd": "opd, perangkat daerah, skpd, instansi, unit kerja, dinas, kode opd, nama opd, asal instansi",
    "role": "peran, sebagai, tugas, role, penunjukan sebagai, ditunjuk sebagai",
    "kind": "jenis, jenis penunjukan, status penunjukan, status",
    "basis": "dasar, dasar penunjukan, sk, nomor sk, no sk, dasar hukum",
    "starts_on": "mulai, tmt, berlaku mulai, hari pertama, sejak, mulai tanggal",
    "ends_on": "sampai, berakhir, berlaku sampai, hari terakhir, selesai, sampai dengan, s d",
    "phone": "telepon, telp, hp, no hp, nomor hp, no telepon, nomor telepon, wa, whatsapp, no wa, nomor wa, kontak",
    "email": "email, e mail, alamat email, surel, alamat surel",
    "shared": "email bersama, kotak bersama, bersama",
}
LONGEST = {"name": 200, "nip": 40, "rank": 80, "position": 200, "basis": 200, "phone": 40, "email": 254}
ROLES = {
    "narahubung": Role.NARAHUBUNG, "liaison": Role.NARAHUBUNG, "admin opd": Role.ADMIN_OPD, "admin": Role.ADMIN_OPD,
    "operator opd": Role.ADMIN_OPD, "pimpinan": Role.PIMPINAN,
}  # fmt: skip
KINDS = {
    "": None, "definitif": SeatKind.DEFINITIF, "tetap": SeatKind.DEFINITIF, "plt": SeatKind.PLT,
    "pelaksana tugas": SeatKind.PLT, "plh": SeatKind.PLH, "pelaksana harian": SeatKind.PLH,
    "sementara": SeatKind.SEMENTARA,
}  # fmt: skip
YES, NO = ("ya", "y", "1", "bersama", "true", "v", "x"), ("", "tidak", "t", "0", "false", "-")
NEEDED = ("name", "email", "opd")
NO_HEADER = (
    "Kolom Nama, Email, dan OPD tidak ditemukan di 20 baris pertama. Beri nama kolomnya seperti pada lembar contoh."
)
PERSON_COLUMNS = ("name", "email", "phone", "nip", "rank", "position", "shared")
SEAT_COLUMNS = ("kind", "basis", "starts_on", "ends_on")


def folded(text: str) -> str:
    """Lower case, letters and digits only, one space between words."""
    return " ".join(re.sub(r"[^0-9a-z]+", " ", text.casefold()).split())


_FIELD_OF = {folded(word): name for name, words in SYNONYMS.items() for word in words.split(",")} | {
    folded(label): name for name, label in COLUMNS.items()
}


def header_of(cells: Sequence[str]) -> dict[str, int]:
    """Field → place, for a line that is a header; the first column of a field counts."""
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        name = _FIELD_OF.get(folded(cell))
        if name:
            found.setdefault(name, place)
    return found if all(name in found for name in NEEDED) else {}


def rows_of(lines: Iterable[tuple[str, int, Sequence[str]]]) -> list[dict[str, Any]]:
    """The rows below the first header, as {"line", field: text}; empty when no sheet has one.

    `lines` are (sheet, line number, cells).
    """
    header: dict[str, int] = {}
    chosen, rows = "", []
    seen: dict[str, int] = {}
    for sheet, number, cells in lines:
        seen[sheet] = seen.get(sheet, 0) + 1
        if not header and seen[sheet] <= HEADER_WITHIN:
            header, chosen = header_of(cells), sheet
        elif header and sheet == chosen and any(cells):
            read = {name: one_line(cells[place]) for name, place in header.items() if place < len(cells)}
            if any(read.values()) and header_of(cells) != header:
                rows.append({"line": number, **read})
    return rows


# ── one row ────────────────────────────────────────────────────────────


def values_of(row: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """What a row says, and a sentence for each thing that cannot be so. What is empty is not among the values."""
    values: dict[str, Any] = {}
    wrong: list[str] = []
    for name, read in _READERS.items():
        try:
            value = read(row.get(name) or "")
        except ValueError as error:
            wrong.append(str(error))
        else:
            if value not in (None, ""):
                values[name] = value
    for name, most in LONGEST.items():
        if len(str(values.get(name, ""))) > most:
            wrong.append(f"{COLUMNS[name]} terlalu panjang: paling banyak {most} huruf.")
    if values.get("ends_on") and values.get("starts_on") and values["ends_on"] < values["starts_on"]:
        wrong.append("Hari terakhir mendahului hari pertama.")
    return values, wrong


def _name(text: str) -> str:
    if not text:
        raise ValueError("Isi namanya.")
    return text


def _email(text: str) -> str:
    address = clean_email(text)
    if not is_email(address):
        raise ValueError("Email belum lengkap, misalnya nama@kukarkab.go.id." if text else "Isi alamat emailnya.")
    return address


def _nip(text: str) -> str:
    plain = re.sub(r"[\s.\-']", "", text)
    if re.fullmatch(r"\d[.,]?\d*[eE]\+?\d+", text.strip()) or (len(plain) >= 17 and plain.endswith("0000")):
        raise ValueError("NIP dibulatkan Excel. Jadikan kolom NIP bertipe Teks, ketik ulang, lalu unggah lagi.")
    if plain.isdigit() and 15 <= len(plain) != 18:
        raise ValueError(f"NIP terdiri dari 18 angka; ini {len(plain)} angka.")
    return plain if plain.isdigit() else text


def _phone(text: str) -> str:
    """Excel drops the leading zero of a number."""
    return f"0{text}" if re.fullmatch(r"8\d{8,11}", text) else text


def _role(text: str) -> Role:
    role = ROLES.get(folded(text))
    if role is None:
        raise ValueError("Isi peran: narahubung atau admin OPD. Petugas Diskominfo ditambah satu per satu.")
    return role


def _kind(text: str) -> SeatKind | None:
    if folded(text) not in KINDS:
        raise ValueError("Jenis penunjukan: Definitif, Plt., Plh., atau Sementara.")
    return KINDS[folded(text)]


def _shared(text: str) -> bool | None:
    if folded(text) in YES:
        return True
    if folded(text) in NO or text in NO:
        return None
    raise ValueError("Email bersama diisi ya, atau dikosongkan.")


_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?")
_DAY = re.compile(r"(\d{1,2})[/.\- ]+(\d{1,2}|[A-Za-z]{3,})[/.\- ]+(\d{4})")
_MONTHS = {month[:3].casefold(): number for number, month in enumerate(MONTHS, 1)} | {
    "may": 5, "aug": 8, "agt": 8, "oct": 10, "dec": 12,
}  # fmt: skip


def day_of(text: str) -> date | None:
    """2026-12-31, 31/12/2026, 31 Des 2026. Raises ValueError with a sentence."""
    if not text:
        return None
    try:
        if match := _ISO.fullmatch(text):
            return date(*(int(part) for part in match.groups()))
        if match := _DAY.fullmatch(text):
            day, month, year = match.groups()
            number = int(month) if month.isdigit() else _MONTHS[month[:3].casefold()]
            return date(int(year), number, int(day))
    except (ValueError, KeyError):
        pass
    raise ValueError(f"Tanggal “{text[:20]}” tidak dikenali. Tulis seperti 31-12-2026.")


_READERS: dict[str, Callable[[str], Any]] = {
    "name": _name, "email": _email, "nip": _nip, "phone": _phone, "rank": str, "position": str, "role": _role,
    "kind": _kind, "basis": str, "starts_on": day_of, "ends_on": day_of, "shared": _shared,
}  # fmt: skip


# ── what would happen ──────────────────────────────────────────────────


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
