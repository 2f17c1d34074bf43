"""Answers: a query resolved, its hits found, and shown with their words marked and their exchange around them.

The words that are shown come from the editions' own files, as the record has them now: an index holds none that could
be shown. A hit whose edition lost its words since is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from communique.edition.edition import parse_edition
from communique.edition.errors import EditionError
from communique.search.asked import PAGE_HITS, PAIRS, WORDS, Asked, Piece
from communique.search.catalogue import Catalogue
from communique.search.engine import Clause, Counts, Finder, Hits, Term, Wanted
from communique.search.engine_tantivy import TantivyFinder
from communique.search.errors import SearchError
from communique.search.follower import UNITS, live_index
from communique.search.turns import TITLE, opened, text_of
from communique.search.words import WORD_LETTERS, forms_of, is_paired, pair_of, runs_in, signs_in, words_in

EXCERPT_LETTERS = 360
BEFORE_LETTERS = 90
BESIDE_LETTERS = 180
"""of the question to an answer, or the beginning of the answer to a question"""
EDITIONS_KEPT = 512

Marked = tuple[tuple[str, bool], ...]
"""a text in pieces: (words, whether they are what was asked for)"""

_BLANKS = re.compile(r"\s+")


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


class NotReady(SearchError):
    """There is no index yet."""

    def __init__(self, folder: Path) -> None:
        super().__init__("holds no index yet", str(folder), "start `communique serve`, whose worker makes one")


class Answering:
    """Answers queries from the live index in `folder` and the record's files in `record`; for one process."""

    def __init__(self, folder: Path, record: Path) -> None:
        self.folder = folder
        self.record = record
        self._open: tuple[Path, Catalogue, Finder] | None = None

    def answer(self, asked: Asked, language: str) -> Answer:
        """The answer on a page of `language`. Raises SearchError where there is no index that can be read."""
        catalogue, finder = self._index()
        wanted = resolved(asked, catalogue, language)
        first = (asked.page - 1) * PAGE_HITS
        hits = finder.find(wanted, first, PAGE_HITS) if asked.anything else Hits(0, ())
        instead = "" if hits.total else self._instead(asked, wanted, catalogue, finder, language)
        return Answer(
            asked=asked,
            total=hits.total,
            shown=tuple(one for one in (self._shown(key, wanted, catalogue) for key in hits.keys) if one),
            counts=hits.counts,
            speakers=tuple(_speakers(hits.counts, catalogue, language)),
            instead=instead,
        )

    def newest(self, asked: Asked, language: str, count: int) -> tuple[Shown, ...]:
        """The newest hits, for a feed."""
        catalogue, finder = self._index()
        wanted = replace(resolved(asked, catalogue, language), by_date=True)
        hits = finder.find(wanted, 0, count, counts=False) if asked.anything else Hits(0, ())
        return tuple(one for one in (self._shown(key, wanted, catalogue) for key in hits.keys) if one)

    def units(self, asked: Asked, language: str, count: int) -> list[tuple[str, int]]:
        """The first hits as (id of the language version, place of the unit in it), without their words."""
        catalogue, finder = self._index()
        hits = finder.find(resolved(asked, catalogue, language), 0, count, counts=False)
        return [(catalogue.id(index), place) for _day, index, place in map(opened, hits.keys)]

    def _index(self) -> tuple[Catalogue, Finder]:
        """The live index; one that was switched away is given back."""
        live = live_index(self.folder)
        if live is None:
            raise NotReady(self.folder)
        if self._open is None or self._open[0] != live:
            catalogue = Catalogue(live)
            before, self._open = self._open, (live, catalogue, TantivyFinder(live / UNITS))
            if before:
                before[1].close()
        return self._open[1], self._open[2]

    def _instead(self, asked: Asked, wanted: Wanted, catalogue: Catalogue, finder: Finder, language: str) -> str:
        """The query with each word that nobody said replaced by the nearest that somebody did, if that finds."""
        q = asked.q
        for piece in asked.pieces:
            if piece.wanted and not piece.phrase:
                for word in words_in(piece.text, language):
                    near = finder.nearest(word.forms)
                    if near:
                        q = q.replace(piece.text[word.start : word.end], near, 1)
        if q == asked.q:
            return ""
        other = replace(asked, q=q, pieces=_pieces_again(asked, q))
        return q if finder.find(resolved(other, catalogue, language), 0, 1, counts=False).total else ""

    # ------------------------------------------------------------------ showing

    def _shown(self, key: int, wanted: Wanted, catalogue: Catalogue) -> Shown | None:
        day, index, place = opened(key)
        body = catalogue.body(index)
        content = _content(self.record / "editions" / body) if body else None
        if not content or content["state"] == "removed" or not content.get("address") or not content.get("title"):
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
        )


def _content(file: Path) -> Mapping[str, Any] | None:
    """What an edition says now; None where it cannot be read."""
    try:
        facts = file.stat()
        return _read(file, facts.st_mtime_ns, facts.st_ino)
    except (OSError, EditionError):
        return None


@lru_cache(maxsize=EDITIONS_KEPT)
def _read(file: Path, _written_ns: int, _inode: int) -> Mapping[str, Any]:
    """The content of a file as it was written then: an erasure writes it anew. All who answer share it."""
    return parse_edition(file.read_bytes()).content


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


def _whole(terms: list[Term]) -> tuple[Term, ...]:
    """The words of a phrase without single signs at its ends, which in a text may be half of a word."""
    whole = [n for n, term in enumerate(terms) if not term.one_sign]
    return tuple(terms[whole[0] : whole[-1] + 1] if whole else terms)


def _term(word: str, paired: bool, languages: Sequence[str]) -> Term:
    if paired:
        return Term((pair_of(word),), one_sign=len(signs_in(word)) == 1)
    forms = (next(iter(words_in(word, language))).forms for language in languages or ("en",))
    return Term(tuple(dict.fromkeys(forms)))


def _pieces_again(asked: Asked, q: str) -> tuple[Piece, ...]:
    from_q = [one for one in asked.pieces if one.phrase or not one.wanted]
    return (*from_q, *(Piece(one) for one in q.split() if not one.startswith(("-", '"'))))


def marked(text: str, language: str, wanted: Wanted, letters: int | None = None) -> Marked:
    """A text with the words that were asked for; of phrases each of their words.

    `letters`: no more of them are looked for so far behind the first, where an excerpt has ended.
    """
    is_wanted = _looked_for(wanted.clauses, language)
    spans: list[list[int]] = []
    for start, end, word, is_pair in runs_in(text):
        if letters and spans and start >= spans[0][0] + letters:
            break
        if not is_wanted(word, is_pair):
            continue
        if spans and start <= spans[-1][1]:
            spans[-1][1] = end
        else:
            spans.append([start, end])
    found: list[tuple[str, bool]] = []
    end = 0
    for start, stop in spans:
        found += [(text[end:start], False), (text[start:stop], True)]
        end = stop
    return tuple(one for one in (*found, (text[end:], False)) if one[0])


@lru_cache(maxsize=32)
def _looked_for(clauses_: tuple[Clause, ...], language: str) -> Callable[[str, bool], bool]:
    """Tells of a word of a language, or of two paired signs, whether a query asks for it: twenty texts ask the same."""
    asked = [term for clause in clauses_ if clause.wanted for term in clause.terms]
    exact = {forms.folded for term in asked for forms in term.forms if not term.one_sign}
    signs = {forms.folded for term in asked for forms in term.forms if term.one_sign}
    loose = [term for clause in clauses_ if clause.wanted and not clause.phrase for term in clause.terms]
    stems = {stem for term in loose for forms in term.forms for stem in forms.stems}

    @lru_cache(maxsize=4096)
    def is_wanted(word: str, is_pair: bool) -> bool:
        forms = pair_of(word) if is_pair else forms_of(word[:WORD_LETTERS], language)
        one_is_there = any(sign in forms.folded for sign in signs)
        return one_is_there or forms.folded in exact or not stems.isdisjoint(forms.stems)

    return is_wanted


def excerpt(text: Marked, letters: int, before: int) -> Marked:
    """So many letters of a text around the first marked words, cut at blanks where there are any."""
    whole = "".join(words for words, _ in text)
    if len(whole) <= letters:
        return tuple((_BLANKS.sub(" ", words), hit) for words, hit in text)
    first, place = 0, 0
    for words, hit in text:
        if hit:
            first = place
            break
        place += len(words)
    start = max(0, min(first - before, len(whole) - letters))
    stop = min(len(whole), start + letters)
    if start:
        blank = whole.find(" ", start, first)
        start = blank + 1 if blank > 0 else start
    if stop < len(whole):
        blank = whole.rfind(" ", max(start, first), stop)
        stop = blank if blank > start + letters // 2 else stop
    found: list[tuple[str, bool]] = [("… ", False)] if start else []
    place = 0
    for words, hit in text:
        cut = words[max(0, start - place) : max(0, stop - place)]
        found += [(_BLANKS.sub(" ", cut), hit)] if cut else []
        place += len(words)
    return tuple([*found, (" …", False)] if stop < len(whole) else found)


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
