"""A folder on the web, as any plain web server gives it: validators, conditional requests, a list of what was asked.

`answers` may be changed while it runs: a path to what is answered in place of the file, a status or (status, bytes).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


@dataclass
class Web:
    """What is served, and what was asked for."""

    folder: Path
    address: str = ""
    asked: list[str] = field(default_factory=list)
    answers: dict[str, int | tuple[int, bytes]] = field(default_factory=dict)
    connections: set[Any] = field(default_factory=set)
    unchanged: int = 0
    """answers that said only that nothing changed"""
    packed: list[str] | None = None
    """what was given as its compressed copy (`.br`), to who takes one; None where none is given away"""

    def forget(self) -> None:
        """Begin the list anew."""
        self.asked.clear()
        self.unchanged = 0


class Handler(SimpleHTTPRequestHandler):
    """Files of the folder; `index.html` of folders; no lists."""

    protocol_version = "HTTP/1.1"

    def __init__(self, web: Web, *args: Any, **more: Any) -> None:
        self.web = web
        super().__init__(*args, directory=str(web.folder), **more)

    def do_GET(self) -> None:
        path = self.path.lstrip("/")
        self.web.asked.append(path)
        self.web.connections.add(self.client_address)
        answer = self.web.answers.get(path)
        copy = self._copy(path)
        if answer is None and copy is None:
            super().do_GET()
            return
        status, body = (answer, b"") if isinstance(answer, int) else answer or (200, copy or b"")
        self.send_response(status)
        if answer is None:
            self.send_header("Content-Encoding", "br")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _copy(self, path: str) -> bytes | None:
        """The compressed copy of a file, for who takes it."""
        named = f"{path}index.html" if path.endswith("/") or not path else path
        file = self.web.folder / f"{named}.br"
        if self.web.packed is None or "br" not in self.headers.get("Accept-Encoding", "") or not file.is_file():
            return None
        self.web.packed.append(path)
        return file.read_bytes()

    def send_response(self, code: int, message: str | None = None) -> None:
        self.web.unchanged += code == 304
        super().send_response(code, message)

    def list_directory(self, path: Any) -> None:  # type: ignore[override]
        self.send_error(404)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def on_the_web(folder: Path, packed: bool = False) -> Iterator[Web]:
    """The folder at an address on this machine, until the block ends."""
    web = Web(folder, packed=[] if packed else None)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, web))
    server.daemon_threads = True
    web.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=partial(server.serve_forever, 0.01), daemon=True).start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()
