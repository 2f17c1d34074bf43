"""Translations and their originals, turn by turn: which turns the original has left behind.

A translation keeps, for each turn, the hash of the original's words that it follows. A turn is stale when the
original's words are others now, and is not any more once somebody says that it follows them.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from communique.edition.canonical import canonical_json

WHOLE = "blocks"
"""stands for the text of a message without turns"""


def followed(words: Mapping[str, Any]) -> dict[str, str]:
    """turn id -> hash of its words, as a translation of these words keeps them."""
    if "turns" in words:
        return {turn["id"]: _hash(turn.get("blocks", [])) for turn in words["turns"]}
    return {WHOLE: _hash(words.get("blocks", []))} if words.get("blocks") else {}


def _hash(blocks: Any) -> str:
    return sha256(canonical_json(blocks)).hexdigest()[:16]


def stale_turns(translation: Any, original: Any) -> tuple[str, ...]:
    """The turns of the original that the translation lacks or whose words it does not follow, in the original's order.

    A turn that waits for its first words is not stale: it is empty, and says so itself.
    """
    kept = translation.translated_from or {}
    has = {WHOLE, *(turn["id"] for turn in (translation.words or {}).get("turns", ()))}
    now = followed(original.words or {})
    return tuple(id_ for id_, hash_ in now.items() if (kept[id_] != hash_ if id_ in kept else id_ not in has))


def first_followed(translation: Any, original: Any) -> dict[str, str]:
    """What a translation follows once its present words are saved: turns that got their first words follow the
    original as it stands beside them; what was said of others before stays."""
    kept = dict(translation.translated_from or {})
    now = followed(original.words or {})
    written = [id_ for id_ in now if id_ not in kept and _has_words(translation.words or {}, id_)]
    return {**{id_: hash_ for id_, hash_ in kept.items() if id_ in now}, **{id_: now[id_] for id_ in written}}


def _has_words(words: Mapping[str, Any], id_: str) -> bool:
    if id_ == WHOLE:
        return bool(words.get("blocks"))
    return any(turn["id"] == id_ and turn.get("blocks") for turn in words.get("turns", ()))
