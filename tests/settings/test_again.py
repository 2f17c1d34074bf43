"""A message that is imported again: skipped, replaced or merged, and its turns keep their ids in each."""

from __future__ import annotations

from typing import Any

from communique.settings.again import next_content

HEAD = {"v": 1, "type": "message", "state": "current", "message": "m" * 16, "language": "en", "original": "en"}
BEFORE: dict[str, Any] = {
    **HEAD,
    "kind": "interview",
    "title": "Answers",
    "address": "en/interviews/2004/01/05/answers",
    "was": ["old/1.html"],
    "pictures": [{"file": "f" * 64, "media": "image/png"}],
    "note": "A word was wrong.",
    "turns": [
        {"id": "t1", "kind": "question", "blocks": ["When does the ferry sail?"], "topic": "Ferry"},
        {"id": "t2", "kind": "answer", "blocks": ["It sails at nine, as it did last year."]},
        {"id": "t4", "kind": "answer", "blocks": ["And at noon."]},
    ],
}
TOLD: dict[str, Any] = {
    **HEAD,
    "message": "n" * 16,
    "kind": "interview",
    "title": "Answers of the Ambassador",
    "address": "en/interviews/2004/01/05/answers-of-the-ambassador",
    "section": "s" * 16,
    "was": ["old/1.html", "old/1.html?print=1"],
    "turns": [
        {"id": "t1", "kind": "question", "blocks": ["When does the ferry sail?"]},
        {"id": "t2", "kind": "remark", "blocks": ["Good morning to all of you who came."]},
        {"id": "t3", "kind": "answer", "blocks": ["It sails at ten, as it did last year."]},
        {"id": "t4", "kind": "answer", "blocks": ["And at noon."]},
    ],
}


def test_skip_leaves_it_as_it_is() -> None:
    assert next_content(BEFORE, TOLD, "skip") is None


def test_replace_takes_the_pages_words_and_keeps_ids_address_and_what_no_page_tells() -> None:
    found = next_content(BEFORE, TOLD, "replace")
    assert found is not None
    assert [turn["id"] for turn in found["turns"]] == ["t1", "t5", "t2", "t4"]
    assert found["turns"][0]["topic"] == "Ferry"
    assert (found["title"], found["section"]) == (TOLD["title"], TOLD["section"])
    assert (found["address"], found["message"]) == (BEFORE["address"], BEFORE["message"])
    assert found["pictures"] == BEFORE["pictures"]
    assert found["was"] == ["old/1.html", "old/1.html?print=1"]
    assert "note" not in found


def test_merge_keeps_the_words_and_adds_what_they_lack() -> None:
    found = next_content(BEFORE, TOLD, "merge")
    assert found is not None
    assert (found["title"], found["turns"]) == (BEFORE["title"], BEFORE["turns"])
    assert found["section"] == TOLD["section"]
    assert found["was"] == ["old/1.html", "old/1.html?print=1"]


def test_the_second_time_neither_changes_anything() -> None:
    for mode in ("replace", "merge"):
        once = next_content(BEFORE, TOLD, mode)  # type: ignore[arg-type]
        assert once is not None
        assert next_content(once, TOLD, mode) is None  # type: ignore[arg-type]


def test_what_the_office_has_withdrawn_is_left_alone() -> None:
    assert next_content({**BEFORE, "state": "withdrawn"}, TOLD, "replace") is None
