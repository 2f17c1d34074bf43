"""A sheet: the lines of a capture while they are being understood.

Each finder takes the lines that are its own, or the stretches of them whose words it keeps; what nobody took was not
understood. A stretch is taken once.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from communique.importing.capture import Line

BETWEEN_PARTS = " \u00a0|;•·,/"
"""signs that only divide what stands in one line"""


@dataclass(frozen=True)
class Stretch:
    """What a stretch of a source line was understood as. `number` counts things of one part from 0."""

    line: int
    start: int
    end: int
    part: str
    number: int = 0


class Sheet:
    """Lines with words, each free or taken."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = [line for line in lines if line.text.strip()]
        self.stretches: list[Stretch] = []
        self._taken: set[int] = set()
        self._at = {line.number: place for place, line in enumerate(self.lines)}

    def take(self, line: Line, part: str, number: int = 0, start: int = 0, end: int | None = None) -> None:
        """Note that a line, or a stretch of it, is this part of the page."""
        self._taken.add(line.number)
        self.stretches.append(Stretch(line.number, start, len(line.text) if end is None else end, part, number))

    def take_around(self, line: Line, part: str, number: int, holes: Sequence[tuple[int, int]]) -> None:
        """The same for a whole line but for some stretches (start, end) of it, whose words are not kept."""
        start = 0
        for first, last in [*holes, (len(line.text), len(line.text))]:
            if line.text[start:first].strip():
                self.take(line, part, number, start, first)
            start = last

    def give_back(self, part: str, numbers: Collection[int]) -> None:
        """Make the lines of some things of a part free again; the others are counted anew."""
        left = sorted({s.number for s in self.stretches if s.part == part} - set(numbers))
        anew = {number: place for place, number in enumerate(left)}
        self._taken -= {s.line for s in self.stretches if s.part == part and s.number in numbers}
        kept = [s for s in self.stretches if s.part != part or s.number in anew]
        self.stretches = [replace(s, number=anew[s.number]) if s.part == part else s for s in kept]

    def hide(self, lines: Sequence[Line]) -> None:
        """Keep lines from those who look for other parts; `show` makes them free again."""
        self._taken |= {line.number for line in lines}

    def show(self, lines: Sequence[Line]) -> None:
        """Make hidden lines free."""
        self._taken -= {line.number for line in lines}

    def is_free(self, line: Line) -> bool:
        return line.number not in self._taken

    def free(self) -> list[Line]:
        """The lines that nobody has taken."""
        return [line for line in self.lines if self.is_free(line)]

    def line(self, number: int) -> Line:
        """The line with words of this number."""
        return self.lines[self._at[number]]

    def before(self, line: Line) -> Line | None:
        """The line with words above this one, taken or not."""
        place = self._at[line.number]
        return self.lines[place - 1] if place else None

    def between(self, first: Line, last: Line | None) -> list[Line]:
        """The free lines from `first` up to `last` (not included), to the end where there is no last."""
        end = len(self.lines) if last is None else self._at[last.number]
        return [line for line in self.lines[self._at[first.number] : end] if self.is_free(line)]
