"""Paragraphs of running text: a line each, or, in hard-wrapped text, the lines between two blank ones.

Text is taken as hard-wrapped when most of its lines stand directly above another and few are long. There, a paragraph
that breaks off before a small letter (a page break, a double-spaced typescript) goes on in the next one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from communique.importing.capture import Line
from communique.importing.foreign import Foreign
from communique.importing.markup import Link
from communique.importing.words import ENDS_A_SENTENCE

_FULL_STOP = re.compile(r"[.!?…。！？؟][\"'”’»)\]]*$")
_RAGGED = 4
"""signs: how uneven the ends of wrapped lines are"""
_WRAPPED_AT = 110
"""signs: no typewriter or mail program wraps later"""
_LEAST_BLOCKS = 2
_LEAST_WIDTH = 50
_LEAST_BROKEN = 30
"""signs: a shorter line is a heading rather than half a sentence"""

Paragraph = tuple[Line, ...]
Run = Link | Foreign
"""words of a text that lead somewhere, or are in another language"""


def is_hard_wrapped(lines: Sequence[Line]) -> bool:
    """Whether these lines are wrapped at the margin instead of being paragraphs."""
    if len(lines) < 4:
        return False
    if _is_in_blocks(lines):
        return True
    touching = sum(below.number == above.number + 1 for above, below in pairwise(lines))
    long = sum(len(line.text) > _WRAPPED_AT for line in lines)
    unfinished = sum(not ENDS_A_SENTENCE.search(line.text) for line in lines)
    return touching * 2 > len(lines) and long * 10 < len(lines) and unfinished * 2 > len(lines)


def _is_in_blocks(lines: Sequence[Line]) -> bool:
    """Whether plain text stands in blocks between blank lines, of which every line but the last is filled."""
    if any(line.source for line in lines):
        return False
    blocks: list[list[Line]] = [[lines[0]]]
    for above, below in pairwise(lines):
        if below.number == above.number + 1:
            blocks[-1].append(below)
        else:
            blocks.append([below])
    filled = [len(line.text) for block in blocks for line in block[:-1]]
    width = max(len(line.text) for line in lines)
    whole = sum(len(block) > 1 for block in blocks)
    if whole < _LEAST_BLOCKS or whole * 2 < len(blocks) or not _LEAST_WIDTH <= width <= _WRAPPED_AT:
        return False
    cut = any(not ENDS_A_SENTENCE.search(line.text) for block in blocks for line in block[:-1])
    return cut and min(filled) * 4 >= width * 3


def paragraphs_of(lines: Sequence[Line], wrapped: bool) -> list[Paragraph]:
    """The lines of each paragraph."""
    found: list[list[Line]] = []
    width = _width(lines) if wrapped else 0
    for line in lines:
        if found and _is_of_the_same(found[-1][-1], line, wrapped, width):
            found[-1].append(line)
        else:
            found.append([line])
    return [tuple(p) for p in found]


def text_of(paragraph: Sequence[Line], start: int = 0) -> str:
    """The words of a paragraph, from `start` of its first line on, its lines joined by one blank."""
    first, *rest = paragraph
    return " ".join([first.text[start:], *(line.text for line in rest)]).strip()


def runs_of(paragraph: Sequence[Line], start: int = 0) -> tuple[Run, ...]:
    """The links of the same words, and those in another language, by their places in `text_of`."""
    first = paragraph[0].text[start:]
    shift = -start - (len(first) - len(first.lstrip()))
    found: list[Run] = []
    for line in paragraph:
        runs: tuple[Run, ...] = (*line.links, *line.foreign)
        found += [replace(run, start=run.start + shift, end=run.end + shift) for run in runs if run.start + shift >= 0]
        shift += len(line.text) + 1
    return tuple(found)


def _goes_on(above: Line, below: Line) -> bool:
    return (below.number == above.number + 1 and not _is_indented(above, below)) or _broken(above, below)


def _is_of_the_same(above: Line, below: Line, wrapped: bool, width: int) -> bool:
    """Whether a line goes on with the paragraph of the one above."""
    if _is_divided_by_a_break_only(above, below):
        return True
    return (_goes_on(above, below) and not _has_ended(above, below, width)) if wrapped else _broken(above, below)


def _is_divided_by_a_break_only(above: Line, below: Line) -> bool:
    """Of HTML: whether two lines are of one element, with no more than a line break between them."""
    return below.source > 0 and below.element == above.element and below.number == above.number + 1


def _width(lines: Sequence[Line]) -> int:
    """The width to which lines are wrapped: nine of ten are no longer."""
    return sorted(len(line.text) for line in lines)[len(lines) * 9 // 10] if lines else 0


def _has_ended(above: Line, below: Line, width: int) -> bool:
    """Whether a line ended on purpose: the first word of the next one had room behind it."""
    word = below.text.lstrip().split(" ", 1)[0]
    wanted = len(above.text) + 1 + len(word)
    if below.text.lstrip()[:1].islower() or wanted > width - _RAGGED:
        return False
    return bool(_FULL_STOP.search(above.text)) or (wanted * 4 < width * 3 and len(word) > 1)


def _is_indented(above: Line, below: Line) -> bool:
    """A first line set in by blanks opens a paragraph."""
    return _indent(below) >= 2 and _indent(below) > _indent(above)


def _indent(line: Line) -> int:
    return len(line.text) - len(line.text.lstrip(" \u3000"))


def _broken(above: Line, below: Line) -> bool:
    """A sentence that a page break cut in two: no end above, a small letter below."""
    return (
        not ENDS_A_SENTENCE.search(above.text)
        and below.text.lstrip()[:1].islower()
        and len(above.text) >= _LEAST_BROKEN
    )
