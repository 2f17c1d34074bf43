"""A piece of furniture on a page, and the office's own: are they the same thing, and what does the page change in it?

The same clock is one of the same zone or city, the same contact one of the same label, number or mail, the same counter
one with the same first day or sentence. A piece that a page tells again keeps what no page tells: its place among
others, its words in other languages, its hours. What a page tells by silence (a block that has lost its mail) goes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import zip_longest
from typing import Any

from communique.importing.words import folded

Content = Mapping[str, Any]

_ONE_ALONE = ("labels", "latest")
"""sorts of which an office has one piece"""

_TOLD_BY_SILENCE = {
    "clock": ("separator",),
    "contact": ("telephone", "email", "lines"),
    "counter": ("grouping",),
    "latest": ("separator", "teasers"),
}


def same_piece(told: Content, present: Mapping[str, Content], besides: Collection[str]) -> str | None:
    """The id of the office's piece that a page's piece is; None when it is new. `besides` are ids of others."""
    marks = _marks(told)
    for id_, has in present.items():
        if id_ in besides or has["piece"] != told["piece"]:
            continue
        if told["piece"] in _ONE_ALONE or marks & _marks(has):
            return id_
    return None


def retold(has: Content, told: Content) -> dict[str, Any]:
    """The office's piece as the page tells it."""
    silent = [key for key in _TOLD_BY_SILENCE.get(told["piece"], ()) if key not in told]
    kept = {key: value for key, value in has.items() if key not in silent}
    return _over(kept, {key: value for key, value in told.items() if key != "order"})


def _marks(piece: Content) -> set[tuple[str, str]]:
    """What makes a piece the one it is: any of these in common is enough."""
    plain = {key: piece[key] for key in ("zone", "since", "telephone", "email") if piece.get(key)}
    words = [(key, w) for key in ("city", "label") for w in piece.get(key, {}).values() if w]
    words += [("sentence", forms["other"]) for forms in piece.get("sentence", {}).values() if forms.get("other")]
    return {(key, folded(text)) for key, text in [*plain.items(), *words]}


def _over(has: Any, told: Any) -> Any:
    """One value over another; maps keep the keys that are not told, lists go line by line."""
    if isinstance(has, Mapping) and isinstance(told, Mapping):
        return {**has, **{key: _over(has.get(key), value) for key, value in told.items()}}
    if isinstance(has, list) and isinstance(told, list):
        return [_over(before, line) for before, line in zip_longest(has[: len(told)], told)]
    return told
