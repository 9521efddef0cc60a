"""What sources call their tones and channels, and what we call them."""

from __future__ import annotations

import re

from app.monitoring.rules.kinds import Channel, Tone
from app.monitoring.rules.listing import listed

TONE_WORDS: dict[str, Tone] = {
    **dict.fromkeys(["negatif", "negative", "neg", "-1", "-1.0"], Tone.NEGATIVE),
    **dict.fromkeys(["netral", "neutral", "neu", "0", "0.0"], Tone.NEUTRAL),
    **dict.fromkeys(["positif", "positive", "pos", "1", "1.0", "+1"], Tone.POSITIVE),
}

NEWS_WORDS = (
    "berita,online,daring,media online,media daring,portal,website,web,news,media massa,cetak,print,koran,tv,radio"
)
SOCIAL_WORDS = (
    "medsos,media sosial,sosial,social,social media,sosmed,facebook,fb,instagram,ig,x,twitter,x (twitter),x/twitter,"
    "tiktok,tik tok,youtube,yt,threads,whatsapp,wa,grup wa,telegram,forum,blog,isa"
)
COMPLAINT_WORDS = "aduan,pengaduan,complaint,lapor,sp4n,sp4n-lapor!,aduan warga"
CHANNEL_WORDS: dict[str, Channel] = {
    **dict.fromkeys(NEWS_WORDS.split(","), Channel.NEWS),
    **dict.fromkeys(SOCIAL_WORDS.split(","), Channel.SOCIAL),
    **dict.fromkeys(COMPLAINT_WORDS.split(","), Channel.COMPLAINT),
}
SOCIAL_HOSTS = listed(
    """
    facebook.com instagram.com x.com tiktok.com youtube.com threads.net threads.com t.me
    """
)
_PAID = re.compile(r"\b(?:advertorial|adv|pariwara|advetorial|iklan)\b")
_IN_PAID = ("adv", "iklan", "pariwara")
"""One of these is in all of them, and in few other items."""


def tone_of(word: object) -> Tone | None:
    """The tone a source's own label means; None when it says nothing we know."""
    return TONE_WORDS.get(_folded(word))


def channel_of(word: object, host: str = "") -> Channel | None:
    """The channel named by a source's word, else told by the host of the link."""
    return CHANNEL_WORDS.get(_folded(word)) or (Channel.SOCIAL if host in SOCIAL_HOSTS else None)


def is_paid(*words: object) -> bool:
    """Whether a title, category or address says that somebody paid for the item."""
    told = "\n".join(map(str, words)).casefold()
    return any(part in told for part in _IN_PAID) and bool(_PAID.search(told))


def _folded(word: object) -> str:
    return " ".join(str("" if word is None else word).casefold().split())
