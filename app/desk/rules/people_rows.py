"""The rows of a sheet of people: which column is what, and what a row says. No Flask, no SQL."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
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
