"""The network below httpx: every connection goes to an address that was checked, every wait ends with one deadline."""

from __future__ import annotations

import ssl
import time
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import httpcore
import httpx

from app.monitoring import addresses

SECONDS = 20.0
STEP_SECONDS = 8.0


@dataclass
class Deadline:
    """Seconds left of the whole fetch, shared by every step of it."""

    ends: float = field(default_factory=lambda: time.monotonic() + SECONDS)

    def left(self) -> float:
        left = self.ends - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("deadline")
        return min(left, STEP_SECONDS)


class GuardedTransport(httpx.BaseTransport):
    """Connects only to addresses that were checked; name and certificate stay those of the URL."""

    def __init__(self, allowed: frozenset[str], deadline: Deadline) -> None:
        backend = GuardedBackend(allowed, deadline)
        self._pool = httpcore.ConnectionPool(ssl_context=_tls(), network_backend=backend, max_connections=2)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        address = httpcore.URL(
            scheme=request.url.raw_scheme, host=request.url.raw_host, port=request.url.port, target=request.url.raw_path
        )
        asked = httpcore.Request(request.method, address, headers=request.headers.raw)
        answer = self._pool.handle_request(asked)
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Stream(answer.stream), extensions=answer.extensions
        )

    def close(self) -> None:
        self._pool.close()


class _Stream(httpx.SyncByteStream):
    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __iter__(self) -> Any:
        yield from self._stream

    def close(self) -> None:
        self._stream.close()


class GuardedBackend(httpcore.NetworkBackend):
    """Resolves once, checks, connects to exactly what was checked; every wait ends with the deadline."""

    def __init__(self, allowed: frozenset[str], deadline: Deadline) -> None:
        self._allowed, self._deadline = allowed, deadline
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore.NetworkStream:
        address = addresses.checked(host.strip("[]"), port, self._allowed, self._deadline.left())
        stream = self._inner.connect_tcp(address, port, self._deadline.left(), local_address, socket_options)
        return DeadlineStream(stream, self._deadline)

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Any = None
    ) -> httpcore.NetworkStream:
        raise addresses.Unreachable("Alamatnya bukan alamat http atau https yang benar.")


class DeadlineStream(httpcore.NetworkStream):
    """A slow server that drips byte by byte is cut off by the deadline of the whole fetch."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return DeadlineStream(
            self._stream.start_tls(ssl_context, server_hostname, self._deadline.left()), self._deadline
        )

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


@cache
def _tls() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)
