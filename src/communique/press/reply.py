"""A reply: status, headers and bytes, or a file for Granian to send; and the ways in which a file becomes one.

    deliver   a file that was asked for: 304, 206, 416 or 200
    shown     a page that explains why there is not what was asked for: 404, 410
    led       another address: 301, 302
    said      a few words of our own, where the office has no page at hand

Each reply carries the protecting headers of `answer.protection`. Only `deliver` sends validators and parts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from communique.press.answer import ASK_AGAIN, NOTHING, PLAIN, Span, protection, span, still_whole, unchanged
from communique.press.copies import Copy

Headers = list[tuple[str, str]]

FILE_ONLY = ("etag", "accept-ranges", "last-modified", "cache-control", "access-control-allow-origin")
"""Headers of a file that do not hold when it is sent in the place of another one."""


class Request(NamedTuple):  # as quick to make as a tuple: one is made for each request
    """What the answer depends on. `path` is decoded once; `header` gives a header's value by its lower-case name."""

    method: str
    path: str
    query: str
    header: Callable[[str], str | None]


class Reply(NamedTuple):
    """An answer: `body`, or the file at `file`, or only the `span` of it."""

    status: int
    headers: Headers
    body: bytes = b""
    file: str = ""
    span: Span | None = None


@dataclass(frozen=True)
class Large:
    """A form of a file that is sent from disk by its path. It has an ETag only if its name is bound to its content."""

    path: str
    size: int
    etag: str | None
    headers: Headers
    modified: str | None = None


def deliver(form: Copy | Large, request: Request) -> Reply:
    """A file that was found, or as much of it as the client lacks."""
    if form.etag is None:
        return _whole(200, form, form.headers)
    header = request.header
    if unchanged(header("if-none-match"), header("if-modified-since"), form.etag, form.modified):
        return Reply(304, [pair for pair in form.headers if not pair[0].startswith("content-t")])
    wanted = header("range") if request.method == "GET" else None
    if wanted is None or not still_whole(header("if-range"), form.etag, form.modified):
        return _whole(200, form, form.headers)
    part = span(wanted, form.size)
    if part is None:
        return _whole(200, form, form.headers)
    if part == NOTHING:
        return said(416, f"The file has {form.size} bytes.", extra=[("content-range", f"bytes */{form.size}")])
    return _part(form, part)


def _part(form: Copy | Large, part: Span) -> Reply:
    headers = [*form.headers, ("content-range", f"bytes {part.first}-{part.last}/{form.size}")]
    if isinstance(form, Copy):
        return Reply(206, headers, form.body[part.first : part.last + 1])
    return Reply(206, [*headers, ("content-length", str(part.length))], file=form.path, span=part)


def _whole(status: int, form: Copy | Large, headers: Headers) -> Reply:
    if isinstance(form, Copy):
        return Reply(status, headers, form.body)
    length = [("content-length", str(form.size))] if form.etag else []
    return Reply(status, [*headers, *length], file=form.path)


def shown(status: int, form: Copy | Large, path: str) -> Reply:
    """The page in `form` in place of what was asked for at `path`."""
    headers = [pair for pair in form.headers if pair[0] not in FILE_ONLY]
    opened = [pair for pair in protection(path) if pair[0] == "access-control-allow-origin"]
    return _whole(status, form, [*headers, ("cache-control", ASK_AGAIN), *opened])


def said(status: int, words: str, path: str = "", extra: Sequence[tuple[str, str]] = ()) -> Reply:
    """One line of plain text, in English: it is seen only where the press has baked nothing better."""
    headers = [("content-type", PLAIN), ("cache-control", ASK_AGAIN), *protection(path), *extra]
    return Reply(status, headers, f"{words}\n".encode())


def led(status: int, location: str) -> Reply:
    """Sends the reader on to `location`, which is percent-encoded already."""
    return Reply(status, [("location", location), ("cache-control", ASK_AGAIN), *protection("")])


def send(protocol: Any, reply: Reply, head: bool) -> None:  # Granian's objects have no public types
    """Hands a reply to Granian, by the shortest way it offers. The end of its file range is exclusive."""
    if head:
        known = reply.file or any(name == "content-length" for name, _ in reply.headers) or reply.status == 304
        length = [] if known else [("content-length", str(len(reply.body)))]
        protocol.response_empty(reply.status, [*reply.headers, *length])
    elif reply.span:
        protocol.response_file_range(reply.status, reply.headers, reply.file, reply.span.first, reply.span.last + 1)
    elif reply.file:
        protocol.response_file(reply.status, reply.headers, reply.file)
    elif reply.body:
        protocol.response_bytes(reply.status, reply.headers, reply.body)
    else:
        protocol.response_empty(reply.status, reply.headers)
