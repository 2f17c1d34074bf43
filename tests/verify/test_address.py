"""A record is read from another machine; what cannot be reached says nothing about it."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from communique.record.errors import Missing, Unreachable
from communique.record.reader import FileReader
from communique.verify import address as address_room
from communique.verify.address import is_address, read_from
from communique.verify.record import verify_record
from signed_record import EXAMPLE, LOG


class Folder(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class Refusing(BaseHTTPRequestHandler):
    """Answers with the status that the path asks for."""

    def do_GET(self) -> None:
        self.send_response(int(self.path.strip("/")))
        self.send_header("Location", "file:///etc/hostname")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(handler: partial[Folder] | type[Refusing]) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def test_a_record_on_another_machine_verifies() -> None:
    with served(partial(Folder, directory=str(EXAMPLE / "record"))) as address:
        report = verify_record(address, lambda: FileReader(read_from(address + "/")), LOG.verifier)
    assert report.is_verified
    assert report.size == 8
    assert any("cannot be listed" in note for note in report.notes)


def test_a_file_that_is_not_there_is_missing_from_the_record(tmp_path: Path) -> None:
    with served(partial(Folder, directory=str(tmp_path))) as address, pytest.raises(Missing) as caught:
        read_from(address)("checkpoint")
    assert caught.value.path == "checkpoint"


@pytest.mark.parametrize("status", ["500", "403", "503", "302"])
def test_any_other_refusal_says_nothing_about_the_record(status: str) -> None:
    with served(Refusing) as address, pytest.raises(Unreachable) as caught:
        read_from(address)(status)
    assert address in caught.value.where


def test_a_machine_that_is_not_there_is_unreachable() -> None:
    with served(Refusing) as address:
        pass
    with pytest.raises(Unreachable, match="did not answer"):
        read_from(address)("checkpoint")


@contextmanager
def trickling(first: bytes, drop: bytes) -> Iterator[str]:
    """A machine that begins an answer and goes on with it for ever, a drop at a time."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def trickle() -> None:
            line, _ = listening.accept()
            with line, suppress(OSError):
                line.sendall(first)
                for _ in range(600):
                    line.sendall(drop)
                    time.sleep(0.1)

        Thread(target=trickle, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


@pytest.mark.parametrize(
    ("first", "drop"),
    [
        (b"", b"X"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (b"HTTP/1.1 200 OK\r\n\r\n", b"X"),
        (b"HTTP/1.1 404 Not Found\r\nContent-Length: 100000\r\n\r\n", b"X"),
    ],
    ids=["a head", "promises", "a body", "a refusal"],
)
def test_an_answer_that_never_ends_is_given_up_and_is_no_file(
    first: bytes, drop: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(address_room, "ANSWER_LIMIT_S", 1)
    began = time.monotonic()
    with trickling(first, drop) as address, pytest.raises(Unreachable):
        read_from(address)("checkpoint")
    assert time.monotonic() - began < 30


def test_an_answer_that_is_cut_short_is_no_file() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def cut() -> None:
            line, _ = listening.accept()
            with line:
                line.recv(65536)
                line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort")

        Thread(target=cut, daemon=True).start()
        with pytest.raises(Unreachable):
            read_from(f"http://127.0.0.1:{listening.getsockname()[1]}")("checkpoint")


@pytest.mark.parametrize("text", ["file:///etc/passwd", "ftp://embassy.example", "/record", "record", ""])
def test_only_web_addresses_are_addresses(text: str) -> None:
    assert not is_address(text)
