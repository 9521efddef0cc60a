"""The words of monitoring, each with its Indonesian label."""

from enum import StrEnum


class SourceKind(StrEnum):
    RSS = "rss"
    SHEET = "sheet"
    WEBHOOK = "webhook"
    SP4N = "sp4n"
    PASTE = "paste"

    @property
    def label(self) -> str:
        return SOURCE_LABELS[self]


SOURCE_LABELS = {
    SourceKind.RSS: "Umpan RSS/Atom/JSON",
    SourceKind.SHEET: "Lembar IMA/ISA",
    SourceKind.WEBHOOK: "Webhook",
    SourceKind.SP4N: "SP4N-LAPOR!",
    SourceKind.PASTE: "Tempelan tautan dan teks",
}


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


class Origin(StrEnum):
    """By whom something reached the operator that is pasted in."""

    CITIZEN = "warga"
    LEADER = "arahan"
    PRESS = "wartawan"

    @property
    def label(self) -> str:
        return ORIGIN_LABELS[self]


ORIGIN_LABELS = {
    Origin.CITIZEN: "Warga lewat WhatsApp",
    Origin.LEADER: "Arahan pimpinan",
    Origin.PRESS: "Permintaan konfirmasi wartawan",
}


class AlertState(StrEnum):
    NEW = "new"
    TICKETED = "ticketed"
    IGNORED = "ignored"

    @property
    def label(self) -> str:
        return {"new": "Perlu dipilah", "ticketed": "Sudah jadi tiket", "ignored": "Diabaikan"}[self]


class MirrorState(StrEnum):
    """What SP4N-LAPOR! says of a complaint, mapped from its open list of words."""

    UNKNOWN = "unknown"
    UNVERIFIED = "unverified"
    UNANSWERED = "unanswered"
    IN_PROCESS = "in_process"
    DONE = "done"
    POSTPONED = "postponed"
    ARCHIVED = "archived"

    @property
    def label(self) -> str:
        return MIRROR_LABELS[self]


MIRROR_LABELS = {
    MirrorState.UNKNOWN: "Belum dikenali",
    MirrorState.UNVERIFIED: "Belum diverifikasi",
    MirrorState.UNANSWERED: "Belum ditindaklanjuti",
    MirrorState.IN_PROCESS: "Proses",
    MirrorState.DONE: "Selesai",
    MirrorState.POSTPONED: "Ditunda",
    MirrorState.ARCHIVED: "Diarsipkan",
}


class RunState(StrEnum):
    WAITING = "waiting"
    ASKING = "asking"
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
    UNDONE = "undone"

    @property
    def label(self) -> str:
        return RUN_LABELS[self]


RUN_LABELS = {
    RunState.WAITING: "Menunggu",
    RunState.ASKING: "Menunggu Anda",
    RunState.RUNNING: "Berjalan",
    RunState.DONE: "Selesai",
    RunState.REFUSED: "Ditolak",
    RunState.UNDONE: "Diurungkan",
}


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
