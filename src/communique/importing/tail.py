"""The tail of a page: a list of other messages below a body, whose items do not begin with "date - title".

A printed heading of a list ends the body always: words known for lists ("Other news"), or a line in capitals in
front of titles and a link to the rest, or any short line in front of two titles and that link. So do two titles whose
dates stand on lines of their own, or behind them in brackets. Items with a date are listed messages; an item without
one cannot be placed under a day: it is seen, and said.

    OTHER NEWS                               ->  the heading
    21 April 2026                            ->  the day of the title below it (or above it, where that is the order)
    Statement on the ferry                   ->  a title
    A lamp for the pier (19.04.2026)         ->  title and day
    A letter to the keepers                  ->  a listed message without a date
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from communique.importing.capture import Line
from communique.importing.dates import PrintedDate, date_at_end, unkept, whole_date
from communique.importing.listing import UNDATED, Head, Listing, is_heading_like, is_link, listing_of, take_link
from communique.importing.sheet import Sheet
from communique.importing.words import ENDS_A_SENTENCE, heads_a_list

_BRACKETED = re.compile(r"\s*[(\[]\s*$|\s+[-–—|·•]\s+$")
_LEAST_TITLE = 3
_MOST_LINES_OF_A_TEASER = 3
_LIMIT_TITLE = 600
_MOST_LINES = 8_000
"""of a list that is looked at: as many messages as are kept, with teasers"""
_LINES_TO_A_DAY = 3
"""a list begins with a title and its day"""


@dataclass(frozen=True)
class Tail:
    """The lines of a list below a body; the first is its heading where one is printed."""

    heading: Line | None
    lines: tuple[Line, ...]

    @property
    def first(self) -> Line:
        return self.heading or self.lines[0]


def tail_of(sheet: Sheet, start: Line, marked: Collection[int], language: str) -> Tail | None:
    """The list below a body that begins at `start`: its free lines up to the next part that is known."""
    below = [line for line in sheet.free() if line.number > start.number]
    times = Counter(line.text.strip() for line in below)
    last_marked = max((line.number for line in below if line.number in marked), default=0)
    for place, line in enumerate(below):
        again = times[line.text.strip()] > 1 and not whole_date(line.text, language)
        if line.number in marked or again:  # a label that stands again and again heads nothing
            continue
        later = line.number <= last_marked
        if heads_a_list(line.text) or (not later and _is_heading(sheet, below[place : place + _MOST_LINES], language)):
            return Tail(line, _up_to_next_part(sheet, below[place + 1 :], line))
        if not later and _begins(below[place : place + _MOST_LINES], language):
            return Tail(None, _up_to_next_part(sheet, below[place:], None))
    return None


def take_tail(sheet: Sheet, tail: Tail, listing: Listing, language: str) -> Listing:
    """Take the lines of a tail: listed messages where they have days, else what is said not to be understood."""
    if tail.heading is not None:
        sheet.take(tail.heading, "list heading" if listing.heading is None else UNDATED)
    heading = tail.heading.text.strip() if tail.heading is not None else None
    if listing.items:
        return _without_days(sheet, tail, replace(listing, heading=listing.heading or heading))
    heads = _dated(tail.lines, language)
    if not heads:
        return _without_days(sheet, tail, replace(listing, heading=heading))
    above = [line for line in tail.lines if line.number < min(n.number for n in _lines_of(heads[0]))]
    for line in above:
        sheet.take(line, UNDATED)
    for number, head in enumerate(heads):
        if head.day_line is not None:
            sheet.take_around(head.day_line, "listed", number, unkept(head.printed, language))
    found = listing_of(sheet, [head.head for head in heads], heading, language, listing.all_link)
    return _without_days(sheet, tail, replace(found, separator=None))


@dataclass(frozen=True)
class _Dated:
    """A title with its date, and the line of the date where that is another."""

    head: Head
    day_line: Line | None

    @property
    def printed(self) -> PrintedDate:
        return self.head.printed


def _lines_of(dated: _Dated) -> list[Line]:
    return [dated.head.line, *([dated.day_line] if dated.day_line else [])]


def _without_days(sheet: Sheet, tail: Tail, listing: Listing) -> Listing:
    """What is left of a tail has no day: seen, and not understood; its last line may be the link to the rest."""
    last = [line for line in tail.lines if sheet.is_free(line)][-1:]
    if listing.all_link is None and last and is_link(last[0]):
        listing = replace(listing, all_link=take_link(sheet, last))
    for line in tail.lines:
        if sheet.is_free(line):
            sheet.take(line, UNDATED)
    return listing


def _is_heading(sheet: Sheet, lines: Sequence[Line], language: str) -> bool:
    """Whether a line in capitals stands above titles and a link to the rest of them, or a short line above titles with
    days. Markup alone is not enough: long messages have headings of their own."""
    first, *below = lines
    if not below or not is_heading_like(first, language) or first.text.rstrip().endswith((":", "：")):
        return False
    if _begins(below, language, behind=first.text.isupper()):
        return True
    links = [s.line for s in sheet.stretches if s.part == "all messages" and s.line > first.number]
    if not links or not _has_no_end(below[0], language):
        return False
    return first.text.isupper() or _are_titles(first, [line for line in below if line.number < links[0]], language)


def _are_titles(heading: Line, lines: Sequence[Line], language: str) -> bool:
    """Whether lines below a short one are two titles or more, each with a teaser or none, a blank line between all."""
    titles = [line for line in lines if _is_title(line, language) and line.text.lstrip()[:1].isalpha()]
    apart = all(below.number > above.number + 1 for above, below in pairwise([heading, *lines]))
    ordered = all(above in titles or below in titles for above, below in pairwise(lines))
    return apart and ordered and len(titles) > 1 and heading.text.lstrip()[:1].isalpha()


def _begins(lines: Sequence[Line], language: str, *, behind: bool = False) -> bool:
    """Whether two titles or more have days, the first of them at the beginning of the lines. Days `behind` titles, as
    documents have them too, count only where a heading says that it is a list."""
    first = lines[:_LINES_TO_A_DAY]
    if not any(whole_date(line.text, language) or _with_day_behind(line, language) for line in first):
        return False
    found = _dated(lines, language)
    if len(found) < 2 or (not behind and found[0].day_line is None):
        return False
    after = lines[lines.index(found[-1].head.line) + 1 :]
    text_goes_on = sum(bool(ENDS_A_SENTENCE.search(line.text)) for line in after) > _MOST_LINES_OF_A_TEASER
    return not text_goes_on and any(line in lines[:2] for line in _lines_of(found[0]))


def _has_no_end(line: Line, language: str) -> bool:
    return not ENDS_A_SENTENCE.search(line.text) and whole_date(line.text, language) is None


def _up_to_next_part(sheet: Sheet, lines: Sequence[Line], heading: Line | None) -> tuple[Line, ...]:
    """The lines up to the first that another part has taken."""
    start = heading or lines[0]
    taken = [s.line for s in sheet.stretches if s.line > start.number]
    end = min(taken, default=sheet.lines[-1].number + 1)
    return tuple(line for line in lines if line.number < end)


def _dated(lines: Sequence[Line], language: str) -> list[_Dated]:
    """The titles with their days, in one form for all of a list."""
    days = [n for n, line in enumerate(lines) if whole_date(line.text, language)]
    if days:
        return _beside(lines, days, -1 if days[0] == 1 else 1, language)
    return [dated for line in lines if (dated := _with_day_behind(line, language))]


def _beside(lines: Sequence[Line], days: Sequence[int], step: int, language: str) -> list[_Dated]:
    """Titles above (-1) or below (1) the lines of their days."""
    found = []
    for place in days:
        title = lines[place + step] if 0 <= place + step < len(lines) else None
        printed = whole_date(lines[place].text, language)
        if title is None or printed is None or not _is_title(title, language):
            continue
        if step > 0 and place + 2 < len(lines) and _is_title(lines[place + 2], language):
            return []  # a label, then a title, or two titles: which of them has the day is not certain
        found.append(_Dated(Head(title, printed, "", title.text.strip(), ()), lines[place]))
    return found


def _is_title(line: Line, language: str) -> bool:
    return (
        len(line.text) <= _LIMIT_TITLE
        and any(map(str.isalpha, line.text))
        and _has_no_end(line, language)
        and not line.text.lstrip()[:1].islower()
    )


def _with_day_behind(line: Line, language: str) -> _Dated | None:
    """A title whose date stands behind it in brackets or after a dash; one behind a comma is the title's own."""
    printed = date_at_end(line.text, language) if len(line.text) <= _LIMIT_TITLE else None
    sign = _BRACKETED.search(line.text[: printed.start]) if printed else None
    if printed is None or sign is None or line.text[printed.end :].strip(" )]."):
        return None
    title = line.text[: sign.start()].strip()
    if len(title) < _LEAST_TITLE or title[:1].islower():
        return None
    return _Dated(Head(line, printed, "", title, tuple(unkept(printed, language))), None)
