"""A damaged index is noticed when somebody asks it, and when the worker starts; readers get a page, and a new index."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from communique.press.reply import Request
from communique.press.server import Site
from communique.search.answering import Answering
from communique.search.asked import read_fields
from communique.search.catalogue import FILE
from communique.search.follower import Search
from communique.search.soundness import UNITS, fault_of, noted_damage
from communique.settings.search_pages import SearchPages
from offices import Draft, Office, id_of, make_office, message

BUSY = b'role="status">The search does not answer'


def cut_off(file: Path) -> None:
    """Half of it is there: in its place, as a disk leaves it, so that who has it mapped would meet its end."""
    with file.open("r+b") as opened:
        opened.truncate(file.stat().st_size // 2)


def overwritten(file: Path) -> None:
    """Some of its bytes are others, and it is as long as before."""
    size = file.stat().st_size
    with file.open("r+b") as opened:
        opened.seek(size // 3)
        some = opened.read(max(1, size // 8))
        opened.seek(size // 3)
        opened.write(bytes(255 - byte for byte in some))


DAMAGES: list[Callable[[Path], None]] = [cut_off, overwritten]


@dataclass
class Indexed:
    """An office that said something, and its index."""

    office: Office
    search: Search

    def files(self, pattern: str) -> list[Path]:
        assert self.search.live
        return [*(self.search.live / UNITS).glob(pattern), *self.search.live.glob(pattern)]

    def total(self) -> int:
        return Answering(self.search.folder, self.office.record).answer(read_fields({"q": "ferry"}), "en").total


@pytest.fixture(scope="module")
def baked(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = make_office(tmp_path_factory.mktemp("damaged"))
    office.publish(*(Draft(id_of(f"{n}"), "publish", message(f"m{n}", f"Ferry {n} sails.")) for n in range(30)))
    return office


@pytest.fixture
def one(baked: Office, tmp_path: Path) -> Indexed:
    search = Search(lambda: baked.reader, tmp_path / "search")
    search.catch_up()
    return Indexed(baked, search)


@pytest.mark.parametrize("pattern", ["meta.json", "*.idx", "*.pos", "*.term", "*.fast", "*.fieldnorm", FILE])
@pytest.mark.parametrize("damage", DAMAGES)
def test_who_asks_a_damaged_index_gets_a_page_and_a_new_index_is_made(
    one: Indexed, pattern: str, damage: Callable[[Path], None]
) -> None:
    pages = SearchPages(Site.of(str(one.office.public)), one.search.folder)
    pages._threads = ThreadPoolExecutor(1)  # the one that had the files open before: it knows how they were
    request = Request("GET", "/en/search/", "q=ferry", {"host": "embassy.example"}.get)

    def page() -> bytes:
        pages._waiting = asyncio.Semaphore(2)
        reply = asyncio.run(pages.answer(request, "en", False))
        assert reply
        assert reply.status == 200
        return reply.body

    assert b"30 passages found" in page()
    before = one.search.live
    for file in one.files(pattern):
        damage(file)
    shown = page()
    assert BUSY in shown or b"30 passages found" in shown
    assert pattern == FILE or BUSY in shown
    one.search.catch_up()
    if BUSY in shown:
        assert one.search.live != before
        assert noted_damage(one.search.folder) is None
    assert b"30 passages found" in page()


@pytest.mark.parametrize("pattern", ["meta.json", "*.idx", "*.pos", "*.term", "*.fast", "*.fieldnorm", "*.store", FILE])
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_worker_that_starts_notices_damage_that_nobody_asked_for(
    one: Indexed, pattern: str, damage: Callable[[Path], None]
) -> None:
    before = one.search.live
    for file in one.files(pattern):
        damage(file)
    Search(lambda: one.office.reader, one.search.folder).catch_up()
    assert one.search.live != before
    assert one.total() == 30
    assert one.search.live
    assert fault_of(one.search.live) is None


def test_a_sound_index_is_not_made_anew_because_somebody_said_so(one: Indexed) -> None:
    before = one.search.live
    assert before
    (one.search.folder / "damaged").write_text(before.name)
    one.search.catch_up()
    assert one.search.live == before
    assert noted_damage(one.search.folder) is None


def test_files_that_come_and_go_while_messages_are_published_are_no_damage(one: Indexed) -> None:
    answering = Answering(one.search.folder, one.office.record)
    waiting = Search(lambda: one.office.reader, one.search.folder, builds=False)
    one.office.baking = False
    for n in range(12):
        one.office.publish(Draft(id_of("more"), "correct" if n else "publish", message("more", f"Ferry {n} is late.")))
        waiting.catch_up()
        one.search.catch_up()
        assert answering.answer(read_fields({"q": "ferry late"}), "en").total == 1
    assert noted_damage(one.search.folder) is None
