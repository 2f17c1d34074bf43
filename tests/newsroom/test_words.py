"""The words value: one normal form, faults with their turn, ids given once, and back into an edition's content."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings

from communique.edition import check_content, seal
from communique.newsroom.words import WordsError, checked, faults, first_next, from_content, into_content
from newsroom.words_values import MARKS, RAW, VALUES

SALT = bytes(32)
MESSAGE = {
    "v": 1,
    "type": "message",
    "state": "current",
    "kind": "interview",
    "message": "m" * 16,
    "language": "en",
    "original": "en",
    "title": "A title",
    "address": "en/press/2026/03/04/a-title",
    "recordings": [{"address": "https://media.example/talk"}],
}


@settings(max_examples=150, deadline=None)
@given(VALUES)
def test_the_normal_form_is_its_own_normal_form(value: dict[str, Any]) -> None:
    found = checked(value)
    assert checked(found) == found
    assert checked(json.loads(json.dumps(found))) == found


@settings(max_examples=150, deadline=None)
@given(VALUES)
def test_what_has_no_fault_is_sealed_and_comes_back_as_it_was(value: dict[str, Any]) -> None:
    if faults(value):
        return
    found = checked(value)
    content = {**MESSAGE, **into_content(value)}
    edition = seal(content, lambda: SALT).edition
    check_content(edition.content)
    back = from_content(edition.content)
    assert {**back, "next": 0} == {**found, "next": 0}
    assert back["next"] == first_next(found) <= found["next"]


@settings(max_examples=150, deadline=None)
@given(RAW, MARKS)
def test_a_mark_stays_on_its_words_when_the_text_is_put_in_order(raw: str, marks: list[list[Any]]) -> None:
    block = {"kind": "paragraph", "text": raw, "marks": marks}
    found = checked({"blocks": [block]})["blocks"]
    text = found[0] if found and isinstance(found[0], str) else found[0]["text"] if found else ""
    for start, end, *_kind in found[0]["marks"] if found and isinstance(found[0], dict) else ():
        assert 0 <= start < end <= len(text)
    if raw.strip() and all(letter in "ab é" for letter in raw):  # nothing to put in order but the blanks around
        before = len(raw) - len(raw.lstrip())
        for mark, expected in (([0, len(raw)], [0, len(text)]), ([before, before + 1], [0, 1])):
            (one,) = checked({"blocks": [{**block, "marks": [[*mark, "strong"]]}]})["blocks"]
            assert one["marks"] == [[*expected, "strong"]]


@pytest.mark.parametrize(
    ("raw", "mark", "text", "expected"),
    [
        ("  one two", [6, 9], "one two", [4, 7]),
        ("one  \ntwo", [6, 9], "one\ntwo", [4, 7]),
        ("one  \ntwo", [0, 5], "one\ntwo", [0, 3]),
        ("e\u0301t e\u0301", [4, 6], "ét é", [3, 4]),
        ("a\u202eb c", [4, 5], "ab c", [3, 4]),
        ("🚢 🚢 two", [4, 7], "🚢 🚢 two", [4, 7]),
        ("one\r\ntwo", [5, 8], "one\ntwo", [4, 7]),
        ("one", [1, 99], "one", [1, 3]),
    ],
)
def test_marks_follow_their_words(raw: str, mark: list[int], text: str, expected: list[int]) -> None:
    (block,) = checked({"blocks": [{"kind": "paragraph", "text": raw, "marks": [[*mark, "strong"]]}]})["blocks"]
    assert block == {"kind": "paragraph", "text": text, "marks": [[*expected, "strong"]]}


def test_marks_that_touch_are_one_and_two_links_never_share_a_word() -> None:
    marks = [
        [4, 6, "strong"],
        [0, 4, "strong"],
        [0, 3, "link", "https://a.example"],
        [1, 5, "link", "https://b.example"],
    ]
    (block,) = checked({"blocks": [{"kind": "paragraph", "text": "abcdef", "marks": marks}]})["blocks"]
    assert block["marks"] == [
        [0, 3, "link", "https://a.example"],
        [0, 6, "strong"],
        [3, 5, "link", "https://b.example"],
    ]


def test_what_has_no_words_is_left_out_of_a_draft_and_the_turn_stays() -> None:
    turn = {"id": "t1", "kind": "note", "mark": " ", "blocks": ["", "  ", {"kind": "heading", "text": "\n"}]}
    assert checked({"turns": [turn]}) == {"turns": [{"id": "t1", "kind": "note", "blocks": []}], "next": 2}


def test_the_next_number_only_grows() -> None:
    turns = [{"id": "t7", "kind": "note", "blocks": ["(Bell)"]}]
    assert checked({"turns": turns, "next": 3})["next"] == 8
    assert checked({"turns": turns, "next": 12})["next"] == 12
    assert checked({"blocks": ["One."], "next": 12})["next"] == 12
    assert checked({}) == {"blocks": [], "next": 1}


def test_times_stay_also_the_first_one_and_only_in_their_order() -> None:
    spans = [(0, 4000), (4000, 4000), (None, 9000), (0, None)]
    turns = [{"id": f"t{n}", "kind": "note", "from_ms": a, "to_ms": b} for n, (a, b) in enumerate(spans, 1)]
    found = checked({"turns": turns})["turns"]
    assert [(turn.get("from_ms"), turn.get("to_ms")) for turn in found] == [
        (0, 4000),
        (4000, None),
        (None, None),
        (0, None),
    ]


@pytest.mark.parametrize(
    ("value", "turn", "said"),
    [
        ([], "", "Expected the words as an object"),
        ({"turns": [], "blocks": []}, "", "not in both"),
        ({"turns": [], "words": 1}, "", "may not have words"),
        ({"turns": [{"id": "7", "kind": "note"}]}, "", "as t7"),
        ({"turns": [{"id": "t3", "kind": "speech"}]}, "t3", "Turn 3 is of no known kind"),
        ({"turns": [{"id": "t3", "kind": "note", "html": "<b>"}]}, "t3", "Turn 3 may not have html"),
        ({"turns": [{"id": "t3", "kind": "note", "speaker": 0}]}, "t3", "not in the list of speakers"),
        ({"turns": [{"id": "t3", "kind": "note"}, {"id": "t3", "kind": "note"}]}, "t3", "Two turns have the id t3"),
        ({"turns": [{"id": "t3", "kind": "note", "blocks": [{"kind": "image"}]}]}, "t3", "no known kind"),
        ({"blocks": [{"kind": "item", "text": "a", "marks": [[0, 1, "blink"]]}]}, "", "A mark is of no known kind"),
        ({"blocks": [7]}, "", "Expected a block as an object"),
        ({"speakers": [{"name": " "}], "turns": []}, "", "A speaker has no name"),
    ],
)
def test_what_is_no_words_value_is_refused_with_its_turn(value: Any, turn: str, said: str) -> None:
    with pytest.raises(WordsError) as caught:
        checked(value)
    assert caught.value.turn == turn
    assert said in caught.value.sentence


def test_faults_name_the_turn_and_what_to_do() -> None:
    link = {"kind": "paragraph", "text": "here", "marks": [[0, 4, "link", "javascript:x"]]}
    table = {"kind": "table", "rows": [["Day", ""]]}
    value = {
        "speakers": [{"name": "Oriel Tavenmark"}],
        "turns": [
            {"id": "t7", "kind": "question", "blocks": []},
            {"id": "t3", "kind": "answer", "blocks": ["Yes."]},
            {"id": "t4", "kind": "answer", "speaker": 0, "blocks": [table, link]},
            {"id": "t5", "kind": "answer", "mark": "OT", "blocks": ["No."]},
        ],
    }
    assert faults(value) == [
        ("t7", "Turn 7 has no words: write them or remove the turn."),
        ("t3", "Turn 3 is an answer and nobody says it: choose a speaker."),
        ("t4", "Turn 4 has a table with an empty cell: write a dash where nothing stands."),
        ("t4", "Turn 4 has a link to javascript:x, which readers cannot follow: change or remove it."),
    ]
    assert [turn for turn, _ in faults({"turns": []}) + faults({})] == ["", ""]
    assert faults({"turns": []}, say=str.upper)[0][1].isupper()


def test_words_that_an_erasure_took_are_not_at_the_desk() -> None:
    turns = [{"id": "t1", "kind": "remark", "speaker": 0, "blocks": [None, "Left."]}]
    value = from_content({"speakers": [{"name": None}], "turns": turns})
    assert value["turns"][0]["blocks"] == ["Left."]
    assert value["next"] == 2
