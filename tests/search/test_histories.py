"""An index that grew with a random history answers as one made at its end, and holds nothing that was taken back."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
import tantivy

from communique.edition import parse_edition
from communique.record.reader_folder import FolderReader
from communique.search.answering import Answering, NotReady
from communique.search.asked import read_fields
from communique.search.catalogue import FILE, FORMAT
from communique.search.engine_tantivy import segments
from communique.search.follower import Search
from communique.search.soundness import UNITS
from histories import LANGUAGES, WORDS, History
from offices import Draft, Office, id_of, make_office, message

UNIQUE = re.compile(r"zq[a-z]{8}")


@dataclass
class MarkedHistory(History):
    """A history whose every sentence holds a word that stands nowhere else."""

    def _sentence(self) -> str:
        self.marked = getattr(self, "marked", 0) + 1
        number, letters = self.marked + 10_000 * self.seed, ""
        for _ in range(8):
            number, letter = divmod(number, 26)
            letters += chr(97 + letter)
        return f"{super()._sentence()} Zq{letters}."


def searching(office: Office) -> Search:
    return Search(lambda: office.reader, office.folder / "search", observe=office.steps.append)


def asked_of(search: Search, office: Office) -> dict[str, object]:
    """What an index answers to a number of queries: units by date, how many, and counts."""
    answering = Answering(search.folder, office.record)
    found: dict[str, object] = {}
    for language in LANGUAGES:
        for fields in queries():
            asked = read_fields({**fields, "order": "date"})
            answer = answering.answer(asked, language)
            found[f"{language} {fields}"] = (answering.units(asked, language, 1000), answer.total, answer.counts)
            ranked = answering.units(read_fields({**fields, "order": "relevance"}), language, 1000)
            found[f"{language} {fields} ranked"] = sorted(ranked)
    return found


def queries() -> list[dict[str, str]]:
    return [
        *({"q": word} for word in WORDS),
        *({"q": f"{one} {other}"} for one, other in pairwise(WORDS)),
        {"q": f'"{WORDS[0]} {WORDS[1]}"'},
        {"q": WORDS[0], "only": "question"},
        {"q": WORDS[1], "only": "answer", "language": "*"},
        {"speaker": "oriel-tavenmark"},
        {"q": WORDS[2], "kind": "interview"},
        {"place": "tessmark"},
        {"q": WORDS[3], "from": "2019", "to": "2024-06"},
        {"q": f"{WORDS[4]} -{WORDS[5]}", "language": "*"},
    ]


def words_in_files(search: Search) -> set[str]:
    """The words with a mark that an index has anywhere: in the bytes of its files, and in its dictionaries."""
    assert search.live
    found: set[str] = set()
    for path in search.folder.rglob("*"):
        if path.is_file():
            found |= set(UNIQUE.findall(path.read_bytes().decode("latin-1").lower()))
    searcher = tantivy.Index.open(str(search.live / UNITS)).searcher()
    for field in ("words", "stems", "typed"):
        found |= {word for term, _ in searcher.terms_with_prefix(field, "zq") for word in UNIQUE.findall(term)}
    return found


def words_to_be_gone(office: Office, history: History) -> set[str]:
    """The words with a mark that no edition on the record has any more, and those of messages that are removed."""
    removed = {id_ for id_, content in history.standing.items() if content["state"] == "removed"}
    ever: set[str] = set()
    stands: set[str] = set()
    for id_, bodies in history.bodies.items():
        for body in bodies:
            text = (office.record / "editions" / body).read_text("utf-8").lower()
            ever |= set(UNIQUE.findall(text))
            if id_ not in removed:
                stands |= set(UNIQUE.findall(text))
    return ever - stands


def test_a_grown_index_answers_as_a_new_one_and_holds_no_word_that_was_taken_back(
    tmp_path: Path, full_numbers: bool, figures: Callable[..., None]
) -> None:
    histories, length = (100, 20) if full_numbers else (2, 14)
    steps: dict[str, int] = {}
    taken_back = 0
    for seed in range(histories):
        office = make_office(tmp_path / str(seed), LANGUAGES, baking=False)
        history, grown = MarkedHistory(office, seed), searching(office)
        ever: set[str] = set()
        for step in history.play(length):
            steps[step.split()[0]] = steps.get(step.split()[0], 0) + 1
            ever |= set(UNIQUE.findall(str(history.standing).lower()))
            grown.catch_up()
        new = Search(lambda office=office: FolderReader(office.record), tmp_path / "new")
        new.catch_up()
        assert asked_of(grown, office) == asked_of(new, office), f"history {seed}"
        in_record = set().union(
            *(UNIQUE.findall(path.read_text("utf-8").lower()) for path in (office.record / "editions").iterdir())
        )
        gone = words_to_be_gone(office, history) | (ever - in_record)
        for search in (grown, new):
            assert not gone & words_in_files(search), f"history {seed}"
        taken_back += len(gone)
        shutil.rmtree(tmp_path / "new")
    assert taken_back > 0
    numbers = {"histories": histories, "words taken back": taken_back, "found in an index": 0, **steps}
    figures("search-histories", "Does an index that grew answer as a new one, and hold no word taken back?", numbers)


def test_a_word_that_was_taken_back_would_be_found_in_the_files(tmp_path: Path) -> None:
    office = make_office(tmp_path, baking=False)
    office.publish(Draft(id_of("one"), "publish", message("one", "The zqabcdefgh sails.")))
    searching(office).catch_up()
    assert "zqabcdefgh" in words_in_files(searching(office))


def test_what_is_removed_is_out_of_all_answers_before_a_new_index_is_made(tmp_path: Path) -> None:
    office = make_office(tmp_path, baking=False)
    content = message("one", "The zqabcdefgh sails.")
    office.publish(Draft(id_of("one"), "publish", content))
    searching(office).catch_up()
    office.publish(Draft(id_of("one"), "remove", {**content, "state": "removed", "notice": "Sent by mistake."}))
    waiting = searching(office)
    waiting.builds = False
    waiting.catch_up()
    answering = Answering(waiting.folder, office.record)
    assert answering.units(read_fields({"q": "zqabcdefgh"}), "en", 10) == []
    assert answering.answer(read_fields({"q": "zqabcdefgg"}), "en").instead == ""
    searching(office).catch_up()
    assert "zqabcdefgh" not in words_in_files(waiting)


def test_the_worker_puts_segments_together_before_publications_would_begin_that_in_vain(tmp_path: Path) -> None:
    office = make_office(tmp_path, baking=False)
    searching(office).catch_up()
    waiting = searching(office)
    waiting.builds = False
    assert waiting.live
    for number in range(8):
        office.publish(Draft(id_of(f"{number}"), "publish", message(f"m{number}")))
        waiting.catch_up()
    assert segments(waiting.live / UNITS) == 8
    searching(office).catch_up()
    assert segments(waiting.live / UNITS) == 1


class Killed(BaseException):
    """The process is gone."""


@pytest.mark.parametrize("step", ["7 index", "7 index settled", "9 building index", "9 switching index"])
def test_a_killed_follower_goes_on_where_it_was(tmp_path: Path, step: str) -> None:
    office = make_office(tmp_path, LANGUAGES, baking=False)
    history = MarkedHistory(office, 5)
    for number, _ in enumerate(history.play(12)):
        if number % 3:
            continue

        def observe(seen: str) -> None:
            if seen == step:
                raise Killed

        killed = searching(office)
        killed.observe = observe
        try:
            killed.catch_up()
        except Killed:
            searching(office).catch_up()
    searching(office).catch_up()
    new = Search(lambda: FolderReader(office.record), tmp_path / "new")
    new.catch_up()
    assert asked_of(searching(office), office) == asked_of(new, office)


def test_an_index_of_another_record_is_made_anew(tmp_path: Path) -> None:
    one, other = make_office(tmp_path / "one", baking=False), make_office(tmp_path / "other", baking=False)
    one.publish(Draft(id_of("one"), "publish", message("one", "The ferry sails.")))
    other.publish(Draft(id_of("two"), "publish", message("two", "The ferry is late.")))
    searching(one).catch_up()
    moved = Search(lambda: other.reader, one.folder / "search")
    moved.catch_up()
    found = Answering(moved.folder, other.record).units(read_fields({"q": "ferry"}), "en", 10)
    assert [id_ for id_, _ in found] == [id_of("two")]


@pytest.mark.parametrize("file", ["meta.json", ".managed.json", "*.idx", "*.pos", "*.term", "*.fast", "*.fieldnorm"])
@pytest.mark.parametrize("kept", [0.0, 0.5, 0.9])
def test_a_damaged_index_is_made_anew(tmp_path: Path, file: str, kept: float) -> None:
    office = make_office(tmp_path, baking=False)
    office.publish(Draft(id_of("one"), "publish", message("one", "The ferry sails.")))
    search = searching(office)
    search.catch_up()
    assert search.live
    for path in (search.live / UNITS).glob(file):
        path.write_bytes(path.read_bytes()[: int(path.stat().st_size * kept)])
    office.publish(Draft(id_of("two"), "publish", message("two", "The ferry is late.")))
    search.catch_up()
    found = Answering(search.folder, office.record).units(read_fields({"q": "ferry"}), "en", 10)
    assert {id_ for id_, _ in found} == {id_of("one"), id_of("two")}


def test_every_edition_that_is_indexed_can_be_read_again(tmp_path: Path) -> None:
    office = make_office(tmp_path, LANGUAGES, baking=False)
    history = MarkedHistory(office, 3)
    for _ in history.play(8):
        pass
    searching(office).catch_up()
    answering = Answering(office.folder / "search", office.record)
    for word in WORDS:
        answer = answering.answer(read_fields({"q": word, "language": "*"}), "en")
        assert len(answer.shown) == min(answer.total, 20)
        for one in answer.shown:
            assert any(hit for _, hit in one.words)
    assert parse_edition(next((office.record / "editions").iterdir()).read_bytes())


def test_whoever_answers_sees_that_the_whole_folder_was_deleted_and_made_anew(tmp_path: Path) -> None:
    office = make_office(tmp_path / "office", baking=False)
    search = Search(lambda: office.reader, tmp_path / "search")
    search.catch_up()
    answering = Answering(tmp_path / "search", office.record)
    assert answering.answer(read_fields({"q": "ferry"}), "en").total == 0
    shutil.rmtree(tmp_path / "search")
    office.publish(Draft(id_of("one"), "publish", message("one", "The ferry sails.")))
    search.catch_up()
    assert len(answering.answer(read_fields({"q": "ferry"}), "en").shown) == 1


def test_an_index_in_another_form_answers_nothing_until_it_is_made_anew(tmp_path: Path) -> None:
    office = make_office(tmp_path / "office", baking=False)
    office.publish(Draft(id_of("one"), "publish", message("one", "The ferry sails.")))
    search = Search(lambda: office.reader, tmp_path / "search")
    search.catch_up()
    live = search.live
    assert live
    with sqlite3.connect(live / FILE) as db:
        db.execute(f"PRAGMA user_version = {FORMAT - 1}")
    answering = Answering(tmp_path / "search", office.record)
    with pytest.raises(NotReady):
        answering.answer(read_fields({"q": "ferry"}), "en")
    search.catch_up()
    assert answering.answer(read_fields({"q": "ferry"}), "en").total == 1
