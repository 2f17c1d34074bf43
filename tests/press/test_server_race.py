"""A reader gets whole contents under their own validators while the press writes as fast as it can."""

from __future__ import annotations

import gzip
import hashlib
import os
import threading
import time
from collections.abc import Callable, Iterator, Sized
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import brotli
import pytest

from public_folder import Public, put, served

READS = 900
MEETINGS = 20
"""how many contents the readers must have seen before a test believes that reader and writer met"""
WITHIN_S = 60.0
SIZES = (40, 3_000, 70_000)
"""One below and one above the size from which gzip is made, and one that is read in a thread."""


def content(n: int, size: int) -> bytes:
    """The n-th content of a page: it says which it is at both ends; all of one size are equally long."""
    mark = b"%08d" % n
    return mark + hashlib.sha256(mark).hexdigest().encode() * (size // 64) + b"." * (size % 64) + mark


def number(body: bytes, size: int) -> int:
    """Which content these bytes are. A mixture of two fails."""
    n = int(body[:8])
    assert body == content(n, size), f"a mixture: {body[:8]!r} … {body[-8:]!r}, {len(body)} bytes"
    return n


def reads(least: int, seen: Sized) -> Iterator[None]:
    """At least so many reads, and on until the reader has `seen` MEETINGS contents, however busy the machine is."""
    end = time.monotonic() + WITHIN_S
    done = 0
    while done < least or len(seen) <= MEETINGS:
        assert time.monotonic() < end, "the writer and the reader did not meet"
        yield
        done += 1


@contextmanager
def writing(step: Callable[[int], None]) -> Iterator[None]:
    """Calls `step(1)`, `step(2)`, … without a pause in a thread."""
    stop = threading.Event()

    def write() -> None:
        for n in count(1):
            if stop.is_set():
                return
            step(n)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


@pytest.fixture
def public(tmp_path: Path) -> Iterator[Public]:
    for n in (0, 1):
        put(tmp_path / f"builds/{n}/en/index.html", b"x")
    (tmp_path / "site").symlink_to("builds/0")
    with served(tmp_path, workers=1) as public:
        yield public


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("encoding", ["identity", "gzip", "br"])
def test_a_validator_never_stands_over_other_bytes_while_a_file_is_renamed_over(
    public: Public, size: int, encoding: str
) -> None:
    page = public.root / "builds/0/en/index.html"
    put(page, content(0, size))
    bodies: dict[str, bytes] = {}

    def step(n: int) -> None:
        put(page, content(n, size))
        if encoding == "br":
            put(page.with_name("index.html.br"), brotli.compress(content(n, size), quality=0))

    with writing(step):
        for _ in reads(READS // 3, bodies):
            known = next(reversed(bodies), '""')
            answer = public.get("/en/", accept_encoding=encoding, if_none_match=known)
            if answer.status == 304:
                assert answer["etag"] == known
                continue
            assert answer.status == 200
            assert bodies.setdefault(answer["etag"], answer.body) == answer.body
            assert int(answer["content-length"]) == len(answer.body)
            number(unpacked(answer.body, answer.get("content-encoding")), size)


def unpacked(body: bytes, encoding: str | None) -> bytes:
    if encoding == "br":
        return brotli.decompress(body)
    if encoding == "gzip":
        return gzip.decompress(body)
    return body


def test_a_reader_never_goes_back_to_an_older_content(public: Public) -> None:
    page = public.root / "builds/0/en/index.html"
    put(page, content(0, 40))
    finished = [0]

    def step(n: int) -> None:
        put(page, content(n, 40))
        finished[0] = n

    with writing(step):
        seen: set[int] = {0}
        for _ in reads(READS, seen):
            written = finished[0]
            got = number(public.get("/en/").body, 40)
            assert got >= max(written, *seen), "an older content after a newer one was whole"
            seen.add(got)


def test_parts_under_one_validator_join_to_one_content_while_the_file_changes(public: Public) -> None:
    page = public.root / "builds/0/en/index.html"
    put(page, content(0, 3_000))
    joined: list[int] = []
    with writing(lambda n: put(page, content(n, 3_000))):
        for _ in reads(READS, joined):
            head = public.get("/en/", range="bytes=0-1499")
            rest = public.get("/en/", range="bytes=1500-", if_range=head["etag"])
            assert head.status == 206
            if rest.status == 206:
                joined.append(number(head.body + rest.body, 3_000))
            else:
                number(rest.body, 3_000)


def test_no_reader_gets_a_page_of_one_build_at_the_address_of_another(public: Public) -> None:
    """Builds differ in every page and in which pages there are; each answer fits exactly one of them."""

    def step(n: int) -> None:
        build = public.root / f"builds/{n + 1}"
        put(build / "en/index.html", content(n, 3_000))
        put(build / f"en/{n % 2}/index.html", content(n, 3_000))
        put(build / "en/404/index.html", b"nothing in %d" % (n % 2))
        put(build / "redirects/0.tsv", b"en/old\t301\ten/%d/\n" % (n % 2))
        public.switch(str(n + 1))
        remove(public.root / f"builds/{n}")

    step(0)
    with writing(step):
        seen: set[int] = {0}
        for _ in reads(READS // 2, seen):
            answer = public.get("/en/")
            assert answer.status == 200, "an old build's deletion shows"
            got = number(answer.body, 3_000)
            assert got >= max(seen)
            seen.add(got)
            for page in (b"0", b"1"):
                answer = public.get(f"/en/{page.decode()}/")
                if answer.status == 404:
                    assert answer.body != b"nothing in " + page, "404 of a build that has the page"
                else:
                    assert number(answer.body, 3_000) % 2 == int(page)
            assert public.get("/en/old")["location"] in ("/en/0/", "/en/1/")


def test_a_page_read_before_a_switch_still_finds_its_style_sheet_after_it(public: Public) -> None:
    put(public.root / "builds/1/assets/base.0a1b2c.css", b"p{}")
    put(public.root / "builds/2/assets/base.3d4e5f.css", b"p{}")
    put(public.root / "builds/2/en/index.html", b"x")
    public.switch("1")
    assert public.get("/assets/base.0a1b2c.css").status == 200
    public.switch("2")
    assert public.get("/assets/base.0a1b2c.css").status == 200
    assert public.get("/en/").status == 200
    remove(public.root / "builds/1")
    assert public.get("/assets/base.0a1b2c.css").status == 404


def remove(build: Path) -> None:
    for folder, _, names in os.walk(build, topdown=False):
        for name in names:
            os.unlink(os.path.join(folder, name))
        os.rmdir(folder)
