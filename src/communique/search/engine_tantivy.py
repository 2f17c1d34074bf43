"""The engine in the process: Tantivy, an index in a folder, read by memory map in any number of processes.

One document is one unit. Its words are given as `words.py` has them, joined by blanks, so that Tantivy only cuts at
these; what a word is stands in one place.

    words     folded, with positions: phrases, and words of languages without a stemmer
    stems     without positions
    typed     what folding changed, as it stands: preferred when somebody types it so
    key       orders and names the unit (`turns.py`); `version` names what is replaced together
    told      orders units by the entries of their editions
    the rest  exact terms; those that are counted are columns, too

Tantivy keeps the words of a deleted document in its files until segments are merged, and has no way to ask for that
from here. So `drop` takes units from all answers at once, and it is the follower that writes a new index, without them,
where words have to be gone from the bytes.

What a query costs is bounded by its words (`asked.py`), of which none expands to more than the terms of one sign, and
by how many units have them: `affordable` leaves out the dearest of what would be too much.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import tantivy
from tantivy import FieldType, Occur, Order, Query

from communique.search.engine import Clause, Counts, Hits, Term, Wanted
from communique.search.errors import IndexDamaged, IndexFault
from communique.search.turns import INDEX_BITS, PLACE_LIMIT, Indexed, Unit, key_of, opened, told_of
from communique.search.words import Forms, forms_in, is_paired

HEAP_BYTES = 15_000_000
"""for some messages; Tantivy's least"""
BUILD_HEAP_BYTES = 120_000_000

EXACT_BOOST = 0.5
TYPED_BOOST = 0.6
YEARS_COUNTED, SPEAKERS_COUNTED, LANGUAGES_COUNTED = 80, 12, 40
NEAR_PREFIX = 1
NEAR_CANDIDATES = 4_000
NEAR_ASKED = 40
"""so many of the nearest are asked for whether a language has them"""
NEAR_FROM_LETTERS = 4
EVERY_TERM = 10_000_000
WORK_POSTINGS = 8_000_000
"""so many units of all its words together a query may look at: some 90 ns each in a trial, so less than a second"""
PLACES_WORK = 4
"""a unit of a phrase costs as much as so many, as its places are read, too"""
TERMS = ("words", "stems", "typed", "speaker", "asked", "language", "unit", "kind", "section", "place")
PANIC = "PanicException"
"""what Tantivy raises where bytes of its files make no sense; no Exception"""
FAR_FROM_LETTERS = 8
"""from so many letters on, two may differ"""


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("stems", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("typed", tokenizer_name="whitespace", index_option="freq")
    builder.add_unsigned_field("key", fast=True)
    builder.add_unsigned_field("told", fast=True)
    builder.add_unsigned_field("version", indexed=True)
    builder.add_unsigned_field("year", fast=True)
    for name in ("speaker", "language"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in ("asked", "unit", "kind", "section", "place"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    return builder.build()


SCHEMA = _schema()


class TantivyWriter:
    """A Writer over the folder of an index, which is made where there is none."""

    def __init__(self, folder: Path, building: bool = False) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        try:
            self._index = tantivy.Index(SCHEMA, path=str(folder))
            heap = BUILD_HEAP_BYTES if building else HEAP_BYTES
            self._writer = self._index.writer(heap_size=heap, num_threads=1)
        except ValueError as error:
            raise _fault(folder, error) from error

    def put(self, version: Indexed) -> None:
        self.drop(version.index)
        for unit in version.units:
            self._writer.add_document(_document(version, unit))

    def drop(self, index: int) -> None:
        # By a query: of a number, the package's delete_documents_by_term makes a signed one, and deletes nothing.
        self._writer.delete_documents_by_query(Query.term_query(SCHEMA, "version", index, "basic"))

    def settle(self) -> None:
        try:
            self._writer.commit()
        except ValueError as error:
            raise IndexFault(self.folder, str(error)) from error

    def close(self, tidy: bool = False) -> None:
        """A merge that nobody waits for is given up, and begun again after another commit."""
        if tidy:
            self._writer.wait_merging_threads()
        del self._writer, self._index


def segments(folder: Path) -> int:
    """Of how many segments an index is made; 0 where there is none."""
    try:
        return len(json.loads((folder / "meta.json").read_text("utf-8"))["segments"])
    except (OSError, ValueError, KeyError):
        return 0


def _document(version: Indexed, unit: Unit) -> tantivy.Document:
    all_ = forms_in(unit.words, version.language)
    document = tantivy.Document()
    document.add_text("words", " ".join([forms.folded for forms in all_]))
    document.add_text("stems", " ".join([stem for forms in all_ for stem in forms.stems]))
    document.add_text("typed", " ".join([forms.typed for forms in all_ if forms.typed]))
    document.add_unsigned("key", unit.key)
    document.add_unsigned("told", told_of(version.entry, opened(unit.key)[2]))
    document.add_unsigned("version", version.index)
    document.add_unsigned("year", version.day.year)
    document.add_text("language", version.language)
    document.add_text("unit", unit.kind)
    document.add_text("kind", version.kind)
    document.add_text("section", version.section)
    for name, values in (("speaker", unit.speakers), ("asked", unit.asked), ("place", version.places)):
        for value in values:
            document.add_text(name, value)
    return document


class TantivyFinder:
    """A Finder over the folder of an index. Sees what was settled since when it is asked."""

    work_postings = WORK_POSTINGS

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._seen = -1
        self._files: dict[Path, tuple[int, int]] = {}
        with self._damage_known():
            self._index = tantivy.Index.open(str(folder))
            self._index.config_reader(reload_policy="manual", num_warmers=0)

    def find(self, wanted: Wanted, first: int, count: int, counts: bool = True) -> Hits:
        with self._damage_known():
            return self._find(wanted, first, count, counts)

    def _find(self, wanted: Wanted, first: int, count: int, counts: bool) -> Hits:
        searcher = self._searcher()
        query = _query(wanted)
        if wanted.by_entry:
            found = searcher.search(query, count, True, "told", first, Order.Desc)
            values = searcher.fast_field_values("key", [address for _told, address in found.hits])
            keys = [int(key) for key in values if key]
        elif wanted.by_date:
            found = searcher.search(query, count, True, "key", first, Order.Desc)
            keys = [int(value) for value, _address in found.hits]
        else:
            found = searcher.search(query, count, True, None, first)
            values = searcher.fast_field_values("key", [address for _score, address in found.hits])
            scored = [(round(score, 3), int(key)) for (score, _), key in zip(found.hits, values, strict=True) if key]
            keys = [key for _score, key in sorted(scored, reverse=True)]
        total: int = found.count  # type: ignore[attr-defined]  # which Tantivy's own stubs forgot
        return Hits(total, tuple(keys), _counts(searcher, query) if counts and total else Counts())

    def affordable(self, wanted: Wanted) -> tuple[Wanted, tuple[Clause, ...]]:
        with self._damage_known():
            searcher = self._searcher()
            costs = [_work(searcher, clause) for clause in wanted.clauses]
        if sum(costs) <= self.work_postings:
            return wanted, ()
        left, kept = self.work_postings, set[int]()
        for n in sorted(range(len(costs)), key=lambda n: (not wanted.clauses[n].wanted, costs[n])):
            if costs[n] <= left or not kept:  # one is always asked for
                kept.add(n)
                left -= costs[n]
        some = tuple(clause for n, clause in enumerate(wanted.clauses) if n in kept)
        others = tuple(clause for n, clause in enumerate(wanted.clauses) if n not in kept)
        return replace(wanted, clauses=some), others

    def contents(self) -> Iterator[tuple[str, int]]:
        """All that the index would find: each unit by its key, and of each term in how many units it stands.

        What was taken out and is not yet merged away is not counted. Raises IndexDamaged.
        """
        with self._damage_known():
            yield from list(self._contents())

    def _contents(self) -> Iterator[tuple[str, int]]:
        searcher = self._searcher()
        number = searcher.num_docs or 1
        for name in ("key", "told"):
            yield from (
                (f"{name} {value}", 1) for value, _ in searcher.search(Query.all_query(), number, True, name).hits
            )
        for field in TERMS:
            for term, _often in searcher.terms_with_prefix(field, "", limit=EVERY_TERM):
                found = searcher.search(Query.term_query(SCHEMA, field, term, "basic"), 1, True)
                if count := found.count:  # type: ignore[attr-defined]
                    yield f"{field} {term}", count

    def nearest(self, forms: Forms, languages: tuple[str, ...]) -> str | None:
        with self._damage_known():
            return self._nearest(forms, languages)

    def _nearest(self, forms: Forms, languages: tuple[str, ...]) -> str | None:
        searcher = self._searcher()
        if len(forms.folded) < NEAR_FROM_LETTERS or _often(searcher, forms.folded, languages):
            return None
        limit = 2 if len(forms.folded) >= FAR_FROM_LETTERS else 1
        found: list[tuple[int, int, str]] = []
        for term, often in searcher.terms_with_prefix("words", forms.folded[:NEAR_PREFIX], limit=NEAR_CANDIDATES):
            if _may_be_meant(term) and abs(len(term) - len(forms.folded)) <= limit:
                far = distance(forms.folded, term, limit)
                if far <= limit:
                    found.append((far, -often, term))
        near = ((far, -_often(searcher, term, languages), term) for far, _, term in sorted(found)[:NEAR_ASKED])
        return next((term for _, often, term in sorted(near) if often), None)

    def _searcher(self) -> tantivy.Searcher:
        """What was settled last. Raises IndexDamaged where a file is another one than when it was opened: to read on in
        a mapped file that was cut off would end the process."""
        with self._lock:
            seen = (self.folder / "meta.json").stat().st_mtime_ns
            if seen != self._seen:
                self._index.reload()
                self._files = dict(_states(self.folder))
                self._seen = seen
            for file, state in self._files.items():
                with suppress(FileNotFoundError):  # merged away; what was mapped stays
                    if _state_of(file) != state:
                        raise IndexDamaged(self.folder, f"{file.name} has changed")
            return self._index.searcher()

    @contextmanager
    def _damage_known(self) -> Iterator[None]:
        """What goes wrong inside is said as a fault of the index; Tantivy's panics, too, which are no Exceptions."""
        try:
            yield
        except ValueError as error:
            raise _fault(self.folder, error) from error
        except OSError as error:
            raise IndexFault(self.folder, str(error)) from error
        except BaseException as error:
            if type(error).__name__ != PANIC:
                raise
            raise IndexDamaged(self.folder, "its files make no sense") from error


def _work(searcher: tantivy.Searcher, clause: Clause) -> int:
    """How many units have the words of a clause, each word counted; of one sign all, as every term is looked at."""
    found = 0
    for term in clause.terms:
        if term.one_sign:
            found += int(searcher.num_docs)
            continue
        said = {("words", forms.folded) for forms in term.forms} | {("typed", forms.typed) for forms in term.forms}
        stems = set() if clause.phrase else {("stems", stem) for forms in term.forms for stem in forms.stems}
        found += sum(int(searcher.doc_freq(field, word)) for field, word in said | stems if word)
    return found * PLACES_WORK if clause.phrase else found


def _may_be_meant(term: str) -> bool:
    """Whether a mistyped word may mean this one; browsers, which know the commonest words alone, have the same rule."""
    return len(term) >= NEAR_FROM_LETTERS and term.isalpha() and not is_paired(term)


def _states(folder: Path) -> Iterator[tuple[Path, tuple[int, int]]]:
    """Size and time of the files of all segments, which never change; of deletions, which come and go, there are none.

    Raises ValueError where meta.json makes no sense.
    """
    segments_ = json.loads((folder / "meta.json").read_bytes())["segments"]
    for name in (one["segment_id"].replace("-", "") for one in segments_):
        for file in folder.glob(f"{name}.*"):
            if file.suffix != ".del":
                with suppress(FileNotFoundError):
                    yield file, _state_of(file)


def _state_of(file: Path) -> tuple[int, int]:
    facts = file.stat()
    return facts.st_size, facts.st_mtime_ns


def _often(searcher: tantivy.Searcher, word: str, languages: tuple[str, ...]) -> int:
    """In how many units of these languages, or of any, a word stands."""
    said, only = Query.term_query(SCHEMA, "words", word, "basic"), _one_of("language", languages)
    query = Query.boolean_query([(Occur.Must, said), (Occur.Must, only)]) if only else said
    return int(searcher.search(query, 1, True).count)  # type: ignore[attr-defined]  # as above


def _fault(folder: Path, error: ValueError) -> IndexFault:
    """What Tantivy says of the machine is a fault; what it says of its files is damage.

    Of a file that is cut off or overwritten it speaks as of an input error, too, and quotes a damaged meta.json whole.
    """
    if re.search(r"corrupt|UnexpectedEof|InvalidData|FileDoesNotExist", str(error)):
        return IndexDamaged(folder, str(error))
    outside = re.search(r"lock|permission|space|IO ?Error|os error", str(error), re.IGNORECASE)
    return (IndexFault if outside else IndexDamaged)(folder, str(error))


def _counts(searcher: tantivy.Searcher, query: Query) -> Counts:
    def terms(field: str, size: int) -> dict[str, Any]:
        return {"terms": {"field": field, "size": size}}

    asked = {
        "years": terms("year", YEARS_COUNTED),
        "speakers": terms("speaker", SPEAKERS_COUNTED),
        "languages": terms("language", LANGUAGES_COUNTED),
    }
    found = searcher.aggregate(query, asked)
    said = {name: [(one["key"], int(one["doc_count"])) for one in found[name]["buckets"]] for name in asked}
    most_first = {name: sorted(said[name], key=lambda one: (-one[1], one[0])) for name in ("speakers", "languages")}
    return Counts(
        tuple(sorted(((int(year), often) for year, often in said["years"]), reverse=True)),
        tuple((str(one), often) for one, often in most_first["speakers"]),
        tuple((str(one), often) for one, often in most_first["languages"]),
    )


def _query(wanted: Wanted) -> Query:
    musts: list[tuple[Occur, Query]] = []
    for clause in wanted.clauses:
        if clause.wanted:
            musts.append((Occur.Must, _clause(clause)))
            musts += [(Occur.Should, one) for term in clause.terms for one in _preferred(term) if not clause.phrase]
        else:
            musts.append((Occur.MustNot, _clause(clause)))
    filters = list(_filters(wanted))
    if not any(clause.wanted for clause in wanted.clauses) and not filters:
        filters = [Query.all_query()]
    musts += [(Occur.Must, Query.const_score_query(one, 0.0)) for one in filters]
    return Query.boolean_query(musts)


def _filters(wanted: Wanted) -> Iterator[Query]:
    said = _one_of("speaker", wanted.speakers)
    asked = _one_of("asked", wanted.asked)
    if said:
        yield Query.boolean_query([(Occur.Should, said), (Occur.Should, asked)]) if asked else said
    chosen = (
        ("unit", wanted.units),
        ("kind", wanted.kinds),
        ("section", wanted.sections),
        ("place", wanted.places),
        ("language", wanted.languages),
    )
    yield from filter(None, (_one_of(field, values) for field, values in chosen))
    if wanted.since or wanted.until:
        lower = key_of(wanted.since, 0, PLACE_LIMIT) if wanted.since else None
        upper = key_of(wanted.until, (1 << INDEX_BITS) - 1, 0) if wanted.until else None
        yield Query.range_query(SCHEMA, "key", FieldType.Unsigned, lower, upper)


def _one_of(field: str, values: tuple[str, ...]) -> Query | None:
    if len(values) == 1:
        return Query.term_query(SCHEMA, field, values[0], "basic")
    return Query.term_set_query(SCHEMA, field, list(values)) if values else None


def _clause(clause: Clause) -> Query:
    if clause.phrase:
        words = [term.forms[0].folded for term in clause.terms]
        if len(words) > 1:
            return Query.phrase_query(SCHEMA, "words", words)  # type: ignore[arg-type]
    parts = [(Occur.Must, _term(term, exact=clause.phrase)) for term in clause.terms]
    return parts[0][1] if len(parts) == 1 else Query.boolean_query(parts)


def _term(term: Term, exact: bool) -> Query:
    folded = list(dict.fromkeys(forms.folded for forms in term.forms))
    if term.one_sign:
        sign = re.escape(folded[0])
        return Query.const_score_query(Query.regex_query(SCHEMA, "words", f"{sign}.?|.{sign}"), 1.0)
    stems = [] if exact else list(dict.fromkeys(stem for forms in term.forms for stem in forms.stems))
    parts = [Query.term_query(SCHEMA, "stems", stem, "freq") for stem in stems]
    exactly = [Query.term_query(SCHEMA, "words", one, "freq") for one in folded]
    parts += [Query.boost_query(one, EXACT_BOOST) if stems else one for one in exactly]
    return parts[0] if len(parts) == 1 else Query.boolean_query([(Occur.Should, one) for one in parts])


def _preferred(term: Term) -> Iterator[Query]:
    for typed in dict.fromkeys(forms.typed for forms in term.forms if forms.typed):
        yield Query.boost_query(Query.term_query(SCHEMA, "typed", typed, "freq"), TYPED_BOOST)


def distance(one: str, other: str, limit: int) -> int:
    """How many letters differ, are missing, too many or exchanged with their neighbour; above `limit`, some more."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        now = [row]
        for column, sign in enumerate(other, 1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (letter != sign))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == sign:
                cost = min(cost, before[column - 2] + 1)
            now.append(cost)
        if min(now) > limit:
            return limit + 1
        before, last = last, now
    return last[-1]
