"""Thousands of readers who take their time hold nobody up, and those who can are served over HTTP/2."""

from __future__ import annotations

import resource
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from figures import within
from public_folder import PAGE, Public, lay_out, served

SLOW = 3000
SETTLED_WITHIN_S = 60.0
"""until what the slow ones asked for stands in the system's buffers"""
OPEN_FILES = SLOW + 500


@pytest.fixture
def public(tmp_path: Path) -> Iterator[Public]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < OPEN_FILES:
        pytest.skip(f"this user may open {hard} files, and {OPEN_FILES} are needed")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, OPEN_FILES), hard))
    lay_out(tmp_path)
    with served(tmp_path, workers=2) as found:
        yield found
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_thousands_who_read_slowly_hold_nobody_up(public: Public) -> None:
    """A third has sent half a question, a third reads nothing of a large file, a third keeps its connection."""
    asked = (
        b"GET /en/ HTTP/1.1\r\nHost: x\r\nX-Half: ",
        b"GET /long.xml HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /en/ HTTP/1.1\r\nHost: x\r\n\r\n",
    )
    with ExitStack() as held:
        for number in range(SLOW):
            one = held.enter_context(socket.create_connection(("127.0.0.1", public.port), timeout=30))
            one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            one.sendall(asked[number % 3])
            time.sleep(0.001)  # they do not come all at once: the system lets so many wait
        end = time.monotonic() + SETTLED_WITHIN_S
        while waited(public) > 1.0:
            assert time.monotonic() < end, "the site does not come to rest"
        assert sorted(waited(public) for _ in range(20))[10] < within(0.5)


def waited(public: Public) -> float:
    """How long a reader waits for a page, in seconds."""
    begun = time.monotonic()
    with suppress(TimeoutError):
        assert public.get("/en/news/").body == PAGE
    return time.monotonic() - begun


def test_a_reader_who_speaks_http_2_is_answered_so(public: Public) -> None:
    if not shutil.which("curl"):
        pytest.skip("curl is not installed")
    command = ["curl", "-sS", "--http2-prior-knowledge", "-o", "/dev/null", "-w", "%{http_version} %{http_code}"]
    done = subprocess.run([*command, f"http://127.0.0.1:{public.port}/en/"], capture_output=True, text=True)
    if "does not support this" in done.stderr:
        pytest.skip("this curl has no HTTP/2")
    assert done.stdout == "2 200"
