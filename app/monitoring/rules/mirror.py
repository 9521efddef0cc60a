"""The export of SP4N-LAPOR!, as its pages of Excel come: which columns, which words, which rows, how old it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta

from app.monitoring.rules.columns import HEADER_WITHIN, Layout, folded
from app.monitoring.rules.kinds import MirrorState

FIRST = "tracking_id"
"""What the first cell of the header says, and of nothing else in the file."""

COLUMNS = {
    "tracking_id": FIRST,
    "tanggal_laporan_masuk": "published_at",
    "waktu_laporan_masuk": "time",
    "nama_pelapor": "reporter",
    "klasifikasi_laporan": "kind",
    "kategori": "category",
    "judul_laporan": "title",
    "isi_laporan_awal": "text",
    "isi_laporan_akhir": "final_text",
    "tipe_laporan": "secrecy",
    "instansi_terdisposisi": "agency",
    "status_laporan": "state",
}
KEPT = ("sumber_laporan", "instansi_induk", "alasan_tunda_arsip", "kecamatan", "kelurahan", "rating")
"""Further columns that are kept as they came. Whatever else an export holds may name a citizen and is kept nowhere."""

_WORDS = (
    ("belum_verif", MirrorState.UNVERIFIED),
    ("belum_diverif", MirrorState.UNVERIFIED),
    ("menunggu_verif", MirrorState.UNVERIFIED),
    ("belum_terverif", MirrorState.UNVERIFIED),
    ("belum", MirrorState.UNANSWERED),
    ("tunda", MirrorState.POSTPONED),
    ("arsip", MirrorState.ARCHIVED),
    ("selesai", MirrorState.DONE),
    ("ditutup", MirrorState.DONE),
    ("proses", MirrorState.IN_PROCESS),
    ("sedang", MirrorState.IN_PROCESS),
    ("ditindaklanjuti", MirrorState.IN_PROCESS),
)
_HIDDEN = ("anonim", "rahasia")
_NUMBER = re.compile(r"^(\d{1,18})(?:\.0+)?$")
_DATED = re.compile(
    r"\b(?:(?:tanggal|tgl|waktu) (?:unduh|cetak|ekspor|export|tarik)\w*|di(?:unduh|cetak|ekspor|tarik)|per)\b", re.I
)
_RANGE = re.compile(r"\b(?:s\.?/?d\.?|sampai|hingga)\b", re.I)
SHORTEST_NAME = 4


def state_of(word: str) -> MirrorState:
    """What a status says; the list of SP4N-LAPOR! is open, and a word that is not known is UNKNOWN."""
    said = folded(word)
    return next((state for part, state in _WORDS if part in said), MirrorState.UNKNOWN)


def tracking_id(written: str) -> str:
    """The digits of a Tracking ID, `5049672.0` too; empty for a footer, which has none."""
    found = _NUMBER.match(written.strip())
    return found[1] if found else ""


def is_hidden(secrecy: str) -> bool:
    """Whether the reporter asked to stay unknown: Anonim, Rahasia, or both."""
    said = folded(secrecy)
    return any(word in said for word in _HIDDEN)


def layout_of(rows: Sequence[Sequence[object]]) -> Layout | None:
    """The header of the export below its information block, columns by name; None when this is another file."""
    for number, row in enumerate(rows[:HEADER_WITHIN]):
        if row and folded(row[0]) == FIRST:
            headers = tuple(" ".join(str(cell if cell is not None else "").split())[:80] for cell in row)
            return Layout(number, headers, _columns(headers))
    return None


def missing(layout: Layout) -> list[str]:
    """The names of columns without which no row can be taken."""
    wanted = {"published_at": "Tanggal Laporan Masuk", "state": "Status Laporan"}
    lacking = [name for target, name in wanted.items() if target not in layout.columns]
    if {"title", "text", "final_text"}.isdisjoint(layout.columns):
        lacking.append("Judul Laporan")
    return lacking


def _columns(headers: Sequence[str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for place, header in enumerate(headers):
        target = COLUMNS.get(folded(header))
        if target is None and folded(header).startswith("tipe_laporan"):
            target = "secrecy"
        if target:
            columns.setdefault(target, place)
    return columns


def age_lines(rows: Sequence[Sequence[object]]) -> Iterator[str]:
    """What stands in the information block behind «Tanggal unduh», «Dicetak», «per»: candidates for the age."""
    for row in rows:
        line = " ".join(" ".join(str(cell).split()) for cell in row if cell is not None)
        found = _DATED.search(line)
        if found and not _RANGE.search(line):
            yield line[found.end() :].lstrip(" :")


def without_name(text: str, name: str) -> str:
    """The words of a complaint without the full name of who reported it."""
    name = " ".join(name.split())
    if len(name) < SHORTEST_NAME or folded(name) in _HIDDEN:
        return text
    written = r"\s+".join(map(re.escape, name.split(" ")))
    return re.sub(rf"(?<!\w){written}(?!\w)", "(pelapor)", text, flags=re.I)


def status_told(state: MirrorState, raw: str) -> str:
    """The status as pages say it: its label, with the raw word where that is not known."""
    if state is not MirrorState.UNKNOWN:
        return state.label
    return f"{state.label}: “{raw}”" if raw else state.label


def age_told(age: timedelta) -> str:
    """How old data is, in one word more than a number: «5 jam», «3 hari»."""
    hours = int(age.total_seconds() // 3600)
    if hours < 1:
        return "kurang dari 1 jam"
    return f"{hours} jam" if hours < 48 else f"{hours // 24} hari"
