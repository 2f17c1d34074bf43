"""A witness on the web: Python's own server in front of `witness.py`, connections kept alive, a thread for each.

Put a web server with TLS in front of it. A request that is too long is refused before it is read; a connection on which
nothing comes is closed after half a minute.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from communique import __version__
from communique.mirror.witness import REQUEST_LIMIT_BYTES, Answer, Witness
from communique.record.errors import RecordError

IDLE_S = 30
LENGTH_DIGITS = 18
"""of a number that is read at all"""

Told = Callable[[str, str, int], None]
"""method, path, status"""


class WitnessServer(ThreadingHTTPServer):
    """Serves a witness until `shutdown`. `told` hears of each request; raises OSError if the port is taken."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(
        self, witness: Witness, host: str, port: int, told: Told = lambda _method, _path, _status: None
    ) -> None:
        super().__init__((host, port), partial(_Handler, witness, told))


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = IDLE_S

    def __init__(self, witness: Witness, told: Told, *args: Any) -> None:
        self._witness, self._told = witness, told
        super().__init__(*args)

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or len(length) > LENGTH_DIGITS or int(length) > REQUEST_LIMIT_BYTES:
            self.close_connection = True  # what follows is not read
            said = f"at most {REQUEST_LIMIT_BYTES} bytes are read, and their number must be told first\n"
            self._send(Answer(413 if length.isdecimal() else 411, said.encode()))
            return
        self._answer(self.rfile.read(int(length)))

    def do_GET(self) -> None:
        self._answer(b"")

    do_HEAD = do_GET
    do_PUT = do_DELETE = do_PATCH = do_POST

    def _answer(self, body: bytes) -> None:
        path = self.path.partition("?")[0]
        try:
            answer = self._witness.answer(self.command, path, body)
        except (RecordError, OSError) as error:  # a disk, or a policy that was mended wrongly: nothing was signed
            answer = Answer(500, f"the witness cannot work: {type(error).__name__}\n".encode())
            self.log_error("%s", error)
        self._send(answer)

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.type)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("Cache-Control", "no-store")
        if answer.status == 405:
            self.send_header("Allow", "POST" if self.path.startswith("/add-checkpoint") else "GET, HEAD")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)
        self._told(self.command, self.path, answer.status)

    def version_string(self) -> str:
        return f"communique/{__version__}"

    def log_request(self, code: Any = "-", size: Any = "-") -> None:
        """`told` hears of requests."""
