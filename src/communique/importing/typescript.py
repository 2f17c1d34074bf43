"""A typescript: plain text set with blanks, its head centred over a text of wrapped lines.

                         D E C R E E                    section: what it is, its letters apart
                   OF THE GOVERNOR OF PORT              letterhead, in capitals
              On the lamp of the old pier               title, of several lines

         Because the lamp has burnt out, it is          the text begins at the margin of its paragraphs
    decided:

Of centred blocks the last is the title, and the first the section; a block in brackets under the title is a note of the
editor and no text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from communique.importing.capture import Line
from communique.importing.words import names_a_form

_LEAST_INDENT = 8
_LEAST_LINES = 6
_MOST_WIDTH = 90
_LINES_OF_A_HEAD = 14


@dataclass(frozen=True)
class Typescript:
    """`note` is what an editor put in brackets between title and text."""

    section: Line | None
    letterhead: tuple[Line, ...]
    title: tuple[Line, ...]
    note: tuple[Line, ...]
    body: tuple[Line, ...]


def typescript_of(lines: Sequence[Line]) -> Typescript | None:
    """The parts of a typescript; None for any other text."""
    said = [line for line in lines if line.text.strip()]
    if len(said) < _LEAST_LINES or sum(len(x.text) <= _MOST_WIDTH for x in said) < len(said) * 0.95:
        return None
    margin, paragraph = _margins(said)
    start = next((n for n, x in enumerate(said) if not _is_centred(x, paragraph)), len(said))
    while start < len(said) and _is_centred_below(said, start, paragraph):
        start = next((n for n in range(start + 1, len(said)) if not _is_centred(said[n], paragraph)), len(said))
    blocks = _blocks(said[:start])
    if not 0 < start <= _LINES_OF_A_HEAD or len(blocks) < 2 or start == len(said) or margin:
        return None
    note = _note(said[start:])
    body = said[start + len(note) :]
    section = blocks[0][0] if len(blocks[0]) == 1 and names_a_form(blocks[0][0].text) else None
    over = [line for block in blocks[:-1] for line in block if line is not section]
    return Typescript(section, tuple(over), tuple(blocks[-1]), tuple(note), tuple(body))


def _margins(lines: Sequence[Line]) -> tuple[int, int]:
    """The blanks before most lines, and before the first lines of paragraphs."""
    found = Counter(indent(line) for line in lines)
    margin = min(found)
    further = [n for n, count in found.most_common() if margin < n < margin + _LEAST_INDENT and count > 1]
    return margin, further[0] if further else margin


def indent(line: Line) -> int:
    return len(line.text) - len(line.text.lstrip(" \u3000"))


def _is_centred(line: Line, paragraph: int) -> bool:
    return indent(line) > paragraph + 2


def _is_centred_below(lines: Sequence[Line], place: int, paragraph: int) -> bool:
    """Whether a full line at the margin is the first of a centred title whose next line is set in."""
    below = lines[place + 1] if place + 1 < len(lines) else None
    beside = below is not None and below.number == lines[place].number + 1
    return beside and below is not None and _is_centred(below, paragraph) and not lines[place].text[:3].isspace()


def _blocks(lines: Sequence[Line]) -> list[list[Line]]:
    found: list[list[Line]] = []
    for line in lines:
        if found and line.number == found[-1][-1].number + 1:
            found[-1].append(line)
        else:
            found.append([line])
    return found


def _note(lines: Sequence[Line]) -> list[Line]:
    first = _blocks(lines)[0] if lines else []
    text = " ".join(line.text.strip() for line in first)
    return first if text.startswith("(") and text.endswith(")") else []
