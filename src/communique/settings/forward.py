"""From the public port to the newsroom's process: one request in, one connection to a socket in the file system.

The server of the public site (`site_server.py`) hands over what was asked of the newsroom's host name. What happens to
a request, in this order:

1. Its body is received whole, up to BODY_LIMIT_BYTES, in memory up to MEMORY_BYTES and beyond that in a file without a
   name. So a slow client keeps none of the newsroom's threads waiting, and a body that was cut off is never handed on.
   A body must say its length (browsers do); one that does not is 411, one that is too large 413, with the newsroom's
   own page for it (TOO_LARGE), which knows the person's language.
2. Its headers are made anew. Left out are those that concern one connection (RFC 9110, 7.6.1), those by which a client
   could say who it is (`Forwarded`, `X-Forwarded-…`, `X-Real-IP`), and all with an underscore in the name, which WSGI
   cannot tell from the same name with a hyphen. Added are who asked, how and for which host, and the secret by which
   the newsroom's process knows that it was us (`newsroom_server.py`).
3. The answer is received whole in the same way before any of it is sent on, so it is never half an answer. A large one
   is sent from a file, because Granian's stream takes everything into memory at once when the reader is slow.

The newsroom not there: 503. It ended or said nothing within ANSWER_WITHIN_S: 502 or 504, since it may have done what it
was asked. Nothing here waits for the newsroom to be there, and the public site does not notice either way.

Each request has a connection of its own: they are cheap, and none is found half closed.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator
from html import escape
from typing import IO, Any
from urllib.parse import quote

import h11

from communique.press.answer import protection
from communique.press.reply import Headers, Reply, send
from communique.press.server import in_thread

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
DOOR_HEADER = "x-communique-door"
"""Bears the secret of the two processes."""
TOLD_HEADER = "x-communique-told-for"
"""Bears the last name in the X-Forwarded-For that came: true only of a web server in front (`settings/desk.py`)."""
TOLD_FOR = "communique.told_for"
"""The same, put aside in the environ of WSGI."""

BODY_LIMIT_BYTES = 110_000_000
READ_ON_BYTES = 40 * BODY_LIMIT_BYTES
"""A body up to this length, that of the largest file a camera writes, is read to its end before it is refused, and none
of it kept: a browser shows the sentence only then, else that the connection was reset."""
TOO_LARGE = "/too-large/"
"""The newsroom's page for what is larger."""
MEMORY_BYTES = 1_000_000
BLOCK_BYTES = 65_536
HEADERS_LIMIT_BYTES = 65_536

BODY_PAUSE_S = 30.0
"""How long a client may send nothing of its body."""
ANSWER_WITHIN_S = 120.0
"""How long the newsroom may say nothing."""
ANSWER_FILE_S = 60.0
"""How long the file of a large answer is there to be opened, after which its name is taken away."""

LEFT_OUT = frozenset(
    {"connection", "keep-alive", "proxy-connection", "proxy-authenticate", "proxy-authorization", "te", "trailer"}
    | {"transfer-encoding", "upgrade", "http2-settings", "expect", "content-length", "host"}
    | {"forwarded", "x-real-ip", "proxy", DOOR_HEADER, TOLD_HEADER}
)
ABOUT_A_BODY = frozenset({"content-length", "content-type", "content-encoding", "origin"})
LEFT_OUT_OF_ANSWERS = LEFT_OUT | {"server", "date"}
IN_A_TARGET = "".join(chr(code) for code in range(0x21, 0x7F))
"""What may stand in a request target; a query is sent on as it came."""

NOT_RUNNING = "The newsroom is not running just now; the public site is not affected. Try again in a few seconds."
ENDED = "The newsroom ended before it had answered. Open the page again and look whether your change was kept."
SILENT = "The newsroom has not answered in time. Open the page again and look whether your change was kept."


MUCH = (
    f"This is larger than {BODY_LIMIT_BYTES // 1_000_000} MB, more than can be taken in at once. "
    "Go back: what you typed is still there. Send less, or in parts."
)


class TooLarge(Exception):
    """A body that is not handed on."""


class Refused(Exception):
    """A request that is not handed on, with the reply that says why."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.reply = page(status, words)


def page(status: int, words: str, retry_s: int = 0) -> Reply:
    """A page of one sentence, in English: there is no newsroom at hand that could say it in another language."""
    headers: Headers = [("content-type", "text/html; charset=utf-8"), ("cache-control", "no-store"), *protection("")]
    body = (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{escape(words.partition('.')[0])}</title>\n<p>{escape(words)}</p>\n</html>\n"
    )
    return Reply(status, [*headers, *([("retry-after", str(retry_s))] if retry_s else [])], body.encode())


class Forwarder:
    """The way to the newsroom that listens at `socket`, in a folder that nobody else can enter."""

    def __init__(self, socket: str, secret: str) -> None:
        self.socket = socket
        self.folder = os.path.dirname(socket)
        self.secret = secret

    async def respond(self, scope: Any, protocol: Any, host: str) -> None:  # Granian's objects have no public types
        """Hands a request on and its answer back. `host` is what was asked for: a lower-case name, perhaps a port."""
        try:
            reply = await self._reply(scope, protocol, host)
        except Refused as refused:
            reply = refused.reply
        except TooLarge:
            reply = await self._too_large(scope, host)
        send(protocol, reply, scope.method == "HEAD")
        if reply.file:
            asyncio.get_running_loop().call_later(ANSWER_FILE_S, _remove, reply.file)

    async def _reply(self, scope: Any, protocol: Any, host: str) -> Reply:
        if scope.method not in METHODS:
            raise Refused(405, "The newsroom does not know this method.")
        if not scope.path.startswith("/"):
            raise Refused(400, "The address does not begin with a slash.")
        with tempfile.SpooledTemporaryFile(MEMORY_BYTES, dir=self.folder) as body:
            length = await _receive(scope, protocol, body)
            request = h11.Request(
                method=scope.method, target=_target(scope), headers=self._headers(scope, host, length)
            )
            return await self._ask(request, body)

    async def _too_large(self, scope: Any, host: str) -> Reply:
        """The newsroom's own page, asked for in the name of who sent too much; ours where it has none."""
        headers = [pair for pair in self._headers(scope, host, 0) if pair[0] not in ABOUT_A_BODY]
        with tempfile.SpooledTemporaryFile(MEMORY_BYTES) as nothing:
            reply = await self._ask(h11.Request(method="GET", target=TOO_LARGE, headers=headers), nothing)
        return reply if reply.status == 413 else page(413, MUCH)

    def _headers(self, scope: Any, host: str, length: int) -> Headers:
        told = (scope.headers.get("x-forwarded-for") or "").rpartition(",")[2].strip()
        named = {name.strip().lower() for name in (scope.headers.get("connection") or "").split(",")}
        kept = [
            (name, value)
            for name, value in scope.headers.items()
            if not (name in LEFT_OUT or name in named or "_" in name or name.startswith("x-forwarded"))
        ]
        return [
            ("host", host),
            *kept,
            *([("content-length", str(length))] if length or scope.method in ("POST", "PUT", "PATCH") else []),
            ("x-forwarded-for", scope.client.rpartition(":")[0].strip("[]")),
            ("x-forwarded-proto", scope.scheme),
            *([(TOLD_HEADER, told)] if told else []),
            ("x-forwarded-host", host),
            (DOOR_HEADER, self.secret),
            ("connection", "close"),
        ]

    async def _ask(self, request: h11.Request, body: IO[bytes]) -> Reply:
        try:
            reader, writer = await asyncio.open_unix_connection(self.socket)
        except OSError:
            return page(503, NOT_RUNNING, retry_s=5)
        connection = h11.Connection(h11.CLIENT, max_incomplete_event_size=HEADERS_LIMIT_BYTES)
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                await _hand_on(connection, writer, request, body)
            return await self._answer(connection, reader, request.method == b"HEAD")
        except TimeoutError:
            return page(504, SILENT)
        except (OSError, h11.RemoteProtocolError):
            return page(502, ENDED)
        finally:
            writer.close()

    async def _answer(self, connection: h11.Connection, reader: asyncio.StreamReader, head: bool) -> Reply:
        events = _events(connection, reader)
        response = await anext(events)
        assert isinstance(response, h11.Response)  # noqa: S101 - the first that `_events` gives
        headers = [
            (name, value)
            for name, value in ((name.decode(), value.decode("utf-8", "replace")) for name, value in response.headers)
            if name not in LEFT_OUT_OF_ANSWERS or (head and name == "content-length")
        ]
        headers.append(("server", "communique"))
        body = bytearray()
        async for data in events:
            body += data.data
            if len(body) > MEMORY_BYTES:
                return await self._large(response.status_code, headers, body, events)
        return Reply(response.status_code, headers, bytes(body))

    async def _large(self, status: int, headers: Headers, begun: bytearray, events: AsyncIterator[Any]) -> Reply:
        descriptor, name = tempfile.mkstemp(prefix="answer-", dir=self.folder)
        try:
            with os.fdopen(descriptor, "wb", buffering=0) as file:
                await in_thread(file.write, begun)
                async for data in events:
                    await in_thread(file.write, data.data)
                size = file.tell()
        except BaseException:
            _remove(name)
            raise
        return Reply(status, [*headers, ("content-length", str(size))], file=name)


async def _receive(scope: Any, protocol: Any, body: IO[bytes]) -> int:
    """Receives a request's body and returns its length. Raises TooLarge, or Refused when not all of it came."""
    if "transfer-encoding" in scope.headers:
        raise Refused(411, "What is sent to the newsroom must say its length.")
    declared = int(scope.headers.get("content-length") or 0)  # checked by Granian
    if declared == 0:
        return 0
    fits = declared <= BODY_LIMIT_BYTES
    received = 0
    try:
        chunks = aiter(protocol) if declared <= READ_ON_BYTES else _none()
        while received < declared:
            async with asyncio.timeout(BODY_PAUSE_S):
                chunk = await chunks.__anext__()  # not `anext`, which cannot break off Granian's awaitables
            if not chunk:
                break
            received += len(chunk)
            if fits:
                await _write(body, chunk, received)
    except StopAsyncIteration:
        pass
    except TimeoutError:
        raise Refused(408, "Sending stopped before all of it was here; send it again.") from None
    if not fits:
        raise TooLarge
    if received != declared:
        raise Refused(400, "Not all of it has arrived; send it again.")
    body.seek(0)
    return received


async def _none() -> AsyncIterator[bytes]:
    """The chunks of a body that is not read at all."""
    return
    yield b""


async def _write(body: IO[bytes], chunk: bytes, received: int) -> None:
    """Beyond memory in a thread: a disk may be slow, and public readers share this event loop."""
    if received <= MEMORY_BYTES:
        body.write(chunk)
    else:
        await in_thread(body.write, chunk)


def _target(scope: Any) -> str:
    """The request target. Granian has decoded the path; WSGI decodes it again, once."""
    query = scope.query_string
    return quote(scope.path, safe="/:@!$&'()*+,;=-._~") + (f"?{quote(query, safe=IN_A_TARGET)}" if query else "")


async def _hand_on(
    connection: h11.Connection, writer: asyncio.StreamWriter, request: h11.Request, body: IO[bytes]
) -> None:
    """Sends the request. `newsroom_server.py` reads it to its end before it answers: neither waits for the other."""
    writer.write(connection.send(request) or b"")
    while block := body.read(BLOCK_BYTES):
        writer.write(connection.send(h11.Data(block)) or b"")
        await writer.drain()
    writer.write(connection.send(h11.EndOfMessage()) or b"")
    await writer.drain()


async def _events(connection: h11.Connection, reader: asyncio.StreamReader) -> AsyncIterator[Any]:
    """The response and its data, to its end. Raises h11.RemoteProtocolError when it is cut off."""
    while not isinstance(event := connection.next_event(), h11.EndOfMessage):
        if event is h11.NEED_DATA:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                connection.receive_data(await reader.read(BLOCK_BYTES))
        elif isinstance(event, h11.ConnectionClosed):
            raise h11.RemoteProtocolError("the connection was closed before an answer")
        elif not isinstance(event, h11.InformationalResponse):
            yield event


def _remove(name: str) -> None:
    try:
        os.unlink(name)
    except FileNotFoundError:
        return
