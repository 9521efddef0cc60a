"""The words of monitoring: codes that are stored, and the Indonesian labels that are shown beside them."""

from __future__ import annotations

from enum import StrEnum


class Labelled(StrEnum):
    """A stored code with the label people read; `Tone.NEGATIVE.label` is "Negatif"."""

    label: str

    def __new__(cls, value: str, label: str) -> Labelled:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class Tone(Labelled):
    """What was written, never a judgement of an agency."""

    NEGATIVE = "negative", "Negatif"
    NEUTRAL = "neutral", "Netral"
    POSITIVE = "positive", "Positif"


class Family(Labelled):
    """Kinds of language: one tone model is kept for each."""

    NEWS = "berita", "Berita"
    SOCIAL = "medsos", "Media sosial"
    COMPLAINT = "aduan", "Aduan"


class Channel(Labelled):
    """Where an item was published."""

    ONLINE = "online", "Media daring"
    PRINT = "print", "Media cetak"
    TV = "tv", "Televisi"
    RADIO = "radio", "Radio"
    FACEBOOK = "facebook", "Facebook"
    INSTAGRAM = "instagram", "Instagram"
    X = "x", "X (Twitter)"
    TIKTOK = "tiktok", "TikTok"
    YOUTUBE = "youtube", "YouTube"
    WHATSAPP = "whatsapp", "WhatsApp"
    SOCIAL = "social", "Media sosial lain"
    COMPLAINT = "complaint", "Aduan warga"
    OTHER = "other", "Lainnya"

    @property
    def family(self) -> Family:
        """The kind of language spoken on this channel."""
        if self is Channel.COMPLAINT:
            return Family.COMPLAINT
        return Family.SOCIAL if self in SOCIAL_CHANNELS else Family.NEWS


SOCIAL_CHANNELS = frozenset(
    {
        Channel.FACEBOOK,
        Channel.INSTAGRAM,
        Channel.X,
        Channel.TIKTOK,
        Channel.YOUTUBE,
        Channel.WHATSAPP,
        Channel.SOCIAL,
    }
)


class SourceKind(Labelled):
    """How items come in."""

    RSS = "rss", "Umpan berita (RSS, Atom, JSON Feed)"
    SHEET = "sheet", "Lembar kerja (IMA, ISA, lainnya)"
    WEBHOOK = "webhook", "Kiriman langsung (webhook)"
    SP4N = "sp4n", "Ekspor SP4N-LAPOR!"


TONE_WORDS: dict[str, Tone] = {
    **dict.fromkeys(["negatif", "negative", "neg", "-1", "-1.0", "minus"], Tone.NEGATIVE),
    **dict.fromkeys(["netral", "neutral", "neu", "0", "0.0"], Tone.NEUTRAL),
    **dict.fromkeys(["positif", "positive", "pos", "1", "1.0", "+1", "plus"], Tone.POSITIVE),
}

CHANNEL_WORDS: dict[str, Channel] = {
    **dict.fromkeys(["online", "daring", "media online", "media daring", "portal", "website", "web", "news",
                     "berita", "media massa", "online news"], Channel.ONLINE),
    **dict.fromkeys(["cetak", "print", "koran", "media cetak", "printed"], Channel.PRINT),
    **dict.fromkeys(["tv", "televisi", "television"], Channel.TV),
    **dict.fromkeys(["radio"], Channel.RADIO),
    **dict.fromkeys(["facebook", "fb"], Channel.FACEBOOK),
    **dict.fromkeys(["instagram", "ig"], Channel.INSTAGRAM),
    **dict.fromkeys(["x", "twitter", "x (twitter)", "x/twitter", "tweet"], Channel.X),
    **dict.fromkeys(["tiktok", "tik tok"], Channel.TIKTOK),
    **dict.fromkeys(["youtube", "yt"], Channel.YOUTUBE),
    **dict.fromkeys(["whatsapp", "wa", "grup wa", "grup whatsapp"], Channel.WHATSAPP),
    **dict.fromkeys(["social", "medsos", "media sosial", "sosial", "social media", "forum", "blog"], Channel.SOCIAL),
    **dict.fromkeys(["aduan", "pengaduan", "complaint", "lapor", "sp4n", "sp4n-lapor!"], Channel.COMPLAINT),
    **dict.fromkeys(["lainnya", "other"], Channel.OTHER),
}

CHANNEL_HOSTS: dict[str, Channel] = {
    "facebook.com": Channel.FACEBOOK,
    "instagram.com": Channel.INSTAGRAM,
    "x.com": Channel.X,
    "tiktok.com": Channel.TIKTOK,
    "youtube.com": Channel.YOUTUBE,
}


def tone_of(word: object) -> Tone | None:
    """The tone a source's own label means; None when it says nothing we know."""
    return TONE_WORDS.get(str(word if word is not None else "").strip().casefold())


def channel_of(word: object, host: str = "") -> Channel | None:
    """The channel named by a source's word, else told by the host of the link."""
    known = CHANNEL_WORDS.get(" ".join(str(word or "").casefold().split()))
    return known or CHANNEL_HOSTS.get(host)
