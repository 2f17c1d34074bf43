"""How good answers are, by 500 judged queries in 19 languages that were written down before the index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from statistics import mean

import pytest

from communique.search.answering import Answering
from communique.search.asked import read_fields
from search.judged.make import judged
from search.judged.offices import messages, name_of
from search.judged_index import gain, judged_index, lines


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[[dict[str, str], str], list[str]]:
    """Asks and gives the turns and paragraphs found, by their names in the judgements."""
    record, index = judged_index(tmp_path_factory.mktemp("judged"))
    answering, known = Answering(index, record), {one.id: one for one in messages()}

    def found(query: dict[str, str], language: str) -> list[str]:
        asked = read_fields({"order": "relevance", **query})
        places = [(known[id_], place) for id_, place in answering.units(asked, language, 100)]
        return [name_of(one, place) for one, place in places if place]  # titles are not judged

    return found


def test_the_judgements_are_what_their_rules_make() -> None:
    assert list(judged()) == lines()


def test_there_are_as_many_of_each_sort_as_were_promised() -> None:
    sorts = Counter(line["sort"] for line in lines())
    assert sum(sorts.values()) == 500
    assert len({line["language"] for line in lines()}) >= 10
    assert sorts["inflected"] == 150
    assert sorts["none"] == 50
    assert sorts["questions"] + sorts["answers"] == 100


def test_answers_follow_the_judgements(ask: Callable[[dict[str, str], str], list[str]]) -> None:
    gains: dict[str, list[float]] = {}
    for line in lines():
        gains.setdefault(line["sort"], []).append(gain(ask(line["query"], line["language"]), line["answers"]))
    said = {sort: round(mean(some), 3) for sort, some in gains.items()}
    print(said)
    assert mean(one for some in gains.values() for one in some) >= 0.9, said
    assert said["none"] == 1.0
    assert said["questions"] >= 0.99
    assert said["answers"] >= 0.99
