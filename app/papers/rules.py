"""Kinds and stages of papers, as offices name them (mission.md, «Papers offices use»). No Flask, no SQL."""

from enum import StrEnum


class PaperKind(StrEnum):
    REQUEST = "surat_permintaan"
    DISPOSITION = "lembar_disposisi"
    CLARIFICATION = "klarifikasi"
    RIGHT_OF_REPLY = "hak_jawab"
    RIGHT_OF_CORRECTION = "hak_koreksi"
    TICKET = "tiket"

    @property
    def label(self) -> str:
        return {
            "surat_permintaan": "Surat permintaan tindak lanjut", "lembar_disposisi": "Lembar disposisi",
            "klarifikasi": "Klarifikasi", "hak_jawab": "Hak jawab", "hak_koreksi": "Hak koreksi",
            "tiket": "Ringkasan tiket",
        }[self]  # fmt: skip


class Stage(StrEnum):
    DRAFT = "draf"
    SUBMITTED = "diajukan"
    FINAL = "final"
