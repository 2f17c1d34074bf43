"""The name of a place or an occasion in addresses: `/LANG/by/place/NAME/`, from the words that an edition prints.

    occasion_name("Tessmark", None)              tessmark
    occasion_name("  TESSMARK. ", None)          tessmark
    occasion_name("Sound at Seven, live", "sound-at-seven")   sound-at-seven
    occasion_name("تيسمارك", None)                w-f2db…, twelve digits of the SHA-256 of the folded words
    occasion_name(None, "tessmark")              None

An edition's own word (`place_word`, `event_word`) is the name where it can be one. Else it follows from the words: two
that differ in letter case, accents, blanks or the signs at their ends have one name, and so one list. What cannot be
spelled in a to z, or is digits alone, which are years, is named by a hash. A name has at most `NAME_LETTERS` letters.
Words that an erasure took (None) have no name, whatever word stands beside them: then nothing lies at the address.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

NAME_LETTERS = 60
HASH_DIGITS = 12
WORDS_OF = {"place": "place", "occasion": "event"}
"""sort of list -> the key of its words in a message's `occasion`; `KEY_word` beside it is the edition's own word"""

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_AT_THE_ENDS = " .,;:!?·–—-\"'“”„«»‘’()،؛؟。、"


def occasion_name(words: str | None, word: str | None) -> str | None:
    """The name of words in an address; None where there are none. `word` is the one chosen for it, if any."""
    folded = _folded(words or "")
    if not folded:
        return None
    if word and _can_be_name(word):
        return word
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(sign))
    hashed = sha256(folded.encode()).hexdigest()[:HASH_DIGITS]
    name = re.sub(r"[^a-z0-9]+", "-", re.sub("['’ʼ]", "", bare)).strip("-")
    spelled = all(sign.isascii() for sign in bare if sign.isalnum())
    if spelled and _can_be_name(name):
        return name
    cut = name[: NAME_LETTERS - HASH_DIGITS - 1].rpartition("-")[0]
    return f"{cut}-{hashed}" if spelled and cut and not cut.isdigit() else f"w-{hashed}"


def named_in(content: Mapping[str, Any], sort: str) -> tuple[str, str] | None:
    """(name, words as printed) of a message's place or occasion; None where it has none, or the words were erased."""
    occasion, key = content.get("occasion") or {}, WORDS_OF[sort]
    name = occasion_name(occasion.get(key), occasion.get(f"{key}_word"))
    return (name, str(occasion[key])) if name else None


def has_named(content: Mapping[str, Any], sort: str) -> bool:
    """Whether a message has a place or an occasion, be its words erased or not: that is structure, and stays."""
    return WORDS_OF[sort] in (content.get("occasion") or {})


def _folded(words: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", words).casefold().split()).strip(_AT_THE_ENDS)


def _can_be_name(word: str) -> bool:
    return bool(_NAME.match(word)) and len(word) <= NAME_LETTERS and not word.isdigit()
