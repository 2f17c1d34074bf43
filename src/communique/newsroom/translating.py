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
    """The turns of the original whose words the translation does not follow, in the original's order."""
    kept = translation.translated_from or {}
    return tuple(id_ for id_, hash_ in followed(original.words or {}).items() if kept.get(id_) != hash_)
