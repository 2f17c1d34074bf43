r"""A list of other messages: "21.10.2020 - Title", a teaser below, a heading above and a link to the rest.

The first sign between date and title divides them; titles hold hyphens of their own. A teaser is kept as printed, even
where it begins like a question. The last entry has no more lines than the others have, so that what stands below the
list does not fall into it; the link is known by its first words ("all", "tous", "все"), or by being the one short line
left.

    21.10.2020 - Statement on the ferry          ->  day, title
    21.10.2020 12:30 - Statement on the ferry    ->  day, title; the time is no list's, and is said
    The ferry sails again from Monday.           ->  teaser
    all messages                                 ->  link
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from communique.importing.capture import Line
from communique.importing.counters import counts_days, is_counter
from communique.importing.dates import PrintedDate, date_in, unkept, whole_date
from communique.importing.sheet import Sheet
from communique.importing.words import ALL_MESSAGES, ENDS_A_SENTENCE, IMPRINT, starts_with_any

LIMIT_ITEMS = 2_000
_LIMIT_HEADING = 80
_LIMIT_LINK = 60
_LIMIT_TITLE = 600
_LINES_TO_LINK = 2

_TIME = re.compile(r"[,T]?\s*(\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[ap]\.?m\b\.?)?)", re.I)
_SEPARATOR = re.compile(r"\s*[-–—|:·•]\s+|\s+[-–—|:·•]\s*")


@dataclass(frozen=True)
class Listed:
    """A listed message: its day as printed, its title, and its teaser if there is one."""

    printed: PrintedDate
    title: str
    teaser: str | None = None

    @property
    def day(self) -> str | None:
        return self.printed.iso


@dataclass(frozen=True)
class Listing:
    """A page's list of other messages, in its order. `separator` is the sign between date and title as printed."""

    heading: str | None
    items: tuple[Listed, ...]
    separator: str | None
    all_link: str | None


@dataclass(frozen=True)
class _Head:
    line: Line
    printed: PrintedDate
    separator: str
    title: str
    holes: tuple[tuple[int, int], ...]


def find_listing(sheet: Sheet, language: str) -> Listing:
    """Take the list of a sheet with its heading, teasers and link."""
    heads = [h for line in sheet.free() if (h := _head(line, language))][:LIMIT_ITEMS]
    if not heads:
        return Listing(None, (), None, _take_link(sheet, _lonely_links(sheet, language)))
    for number, head in enumerate(heads):
        sheet.take_around(head.line, "listed", number, head.holes)
    heading = _take_heading(sheet, heads[0].line, language)
    items = []
    teasers = [sheet.between(a.line, b.line) for a, b in pairwise(heads)]
    teasers.append(_last_teaser(sheet, heads[-1].line, teasers, language))
    for number, (head, lines) in enumerate(zip(heads, teasers, strict=True)):
        for line in lines:
            sheet.take(line, "teaser", number)
        teaser = " ".join(line.text.strip() for line in lines) or None
        items.append(Listed(head.printed, head.title, teaser))
    below = sheet.between(heads[-1].line, None)
    near = below[:_LINES_TO_LINK] + below[-_LINES_TO_LINK:]
    link = _take_link(sheet, [line for line in near if _is_link(line)] or _only_short_line(below, language))
    return Listing(heading, tuple(items), heads[0].separator, link)


def _head(line: Line, language: str) -> _Head | None:
    """A line that begins with a date and goes on with a title."""
    text = line.text
    if not any(c.isdecimal() for c in text[:40]):
        return None
    printed = date_in(text, language)
    if printed is None or text[: printed.start].strip():
        return None
    time = _TIME.match(text, printed.end)
    separator = _SEPARATOR.match(text, time.end() if time else printed.end)
    title = text[separator.end() :].strip() if separator else ""
    if not separator or not 3 <= len(title) <= _LIMIT_TITLE or not any(c.isalpha() for c in title):
        return None
    holes = [*unkept(printed, language), *([time.span(1)] if time else [])]
    return _Head(line, printed, separator.group(), title, tuple(holes))


def _take_heading(sheet: Sheet, first: Line, language: str) -> str | None:
    above = sheet.before(first)
    if above is None or not sheet.is_free(above) or not is_heading_like(above, language):
        return None
    sheet.take(above, "list heading")
    return above.text.strip()


def is_heading_like(line: Line, language: str) -> bool:
    """A short line that is no sentence, no date, no counter and no imprint."""
    text = line.text.strip()
    if counts_days(text, language) or IMPRINT.search(text):
        return False
    if len(text) > _LIMIT_HEADING or (ENDS_A_SENTENCE.search(text) and not text.endswith((":", "："))):
        return False
    return whole_date(text, language) is None and not is_counter(text, language)


def _last_teaser(sheet: Sheet, last: Line, others: Sequence[Sequence[Line]], language: str) -> list[Line]:
    """The lines of the last entry's teaser: sentences, and no more of them than other entries have."""
    most = max((len(lines) for lines in others), default=1)
    found: list[Line] = []
    for line in sheet.between(last, None):
        if len(found) == most or _is_link(line) or is_counter(line.text, language) or IMPRINT.search(line.text):
            break
        if not ENDS_A_SENTENCE.search(line.text) and (len(line.text) < _LIMIT_LINK or len(others) == 0):
            break
        found.append(line)
    return found


def _is_link(line: Line) -> bool:
    text = line.text.strip()
    named = len(text) <= _LIMIT_LINK and not re.search(r"[!?؟]$", text) and not IMPRINT.search(text)
    return named and starts_with_any(text, ALL_MESSAGES)


def _only_short_line(below: Sequence[Line], language: str) -> list[Line]:
    short = [line for line in below if is_heading_like(line, language) and len(line.text) <= _LIMIT_LINK]
    return short if len(short) == 1 and len(below) == 1 else []


def _lonely_links(sheet: Sheet, language: str) -> list[Line]:
    """Without a list: a link that is the last short line of the page, with no text below it."""
    free = [line for line in sheet.free() if is_heading_like(line, language)][-1:]
    return [line for line in free if _is_link(line) and not _is_followed(sheet, line, language)]


def _is_followed(sheet: Sheet, line: Line, language: str) -> bool:
    """Whether running text stands below."""
    below = [x for x in sheet.between(line, None) if not whole_date(x.text, language)]
    return any(ENDS_A_SENTENCE.search(x.text) and not is_counter(x.text, language) for x in below)


def _take_link(sheet: Sheet, links: Sequence[Line]) -> str | None:
    if not links:
        return None
    sheet.take(links[0], "all messages")
    return links[0].text.strip()


def with_days(listing: Listing, days: Sequence[PrintedDate]) -> Listing:
    """The list with its dates settled."""
    return replace(listing, items=tuple(replace(i, printed=d) for i, d in zip(listing.items, days, strict=True)))
