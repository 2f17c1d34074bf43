"""A text as it is shown to who searches: with the words that were asked for marked, cut to a window around the first.

Looked for is only as much as the window can show. Twenty texts of a page are asked for the same words, and most words
stand in several of them: what a word is, is found out once for a query and a language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from communique.search.engine import Clause, Wanted
from communique.search.words import WORD_LETTERS, forms_of, pair_of, runs_in, unpaired_runs_in

QUERIES_KEPT = 32

Marked = tuple[tuple[str, bool], ...]
"""a text in pieces: (words, whether they are what was asked for)"""

_BLANKS = re.compile(r"\s+")


def marked(text: str, language: str, wanted: Wanted, letters: int | None = None) -> Marked:
    """A text with the words that were asked for; of phrases each of their words.

    `letters`: no more of them are looked for so far behind the first, where an excerpt has ended.
    """
    spans: list[list[int]] = []
    for start, end in _looked_for(wanted.clauses, language).places(text):
        if letters and spans and start >= spans[0][0] + letters:
            break
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


class _Known(dict[str, bool]):
    """Word -> whether a query asks for it; learnt as they are met."""

    def __init__(self, clauses: tuple[Clause, ...], language: str, paired: bool) -> None:
        asked = [term for clause in clauses if clause.wanted for term in clause.terms]
        loose = [term for clause in clauses if clause.wanted and not clause.phrase for term in clause.terms]
        self.exact = {forms.folded for term in asked for forms in term.forms if not term.one_sign}
        self.signs = {forms.folded for term in asked for forms in term.forms if term.one_sign}
        self.stems = {stem for term in loose for forms in term.forms for stem in forms.stems}
        self.language = language
        self.paired = paired

    def __missing__(self, word: str) -> bool:
        forms = pair_of(word) if self.paired else forms_of(word[:WORD_LETTERS], self.language)
        found = forms.folded in self.exact or not self.stems.isdisjoint(forms.stems)
        self[word] = found = found or any(sign in forms.folded for sign in self.signs)
        return found


class _LookedFor:
    """What a query asks for, in texts of a language."""

    def __init__(self, clauses: tuple[Clause, ...], language: str) -> None:
        self.words = _Known(clauses, language, paired=False)
        self.pairs = _Known(clauses, language, paired=True)

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """Where its words stand, in order."""
        words = unpaired_runs_in(text)
        if words is None:
            pairs, others = self.pairs, self.words
            for start, end, word, is_pair in runs_in(text):
                if (pairs if is_pair else others)[word]:
                    yield start, end
            return
        known = self.words
        if any([known[word] for word in set(words)]):  # most of a page's texts beside hits have none of them
            for start, end, word, _ in runs_in(text):
                if known[word]:
                    yield start, end


@lru_cache(maxsize=QUERIES_KEPT)
def _looked_for(clauses: tuple[Clause, ...], language: str) -> _LookedFor:
    return _LookedFor(clauses, language)


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
