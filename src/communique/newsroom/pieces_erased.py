"""A piece of furniture from which the law took words: what of it stands on, found by its shape.

A language, a line of a list or a field that need not be there goes with its words. Where words that must be there are
gone, the piece cannot stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from communique.edition.edition import has_gap
from communique.edition.furniture import PIECES, PLACE_IN_LABEL, PLACE_OF_NUMBER, PLURAL_CATEGORIES
from communique.edition.shape import Either, ListOf, MapOf, OneOf, Record

SIGN = "…"
LEADING = {"section", "target", "targets"}
"""of these an entry of a menu has one"""


class _Lost(Exception):
    """Words that must be there are not."""


def standing_without_lost(content: Mapping[str, Any]) -> dict[str, Any] | None:
    """Open content without the places whose words are None; None where it cannot stand without them."""
    try:
        found: dict[str, Any] = _standing(content, PIECES[content["piece"]])
    except _Lost:
        return None
    return found


def with_signs(content: Mapping[str, Any]) -> dict[str, Any]:
    """The same of one that cannot stand, with a sign where words that must be there are gone: of its shape, and nothing
    for readers. A field that need not be there goes as it does elsewhere."""
    shape = PIECES[content["piece"]]
    may = {key: _found(inner, shape.may[key]) for key, inner in content.items() if key in shape.may}
    number = {"counter": PLACE_OF_NUMBER, "labels": PLACE_IN_LABEL}.get(content["piece"], "")
    must = {key: _signed(inner, number) for key, inner in content.items() if key in shape.must}
    return must | {key: inner for key, inner in may.items() if inner is not None}


def _signed(value: Any, number: str) -> Any:
    if isinstance(value, Mapping):
        is_plural = bool(value) and set(value) <= set(PLURAL_CATEGORIES)
        sign = f"{SIGN} {number}" if is_plural else SIGN  # a sentence with a number needs its place
        is_cut = "marks" in value and value.get("text") is None  # they would stand on no letters
        kept = {key: inner for key, inner in value.items() if not (is_cut and key == "marks")}
        return {key: sign if inner is None else _signed(inner, number) for key, inner in kept.items()}
    if isinstance(value, list):
        return [_signed(inner, number) for inner in value]
    return SIGN if value is None else value


def _standing(value: Any, shape: Any) -> Any:
    if value is None:
        raise _Lost
    if isinstance(shape, Either):
        return _standing(value, shape.record) if isinstance(value, Mapping) else value
    if isinstance(shape, Record):
        value = {**value, "rows": _rows(value["rows"])} if "rows" in value else value
        may = {
            key: found
            for key in value
            if key in shape.may and (found := _found(value[key], shape.may[key])) is not None
        }
        if LEADING & value.keys() and not LEADING & may.keys():  # an entry of a menu that leads nowhere
            raise _Lost
        return {
            key: _standing(value[key], shape.must[key]) if key in shape.must else may[key]
            for key in value
            if key in shape.must or key in may
        }
    if isinstance(shape, MapOf):
        found = {key: _found(inner, shape.of) for key, inner in value.items()}
        kept = {key: inner for key, inner in found.items() if inner is not None}
        if not kept or (isinstance(shape.key, OneOf) and len(kept) < len(value)):  # a plural without one of its forms
            raise _Lost
        return kept
    if isinstance(shape, ListOf):
        rows = [one for inner in value if (one := _found(inner, shape.of)) is not None]
        if len(rows) < max(shape.least, min(1, len(value))):
            raise _Lost
        return rows
    if has_gap(value):  # a mark whose target went
        raise _Lost
    return value


def _rows(rows: list[list[Any]]) -> list[list[Any]]:
    """The rows of a table, which stay of one length: a cell that lost its words has a sign."""
    if all(cell is None for row in rows for cell in row):
        raise _Lost
    return [[SIGN if cell is None else cell for cell in row] for row in rows]


def _found(value: Any, shape: Any) -> Any:
    """What stands of a value that need not be there; None where nothing does."""
    try:
        return _standing(value, shape)
    except _Lost:
        return None
