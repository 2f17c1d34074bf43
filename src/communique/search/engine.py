"""What an engine owes, whichever it is: the one in the process (`engine_tantivy.py`), or a distributed one later.

A `Writer` takes language versions in, whole, by the index of their first entry. Until `settle` nobody sees what was put
or dropped; from then on everybody does, and a power cut does not undo it. Done twice it is as done once.

A `Finder` answers a `Wanted` from what was settled last, in any process. The same units give the same hits in the same
order by date, however they came in: that is what the random histories of the tests hold it to.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from communique.search.turns import Indexed
from communique.search.words import Forms


@dataclass(frozen=True)
class Term:
    """A word as it is wanted, in all languages that are asked.

    `one_sign` is one of a script without blanks between words, where two signs are a word: it may be either of them.
    """

    forms: tuple[Forms, ...]
    one_sign: bool = False


@dataclass(frozen=True)
class Clause:
    """A word, or words that follow one another."""

    terms: tuple[Term, ...]
    phrase: bool = False
    wanted: bool = True


@dataclass(frozen=True)
class Wanted:
    """A query with its names resolved. Of each tuple one is enough; an empty one leaves that open.

    `asked` widens `speakers`: questions that were put to one of these count as well.
    """

    clauses: tuple[Clause, ...] = ()
    speakers: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    by_date: bool = False
    by_entry: bool = False
    """those first whose edition entered the record last; for who follows a search"""


@dataclass(frozen=True)
class Counts:
    """How many of all hits each year, speaker and language has, most first; years newest first."""

    years: tuple[tuple[int, int], ...] = ()
    speakers: tuple[tuple[str, int], ...] = ()
    languages: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Hits:
    """Some of the hits, by their keys (`turns.py`), and how many there are."""

    total: int
    keys: tuple[int, ...]
    counts: Counts = Counts()


class Writer(Protocol):
    """Takes in what is to be found. One process at a time has one."""

    def put(self, version: Indexed) -> None:
        """Have these units of a version, and none that it had before."""

    def drop(self, index: int) -> None:
        """Have no unit of a version."""

    def settle(self) -> None:
        """Show all of it, and make it lasting."""

    def close(self, tidy: bool = False) -> None:
        """Give the place back; what was not settled is lost. `tidy` says that there is time to put files together."""


class Finder(Protocol):
    """Answers from what was settled last."""

    def find(self, wanted: Wanted, first: int, count: int, counts: bool = True) -> Hits:
        """The hits from number `first`, counted from 0, by date or by relevance; among equals the newest first."""

    def affordable(self, wanted: Wanted) -> tuple[Wanted, tuple[Clause, ...]]:
        """As much of a query as may be asked at once, and what had to be left out: the dearest of its clauses."""

    def nearest(self, forms: Forms, languages: tuple[str, ...]) -> str | None:
        """A word that is said in these languages and looks most like this one, which is not; None where it is, or none.

        No languages are all of them. Both have four letters or more; of those that look alike that one which stands in
        most units of these languages, then the first by its letters.
        """
