"""Which addresses a feed may be fetched from: our own table, since ipaddress.is_global is fooled by NAT64 and 6to4."""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading

REFUSED = tuple(
    ipaddress.ip_network(net)
    for net in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
        "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20",
    )
)  # fmt: skip
PUBLIC_V6 = ipaddress.ip_network("2000::/3")
"""All that is global in version 6; outside of it lie loopback, link-local, private, multicast, mapped and NAT64."""


class Unreachable(Exception):
    """A name that leads nowhere, or nowhere we may go; the message is Indonesian."""


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet, in whatever form it is written."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if ip.version == 6 and ip not in PUBLIC_V6:
        return False
    return not any(ip in net for net in REFUSED if net.version == ip.version)


def names_inside(host: str) -> bool:
    """Whether a host leads inside by its own spelling: a number of ours or localhost. Names are asked when fetched."""
    if host.rstrip(".") == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return True
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return not is_public(host)


def checked(host: str, port: int, allowed: frozenset[str], seconds: float) -> str:
    """Resolve `host` once and return the address to connect to. Raises Unreachable.

    `allowed` are host:port pairs of TANGGAP_FETCH_ALLOW, for which private addresses are fine.
    """
    found = _resolve(host, port, seconds)
    if f"{host}:{port}" in allowed:
        return found[0]
    if port not in (80, 443):
        raise Unreachable(f"Port {port} tidak diizinkan. Admin sistem dapat menambahkannya di TANGGAP_FETCH_ALLOW.")
    public = [address for address in found if is_public(address)]
    if not public:
        raise Unreachable(
            "Alamatnya menunjuk ke jaringan dalam. Admin sistem dapat mengizinkannya di TANGGAP_FETCH_ALLOW."
        )
    return public[0]


def _resolve(host: str, port: int, seconds: float) -> list[str]:
    """All addresses of a name; the resolver has no time limit of its own, so a thread waits for it."""
    answer: queue.Queue[list[str] | None] = queue.Queue(1)

    def ask() -> None:
        try:
            answer.put([str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)])
        except (OSError, UnicodeError):
            answer.put(None)

    threading.Thread(target=ask, daemon=True).start()
    try:
        found = answer.get(timeout=max(0.1, seconds))
    except queue.Empty:
        found = None
    if not found:
        raise Unreachable("Nama situs tidak ditemukan. Periksa ejaan alamatnya.")
    return found
