"""What a person in the field may be asked by an evidence-only link, and may answer. No Flask, no SQL."""

from datetime import timedelta
from enum import StrEnum

from app.tickets.rules.life import Truth

LINK_LIVES = timedelta(days=14)
LONGEST_QUESTION, LONGEST_WORDS = 1000, 2000
MOST_FILES_ALTOGETHER = 40


class Asked(StrEnum):
    """What kind of thing is asked: bukti dukung, or cek lapangan."""

    EVIDENCE = "evidence"
    CHECK = "check"

    @property
    def label(self) -> str:
        return {"evidence": "Minta bukti", "check": "Cek lapangan"}[self.value]


class Finding(StrEnum):
    """What a field check found."""

    TRUE = "benar"
    FALSE = "tidak_benar"
    NEEDS_TIME = "perlu_waktu"

    @property
    def label(self) -> str:
        return {"benar": "Benar", "tidak_benar": "Tidak benar", "perlu_waktu": "Perlu waktu"}[self.value]

    @property
    def truth(self) -> Truth | None:
        """The status kebenaran that it suggests. Only suggests: Diskominfo decides."""
        return {"benar": Truth.TRUE, "tidak_benar": Truth.FALSE}.get(self.value)


def wrong_answer(kind: str, finding: str, words: str, files: int) -> dict[str, str]:
    """What is missing from an answer from the field, by the name of its field."""
    errors = {}
    if kind == Asked.CHECK and finding not in list(Finding):
        errors["finding"] = "Pilih hasilnya: benar, tidak benar, atau perlu waktu."
    if kind == Asked.CHECK and finding == Finding.FALSE and not words:
        errors["words"] = "Tulis keadaan yang sebenarnya dalam satu kalimat."
    if kind == Asked.EVIDENCE and not words and not files:
        errors["words"] = "Kirim foto atau berkas, atau tulis keterangannya."
    if len(words) > LONGEST_WORDS:
        errors["words"] = f"Keterangan paling banyak {LONGEST_WORDS} huruf. Lampirkan sisanya sebagai berkas."
    return errors
