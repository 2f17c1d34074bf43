"""The sentence around quoted words, where they are a part of one: whoever reads the part reads the whole beside it.

    part_of("Will we go to war? We shall see.", ((5, 17),))   ->  Part(0, 18, True)
    part_of("Will we go to war? We shall see.", ((0, 17),))   ->  None

No list of words knows all that turns a meaning round: a question, a condition, somebody else's opinion, a negation some
words away. So a quotation that leaves words out of a sentence, at its ends or where it says `[…]`, is always called a
part, with its sentences shown whole, and a part of a question where such a sentence asks. Signs that are no words may
be left out.

A sentence ends at a full stop, a mark of question or exclamation, an ellipsis, each with a blank behind it, at a danda,
at the full-width ones, at the Greek question mark, at the end of a line. It goes on where the next word has a small
letter, behind the full stop of one letter, of a number of two digits (`U.S. Navy`, `am 2. April`) or of a title before
a name (`Gen. Kord`), and within quotation marks, where somebody else may be speaking: so a sentence is rather taken too
long than too short.

`press/assets/quotes.js` does the same in a browser; the tests hold one against the other.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from communique.edition.quoted import Span, is_word

_ENDS = re.compile("[.!?…؟।;\u037e]+['\"’”“»«)\\]]*(?=[ \u00a0\u202f\n]|$)|[。！？]+['\"’”»」』）]*|\n")
_QUESTIONS = "?؟？\u037e"
_SHORT = 2
"""digits of a number that a full stop makes an ordinal"""
_SHORTENED_WORDS = (
    "mr mrs ms mx dr prof gen col lt sgt capt maj adm cmdr rev hon st ste sr sra srta dra sen rep gov pres amb messrs "
    "mme mlle mgr hr fr hrn ing lic exmo exma sig dott avv ks płk inż проф акад ген полк им св гг ул δρ κα vs ca cf "
    "approx"
)
_SHORTENED = frozenset(_SHORTENED_WORDS.split())
"""words written short before a name"""
_MARKS = re.compile(r'[“”„«»「」『』]|(?<![^\W_])"|"(?![^\W_])|\n')
"""each opens a quotation or closes one, whatever a language does with it; but not the one inside of a Hebrew word"""


@dataclass(frozen=True)
class Part:
    """From where to where the sentences go of which words are a part, and whether what was cut asks."""

    first: int
    last: int
    is_question: bool

    @property
    def name(self) -> str:
        """What they are a part of."""
        return "question" if self.is_question else "sentence"


def part_of(text: str, spans: Sequence[Span]) -> Part | None:
    """The sentences of which the words at these places are a part; None where they are whole ones."""
    ends = [0, *_ends(text), len(text)]
    touched = [one for one in pairwise(ends) if any(_has_word(text, *_common(one, span)) for span in spans)]
    cut = [one for one in touched if any(_has_word(text, *gap) for gap in _gaps(one, spans))]
    if not cut:
        return None
    asks = any(_asks(text[max(start, spans[0][0]) : _end_of(text, min(end, spans[-1][1]))]) for start, end in cut)
    return Part(touched[0][0], touched[-1][1], asks)


def _common(one: Span, other: Span) -> Span:
    return max(one[0], other[0]), min(one[1], other[1])


def _gaps(sentence: Span, spans: Sequence[Span]) -> Iterator[Span]:
    """What of a sentence is in none of the spans."""
    at = sentence[0]
    for first, last in spans:
        yield at, min(first, sentence[1])
        at = max(at, last)
    yield at, sentence[1]


def _has_word(text: str, first: int, last: int) -> bool:
    return any(map(is_word, text[first:last]))


def _ends(text: str) -> list[int]:
    """Where the sentences of a text end, those within quotation marks with the sentence around them."""
    within = _within(text)
    return [end for end in _all_ends(text) if not within(end)]


def _end_of(text: str, at: int) -> int:
    """Where the sentence ends that has the place before this one, also within quotation marks."""
    return next((end for end in _all_ends(text) if end >= at), len(text))


def _all_ends(text: str) -> Iterator[int]:
    for match in _ENDS.finditer(text):
        if not _goes_on(text, match.start(), match.end()):
            yield match.end()


def _within(text: str) -> Callable[[int], bool]:
    """Says of a place whether a quotation that began on its line is open there."""
    places, opened = [0], [False]
    for match in _MARKS.finditer(text):
        places.append(match.end())
        opened.append(match[0] != "\n" and not opened[-1])
    return lambda at: opened[bisect_right(places, at) - 1]


def _goes_on(text: str, stop: int, end: int) -> bool:
    """Whether a sign that may end a sentence does not."""
    sign = text[stop]
    if sign in "\n。！？":
        return False
    if sign == ";":
        return not _is_greek(text[stop - 1 : stop])
    following = next((one for one in text[end:] if is_word(one)), "")
    if following and unicodedata.category(following) == "Ll":
        return True
    at = stop
    while at and text[at - 1].isalnum():
        at -= 1
    word = text[at:stop]
    if sign != ".":
        return False
    return len(word) <= _SHORT if word.isdigit() else len(word) == 1 or word.casefold() in _SHORTENED


def _asks(text: str) -> bool:
    return any(
        sign in _QUESTIONS or (sign == ";" and _is_greek(text[max(at - 1, 0) : at])) for at, sign in enumerate(text)
    )


def _is_greek(sign: str) -> bool:
    return "\u0370" <= sign <= "\u03ff" or "\u1f00" <= sign <= "\u1fff"
