"""Targets on other machines, asked as a reader would come to them, and no more said to them than that somebody looks.

    look(["https://ferries.example/map"]) -> {"https://ferries.example/map": Answer("moved", "https://…/sea-map")}

Each is asked for its head with HEAD, and with GET where HEAD is refused; nothing is read beyond the head of an answer,
no cookie, no credential and no referrer is sent. At most LINKS are asked, AT_ONCE at a time, each for LINK_S altogether
and all of them for WHOLE_S; REDIRECTS are followed.

Whoever writes a link must not look into the office's network with it: `importing/public_web.py` keeps each hop out.

`resolve` and `trust` are parameters so that tests can hand in a server of their own; no setting reaches them.
"""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from time import monotonic
from typing import NamedTuple
from urllib.parse import urljoin

from communique.importing.public_web import PORTS, NotPublic, Place, Resolve, connected, parts_of, public_places
from communique.newsroom.targets import Answer

LINKS, AT_ONCE, REDIRECTS = 50, 4, 3
LINK_S, WHOLE_S = 5.0, 40.0
"""seconds for one link with all its hops, and for a whole check"""
HEAD_BYTES = 32 * 1024
MOVED, MOVED_FOR_GOOD, GONE = (301, 302, 303, 307, 308), (301, 308), (404, 410)
AGENT = "Communique link check"


class _Unreached(ValueError):
    pass


class _Head(NamedTuple):
    status: int
    location: str


def look(
    targets: Iterable[str],
    resolve: Resolve | None = None,
    trust: ssl.SSLContext | None = None,
) -> dict[str, Answer]:
    """What each target answers now. `resolve` gives the places of a host and port, or raises NotPublic."""
    each = list(dict.fromkeys(targets))
    context = trust or ssl.create_default_context()
    pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="links")
    try:
        asked = {pool.submit(_answer, one, resolve or public_places, context): one for one in each[:LINKS]}
        done, _late = wait(asked, timeout=WHOLE_S)
        found = {asked[one]: one.result() for one in done}
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    beyond = dict.fromkeys(each[LINKS:], Answer("unasked"))
    return {one: found.get(one, Answer("unreached")) for one in each} | beyond


def _answer(target: str, resolve: Resolve, context: ssl.SSLContext) -> Answer:
    """One target's answer; whatever goes wrong on the way is one, too."""
    try:
        return _followed(target, _Asker(resolve, context, monotonic() + LINK_S))
    except NotPublic:
        return Answer("private")
    except ssl.SSLCertVerificationError:
        return Answer("untrusted")
    except (OSError, ValueError):  # ValueError: no address, or no HTTP
        return Answer("unreached")


def _followed(target: str, asker: _Asker) -> Answer:
    here, moved, for_good = target, "", True
    for _hop in range(REDIRECTS + 1):
        head = asker.head(here)
        if head.status in MOVED and head.location:
            here = urljoin(here, head.location)
            for_good = for_good and head.status in MOVED_FOR_GOOD
            moved = here if for_good else moved
        elif head.status in GONE:
            return Answer("gone", str(head.status))
        elif head.status >= 400:
            return Answer("answered", str(head.status))
        else:
            return Answer("moved", moved) if moved else Answer("works")
    return Answer("unreached")


class _Asker:
    """Asks for heads until its time is over."""

    def __init__(self, resolve: Resolve, context: ssl.SSLContext, until: float) -> None:
        self._resolve = resolve
        self._context = context
        self._until = until

    def head(self, address: str) -> _Head:
        """The head of what is at an address; a refused HEAD is asked again with GET."""
        scheme, host, port, path = parts_of(address)
        for method in ("HEAD", "GET"):
            found = self._asked(method, scheme, host, port, path)
            if found.status < 400:
                break
        return found

    def _asked(self, method: str, scheme: str, host: str, port: int, path: str) -> _Head:
        places = self._resolve(host, port)
        shown = f"[{host}]" if ":" in host else host
        lines = (
            f"{method} {path} HTTP/1.1",
            f"Host: {shown}" if port == PORTS[scheme] else f"Host: {shown}:{port}",
            f"User-Agent: {AGENT}",
            "Accept: */*",
            "Connection: close",
        )
        with self._connected(places, host if scheme == "https" else "") as line:
            line.settimeout(self._left())
            line.sendall("".join(f"{one}\r\n" for one in (*lines, "")).encode("ascii"))
            return self._read(line)

    def _connected(self, places: Sequence[Place], name: str) -> socket.socket:
        """A connection to the first of the places that takes one, under TLS for a name."""
        return connected(places, name, self._context, self._left)

    def _read(self, line: socket.socket) -> _Head:
        """The head of the answer; what a server says before it (103, early hints) is passed over."""
        read = b""
        while True:
            head, end, rest = read.partition(b"\r\n\r\n")
            if end and _status(head) < 200:
                read = rest
                continue
            if end:
                return _Head(_status(head), _location(head))
            line.settimeout(self._left())
            more = line.recv(1024)
            if not more or len(read) > HEAD_BYTES:
                raise _Unreached("no head")
            read += more

    def _left(self) -> float:
        left = self._until - monotonic()
        if left <= 0:
            raise TimeoutError
        return left


def _status(head: bytes) -> int:
    found = re.match(rb"HTTP/1\.[01] ([1-5]\d\d)(?: |\r|\Z)", head)
    if found is None:
        raise _Unreached("no HTTP")
    return int(found[1])


def _location(head: bytes) -> str:
    found = re.search(rb"(?im)^location:[ \t]*([^\r\n]*)", head)
    return found[1].decode("utf-8", "replace").strip() if found else ""
