"""A quotation gets one of four honest answers: what copying does is looked through, what changes the meaning is not."""

from __future__ import annotations

import json
import random
import sqlite3
from array import array
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from babel import Locale

from communique.cli.main import run
from communique.edition.edition import prints_of
from communique.edition.print_files import FIRST, PrintFile, come_with, files_with, go_with, is_there
from communique.edition.quoted import said_in
from communique.edition.sentence import part_of
from communique.press.prints import Prints
from communique.press.tables import TABLES
from communique.press.wording import WORDS
from communique.record.checkpoint import cosign_checkpoint, parse_checkpoint
from communique.record.policy import Log, Policy, Witness, format_policy
from communique.record.reader_folder import FolderReader
from communique.verify.quote.answer import ABSENT, RECORDED, SUPERSEDED, WITNESSED, Answer, Quoted
from communique.verify.quote.by_prints import Found, entries_with
from communique.verify.quote.days import days_in, false_day
from communique.verify.quote.nearest import nearest_in
from communique.verify.quote.pasted import parse_pasted
from offices import Draft, id_of, make_office, message
from quotations import (
    CUT,
    DATED,
    DATED_AT,
    DAYS,
    DAYS_AT_ENDS,
    ENDS_OF_TIME,
    OLD,
    PARTS,
    ROLE,
    SCRIPTS,
    SPEAKER,
    TALKS,
    honest,
    hostile,
    interview,
    record_of_quotes,
)
from signed_record import EXAMPLE, LOG, WITNESS
from strangers_web import on_the_web

FERRY = "On 3 March. The Embassy welcomes it."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("quotes")
    record_of_quotes().write(made)
    return made


def asked(folder: Path) -> Quoted:
    return Quoted(FolderReader(folder), LOG.verifier)


def answers(record: Quoted, text: str) -> list[Answer]:
    pasted = parse_pasted(text)
    assert pasted is not None
    return record.answers(pasted)


def test_honest_quotations_are_accepted_and_hostile_ones_are_not(
    folder: Path, full_numbers: bool, figures: Callable[..., None]
) -> None:
    number = 1000 if full_numbers else 100
    record = asked(folder)
    refused = [case for case in honest(9, number) if answers(record, case.text)[0].verdict != RECORDED]
    tricks: Counter[str] = Counter()
    let_through = []
    for case in hostile(9, number):
        tricks[case.trick] += 1
        found = answers(record, case.text)[0].verdict
        if found not in ((SUPERSEDED,) if case.trick.startswith("superseded") else (ABSENT, SUPERSEDED)):
            let_through.append((found, case))
    counted = {"scripts": len(set(SCRIPTS.values())), "honest, accepted": number - len(refused)}
    counted |= {"hostile, refused or superseded": number - len(let_through)}
    counted |= {f"hostile by {trick.replace('_', ' ')}": count for trick, count in sorted(tricks.items())}
    figures("quotations", "Are quotations accepted where they are honest, and only there?", counted)
    assert refused == []
    assert let_through == []


@pytest.mark.parametrize("language", TALKS)
def test_every_turn_is_found_with_its_speaker_and_its_edition(folder: Path, language: str) -> None:
    record = asked(folder)
    for number, text in enumerate(TALKS[language], 1):
        answer = answers(record, text)[0]
        assert answer.place is not None
        assert answer.place.passage.turn == f"t{number}"
        assert answer.place.passage.speaker == (SPEAKER if number % 2 == 0 else None)
        assert answer.place.entry.seq == 2


def test_corrected_words_are_shown_beside_those_that_stand_now(folder: Path) -> None:
    answer = answers(asked(folder), OLD["en"])[0]
    assert answer.verdict == SUPERSEDED
    assert answer.change is not None
    assert (answer.change.entry.kind, answer.change.note) == ("correct", "A number was wrong.")
    assert answer.change.now is not None
    differ = [(one.sort, one.text) for one in answer.change.now.compared if one.sort != "same"]
    assert differ == [("struck", "9"), ("added", "2"), ("struck", "15.5"), ("added", "12.5")]


def test_withdrawn_words_bear_the_day_of_their_withdrawal() -> None:
    answer = answers(asked(EXAMPLE / "record"), "Consular hours in March")[0]
    assert answer.verdict == SUPERSEDED
    assert answer.change is not None
    assert (answer.change.entry.index, answer.change.state) == (6, "withdrawn")


def test_what_is_not_there_is_compared_with_what_is_nearest(folder: Path) -> None:
    answer = answers(asked(folder), "The talks open in Tessmark on 3 April. What is on the table is the map")[0]
    assert answer.verdict == ABSENT
    assert answer.nearest is not None
    place, near = answer.nearest
    assert place.passage.turn == "t2"
    assert [(one.sort, one.text) for one in near.compared][1:3] == [("struck", "3"), ("added", "2")]


def test_words_of_several_turns_are_checked_one_by_one(folder: Path) -> None:
    address = "https://embassy.example/en/interviews/2026/03/03/talks/editions/2/#t2"
    first, second = "The talks open in Tessmark on 2 April.", "Will the ferry – the old one – sail again"
    text = f"{SPEAKER}: “{first}”\n\nPetra Halvane: “{second}”"
    found = answers(asked(folder), f"{text}\n— talks en\n{address}")
    assert [one.verdict for one in found] == [RECORDED, RECORDED]
    turned = text.replace(SPEAKER, "Petra Halvane", 1)
    assert answers(asked(folder), f"{turned}\n— talks en\n{address}")[0].verdict == ABSENT


def test_a_question_is_no_words_of_the_one_who_was_asked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    address = "https://embassy.example/en/interviews/2026/03/03/talks/editions/2/#t1"
    words = f"“{TALKS['en'][0]}”"
    (answer,) = answers(asked(folder), f"{words}\n— {SPEAKER}, {ROLE}\n{address}")
    assert (answer.verdict, answer.notes) == (
        ABSENT,
        (f"these words are recorded as asked by Petra Halvane, not as the source has it: {SPEAKER}, {ROLE}",),
    )
    assert answers(asked(folder), f"{words}\n— Petra Halvane, Radio\n{address}")[0].verdict == RECORDED
    assert answers(asked(folder), f"{words}\n— not Petra Halvane\n{address}")[0].verdict == ABSENT
    assert run(["quote", words, "--record", str(folder)]) == 0
    assert "  a question, asked by: Petra Halvane\n" in capsys.readouterr().out


def test_words_with_a_day_that_is_none_of_theirs_are_not_simply_recorded(folder: Path) -> None:
    address = "https://embassy.example/en/interviews/2026/03/03/talks/editions/2/#t2"
    (answer,) = answers(asked(folder), f"“{TALKS['en'][1]}”\n— {SPEAKER}, {ROLE}, 3 May 2026\n{address}")
    assert (answer.verdict, answer.notes) == (
        ABSENT,
        ("these words are recorded, and no day of theirs is the one that the source names: 3 May 2026",),
    )
    (answer,) = answers(asked(folder), f"“{TALKS['en'][1]}”\n— {SPEAKER}, {ROLE}, 3 March 2026\n{address}")
    assert (answer.verdict, answer.notes) == (RECORDED, ())


@pytest.mark.parametrize(("source", "false"), DAYS)
def test_a_day_of_a_source_line_is_one_that_the_record_has(source: str, false: str | None) -> None:
    assert false_day(source, DATED, DATED_AT, (str(DATED["title"]), "Tessmark", None)) == false


@pytest.mark.parametrize(("source", "false"), DAYS_AT_ENDS)
def test_a_record_at_the_ends_of_time_is_read_like_any_other(source: str, false: str | None) -> None:
    assert false_day(source, {}, ENDS_OF_TIME, ()) == false


@pytest.mark.parametrize("tag", sorted(path.stem for path in WORDS.glob("*.json")))
def test_months_of_every_language_of_our_labels_are_read(tag: str) -> None:
    for number, name in Locale.parse(tag).months["format"]["wide"].items():
        ((_, read),) = days_in(f"3 {name} 2026")
        assert f"2026-{number:02d}-03" in read, name


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("agreed to 12.5 million crowns", "{have not }agreed to 12.5 million crowns"),
        ("What is on the table is the calendar", "What is on the table is the calendar"),
        ("the map: both sides want the season", "{calendar, not }the map: both sides want the season"),
        ("sail again at 09", "sail again at 09{09:30}"),
        ("Wir haben", "Wir haben{ „keine 12}"),
    ],
)
def test_words_that_are_cut_from_what_belongs_to_them_are_shown_with_it(words: str, shown: str) -> None:
    text = next(turn for turns in TALKS.values() for turn in turns if words in turn)
    near = nearest_in(text, words)
    assert near is not None
    assert "".join({"added": "{%s}"}.get(one.sort, "%s") % one.text for one in near.compared) == shown


@pytest.mark.parametrize("mark", ["\u200f", "\u202b", "\ufeff", "\u200b \u2067"])
def test_marks_that_nobody_sees_at_the_ends_of_lines_change_no_answer(folder: Path, mark: str) -> None:
    address = "https://embassy.example/en/interviews/2026/03/03/talks/editions/2/#t2"
    first, second = "The talks open in Tessmark on 2 April.", "Will the ferry – the old one – sail again"
    text = f"{SPEAKER}: “{first}”\n\nPetra Halvane: “{second}”\n— talks en\n{address}".replace("\n", f"{mark}\n{mark}")
    found = parse_pasted(mark + text)
    assert found is not None
    assert ([one.name for one in found.said], found.source) == ([SPEAKER, "Petra Halvane"], "talks en")
    assert found.turn == "t2"
    assert [one.verdict for one in answers(asked(folder), mark + text)] == [RECORDED, RECORDED]


def test_witnesses_are_counted_against_the_records_own_policy(folder: Path, tmp_path: Path) -> None:
    assert answers(asked(EXAMPLE / "record"), FERRY)[0].verdict == WITNESSED
    (folder / "policy").write_bytes(
        format_policy(Policy((Log(LOG.verifier),), (Witness("ministry", WITNESS.verifier),), (), "ministry"))
    )
    assert answers(asked(folder), TALKS["en"][1])[0].verdict == RECORDED
    plain = (folder / "checkpoint").read_bytes()
    head = parse_checkpoint(plain)
    (folder / "checkpoint").write_bytes(head.with_signatures(cosign_checkpoint(head, WITNESS, 1772700008)).data)
    try:
        assert answers(asked(folder), TALKS["en"][1])[0].verdict == WITNESSED
    finally:
        (folder / "checkpoint").write_bytes(plain)
        (folder / "policy").unlink()


@pytest.mark.parametrize(("text", "quote", "is_said"), CUT)
def test_what_counts_as_the_same_words(text: str, quote: str, is_said: bool) -> None:
    assert (said_in(text, quote) is not None) == is_said


@pytest.mark.parametrize(("text", "quote", "whole"), PARTS)
def test_words_that_leave_some_of_their_sentence_out_are_called_a_part(
    text: str, quote: str, whole: str | None
) -> None:
    spans = said_in(text, quote)
    part = part_of(text, spans) if spans else None
    assert (part.name if part else "not said" if spans is None else None) == whole


def test_words_cut_out_of_a_question_are_no_yes_and_the_whole_of_it_is_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = record_of_quotes()
    turns = ("Will we, as they say in Tessmark, go to war?", "We agree to pay if both sides sign. We sail.")
    record.add("war0000000000001", "publish", interview("en", turns, slug="war"))
    record.write(tmp_path / "record")

    def said(words: str) -> tuple[int, str, str]:
        status = run(["quote", words, "--record", str(tmp_path / "record")])
        title, whole, *_ = capsys.readouterr().out.split("\n")
        return status, title, whole

    asks = said("go to war")
    assert asks == (1, "recorded, not yet witnessed, as a part of a question", f"  the whole of it: {turns[0]}")
    status, title, whole = said("We agree to pay")
    assert (status, title) == (0, "recorded, not yet witnessed, as a part of a longer sentence")
    assert whole == "  the whole of it: We agree to pay if both sides sign."
    assert said("We sail")[:2] == (0, "recorded, not yet witnessed")
    assert run(["quote", "go to war", "--record", str(tmp_path / "record"), "--json"]) == 1
    (answer,) = json.loads(capsys.readouterr().out)["answers"]
    assert (answer["verdict"], answer["part_of"], answer["sentence"]) == (RECORDED, "question", turns[0])


def test_the_command_says_yes_only_where_words_stand(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["quote", FERRY, "--record", str(EXAMPLE / "record")]) == 0
    assert capsys.readouterr().out.startswith("recorded and witnessed (1 of 1)\n  said by: Ada Example, Ambassador\n")
    assert run(["quote", OLD["en"], "--record", str(folder), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["verdict"] == SUPERSEDED
    assert run(["quote", "Nobody said that.", "--record", str(folder)]) == 1
    assert "alternative texts, occasions and furniture" in capsys.readouterr().out, "what was not sought is told"
    assert run(["quote", "“ … ”", "--record", str(folder)]) == 2
    assert run(["quote", FERRY]) == 2
    assert "nothing says which record" in capsys.readouterr().err
    assert run(["quote", FERRY, "--record", "http://127.0.0.1:9/"]) == 3


def kept_prints() -> Prints:
    """A catalogue's tables of prints, and nothing else of it."""
    database = sqlite3.connect(":memory:")
    for statement in TABLES.split(";"):
        if "quoted" in statement or "printed" in statement:
            database.execute(statement)
    return Prints(database)


def files_made(prints: Prints, size: int) -> dict[str, bytes]:
    made = (prints.files(file, size) for file in prints.all_files(size))
    return {path: data for some in made for path, data in some.items() if data is not None}


@pytest.mark.parametrize("size", [15, 16, 31, 70, 300, 512, 1100])
def test_prints_lead_to_the_entries_that_have_the_words(size: int) -> None:
    prints = kept_prints()
    for index in range(size):
        words = f"The ferry number {index} of this island sails at nine, and is {index} minutes late."
        prints.keep(index, prints_of(message(str(index), words)))
        prints.advance(index + 1)
    files = files_made(prints, size)
    asked: list[str] = []

    def read(path: str) -> bytes:
        asked.append(path)
        return files[path]  # which files there are follows from the size, so none is asked for in vain

    for index in {0, size // 2, size - 1}:
        asked.clear()
        found = entries_with(f"ferry number {index} of this island sails at nine, and is {index} minutes", size, read)
        assert found is not None
        assert index in found.whole
        assert not set(found.whole) & set(found.part)
        assert len(asked) <= 4 * 19
    assert entries_with("of seven words that nobody ever said here", size, read) == Found((), ())


def test_the_files_of_prints_are_a_function_of_the_size_and_each_print_is_in_those_that_are_named() -> None:
    there: set[PrintFile] = set()
    chance = random.Random(9)
    for size in range(1, 3000):
        there.add(PrintFile(FIRST, (size - 1) // FIRST))
        come, go = set(come_with(size)), set(go_with(size))
        assert not come & there, "a part is written once"
        assert go <= there
        assert len(come) <= 3, "no entry writes many"
        there = (there | come) - go
        if size % 97 == 0:
            assert all(is_there(file, size) for file in there)
            for one in (chance.getrandbits(30) for _ in range(20)):
                files = files_with(one, size)
                assert set(files) <= there
                covered = [index for file in files for index in range(file.first, min(size, file.first + file.size))]
                assert covered == list(range(size)), "each entry is in one of the files, and in no other"


def test_the_example_of_the_format_is_true() -> None:
    page = (Path(__file__).parents[2] / "docs/formats/prints.md").read_text("utf-8")
    paths = [file.path for file in files_with(0x12345679, 90)]
    assert paths == [*(f"check/words/16/0/{number}-1.bin" for number in range(5)), "check/words/5.bin"]
    assert f"`/{paths[0]}`" in page
    assert f"`/{paths[-1]}`" in page


def test_parts_of_a_larger_block_hold_what_the_smaller_ones_did() -> None:
    prints, chance, due = kept_prints(), random.Random(7), {}
    for index in range(700):
        due[index] = {chance.getrandbits(30) for _ in range(5)}
        prints._db.execute("INSERT INTO quoted VALUES (?,?)", (index, array("I", sorted(due[index])).tobytes()))
        prints.advance(index + 1)
    files = files_made(prints, 700)
    assert any(path.startswith("check/words/256/") for path in files)
    for index, some in due.items():
        for one in some:
            found = [at for file in files_with(one, 700) for at in file.entries_in(files[file.path], {one})]
            assert index in found
            assert all(one in due[at] for at in found), "no entry is named that has not this very print"


def test_prints_give_the_answers_that_every_edition_gives(folder: Path, full_numbers: bool) -> None:
    reader, prints = FolderReader(folder), kept_prints()
    for entry in reader.entries(0, reader.size()):
        edition = reader.edition(entry)
        if edition.manifest["type"] == "message":
            prints.keep(entry.index, edition.prints)
        prints.advance(entry.index + 1)
    files = files_made(prints, reader.size())
    by_prints = Quoted(reader, LOG.verifier, site=lambda path: files.get(path, b""))
    number = 1000 if full_numbers else 50
    for case in (*honest(9, number), *hostile(9, number)):
        found, due = answers(by_prints, case.text)[0], answers(asked(folder), case.text)[0]
        assert (found.verdict, found.place) == (due.verdict, due.place), case


def test_bare_words_are_found_on_the_web_by_the_sites_prints(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office = make_office(tmp_path / "office")
    words = [f"The {name} ferry of this island sails at nine and comes back at noon." for name in ("small", "large")]
    others = [f"Number {n}: the harbour office is closed on the {n}th day of this month, as always." for n in range(9)]
    drafts = [Draft(id_of(str(n)), "publish", message(str(n), said)) for n, said in enumerate([*words, *others])]
    office.publish(*drafts)
    (office.public / "check").symlink_to(office.site / "check")
    lie = "The small ferry of this island sails at ten and comes back at noon."
    with on_the_web(office.public) as web:
        assert run(["quote", words[0], "--record", web.address]) == 0
        assert len({path for path in web.asked if "editions/" in path}) <= 2
        capsys.readouterr()
        assert run(["quote", lie, "--record", web.address]) == 1
        said = capsys.readouterr().out
        assert "the site's own index of words leads" in said
        assert "[-ten-]{+nine+}" in said
        web.forget()
        assert run(["quote", lie, "--record", web.address, "--all"]) == 1
        assert len({path for path in web.asked if "editions/" in path}) == len(drafts)
        assert "index of words" not in capsys.readouterr().out
        (office.public / "check").unlink()
        assert run(["quote", words[1], "--record", web.address]) == 0  # a site without prints


def test_too_few_words_have_no_prints_and_every_edition_is_read() -> None:
    assert entries_with("At nine.", 300, lambda _path: b"") is None


def test_an_edition_that_is_not_what_its_entry_says_answers_nothing(folder: Path, tmp_path: Path) -> None:
    record_of_quotes().write(tmp_path / "record")
    for path in (tmp_path / "record" / "editions").iterdir():
        path.write_bytes(path.read_bytes().replace(b"calendar", b"calender"))
    assert run(["quote", "What is on the table is the calender", "--record", str(tmp_path / "record")]) == 1


def test_a_bundle_that_hides_a_correction_answers_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record_of_quotes().write(tmp_path / "record")
    (bundle,) = (tmp_path / "record/tile/entries/000.p").iterdir()
    hidden = bundle.read_bytes().replace(
        b'"id":"talks00000000000","kind":"correct"', b'"id":"other00000000000","kind":"correct"'
    )
    assert hidden != bundle.read_bytes()
    bundle.write_bytes(hidden)
    assert run(["quote", OLD["en"], "--record", str(tmp_path / "record")]) == 1
    assert "do not lead to the root that was signed" in capsys.readouterr().err


def test_a_log_that_its_key_did_not_sign_answers_nothing(folder: Path, tmp_path: Path) -> None:
    record_of_quotes().write(tmp_path / "record")
    head = tmp_path / "record" / "checkpoint"
    head.write_bytes(head.read_bytes().replace(b"\n18\n", b"\n17\n"))
    assert run(["quote", TALKS["en"][1], "--record", str(tmp_path / "record")]) == 1
