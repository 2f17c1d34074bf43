"""Words of a text, as they are searched: what a word is, what it is compared by, which forms of it are one.

    words_in("The ferries, Économie", "en")

    as it stands   shown       typed       folded      stems
    The            the         –           the         the
    ferries        ferries     –           ferries     ferri
    Économie       économie    économie    economie    économi → economi

A word is letters, digits and the marks on them, in any script. Where a script sets no blanks between words (Chinese,
Japanese, Korean with its particles, Thai, Lao, Khmer, Burmese) each two neighbouring signs are a word, so that every
word of two signs or more is found, whatever stands beside it; their digits are digits. What nobody sees divides no
word: soft hyphens, joiners, what chooses a variant of a sign, and between paired signs every width of nothing. A voiced
kana of half width is one sign.

    shown     in lower case, Unicode NFC; Turkish and Azeri have their own lower case of I
    typed     the same, where it has marks or letters that folding takes; it is preferred when somebody types it so
    folded    without marks (Latin, Greek, Cyrillic, Arabic, Hebrew), ligatures and other letters taken apart, one form
              of alif, yā and kāf, digits of every script as 0 to 9. Signs that carry a sound in Indic scripts stay
    stems     what the Snowball stemmer of the language leaves of it, folded, and what it leaves of that, until nothing
              more goes: of a word that by itself looks inflected it takes more than of its inflected form ("паром"
              to "пар", "паромы" to "паром"). Also of the folded word, so that somebody who types no accents finds
              the same. Where a language has no stemmer, and in pairs of signs: none

No word is left out: "to be or not to be" is six words. What folding takes whole, such as a lone tatweel, is none.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from operator import add
from threading import Lock
from typing import Any, NamedTuple

import Stemmer

from communique.edition.language import stemmer_of

WORD_LETTERS = 64
"""A longer word is compared by its first letters."""
CACHED_WORDS = 400_000

_PAIRED = (
    "\u0e00-\u0e4f\u0e5a-\u0ecf\u0eda-\u0eff\u1000-\u103f\u104a-\u108f\u109a-\u109f\u1100-\u11ff"
    "\u1780-\u17df\u17ea-\u17ff\u3005-\u3007\u3041-\u30ff\u3130-\u318f\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc\U00020000-\U0003ffff"
)
"""signs of scripts without blanks between words, Hangul among them; without their digits"""
UNSEEN = "\u00ad\u200d\u2060"
"""what nobody sees within a word"""
_VARIANTS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
"""what chooses how a sign is drawn, as in Japanese names"""
_OF_SIGN = f"{UNSEEN}{_VARIANTS}\u200b\u200c\uff9e\uff9f"
"""what belongs to the paired sign before it: what nobody sees, and the voiced marks of half width"""


def _marks() -> str:
    """All marks (Mn, Mc) as ranges of a pattern."""
    found: list[list[int]] = []
    for code in range(0x300, sys.maxunicode if sys.maxunicode < 0x1F000 else 0x1F000):
        if unicodedata.category(chr(code)) in ("Mn", "Mc"):
            if found and found[-1][1] == code - 1:
                found[-1][1] = code
            else:
                found.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in found)


_IN_WORD = f"{_marks()}{UNSEEN}{_VARIANTS}"
_RUN = re.compile(
    rf"(?P<paired>(?:[{_PAIRED}][{_OF_SIGN}]*)+)|(?:(?![{_PAIRED}])[^\W_])(?:(?![{_PAIRED}])(?:[^\W_]|[{_IN_WORD}]))*"
)
_SIGN = re.compile(f"[{_PAIRED}]")
_WHOLE_SIGN = re.compile(f"[{_PAIRED}][{_OF_SIGN}]*")
_MORE_OF_SIGN = re.compile(f"[{_OF_SIGN}]")
_NOT_SEEN = dict.fromkeys((*map(ord, f"{UNSEEN}\u200b\u200c"), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))
_UNPAIRED_RUN = re.compile(rf"[^\W_]+(?:[{_IN_WORD}]+[^\W_]*)*")
"""finds what _RUN does in a text without paired signs, several times as fast"""
_FOLDED_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]")
_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ħ": "h",
        "ı": "i",
        "ĸ": "k",
        "ŋ": "n",
        "ŧ": "t",
        "ς": "σ",
        "ٱ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ک": "ك",
        "ة": "ه",
        "ہ": "ه",
        "ھ": "ه",
    }
)


@dataclass(frozen=True, slots=True)
class Forms:
    """What a word is compared by; see above. `typed` is "" where nothing was folded away."""

    folded: str
    stems: tuple[str, ...] = ()
    typed: str = ""


class Word(NamedTuple):
    """A word in its text, from code point `start` up to `end`."""

    start: int
    end: int
    forms: Forms


def words_in(text: str, language: str) -> Iterator[Word]:
    """The words of a text, in order. Words of paired signs overlap."""
    for start, end, word, is_pair in runs_in(text):
        forms = pair_of(word) if is_pair else forms_of(word[:WORD_LETTERS], language)
        if forms.folded:
            yield Word(start, end, forms)


def runs_in(text: str) -> Iterator[tuple[int, int, str, bool]]:
    """The same words as they stand: where from, up to where, their signs, and whether these are paired."""
    if not _has_paired(text):
        for run in _UNPAIRED_RUN.finditer(text):
            yield run.start(), run.end(), run[0], False
        return
    for run in _RUN.finditer(text):
        if run.lastgroup is None:
            yield run.start(), run.end(), run[0], False
            continue
        signs, start = signs_in(run[0]), run.start()
        if len(signs) == 1:
            yield start, run.end(), run[0], True
        for one, other in pairwise(signs):
            yield start, start + len(one) + len(other), one + other, True
            start += len(one)


def unpaired_runs_in(text: str) -> list[str] | None:
    """The words as they stand of a text without paired signs; None of one that has some."""
    return None if _has_paired(text) else _UNPAIRED_RUN.findall(text)


def forms_in(text: str, language: str) -> list[Forms]:
    """The forms of the words of a text, in order: all of `words_in` that an index of whole texts needs."""
    if not _has_paired(text):
        all_ = [forms_of(word[:WORD_LETTERS], language) for word in _UNPAIRED_RUN.findall(text)]
        return [forms for forms in all_ if forms.folded]
    found: list[Forms] = []
    for run in _RUN.finditer(text):
        if run.lastgroup is None:
            found.append(forms_of(run[0][:WORD_LETTERS], language))
        elif len(signs := signs_in(run[0])) == 1:
            found.append(pair_of(run[0]))
        else:
            found += map(pair_of, map(add, signs, signs[1:]))
    return [forms for forms in found if forms.folded]


@lru_cache(maxsize=CACHED_WORDS)
def forms_of(word: str, language: str) -> Forms:
    """The forms of one word of a language."""
    shown = _lower(word, language)
    bare = folded(shown).replace(" ", "")  # some marks that stand by themselves are a blank with a mark, to Unicode
    algorithm = stemmer_of(language)
    left = [stem for one in dict.fromkeys((shown, bare)) for stem in _left(one, algorithm)] if algorithm else []
    stems = tuple(dict.fromkeys(folded(stem) or bare for stem in left))
    return Forms(bare, stems, "" if bare == shown else shown)


@lru_cache(maxsize=CACHED_WORDS)
def pair_of(signs: str) -> Forms:
    """The form of two signs of a script without blanks."""
    return Forms(unicodedata.normalize("NFKC", signs.translate(_NOT_SEEN)).lower().translate(_DIGITS))


def folded(text: str) -> str:
    """Text in lower case without what is folded away."""
    if text.isascii():
        return text
    bare = _FOLDED_MARKS.sub("", unicodedata.normalize("NFKD", text).translate(_LETTERS))
    return unicodedata.normalize("NFC", bare).translate(_DIGITS)


def signs_in(run: str) -> Sequence[str]:
    """The signs of a run of a script without blanks, each with what belongs to it."""
    return _WHOLE_SIGN.findall(run) if _MORE_OF_SIGN.search(run) else run


def is_paired(sign: str) -> bool:
    """Whether a sign is of a script without blanks, where each two neighbouring signs are a word."""
    return _SIGN.match(sign) is not None


def _lower(word: str, language: str) -> str:
    word = word.translate(_NOT_SEEN)
    if language.split("-")[0] in ("tr", "az"):
        word = word.replace("I", "ı").replace("İ", "i")
    return unicodedata.normalize("NFC", word).lower()


def _left(word: str, algorithm: str) -> list[str]:
    """What the stemmer leaves of a word, and of that, until nothing more goes."""
    found: list[str] = []
    with _STEMMING:
        while (word := _stemmer(algorithm).stemWord(word)) not in found:
            found.append(word)
    return found


_STEMMING = Lock()
"""A stemmer has the word in itself while it works, and the jobs of a worker, threads each, have the same one."""


@lru_cache(maxsize=64)
def _stemmer(algorithm: str) -> Any:
    return Stemmer.Stemmer(algorithm)


def _has_paired(text: str) -> bool:
    return not text.isascii() and _SIGN.search(text) is not None


class _Digits(dict[int, int]):
    """Code point -> that of its digit 0 to 9; learnt as they are met."""

    def __missing__(self, code: int) -> int:
        digit = unicodedata.decimal(chr(code), None)
        self[code] = found = code if digit is None else 0x30 + int(digit)
        return found


_DIGITS = _Digits()
