"""The shield: which pieces of an item are private people's data, and the words that stand in their place.

Linear in the length of the text: no pattern tries a character more than a fixed number of times. Masked text
is left alone when it is masked again. Institutions and media are public, and so are their handles and addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial
from typing import Any
from urllib.parse import unquote, urlsplit

from app.monitoring.rules import links
from app.monitoring.rules.kinds import Channel
from app.monitoring.rules.media import media

NIK, KK, PHONE, EMAIL, ACCOUNT = "NIK", "nomor KK", "nomor telepon", "alamat email", "akun warga"
MASKS = {NIK: "[NIK]", KK: "[nomor KK]", PHONE: "[nomor telepon]", EMAIL: "[email]", ACCOUNT: "[akun warga]"}
PRIVATE_CHANNELS = frozenset({Channel.SOCIAL, Channel.COMPLAINT})
"""Where those who write are mostly citizens."""

PUBLIC_WORDS = (
    "official", "resmi", "pemkab", "pemkot", "pemprov", "pemda", "humas", "kominfo", "prokom", "dprd", "bupati",
    "polres", "polsek", "polda", "kodim", "satpol", "kecamatan", "kelurahan", "pemdes", "perumda", "pdam", "rsud",
    "puskesmas", "bpbd", "dinas", "badan", "kabar", "berita", "news", "info", "media", "portal", "radio", "redaksi",
)  # fmt: skip
"""Whoever has one of these in the name speaks for an institution, a medium or a page, not for themselves."""

NOBODY = frozenset({"warga", "anonim", "anonymous", "rahasia", "admin", "netizen", "masyarakat", "pelapor"})
"""Names that name nobody."""

COLUMNS = ("nama", "author", "penulis", "akun", "username", "user", "pelapor", "pengirim", "handle", "alamat rumah")
"""Columns of a sheet whose value is a person, where the channel is one of citizens."""

SHORTEST_NAME = 4
"""A shorter name would be found in the middle of nowhere."""

CHATS = frozenset({"wa.me", "whatsapp.com", "api.whatsapp.com", "t.me"})
"""Hosts whose addresses may be a telephone number."""

NETWORKS = {"instagram.com", "facebook.com", "x.com", "t.me"}
"""Hosts where an address begins with an account, unless it begins with one of these:"""
NO_ACCOUNTS = frozenset({
    "p", "reel", "reels", "tv", "explore", "groups", "watch", "photo", "photos", "photo.php", "share", "story.php",
    "permalink.php", "profile.php", "events", "marketplace", "hashtag", "pages", "media", "i", "search", "home", "s",
    "c", "joinchat", "post", "posts", "status", "video", "videos", "shorts", "t", "comments", "r",
})  # fmt: skip
BEFORE_ACCOUNTS = frozenset({"stories", "people", "user", "in", "u"})
"""What an account follows in an address."""

_BETWEEN = r" .\-\u2010-\u2015\u2212\u00a0_*"
"""What people and WhatsApp write between digits."""
_S = rf"[{_BETWEEN}]{{0,3}}"
_PROVINCE = rf"(?:1{_S}[1-9]|2{_S}1|3{_S}[1-6]|5{_S}[1-3]|6{_S}[1-5]|7{_S}[1-6]|8{_S}[12]|9{_S}[1-7])"
_DAY = rf"(?:0{_S}[1-9]|[1256]{_S}[0-9]|3{_S}[01]|4{_S}[1-9]|7{_S}[01])"
_MONTH = rf"(?:0{_S}[1-9]|1{_S}[0-2])"
_CARD = re.compile(rf"(?<![0-9]){_PROVINCE}(?:{_S}[0-9]){{4}}{_S}{_DAY}{_S}{_MONTH}(?:{_S}[0-9]){{6}}(?![0-9])")
_PHONE = re.compile(
    rf"(?<![0-9])(?:\(?(?:\+|00)?62\)?{_S}(?:\(0\))?|\(?0 ?)8[1-9][0-9]\)?(?:{_S}[0-9]){{6,9}}(?![0-9])"
)
_LONG_NUMBER = re.compile(rf"[0-9][0-9{_BETWEEN}()]{{8}}")
"""In every card and phone number. Most texts have none, and are not looked at more closely."""
_DIGITS = re.compile(rf"[0-9][0-9{_BETWEEN}()]{{8,}}")
"""The whole of such a number, as far as its signs go: nothing before or behind it makes it a card or a phone."""
_EMAIL = re.compile(r"[A-Za-z0-9._%+\-]{1,64}+@[A-Za-z0-9\-]{1,63}+(?:\.[A-Za-z0-9\-]{1,63}+)++")
_HANDLE = re.compile(r"@\w+(?:\.\w+)*")
_FAMILY = re.compile(r"(?:\bkk|kartu keluarga)\W{0,3}(?:no\w*\W{0,3})?$", re.IGNORECASE)
_AMOUNT = re.compile(r"(?<![a-z])(?:rp|idr)[ .]*$", re.IGNORECASE)
_STYLED = re.compile(r"(?![0-9])\d")
_KEYCAP = re.compile("(?<=[0-9])\ufe0f?\u20e3")
_THOUSANDS = re.compile(r"62(?:\.[0-9]{3})+")
_NUMBER = re.compile(r"\+?[0-9]{9,}")
_PLAIN = re.compile(r"[\W_]+")
_OURS = re.compile(r"kutaikartanegara|kukar|kaltim|kab|id$")


@dataclass(frozen=True, slots=True)
class Shield:
    """An item as it may be stored and shown, and which kinds of personal data were taken out of it."""

    title: str
    text: str
    author: str
    media: str = ""
    raw: dict[str, Any] = field(default_factory=dict)
    kinds: tuple[str, ...] = ()


def shielded(
    title: str,
    text: str,
    author: str,
    raw: dict[str, Any],
    channel: Channel | None,
    public: frozenset[str] = frozenset(),
    media_name: str = "",
) -> Shield:
    """The item with masks where private data stood. `public` are further names that are nobody's own (`plain`)."""
    private = channel in PRIVATE_CHANNELS
    if not private and _harmless("\n".join((title, text, author, media_name, *raw, *map(str, raw.values())))):
        return Shield(title, text, author, media_name, raw)
    hides = private and _is_somebody(author, public)
    found: dict[str, None] = {ACCOUNT: None} if hides else {}
    clean = partial(_clean, name=_name_pattern(author) if hides else None, private=private, public=public, found=found)
    return Shield(
        title=clean(title),
        text=clean(text),
        author=MASKS[ACCOUNT] if hides else clean(author),
        media=clean(media_name),
        raw={clean(key): _value(key, value, clean, private, public, found) for key, value in raw.items()},
        kinds=tuple(found),
    )


def masked(words: str) -> str:
    """Words that belong to no item, as the name of a file, with masks for numbers and addresses."""
    return _clean(words, name=None, private=False, public=frozenset(), found={})


def address(url: str, channel: Channel | None = None, public: frozenset[str] = frozenset()) -> str:
    """The address as it may be read: the mask in place of a person's number or account, «wa.me/[nomor telepon]».

    Of a post any host may be a network of accounts.
    """
    parts = urlsplit(links.canonical(url))
    host, path, query = parts.hostname or "", unquote(parts.path), unquote(parts.query)
    if host in CHATS:
        path, query = (_NUMBER.sub(MASKS[PHONE], words) for words in (path, query))
    path = _without_account(path, host in NETWORKS or channel is Channel.SOCIAL, public)
    if path == "/profile.php":
        query = MASKS[ACCOUNT]
    found: dict[str, None] = {}
    told = f"{path}?{query}" if query else path
    return host + _EMAIL.sub(partial(_email, found), _CARD.sub(partial(_card, found), told))


def names_somebody(url: str, channel: Channel | None = None) -> bool:
    """Whether the address tells a person's number or account."""
    return any(mask in address(url, channel) for mask in MASKS.values())


def told_outside(row: Mapping[str, Any]) -> dict[str, Any]:
    """An item as people outside Diskominfo read it: no author, and no address that names somebody.

    Masked once more, for rows that came before there was a shield.
    """
    safe = shielded(row["title"], "", row["author"], {}, row["channel"], media_name=row["media"])
    url = "" if names_somebody(row["url"], row["channel"]) else row["url"]
    return dict(row) | {"title": safe.title, "media": safe.media, "author": "", "url": url}


def public_names(names: Iterable[str]) -> frozenset[str]:
    """Names in the form in which handles are compared with them."""
    return frozenset(plain(name) for name in names)


def plain(name: str) -> str:
    """Letters and digits alone: «@DPU_Kukar» and «dpu kukar» are one name."""
    return _PLAIN.sub("", name).casefold()


def _harmless(told: str) -> bool:
    """Nothing in a text could be masked but a name: most items are let through at one look."""
    if not told.isascii() or "@" in told:
        return False
    return not any(_CARD.search(number) or _PHONE.search(number) for number in _DIGITS.findall(told))


def _clean(value: str, *, name, private: bool, public: frozenset[str], found: dict[str, None]) -> str:
    """One text. The author's name first: later masks must not be taken for it."""
    if name is not None:
        value = name.sub(MASKS[ACCOUNT], value)
    value = _unstyled(value)
    if _LONG_NUMBER.search(value):
        value = _CARD.sub(partial(_card, found), value)
        value = _PHONE.sub(partial(_phone, found), value)
    if "@" in value:
        value = _EMAIL.sub(partial(_email, found), value)
        if private:
            value = _HANDLE.sub(partial(_handle, found, public), value)
    return value


def _unstyled(value: str) -> str:
    """Digits of other alphabets and of fancy letters as plain ones, for they are dialled and sent to all the same."""
    if value.isascii():
        return value
    return _KEYCAP.sub("", _STYLED.sub(lambda digit: str(int(digit[0])), value)).replace("\uff20", "@")


def _without_account(path: str, network: bool, public: frozenset[str]) -> str:
    """The path with the mask in place of an account; «people/Budi-Santoso/1000» ends there."""
    first, *rest = segments = path.strip("/").split("/")
    at = 1 if first in BEFORE_ACCOUNTS and rest else 0
    known = first.startswith("@") or at == 1 or (network and first not in NO_ACCOUNTS)
    if not known or not _is_somebody(segments[at], public):
        return path
    left = [] if first == "people" else segments[at + 1 :]
    return "/" + "/".join([*segments[:at], MASKS[ACCOUNT], *left])


def _card(found: dict[str, None], match: re.Match) -> str:
    """A NIK; after «KK» the number of a family card, which is built alike."""
    kind = KK if _FAMILY.search(match.string[max(0, match.start() - 24) : match.start()]) else NIK
    found[kind] = None
    return MASKS[kind]


def _phone(found: dict[str, None], match: re.Match) -> str:
    """A number, but not an amount: «Rp62812345678», «62.812.345.678»."""
    if _AMOUNT.search(match.string[max(0, match.start() - 6) : match.start()]) or _THOUSANDS.fullmatch(match[0]):
        return match[0]
    found[PHONE] = None
    return MASKS[PHONE]


def _email(found: dict[str, None], match: re.Match) -> str:
    if match[0].casefold().endswith(".go.id"):
        return match[0]
    found[EMAIL] = None
    return MASKS[EMAIL]


def _handle(found: dict[str, None], public: frozenset[str], match: re.Match) -> str:
    if not _is_somebody(match[0], public):
        return match[0]
    found[ACCOUNT] = None
    return MASKS[ACCOUNT]


def _value(key: str, value: Any, clean, private: bool, public: frozenset[str], found: dict[str, None]) -> Any:
    """A field of the source: a column of persons is hidden whole, others are cleaned."""
    if not isinstance(value, str):
        return value
    if private and key.casefold().startswith(COLUMNS) and _is_somebody(value, public):
        found[ACCOUNT] = None
        return MASKS[ACCOUNT]
    return clean(value)


def _name_pattern(author: str) -> re.Pattern | None:
    """Finds the author's name as a word, with or without the @."""
    name = author.strip().lstrip("@")
    return re.compile(rf"@?(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE) if len(name) >= SHORTEST_NAME else None


def _is_somebody(name: str, public: frozenset[str]) -> bool:
    """Whether the name or handle may be a private person's."""
    bare = plain(name)
    if not bare or bare.isdigit() or bare in NOBODY or any(mask in name for mask in MASKS.values()):
        return False
    return not _is_public(bare, public)


@lru_cache(maxsize=4096)
def _is_public(bare: str, public: frozenset[str]) -> bool:
    ours = _OURS.sub("", bare)
    return any(word in bare for word in PUBLIC_WORDS) or not {bare, ours}.isdisjoint(public | _media_names())


@cache
def _media_names() -> frozenset[str]:
    """Media by name, by domain, and by the first label of the domain."""
    told = (form for m in media() for form in (m.name, m.domain, m.domain.partition(".")[0]))
    return public_names(told) - {"", "www"}
