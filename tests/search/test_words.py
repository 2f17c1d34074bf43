"""A word's forms are those of the word, whoever else asks at the same time."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import product

import pytest

from communique.search.words import forms_of

BEGINNINGS, MIDDLES = ("وال", "بال", "سي", "است", "م"), ("كتب", "درس", "سفر", "عمل", "نشر", "حضر")
ENDINGS = ("ون", "ات", "تموها", "ين", "هما", "ية")


@pytest.fixture
def often_switched() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def test_threads_that_stem_at_once_disturb_each_other_nowhere(often_switched: None) -> None:
    words = ["".join(parts) for parts in product(BEGINNINGS, MIDDLES, ENDINGS)]
    forms_of.cache_clear()
    alone = [forms_of(word, "ar") for word in words]
    forms_of.cache_clear()
    with ThreadPoolExecutor(4) as threads:
        turned = [words[start:] + words[:start] for start in (0, 45, 90, 135)]
        for start, found in zip((0, 45, 90, 135), threads.map(_forms, turned), strict=True):
            assert found == alone[start:] + alone[:start]


def _forms(words: list[str]) -> list[object]:
    return [forms_of(word, "ar") for word in words]
