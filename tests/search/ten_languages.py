"""Transcripts in ten languages, as many as one asks for and quickly: for benchmarks of the search.

Their sentences are those that Django and Wagtail were translated into, so their common words are as common as in life
and their phrases are ones that somebody wrote. Each sentence may be followed by an invented name, of a few thousand
that become rarer and rarer: the words that hardly any turn has. A message has four to twelve turns, questions and
answers in turn, eight on average with about 750 bytes each; it is in one language, the ten take turns.

The same seed gives the same messages, whichever are asked for. Nothing of them is published one by one.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from gettext import GNUTranslations
from hashlib import sha256
from pathlib import Path
from typing import Any

import django
import wagtail

CATALOGUES = {
    "ar": "ar", "de": "de", "en": "", "es": "es", "fr": "fr", "ja": "ja", "ru": "ru", "sv": "sv", "tr": "tr",
    "zh": "zh_Hans",
}  # fmt: skip
"""language -> folder of its translations; English is what was translated"""
LANGUAGES = tuple(CATALOGUES)
UNSPACED = ("ja", "zh")
SPEAKERS = 24
NAMES = 6_000
FIRST_YEAR, YEARS = 2004, 20
LEAST_LETTERS = {"ja": 8, "zh": 6}

_PLACE = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{[^{}]*\}|<[^<>]*>|&\w+;|[\"“”«»\[\]]")


@dataclass(frozen=True)
class TenLanguages:
    """So many messages; each by its number."""

    messages: int
    seed: int = 1

    def furniture(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Id and content of the office, its section and those who speak."""
        names = dict.fromkeys(LANGUAGES, "Embassy of Orsemund")
        yield id_of("office"), _piece("office", name=names, languages=list(LANGUAGES), zone="UTC", dates="d MMMM y")
        section = {"name": dict.fromkeys(LANGUAGES, "Briefings"), "word": dict.fromkeys(LANGUAGES, "briefings")}
        yield id_of("section"), _piece("section", **section)
        for number in range(SPEAKERS):
            who = {"name": dict.fromkeys(LANGUAGES, f"Speaker {number}"), "address": f"speaker-{number}"}
            yield id_of(f"speaker {number}"), _piece("person", **who)

    def message(self, number: int) -> tuple[str, dict[str, Any]]:
        """Id and content."""
        chance = random.Random(f"{self.seed} {number}")
        language = LANGUAGES[number % len(LANGUAGES)]
        sentences, names = sentences_of(language), invented_names()
        join = "" if language in UNSPACED else " "

        def said(many: int) -> str:
            some = chance.choices(sentences, k=many)
            return join.join(some) + f" {names[int(len(names) * chance.random() ** 3)]}."

        who = chance.randrange(SPEAKERS)
        turns: list[dict[str, Any]] = []
        for place in range(1, chance.randint(4, 12) + 1):
            if place % 2:
                turns.append({"id": f"t{place}", "kind": "question", "blocks": [said(chance.randint(2, 5))]})
            else:
                turns.append(
                    {"id": f"t{place}", "kind": "answer", "speaker": 0, "blocks": [said(chance.randint(14, 26))]}
                )
        day = number * YEARS * 336 // max(self.messages, 1)
        on = f"{FIRST_YEAR + day // 336:04}/{day // 28 % 12 + 1:02}/{day % 28 + 1:02}"
        return id_of(f"{self.seed} message {number}"), {
            "v": 1,
            "type": "message",
            "state": "current",
            "message": id_of(f"{self.seed} message {number}"),
            "language": language,
            "original": language,
            "kind": "briefing" if number % 3 else "interview",
            "section": id_of("section"),
            "address": f"{language}/briefings/{on}/m{number}",
            "title": chance.choice(sentences)[:90].strip(),
            "speakers": [{"name": f"Speaker {who}", "person": id_of(f"speaker {who}")}],
            "turns": turns,
        }


def id_of(key: str) -> str:
    """A 16-letter id of what a key names."""
    return sha256(f"ten languages/{key}".encode()).hexdigest()[:16]


@cache
def sentences_of(language: str) -> list[str]:
    """The sentences of a language, without places for values and marks."""
    folder, found = CATALOGUES[language], dict[str, None]()
    for package in (django, wagtail):
        for file in sorted(Path(package.__file__ or "").parent.rglob(f"locale/{folder or 'fr'}/LC_MESSAGES/*.mo")):
            with file.open("rb") as opened:
                catalogue: dict[Any, str] = GNUTranslations(opened)._catalog  # type: ignore[attr-defined]
            for key, value in catalogue.items():
                text = value if folder else key if isinstance(key, str) else key[0]
                text = unicodedata.normalize("NFC", " ".join(_PLACE.sub(" ", text.split("\x04")[-1]).split()))
                if key and len(text) >= LEAST_LETTERS.get(language, 24):
                    found[text] = None
    return sorted(found)


@lru_cache(maxsize=1)
def invented_names() -> list[str]:
    """Names that stand nowhere else, in an order of their own."""
    chance = random.Random("names")
    starts, ends = (
        ("Bra", "Dor", "El", "Fen", "Gul", "Hes", "Ing", "Kal", "Lor", "Mun"),
        ("dal", "vik", "mar", "nes", "by"),
    )
    syllables = [a + b for a in "bdfghklmnprstv" for b in ("a", "e", "i", "o", "u", "an", "er", "il")]
    found = [
        f"{s}{chance.choice(syllables)}{chance.choice(syllables)}{e}"
        for s in starts
        for e in ends
        for _ in range(NAMES // 50)
    ]
    chance.shuffle(found)
    return list(dict.fromkeys(found))


def _piece(sort: str, **fields: Any) -> dict[str, Any]:
    return {"v": 1, "type": "furniture", "state": "current", "piece": sort, "order": 0, **fields}
