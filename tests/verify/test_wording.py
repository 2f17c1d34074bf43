"""What verify says of days and numbers without CLDR at hand is what the press says with it."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from communique.press.shown import Furniture, Piece
from communique.press.wording import Wording as PressWording
from communique.press.wording import long_pattern, wording_of
from communique.verify.site.names import NAMES
from communique.verify.site.wording import Gap, Gaps, Wording, filled, said


@pytest.mark.parametrize("language", sorted(NAMES))
def test_every_day_of_a_year_is_said_as_the_press_says_it(language: str) -> None:
    ours = Wording(language, {}, {}, {})
    numerals = "arab" if language == "ar" else "latn"
    press = PressWording(language, dateline=long_pattern(language), numerals=numerals)
    for number in range(365):
        day = date(2026, 1, 1) + timedelta(days=number)
        assert ours.day(day.isoformat()) == said(press.day(day))
        written = press.weekday_and_day(day).replace('<span class="unbroken">', "").replace("</span>", "")
        assert ours.weekday_and_day(day.isoformat()) == (written,)


@pytest.mark.parametrize("language", sorted(NAMES))
def test_numbers_hours_and_patterns_are_those_of_the_press(language: str) -> None:
    numerals = "arab" if language == "ar" else "latn"
    for pattern in ("dd.MM.yyyy", "d MMMM y", "'le' d MMMM ''yy"):
        ours = Wording(language, {"dates": pattern}, {}, {})
        office = {"piece": "office", "order": 0, "dates": pattern, "numerals": {language: numerals}}
        piece = Piece("office0000000000", 0, "2026-01-01T00:00:00Z", office)
        press = wording_of(Furniture("embassy.example/record", (piece,)), language)
        assert ours.list_day("2026-03-01") == said(press.list_day("2026-03-01"))
    press = PressWording(language, numerals=numerals)
    for number in (0, 7, 999, 1000, 12345, 1234567):
        assert Wording(language, {}, {}, {}).number(number) == said(press.number(number))
    for time in ("09:00", "18:30"):
        assert Wording(language, {}, {}, {}).hour(time) == said(press.hour(time))


@pytest.mark.parametrize("language", ["bn", "ne", "ta", "ta-MY", "en-IN", "en-GB", "kok", "pa", "fr-CA"])
def test_numbers_are_grouped_as_the_press_groups_them_in_languages_that_have_no_words_here(language: str) -> None:
    there = PressWording(language, numerals="latn").number(12345678)
    here = Wording(language, {}, {}, {}).number(12345678)
    assert [piece for piece in here if isinstance(piece, str)] == re.findall(r"\d+", there)


def test_a_gap_holds_the_same_words_wherever_it_stands_for_the_same_thing() -> None:
    gaps = Gaps()
    words = filled("{day} in {city}", day=(Gap(("day", "ru", "2026-03-01")),), city=said("Wien & Graz"))
    assert gaps.fit(words, "1 марта in Wien &amp; Graz")
    assert gaps.fit(words, "1 марта in Wien &amp; Graz")
    assert not gaps.fit(words, "2 марта in Wien &amp; Graz"), "another day under the same name"
    assert not gaps.fit(words, "1 марта in Wien")


def test_a_gap_holds_no_sentence_and_no_markup() -> None:
    words = (Gap(None),)
    assert Gaps().fit(words, "Orsemund")
    for found in ("It is false.", "<b>x</b>", "", "x" * 41):
        assert not Gaps().fit(words, found)
