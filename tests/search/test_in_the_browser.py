"""The reader's own search: scripts over static files find what the program finds, in the same order."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from statistics import mean
from typing import Any

import pytest

from communique.record.reader_folder import FolderReader
from communique.search.answering import Answering
from communique.search.asked import read_fields
from communique.search.cutting import Cutting
from communique.search.words import words_in
from search.in_the_browser import Browser
from search.judged.offices import messages
from search.judged_index import judged_index, lines


class Both:
    """The judged offices, searched by the program and by the scripts."""

    def __init__(self, folder: Path) -> None:
        record, index = judged_index(folder)
        self.answering = Answering(index, record)
        Cutting(lambda: FolderReader(record), folder / "public" / "search", folder / "cut.sqlite3").catch_up()
        self.browser = Browser(folder / "public")
        self.addresses = {one.id: one.content["address"] for one in messages()}

    def program(self, language: str, query: dict[str, str], count: int = 1000) -> list[list[Any]]:
        found = self.answering.units(read_fields(query), language, count)
        return [[self.addresses[id_], place] for id_, place in found]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    made = Both(tmp_path_factory.mktemp("browser"))
    yield made
    made.browser.close()


def test_words_have_the_same_forms_in_both(both: Both) -> None:
    for one in messages():
        language = one.content["language"]
        text = json.dumps(one.content, ensure_ascii=False)
        program = [
            {
                "start": len(text[: word.start].encode("utf-16-le")) // 2,
                "end": len(text[: word.end].encode("utf-16-le")) // 2,
                "forms": {
                    "folded": word.forms.folded,
                    "stems": list(word.forms.stems),
                    "typed": word.forms.typed,
                },
            }
            for word in words_in(text, language)
        ]
        assert both.browser.words(language, text) == program, one.name


def test_both_find_the_same_in_the_same_order_by_date(both: Both) -> None:
    for line in lines():
        query = {**line["query"], "order": "date"}
        assert both.browser.ask(line["language"], query)["hits"] == both.program(line["language"], query), line


def test_by_relevance_both_begin_with_nearly_the_same(both: Both) -> None:
    shares = []
    for line in lines():
        query = {**line["query"], "order": "relevance"}
        program = both.program(line["language"], query, 10)
        browser = both.browser.ask(line["language"], query, 10)["hits"]
        if program:
            shares.append(sum(one in browser for one in program) / len(program))
    print(round(mean(shares), 4), sum(share == 1 for share in shares), len(shares))
    assert mean(shares) >= 0.95


MISTYPED = (
    ("en", "fery winter"),
    ("en", "liberry"),
    ("fr", "négociatoin"),
    ("ru", "паорм"),
    ("de", "Fährre"),
    ("ar", "عباره"),
)


def test_a_query_costs_three_trips_before_the_messages_themselves(both: Both) -> None:
    for line in lines()[::7]:
        both.browser.ask(line["language"], {"q": "zqzqzq"}, 20, cold=True)  # has what never changes
        asked = both.browser.ask(line["language"], line["query"], 20)
        assert asked["trips"] <= (3 if asked["total"] else 6), line  # of a word that nobody said, others are looked for


def test_for_a_mistyped_word_both_offer_the_same_and_it_finds(both: Both) -> None:
    offered = 0
    for language, q in (*MISTYPED, ("en", '"fery"'), ("en", "-fery"), ("en", "zqzqzq"), ("zh", "渡論")):
        instead = both.answering.answer(read_fields({"q": q}), language).instead
        assert both.browser.ask(language, {"q": q})["instead"] == instead, q
        if instead:
            assert both.browser.ask(language, {"q": instead})["total"] > 0
            offered += 1
    assert offered >= 3
