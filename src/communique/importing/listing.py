r"""A list of other messages: "21.04.2026 - Title", a teaser below, a heading above and a link to the rest.

The first sign between date and title divides them; titles hold hyphens of their own. A teaser is kept as printed, even
where it begins like a question. The last entry has no more lines than the others have, so that what stands below the
list does not fall into it; the link is known by its first words ("all", "tous", "все"), or by being the one short line
left. Lines with a date are a list under a printed heading, or where they have titles' shape and nobody speaks below
them: a line of an answer ("21.04.2026 - that was the day when …") is none. A title without a date among them is seen
and said, because a listed message stands under its day. Lists of other forms are found below a body (`tail.py`).

    21.04.2026 - Statement on the ferry          ->  day, title
    21.04.2026 12:30 - Statement on the ferry    ->  day, title; the time is no list's, and is said
    The ferry sails again from Monday.           ->  teaser
    A letter to the keepers                      ->  a listed message without a date, which is said
    all messages                                 ->  link
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from communique.importing.capture import Line
from communique.importing.counters import counters_of, counts_days, is_counter
from communique.importing.dates import PrintedDate, date_in, unkept, whole_date
from communique.importing.digits import has_digit
from communique.importing.sheet import Sheet
from communique.importing.surroundings import is_surrounding
from communique.importing.words import ALL_MESSAGES, ENDS_A_SENTENCE, IMPRINT, heads_a_list, starts_with_any

LIMIT_ITEMS = 2_000
_LIMIT_HEADING = 80
_LIMIT_LINK = 60
_LIMIT_LINK_WORDS = 4
_LIMIT_TITLE = 600
_LINES_TO_LINK = 2
_LINES_TO_HEADING = 12

UNDATED = "undated item"
"""what stands in a list and belongs to no dated message of it"""

_TIME = re.compile(r"[,T]?\s*(\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[ap]\.?m\b\.?)?)", re.I)
_SEPARATOR = re.compile(r"\s*[-–—|:·•]\s+|\s+[-–—|:·•]\s*|\s{2,}")
"""a sign, or the gap between two columns"""


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
    undated: tuple[str, ...] = ()
    """titles that are plainly other messages, and have no day"""


@dataclass(frozen=True)
class Head:
    """The line of a listed message: date, sign, title, and stretches of it that nothing keeps."""

    line: Line
    printed: PrintedDate
    separator: str
    title: str
    holes: tuple[tuple[int, int], ...]


def find_listing(sheet: Sheet, marked: Collection[int], language: str) -> Listing:
    """Take the list of a sheet with its heading, teasers and link. `marked` are the lines where somebody speaks."""
    heads = [h for line in sheet.free() if (h := _head(line, language))][:LIMIT_ITEMS]
    heads = _in_a_list(sheet, heads, marked, language)
    if not heads:
        return Listing(None, (), None, take_link(sheet, _lonely_links(sheet, language)))
    heading = _take_heading(sheet, heads[0].line, language)
    return listing_of(sheet, heads, heading, language)


def listing_of(
    sheet: Sheet, heads: Sequence[Head], heading: str | None, language: str, link: str | None = None
) -> Listing:
    """Take a list whose heads are known, with its teasers and its link, where that is not known yet."""
    for number, head in enumerate(heads):
        sheet.take_around(head.line, "listed", number, head.holes)
    below = sheet.between(heads[-1].line, None)
    links = [line for line in below[:_LINES_TO_LINK] + below[-_LINES_TO_LINK:] if is_link(line)]
    link = link or take_link(sheet, links)
    teasers = _take_teasers(sheet, heads, links, language)
    if link is None:
        link = take_link(sheet, _only_short_line(sheet.between(heads[-1].line, None), language))
    items = [Listed(head.printed, head.title, teaser) for head, teaser in zip(heads, teasers, strict=True)]
    return Listing(heading, tuple(items), heads[0].separator if heads[0].separator.strip() else None, link)


def _take_teasers(sheet: Sheet, heads: Sequence[Head], links: Sequence[Line], language: str) -> list[str | None]:
    """Take the lines below each head: its teaser, and what is no teaser of it."""
    between = [sheet.between(a.line, b.line) for a, b in pairwise(heads)]
    rest = sheet.between(heads[-1].line, links[0] if links else None)
    counts = _lengths([*between, rest[:1]])
    own = [lines[:count] for lines, count in zip(between, counts, strict=False)]
    own.append(_last_teaser(sheet, heads[-1].line, own, language))
    found = []
    for number, lines in enumerate(own):
        for line in lines:
            sheet.take(line, "teaser", number)
        found.append(" ".join(line.text.strip() for line in lines) or None)
    for lines in between:
        _set_aside(sheet, [line for line in lines if sheet.is_free(line)])
    if links and has_text_above(sheet, heads[0].line, language):
        _set_aside(sheet, [x for x in sheet.between(heads[-1].line, links[0]) if not _is_other(x.text, language)])
    return found


def _set_aside(sheet: Sheet, lines: Sequence[Line]) -> None:
    for line in lines:
        sheet.take(line, UNDATED)


def _lengths(below: Sequence[Sequence[Line]]) -> list[int]:
    """How many of the lines below each head are its teaser; the rest are titles without a date and what is below them.

    A line that has no end, where not all heads have one below them, is such a title; so is one more line than the
    others have.
    """
    open_ = [next((n for n, line in enumerate(lines) if not _has_end(line)), None) for lines in below]
    regular = sum(place is not None for place in open_) * 2 > len(below) > 2 or None not in open_
    counts = [len(lines) if regular or place is None else place for lines, place in zip(below, open_, strict=True)]
    titles = [next((n for n, x in enumerate(lines) if x.heading or heads_a_list(x.text)), None) for lines in below]
    counts = [count if place is None else min(count, place) for count, place in zip(counts, titles, strict=True)]
    usual, times = Counter(counts[:-1]).most_common(1)[0] if len(counts) > 3 else (0, 0)
    return [min(count, usual) if times * 3 >= len(counts[:-1]) * 2 else count for count in counts]


def _has_end(line: Line) -> bool:
    return bool(ENDS_A_SENTENCE.search(line.text))


def _in_a_list(sheet: Sheet, heads: list[Head], marked: Collection[int], language: str) -> list[Head]:
    """Those of the lines with a date that are a list, and not words of a message."""
    headed = [n for n, head in enumerate(heads) if _printed_heading(sheet, head.line, language)]
    if headed and headed[0] > 0:
        before = heads[: headed[0]]
        in_text = any(number < heads[0].line.number for number in marked) or not all(map(_has_titles_shape, before))
        heads = heads[headed[0] :] if in_text else heads
    if not heads or _printed_heading(sheet, heads[0].line, language):
        return heads
    if _is_inside_a_body(sheet, heads, marked) or sum(map(_has_titles_shape, heads)) * 2 <= len(heads):
        return []
    return heads if len(heads) > 1 or _is_evident(sheet, heads[0].line, language) else []


def _is_evident(sheet: Sheet, only: Line, language: str) -> bool:
    """Whether a lone line with a date has a heading above it, or a link to more right below."""
    above = sheet.before(only)
    if above is not None and sheet.is_free(above) and is_heading_like(above, language):
        return True
    return any(is_link(line) for line in sheet.between(only, None)[1 : _LINES_TO_LINK + 2])


def _is_inside_a_body(sheet: Sheet, heads: Sequence[Head], marked: Collection[int]) -> bool:
    """Whether somebody speaks above the lines and below them; a teaser right under one may begin like a question."""
    below = [line.number for line in sheet.between(heads[-1].line, None)[2:]]
    return any(n < heads[0].line.number for n in marked) and any(n in marked for n in below)


def _has_titles_shape(head: Head) -> bool:
    """Titles begin with a capital, where there are such, and have no full stop."""
    return not head.title[:1].islower() and not head.title.endswith((".", "。"))


def _head(line: Line, language: str) -> Head | None:
    """A line that begins with a date and goes on with a title."""
    text = line.text
    if not has_digit(text[:40]):
        return None
    printed = date_in(text, language)
    if printed is None or text[: printed.start].strip():
        return None
    time = _TIME.match(text, printed.end)
    dot = printed.end + text.startswith(".", printed.end)
    separator = _SEPARATOR.match(text, time.end() if time else dot)
    title = text[separator.end() :].strip() if separator else ""
    if not separator or not 3 <= len(title) <= _LIMIT_TITLE or not any(c.isalpha() for c in title):
        return None
    holes = [*unkept(printed, language), *([time.span(1)] if time else [])]
    return Head(line, printed, separator.group(), title, tuple(holes))


def _take_heading(sheet: Sheet, first: Line, language: str) -> str | None:
    """Take the heading of a list; titles without a date may stand between it and the first line with one."""
    heading = _printed_heading(sheet, first, language) or sheet.before(first)
    if heading is None or not sheet.is_free(heading) or not is_heading_like(heading, language):
        return None
    _set_aside(sheet, [line for line in sheet.between(heading, first) if line is not heading])
    sheet.take(heading, "list heading")
    return heading.text.strip()


def _printed_heading(sheet: Sheet, first: Line, language: str) -> Line | None:
    """The printed heading above a line: right above, or words known for lists a little farther, with text above."""
    line = sheet.before(first)
    if line is None or not sheet.is_free(line):
        return None
    if is_printed_heading(line, language):
        return line
    for _ in range(_LINES_TO_HEADING):
        line = sheet.before(line)
        if line is None or not sheet.is_free(line) or date_in(line.text[:_LIMIT_HEADING], language):
            return None
        if heads_a_list(line.text):
            return line if has_text_above(sheet, line, language) else None
    return None


def is_printed_heading(line: Line, language: str) -> bool:
    """A heading in capitals or by its markup, or of words known for lists; what ends in a colon may be a speaker."""
    if heads_a_list(line.text):
        return True
    printed = line.heading > 0 or line.text.isupper()
    return printed and not line.text.rstrip().endswith((":", "：")) and is_heading_like(line, language)


def has_text_above(sheet: Sheet, line: Line, language: str) -> bool:
    """Whether a sentence that nobody has taken stands above a line."""
    above = (x for x in sheet.free() if x.number < line.number)
    return any(_has_end(x) and not _is_other(x.text, language) for x in above)


def _is_other(text: str, language: str) -> bool:
    """Whether a line counts days, is a date, or belongs to the foot of the site."""
    counted = bool(counters_of(text, language)) or counts_days(text, language)
    return counted or bool(IMPRINT.search(text)) or whole_date(text, language) is not None


def is_heading_like(line: Line, language: str) -> bool:
    """A short line that is no sentence, no date, no counter and no imprint."""
    text = line.text.strip()
    if (
        is_surrounding(text, language)
        or len(text) > _LIMIT_HEADING
        or (ENDS_A_SENTENCE.search(text) and not text.endswith((":", "：")))
    ):
        return False
    return whole_date(text, language) is None


def _last_teaser(sheet: Sheet, last: Line, others: Sequence[Sequence[Line]], language: str) -> list[Line]:
    """The lines of the last entry's teaser: sentences, and no more of them than other entries have."""
    most = max((len(lines) for lines in others), default=1)
    found: list[Line] = []
    for line in sheet.between(last, None):
        if len(found) == most or is_link(line) or is_counter(line.text, language) or IMPRINT.search(line.text):
            break
        if not ENDS_A_SENTENCE.search(line.text) and (len(line.text) < _LIMIT_LINK or len(others) == 0):
            break
        found.append(line)
    return found


def is_link(line: Line) -> bool:
    """Whether a short line begins with a word of links to the rest of a list."""
    text = line.text.strip()
    named = len(text) <= _LIMIT_LINK and not re.search(r"[!?؟]$", text) and not IMPRINT.search(text)
    return named and starts_with_any(text, ALL_MESSAGES)


def _only_short_line(below: Sequence[Line], language: str) -> list[Line]:
    """A link without a known word is the one line that is left, and of few words: a title has more."""
    short = [line for line in below if is_heading_like(line, language) and len(line.text) <= _LIMIT_LINK]
    short = [line for line in short if len(line.text.split()) <= _LIMIT_LINK_WORDS]
    return short if len(short) == 1 and len(below) == 1 else []


def _lonely_links(sheet: Sheet, language: str) -> list[Line]:
    """Without a list: a link that is the last short line of the page, with no text below it."""
    free = [line for line in sheet.free() if is_heading_like(line, language)][-1:]
    return [line for line in free if is_link(line) and not _is_followed(sheet, line, language)]


def _is_followed(sheet: Sheet, line: Line, language: str) -> bool:
    """Whether running text stands below."""
    below = [x for x in sheet.between(line, None) if not whole_date(x.text, language)]
    return any(ENDS_A_SENTENCE.search(x.text) and not is_counter(x.text, language) for x in below)


def take_link(sheet: Sheet, links: Sequence[Line]) -> str | None:
    """Take the first of these lines as the link to the rest; its words."""
    if not links:
        return None
    sheet.take(links[0], "all messages")
    return links[0].text.strip()


def with_days(listing: Listing, days: Sequence[PrintedDate]) -> Listing:
    """The list with its dates settled."""
    return replace(listing, items=tuple(replace(i, printed=d) for i, d in zip(listing.items, days, strict=True)))
