"""A head inside a body: above the words of a speech stands once more who speaks, where, and when.

    Remarks of Governor Ada Merrow
    Harbour Day
    The Town Hall
    3 March 2026

Three short lines or more without an end, one of them a date, with text below, are such a head. They are no paragraphs
of the body; day, place and occasion of a message are read there.
"""

from __future__ import annotations

from collections.abc import Sequence

from communique.importing.capture import Line
from communique.importing.dates import whole_date
from communique.importing.words import ENDS_A_SENTENCE

_LEAST_LINES = 3
_LIMIT_LINE = 100


def without_inner_heads(lines: Sequence[Line], language: str) -> tuple[list[Line], list[Line]]:
    """The lines of the body, and those of heads in it."""
    kept: list[Line] = []
    apart: list[Line] = []
    run: list[Line] = []
    for line in lines:
        if _is_short(line):
            run.append(line)
            continue
        (apart if _is_head(run, language) else kept).extend(run)
        run = []
        kept.append(line)
    return kept + run, apart


def _is_short(line: Line) -> bool:
    return len(line.text) <= _LIMIT_LINE and not ENDS_A_SENTENCE.search(line.text)


def _is_head(run: Sequence[Line], language: str) -> bool:
    return len(run) >= _LEAST_LINES and any(whole_date(line.text, language) for line in run)
