"""Text modules: texts used again and again, with places such as {nomor} that are filled from the ticket. No SQL."""

import re
from collections.abc import Mapping

PLACES = {
    "nomor": "nomor tiket",
    "judul": "judul (judul aman bila sensitif)",
    "opd": "OPD Anda",
    "pengampu": "OPD pengampu",
    "tanggal": "tanggal hari ini",
    "tenggat": "tenggat jawaban",
    "nama": "nama Anda",
}
_PLACE = re.compile(r"\{(\w+)\}")


def filled(body: str, values: Mapping[str, str]) -> str:
    """The text with its places filled; one that nobody knows stays as it stands, to be filled by hand."""
    return _PLACE.sub(lambda place: values.get(place[1].lower()) or place[0], body)


def joined(text: str, more: str) -> str:
    """`more` after what was written already, with an empty line between."""
    return f"{text.rstrip()}\n\n{more}" if text.strip() else more


DEFAULTS = (
    ("Perbaikan selesai", "Tindakan dan tanggal: {tindakan} pada {tanggal_pelaksanaan} di {lokasi}.\n\n"
     "Untuk warga: {pesan}"),
    ("Klarifikasi", "Yang beredar: {yang_beredar}\n\nYang benar: {yang_benar}\n\nDasar: {sumber_atau_dokumen}"),
    ("Perlu anggaran", "Kebutuhan: {kebutuhan}\n\nTahun anggaran: {tahun}\n\nSementara ini: {tindakan_sementara}"),
    ("Pernyataan awal", "Kami menerima kabar tentang {judul} pada {tanggal}. Yang sudah kami ketahui: {fakta}. "
     "Yang sedang dikerjakan: {tindakan}. Kabar berikutnya kami sampaikan {waktu}."),
    ("Minta tanggal", "Mohon sebut tanggalnya: kapan dikerjakan, dan kapan warga bisa melihat hasilnya."),
)  # fmt: skip
"""What a fresh office starts with: frames to be filled, no answers."""
