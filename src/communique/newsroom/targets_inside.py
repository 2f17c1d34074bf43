"""Targets on the office's own site, looked up in what is public: nothing is asked over the network.

Asked in the order in which the site's server answers: its tables of moved and gone addresses (the press's
`redirects/*.tsv`), then its files. An address of old that leads on is as good as any. What is not public may be a
draft's address of tomorrow; only drafts that the one who asks may know of are told of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from communique.newsroom.access import visible
from communique.newsroom.furniture import newest_entry
from communique.newsroom.given import given
from communique.newsroom.models import MessagePage
from communique.newsroom.next_edition import next_of
from communique.newsroom.targets import Answer

REDIRECT_ENTRIES = 256
"""entries whose redirects stand in one table of the site"""
DRAFTS = 200
"""at most, the last touched, that are held against an address"""
DAY = re.compile(r"/\d{4}/\d\d/\d\d/")


class OwnSite:
    """What is public now, for one person's question about one text."""

    def __init__(self, words: Mapping[str, Any], user: Any) -> None:
        self._turns = {turn["id"] for turn in words.get("turns", ())}
        self._user = user
        self._site = _origin(given().site_address)
        self._desk = _origin(given().desk_address)
        self._moves: dict[str, int] | None = None
        self._drafts: dict[str, str] | None = None

    def answer(self, target: str) -> Answer | None:
        """What is at a target; None where it leads to another machine."""
        if target.startswith("#"):
            return Answer("works" if target[1:] in self._turns or target == "#" else "no_turn")
        if not target.startswith("/") or target.startswith("//"):
            origin = _origin(target)
            if origin != self._site:
                return Answer("desk") if origin == self._desk else None
        parts = urlsplit(target)
        path = unquote(parts.path).strip("/")
        return self._of_path(path, parts.query)

    def _of_path(self, path: str, query: str) -> Answer:
        if "\0" in path:
            return Answer("nowhere")
        moves = self._moved()
        status = (moves.get(f"{path}?{query}") if query else None) or moves.get(path)
        if status == 410:
            return Answer("gone", "410")
        if status or not path or any(_is_public(name) for name in _files(path)):
            return Answer("works")
        title = self._draft_at(path) if DAY.search(f"{path}/") else ""
        return Answer("draft", title) if title else Answer("nowhere")

    def _moved(self) -> dict[str, int]:
        """Address -> status, of all that moved or is gone; read once."""
        if self._moves is None:
            tables = range(given().reader().size() // REDIRECT_ENTRIES + 1)
            self._moves = {path: status for number in tables for path, status in _table(number)}
        return self._moves

    def _draft_at(self, path: str) -> str:
        """The title of a draft whose address this would be, on whichever day it becomes public."""
        if self._drafts is None:
            drafts = visible(MessagePage.objects.all(), self._user).order_by("-latest_revision_created_at")[:DRAFTS]
            latest = [page.get_latest_revision_as_object() for page in drafts if newest_entry(page.ident) is None]
            self._drafts = {_on_no_day(next_of(page).content["address"]): str(page.title) for page in latest}
        return self._drafts.get(_on_no_day(path), "")


def _on_no_day(path: str) -> str:
    return DAY.sub("/", f"{path}/", count=1)


def _origin(address: str) -> tuple[str, int]:
    """Host and port, in which http and https of one name are one place. Nobody's for what is no address."""
    try:
        parts = urlsplit(address)
        port = parts.port or 443
    except ValueError:
        return "", 0
    return (parts.hostname or "").rstrip("."), 443 if port == 80 else port


def _is_public(name: str) -> bool:
    """Whether readers can fetch a file. A name that no disk takes is none."""
    try:
        return given().public_file(name) is not None or _is_of_the_record(name)
    except OSError:
        return False


def _is_of_the_record(name: str) -> bool:
    """The log's own files lie beside the builds."""
    folder = given().reader().folder.resolve()
    place = (folder / name.removeprefix("record/")).resolve()
    return name.startswith("record/") and place.is_relative_to(folder) and place.is_file()


def _files(path: str) -> Iterator[str]:
    """The files that answer an address."""
    yield f"{path}/index.html"
    yield path


def _table(number: int) -> Iterator[tuple[str, int]]:
    for line in (given().public_file(f"redirects/{number}.tsv") or b"").decode("utf-8").splitlines():
        source, status, *_target = line.split("\t")
        yield source, int(status)
