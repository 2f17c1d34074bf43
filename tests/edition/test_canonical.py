"""Canonical JSON: one value, one sequence of bytes, and no other bytes are read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.edition.canonical import LARGEST_INTEGER, canonical_json, parse_canonical
from communique.edition.errors import NotCanonical

KEYS = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=8)
VALUES = st.recursive(
    st.booleans()
    | st.integers(-LARGEST_INTEGER, LARGEST_INTEGER)
    | st.text(st.characters(exclude_categories=("Cs",)), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_every_value_comes_back_from_its_bytes(value: object) -> None:
    assert parse_canonical(canonical_json(value), "line 1") == value


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b'{"a": 1}', "not canonical JSON"),
        (b'{"b":1,"a":2}', "not canonical JSON"),
        (b'{"a":1,"a":1}', "key twice"),
        (b'{"a":"\\u0041"}', "not canonical JSON"),
        (b'{"a":1.0}', "not an integer"),
        (b'{"a":1e3}', "not an integer"),
        (b'{"a":NaN}', "no value"),
        (b'{"a":null}', "no value"),
        (b'{"a":9007199254740992}', "2\\^53"),
        ('{"é":1}'.encode(), "not ASCII"),
        (b'{"a":"\xff"}', "not UTF-8 at byte 6"),
        (b"{", "not JSON"),
        (b"[" * 100_000, "not JSON|nested"),
        (b"[" * 40 + b"]" * 40, "nested deeper"),
        (b'"\\ud800"', "surrogate"),
    ],
)
def test_bytes_that_are_not_canonical_are_refused_with_their_place(data: bytes, says: str) -> None:
    with pytest.raises(NotCanonical, match=says) as refused:
        parse_canonical(data, "line 2")
    assert refused.value.where.startswith(("line 2", "value"))
