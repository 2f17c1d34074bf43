"""A piece of furniture from which the law took words: what of it stands on, found by its shape.

A language, a line of a list or a field that need not be there goes with its words. Where words that must be there are
gone, the piece cannot stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from communique.edition.furniture import PIECES, PLACE_OF_NUMBER
from communique.edition.shape import Either, ListOf, MapOf, OneOf, Record

SIGN = "…"


class _Lost(Exception):
    """Words that must be there are not."""


def standing_without_lost(content: Mapping[str, Any]) -> dict[str, Any] | None:
    """Open content without the places whose words are None; None where it cannot stand without them."""
    try:
        found: dict[str, Any] = _standing(content, PIECES[content["piece"]])
    except _Lost:
        return None
    return found


def with_signs(value: Any) -> Any:
    """The same, with a sign in each place whose words are gone: of its shape, and nothing for readers."""
    if isinstance(value, Mapping):
        kept = {key: with_signs(inner) for key, inner in value.items()}
        if value.get("piece") == "counter":  # its sentences need the place of the number
            kept["sentence"] = {
                language: {
                    form: f"{SIGN} {PLACE_OF_NUMBER}" if words == SIGN else words for form, words in forms.items()
                }
                for language, forms in kept["sentence"].items()
            }
        return kept
    if isinstance(value, list):
        return [with_signs(inner) for inner in value]
    return SIGN if value is None else value


def _standing(value: Any, shape: Any) -> Any:
    if value is None:
        raise _Lost
    if isinstance(shape, Either):
        return _standing(value, shape.record) if isinstance(value, Mapping) else value
    if isinstance(shape, Record):
        may = {
            key: found
            for key in value
            if key in shape.may and (found := _found(value[key], shape.may[key])) is not None
        }
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
        kept = [one for inner in value if (one := _found(inner, shape.of)) is not None]
        if len(kept) < max(shape.least, min(1, len(value))):
            raise _Lost
        return kept
    return value


def _found(value: Any, shape: Any) -> Any:
    """What stands of a value that need not be there; None where nothing does."""
    try:
        return _standing(value, shape)
    except _Lost:
        return None
