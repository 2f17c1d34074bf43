"""What the press shows: plain facts taken from the record, ready to be set on a page.

The catalogue fills these from entries and editions; `pages.py` turns them into HTML and nothing else. They hold
*open* content (words in place of part hashes, see `communique.edition`), so a page is a pure function of them.

All instants are RFC 3339 UTC seconds ("2026-03-03T14:00:00Z"), all days "YYYY-MM-DD". Paths are site paths
without the leading slash and with the trailing one ("en/statements/2026/03/").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from communique.press.acts import Acts
from communique.press.passages import Passages

Content = Mapping[str, Any]


@dataclass(frozen=True)
class Piece:
    """One piece of furniture as it stands now: its entry id, the index and instant of its last entry."""

    id: str
    index: int
    at: str
    content: Content


@dataclass(frozen=True)
class Furniture:
    """All current pieces of an office, in the order in which a page shows them (`order`, then index)."""

    origin: str
    pieces: tuple[Piece, ...] = ()
    kept: dict[Any, Any] = field(default_factory=dict, init=False, compare=False, repr=False)
    """what pages have worked out of it, for the next page; whoever keeps something keeps one of a sort and language"""

    def of(self, piece: str) -> list[Piece]:
        """All current pieces of one sort, in order."""
        return list(self._sorts.get(piece, ()))

    @cached_property
    def _sorts(self) -> dict[str, list[Piece]]:
        """Put in order once: every page asks for most sorts."""
        found: dict[str, list[Piece]] = {}
        for piece in sorted(self.pieces, key=lambda p: (p.content["order"], p.index)):
            found.setdefault(piece.content["piece"], []).append(piece)
        return found

    @cached_property
    def _ids(self) -> dict[str, Piece]:
        return {piece.id: piece for piece in reversed(self.pieces)}

    def one(self, piece: str) -> Piece | None:
        """The first piece of a sort, or None."""
        return next(iter(self.of(piece)), None)

    def by_id(self, id_: str) -> Piece | None:
        """The piece with this entry id, or None when it is not current."""
        return self._ids.get(id_)


@dataclass(frozen=True)
class Version:
    """One edition of one language version, with what its entries say of it."""

    id: str
    seq: int
    index: int
    leaf: str
    kind: str
    """kind of the entry: publish, correct, update, withdraw, return, recall, remove, erase, import, republish"""
    at: str
    """when this edition became public"""
    first_at: str
    """when edition 1 became public"""
    place_day: str
    """the day under which lists place the message: that of `dated`, else of the first `at` in the office's zone"""
    content: Content
    dated: str | None = None
    sizes: Mapping[str, int] = field(default_factory=dict)
    """part of a picture or document -> its bytes, where the page says how large it is"""
    published: bool = True
    """not of what an office is shown before it publishes: then its instant and its entry are nobody's yet"""


@dataclass(frozen=True)
class EditionLine:
    """A line of a message's list of editions."""

    seq: int
    kind: str
    at: str
    index: int
    note: str | None = None


@dataclass(frozen=True)
class Row:
    """What a list shows of a message: its newest edition."""

    id: str
    message: str
    index: int
    """index of the first entry of this id; the tie-breaker of order"""
    path: str
    language: str
    day: str
    kind: str | None
    section: str | None
    state: str
    title: str | None
    """None when erased"""
    teaser: str | None
    at: str
    first_at: str
    corrected_at: str | None = None
    updated_at: str | None = None
    """when something was last added to it"""
    stub: bool = False
    imported: bool = False
    translation: str | None = None
    original: str | None = None
    erased: bool = False
    """whether words of it are gone by law, be it all or some"""


@dataclass(frozen=True)
class Period:
    """A link to one dated page of a list: a year (month 0), a month, a day, or a hundred of a day that had to be
    split."""

    path: str
    year: int
    month: int = 0
    day: int | None = None
    hundred: int | None = None


@dataclass(frozen=True)
class AgendaSpan:
    """A year, a month, a day or a part of one of the agenda, or all of it (""): those beside it and, where it is cut,
    those below; the ids of the events that ever stood in it."""

    span: str
    beside: tuple[str, ...]
    below: tuple[str, ...] = ()
    events: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Listing:
    """A page that lists messages, newest first.

    sort is "section" (`subject`: section id), "all" (no subject), "person" (`subject`: person id),
    "kind" (`subject`: kind), "place" or "occasion" (`subject`: its name; none where all are listed, by `names`).
    `period` is None on the undated page; that page shows the newest 30 and links to all `periods`.
    """

    path: str
    language: str
    sort: str
    subject: str | None
    rows: tuple[Row, ...]
    period: Period | None = None
    periods: tuple[Period, ...] = ()
    newer: Period | None = None
    older: Period | None = None
    days: tuple[Period, ...] = ()
    """of a month that shows its messages: those of its days that have a page besides, newest first"""
    feed: str | None = None
    languages: Mapping[str, str] = field(default_factory=dict)
    """language -> path of the undated page of the same list, where the list has one in every language"""
    words: str | None = None
    """of a place or an occasion: what it is called, as printed"""
    names: tuple[tuple[str, str], ...] = ()
    """of all places or occasions: (words as printed, path)"""
    year: Period | None = None
    """the year of a dated page"""
    asked: tuple[Row, ...] = ()
    """of a person: the messages in which she asks; `rows` are then those in which she speaks"""
    acts: Mapping[str, Acts] = field(default_factory=dict)
    """of a person: what she does in each message, by its id"""
    said_words: Mapping[str, Passages] = field(default_factory=dict)
    """of a person's dated page: her words in each message, by its id"""
    asked_words: Mapping[str, Passages] = field(default_factory=dict)
    """of a person's dated page: the words of her questions"""
    months: tuple[tuple[Period, tuple[Row, ...]], ...] = ()
    """of a year of a person: its months with their newest messages"""
    only_asks: bool = False
    """of a person: whether nothing but questions of hers is on the site"""


@dataclass(frozen=True)
class FrontSection:
    """A row of the front page: a section and its newest messages (three at most)."""

    section: str
    path: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Front:
    """The front page of one language."""

    language: str
    lead: Version | None
    lead_path: str | None
    latest: tuple[Row, ...]
    sections: tuple[FrontSection, ...] = ()
    featured: tuple[Row, ...] = ()
    """what the editor chose besides the lead, in the order chosen"""


@dataclass(frozen=True)
class Setting:
    """What every page needs beside its own facts."""

    furniture: Furniture
    language: str
    as_of: str
    """the instant of the newest entry that this page shows: the day of its figures without script"""
    asset_paths: Mapping[str, str] = field(default_factory=dict)
    section_paths: Mapping[str, str] = field(default_factory=dict)
    """section id -> path of its list in this language, only for sections that have had a message"""
    people_paths: Mapping[str, str] = field(default_factory=dict)
    """person id -> path of the person's page in this language; of one who was merged, of whom she was merged into"""
    merged: frozenset[str] = frozenset()
    """the persons whose pages lead on to somebody else's"""
    languages: tuple[str, ...] = ()
    """languages that have a front page"""


@dataclass(frozen=True)
class Archive:
    """The ways into the archive of one language: (words, path) of each."""

    years: tuple[Period, ...]
    kinds: tuple[tuple[str, str], ...]
    """(kind, path) of those that have had a message"""
    places: tuple[tuple[str, str], ...]
    has_occasions: bool
