"""Other machines, read politely: one connection, no more requests a second than allowed, nothing twice without cause.

    web = Web("https://embassy.example", rate_per_s=10)
    web.read("record/checkpoint")

A file that came with an ETag or a date is asked for only if it has changed (`unless`); `Unchanged` says it has not.
Where a server asks for patience (429 or 503 with Retry-After) it is waited for, up to a minute. Refused: addresses
that are not http or https, more bytes than a limit, more than five redirects, an encoding that was not asked for. 404
and 410 are Missing; whatever else is not an answer is Unreachable, and nothing is concluded from it. An answer of which
head and body have not come after ten minutes is none: who trickles it keeps nobody from the next office.
"""

from __future__ import annotations

import base64
import http.client
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urljoin, urlsplit

from communique import __version__
from communique.record.durable import Batch
from communique.record.errors import Missing, NotOfFormat, Unreachable
from communique.verify.address import (
    ANSWER_LIMIT_S,
    AS_IT_IS,
    FILE_LIMIT_BYTES,
    GONE,
    TIMEOUT_S,
    in_time,
    plain_address,
)

RATE_PER_S = 20.0
PATIENCE_S = 60
CHUNK_BYTES = 256 * 1024
REDIRECTS_LIMIT = 5
TRIES = 3

_NOT_THERE = (404, GONE)
_LEADS_ON = (301, 302, 303, 307, 308)
_ASKS_FOR_PATIENCE = (429, 503)
_UNCHANGED = 304


class Unchanged(Exception):
    """The file is the one that was asked about."""


@dataclass(frozen=True)
class Answer:
    """A file's bytes and what names this state of it: headers to send the next time."""

    data: bytes
    validators: tuple[tuple[str, str], ...] = ()


class Web:
    """The files under one address. `sleep` and `clock` are those of the system, or a test's."""

    def __init__(
        self,
        address: str,
        rate_per_s: float = RATE_PER_S,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.address = plain_address(address).rstrip("/")
        self.requests = 0
        self._pause_s = 1 / rate_per_s
        self._clock, self._sleep = clock, sleep
        self._next_at = 0.0
        self._connections: dict[tuple[str, str], http.client.HTTPConnection] = {}

    def read(self, path: str) -> bytes:
        """The bytes of the file at a path. Raises Missing and Unreachable."""
        return self.ask(path).data

    def ask(self, path: str, unless: tuple[tuple[str, str], ...] = ()) -> Answer:
        """The file at a path, with its validators. Raises Unchanged where `unless`, those of another time, hold."""
        return self._request("GET", path, dict(unless))

    def post(self, path: str, data: bytes) -> tuple[int, bytes]:
        """Status and body of the answer to a request with a body. Raises Unreachable only where there is no answer."""
        place = urlsplit(f"{self.address}/{path}")
        answer, body = self._once("POST", place, {}, data)
        return answer.status, body

    def close(self) -> None:
        """Close the connections."""
        for connection in self._connections.values():
            connection.close()
        self._connections.clear()

    def _request(self, method: str, path: str, headers: dict[str, str]) -> Answer:
        asked = plain_address(f"{self.address}/{path}")
        place, redirects, waits = urlsplit(asked), 0, 0
        while True:
            answer, body = self._once(method, place, headers, None)
            if answer.status in _LEADS_ON and redirects < REDIRECTS_LIMIT:
                place, redirects = _followed(place, answer.getheader("Location")), redirects + 1
            elif answer.status in _ASKS_FOR_PATIENCE and waits < TRIES:
                self._sleep(_patience_s(answer.getheader("Retry-After"), asked, answer.status))
                waits += 1
            else:
                break
        if answer.status == _UNCHANGED:
            raise Unchanged
        if answer.status in _NOT_THERE:
            raise Missing(path, asked)
        if answer.status != 200:
            raise Unreachable(f"answered {answer.status} {answer.reason}", asked)
        if (encoding := answer.getheader("Content-Encoding", AS_IT_IS).strip().lower()) != AS_IT_IS:
            raise Unreachable(f"answered in the encoding {encoding!a:.40}, which was not asked for", asked)
        return Answer(body, _validators(answer))

    def _once(
        self, method: str, place: SplitResult, headers: dict[str, str], data: bytes | None
    ) -> tuple[http.client.HTTPResponse, bytes]:
        """One request, a second time where the other side had closed the connection meanwhile."""
        where = place.geturl()
        wait = self._next_at - self._clock()
        if wait > 0:
            self._sleep(wait)
        self._next_at = self._clock() + self._pause_s
        self.requests += 1
        sent = {"User-Agent": f"communique/{__version__}", "Accept-Encoding": "identity", **headers}
        target = (place.path or "/") + (f"?{place.query}" if place.query else "")
        for fresh in (False, True):
            connection, used = self._connection(place, fresh)
            try:
                connection.request(method, target, data, sent)
                with in_time([connection.sock], ANSWER_LIMIT_S):
                    answer = connection.getresponse()
                    body = self._body(answer)
            except (OSError, http.client.HTTPException) as error:
                self._drop(place)
                if used and not fresh:
                    continue
                raise Unreachable(f"did not answer ({_said(error)})", where) from error
            if len(body) > FILE_LIMIT_BYTES:
                self._drop(place)
                raise Unreachable(f"sends more than {FILE_LIMIT_BYTES} bytes", where, "ask what this file is")
            if answer.will_close:
                self._drop(place)
            return answer, body
        raise AssertionError("unreachable")

    def _body(self, answer: http.client.HTTPResponse) -> bytes:
        """The bytes of an answer, up to one above the limit; a server that trickles them is given up."""
        end = self._clock() + ANSWER_LIMIT_S
        chunks, size = [], 0
        while size <= FILE_LIMIT_BYTES and (chunk := answer.read1(CHUNK_BYTES)):
            chunks.append(chunk)
            size += len(chunk)
            if self._clock() > end:
                raise TimeoutError(f"the answer is not whole after {ANSWER_LIMIT_S} s")
        if answer.length:
            raise http.client.IncompleteRead(b"", answer.length)
        answer.close()  # it was read whole, and the connection can carry the next request
        return b"".join(chunks)

    def _connection(self, place: SplitResult, fresh: bool) -> tuple[http.client.HTTPConnection, bool]:
        """A connection to the machine, and whether it was used before."""
        if fresh:
            self._drop(place)
        key = (place.scheme, place.netloc)
        if key in self._connections:
            return self._connections[key], True
        sort = http.client.HTTPSConnection if place.scheme == "https" else http.client.HTTPConnection
        try:
            self._connections[key] = sort(place.hostname or "", place.port, timeout=TIMEOUT_S)
        except (ValueError, http.client.InvalidURL) as error:
            raise Unreachable(f"is no web address ({error})", place.geturl(), "mend the address") from error
        return self._connections[key], False

    def _drop(self, place: SplitResult) -> None:
        connection = self._connections.pop((place.scheme, place.netloc), None)
        if connection:
            connection.close()


class Remembering:
    """Reads as `web` does, and asks for small files that change (a record's head, key, policy) only if they did.

    What was answered lies in `file`, with what names that state of it.
    """

    PATHS = frozenset({"checkpoint", "log.vkey", "policy"})

    def __init__(self, web: Web, file: Path) -> None:
        self._web = web
        self._file = file
        try:
            known = json.loads(file.read_bytes())
        except (OSError, ValueError):
            known = None
        self._known = known if isinstance(known, dict) else {}

    def read(self, path: str) -> bytes:
        """The bytes of the file at a path. Raises Missing and Unreachable."""
        if path not in self.PATHS:
            return self._web.read(path)
        known = self._known.get(f"{self._web.address}/{path}", {})
        try:
            answer = self._web.ask(path, tuple(map(tuple, known.get("validators", ()))))
        except Unchanged:
            return base64.b64decode(known["data"])
        if answer.validators:
            data = base64.b64encode(answer.data).decode("ascii")
            self._known[f"{self._web.address}/{path}"] = {"data": data, "validators": answer.validators}
        return answer.data

    def keep(self) -> None:
        """Write what was learned."""
        batch = Batch(self._file.parent / "making")
        batch.write(self._file, json.dumps(self._known).encode())
        batch.settle()


def _followed(place: SplitResult, target: str | None) -> SplitResult:
    try:
        return urlsplit(plain_address(urljoin(place.geturl(), target) if target else ""))
    except (NotOfFormat, ValueError) as error:
        what = f"leads to {target!r:.80}, which is no web address"
        raise Unreachable(what, place.geturl(), "use another address") from error


def _patience_s(header: str | None, where: str, status: int) -> float:
    """The seconds that a server asks for; a minute at most."""
    seconds = int(header[:18]) if header and header.isdecimal() else 1  # of more digits Python makes no number
    if seconds > PATIENCE_S:
        raise Unreachable(f"answered {status} and asks to come again in {seconds} s", where)
    return seconds


def _validators(answer: http.client.HTTPResponse) -> tuple[tuple[str, str], ...]:
    found = (("If-None-Match", answer.getheader("ETag")), ("If-Modified-Since", answer.getheader("Last-Modified")))
    return tuple((name, value) for name, value in found if value)


def _said(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error or type(error).__name__)
