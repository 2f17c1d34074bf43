"""Translations and their originals, turn by turn: what of them the original has left behind.

A translation keeps, for each turn of the original, the hash of its words and of who says them, and likewise of the
original's title and teaser and of the list of its speakers. A turn is stale when the original says something else now,
and is not any more once somebody says that it follows. The names and roles of speakers are one thing and not one a
turn: somebody whose role changed may speak in a hundred.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from communique.edition.canonical import canonical_json

WHOLE = "blocks"
"""stands for the text of a message without turns"""
TITLE = "title"
"""stands for title and teaser"""
SPEAKERS = "speakers"
"""stands for the names and roles of those who speak"""
_HASH = re.compile(r"[0-9a-f]{16}")
TURN_FACTS = ("kind", "questioner", "outlet", "topic")


def followed(words: Mapping[str, Any]) -> dict[str, str]:
    """turn id -> hash of its words and facts, as a translation of these words keeps them."""
    if "turns" in words:
        people = [one.get("person") or one["name"] for one in words.get("speakers", ())]
        return {turn["id"]: _turn(turn, people) for turn in words["turns"]}
    return {WHOLE: hash_of(words.get("blocks", []))} if words.get("blocks") else {}


def followed_of(original: Any) -> dict[str, str]:
    """All that a translation of this message follows, in the order of the form."""
    words = original.words or {}
    around = {TITLE: hash_of([original.title, original.teaser]), SPEAKERS: hash_of(words.get("speakers", []))}
    return {**around, **followed(words)}


def _turn(turn: Mapping[str, Any], people: Sequence[str]) -> str:
    """Who speaks is a person and no place in the list, which others may leave."""
    facts = {key: turn[key] for key in TURN_FACTS if key in turn}
    who = [people[turn["speaker"]]] if "speaker" in turn else []
    return hash_of([turn.get("blocks", []), facts, who])


def hash_of(said: Any) -> str:
    """Of anything that is said, short."""
    return sha256(canonical_json(said)).hexdigest()[:16]


def stale_turns(translation: Any, original: Any) -> tuple[str, ...]:
    """What the translation lacks of the original or does not follow: turns, in the original's order, after TITLE and
    SPEAKERS.

    A turn that waits for its first words is not stale: it is empty, and says so itself.
    """
    kept = translation.translated_from or {}
    has = {WHOLE, TITLE, SPEAKERS, *(turn["id"] for turn in (translation.words or {}).get("turns", ()))}
    now = followed_of(original)
    return tuple(id_ for id_, hash_ in now.items() if (kept[id_] != hash_ if id_ in kept else id_ not in has))


def first_followed(translation: Any, original: Any) -> dict[str, str]:
    """What a translation follows once its present words are saved: turns that got their first words follow the
    original as it stands beside them; what was said of others before stays."""
    kept = dict(translation.translated_from or {})
    now = followed_of(original)
    written = [id_ for id_ in now if id_ not in kept and _has_words(translation.words or {}, id_)]
    return {**{id_: hash_ for id_, hash_ in kept.items() if id_ in now}, **{id_: now[id_] for id_ in written}}


def said_to_follow(said: Any, original: Any) -> dict[str, str]:
    """What a form says follows again, of the things that the original has; each with the hash of what stood beside it,
    so that a change which came meanwhile stays stale."""
    now = followed_of(original)
    pairs = said.items() if isinstance(said, dict) else ()
    return {id_: hash_ for id_, hash_ in pairs if id_ in now and isinstance(hash_, str) and _HASH.fullmatch(hash_)}


def _has_words(words: Mapping[str, Any], id_: str) -> bool:
    if id_ in (TITLE, SPEAKERS):
        return True
    if id_ == WHOLE:
        return bool(words.get("blocks"))
    return any(turn["id"] == id_ and turn.get("blocks") for turn in words.get("turns", ()))
