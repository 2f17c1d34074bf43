"""What a word is, and which forms of it are one, whoever else asks at the same time."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.search import words
from communique.search.words import forms_in, forms_of, words_in

BEGINNINGS, MIDDLES = ("وال", "بال", "سي", "است", "م"), ("كتب", "درس", "سفر", "عمل", "نشر", "حضر")
ENDINGS = ("ون", "ات", "تموها", "ين", "هما", "ية")
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


@pytest.fixture
def often_switched() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def test_threads_that_stem_at_once_disturb_each_other_nowhere(often_switched: None) -> None:
    found = ["".join(parts) for parts in product(BEGINNINGS, MIDDLES, ENDINGS)]
    forms_of.cache_clear()
    alone = [forms_of(word, "ar") for word in found]
    forms_of.cache_clear()
    with ThreadPoolExecutor(4) as threads:
        turned = [found[start:] + found[:start] for start in (0, 45, 90, 135)]
        for start, forms in zip((0, 45, 90, 135), threads.map(_forms, turned), strict=True):
            assert forms == alone[start:] + alone[:start]


def _forms(some: list[str]) -> list[object]:
    return [forms_of(word, "ar") for word in some]


@pytest.mark.parametrize("language", ["zh-Hans", "ja", "ko", "th", "en"])
@given(text=st.text(st.sampled_from("船便は朝 朝,aé1_ー々한국ไทย\n。"), max_size=30))
def test_the_forms_of_a_text_are_those_of_its_words(language: str, text: str) -> None:
    assert forms_in(text, language) == [word.forms for word in words_in(text, language)]
