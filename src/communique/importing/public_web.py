"""The public web, and nothing else: whom a stranger's address may make us ask.

Whoever writes a link or a redirect must not look into the office's network with it. So each name, of each hop, is
resolved here first; if any of its addresses is not one of the public internet it is not asked; and what is connected to
is the very address that was looked at, so that a name cannot answer once for the check and once for the connection. The
name goes into Host and SNI only. Schemes are http and https, ports 80 and 443.

    >>> is_public("192.0.2.1"), is_public("::ffff:10.0.0.1"), is_public("2606:4700::1111")
    (False, False, True)
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any
from urllib.parse import quote, urldefrag, urlsplit

PORTS = {"http": 80, "https": 443}
KEPT = "%/:=&?~+!$,;'@()*[]-._"
"""signs of an address that are sent as they are"""
NAT64 = IPv6Network("64:ff9b::/96")
LOCAL_NAT64 = IPv6Network("64:ff9b:1::/48")
"""for an office's own use (RFC 8215); Python takes it, and fec0::/10, for public"""

Place = tuple[int, Any]
"""an address family and what a socket of it connects to"""
Resolve = Callable[[str, int], Sequence[Place]]


class NotPublic(ValueError):
    """An address that is not asked: it leads to no public server."""


def public_places(host: str, port: int) -> list[Place]:
    """Where a name's servers are. Raises NotPublic if any of them is not on the public internet."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    if not found or not all(is_public(str(place[0])) for *_facts, place in found):
        raise NotPublic(host)
    return [(family, place) for family, *_facts, place in found]


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, and none that stands for another."""
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address) and (found.is_site_local or found in LOCAL_NAT64):
        return False
    inner = _inner(found) if isinstance(found, IPv6Address) else None
    return all(one.is_global and not one.is_multicast for one in (found, inner) if one is not None)


def _inner(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that a gateway would make of an IPv6 one."""
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)


def parts_of(address: str) -> tuple[str, str, int, str]:
    """Scheme, host, port and what is asked for. Raises NotPublic for what is no web server's usual place."""
    parts = urlsplit(urldefrag(address)[0])
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in PORTS or not host or (parts.port or PORTS[parts.scheme]) not in PORTS.values():
        raise NotPublic(address)
    name = host if ":" in host else host.encode("idna").decode("ascii")
    path = quote(parts.path or "/", safe=KEPT) + (f"?{quote(parts.query, safe=KEPT)}" if parts.query else "")
    return parts.scheme, name, parts.port or PORTS[parts.scheme], path


def connected(places: Sequence[Place], name: str, context: ssl.SSLContext, left: Callable[[], float]) -> socket.socket:
    """A connection to the first of the places that takes one, under TLS for a name. `left` gives the seconds left."""
    wrong: OSError = ConnectionError("no address")
    for family, place in places:
        line = socket.socket(family, socket.SOCK_STREAM)
        try:
            line.settimeout(left())
            line.connect(place)
            return context.wrap_socket(line, server_hostname=name) if name else line
        except OSError as error:
            wrong = error
            line.close()
    raise wrong
