"""A corpus: an invented office with as many messages as one asks for, the same for the same seed.

Six of ten messages are prose of 5 to 12 paragraphs, four are transcripts of 4 to 20 turns; each has about 7.6 kB of
JSON. They are spread over twenty years, every third in both languages of the office. Persons hold a role for some years
and speak in it. Sentences are put together from the words in `corpus.toml`, so that no two paragraphs need be the same.

    >>> office = Corpus(messages=100, seed=7)
    >>> office.furniture()[0][1]["piece"], sum(1 for _ in office.messages())
    ('office', 134)

Each message draws from a generator of its own number.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from hashlib import sha256
from importlib.resources import files
from typing import Any

ADDRESS = "corpus.example"
ZONE = "Europe/Lisbon"
LANGUAGES = ("en", "fr")
FIRST_DAY = date(2004, 1, 5)
DAYS = 7_300
PERSONS = 24
YEARS_IN_OFFICE = 4
_PLACE = re.compile(r"\{(\w+)\}")
_NAME = {"en": "Embassy of Orsemund", "fr": "Ambassade d’Orsemund"}

Content = dict[str, Any]


@dataclass(frozen=True)
class Invented:
    """One language version of a message: its open content, and when it is published."""

    number: int
    id: str
    content: Content
    at: datetime


@dataclass(frozen=True)
class _Person:
    id: str
    name: str
    roles: dict[str, str]
    first: int
    """year"""


@dataclass(frozen=True)
class Corpus:
    """An invented office of so many messages; one in two languages counts once."""

    messages_wanted: int
    seed: int

    def __init__(self, messages: int, seed: int) -> None:
        object.__setattr__(self, "messages_wanted", messages)
        object.__setattr__(self, "seed", seed)

    @cached_property
    def words(self) -> dict[str, Any]:
        return tomllib.loads(files("communique.demo").joinpath("corpus.toml").read_text("utf-8"))

    def id(self, key: str) -> str:
        """The id of what a key names."""
        return sha256(f"communique/corpus/{self.seed}/{key}".encode()).hexdigest()[:16]

    def salt(self, id_: str, number: int) -> bytes:
        """A salt that everybody can make again: what is invented has nothing to hide."""
        return sha256(f"communique/corpus/salt/{self.seed}/{id_}/{number}".encode()).digest()

    def furniture(self) -> list[tuple[str, Content]]:
        """Id and content of the office itself, its sections and its persons, in the order of the record."""
        office = _piece("office", name=_NAME, languages=list(LANGUAGES), zone=ZONE, dates="d MMMM y")
        pieces = [(self.id("office"), office)]
        for key in self.words["en"]["sections"]:
            names = {tag: self.words[tag]["sections"][key] for tag in LANGUAGES}
            words = {tag: self.words[tag]["section_words"][key] for tag in LANGUAGES}
            pieces.append((self.id(f"section {key}"), _piece("section", name=names, word=words)))
        for number, person in enumerate(self._persons):
            names = dict.fromkeys(LANGUAGES, person.name)
            fields: Content = {"name": names, "roles": [{"name": person.roles}], "address": f"person-{number + 1}"}
            pieces.append((person.id, _piece("person", **fields)))
        return pieces

    def messages(self) -> Iterator[Invented]:
        """Every language version, oldest first."""
        for number in range(self.messages_wanted):
            yield from self.message(number)

    def message(self, number: int) -> Iterator[Invented]:
        """A message in one language, or in both."""
        chance = _chance(f"corpus {self.seed} message {number}")
        day = FIRST_DAY + timedelta(days=number * DAYS // max(self.messages_wanted, 1))
        at = datetime.combine(day, time(chance.randrange(8, 18), chance.randrange(60)), UTC)
        spoken = chance.random() < 0.4
        first = LANGUAGES[chance.random() < 0.25]
        tags = [first, *(tag for tag in LANGUAGES if tag != first)] if number % 3 == 0 else [first]
        shape = chance.randrange(1 << 30)
        for tag in tags:
            content = self._version(number, day, tag, tags[0], spoken, _chance(shape))
            yield Invented(number, self.id(f"message {number} {tag}"), content, at)

    @cached_property
    def _persons(self) -> list[_Person]:
        chance = _chance(f"corpus {self.seed} persons")
        firsts = chance.sample(self.words["names"]["first"], PERSONS)
        lasts = chance.sample(self.words["names"]["last"], PERSONS)
        years = DAYS // 365 + 1
        found = []
        for number in range(PERSONS):
            role = number % len(self.words["en"]["roles"])
            roles = {tag: self.words[tag]["roles"][role] for tag in LANGUAGES}
            first = FIRST_DAY.year + number * years // PERSONS - YEARS_IN_OFFICE // 2
            found.append(_Person(self.id(f"person {number}"), f"{firsts[number]} {lasts[number]}", roles, first))
        return found

    def _version(self, number: int, day: date, tag: str, original: str, spoken: bool, chance: random.Random) -> Content:
        words = self.words[tag]
        form = chance.choice(["interview", "briefing"] if spoken else ["statement", "press_release", "article"])
        section = {"interview": "interviews", "briefing": "briefings"}.get(form, "statements")
        speaker = chance.choice([p for p in self._persons if p.first <= day.year < p.first + YEARS_IN_OFFICE])
        title = self._title(tag, form, speaker, chance)
        slug = f"{form.replace('_', '-')}-{number + 1}"
        content: Content = {
            "v": 1,
            "type": "message",
            "state": "current",
            "message": self.id(f"message {number}"),
            "language": tag,
            "original": original,
            "kind": form,
            "section": self.id(f"section {section}"),
            "address": f"{tag}/{words['section_words'][section]}/{day.isoformat().replace('-', '/')}/{slug}",
            "title": title,
        }
        if spoken:
            role = speaker.roles[tag]
            content["speakers"] = [{"name": speaker.name, "person": speaker.id, "role": role}]
            content["turns"] = self._turns(tag, speaker, chance)
        else:
            content["blocks"] = [self._paragraph(tag, chance, 6, 10) for _ in range(chance.randint(5, 12))]
        return content

    def _title(self, tag: str, form: str, speaker: _Person, chance: random.Random) -> str:
        words = self.words[tag]
        pattern = chance.choice(words["titles"][form]).replace("{speaker}", speaker.name)
        return self._filled(pattern, tag, chance)

    def _turns(self, tag: str, speaker: _Person, chance: random.Random) -> list[Content]:
        words = self.words[tag]
        turns: list[Content] = []
        for number in range(chance.randint(4, 20)):
            if number % 2 == 0:
                blocks = [self._filled(chance.choice(words["questions"]), tag, chance)]
                turns.append({"kind": "question", "mark": words["question"], "blocks": blocks})
            else:
                blocks = [self._paragraph(tag, chance, 5, 9) for _ in range(chance.randint(1, 2))]
                turns.append({"kind": "answer", "mark": speaker.name, "speaker": 0, "blocks": blocks})
        return [{"id": f"t{place}", **turn} for place, turn in enumerate(turns, 1)]

    def _paragraph(self, tag: str, chance: random.Random, least: int, most: int) -> str:
        sentences = (chance.choice(self.words[tag]["sentences"]) for _ in range(chance.randint(least, most)))
        return " ".join(self._filled(sentence, tag, chance) for sentence in sentences)

    def _filled(self, pattern: str, tag: str, chance: random.Random) -> str:
        """A pattern with a word in each of its places."""
        fills = self.words[tag]["fills"]
        while place := _PLACE.search(pattern):
            key = place[1]
            word = str(chance.randint(3, 480)) if key == "number" else chance.choice(fills[key])
            pattern = pattern[: place.start()] + word + pattern[place.end() :]
        return pattern


def _chance(seed: str | int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - nothing secret is made of it


def _piece(sort: str, **fields: Any) -> Content:
    return {"v": 1, "type": "furniture", "state": "current", "piece": sort, "order": 0, **fields}
