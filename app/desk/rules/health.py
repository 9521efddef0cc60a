"""How the machine's work is told to people: what it is, why it failed, how long it waits."""

import re
from datetime import timedelta

KINDS = {
    "source.poll": "Mengambil umpan",
    "link.check": "Memeriksa tautan",
    "source.search": "Mencari umpan di sebuah situs",
    "run.import": "Membaca berkas",
    "people.reset": "Tautan kata sandi baru",
    "mail.fetch": "Mengambil surel",
    "letter.send": "Mengirim surat",
}
STATES = {"waiting": "menunggu", "leased": "berjalan", "held": "ditahan", "dead": "gagal"}
GIGABYTE = 1 << 30
UNFORESEEN = re.compile(r"^(\w+): ")
"""How the worker writes down an error that nobody foresaw: the name of its class, then technical words."""


def kind_label(kind: str) -> str:
    """What work of that kind does."""
    return KINDS.get(kind, f"Pekerjaan {kind}")


def reason(last_error: str | None) -> str:
    """Why work was given up, in plain words. An unforeseen error is named only; the log has the rest."""
    if not last_error:
        return "Alasannya tidak tercatat."
    unforeseen = UNFORESEEN.match(last_error)
    if unforeseen is None:
        return last_error
    return f"Terjadi kesalahan yang tidak terduga ({unforeseen[1]}). Rinciannya ada di log proses worker."


def lasting(time: timedelta) -> str:
    """«4 menit», «3 jam», «2 hari»: one number, rounded down."""
    seconds = max(0, int(time.total_seconds()))
    for size, word in ((86400, "hari"), (3600, "jam"), (60, "menit")):
        if seconds >= size:
            return f"{seconds // size} {word}"
    return f"{seconds} detik"


def size(amount: int) -> str:
    """«74,2 GB», and «180 MB» where it gets tight."""
    if amount < GIGABYTE:
        return f"{amount >> 20} MB"
    return f"{amount / GIGABYTE:.1f} GB".replace(".", ",")
