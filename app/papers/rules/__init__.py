"""Kinds and stages of papers, as offices name them (mission.md, «Papers offices use»). No Flask, no SQL."""

from enum import StrEnum


class PaperKind(StrEnum):
    """What is registered. A ticket's print and the lembar disposisi are made anew each time and kept nowhere."""

    REQUEST = "surat_permintaan"
    CLARIFICATION = "klarifikasi"
    RIGHT_OF_REPLY = "hak_jawab"
    RIGHT_OF_CORRECTION = "hak_koreksi"

    @property
    def label(self) -> str:
        return {
            "surat_permintaan": "Surat permintaan tindak lanjut", "klarifikasi": "Klarifikasi",
            "hak_jawab": "Hak jawab", "hak_koreksi": "Hak koreksi",
        }[self]  # fmt: skip

    @property
    def to_the_press(self) -> bool:
        """Written to an editor, from an approved answer."""
        return self is not PaperKind.REQUEST


class MeetingPaper(StrEnum):
    """What a rakor needs on paper, from the letter that calls it to the list of what became of it."""

    INVITATION = "undangan"
    MATERIAL = "bahan"
    ATTENDANCE = "hadir"
    MINUTES = "notula"
    AGREEMENT = "berita-acara"
    REPORT = "laporan-rakor"
    MATRIX = "matriks"
    REGISTER = "register"

    @property
    def label(self) -> str:
        return {
            "undangan": "Undangan", "bahan": "Bahan rakor", "hadir": "Daftar hadir", "notula": "Notula",
            "berita-acara": "Berita acara kesepakatan", "laporan-rakor": "Laporan hasil rakor",
            "matriks": "Matriks tindak lanjut", "register": "Register agenda prioritas",
        }[self]  # fmt: skip

    @property
    def about(self) -> str:
        return {
            "undangan": "surat kepada OPD yang diundang; nomor dari buku agenda",
            "bahan": "rencana terbuka lebih dulu, lalu setiap perkara dan yang diminta",
            "hadir": "untuk ditandatangani peserta",
            "notula": "pembahasan, keputusan, dan rencana tindak lanjut",
            "berita-acara": "kesepakatan yang ditandatangani OPD yang hadir",
            "laporan-rakor": "nota dinas kepada pimpinan daerah melalui Sekretaris Daerah",
            "matriks": "dua belas kolom, kertas mendatar",
            "register": "perkara rakor ini dari latar sampai keputusan",
        }[self]  # fmt: skip

    @property
    def after(self) -> bool:
        """It tells what the rakor decided: a draft until the rakor has ended."""
        return self not in (MeetingPaper.INVITATION, MeetingPaper.MATERIAL, MeetingPaper.ATTENDANCE)

    @property
    def forms(self) -> tuple[str, ...]:
        return ("pdf", "docx", "xlsx") if self is MeetingPaper.MATRIX else ("pdf", "docx")


class Stage(StrEnum):
    DRAFT = "draf"
    SUBMITTED = "diajukan"
    FINAL = "final"

    @property
    def label(self) -> str:
        return {"draf": "Draf", "diajukan": "Diajukan", "final": "Final"}[self]


NATURES = ("Biasa", "Penting", "Segera", "Sangat segera", "Rahasia")
"""Sifat of a letter. Rahasia is the letter's own word; it is neither terbatas nor a judul aman."""

GUIDANCE = {
    PaperKind.CLARIFICATION: "Klarifikasi menjelaskan duduk perkaranya; OPD yang menangani menyampaikannya.",
    PaperKind.RIGHT_OF_REPLY: "Hak jawab milik pihak yang dirugikan oleh pemberitaan: OPD Anda hanya memakainya untuk "
    "nama baiknya sendiri.",
    PaperKind.RIGHT_OF_CORRECTION: "Hak koreksi milik setiap orang: membetulkan kekeliruan informasi, tentang dirinya "
    "maupun tentang orang lain.",
}
"""One sentence of what a paper to the press is for."""

LEGAL_BASIS = {
    PaperKind.CLARIFICATION: "",
    PaperKind.RIGHT_OF_REPLY: "Pasal 1 angka 11 dan Pasal 5 ayat (2) Undang-Undang Nomor 40 Tahun 1999 tentang Pers",
    PaperKind.RIGHT_OF_CORRECTION: "Pasal 1 angka 12 dan Pasal 5 ayat (3) Undang-Undang Nomor 40 Tahun 1999 "
    "tentang Pers",
}

MOST_TICKETS = 50
"""As many as one letter lists."""
LONGEST_BODY = 8000
MOST_PHOTOS = 6
"""Behind a notula: two a page."""

SENTENCES = {
    "drafted": "menyusun draf.",
    "changed": "mengubah draf.",
    "submitted": "mengajukan untuk ditandatangani.",
    "returned": "mengembalikan ke draf.",
    "numbered": "mencatat nomor dan tanggal.",
    "final": "mengunggah surat bertanda tangan; surat menjadi final.",
    "discarded": "menghapus draf.",
}


def sentence(kind: str) -> str:
    """What the actor did with a paper, to be read after the name."""
    return SENTENCES.get(kind.partition(".")[2], "mencatat perubahan.")
