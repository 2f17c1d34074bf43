"""What changed between two editions is told word by word, and nothing that changed is left out."""

from __future__ import annotations

from typing import Any

from communique.verify.changes import Change, changes_between


def told(changes: list[Change]) -> dict[str, list[list[tuple[str, str]]]]:
    """place and sort -> for each line that changed its words with what became of them."""
    return {
        f"{one.place} {one.sort}": [
            [(word.sort, word.text) for word in line.words] for line in one.lines if line.changed
        ]
        for one in changes
    }


def turn(id_: str, *blocks: Any, **more: Any) -> dict[str, Any]:
    return {"id": id_, "kind": "answer", "blocks": list(blocks), **more}


def test_the_same_edition_has_no_changes() -> None:
    content = {"title": "The ferry", "turns": [turn("t1", "It sails at nine.")]}
    assert changes_between(content, content) == []


def test_a_word_changed_inside_a_turn_is_told_alone() -> None:
    old = {"title": "The ferry", "turns": [turn("t1", "One."), turn("t2", "It sails at nine.")]}
    new = {"title": "The ferry", "turns": [turn("t1", "One."), turn("t2", "It never sails at nine.")]}
    assert told(changes_between(old, new)) == {
        "t2 changed": [[("same", "It "), ("added", "never "), ("same", "sails at nine.")]]
    }


def test_turns_are_known_by_their_ids_when_they_move_come_and_go() -> None:
    old = {"turns": [turn("t1", "One."), turn("t2", "Two."), turn("t3", "Three.")]}
    new = {"turns": [turn("t3", "Three."), turn("t1", "One."), turn("t4", "Four.")]}
    found = told(changes_between(old, new))
    assert found["t3 moved"] == []
    assert found["t2 struck"] == [[("struck", "Two.")]]
    assert found["t4 added"] == [[("added", "Four.")]]
    assert not any(place.startswith("t1") for place in found)


def test_who_spoke_where_a_link_leads_and_what_is_emphasised_are_told() -> None:
    one = {"kind": "paragraph", "text": "See the plan.", "marks": [[8, 12, "link", "https://a.example/"]]}
    other = {"kind": "paragraph", "text": "See the plan.", "marks": [[8, 12, "link", "https://b.example/"]]}
    speakers = [{"name": "Ada Example"}, {"name": "Bo Example"}]
    old = {"speakers": speakers, "turns": [turn("t1", one, speaker=0)]}
    new = {"speakers": speakers, "turns": [turn("t1", other, speaker=1)]}
    found = told(changes_between(old, new))
    assert ("added", "b") in found["t1 form changed"][0]
    assert ("added", "Bo") in found["t1 speaker changed"][0]


def test_facts_lists_and_keys_of_later_versions_are_told_too() -> None:
    old = {"state": "current", "speakers": [{"name": "Ada Example"}], "tide": {"high": "09:10"}}
    new = {
        "state": "withdrawn",
        "notice": "No longer so.",
        "speakers": [{"name": "Ada Sample"}],
        "tide": {"high": "09:11"},
    }
    found = told(changes_between(old, new))
    assert sorted(found) == ["notice added", "speakers changed", "state changed", "tide changed"]


def test_words_that_an_erasure_took_are_told_as_erased() -> None:
    found = changes_between({"blocks": ["Her name is Ada."]}, {"blocks": [None]})
    assert found[0].as_json()["lines"][-1]["words"] == [["added", "(erased)"]]


def test_a_text_that_became_an_interview_is_told_whole() -> None:
    found = told(changes_between({"blocks": ["The words."]}, {"turns": [turn("t1", "The words.")]}))
    assert {"text struck", "t1 added"} <= set(found)
