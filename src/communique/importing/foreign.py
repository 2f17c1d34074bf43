"""Words of another language inside a text, where their page says so (`<span lang="fr">`), as marks of an edition.

Kept are runs inside a paragraph. Word processors say a language of everything, often a wrong one, and templates one of
whole blocks: what covers a paragraph says nothing, and neither does the language of the text itself. Of languages one
inside the other the innermost holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from babel import Locale

from communique.edition.language import base
from communique.edition.shape import TAG

LIMIT_RUNS = 500
"""of one paragraph; no more are kept, as each is held against all others"""
_VARIES = ("und", "mul", "zxx", "mis", "root")


@dataclass(frozen=True)
class Foreign:
    """Words from `start` to `end` of a text, in code points, in another language: its tag (BCP 47)."""

    start: int
    end: int
    language: str


@lru_cache(maxsize=256)
def tag_of(written: str | None) -> str | None:
    """A tag as pages write it ("FR-fr", "zh_hant"), in its usual letters; None where it names no known language."""
    first, *rest = (written or "").strip().replace("_", "-").split("-")
    language = first.lower()
    tag = "-".join([language, *map(_usual, rest)])
    known = language in Locale("en").languages and language not in _VARIES
    return tag if known and re.fullmatch(TAG.pattern, tag) else None


def _usual(part: str) -> str:
    """The letters of a script, a region, or another part of a tag."""
    return part.title() if len(part) == 4 and part.isalpha() else part.upper() if len(part) == 2 else part.lower()


def other_languages(text: str, runs: Iterable[Foreign], language: str) -> list[Foreign]:
    """Of runs in a paragraph, inner ones first, those in another language than its own, none over another."""
    found: list[Foreign] = []
    whole = len(text.split())
    for run in islice(runs, LIMIT_RUNS):
        if len(text[run.start : run.end].split()) == whole and not text[: run.start].strip():
            continue
        found += [Foreign(start, end, run.language) for start, end in _beside(run, found) if text[start:end].strip()]
    return sorted((one for one in found if base(one.language) != base(language)), key=lambda one: one.start)


def _beside(run: Foreign, taken: Sequence[Foreign]) -> list[tuple[int, int]]:
    """The stretches of a run that no other holds."""
    found, at = [], run.start
    for one in sorted(taken, key=lambda one: one.start):
        if one.end > at and one.start < run.end:
            found += [(at, one.start)] if one.start > at else []
            at = one.end
    return [*found, (at, run.end)] if at < run.end else found
