"""Whereabouts: the place in which a line stands on its page, said so that the same place is found on other pages.

    heading:2:1    the second heading of level 1        text:-1     the line above the text
    date:1         the line under the page's date       line:3      the third line with words
    dated:2        the second line with a date          nowhere     no line at all

Places say how pages are made, by headings and neighbours, and nothing of one site. Of several that fit a line the one
that tells most of it is taken: what HTML calls a heading, then a neighbour, then a number counted from the top.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from communique.importing.capture import Line
from communique.importing.dates import PrintedDate, date_in
from communique.importing.page import Page

NOWHERE = "nowhere"
MOST = 12
"""so far is counted: further down a number says nothing of other pages"""
_TEXT = ("paragraph", "turn")


def place_of(page: Page, line: Line | None, *, dated: bool = False) -> str:
    """The place that tells most of a line, "" of one that has none, NOWHERE of none. `dated`: of a line as a day's."""
    if line is None:
        return NOWHERE
    return next((place for place, found in _places(page, dated=dated) if found.number == line.number), "")


def line_at(page: Page, place: str) -> Line | None:
    """The line that stands in a place; None where a page has no such place."""
    return next((found for one, found in _places(page, dated=place.startswith("dated")) if one == place), None)


def places_of(page: Page) -> list[str]:
    """All places that a page has, and NOWHERE."""
    every = {place for dated in (False, True) for place, _line in _places(page, dated=dated)}
    return sorted({*every, NOWHERE})


def days_by_place(page: Page) -> dict[str, PrintedDate]:
    """What day each place of a day says."""
    found = ((place, date_in(line.text, page.language)) for place, line in _places(page, dated=True))
    return {place: printed for place, printed in found if printed}


def title_line(page: Page) -> Line | None:
    """The first line of the title as it was read."""
    return _first(page, ("title",))


def dated_line(page: Page) -> Line | None:
    """The line in which the message's own day stands."""
    return _first(page, ("message date",))


def _places(page: Page, *, dated: bool) -> Iterator[tuple[str, Line]]:
    lines = [line for line in page.capture.lines if line.text.strip()]
    counts: dict[int, int] = {}
    for line in lines:
        if line.heading and not dated:
            counts[line.heading] = counts.get(line.heading, 0) + 1
            if counts[line.heading] <= MOST:
                yield f"heading:{counts[line.heading]}:{line.heading}", line
    if dated:
        days = [line for line in lines if date_in(line.text, page.language)]
        yield from ((f"dated:{number}", line) for number, line in enumerate(days[:MOST], 1))
        return
    yield from _beside(lines, "date", dated_line(page), (1, -1))
    yield from _beside(lines, "text", _first(page, _TEXT), (-1,))
    yield from ((f"line:{number}", line) for number, line in enumerate(lines[:MOST], 1))


def _beside(lines: Sequence[Line], what: str, anchor: Line | None, steps: Sequence[int]) -> Iterator[tuple[str, Line]]:
    at = lines.index(anchor) if anchor in lines else None
    for step in steps:
        if at is not None and 0 <= at + step < len(lines):
            yield f"{what}:{step}", lines[at + step]


def _first(page: Page, parts: Sequence[str]) -> Line | None:
    numbers = [stretch.line for stretch in page.stretches if stretch.part in parts]
    return next((line for line in page.capture.lines if numbers and line.number == min(numbers)), None)
