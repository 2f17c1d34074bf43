"""Following addresses: politely, one after the other, and never into the office's network.

The address that a person names is asked wherever it leads; what a stranger's page or server names (a redirect, an
address in a sitemap) only on the public web (`public_web.py`). Of the addresses of a sitemap those on its own host are
asked, as the protocol has it, and none that its `robots.txt` keeps from everybody; a second apart, or as far as its
`Crawl-delay` says. Of an answer 20 seconds are waited for. Bodies come unpacked: none is asked for packed.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from urllib.error import URLError
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from communique.importing.capture import LIMIT_BYTES
from communique.importing.errors import ImportingError, NotReachable
from communique.importing.public_web import PORTS, NotPublic, Place, Resolve, connected, parts_of, public_places
from communique.importing.raw import Raw, id_of

LIMIT_SECONDS = 20.0
REDIRECTS = 5
AGENT = "communique"
APART_SECONDS = 1.0
LIMIT_APART_SECONDS = 30.0

Known = Callable[[str], Raw | None]
"""the page of an address, where a run that was stopped has asked for it: it is not asked for twice"""

_CHUNK = 65_536
_MOVED = (301, 302, 303, 307, 308)
_NAME_IT = "check the address, or save the page and name its file"


class Follower:
    """Asks for the page that somebody named, and for those that it leads to."""

    def __init__(
        self,
        named: str,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        resolve: Resolve = public_places,
        trust: ssl.SSLContext | None = None,
        known: Known = lambda _address: None,
    ) -> None:
        self._named = _origin(named)
        self._clock, self._sleep, self._resolve = clock, sleep, resolve
        self._trust, self._known = trust, known
        self._robots: dict[str, RobotFileParser] = {}
        self._asked_at: dict[str, float] = {}

    def page(self, address: str) -> Raw:
        """What an address answers; raises NotReachable."""
        end = self._clock() + LIMIT_SECONDS
        here = address
        try:
            for _ in range(REDIRECTS + 1):
                status, headers, body = self._answer(here, end)
                if status not in _MOVED or not headers.get("Location"):
                    break
                here = urljoin(here, headers["Location"])
        except NotPublic:
            what = "it leads to an address that is none of the public web"
            raise NotReachable(address, what, "save the page and name its file") from None
        except (OSError, URLError, ValueError, http.client.HTTPException) as fault:
            raise NotReachable(address, f"no page came ({fault})", _NAME_IT) from fault
        if status != 200:
            raise NotReachable(address, f"no page came (HTTP {status})", _NAME_IT)
        return Raw(id_of(here), address, body, here, None, headers.get_content_charset())

    def pages(self, addresses: Iterable[str]) -> Iterator[Raw | ImportingError]:
        """What each address of one host answers, its robots.txt and its rate kept; those of others are refused."""
        host = self._named[1] if self._named else ""
        for address in addresses:
            host = host or (_origin(address) or ("", "", 0))[1]
            try:
                if (_origin(address) or ("", "", 0))[1] != host:
                    raise NotReachable(address, f"it is not on {host}, as its sitemap is", "name it by itself")
                if known := self._known(address):
                    yield known
                    continue
                if not self._rules(address).can_fetch(AGENT, address):
                    raise NotReachable(address, "its robots.txt keeps it from us", "ask its office for the page")
                self._wait(address)
                yield self.page(address)
            except ImportingError as error:
                yield error

    def _rules(self, address: str) -> RobotFileParser:
        """The robots.txt of an address; one that is not there forbids nothing, one that fails forbids all."""
        place = urljoin(address, "/robots.txt")
        if place not in self._robots:
            rules = self._robots[place] = RobotFileParser()
            try:
                self._wait(address)
                rules.parse(self.page(place).data[:500_000].decode("utf-8", "replace").splitlines())
            except NotReachable as fault:
                gone = fault.what.startswith("no page came (HTTP 4")
                rules.parse([] if gone else ["User-agent: *", "Disallow: /"])
        return self._robots[place]

    def _wait(self, address: str) -> None:
        """Wait until its server may be asked again."""
        host = urlsplit(address).netloc
        rules = self._robots.get(urljoin(address, "/robots.txt"))
        stated = rules.crawl_delay(AGENT) if rules and rules.mtime() else None
        apart = min(max(float(stated or 0), APART_SECONDS), LIMIT_APART_SECONDS)
        if host in self._asked_at and (left := self._asked_at[host] + apart - self._clock()) > 0:
            self._sleep(left)
        self._asked_at[host] = self._clock()

    def _answer(self, address: str, end: float) -> tuple[int, http.client.HTTPMessage, bytes]:
        scheme, host, port, path, places = self._places(address)

        def left() -> float:
            if (seconds := end - self._clock()) <= 0:
                raise TimeoutError(f"more than {LIMIT_SECONDS:.0f} seconds")
            return seconds

        context = self._trust or ssl.create_default_context()
        connection = http.client.HTTPConnection(host, port)
        connection.sock = connected(places, host if scheme == "https" else "", context, left)
        try:
            shown = f"[{host}]" if ":" in host else host
            headers = {
                "Host": shown if port == PORTS[scheme] else f"{shown}:{port}",
                "User-Agent": AGENT,
                "Accept-Encoding": "identity",
                "Connection": "close",
            }
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            body = bytearray()
            while len(body) <= LIMIT_BYTES and (chunk := answer.read1(_CHUNK)):
                body += chunk
                left()
            return answer.status, answer.headers, bytes(body)
        finally:
            connection.close()

    def _places(self, address: str) -> tuple[str, str, int, str, list[Place]]:
        """Where an address leads; raises NotPublic for what nobody named and is not of the public web."""
        if self._named and _origin(address) == self._named:
            scheme, host, port = self._named
            parts = urlsplit(address)
            _, _, _, path = parts_of(parts._replace(netloc=f"[{host}]" if ":" in host else host).geturl())
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            return scheme, host, port, path, [(family, place) for family, *_facts, place in found]
        scheme, host, port, path = parts_of(address)
        return scheme, host, port, path, list(self._resolve(host, port))


def _origin(address: str) -> tuple[str, str, int] | None:
    """Scheme, host and port; None for what is no address of the web."""
    try:
        parts = urlsplit(address)
        if parts.scheme not in PORTS or not parts.hostname:
            return None
        host = parts.hostname.rstrip(".")
        name = host if ":" in host else host.encode("idna").decode("ascii")
        return parts.scheme, name, parts.port or PORTS[parts.scheme]
    except (ValueError, UnicodeError):
        return None
