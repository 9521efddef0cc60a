"""The words of monitoring, each with its Indonesian label."""

from enum import StrEnum


class SourceKind(StrEnum):
    RSS = "rss"
    SHEET = "sheet"
    WEBHOOK = "webhook"
    SP4N = "sp4n"

    @property
    def label(self) -> str:
        return {"rss": "Umpan RSS/Atom/JSON", "sheet": "Lembar IMA/ISA", "webhook": "Webhook", "sp4n": "SP4N-LAPOR!"}[
            self
        ]


SOURCE_FIELDS = ("name", "url", "channel", "every_minutes", "government")
"""What people may change of a source."""


class Channel(StrEnum):
    NEWS = "berita"
    SOCIAL = "medsos"
    COMPLAINT = "aduan"

    @property
    def label(self) -> str:
        return {"berita": "Berita", "medsos": "Media sosial", "aduan": "Aduan"}[self]


class Tone(StrEnum):
    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"

    @property
    def label(self) -> str:
        return {"negative": "Negatif", "neutral": "Netral", "positive": "Positif"}[self]


class AlertState(StrEnum):
    NEW = "new"
    TICKETED = "ticketed"
    IGNORED = "ignored"

    @property
    def label(self) -> str:
        return {"new": "Perlu dipilah", "ticketed": "Sudah jadi tiket", "ignored": "Diabaikan"}[self]


class RunState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        return {"waiting": "Menunggu", "running": "Berjalan", "done": "Selesai", "refused": "Ditolak"}[self]


IGNORE_REASONS = {
    "bukan_kukar": "Bukan tentang Kukar",
    "iklan": "Iklan atau advertorial",
    "seremonial": "Seremonial",
    "sudah_lama": "Berita lama",
    "ganda": "Sudah ada yang sama",
    "lain": "Lainnya",
}


def because(reason: str) -> str:
    """The reason inside a sentence: «diabaikan: bukan tentang Kukar»."""
    words = IGNORE_REASONS.get(reason, reason)
    return words[:1].lower() + words[1:]
