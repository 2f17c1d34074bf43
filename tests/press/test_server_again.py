"""What answered before answers again at once, until anything is otherwise that the answer followed from."""

from __future__ import annotations

import asyncio
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest

from communique.press import server
from communique.press.copies import SETTLED_S
from communique.press.reply import Reply, Request
from communique.press.server import Site
from public_folder import put

PAGE = b"<!doctype html><p>The ferry sails. " + b"word " * 400


class Reader:
    """Asks a site, and counts how often it had to think."""

    def __init__(self, root: Path) -> None:
        self.site = Site(str(root), lambda: time.time() + SETTLED_S + 1, time.monotonic)
        self.thought = 0

    def __call__(self, path: str = "/en/a/", accept: str | None = "gzip, br", **more: str) -> Reply:
        headers = {"accept-encoding": accept, **{name.replace("_", "-"): value for name, value in more.items()}}
        request = Request("GET", path, "", headers.get)
        again = self.site.again(request)
        if again:
            return again
        self.thought += 1
        return asyncio.run(self.site.answer(request))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    laid(tmp_path / "builds" / "1", PAGE)
    (tmp_path / "site").symlink_to("builds/1")
    return tmp_path


def laid(build: Path, data: bytes) -> None:
    put(build / "en/a/index.html", data)
    put(build / "en/a/index.html.br", brotli.compress(data, quality=1))
    put(build / "en/404/index.html", b"not here")
    (build / "redirects").mkdir(exist_ok=True)


@pytest.mark.parametrize("accept", ["gzip, br", None])
def test_the_same_answer_comes_again_without_a_thought(root: Path, accept: str | None) -> None:
    reader = Reader(root)
    first = reader(accept=accept)
    assert reader(accept=accept) == first
    assert reader.thought == 1
    assert (brotli.decompress(first.body) if accept else first.body) == PAGE


def test_who_holds_the_page_is_told_so_and_who_wants_a_part_gets_it(root: Path) -> None:
    reader = Reader(root)
    etag = dict(reader().headers)["etag"]
    assert reader(if_none_match=etag).status == 304
    reader(accept=None)
    part = reader(accept=None, range="bytes=0-8")
    assert (part.status, part.body) == (206, PAGE[:9])
    assert reader.thought == 2


def replaced(root: Path) -> None:
    laid(root / "site", b"<!doctype html><p>Another.")


def packed_is_gone(root: Path) -> None:
    (root / "site/en/a/index.html.br").unlink()


def packed_is_older(root: Path) -> None:
    os.utime(root / "site/en/a/index.html.br", (1, 1))


def gone(root: Path) -> None:
    shutil.rmtree(root / "site/en/a")


def moved(root: Path) -> None:
    put(root / "site/redirects/a.tsv", b"en/a/\t301\ten/b/\n")


def switched(root: Path) -> None:
    laid(root / "builds" / "2", b"<!doctype html><p>Another build.")
    (root / "new").symlink_to("builds/2")
    os.replace(root / "new", root / "site")


@pytest.mark.parametrize("change", [replaced, packed_is_gone, packed_is_older, gone, moved, switched])
def test_whatever_changes_is_in_the_next_answer(root: Path, change: Callable[[Path], None]) -> None:
    reader = Reader(root)
    reader()
    reader()
    time.sleep(0.02)
    change(root)
    answer, fresh = reader(), Reader(root)()
    assert answer == fresh
    assert reader.thought == 2
    reader()


def test_a_file_that_may_still_change_unseen_is_not_remembered(root: Path) -> None:
    reader = Reader(root)
    reader.site = Site(str(root), time.time, time.monotonic)
    reader()
    reader()
    assert reader.thought == 2


def test_no_more_questions_are_remembered_than_there_is_room_for(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "GIVEN", 2)
    reader = Reader(root)
    for accept in ("br", "br;q=1", "br;q=0.9", "br;q=0.8"):
        reader(accept=accept)
    assert len(reader.site._given) == 2
