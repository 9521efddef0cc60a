"""How a task's own history tells what happened: one Indonesian sentence per event, after the actor's name."""

from collections.abc import Callable


def task_sentence(kind: str, before: dict | None, after: dict | None) -> str:
    """What the actor did, to be read after the name: «menerima tugas ini.»"""
    tell = SENTENCES.get(kind.partition(".")[2])
    return tell(before or {}, after or {}) if tell else "mencatat perubahan."


def _opened(_before: dict, after: dict) -> str:
    due = f", tenggat {after['due']}" if after.get("due") else ""
    return f"meminta {after.get('opd', 'OPD')} mengerjakan tugas ini{due}."


def _submitted(_before: dict, after: dict) -> str:
    if after.get("outside"):
        return f"mengajukan jawaban {after['outside']}."
    if after.get("approver"):
        return f"mengajukan hasilnya dengan persetujuan {after['approver']} (dasar: {after.get('basis', '')})."
    return "mengajukan hasilnya sendiri karena OPD belum punya narahubung." if after.get("alone") else (
        "mengajukan dan menyetujui hasilnya.")  # fmt: skip


BETWEEN = {"WhatsApp": "WhatsApp dengan", "Surat": "surat untuk", "Jawaban instansi": "jawaban dari"}
"""How a way of reaching an outside body stands before whom it concerns; the others are «telepon dengan»."""


def _contacted(_before: dict, after: dict) -> str:
    file = f", dengan berkas {after['file']}" if after.get("file") else ""
    way, whom = after.get("way", "Hubungan"), after.get("whom", "-")
    between = BETWEEN.get(way, f"{way[0].lower()}{way[1:]} dengan")
    return f"mencatat {between} {whom}, {after.get('when', '')}{file}."


def _due(before: dict, after: dict) -> str:
    earlier = f" dari {before['due']}" if before.get("due") else ""
    return f"mengubah tenggat{earlier} menjadi {after.get('due', '-')}."


def _assigned(_before: dict, after: dict) -> str:
    return f"menunjuk {after['seat']} sebagai pemegang." if after.get("seat") else "melepas pemegang tugas."


def _always(text: str) -> Callable[[dict, dict], str]:
    return lambda _before, _after: text


SENTENCES: dict[str, Callable[[dict, dict], str]] = {
    "open": _opened,
    "take_on": _always("menerima dan mulai mengerjakan."),
    "submit": _submitted,
    "hold": lambda before, after: f"menunda sampai {after.get('until', 'waktu yang disebut')}.",
    "resume": _always("melanjutkan pengerjaan."),
    "accept": _always("menerima hasil tugas ini."),
    "rework": _always("meminta perbaikan."),
    "rule": lambda before, after: f"menetapkan {after.get('opd', 'OPD')} yang mengerjakan.",
    "reroute": lambda before, after: f"menyerahkan tugas ini ke {after.get('opd', 'OPD lain')}.",
    "object": lambda before, after: (
        f"menyampaikan bukan kewenangannya, mengusulkan {after.get('proposed', 'OPD lain')}."
    ),
    "drop": _always("melepas tugas ini."),
    "reopen": _always("membuka kembali tugas ini."),
    "handover": lambda before, after: (
        f"menyerahterimakan tugas ini dari {after.get('from', 'petugas lama')} kepada {after.get('to', 'pengganti')}."
    ),
    "note": _always("menulis catatan."),
    "file": lambda before, after: f"melampirkan {after.get('file', 'berkas')}.",
    "contact": _contacted,
    "contact_opd": lambda before, after: f"menetapkan {after.get('opd', 'OPD')} sebagai kontak dalam.",
    "assign": _assigned,
    "due": _due,
    "remind": lambda before, after: (
        f"mengingatkan {after.get('opd', 'OPD')}: {after.get('step', 75)} % waktu {after.get('what', '')} terpakai."
    ),
    "moved_away": _always("menyampaikan sudah pindah tugas; perlu penunjukan baru."),
}
