"""One address for one article: tracking marks, AMP and mobile twins stripped."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from app.monitoring.rules.listing import listed

MAX_LENGTH = 2000

_TRACKERS = listed(
    """
    fbclid gclid dclid gbraid wbraid msclkid yclid twclid ttclid igshid igsh mc_cid mc_eid _ga _gl spm ref_src
    ref_url ref share shared s_cid cmpid ocid ncid sr_share amp outputtype google_editors_picks lgn_method single
    source_medium from_source mibextid rdid _rdc _rdr is_from_webapp sender_device
    """
)
_TWINS = ("www.", "m.", "amp.", "mobile.", "mobi.", "wap.", "web.")
_SAME_HOST = {
    "twitter.com": "x.com",
    "fb.com": "facebook.com",
    "instagr.am": "instagram.com",
    "id-id.facebook.com": "facebook.com",
}
_AMP_CACHE = re.compile(r"^/(?:[acr]|amp)/(?:s/)?(.+)$")
_COMMON = re.compile(r"(https?)://([a-z0-9.-]+)(/[\w~./-]*)?", re.ASCII)
"""An address without port, user, query, fragment and signs: most are, and are told apart five times as fast."""
_UNQUOTED = re.compile(r"[\w!$&'()*+,;=:@~./-]*", re.ASCII)
"""A path in which nothing is quoted and nothing needs to be."""
_HOST = re.compile(r"^[a-z0-9_](?:[a-z0-9._-]*[a-z0-9])?$")


class _Parts(NamedTuple):
    scheme: str
    netloc: str
    host: str
    port: int | None
    path: str
    query: str = ""
    fragment: str = ""


@lru_cache(maxsize=1024)
def canonical(address: object) -> str:
    """The address under which all variants of one page are one; "" when it is no http(s) address.

    The scheme is always https, so that an http twin is the same page. Stable: canonical(canonical(x)) == canonical(x).
    """
    parts = _split(address)
    if parts is None:
        return ""
    parts = _out_of_amp_cache(parts)
    host = bare_host(parts.host)
    if not _HOST.match(host):
        return ""
    host, path, query = _special(host, _path(parts.path), _query(parts.query))
    return f"https://{host}{_port(parts)}{path}{'?' if query else ''}{query}"[:MAX_LENGTH]


def showable(address: object) -> str:
    """The address as it came, if a page may link it: http or https, a host, no user name; else ""."""
    parts = _split(address)
    if parts is None or "@" in parts.netloc:
        return ""
    if not (parts.query or parts.fragment):
        return f"{parts.scheme}://{parts.netloc}{parts.path}"
    return urlunsplit((parts.scheme, parts.netloc, parts.path, parts.query, parts.fragment))


@lru_cache(maxsize=1024)
def host_of(address: object) -> str:
    """The bare host of an address: `kabaretam.example` for any of its twins; "" for none."""
    return canonical(address).removeprefix("https://").partition("/")[0].partition(":")[0]


def bare_host(host: str) -> str:
    """A host in lower case without www., m., amp. and the like; internationalised names in their wire form."""
    host = _wire(host.lower().strip("."))
    while (twin := next((t for t in _TWINS if host.startswith(t)), None)) and "." in host.removeprefix(twin):
        host = host.removeprefix(twin)
    return _SAME_HOST.get(host, host)


@lru_cache(maxsize=1024)
def _split(address: object) -> _Parts | None:
    text = "".join(str(address or "").split())
    if not text or len(text) > MAX_LENGTH:
        return None
    if common := _COMMON.fullmatch(text):
        scheme, host, path = common.groups("")
        return _Parts(scheme, host, host, None, path)
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port  # raises for a port that is none
    except ValueError:
        return None
    ok = parts.scheme in ("http", "https") and host
    return _Parts(parts.scheme, parts.netloc, host, port, parts.path, parts.query, parts.fragment) if ok else None


def _wire(host: str) -> str:
    try:
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def _port(parts: _Parts) -> str:
    return f":{parts.port}" if parts.port not in (None, 80, 443) else ""


def _out_of_amp_cache(parts: _Parts) -> _Parts:
    """The page behind an address in one of the AMP caches."""
    cached = parts.host.endswith(".cdn.ampproject.org") or parts.host in ("www.google.com", "google.com")
    match = _AMP_CACHE.match(parts.path) if cached else None
    inner = _split(f"https://{match.group(1)}") if match and "." in match.group(1).partition("/")[0] else None
    return inner or parts


def _path(path: str) -> str:
    segments = [segment for segment in path.split("/") if segment]
    if not _UNQUOTED.fullmatch(path):
        segments = [quote(unquote(segment), safe="!$&'()*+,;=:@~-._") for segment in segments]
    while segments and segments[-1].lower() in ("amp", "amp.html", "index.html", "index.php"):
        segments.pop()
    while len(segments) > 1 and segments[0].lower() == "amp":
        segments.pop(0)
    return "/" + "/".join(segments)


def _query(query: str) -> str:
    if not query:
        return ""
    pairs = [(k, v) for k, v in parse_qsl(query, max_num_fields=200) if not _tracks(k.lower(), v)]
    return urlencode(sorted(pairs))


def _tracks(key: str, value: str) -> bool:
    return key in _TRACKERS or key.startswith(("utm_", "pk_", "mtm_", "at_", "hsa_")) or (key, value) == ("page", "all")


def _special(host: str, path: str, query: str) -> tuple[str, str, str]:
    """Short addresses of video sites; posts of X, Instagram and TikTok need no query at all."""
    if host == "youtu.be" and len(path) > 1:
        return "youtube.com", "/watch", urlencode({"v": unquote(path[1:])})
    if host == "youtube.com" and path == "/watch":
        return host, path, urlencode([(k, v) for k, v in parse_qsl(query) if k == "v"])
    if host in ("x.com", "instagram.com", "tiktok.com"):
        return host, path, ""
    return host, path, query
