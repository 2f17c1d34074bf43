"""Two days in one head: the one beside a place tells where and when it was said, the other when it was published.

    Lisbon, Tuesday, 3 March 2026      place and day: of what the message reports
    Published on 4 March 2026          the message's own day, by its label
    4 March 2026                       or by being alone where another day has its place

A place is a few words with capitals (in scripts without them, two or three), apart from the day by a comma or a break;
a form of message, an office or a label of days is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from communique.importing.dates import PrintedDate
from communique.importing.words import (
    AFTERWORDS,
    DAY_LABELS,
    ENDS_A_SENTENCE,
    FORMS,
    ISSUERS,
    OCCASIONS,
    PARTICLES,
    PUBLICATIONS,
    ROLES,
    folded,
    has_any,
)

_LIMIT_PLACE = 60
_MOST_WORDS = 6
_MOST_WORDS_UNCASED = 3
_TIME = re.compile(r"^\W*\d{1,2}(?:[:.]|h\s?)\d\d(?:[:.]\d\d)?(?:\s?[ap]\.?m\b\.?)?(?!\w)", re.I)
_PREPOSITION = re.compile(r"^(?:[^\W\d_]+\s){0,2}(?:at|in|à|au|aux|en|em|im|w|v|в|у)\s+(?=[^\W\d_])")
""" "Held at …", "Prononcé à …" """
_BEFORE_THE_DAY = re.compile(r"[,،、;(（–—-]\s*(?:[^\W\d_]{1,3}\s*)?$")
""" ", on", ", le", a comma alone """
_BEHIND_THE_DAY = re.compile(r"^\s*[,،、;(（–—|-]\s*")
_LAST_WORDS = re.compile(r"\s+[–—|·-]\s+|[,;]\s+")
""" "by the press office — published" """
_SIGNS = " \u00a0,،、.;:()（）|–—-"
_NO_PLACES = (FORMS, ISSUERS, ROLES, AFTERWORDS, DAY_LABELS, PUBLICATIONS, OCCASIONS)


@dataclass(frozen=True)
class PlacedDay:
    """Where and when something was, and what, where a line over them says it; the day as printed."""

    place: str
    printed: PrintedDate
    occasion: str | None = None

    @property
    def on(self) -> date | None:
        return self.printed.day


def is_of_publication(text: str, printed: PrintedDate, above: str = "") -> bool:
    """Whether a label before a day, or in the line or cell above it, says that it is the day of publication."""
    known = folded(text[: printed.start])
    if not known:
        return folded(above) in PUBLICATIONS
    last = _LAST_WORDS.split(known)[-1]
    begins = any(known.startswith(label) and not known[len(label) : len(label) + 1].isalpha() for label in PUBLICATIONS)
    return begins or last in PUBLICATIONS


def place_beside(text: str, printed: PrintedDate) -> str | None:
    """The place before a day in its line, or behind it; None where neither side is one."""
    before, after = text[: printed.start], _TIME.sub("", text[printed.end :])
    if before.strip() and not is_of_publication(text, printed):
        if after.strip(_SIGNS) or not _BEFORE_THE_DAY.search(before):
            return None
        return place_in(_BEFORE_THE_DAY.sub("", before))
    behind = _BEHIND_THE_DAY.match(after)
    return place_in(after[behind.end() :]) if behind else None


def place_in(words: str) -> str | None:
    """Words that are a place by their shape, without "Held at" before them."""
    words = _PREPOSITION.sub("", words.strip(_SIGNS)).strip(_SIGNS)
    parts = words.split()
    if not parts or len(words) > _LIMIT_PLACE or any(c.isdecimal() or c in ":：" for c in words):
        return None
    known = folded(words)
    if any(known in table for table in _NO_PLACES) or has_any(words, FORMS | ISSUERS | ROLES | PUBLICATIONS):
        return None
    if ENDS_A_SENTENCE.search(words) or len(known) < 2:
        return None
    if not any(c.isupper() or c.islower() for c in words):
        return words if len(parts) <= _MOST_WORDS_UNCASED else None
    named = all(part[0].isupper() or not part[0].isalpha() or folded(part) in PARTICLES for part in parts)
    return words if named and len(parts) <= _MOST_WORDS and words[0].isupper() else None
