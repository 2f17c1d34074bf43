"""Answers: a query resolved, its hits found, and shown with their words marked and their exchange around them.

The words that are shown come from the editions' own files, as the record has them now: an index holds none that could
be shown. A hit whose edition lost its words since is left out.
"""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import Any

from communique.edition.errors import EditionError
from communique.edition.piecewise import read_piecewise
from communique.search.asked import PAGE_HITS, PAIRS, WORDS, Asked, Piece, read_fields
from communique.search.catalogue import FILE, Catalogue, Known
from communique.search.engine import Clause, Counts, Finder, Hits, Term, Wanted
from communique.search.engine_tantivy import TantivyFinder
from communique.search.errors import IndexFault, SearchError
from communique.search.excerpts import Marked, excerpt, marked
from communique.search.follower import live_index
from communique.search.soundness import UNITS, note_damage
from communique.search.turns import TITLE, opened, text_of
from communique.search.words import is_paired, pair_of, signs_in, words_in

EXCERPT_LETTERS = 360
BEFORE_LETTERS = 90
BESIDE_LETTERS = 180
"""of the question to an answer, or the beginning of the answer to a question"""
EDITIONS_KEPT_BYTES = 32_000_000
"""of their files; read, they are a few times as large"""


@dataclass(frozen=True)
class Shown:
    """A hit as it is shown. `path` leads to the turn."""

    path: str
    anchor: str
    title: str
    day: str
    language: str
    kind: str
    unit: str
    state: str
    speaker: str
    role: str
    words: Marked
    beside: Marked
    """the question to an answer, or the answer to a question; empty where there is none"""
    beside_unit: str
    beside_speaker: str
    published_at: str = ""
    """when its message became public; an instant"""
    updated_at: str = ""
    """when its message became public as it is now"""


@dataclass(frozen=True)
class Answer:
    """What is answered to a query."""

    asked: Asked
    total: int
    shown: tuple[Shown, ...]
    counts: Counts
    speakers: tuple[tuple[str, str, int], ...] = ()
    """(what finds her, her name, how many) of those who say or ask most of the hits"""
    instead: str = ""
    """where nothing was found: the query with words that are in the index, which finds something"""
    left_out: tuple[str, ...] = ()
    """words and phrases that would have cost too much together with the others"""


@dataclass(frozen=True)
class Followed:
    """What is told to who follows a search. `since` and `at` are the instants of the record's first and last entry."""

    origin: str
    since: str
    at: str
    shown: tuple[Shown, ...]


class NotReady(SearchError):
    """There is no index yet, or none in this program's form."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            "holds no index of this program yet", str(folder), "start `communique serve`, whose worker makes one"
        )


class Answering:
    """Answers queries from the live index in `folder` and the record's files in `record`; for one process."""

    def __init__(self, folder: Path, record: Path) -> None:
        self.folder = folder
        self.record = record
        self._open: tuple[tuple[Path, int], Catalogue, Finder] | None = None

    def answer(self, asked: Asked, language: str) -> Answer:
        """The answer on a page of `language`. Raises SearchError where there is no index that can be read."""
        with self._damage_told():
            return self._answer(asked, language)

    def _answer(self, asked: Asked, language: str) -> Answer:
        catalogue, finder = self._index()
        wanted, left_out = finder.affordable(resolved(asked, catalogue, language))
        first = (asked.page - 1) * PAGE_HITS
        hits = finder.find(wanted, first, PAGE_HITS) if asked.anything else Hits(0, ())
        instead = "" if hits.total else self._instead(asked, wanted, catalogue, finder, language)
        return Answer(
            asked=asked,
            total=hits.total,
            shown=self._all_shown(hits.keys, wanted, catalogue),
            counts=hits.counts,
            speakers=tuple(_speakers(hits.counts, catalogue, language)),
            instead=instead,
            left_out=tuple(map(_typed, left_out)),
        )

    def followed(self, asked: Asked, language: str, count: int) -> Followed:
        """The hits that became public last, or were corrected last, whatever day they are of."""
        with self._damage_told():
            return self._followed(asked, language, count)

    def _followed(self, asked: Asked, language: str, count: int) -> Followed:
        catalogue, finder = self._index()
        wanted, _ = finder.affordable(replace(resolved(asked, catalogue, language), by_entry=True))
        at = catalogue.at  # before the engine is asked: what comes in between is told another time
        hits = finder.find(wanted, 0, count, counts=False) if asked.anything else Hits(0, ())
        return Followed(catalogue.origin, catalogue.since, at, self._all_shown(hits.keys, wanted, catalogue))

    def units(self, asked: Asked, language: str, count: int) -> list[tuple[str, int]]:
        """The first hits as (id of the language version, place of the unit in it), without their words."""
        catalogue, finder = self._index()
        hits = finder.find(resolved(asked, catalogue, language), 0, count, counts=False)
        return [(catalogue.id(index), place) for _day, index, place in map(opened, hits.keys)]

    @contextmanager
    def _damage_told(self) -> Iterator[None]:
        """Tell the worker of an index that is damaged, or that was another one when it was opened."""
        live = live_index(self.folder)
        try:
            yield
        except (IndexFault, sqlite3.DatabaseError):
            self._open = None
            if live:
                note_damage(self.folder, live)
            raise

    def _index(self) -> tuple[Catalogue, Finder]:
        """The live index; one that was switched away, or deleted and made anew under its name, is given back."""
        live = live_index(self.folder)
        if live is None:
            raise NotReady(self.folder)
        which = live, (live / FILE).stat().st_ino
        if self._open is None or self._open[0] != which:
            catalogue = Catalogue(live)
            if not catalogue.is_ours:
                catalogue.close()
                raise NotReady(self.folder)
            before, self._open = self._open, (which, catalogue, TantivyFinder(live / UNITS))
            if before:
                before[1].close()
        return self._open[1], self._open[2]

    def _instead(self, asked: Asked, wanted: Wanted, catalogue: Catalogue, finder: Finder, language: str) -> str:
        """The query with each word that nobody said replaced by the nearest that somebody did, if that finds."""
        q = asked.q
        for piece in asked.pieces:
            if piece.wanted and not piece.phrase:
                for word in words_in(piece.text, language):
                    near = finder.nearest(word.forms, wanted.languages)
                    if near:
                        q = q.replace(piece.text[word.start : word.end], near, 1)
        if q == asked.q:
            return ""
        other = read_fields({**dict(asked.given), "q": q})
        return q if finder.find(resolved(other, catalogue, language), 0, 1, counts=False).total else ""

    # ------------------------------------------------------------------ showing

    def _all_shown(self, keys: Sequence[int], wanted: Wanted, catalogue: Catalogue) -> tuple[Shown, ...]:
        known = catalogue.versions([opened(key)[1] for key in keys])
        found: list[Shown] = []
        for key in keys:
            with suppress(EditionError):  # of words that are not those of the record nothing is shown
                one = self._shown(key, known.get(opened(key)[1]), wanted)
                found += [one] if one else []
        return tuple(found)

    def _shown(self, key: int, known: Known | None, wanted: Wanted) -> Shown | None:
        day, _index, place = opened(key)
        content = _EDITIONS.content(self.record / "editions" / known.body) if known else None
        if (
            not known
            or not content
            or content["state"] == "removed"
            or not content.get("address")
            or not content.get("title")
        ):
            return None
        turns = content.get("turns", ())
        turn = turns[place - 1] if 0 < place <= len(turns) else None
        text = text_of(content, place)
        if not text:
            return None
        speaker = _speaker(content, turn)
        other = _beside(turns, place - 1) if turn else None
        language = content["language"]
        return Shown(
            path=f"/{content['address']}/",
            anchor=turn["id"] if turn else "",
            title=content["title"],
            day=day.isoformat(),
            language=language,
            kind=content.get("kind", ""),
            unit=turn["kind"] if turn else TITLE if place == 0 else "text",
            state=content["state"],
            speaker=speaker[0],
            role=speaker[1],
            words=_excerpt(text, language, wanted, EXCERPT_LETTERS),
            beside=() if other is None else _excerpt(text_of(content, other + 1), language, wanted, BESIDE_LETTERS),
            beside_unit=turns[other]["kind"] if other is not None else "",
            beside_speaker=_speaker(content, turns[other])[0] if other is not None else "",
            published_at=known.first_at,
            updated_at=known.at,
        )


class Editions:
    """Editions as they were read, for all who answer in a process; those that were asked for last, within a limit."""

    def __init__(self, limit_bytes: int) -> None:
        self.limit_bytes = limit_bytes
        self._kept: OrderedDict[tuple[Path, int, int], tuple[int, Mapping[str, Any]]] = OrderedDict()
        self.kept_bytes = 0
        self._lock = Lock()

    def content(self, file: Path) -> Mapping[str, Any] | None:
        """What an edition says now; None where it cannot be read. An erasure writes its file anew, under its name."""
        try:
            facts = file.stat()
            key = file, facts.st_mtime_ns, facts.st_ino
            with self._lock:
                if key in self._kept:
                    self._kept.move_to_end(key)
                    return self._kept[key][1]
            data = file.read_bytes()
            found = read_piecewise(data, file.name)
        except (OSError, EditionError):
            return None
        with self._lock:
            if key not in self._kept:
                self._kept[key] = len(data), found
                self.kept_bytes += len(data)
            while self.kept_bytes > self.limit_bytes:
                self.kept_bytes -= self._kept.popitem(last=False)[1][0]
        return found


_EDITIONS = Editions(EDITIONS_KEPT_BYTES)


def resolved(asked: Asked, catalogue: Catalogue, language: str) -> Wanted:
    """A query with its names looked up. `*` is every language; by itself it is the page's."""
    every = asked.language == "*"
    languages = catalogue.languages() if every else (asked.language or language,)
    speakers = catalogue.speakers(asked.speaker) if asked.speaker else ()
    return Wanted(
        clauses=tuple(clauses(asked.pieces, languages)),
        speakers=speakers,
        asked=speakers if asked.only == "question" else (),
        units=(asked.only,) if asked.only else (),
        kinds=(asked.kind,) if asked.kind else (),
        sections=catalogue.sections(asked.section) if asked.section else (),
        places=tuple(dict.fromkeys((asked.place, asked.place.lower()))) if asked.place else (),
        languages=() if every else languages,
        since=asked.since,
        until=asked.until,
        by_date=asked.order == "date",
    )


def clauses(pieces: Sequence[Piece], languages: Sequence[str]) -> list[Clause]:
    """The words of a query, as many as a query may have. Signs of a script without blanks stand in their order.

    A piece of several words that is not wanted ("-l'hiver") is a phrase: each of them alone is said everywhere.
    """
    found: list[Clause] = []
    words = pairs = 0
    for piece in pieces:
        terms: list[Term] = []
        runs: list[list[Term]] = []
        end = 0
        for at in words_in(piece.text, languages[0] if languages else "en"):
            word = piece.text[at.start : at.end]
            paired = not at.forms.stems and pair_of(word) == at.forms and is_paired(word)
            words, pairs = words + (not paired), pairs + paired
            if words > WORDS or pairs > PAIRS:
                break
            one = _term(word, paired, languages)
            terms.append(one)
            if paired and at.start < end:
                runs[-1].append(one)
            else:
                runs.append([one])
            end = at.end
        if terms and (piece.phrase or (not piece.wanted and len(runs) > 1)):
            found.append(Clause(_whole(terms), True, piece.wanted))
        else:
            found += [Clause(tuple(run), len(run) > 1, piece.wanted) for run in runs]
    return found


def _typed(clause: Clause) -> str:
    """The words of a clause, folded, as somebody would type them."""
    words = [term.forms[0].folded for term in clause.terms]
    if is_paired(words[0]):
        return words[0] + "".join(signs_in(word)[-1] for word in words[1:])
    return " ".join(words)


def _whole(terms: list[Term]) -> tuple[Term, ...]:
    """The words of a phrase without single signs at its ends, which in a text may be half of a word."""
    whole = [n for n, term in enumerate(terms) if not term.one_sign]
    return tuple(terms[whole[0] : whole[-1] + 1] if whole else terms)


def _term(word: str, paired: bool, languages: Sequence[str]) -> Term:
    if paired:
        return Term((pair_of(word),), one_sign=len(signs_in(word)) == 1)
    forms = (next(iter(words_in(word, language))).forms for language in languages or ("en",))
    return Term(tuple(dict.fromkeys(forms)))


def _excerpt(text: str, language: str, wanted: Wanted, letters: int) -> Marked:
    """So many letters of a text, with the words that were asked for marked."""
    return excerpt(marked(text, language, wanted, letters), letters, BEFORE_LETTERS)


def _speaker(content: Mapping[str, Any], turn: Mapping[str, Any] | None) -> tuple[str, str]:
    speakers = content.get("speakers", ())
    if turn is None:
        return "", ""
    if "speaker" in turn:
        one = speakers[turn["speaker"]]
        return one.get("name") or "", one.get("role") or ""
    return turn.get("questioner") or "", turn.get("outlet") or ""


def _beside(turns: Sequence[Mapping[str, Any]], place: int) -> int | None:
    """The place of the question to an answer, or of the first answer to a question."""
    if turns[place]["kind"] == "answer":
        return next((n for n in range(place - 1, -1, -1) if turns[n]["kind"] == "question"), None)
    after = place + 1
    if turns[place]["kind"] == "question" and after < len(turns) and turns[after]["kind"] == "answer":
        return after
    return None


def _speakers(counts: Counts, catalogue: Catalogue, language: str) -> list[tuple[str, str, int]]:
    """Counts by who is shown: persons who were found to be one are one."""
    found: dict[tuple[str, str], int] = {}
    for term, often in counts.speakers:
        named = catalogue.speaker_name(term, language)
        if named:
            found[named] = found.get(named, 0) + often
    return [(finds, name, often) for (finds, name), often in sorted(found.items(), key=lambda one: -one[1])]
