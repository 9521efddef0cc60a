"""How history tells what happened: one Indonesian sentence per event, after the actor's name."""

from app.tickets.rules.life import Level


def sentence(kind: str, before: dict | None, after: dict | None, *, inside: bool = False) -> str:
    """What the actor did, to be read after the name: «menunda sampai Kam 26 Nov, 15.20.»

    `inside` says that the reader belongs to Diskominfo, where Krisis has its name; elsewhere it reads
    Sangat segera.
    """
    tell = SENTENCES.get(kind.partition(".")[2])
    return tell(before or {}, after or {}, inside) if tell else "mencatat perubahan."


def _opened(_before: dict, after: dict, _inside: bool) -> str:
    alerts = after.get("alerts")
    return f"membuka tiket dari {alerts} pantauan." if alerts else "membuka tiket."


def _merged(_before: dict, after: dict, _inside: bool) -> str:
    return f"menggabungkan {after.get('alerts', 1)} pantauan ke tiket ini."


def _forwarded(_before: dict, after: dict, _inside: bool) -> str:
    basis = f" Dasar penetapan: {after['basis']}." if after.get("basis") else ""
    return f"meneruskan ke {after.get('opd', 'OPD')}.{basis}"


def _objected(_before: dict, after: dict, _inside: bool) -> str:
    return f"menyampaikan bukan kewenangannya, mengusulkan {after.get('proposed', 'OPD lain')}."


def _submitted(_before: dict, after: dict, _inside: bool) -> str:
    return f"mengajukan {_answer(after)} untuk disetujui."


def _approved(_before: dict, after: dict, _inside: bool) -> str:
    changed = " setelah memperbaikinya" if after.get("corrected") else ""
    if after.get("approver"):
        return f"mencatat persetujuan {after['approver']} (dasar: {after.get('basis', '')})."
    if after.get("stands_in"):
        return "menyetujui jawaban karena OPD belum punya narahubung."
    return f"menyetujui jawaban{changed}."


def _answered(_before: dict, after: dict, _inside: bool) -> str:
    return f"mengajukan dan menyetujui {_answer(after)}."


def _answer(after: dict) -> str:
    return "pernyataan awal" if after.get("answer_kind") == "first_statement" else "jawaban"


def _resolved(_before: dict, after: dict, _inside: bool) -> str:
    alone = " Ditelaah oleh penulisnya sendiri karena operator lain tidak ada." if after.get("alone") else ""
    outcome = f": {after['outcome'].lower()}" if after.get("outcome") else ""
    return f"menyatakan selesai{outcome}.{alone}"


def _budget(_before: dict, after: dict, _inside: bool) -> str:
    return f"menandai menunggu anggaran {after.get('year', '')} ({after.get('kind', '')})."


def _referred(_before: dict, after: dict, _inside: bool) -> str:
    return f"menyerahkan ke {after.get('body', 'instansi lain')}, nomor {after.get('reference', '-')}."


def _reopened(_before: dict, after: dict, _inside: bool) -> str:
    return "membuka kembali tiket." if after.get("state") != "new" else "membuka kembali tiket untuk diteruskan lagi."


def _assigned(_before: dict, after: dict, _inside: bool) -> str:
    return f"menunjuk {after['seat']} sebagai pemegang." if after.get("seat") else "melepas pemegang tiket."


def _levelled(before: dict, after: dict, inside: bool) -> str:
    return f"mengubah tingkat dari {_level(before, inside)} menjadi {_level(after, inside)}."


def _level(side: dict, inside: bool) -> str:
    level = Level(side.get("level", Level.BIASA))
    return (level if inside else level.outside).label


def _due(before: dict, after: dict, _inside: bool) -> str:
    earlier = f" dari {before['due']}" if before.get("due") else ""
    return f"mengubah tenggat{earlier} menjadi {after.get('due', '-')}."


def _reckoned(before: dict, after: dict, _inside: bool) -> str:
    """Which dates are others now, and why."""
    named = {"due": "tenggat", "first": "jawaban pertama", "react": "tanggapan pertama", "rule": "penetapan"}
    moved = [
        f"{named.get(name, name.replace('task', 'tugas'))} dari {before[name]} menjadi {after[name]}"
        for name in after if name in before
    ]  # fmt: skip
    return f"menghitung ulang {'; '.join(moved) or 'tenggat'}, karena {after.get('why', 'kalender berubah')}"


def _secrecy(_before: dict, after: dict, _inside: bool) -> str:
    marks = [word for key, word in (("sensitive", "sensitif"), ("restricted", "terbatas")) if after.get(key)]
    return f"menandai tiket {' dan '.join(marks)}." if marks else "mencabut tanda sensitif dan terbatas."


def _filed(_before: dict, after: dict, _inside: bool) -> str:
    return f"melampirkan {after.get('file', 'berkas')}."


def _always(text: str):
    def tell(_before: dict, _after: dict, _inside: bool) -> str:
        return text

    return tell


SENTENCES = {
    "open": _opened,
    "merge": _merged,
    "release": _always("mengembalikan pantauan ke daftar pilah."),
    "forward": _forwarded,
    "reroute": lambda before, after, inside: f"mengalihkan ke {after.get('opd', 'OPD lain')}.",
    "take_on": _always("menerima dan mulai menangani."),
    "object": _objected,
    "hold": lambda before, after, inside: f"menunda sampai {after.get('until', 'waktu yang disebut')}.",
    "resume": _always("melanjutkan penanganan."),
    "submit": _submitted,
    "approve": _approved,
    "send_back": _always("mengembalikan draf untuk diperbaiki."),
    "answer": _answered,
    "rework": _always("meminta perbaikan jawaban."),
    "proceed": _always("menerima pernyataan awal; jawaban lengkap masih ditunggu."),
    "resolve": _resolved,
    "await_budget": _budget,
    "refer": _referred,
    "close": _always("menutup tiket."),
    "archive": _always("mengarsipkan tiket."),
    "reopen": _reopened,
    "assign": _assigned,
    "level": _levelled,
    "propose_crisis": _always("mengusulkan tingkat Krisis kepada kepala Diskominfo."),
    "due": _due,
    "reckoned": _reckoned,
    "secrecy": _secrecy,
    "moved_away": _always("menyampaikan sudah pindah tugas; perlu penunjukan baru."),
    "note": _always("menulis catatan."),
    "file": _filed,
    "original_opened": _always("membuka judul asli."),
}
