"""The index for browsers, grown with a random history, is the files of one cut at its end, without words taken back."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from communique.record.reader_folder import FolderReader
from communique.search.answering import Answering
from communique.search.asked import read_fields
from communique.search.cut import FORMAT
from communique.search.cutting import Cutting
from histories import LANGUAGES
from offices import Draft, Office, id_of, make_office, message
from search.in_the_browser import Browser, ScriptError
from search.test_histories import UNIQUE, Killed, MarkedHistory, queries, searching, words_to_be_gone


def cutting(office: Office, builds: bool = True) -> Cutting:
    folder, memory = office.public / "search", office.folder / "cut.sqlite3"
    return Cutting(lambda: office.reader, folder, memory, observe=office.steps.append, builds=builds)


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def cut_anew(office: Office, folder: Path) -> dict[str, bytes]:
    """What a stranger's copy of the record gives, at once."""
    Cutting(lambda: FolderReader(office.record), folder / "search", folder / "cut.sqlite3").catch_up()
    return files_of(folder / "search")


def words_in_files(folder: Path) -> set[str]:
    """The words with a mark that an index or its memory has anywhere."""
    return {
        word
        for path in folder.rglob("*")
        if path.is_file()
        for word in UNIQUE.findall(path.read_bytes().decode("latin-1").lower())
    }


def addresses_of(office: Office, history: MarkedHistory) -> dict[str, str]:
    return {id_: content["address"] for id_, content in history.standing.items() if content.get("address")}


def test_a_grown_index_is_the_files_of_a_new_one_and_holds_no_word_that_was_taken_back(
    tmp_path: Path, full_numbers: bool, figures: Callable[..., None]
) -> None:
    histories, length = (100, 20) if full_numbers else (3, 14)
    taken_back = asked = 0
    for seed in range(histories):
        office = make_office(tmp_path / str(seed), LANGUAGES, baking=False)
        history, ever = MarkedHistory(office, seed), set[str]()
        for step, _ in enumerate(history.play(length)):
            ever |= set(UNIQUE.findall(str(history.standing).lower()))
            cutting(office, builds=bool(step % 3)).catch_up()
        cutting(office).catch_up()
        grown = files_of(office.public / "search")
        assert grown == cut_anew(office, tmp_path / "new"), f"history {seed}"
        in_record = words_in_files(office.record)
        gone = words_to_be_gone(office, history) | (ever - in_record)
        assert not gone & words_in_files(office.public / "search"), f"history {seed}"
        assert not gone & {word for word in UNIQUE.findall((office.folder / "cut.sqlite3").read_text("latin-1"))}
        taken_back += len(gone)
        asked += as_the_program_does(office, history)
        shutil.rmtree(tmp_path / "new")
    assert taken_back > 0
    numbers = {"histories": histories, "words taken back": taken_back, "found in the files": 0, "queries": asked}
    figures(
        "cut-histories",
        "Is a browser's index that grew the files of a new one, without words taken back?",
        numbers,
    )


def as_the_program_does(office: Office, history: MarkedHistory) -> int:
    """Every query of the histories has the same hits in the same order, and counts; gives how many it asked."""
    searching(office).catch_up()
    answering = Answering(office.folder / "search", office.record)
    addresses = addresses_of(office, history)
    browser, number = Browser(office.public), 0
    try:
        for language in LANGUAGES:
            for fields in queries():
                query = {**fields, "order": "date"}
                program = answering.units(read_fields(query), language, 1000)
                answer = browser.ask(language, query)
                assert answer["hits"] == [[addresses[id_], place] for id_, place in program], (language, query)
                counts = answering.answer(read_fields(query), language).counts
                assert answer["total"] == len(program)
                assert answer["counts"]["years"] == [list(one) for one in counts.years]
                assert answer["counts"]["languages"] == [list(one) for one in counts.languages]
                number += 1
    finally:
        browser.close()
    return number


def test_what_is_removed_is_in_no_answer_before_its_segment_is_cut_anew(tmp_path: Path) -> None:
    office = make_office(tmp_path, baking=False)
    content = message("one", "The zqabcdefgh sails.")
    office.publish(Draft(id_of("one"), "publish", content))
    cutting(office).catch_up()
    assert "zqabcdefgh" in words_in_files(office.public / "search")
    office.publish(Draft(id_of("one"), "remove", {**content, "state": "removed", "notice": "Sent by mistake."}))
    cutting(office, builds=False).catch_up()
    browser = Browser(office.public)
    try:
        assert browser.ask("en", {"q": "zqabcdefgh"})["total"] == 0
    finally:
        browser.close()
    cutting(office).catch_up()
    assert "zqabcdefgh" not in words_in_files(office.public / "search")


def test_a_publication_writes_three_files_however_many_there_are(tmp_path: Path) -> None:
    office = make_office(tmp_path, baking=False)
    for number in range(20):
        office.publish(Draft(id_of(f"{number}"), "publish", message(f"m{number}")))
    cutting(office).catch_up()
    before = files_of(office.public / "search")
    office.publish(Draft(id_of("more"), "publish", message("more")))
    cutting(office, builds=False).catch_up()
    after = files_of(office.public / "search")
    changed = {name for name in before | after if before.get(name) != after.get(name)}
    assert len(changed) == 3, changed


@pytest.mark.parametrize("step", ["7 words", "7 words indexed", "9 cutting"])
def test_a_killed_follower_goes_on_to_the_same_files(tmp_path: Path, step: str) -> None:
    office = make_office(tmp_path, LANGUAGES, baking=False)
    history = MarkedHistory(office, 5)

    def observe(seen: str) -> None:
        if seen == step:
            raise Killed

    for number, _ in enumerate(history.play(12)):
        if number % 3:
            continue
        killed = cutting(office)
        killed.observe = observe
        try:
            killed.catch_up()
        except Killed:
            cutting(office).catch_up()
    cutting(office).catch_up()
    assert files_of(office.public / "search") == cut_anew(office, tmp_path / "new")


def test_an_index_of_another_record_or_a_damaged_memory_is_cut_anew(tmp_path: Path) -> None:
    one, other = make_office(tmp_path / "one", baking=False), make_office(tmp_path / "other", baking=False)
    one.publish(Draft(id_of("one"), "publish", message("one", "The ferry sails.")))
    other.publish(Draft(id_of("two"), "publish", message("two", "The ferry is late.")))
    cutting(one).catch_up()
    memory = one.folder / "cut.sqlite3"
    moved = Cutting(lambda: other.reader, one.public / "search", memory)
    moved.catch_up()
    assert files_of(one.public / "search") == cut_anew(other, tmp_path / "new")
    memory.write_bytes(b"no database at all" * 100)
    cutting(one).catch_up()
    assert files_of(one.public / "search") == cut_anew(one, tmp_path / "newer")


def test_who_publishes_does_not_wait_for_who_cuts(tmp_path: Path) -> None:
    office = make_office(tmp_path, baking=False)
    for number in range(3):
        office.publish(Draft(id_of(f"{number}"), "publish", message(f"m{number}", "The ferry sails.")))
    cutter = cutting(office)

    def publish(step: str) -> None:
        if step == "9 cutting":
            cutter.observe = lambda _step: None
            office.publish(Draft(id_of("more"), "publish", message("more", "The zqabcdefgh sails.")))
            cutting(office, builds=False).catch_up()
            assert "zqabcdefgh" in words_in_files(office.public / "search")

    cutting(office, builds=False).catch_up()
    cutter.observe = publish
    cutter.catch_up()
    assert files_of(office.public / "search") == cut_anew(office, tmp_path / "new")


def test_what_a_program_of_another_version_cut_stays_until_all_is_cut_anew(tmp_path: Path) -> None:
    office = make_office(tmp_path, baking=False)
    office.publish(*(Draft(id_of(f"{n}"), "publish", message(f"m{n}", "The ferry sails.")) for n in range(5)))
    old = cutting(office)
    old.program = "an older one"
    old.catch_up()
    before = files_of(office.public / "search")
    cutting(office, builds=False).catch_up()
    assert files_of(office.public / "search") == before
    cutting(office).catch_up()
    after = files_of(office.public / "search")
    assert after == cut_anew(office, tmp_path / "new")
    assert not {name.split("/")[0] for name in after if "-" in name} & {name.split("/")[0] for name in before}


def test_a_long_tail_waits_for_segments_but_not_with_what_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("communique.search.cutting.TAIL_ENTRIES", 4)
    office = make_office(tmp_path, baking=False)
    cutting(office).catch_up()
    content = message("one", "The zqabcdefgh sails.")
    office.publish(Draft(id_of("one"), "publish", content))
    cutting(office, builds=False).catch_up()
    office.publish(*(Draft(id_of(f"{n}"), "publish", message(f"m{n}")) for n in range(9)))
    before = files_of(office.public / "search")
    cutting(office, builds=False).catch_up()
    assert files_of(office.public / "search") == before
    office.publish(Draft(id_of("one"), "remove", {**content, "state": "removed", "notice": "Sent by mistake."}))
    cutting(office, builds=False).catch_up()
    assert "zqabcdefgh" not in words_in_files(office.public / "search")
    cutting(office).catch_up()
    assert files_of(office.public / "search") == cut_anew(office, tmp_path / "new")


def test_files_that_somebody_took_away_are_cut_again(tmp_path: Path) -> None:
    office = make_office(tmp_path, baking=False)
    office.publish(*(Draft(id_of(f"{n}"), "publish", message(f"m{n}")) for n in range(9)))
    cutting(office).catch_up()
    whole = files_of(office.public / "search")
    shutil.rmtree(office.public / "search")
    office.publish(Draft(id_of("more"), "publish", message("more")))
    cutting(office, builds=False).catch_up()
    cutting(office).catch_up()
    assert files_of(office.public / "search") == cut_anew(office, tmp_path / "new")
    kept = {name for name in whole if "tail" not in name and name != "index.json"}
    assert kept <= files_of(office.public / "search").keys()


def test_what_a_browser_keeps_never_changes_under_its_name(tmp_path: Path) -> None:
    office = make_office(tmp_path, baking=False)
    cutting(office).catch_up()
    kept: dict[str, bytes] = {}
    browser = Browser(office.public)
    for release in range(4):
        names = [f"m{release}{n}" for n in range(5)]
        office.publish(*(Draft(id_of(name), "publish", message(name, "The ferry sails.")) for name in names))
        for builds in (False, True):  # who publishes, and a moment later the worker, who cuts
            cutting(office, builds).catch_up()
            assert browser.ask("en", {"q": "ferry"})["total"] == 5 * (release + 1), (release, builds)
            fixed = {name: data for name, data in files_of(office.public / "search").items() if "-" in name}
            assert not [name for name in fixed.keys() & kept.keys() if fixed[name] != kept[name]], (release, builds)
            kept |= fixed
    browser.close()


@pytest.mark.parametrize("form", [b"", b'"format":2,', b'"format":99,'])
def test_a_script_reads_no_files_of_another_form_as_if_they_were_its_own(tmp_path: Path, form: bytes) -> None:
    office = make_office(tmp_path, baking=False)
    office.publish(Draft(id_of("one"), "publish", message("one", "The ferry sails.")))
    cutting(office).catch_up()
    index = office.public / "search" / "index.json"
    browser = Browser(office.public)
    assert browser.ask("en", {"q": "ferry"})["total"] == 1
    index.write_bytes(index.read_bytes().replace(b'"format":%d,' % FORMAT, form))
    with pytest.raises(ScriptError, match="form"):
        browser.ask("en", {"q": "ferry"})
    browser.close()
