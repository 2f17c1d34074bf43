"""Pages of a batch that were read alone are read again by their site, and a kill in between changes nothing of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from communique.importing.page import understand
from communique.importing.raw import Raw
from communique.importing.reader import Reader, Readers
from communique.importing.reading import reading_of
from communique.settings import old_sites
from communique.settings.journal import Journal
from communique.settings.old_sites import OldSites
from communique.settings.originals import packed
from importing.test_by_site import TITLES, of

NAME = "Harbour Office of the Northern Shore"


class Killed(BaseException):
    """Nobody catches it, as nobody catches a kill."""


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as found:
        yield found


def journal_of(file: Path) -> Journal:
    """A batch of which each page was read alone."""
    journal = Journal(file)
    for number in range(1, len(TITLES) + 1):
        add(journal, number, of(number - 1))
    return journal


def add(journal: Journal, number: int, data: bytes) -> None:
    raw = Raw(str(number), f"page {number}", data, f"https://harbour.example/{number}", "2024-06-01T08:00:00Z")
    journal.note(number, raw, sha256(data).hexdigest(), reading_of(understand(raw.capture())), packed(raw))


def read_again(journal: Journal, reader: Reader, told: Callable[..., None] = lambda *_: None) -> None:
    with ThreadPoolExecutor(1) as pool:
        OldSites(journal, Readers([reader]), pool, told).read_again()


def titles(journal: Journal) -> list[str]:
    return [title for (title,) in journal.db.execute("SELECT title FROM page ORDER BY number")]


def whole(journal: Journal) -> list[Any]:
    """What the journal holds of each page."""
    numbers = [number for (number,) in journal.db.execute("SELECT number FROM page ORDER BY number")]
    return [(journal.reading(number), journal.original(number)) for number in numbers]


def test_pages_that_were_read_alone_are_read_again_and_one_that_comes_later_too(tmp_path: Path, reader: Reader) -> None:
    journal = journal_of(tmp_path / "a.sqlite3")
    assert titles(journal) == [NAME] * len(TITLES)
    read_again(journal, reader)
    assert titles(journal) == list(TITLES)
    add(journal, len(TITLES) + 1, of(0).replace(TITLES[0].encode(), b"What the keeper said"))
    assert titles(journal)[-1] == NAME
    read_again(journal, reader)
    assert titles(journal) == [*TITLES, "What the keeper said"]
    journal.close()


def test_a_batch_that_is_killed_page_after_page_ends_as_if_never_killed(
    tmp_path: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(old_sites, "AT_ONCE", 2)
    never = journal_of(tmp_path / "never.sqlite3")
    read_again(never, reader)
    killed = journal_of(tmp_path / "killed.sqlite3")
    kills = 0
    for last in (0, 1, 2, 3, 3, 3):

        def told(_what: str, count: int, _share: float | None, last: int = last) -> None:
            if count >= last:
                raise Killed

        try:
            read_again(killed, reader, told)
        except Killed:
            kills += 1
    read_again(killed, reader)
    assert kills >= 4
    assert titles(killed) == list(TITLES)
    assert whole(killed) == whole(never)
    for journal in (never, killed):
        journal.close()


def test_pages_whose_bytes_are_gone_stay_as_they_were_read(tmp_path: Path, reader: Reader) -> None:
    journal = journal_of(tmp_path / "a.sqlite3")
    journal.db.execute("DELETE FROM original WHERE page > 3")
    read_again(journal, reader)
    assert titles(journal) == [*TITLES[:3], *[NAME] * (len(TITLES) - 3)]
    journal.close()
