"""What a word is, and which forms of it are one."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.search import words
from communique.search.words import forms_in, forms_of, words_in

SIGNS = "aZé_ß1\u0301\u0670. \n-ا٣渡く한ก\u0e31паñ"


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("ru", "паром", "паромы"),
        ("fr", "négocier", "négocions"),
        ("tr", "öğretmen", "öğretmenleri"),
        ("el", "καλώδιο", "καλωδίου"),
        ("ar", "المفاوضات", "مفاوضات"),
    ],
)
def test_a_word_that_by_itself_looks_inflected_has_a_stem_in_common_with_its_forms(
    language: str, one: str, other: str
) -> None:
    assert set(forms_of(one, language).stems) & set(forms_of(other, language).stems)


@given(st.text(SIGNS) | st.text())
def test_texts_without_paired_signs_are_cut_as_all_are(text: str) -> None:
    found = list(words_in(text, "ru"))
    assert forms_in(text, "ru") == [word.forms for word in found]
    if not any(word.end - word.start == 2 and words.is_paired(text[word.start]) for word in found):
        runs = [run for run in words._RUN.finditer(text) if run.lastgroup is None]
        if not re.search(words._SIGN, text):
            assert [(run.start(), run.end()) for run in runs] == [(word.start, word.end) for word in found]
