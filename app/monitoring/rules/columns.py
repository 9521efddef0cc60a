"""Which column of an export is what: the header row found by the synonyms that monitoring exports use."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.monitoring.rules.listing import listed

HEADER_WITHIN = 20

# Per target the names in order of preference; the first column that bears the best name wins.
SYNONYMS: dict[str, tuple[str, ...]] = {
    target: tuple(names.split())
    for target, names in {
        "published_at": (
            "news_date published_at date_published tanggal_publish tanggal_publikasi tanggal_terbit tanggal_tayang "
            "publikasi tanggal_berita tanggal tgl date date_created created_at datetime tanggal_waktu post_date "
            "publish_date pubdate waktu_publikasi waktu_terbit tanggal_posting hari_tanggal hari_tgl"
        ),
        "time": "waktu jam time pukul",
        "title": "title judul judul_berita topic_title headline news_title",
        "text": (
            "content konten isi isi_berita text teks full_text post postingan caption tweet pesan message ringkasan "
            "ringkas isi_singkat summary resume uraian deskripsi description snippet kutipan"
        ),
        "url": "url link tautan permalink link_berita url_berita alamat_url news_url post_url",
        "media": (
            "media nama_media media_name outlet sumber_berita sumber_media source sumber portal source_name publisher"
        ),
        "channel": "channel platform jenis_media kanal media_type tipe_media type_media kategori_media",
        "author": "byline author penulis reporter wartawan jurnalis akun username user_name nama_akun account",
        "tone": "sentiment_overall sentimen sentiment tone nada sentimen_berita polarity",
        "reach": ("jangkauan reach potential_reach impression impressions views view tayangan followers pengikut"),
        "external_id": ("external_id news_id article_id post_id tweet_id id_berita id_post id_artikel status_id id"),
    }.items()
}

# They name or reach a citizen and are kept nowhere, not even among the raw fields.
PRIVATE = listed(
    """
    nama_pelapor pelapor nik no_ktp nomor_ktp no_hp nomor_hp no_telp no_telepon nomor_telepon telepon hp phone
    whatsapp alamat_pelapor email email_pelapor tanggal_lahir
    """
)
_IDLE = listed(
    """
    berita pemberitaan artikel posting postingan konten lengkap utama online media tayang publikasi terbit
    wita wib utc gmt 8
    """
)
_SEPARATORS = re.compile(r"[^a-z0-9]+")
_TARGETS = {name: (target, rank) for target, names in SYNONYMS.items() for rank, name in enumerate(names)}


@dataclass(frozen=True)
class Layout:
    """Where the header stands (counted from 0), what its cells say, and which column each target is read from."""

    row: int
    headers: tuple[str, ...]
    columns: dict[str, int]

    @property
    def complete(self) -> bool:
        """A date, and a title or a text: what an item needs."""
        return "published_at" in self.columns and not {"title", "text"}.isdisjoint(self.columns)


def folded(header: object) -> str:
    """A header cell as it is compared: `Tanggal Publish (WITA)` is `tanggal_publish_wita`."""
    return _SEPARATORS.sub("_", str(header if header is not None else "").casefold()).strip("_")


def layout_of(rows: Sequence[Sequence[object]]) -> Layout | None:
    """The row with most known names among the first 20; None when no row has any."""
    layouts = [_layout(number, row) for number, row in enumerate(rows[:HEADER_WITHIN])]
    best = max(layouts, key=lambda found: len(found.columns), default=None)
    return best if best and best.columns else None


def seen_headers(rows: Sequence[Sequence[object]]) -> list[str]:
    """What a person is shown when no layout was found: the cells of the fullest row."""
    fullest = max(rows[:HEADER_WITHIN], key=lambda row: sum(1 for c in row if str(c).strip()), default=())
    return [str(cell).strip()[:60] for cell in fullest if str(cell).strip()][:40]


def _layout(number: int, row: Sequence[object]) -> Layout:
    best: dict[str, tuple[int, int]] = {}
    for column, cell in enumerate(row):
        target, rank = _target(folded(cell)) if isinstance(cell, str) else (None, 0)
        if target and (target not in best or rank < best[target][0]):
            best[target] = (rank, column)
    headers = tuple(" ".join(str(c).split())[:80] for c in row)
    return Layout(number, headers, {target: column for target, (_, column) in best.items()})


def _target(name: str) -> tuple[str | None, int]:
    """A known name, also with words behind it that change nothing (`judul_artikel`, `tanggal_wita`)."""
    words, dropped = name.split("_"), 0
    while words:
        if found := _TARGETS.get("_".join(words)):
            return found[0], found[1] + 100 * dropped
        if words.pop() not in _IDLE:
            break
        dropped += 1
    return None, 0
