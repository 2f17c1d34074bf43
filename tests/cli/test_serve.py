"""`communique serve --only`: a part of the installation answers for itself and never for another."""

from __future__ import annotations

import http.client
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from communique.settings.office import found_installation
from public_folder import free_port, wait_for

DESK = "desk.localhost"


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[[str], int]]:
    """`serve(part)` runs that part of a new installation and returns its port."""
    found_installation(tmp_path / "home", "embassy.example", {})
    started: list[subprocess.Popen[bytes]] = []

    def begin(part: str) -> int:
        port = free_port()
        words = ["--home", str(tmp_path / "home"), "serve", "--only", part, "--port", str(port)]
        with (tmp_path / "log").open("wb") as out:
            command = [str(Path(sys.executable).with_name("communique")), *words]
            started.append(subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT))
        wait_for(port, within_s=60)
        return port

    yield begin
    for process in started:
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 130


def asked(port: int, host: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/", headers={"Host": host})
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def test_the_site_alone_never_answers_for_the_newsroom(serve: Callable[[str], int]) -> None:
    port = serve("site")
    status, body = asked(port, DESK)
    assert status == 503
    assert b"The newsroom is not running just now" in body
    assert b"newsroom" not in asked(port, "localhost")[1]


def test_the_newsroom_alone_never_answers_for_the_site(serve: Callable[[str], int]) -> None:
    port = serve("newsroom")
    status, body = asked(port, "localhost")
    assert (status, body) == (421, b"Only the newsroom is served here, and this is not its host name.\n")
