"""A record on another machine, read over HTTP file by file.

Refused: addresses that are neither http nor https or name no machine, answers over a limit of size or time, redirects
to anything else. A 404 or 410 means that the record lacks the file; every other failure means that nothing can be said
now.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPSConnection, IncompleteRead
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector, Request, build_opener

from communique import __version__
from communique.record.errors import Missing, NotOfFormat, Unreachable

TIMEOUT_S = 30
ANSWER_LIMIT_S = 600
FILE_LIMIT_BYTES = 256 * 1024 * 1024

_SCHEMES = ("http://", "https://")
GONE = 410
AS_IT_IS = "identity"
"""the encoding of a file that comes as it is"""
_NOT_THERE = (404, GONE)
_KEPT = "%/:=&?~+!$,;'@()*[]-._"
"""signs that an address has as they are"""


@dataclass(frozen=True)
class Answer:
    """What came for a path: its status, its bytes, and the encoding in which they are."""

    status: int
    data: bytes
    encoding: str = AS_IT_IS


def is_address(text: str) -> bool:
    """Whether the text is an address that is read over HTTP."""
    return text[:8].lower().startswith(_SCHEMES)


def plain_address(text: str) -> str:
    """An address as it is asked for, other letters than ASCII in it percent-encoded. Raises NotOfFormat."""
    todo = "copy it again as a browser shows it"
    try:
        parts = urlsplit(text)
        named = is_address(text) and (parts.hostname or "").encode("idna") and (parts.port or 1)
    except ValueError as error:
        raise NotOfFormat(f"is no web address ({error})", _shown(text), todo) from error
    if not named or " " in parts.netloc or any(sign < " " or sign == "\x7f" for sign in text):
        raise NotOfFormat("is no web address", _shown(text), todo)
    return parts._replace(path=quote(parts.path, _KEPT), query=quote(parts.query, _KEPT)).geturl()


@contextmanager
def in_time(lines: list[socket.socket], limit_s: float) -> Iterator[None]:
    """Nothing comes over these lines after a limit: each byte of a head may come in time, and no head end.

    Raises TimeoutError where it was reached: what was cut by it may look like a whole file.
    """
    reached = threading.Event()

    def give_up() -> None:
        reached.set()
        for line in lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(limit_s, give_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
    if reached.is_set():
        raise TimeoutError(f"the answer is not whole after {limit_s} s")


def _shown(text: str) -> str:
    """An address in one line that can be printed."""
    return text.encode("ascii", "backslashreplace").decode().replace("\n", "\\n")[:80]


def read_from(address: str) -> Callable[[str], bytes]:
    """A function that reads the file at a path under an address; it raises Missing or Unreachable.

    Raises NotOfFormat at once for what is no address.
    """
    base = plain_address(address).rstrip("/")

    def read(path: str) -> bytes:
        return _fetched(f"{base}/{path}", path)

    return read


def answer_at(address: str, path: str, encoding: str = AS_IT_IS) -> Answer:
    """What a page under an address answers (200, 404, 410) to one who takes an encoding.

    Raises Missing where it leads on, and Unreachable.
    """
    return _answer(f"{address.rstrip('/')}/{path}", path, encoding, stay=True)


def _fetched(address: str, path: str) -> bytes:
    answer = _answer(address, path)
    if answer.status in _NOT_THERE:
        raise Missing(path, plain_address(address))
    if answer.encoding != AS_IT_IS:
        raise Unreachable(f"answered in the encoding {answer.encoding!a:.40}, which was not asked for", address)
    return answer.data


def _answer(address: str, path: str, encoding: str = AS_IT_IS, stay: bool = False) -> Answer:
    address = plain_address(address)
    headers = {"User-Agent": f"communique/{__version__}", "Accept-Encoding": encoding}
    try:
        request = Request(address, headers=headers)  # noqa: S310 - see is_address
        with in_time(_lines_opened(), ANSWER_LIMIT_S), _opened(request) as answer:
            if not is_address(answer.url):
                raise Unreachable(f"leads to {answer.url}, which is no web address", address, "use another address")
            if stay and answer.url != address:
                raise Missing(path, f"{address}, which leads to {answer.url}")
            if answer.status not in (200, *_NOT_THERE):
                raise Unreachable(f"answered {answer.status} {answer.reason}", address)
            data: bytes = answer.read(FILE_LIMIT_BYTES + 1)
            if answer.length and len(data) <= FILE_LIMIT_BYTES:
                raise IncompleteRead(data[:0], answer.length)
            came = (answer.headers.get("Content-Encoding") or AS_IT_IS).strip().lower()
            status: int = answer.status
    except (URLError, HTTPException, TimeoutError, OSError, ValueError) as error:  # the last where it leads to nonsense
        raise Unreachable(f"did not answer ({getattr(error, 'reason', error)})", address) from error
    if len(data) > FILE_LIMIT_BYTES:
        raise Unreachable(f"sends more than {FILE_LIMIT_BYTES} bytes", address, "ask the office what this file is")
    return Answer(status, data, came)


def _opened(request: Request) -> Any:
    """The answer to a request, whatever its status."""
    try:
        return _opener().open(request, timeout=TIMEOUT_S)
    except HTTPError as error:
        return error


_open = threading.local()


def _lines_opened() -> list[socket.socket]:
    """What the lines will be in that this thread opens from now on; an answer that leads on needs more than one."""
    found: list[socket.socket] = []
    _open.lines = found
    return found


class _Line(HTTPConnection):
    def connect(self) -> None:
        super().connect()
        _open.lines.append(self.sock)


class _SecureLine(HTTPSConnection):
    def connect(self) -> None:
        super().connect()
        _open.lines.append(self.sock)


class _Http(HTTPHandler):
    def http_open(self, req: Request) -> Any:
        return self.do_open(_Line, req)


class _Https(HTTPSHandler):
    def https_open(self, req: Request) -> Any:
        return self.do_open(_SecureLine, req, context=self._context)  # type: ignore[attr-defined]


@cache
def _opener() -> OpenerDirector:
    return build_opener(_Http, _Https)
