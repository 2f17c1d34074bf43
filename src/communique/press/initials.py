"""All persons by the first letters of their names, as the catalogue keeps them.

While no more than `ON_ONE_PAGE` ever came onto the record, one page has them all. From then on each letter with which
an edition of a person ever began has a page in each language, and a letter with more than `SPLIT` persons has parts, in
the order in which they came. Editions only become more, so what was once an address stays one, whoever is renamed,
merged or gone; only where the law takes a name, its letter goes with it, and those after it move up.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from communique.edition.initial import initial_of
from communique.press.lists import SPLIT
from communique.press.wording import in_language

ON_ONE_PAGE = 150


@dataclass(frozen=True)
class LetterPage:
    """A letter, or a part of one: who ever stood in it; of a letter that is cut nobody, and how many parts it has."""

    letter: str
    part: int = 0
    persons: tuple[str, ...] = ()
    parts: int = 0

    @property
    def span(self) -> str:
        """What its path ends in: "A" or "A/_2"."""
        return f"{self.letter}/_{self.part}" if self.part else self.letter


def letter_path(span: str) -> str:
    """Where a letter or a part of one lies in each language: beside the archive, where no person's address is."""
    return f"by/person/{span}/"


class Initials:
    """The letters in the catalogue's table `initial`."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def keep(self, id_: str, seq: int, content: Mapping[str, Any]) -> None:
        """Note the letters of one edition of a person, in each language that it is named in."""
        letters = {language: initial_of(name) for language, name in (content.get("name") or {}).items()}
        self._db.execute("INSERT OR REPLACE INTO initial VALUES (?,?,?)", (id_, seq, json.dumps(letters)))

    def pages(self, language: str) -> dict[str, LetterPage]:
        """The pages of all letters and of their parts by their spans; none while everybody has room on one page."""
        found = self._db.execute(
            "SELECT initial.id, letters FROM initial JOIN entry ON entry.id = initial.id AND entry.seq = 1"
            " ORDER BY entry.idx, initial.seq"
        ).fetchall()
        persons: dict[str, dict[str, None]] = {}
        for id_, letters in found:
            persons.setdefault(in_language(json.loads(letters), language), {})[id_] = None
        if len({id_ for id_, _ in found}) <= ON_ONE_PAGE:
            return {}
        pages = [page for letter in sorted(filter(None, persons)) for page in _pages_of(letter, tuple(persons[letter]))]
        return {page.span: page for page in pages}


def _pages_of(letter: str, persons: tuple[str, ...]) -> list[LetterPage]:
    if len(persons) <= SPLIT:
        return [LetterPage(letter, persons=persons)]
    parts = [persons[start : start + SPLIT] for start in range(0, len(persons), SPLIT)]
    return [LetterPage(letter, parts=len(parts)), *(LetterPage(letter, n, one) for n, one in enumerate(parts, 1))]
