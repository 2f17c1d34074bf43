"""A page that does what no page may is refused in a sentence; it reaches, writes and starts nothing, and the next page
is read. Each limit is tried by itself: the other one that would have kept the same thing is taken away first."""

from __future__ import annotations

import os
import pickle
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from communique.importing import frames
from communique.importing.errors import ImportingError, NoMessage, NotTaken
from communique.importing.frames import LENGTH_BYTES, NoFact, frame, opened
from communique.importing.raw import Raw
from communique.importing.reader import AHEAD, Reader
from communique.importing.sentence import Sentence

PROGRAM = str(Path(__file__).with_name("child_that_errs.py"))


@contextmanager
def reader(how: str = "whole") -> Iterator[Reader]:
    with Reader((PROGRAM, how)) as found:
        yield found


@pytest.fixture(scope="module")
def whole() -> Iterator[Reader]:
    with reader() as found:
        yield found


def tried(reader: Reader, *pages: str) -> list[str]:
    """What came of each page, or why it was refused."""
    raws = [Raw(str(n), f"page-{n}", page.encode()) for n, page in enumerate(pages)]
    found = list(reader.read_all("try", raws))
    assert [page.id for page, _ in found if page] == [raw.id for raw in raws]
    return [str(answer) for _, answer in found]


@pytest.mark.parametrize(
    ("page", "why"),
    [
        ("loop", "page-1: it takes more than 20 seconds to read; "),
        ("eat", "page-1: it takes more than 512 MB of memory to read; "),
        ("fall", "page-1: it breaks the program that reads it; "),
    ],
)
def test_a_page_that_exceeds_is_refused_and_all_others_are_read_once(whole: Reader, page: str, why: str) -> None:
    others = [f"say {n}" for n in range(AHEAD * 2)]
    first, refused, *rest = tried(whole, "say first", page, *others)
    assert first == "first"
    assert refused.startswith(why)
    assert rest == [str(n) for n in range(AHEAD * 2)]


def test_several_in_a_row_are_each_refused(whole: Reader) -> None:
    found = tried(whole, "fall", "fall", "say a", "eat", "fall", "say b", "fall")
    assert [words if len(words) == 1 else words[8:18] for words in found] == [
        "it breaks ", "it breaks ", "a", "it takes m", "it breaks ", "b", "it breaks "
    ]  # fmt: skip


def test_a_child_is_kept_while_it_is_well(whole: Reader) -> None:
    assert len(set(tried(whole, *["id"] * 6))) == 1


def test_memory_is_watched_where_the_kernel_does_not_limit_it() -> None:
    with reader("kernel") as found:
        assert not found.holds.memory
        first, second = tried(found, "eat", "say b")
    assert "512 MB" in first
    assert second == "b"


@contextmanager
def listening() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


@pytest.mark.parametrize("how", ["whole", "kernel", "hook"])
def test_no_page_reaches_the_network(how: str) -> None:
    with listening() as server, reader(how) as found:
        if how == "hook" and not found.holds.network:
            pytest.skip(
                "this system lets no user have a network namespace of his own: the hook alone keeps pages from it"
            )
        (words,) = tried(found, f"reach {server.getsockname()[1]}")
        assert words.startswith("refused (")
        with pytest.raises(BlockingIOError):
            server.accept()


@pytest.mark.parametrize("how", ["whole", "kernel", "hook"])
def test_no_page_writes_a_file(how: str, tmp_path: Path) -> None:
    with reader(how) as found:
        if how == "hook" and not found.holds.memory:
            pytest.skip("the kernel limits no file here")
        (words,) = tried(found, f"write {tmp_path / 'x'}")
    assert words.startswith("refused (")
    assert not (tmp_path / "x").exists() or (tmp_path / "x").stat().st_size == 0, "made, and nothing written"


def test_no_page_reads_a_file_that_did_not_come_with_the_program(whole: Reader, tmp_path: Path) -> None:
    (tmp_path / "record.key").write_text("the key")
    (tmp_path / "link").symlink_to(tmp_path / "record.key")
    for path in ("record.key", "link", "../x/../record.key"):
        assert tried(whole, f"read {tmp_path / path}")[0].startswith("refused (")
    assert tried(whole, f"read {PROGRAM}")[0].startswith("refused (")
    assert "def frame" in tried(whole, f"read {frames.__file__}")[0]


@pytest.mark.parametrize("how", ["whole", "kernel"])
def test_no_page_starts_a_program(how: str, tmp_path: Path) -> None:
    with reader(how) as found:
        (words,) = tried(found, f"run {tmp_path / 'x'}")
    assert words.startswith("refused (")
    assert not (tmp_path / "x").exists()


def test_a_child_that_was_taken_over_makes_its_parent_call_nothing(whole: Reader, tmp_path: Path) -> None:
    first, second = tried(whole, f"lie {tmp_path / 'x'}", "say b")
    assert "breaks the program" in first
    assert second == "b"
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("thing", [os.system, Path("x"), Reader, subprocess.Popen, RuntimeError("x"), frame])
def test_only_facts_come_out_of_a_frame(thing: object) -> None:
    with pytest.raises(NoFact):
        opened(frame(thing)[LENGTH_BYTES:])


def test_facts_come_out_of_a_frame_as_they_went_in() -> None:
    said = Sentence("{count} thing in {what}", "{count} things in {what}", count=3, what=Sentence("a box"))
    for thing in ({"a": [1, 2.5, None, (True, "x")]}, date(2026, 5, 3), Raw("a", "b", b"c", "d"), said):
        back = opened(frame(thing)[LENGTH_BYTES:])
        assert back == thing
    assert (back.pattern, back.many, back.values) == (said.pattern, said.many, said.values)
    for error in (NotTaken("x", said, Sentence("go")), NoMessage("x", "y", "z")):
        again = opened(frame(error)[LENGTH_BYTES:])
        assert (type(again), again.where, again.what, again.remedy) == (
            type(error),
            error.where,
            error.what,
            error.remedy,
        )


def test_pickles_of_other_makers_are_no_facts() -> None:
    with pytest.raises(pickle.UnpicklingError):
        opened(b"cbuiltins\neval\n(S'1'\ntR.")


def test_what_is_an_error_already_comes_in_its_place(whole: Reader) -> None:
    error = ImportingError("x", "y", "z")
    found = list(whole.read_all("try", [Raw("a", "a", b"say a"), error, Raw("b", "b", b"say b")]))
    assert [answer for _, answer in found] == ["a", error, "b"]


def test_no_child_is_left_behind(tmp_path: Path) -> None:
    program = (
        "import sys, time\n"
        "from communique.importing.raw import Raw\nfrom communique.importing.reader import Reader\n"
        f"reader = Reader(({PROGRAM!r}, 'whole'))\n"
        "print(reader.ask('try', Raw('a', 'a', b'id')), flush=True)\ntime.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
    end = time.monotonic() + 30
    while time.monotonic() < end and _is_there(child):
        time.sleep(0.1)
    assert not _is_there(child)


def _is_there(process: int) -> bool:
    stat = Path(f"/proc/{process}/stat")
    if stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z":
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
