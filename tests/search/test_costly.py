"""A query costs only so much: the commonest words of one that would cost more are left out, and one that takes too long
is given up. Readers are told so, in a sentence."""

from __future__ import annotations

import asyncio
import time

import pytest

from communique.press.reply import Request
from communique.press.server import Site
from communique.search.answering import clauses
from communique.search.asked import read_fields
from communique.search.engine import Wanted
from communique.search.engine_tantivy import PLACES_WORK, TantivyFinder
from communique.search.follower import Search
from communique.settings import search_pages
from communique.settings.search_pages import SearchPages
from offices import Draft, Office, id_of, make_office, message

COMMON = ["the", "of", "and", "to", "in", "is", "for", "you", "this", "be", "page", "on"]
MESSAGES, PARAGRAPHS, TIMES = 8, 250, 40
COSTLY = '"' + " ".join(COMMON[n % 2] for n in range(8)) + '"'
"""a phrase of the two commonest words in turn, which stand everywhere, but never so"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    made = make_office(tmp_path_factory.mktemp("costly"))
    made.baking = False
    for n in range(MESSAGES):
        content = message(f"long-{n}", title="Long")
        runs = " ".join([*COMMON[:2] * 4, *COMMON[2:]] * TIMES)
        content["blocks"] = [f"{runs} {n}x{place}" for place in range(PARAGRAPHS)]
        made.publish(Draft(id_of(f"long {n}"), "publish", content))
    made.publish(Draft(id_of("ferry"), "publish", message("ferry", "The ferry is on time.")))
    Search(lambda: made.reader, made.folder / "search").catch_up()
    return made


@pytest.fixture
def pages(office: Office) -> SearchPages:
    return SearchPages(Site.of(str(office.public)), office.folder / "search")


def finder(office: Office) -> TantivyFinder:
    return TantivyFinder(office.folder / "search" / "live" / "units")


def wanted(q: str) -> Wanted:
    return Wanted(clauses=tuple(clauses(read_fields({"q": q}).pieces, ("en",))), languages=("en",))


def page(pages: SearchPages, q: str) -> str:
    query = read_fields({"q": q}).address()
    reply = asyncio.run(pages.answer(Request("GET", "/en/search/", query, {}.get), "en", False))
    assert reply
    assert reply.status == 200
    return reply.body.decode()


def test_what_may_be_asked_at_once_is_asked_whole(office: Office) -> None:
    query = wanted(f"{' '.join(COMMON[:6])} -ferry")
    assert finder(office).affordable(query) == (query, ())


def test_of_too_much_the_dearest_is_left_out(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    units = MESSAGES * PARAGRAPHS
    monkeypatch.setattr(TantivyFinder, "work_postings", 5 * units)
    query = wanted(f"ferry {COMMON[0]} {COSTLY} -{COMMON[1]}")
    some, left_out = finder(office).affordable(query)
    assert [clause for clause in query.clauses if clause.phrase] == list(left_out)
    assert len(some.clauses) == 3
    assert finder(office).affordable(some) == (some, ())
    only, left_out = finder(office).affordable(wanted(COSTLY))
    assert (len(only.clauses), left_out) == (1, ())


def test_what_was_left_out_is_said(office: Office, pages: SearchPages, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TantivyFinder, "work_postings", MESSAGES * PARAGRAPHS * PLACES_WORK)
    shown = page(pages, f"ferry {COSTLY}")
    assert f"Too much was asked at once. Left out was: {COSTLY.strip(chr(34))}" in shown
    assert "2 passages found" in shown
    assert "Left out was: the" not in page(pages, "ferry")


def test_a_query_that_takes_too_long_is_given_up_and_the_next_one_is_answered(
    office: Office, pages: SearchPages, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = time.perf_counter()
    finder(office).find(wanted(COSTLY), 0, 20)
    costs_s = time.perf_counter() - began
    monkeypatch.setattr(search_pages, "ANSWER_S", costs_s / 10)
    query = read_fields({"q": COSTLY}).address()

    async def ask() -> tuple[str, bool, str]:
        pages._waiting = asyncio.Semaphore(1)
        reply = await pages.answer(Request("GET", "/en/search/", query, {}.get), "en", False)
        is_busy = pages._waiting.locked()
        assert reply
        monkeypatch.setattr(search_pages, "ANSWER_S", 30.0)
        after = await pages.answer(Request("GET", "/en/search/", "q=ferry", {}.get), "en", False)
        assert after
        return reply.body.decode(), is_busy, after.body.decode()

    shown, is_busy, after = asyncio.run(ask())
    assert "This search took too long and was given up." in shown
    assert 'href="/en/by/"' in shown
    assert is_busy, "the engine was at it when the reader had an answer"
    assert "2 passages found" in after
