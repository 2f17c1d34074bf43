"""The short texts of a receipt: the longer one says more than the shorter wherever there is more to say."""

from __future__ import annotations

from typing import Any

import pytest

from communique.newsroom.beginning import beginning_of
from communique.newsroom.receipts import _short

ADDRESS = "https://embassy.example/en/speeches/2027/03/04/on-the-ferry/"
LONG = "The ferry runs again from Monday, and it runs every hour of the day. " * 12


def texts(**content: Any) -> tuple[str, ...]:
    return _short({"type": "message", "state": "current", "title": "On the ferry", **content}, ADDRESS)


def test_without_a_teaser_the_longer_text_goes_on_with_whole_sentences_that_find_room() -> None:
    short, long = texts(blocks=[LONG])
    assert short == f"On the ferry\n{ADDRESS}"
    assert long.startswith(
        "On the ferry\nThe ferry runs again from Monday, and it runs every hour of the day. The ferry"
    )
    assert long.endswith(f"of the day.\n{ADDRESS}")
    assert len(short) <= 280 < len(long) <= 500


def test_of_a_transcript_it_is_the_first_answer_with_the_name_of_who_gave_it() -> None:
    turns = [
        {"id": "t1", "kind": "question", "blocks": ["Does it sail? And when?"]},
        {"id": "t2", "kind": "answer", "speaker": 0, "blocks": [{"kind": "paragraph", "text": "It does. On Monday."}]},
    ]
    said = beginning_of({"turns": turns, "speakers": [{"name": "Selke Amrun"}]})
    assert list(said) == ["Selke Amrun: It does.", "On Monday."]


def test_a_first_sentence_that_is_too_long_is_cut_and_a_quotation_keeps_its_marks() -> None:
    assert texts(blocks=["word " * 200])[1].endswith(f"word…\n{ADDRESS}")
    assert list(beginning_of({"blocks": ["He said “no.” Then he left.", {"kind": "heading", "text": "Hours"}]})) == [
        "He said “no.”",
        "Then he left.",
    ]


@pytest.mark.parametrize("content", [{"blocks": []}, {"turns": []}])
def test_where_there_is_no_more_to_say_there_is_one_text(content: dict[str, Any]) -> None:
    assert texts(**content) == (f"On the ferry\n{ADDRESS}",)


@pytest.mark.parametrize(
    ("language", "state", "word"),
    [
        ("en", "withdrawn", "Withdrawn – "),
        ("fr", "recalled", "Rappelé – "),
        ("ar", "withdrawn", "مسحوب – "),
        ("de", "withdrawn", ""),
    ],
)
def test_what_is_not_current_any_more_is_not_advertised(language: str, state: str, word: str) -> None:
    said = texts(blocks=[LONG], teaser="It runs.", language=language, state=state, notice="Another day holds.")
    assert said == (f"{word}On the ferry – Another day holds.\n{ADDRESS}",)


def test_of_what_is_removed_there_is_nothing_to_copy() -> None:
    assert texts(state="removed", notice="It named a child.") == ()
