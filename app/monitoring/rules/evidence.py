"""Evidence of what was seen: its hash, and the sheet that tells it with the way to compute that hash again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

FORM = "tanggap-bukti-1"
"""Which serialisation was hashed; another one gets another number."""
MARKER = "=== isi yang di-hash ==="
TITLE_KEPT, URL_KEPT = 500, 2000


@dataclass(frozen=True)
class Content:
    """What the hash is about: the item as it came, cut to what the table holds."""

    title: str
    url: str
    published_at: datetime
    text: str

    def canonical(self) -> str:
        """Five parts, each ended by one line feed: `tanggap-bukti-1`, headline, address, time, text.

        In UTF-8. Headline and address are one line each; the time is that of publication as it is kept, in UTC
        with microseconds, such as `2026-11-24T00:10:00.000000+00:00`; the text may be of many lines or empty.
        """
        at = self.published_at.astimezone(UTC).isoformat(timespec="microseconds")
        return "".join(f"{part}\n" for part in (FORM, self.title[:TITLE_KEPT], self.url[:URL_KEPT], at, self.text))

    def hash(self) -> str:
        """SHA-256 of the canonical form, hexadecimal."""
        return hashlib.sha256(self.canonical().encode()).hexdigest()


@dataclass(frozen=True)
class Seen:
    """Everything that a sheet of evidence tells. `facts` and `checks` are ready in words, one line each."""

    number: int
    content: Content
    seen_hash: str
    facts: Sequence[tuple[str, str]]
    checks: Sequence[str] = ()
    masked: Sequence[str] = ()
    safe_title: str = ""

    def told_whole(self) -> bool:
        """Whether the content in this sheet is the one that was hashed."""
        return self.content.hash() == self.seen_hash

    def uncovered(self, title: str, text: str) -> Seen:
        """The same with the words as they came."""
        return replace(self, content=replace(self.content, title=title, text=text), masked=())


def sheet(seen: Seen) -> str:
    """The sheet as plain text. What was hashed stands last, so that nothing in it can end it early."""
    hidden = bool(seen.safe_title)
    title, url = (seen.safe_title, "") if hidden else (seen.content.title, seen.content.url)
    facts = [("Pantauan", str(seen.number)), ("Judul aman" if hidden else "Judul", title)]
    facts += [("Alamat", url)] if url else []
    facts += [*seen.facts, ("SHA-256 bukti", seen.seen_hash or "tidak ada; masuk sebelum hash dicatat")]
    checks = [f"- {check}" for check in seen.checks] or ["Belum pernah diperiksa."]
    lines = ["BUKTI TAYANG", "", *(f"{name:<14}: {_line(value)}" for name, value in facts)]
    lines += ["", "RIWAYAT PEMERIKSAAN TAUTAN", *map(_line, checks), "", "HASH", *_about_hash(seen)]
    end = "" if hidden else f"{MARKER}\n{seen.content.canonical()}"
    return "\n".join([*lines, "", end])


def _about_hash(seen: Seen) -> list[str]:
    """How to compute it again, or why this sheet does not lead to it."""
    if seen.safe_title:
        return [
            "Pantauan ini sensitif: judul asli, alamat, dan isinya tidak dimuat. Hash di atas dihitung dari aslinya.",
            "Buka judul asli di halaman pantauan, lalu unduh lembar ini lagi dalam satu jam.",
        ]
    if not seen.seen_hash:
        return ["Isi di bawah ini tidak dapat dibandingkan dengan hash waktu diambil."]
    if seen.told_whole():
        return _recompute()
    if seen.masked:
        return [
            f"Data pribadi disamarkan ({', '.join(seen.masked)}). Hash di atas dihitung dari aslinya, sebelum",
            "disamarkan, sehingga hitungan atas lembar ini berbeda. Lembar lengkap diunduh di halaman pantauan",
            "dengan alasan.",
        ]
    return ["PERHATIAN: isi di bawah ini tidak sama dengan yang dilihat waktu diambil."]


def _recompute() -> list[str]:
    return [
        "SHA-256 atas semua bita sesudah baris penanda di bawah sampai akhir berkas (UTF-8, ganti baris LF): baris",
        f"'{FORM}', judul, alamat, waktu terbit (UTC), isi; masing-masing diakhiri satu ganti baris.",
        f"Linux atau macOS: sed '1,/^{MARKER}$/d' NAMA-BERKAS | sha256sum",
    ]


def _line(value: str) -> str:
    return " ".join(value.split())
