"""Paragraphs of running text: a line each, or, in hard-wrapped text, the lines between two blank ones.

Text is taken as hard-wrapped when most of its lines stand directly above another and few are long. There, a paragraph
that breaks off before a small letter (a page break, a double-spaced typescript) goes on in the next one.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from communique.importing.capture import Line
from communique.importing.markup import Link
from communique.importing.words import ENDS_A_SENTENCE

_WRAPPED_AT = 110
"""signs: no typewriter or mail program wraps later"""
_LEAST_BROKEN = 30
"""signs: a shorter line is a heading rather than half a sentence"""

Paragraph = tuple[Line, ...]


def is_hard_wrapped(lines: Sequence[Line]) -> bool:
    """Whether these lines are wrapped at the margin instead of being paragraphs."""
    if len(lines) < 4:
        return False
    touching = sum(below.number == above.number + 1 for above, below in pairwise(lines))
    long = sum(len(line.text) > _WRAPPED_AT for line in lines)
    unfinished = sum(not ENDS_A_SENTENCE.search(line.text) for line in lines)
    return touching * 2 > len(lines) and long * 10 < len(lines) and unfinished * 2 > len(lines)


def paragraphs_of(lines: Sequence[Line], wrapped: bool) -> list[Paragraph]:
    """The lines of each paragraph."""
    found: list[list[Line]] = []
    for line in lines:
        goes_on = _goes_on if wrapped else _broken
        if found and goes_on(found[-1][-1], line):
            found[-1].append(line)
        else:
            found.append([line])
    return [tuple(p) for p in found]


def text_of(paragraph: Sequence[Line], start: int = 0) -> str:
    """The words of a paragraph, from `start` of its first line on, its lines joined by one blank."""
    first, *rest = paragraph
    return " ".join([first.text[start:], *(line.text for line in rest)]).strip()


def links_of(paragraph: Sequence[Line], start: int = 0) -> tuple[Link, ...]:
    """The links of the same words, by their places in `text_of`."""
    first = paragraph[0].text[start:]
    shift = -start - (len(first) - len(first.lstrip()))
    found: list[Link] = []
    for line in paragraph:
        places = (Link(link.start + shift, link.end + shift, link.target) for link in line.links)
        found += [link for link in places if link.start >= 0]
        shift += len(line.text) + 1
    return tuple(found)


def _goes_on(above: Line, below: Line) -> bool:
    return (below.number == above.number + 1 and not _is_indented(above, below)) or _broken(above, below)


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
