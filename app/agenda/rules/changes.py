"""What has changed since a rakor's material was frozen, in sentences."""

from collections.abc import Iterable, Iterator
from typing import Any

MEETING = {
    "topic": "Topik", "starts_at": "Waktu", "place": "Tempat", "chair": "Pimpinan rapat", "secretary": "Sekretaris",
    "note_taker": "Notulis",
}  # fmt: skip
MATTER = {
    "title": "judul", "question": "yang diminta", "background": "latar", "cause": "akar masalah",
    "lead": "OPD pengampu", "stage": "tahap", "target": "target", "indicator": "indikator", "instrument": "instrumen",
    "spokesperson": "juru bicara", "narrative": "narasi", "alerts": "jumlah pantauan", "position": "urutan",
    "notes": "kesepakatan",
}  # fmt: skip
PLAN = {"progress": "kemajuan", "due_on": "target waktu", "text": "isi", "opd": "OPD pengampu"}
SHORT = 60


def since(frozen: dict[str, Any], fresh: dict[str, Any]) -> list[str]:
    """Every difference as a sentence; none when nothing has changed."""
    return [
        *(_changed(f"{label}", frozen["rakor"][name], fresh["rakor"][name]) for name, label in MEETING.items()
          if frozen["rakor"][name] != fresh["rakor"][name]),
        *_guests(frozen["guests"], fresh["guests"]),
        *_rows("Perkara", frozen["matters"], fresh["matters"], MATTER, "title"),
        *_ticket_states(frozen["matters"], fresh["matters"]),
        *_rows("Rencana", frozen["plans"], fresh["plans"], PLAN, "text"),
    ]  # fmt: skip


def _guests(before: list[dict], now: list[dict]) -> Iterator[str]:
    old, new = {row["code"]: row["short"] for row in before}, {row["code"]: row["short"] for row in now}
    yield from (f"{new[code]} diundang." for code in new if code not in old)
    yield from (f"{old[code]} tidak lagi diundang." for code in old if code not in new)


def _rows(what: str, before: list[dict], now: list[dict], labels: dict[str, str], title: str) -> Iterator[str]:
    old, new = {row["id"]: row for row in before}, {row["id"]: row for row in now}
    yield from (f"{what} baru: {_cut(new[key][title])}." for key in new if key not in old)
    yield from (f"{what} tidak ada lagi: {_cut(old[key][title])}." for key in old if key not in new)
    for key in (key for key in new if key in old):
        for name in _different(old[key], new[key], labels):
            yield f"{what} «{_cut(new[key][title])}»: " + _words(labels[name], old[key][name], new[key][name])


def _ticket_states(before: list[dict], now: list[dict]) -> Iterator[str]:
    old = {row["id"]: row for matter in before for row in matter.get("tickets", ())}
    for row in (row for matter in now for row in matter.get("tickets", ())):
        if row["id"] in old and old[row["id"]]["state"] != row["state"]:
            yield f"Tiket #{row['id']:04d}: {old[row['id']]['state']} → {row['state']}."


def _different(old: dict, new: dict, names: Iterable[str]) -> Iterator[str]:
    return (name for name in names if old.get(name) != new.get(name))


def _changed(label: str, old: Any, new: Any) -> str:
    return f"{label}: {_cut(old)} → {_cut(new)}."


def _words(label: str, old: Any, new: Any) -> str:
    if isinstance(old, list) or len(str(old)) > SHORT or len(str(new)) > SHORT:
        return f"{label} diubah."
    return f"{label} {_cut(old)} → {_cut(new)}."


def _cut(value: Any) -> str:
    words = str(value) if value not in (None, "") else "kosong"
    return words if len(words) <= SHORT else words[: SHORT - 1].rstrip() + "…"
