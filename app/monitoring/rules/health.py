"""When a source is asked next, and its health in words."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

ADVICE = (
    ("(404)", "Alamat umpannya mungkin berubah. Buka situsnya, cari tautan RSS, lalu ubah alamat di sini."),
    ("(410)", "Situs menutup umpan ini, jadi sumbernya dijeda. Cari alamat baru di situsnya, ubah, lalu Lanjutkan."),
    ("(401)", "Umpan ini tidak terbuka untuk umum. Minta alamat yang terbuka kepada medianya, atau jeda sumber ini."),
    ("(403)", "Situs menolak pembaca umpan. Minta medianya mengizinkan, atau jeda sumber ini."),
    ("(429)", "Perpanjang jarak pengambilannya. Jeda yang diminta situs dipatuhi."),
    ("Sertifikat", "Sertifikat situs harus diperbarui pengelolanya. Beri tahu medianya; umpan dicoba lagi sendiri."),
    ("20 detik", "Situs sedang lambat atau mati. Tidak perlu apa-apa sekarang; umpan dicoba lagi sendiri."),
    ("tidak bisa dihubungi", "Buka situsnya di peramban. Bila situsnya hidup, periksa ejaan alamat umpan."),
    ("sedang bermasalah", "Gangguan ada di situs itu. Tidak perlu apa-apa sekarang; umpan dicoba lagi sendiri."),
    ("terputus", "Gangguan di jaringan atau di situs itu. Tidak perlu apa-apa sekarang; umpan dicoba lagi sendiri."),
)
OTHERWISE = (
    "Buka alamatnya di peramban. Bila yang tampil halaman biasa, cari tautan RSS di situs itu lalu ubah alamatnya."
)

LONGEST_PAUSE = timedelta(hours=24)
SHORTEST_INTERVAL, LONGEST_INTERVAL = 5, 1440


def advice(trouble: str) -> str:
    """What to do about a feed that is ill with `trouble`, in plain words; "" for one that is well."""
    if not trouble:
        return ""
    return next((words for sign, words in ADVICE if sign in trouble), OTHERWISE)


def next_poll(now: datetime, every_minutes: int, failures: int, after: float | None = None) -> datetime:
    """The next time to ask: its interval with some jitter, doubled per failure up to a day, never before `after`."""
    pause = timedelta(minutes=every_minutes) * 2 ** min(failures, 10)
    spread = random.uniform(0.9, 1.1)  # noqa: S311 - spreads load, guards nothing
    pause = min(pause, LONGEST_PAUSE) * spread
    return now + max(pause, timedelta(seconds=after or 0))
