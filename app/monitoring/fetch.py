"""Fetching a feed without being led astray: checked addresses, few redirects, bounded size and time (guard.md 12)."""

from __future__ import annotations

import hashlib
import ssl
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, TypeVar

import httpcore
import httpx

from app.core import clock
from app.monitoring import addresses
from app.monitoring.transport import Deadline, GuardedTransport

MOST_BYTES = 10 * 1024 * 1024
MOST_REDIRECTS = 3
AGENT = "Tanggap/1.0 (pemantauan media; +https://diskominfo.kukarkab.go.id/)"
ACCEPT = (
    "application/feed+json, application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.8, */*;q=0.5"
)
DEMO_SCHEME = "demo:"
T = TypeVar("T")


class FetchFailed(Exception):
    """Nothing came; `reason` is Indonesian. `after` are seconds the server asked for, `gone` says never again.

    `status` is what the server answered, 0 when it did not.
    """

    def __init__(self, reason: str, after: float | None = None, gone: bool = False, status: int = 0) -> None:
        super().__init__(reason)
        self.reason, self.after, self.gone, self.status = reason, after, gone, status


@dataclass(frozen=True)
class Answered:
    """How a page answered at the end of its redirects, and where that was."""

    status: int
    url: str


@dataclass(frozen=True)
class Fetched:
    """What came: None as body means unchanged (304). `url` is where it lay after all redirects."""

    body: bytes | None
    media_type: str = ""
    etag: str = ""
    last_modified: str = ""
    moved_to: str = ""
    url: str = ""

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.body or b"").hexdigest()


def fetch(url: str, *, etag: str = "", last_modified: str = "", allowed: Iterable[str] = ()) -> Fetched:
    """One conditional GET, following at most three redirects, each checked anew. Raises FetchFailed."""
    headers = {"Accept": ACCEPT, "Accept-Encoding": "gzip, deflate", "User-Agent": AGENT}
    headers |= {k: v for k, v in (("If-None-Match", etag), ("If-Modified-Since", last_modified)) if v}
    deadline = Deadline()

    def taken(response: httpx.Response, ended: str, permanent: bool) -> Fetched:
        return _taken(response, deadline, ended if permanent and ended != url else "")

    with _client(allowed, deadline) as client:
        return _follow(client, url, headers, taken)


def probe(url: str, *, allowed: Iterable[str] = ()) -> Answered:
    """Ask for a page as `fetch` does, and read nothing of it. Raises FetchFailed when no answer comes."""
    headers = {"Accept": "text/html, */*;q=0.5", "Range": "bytes=0-1023", "User-Agent": AGENT}
    with _client(allowed, Deadline()) as client:
        return _follow(client, url, headers, lambda response, ended, _: Answered(response.status_code, ended))


@contextmanager
def _client(allowed: Iterable[str], deadline: Deadline) -> Iterator[httpx.Client]:
    """A guarded client; what breaks below becomes FetchFailed in plain words."""
    spelled = frozenset(pair.lower().replace("[", "").replace("]", "") for pair in allowed)
    try:
        with httpx.Client(transport=GuardedTransport(spelled, deadline), trust_env=False) as client:
            yield client
    except addresses.Unreachable as error:
        raise FetchFailed(str(error)) from error
    except (
        httpx.InvalidURL,
        httpx.UnsupportedProtocol,
        httpcore.UnsupportedProtocol,
        UnicodeError,
        ValueError,
    ) as error:
        raise FetchFailed("Alamatnya bukan alamat http atau https yang benar.") from error
    except (httpcore.TimeoutException, httpx.TimeoutException) as error:
        raise FetchFailed("Situs tidak menjawab dalam 20 detik.") from error
    except (ssl.SSLError, httpcore.NetworkError, httpcore.ProtocolError, httpx.TransportError, OSError) as error:
        raise FetchFailed(_broken(error)) from error


def _follow(
    client: httpx.Client, url: str, headers: dict[str, str], taken: Callable[[httpx.Response, str, bool], T]
) -> T:
    """What `taken` makes of the last answer, given where it came from and whether every move there was for good."""
    permanent = True
    target = httpx.URL(url)
    for _ in range(MOST_REDIRECTS + 1):
        if target.scheme not in ("http", "https") or not target.host or target.userinfo:
            raise FetchFailed("Alamatnya bukan alamat http atau https yang benar.")
        with client.stream("GET", target, headers=headers) as response:
            if not response.has_redirect_location:
                return taken(response, str(target), permanent)
            permanent = permanent and response.status_code in (301, 308)
            target = target.join(response.headers["Location"])
    raise FetchFailed("Situs mengalihkan lebih dari tiga kali.")


def _taken(response: httpx.Response, deadline: Deadline, moved_to: str) -> Fetched:
    status = response.status_code
    if status == 304:
        return Fetched(None, moved_to=moved_to)
    if status == 410:
        raise FetchFailed("Situs menyatakan umpan ini sudah dihapus (410).", gone=True, status=status)
    if status != 200:
        after = retry_after(response.headers.get("Retry-After", ""))
        raise FetchFailed(_status(status), after, status=status)
    return Fetched(
        _body(response, deadline),
        response.headers.get("Content-Type", "")[:100],
        response.headers.get("ETag", "")[:300],
        response.headers.get("Last-Modified", "")[:100],
        moved_to[:1000],
        str(response.url),
    )


def _body(response: httpx.Response, deadline: Deadline) -> bytes:
    """The bytes, inflated by ourselves so that a bomb is stopped at the limit and not after it."""
    inflate = _inflater(response.headers.get("Content-Encoding", "").strip().lower())
    body = bytearray()
    for chunk in response.iter_raw():
        deadline.left()
        body += inflate(chunk, MOST_BYTES + 1 - len(body))
        if len(body) > MOST_BYTES:
            raise FetchFailed("Umpan lebih dari 10 MB.")
    return bytes(body)


def _inflater(encoding: str) -> Any:
    if encoding in ("", "identity"):
        return lambda chunk, _most: chunk
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise FetchFailed(f"Situs mengirim kompresi '{encoding[:20]}' yang tidak diminta.")
    engine = zlib.decompressobj(wbits=47)  # zlib or gzip, told by the first bytes

    def inflate(chunk: bytes, most: int) -> bytes:
        try:
            return engine.decompress(chunk, most)
        except zlib.error as error:
            raise FetchFailed("Kiriman dari situs rusak dan tidak bisa dibuka.") from error

    return inflate


def retry_after(value: str) -> float | None:
    """Seconds a server asks us to wait, from a number or a date; at most a day."""
    if value.strip().isdigit():
        return float(min(int(value.strip()[:9]), 86_400))
    try:
        moment = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(0.0, (moment - clock.now()).total_seconds()), 86_400.0)


def _status(status: int) -> str:
    known = {
        401: "Situs meminta kata sandi (401).",
        403: "Situs menolak permintaan kita (403).",
        404: "Alamat umpan tidak ditemukan (404). Periksa alamatnya.",
        429: "Situs meminta kita lebih jarang mengambil (429).",
    }
    return known.get(status, f"Situs sedang bermasalah ({status}).")


def _broken(error: Exception) -> str:
    if isinstance(error, ssl.SSLError) or "certificate" in str(error).lower():
        return "Sertifikat keamanan situs tidak sah."
    if isinstance(error, (httpcore.ConnectError, httpx.ConnectError, ConnectionRefusedError)):
        return "Situs tidak bisa dihubungi."
    return "Sambungan ke situs terputus."


def bundled(url: str, folder: Path) -> Fetched:
    """A feed of the demo story, `demo:<file>` in `folder`, read by the same reader as any other."""
    path = (folder / url.removeprefix(DEMO_SCHEME)).resolve()
    if path.parent != folder.resolve() or not path.is_file():
        raise FetchFailed("Berkas contoh ini tidak ada.")
    return Fetched(path.read_bytes())
