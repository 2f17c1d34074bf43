"""Whoever clears a piece of furniture reads its changes in the words of its form."""

from __future__ import annotations

from django.utils import translation

from communique.newsroom.comparing import piece_changed
from newsroom.newsrooms import Desk

COUNTER = {
    "v": 1,
    "type": "furniture",
    "state": "current",
    "piece": "counter",
    "since": "2026-11-20",
    "sentence": {"en": {"one": "# day", "other": "# days"}, "ar": {"few": "# أيام"}, "ja": {"other": "#日"}},
}


def said_in(language: str) -> dict[str, str]:
    with translation.override(language):
        return {change.label: change.after for change in piece_changed({}, COUNTER)}


def test_forms_of_a_sentence_are_named_by_the_numbers_that_take_them(desk: Desk) -> None:
    assert (
        said_in("en").items()
        >= {
            "Sentence · English · For 1": "# day",
            "Sentence · English · For all others, as 2, 3, 4": "# days",
            "Sentence · العربية · For 3, 4, 5": "# أيام",
            "Sentence · 日本語 · For every number": "#日",
        }.items()
    )


def test_days_are_written_as_the_desk_writes_days(desk: Desk) -> None:
    assert said_in("en")["Counts from"] == "20 November 2026"
    assert "20 novembre 2026" in said_in("fr").values()
