"""The plain text of the demo's files becomes blocks and turns, and says where it cannot."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

from communique.demo import ids, prose, steps
from communique.demo.errors import DemoError
from communique.demo.prose import block, blocks, turns

OFFICE = """
[[piece]]
key = "office"
at = "2026-01-01T08:00:00Z"
piece = "office"
zone = "Europe/Paris"

[[piece]]
key = "section/notices"
at = "2026-01-01T08:00:00Z"
piece = "section"
word = { en = "notices" }
"""


def folder(tmp_path: Path, text: str) -> Path:
    (tmp_path / "messages").mkdir()
    (tmp_path / "messages" / "2026-01-02-example.txt").write_text(text, "utf-8")
    (tmp_path / "furniture.toml").write_text(OFFICE, "utf-8")
    return tmp_path


def test_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(prose).failed == 0
    assert doctest.testmod(ids).failed == 0


def test_lines_that_follow_each_other_are_one_paragraph() -> None:
    assert blocks("One\ntwo.\n\nThree.") == ["One two.", "Three."]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("# Where", {"kind": "heading", "level": 2, "text": "Where"}),
        ("## Below", {"kind": "heading", "level": 3, "text": "Below"}),
        ("> Said", {"kind": "quotation", "text": "Said"}),
        ("- one", {"kind": "item", "text": "one"}),
        ("1. first", {"kind": "item", "ordered": True, "text": "first"}),
        ("1^er^ mai", {"kind": "paragraph", "text": "1er mai", "marks": [[1, 3, "superscript"]]}),
        ("a **b** c", {"kind": "paragraph", "text": "a b c", "marks": [[2, 3, "strong"]]}),
        ("[see](here/) x", {"kind": "paragraph", "text": "see x", "marks": [[0, 3, "link", "here/"]]}),
        ("| a | b |\n| 1 | 2 |", {"kind": "table", "rows": [["a", "b"], ["1", "2"]], "header": True}),
    ],
)
def test_a_sign_makes_its_block(written: str, meant: object) -> None:
    assert block(written) == meant


def test_items_need_no_empty_line_between_them() -> None:
    assert [item["text"] for item in blocks("- one\n- two")] == ["one", "two"]


def test_turns_are_numbered_and_know_who_speaks() -> None:
    text = "@q Petra | Radio | Why\nWhy?\n\n@a oriel\nBecause.\n\nAnd so.\n\n@n\nApplause."
    question, answer, note = turns(text, "en", ["oriel"], ["Oriel"], "here")
    assert question == {
        "id": "t1",
        "kind": "question",
        "mark": "Question",
        "questioner": "Petra",
        "outlet": "Radio",
        "topic": "Why",
        "blocks": ["Why?"],
    }
    assert answer == {"id": "t2", "kind": "answer", "speaker": 0, "mark": "Oriel", "blocks": ["Because.", "And so."]}
    assert note == {"id": "t3", "kind": "note", "blocks": ["Applause."]}


def test_a_speaker_that_the_head_does_not_name_is_refused() -> None:
    with pytest.raises(DemoError, match="'nobody' is no speaker of the head; there are oriel"):
        turns("@a nobody\nYes.", "en", ["oriel"], ["Oriel"], "here")


def test_a_line_that_begins_no_turn_is_refused() -> None:
    with pytest.raises(DemoError, match="expected @q, @a, @r or @n"):
        turns("@x\nYes.", "en", [], [], "here")


def test_a_word_in_a_head_that_nobody_knows_is_refused_with_its_file(tmp_path: Path) -> None:
    place = folder(
        tmp_path, "kind: notice\nsection: notices\n\n=== en publish 2026-01-02T09:00:00Z\ntittle: A\n\nText.\n"
    )
    with pytest.raises(DemoError, match=r"example\.txt, en publish.*'tittle: A' is no line of a head"):
        list(steps(place))


def test_a_section_that_is_not_there_is_refused(tmp_path: Path) -> None:
    place = folder(tmp_path, "section: elsewhere\n\n=== en publish 2026-01-02T09:00:00Z\ntitle: A\nslug: a\n\nText.\n")
    with pytest.raises(DemoError, match=r"section 'elsewhere' is not in furniture\.toml"):
        list(steps(place))


def test_editions_take_over_what_they_do_not_say_and_notes_do_not_last(tmp_path: Path) -> None:
    text = (
        "kind: notice\nsection: notices\n\n"
        "=== en publish 2026-01-02T09:00:00Z\ntitle: A\nslug: a\n\nOld.\n\n"
        "=== en correct 2026-01-03T09:00:00Z\nnote: New.\n\nNew.\n\n"
        "=== en withdraw 2026-01-04T09:00:00Z\nnotice: Gone.\n"
    )
    first, second, third = [step.entries[-1].content for step in list(steps(folder(tmp_path, text)))[1:]]
    assert (first["title"], first["blocks"], first["state"]) == ("A", ["Old."], "current")
    assert (second["title"], second["blocks"], second["note"]) == ("A", ["New."], "New.")
    assert (third["blocks"], third["state"], third["notice"]) == (["New."], "withdrawn", "Gone.")
    assert "note" not in third
    assert first["address"] == third["address"] == "en/notices/2026/01/02/a"


def test_what_stands_at_one_instant_is_one_release_with_furniture_first(tmp_path: Path) -> None:
    text = "kind: notice\nsection: notices\n\n=== en publish 2026-01-01T08:00:00Z\ntitle: A\nslug: a\n\nText.\n"
    (step,) = steps(folder(tmp_path, text))
    assert [entry.key for entry in step.entries] == ["office", "section/notices", "message/example/en"]
