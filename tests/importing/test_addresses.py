"""Address words are read aloud near enough, in four scripts, and never one that the site keeps."""

from __future__ import annotations

import re

import pytest

from communique.importing.addresses import LIMIT, address_word, section_word


@pytest.mark.parametrize(
    ("words", "word"),
    [
        ("Minister Ada Merrow’s answers – Reykjavík", "minister-ada-merrows-answers-reykjavik"),
        ("Déclaration de l’ambassade", "declaration-de-lambassade"),
        ("Straße, Ærø, Łódź, İzmir, ılık", "strasse-aero-lodz-izmir-ilik"),
        ("Заявление посольства", "zayavlenie-posolstva"),
        ("Їжак і ґанок", "yizhak-i-ganok"),
        ("Δήλωση της πρεσβείας", "dilosi-tis-presveias"),
        ("بيان السفارة", "byan-alsfara"),
        ("٢٥ يومًا", "25-ywma"),
        ("大使館からのお知らせ", ""),
        ("—", ""),
    ],
)
def test_a_title_becomes_small_latin_letters(words: str, word: str) -> None:
    assert address_word(words) == word


def test_a_long_title_is_cut_between_words() -> None:
    word = address_word("lamp " * 40)
    assert len(word) <= LIMIT
    assert re.fullmatch("(lamp-)+lamp", word)
    assert len(address_word("x" * 200)) == LIMIT


@pytest.mark.parametrize("words", ["People", "All", "By", "Latest", "Archive", "2026", "Record", "大使館"])
def test_a_section_never_takes_a_word_that_the_site_keeps(words: str) -> None:
    assert section_word(words, "messages").startswith("messages")
