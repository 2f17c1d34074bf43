"""Canonical text: one form, reached by repair and held by refusal."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.edition import text as canonical
from communique.edition.errors import NotCanonical
from communique.edition.text import canonical_text, check_text


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        ("Cafe\u0301", "normal form C"),
        ("one\r\ntwo", "control"),
        ("a tab\there", "control"),
        ("ends in a blank ", "blanks"),
        ("first \nsecond", "blanks"),
        ("ends in a line\n", "blanks"),
        ("said \u202enever", "right-to-left override"),
        ("said \u202dever", "left-to-right override"),
        ("said \u202anever", "embedding"),
        ("an open \u2067isolate", "isolate"),
        ("a stray \u2069end", "isolate"),
        ("a mark \ufeffin it", "invisible"),
        ("a private \ue000 sign", "private"),
        ("half a pair \ud800", "surrogate"),
        ("not a character \ufffe", "noncharacter"),
    ],
)
def test_text_that_is_not_canonical_is_refused_with_its_reason(text: str, says: str) -> None:
    with pytest.raises(NotCanonical, match=says) as refused:
        check_text(text, "title")
    assert refused.value.where == "title"


@pytest.mark.parametrize(
    "text",
    [
        "Plain.",
        "Ærøskøbing",
        "سفارة أورسيموند",
        "Посольство",
        "two\nlines",
        "an \u2068isolated\u2069 name",
        "🇫🇷 👩‍🚀",
        "  indented",
    ],
)
def test_text_of_any_script_that_is_canonical_is_left_alone(text: str) -> None:
    check_text(text, "title")
    assert canonical_text(text) == text


def test_no_sign_that_is_passed_at_a_glance_could_be_refused() -> None:
    for sign in filter(canonical._PLAIN, map(chr, range(sys.maxunicode + 1))):
        assert canonical._fault(sign) is None
        assert unicodedata.is_normalized("NFC", f"a{sign}a{sign}"), f"{sign!r} joins another, or is made of two"
        assert not sign.isspace(), f"{sign!r} may not be the last"
        assert canonical._balanced(sign) == sign


@given(st.text())
def test_what_was_repaired_is_canonical_and_repairing_again_changes_nothing(raw: str) -> None:
    text = canonical_text(raw)
    if text:
        check_text(text, "anything")
    assert canonical_text(text) == text


def test_repair_keeps_every_word() -> None:
    raw = "First\u202e line\r\n\tSecond   line  \u2028Third\u0000 line"
    assert canonical_text(raw).split() == ["First", "line", "Second", "line", "Third", "line"]
