"""A public folder as the press lays it out, small and invented, and the real server in front of it, on loopback."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import brotli

PAGE = "".join(f"<p>Turn {n}: the ferry sails on day {n * 7 % 31}.</p>\n" for n in range(200)).encode()
TINY = b"<p>short</p>\n"


@dataclass
class Answer:
    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.headers[name]

    def get(self, name: str) -> str | None:
        return self.headers.get(name)


@dataclass
class Public:
    """The folder at `root`, served at `port`."""

    root: Path
    port: int

    @property
    def site(self) -> Path:
        return self.root / "site"

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """One request as it stands: nothing in `path` is mended, no header is added but Host."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.putrequest(method, path, skip_accept_encoding=True)
            for name, value in headers.items():
                connection.putheader(name.replace("_", "-"), value)
            connection.endheaders()
            response = connection.getresponse()
            body = response.read()
            return Answer(response.status, body, {name.lower(): value for name, value in response.getheaders()})
        finally:
            connection.close()

    def put(self, name: str, content: bytes) -> Path:
        """Writes a file as the press does: beside its place, then renamed over it."""
        return put(self.root / name, content)

    def switch(self, build: str) -> None:
        """Makes another build live."""
        link = self.root / "site.new"
        link.unlink(missing_ok=True)
        link.symlink_to(f"builds/{build}")
        os.replace(link, self.site)


def put(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".new")
    beside.write_bytes(content)
    os.replace(beside, path)
    return path


def lay_out(root: Path) -> None:
    """The files that most tests ask for."""
    build = root / "builds" / "1"
    for name, content in {
        "index.html": b"<a href='/en/'>English</a>" + PAGE,
        "languages.txt": b"en\nfr\nzh-Hans\n",
        "404.html": b"<h1>Nothing here</h1>\n",
        "en/404/index.html": b"<h1>Nothing here, in English</h1>\n",
        "en/index.html": b"<h1>Front</h1>" + PAGE,
        "fr/index.html": b"<h1>Une</h1>" + PAGE,
        "zh-hans/index.html": b"<h1>zh</h1>" + PAGE,
        "en/news/index.html": PAGE,
        "en/tiny/index.html": TINY,
        "en/a b/index.html": b"<p>blank</p>",
        "en/plain.txt": b"plain\n",
        "en/feed.atom": b"<feed/>",
        "en/taken/index.html": b"<h1>Taken away</h1>",
        "en/.hidden/index.html": b"secret",
        ".secret": b"secret",
        "assets/base.0a1b2c.css": b"p{}" * 900,
        "assets/arms.0a1b2c.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        "assets/font.0a1b2c.woff2": b"wOF2" + bytes(2000),
        "files/0a1b2c/list.pdf": b"%PDF" + bytes(range(256)) * 40,
        "files/0a1b2c/page.html": b"<script>alert(1)</script>",
        "files/0a1b2c/long.mp4": bytes(range(256)) * 4 * 5000,
        "long.xml": b"<x/>\n" * 1_000_000,
        "redirects/0.tsv": (
            b"en/old/ferry\t301\ten/news\n"
            b"old/caf%C3%A9\t301\tfr/caf\xc3\xa9/\n"
            b"en/taken\t410\t\n"
            b"en/gone\t410\t\n"
            b"press.asp?id=17\t301\ten/interviews/\n"
            b"moved/away\t301\thttps://ministry.example/x?y=1\n"
            b"a line that is none\nen/odd\t302\ten/news\n"
        ),
    }.items():
        put(build / name, content)
    for name in ("en/news/index.html", "assets/base.0a1b2c.css"):
        put(build / f"{name}.br", brotli.compress((build / name).read_bytes()))
    for name, content in {
        "checkpoint": b"embassy.example/record\n8\n",
        "log.vkey": b"embassy.example/record+1+x\n",
        "tile/0/000": bytes(8192),
        "tile/0/001.p/3": bytes(96),
        "tile/entries/000": bytes(100),
        "editions/" + "ab" * 32: "00\n{}\né\n".encode(),
        "files/" + "cd" * 32: bytes(40),
        "index.html": b"<h1>The record</h1>",
    }.items():
        put(root / "record" / name, content)
    (build / "record").symlink_to("../../record")
    (root / "site").symlink_to("builds/1")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(root: Path, workers: int = 1) -> Iterator[Public]:
    """The server itself, as `communique serve` starts it."""
    port = free_port()
    command = [sys.executable, "-m", "communique.press.server", str(root), "--port", str(port)]
    process = subprocess.Popen([*command, "--workers", str(workers), "--parent", str(os.getpid())])
    try:
        wait_for(port)
        yield Public(root, port)
    finally:
        process.terminate()
        process.wait(timeout=10)


def wait_for(port: int, within_s: float = 15.0) -> None:
    end = time.monotonic() + within_s
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
