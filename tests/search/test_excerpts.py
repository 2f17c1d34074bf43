"""An excerpt is the same whether all marks of a text were looked for, or those that it can show."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.search.answering import clauses
from communique.search.asked import read_fields
from communique.search.engine import Wanted
from communique.search.excerpts import excerpt, marked

LETTERS = (40, 10)
WORDS = {
    "en": ("ferry", "the", "sails", "at", "Ferries", "ferry-boat", "\n", "noon"),
    "ja": ("船", "は", "船便", "。", "朝"),
}


def wanted(words: str, language: str) -> Wanted:
    return Wanted(clauses=tuple(clauses(read_fields({"q": words}).pieces, (language,))), languages=(language,))


@pytest.mark.parametrize(("language", "asked", "between"), [("en", "ferry", " "), ("ja", "船", ""), ("ja", "船便", "")])
@given(data=st.data())
def test_marks_behind_an_excerpt_are_not_missed(language: str, asked: str, between: str, data: st.DataObject) -> None:
    text = between.join(data.draw(st.lists(st.sampled_from(WORDS[language]), min_size=1, max_size=60)))
    all_, some = (marked(text, language, wanted(asked, language), letters) for letters in (None, LETTERS[0]))
    assert excerpt(some, *LETTERS) == excerpt(all_, *LETTERS)
