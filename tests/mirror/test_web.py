"""Other machines are read politely, and what they send is never believed to be more than it is."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from communique.mirror import web as web_room
from communique.mirror.web import Unchanged, Web
from communique.record.errors import Missing, NotOfFormat, Unreachable
from strangers_web import on_the_web


def test_no_more_requests_than_allowed_are_sent_in_a_second(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    waited: list[float] = []
    now = 0.0

    def sleep(seconds: float) -> None:
        nonlocal now
        now += seconds
        waited.append(seconds)

    with on_the_web(tmp_path) as site:
        web = Web(site.address, 4, lambda: now, sleep)
        for _ in range(9):
            web.read("a")
        web.close()
    assert len(site.connections) == 1
    assert sum(waited) == pytest.approx(8 / 4)


def test_a_file_that_did_not_change_is_not_sent_again(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    with on_the_web(tmp_path) as site:
        web = Web(site.address, 1000)
        first = web.ask("a")
        assert first.validators
        with pytest.raises(Unchanged):
            web.ask("a", first.validators)
        web.close()


def test_what_is_not_there_is_missing_and_what_fails_is_unreachable(tmp_path: Path) -> None:
    with on_the_web(tmp_path) as site:
        web = Web(site.address, 1000, sleep=lambda _seconds: None)
        site.answers |= {"gone": 410, "broken": 500, "forbidden": 403, "busy": 503}
        for path in ("nothing", "gone"):
            with pytest.raises(Missing):
                web.read(path)
        for path in ("broken", "forbidden", "busy"):
            with pytest.raises(Unreachable):
                web.read(path)
        assert site.asked.count("busy") == 4, "a server that asks for patience is asked again, a few times"
        web.close()


@contextmanager
def answering(*answers: bytes) -> Iterator[str]:
    """A machine that gives these bytes, one to each connection, and closes it."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            for answer in answers:
                connection, _ = listening.accept()
                connection.recv(65536)
                connection.sendall(answer)
                connection.close()

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


OK = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize(
    "answer",
    [
        b"nonsense\r\n\r\n",
        OK + b"Content-Length: 100\r\n\r\nshort",
        b"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        OK + b"Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\nok",
        b"HTTP/1.1 429 Slow\r\nRetry-After: 86400\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        b"HTTP/1.1 429 Slow\r\nRetry-After: %b\r\nContent-Length: 0\r\nConnection: close\r\n\r\n" % (b"9" * 5000),
        b"",
    ],
)
def test_an_answer_that_is_none_is_unreachable(answer: bytes) -> None:
    with answering(answer, answer) as address, pytest.raises(Unreachable):
        Web(address, 1000).read("a")


@pytest.mark.parametrize("drop", [b"X", b"HTTP/1.1 100 Continue\r\n\r\n"], ids=["a head", "promises"])
def test_an_answer_whose_head_never_ends_is_given_up(drop: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_room, "ANSWER_LIMIT_S", 1)
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def trickle() -> None:
            line, _ = listening.accept()
            with line, suppress(OSError):
                for _ in range(600):
                    line.sendall(drop)
                    time.sleep(0.1)

        threading.Thread(target=trickle, daemon=True).start()
        began = time.monotonic()
        with pytest.raises(Unreachable):
            Web(f"http://127.0.0.1:{listening.getsockname()[1]}", 1000).read("a")
        assert time.monotonic() - began < 30


def test_a_connection_that_was_closed_meanwhile_is_opened_again(tmp_path: Path) -> None:
    whole = OK + b"Content-Length: 2\r\n\r\nok"
    with answering(whole, whole) as address:
        web = Web(address, 1000)
        assert [web.read("a"), web.read("a")] == [b"ok", b"ok"]


def test_what_is_no_address_is_refused() -> None:
    for address in ("embassy.example", "file:///etc", "http://127.0.0.1:port"):
        with pytest.raises(NotOfFormat, match="is no web address"):
            Web(address, 1000)
