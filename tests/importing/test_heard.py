"""When each turn of a transcript is heard: found by the words of subtitles, whatever an editor made of them."""

from __future__ import annotations

import pytest

from communique.importing.heard import heard

CUES = [
    (1000, 4000, "Consul, your, er, door opens at nine."),
    (4000, 6000, "What do people bring you? Paper,"),
    (6500, 9000, "mostly. Births that were entered"),
    (9000, 11_000, "on one shore."),
]


def test_an_edited_turn_is_heard_from_the_first_of_its_words_to_the_last() -> None:
    turns = [
        "Consul, your door opens at nine. What do people bring you?",
        "Paper, mostly: births entered on a shore.",
    ]
    spans, share = heard(turns, CUES)
    assert spans == {0: (1000, 5667), 1: (5667, 11_000)}
    assert 0.9 < share < 1


def test_words_that_nobody_said_have_no_times_and_one_word_of_many_is_chance() -> None:
    spans, _ = heard(["The ferry waits on the shore for hours and hours.", "Paper, mostly."], CUES)
    assert list(spans) == [1]
    assert heard(["No."], [(0, 1000, "No.")])[0] == {0: (0, 1000)}


@pytest.mark.parametrize("turns", [[], ["", "…"]])
def test_nothing_is_heard_of_nothing(turns: list[str]) -> None:
    assert heard(turns, CUES) == ({}, 0)


def test_signs_without_blanks_are_found_too() -> None:
    spans, _ = heard(
        ["渡船几点开？", "星期天七点。"], [(0, 1000, "渡船"), (1000, 2000, "几点开"), (3000, 4000, "星期天七点")]
    )
    assert spans == {0: (0, 2000), 1: (3000, 4000)}
