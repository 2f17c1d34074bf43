"""Other messages that an HTML page lists: a date, a title that leads to it, a teaser, again and again.

The date stands in the line of the title or in one of its own, above or below it; what is a link or a heading there is
the title. Menus have links without dates: a list without dates counts only under a printed heading of a list, and its
titles are longer than the words of a menu. The same message twice is listed once.

    <li>28 February 2022 <a>A lamp for the pier</a> <a>more</a></li>       ->  day, title
    <div>18. Nov 2021</div> <h2><a>A lamp</a></h2> <p>It burns.</p>        ->  day, title, teaser
    <h2>Latest news</h2> <ul><li><a>A lamp for the old pier</a></li> …     ->  titles without a day
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from communique.importing.capture import Line
from communique.importing.dates import PrintedDate, date_in, unkept
from communique.importing.listing import LIMIT_ITEMS, Listed, Listing, take_link
from communique.importing.running_text import is_link, is_prose
from communique.importing.sheet import Sheet
from communique.importing.weight import weight
from communique.importing.words import ALL_MESSAGES, ENDS_A_SENTENCE, folded, heads_a_list, starts_with_any

LIMIT_LINES = 5_000
"""outside the message in which others are looked for"""
_LINES_TO_TITLE = 4
_LEAST_TITLE = 12
_LEAST_WORD = 4
_LEAST_UNDATED = 25
_LIMIT_TITLE = 600
_LIMIT_ABOUT_A_DATE = 20


@dataclass(frozen=True)
class _Item:
    printed: PrintedDate
    dated: Line
    title: Line
    start: int
    end: int

    @property
    def words(self) -> str:
        return " ".join(self.title.text[self.start : self.end].split())


def find_teasers(sheet: Sheet, lines: Sequence[Line], language: str, known: Collection[str]) -> Listing:
    """Take the listed messages among lines outside the message; `known` are titles that are no other message."""
    items = [item for item in _dated(lines, language) if folded(item.words) not in known][:LIMIT_ITEMS]
    listed: list[Listed] = []
    seen: set[tuple[str | None, str]] = set()
    for item in items:
        if (item.printed.iso, folded(item.words)) in seen:
            continue
        seen.add((item.printed.iso, folded(item.words)))
        _take(sheet, item, len(listed), language)
        listed.append(Listed(item.printed, item.words, _teaser(sheet, item, lines, len(listed), language)))
    undated = [] if items else _undated(sheet, lines, known)
    link = _link_to_all(sheet, lines, items)
    return Listing(None, tuple(listed), None, link, tuple(undated))


def _dated(lines: Sequence[Line], language: str) -> list[_Item]:
    found: list[_Item] = []
    for place, line in enumerate(lines[:LIMIT_LINES]):
        if len(found) == LIMIT_ITEMS:
            break
        printed = _date_of(line, language)
        if printed is None:
            continue
        if (own := _own_title(line, printed)) is not None:
            found.append(_Item(printed, line, line, *own))
            continue
        if is_link(line):
            continue  # a reference with the day of what it leads to
        below = lines[place + 1 : place + 1 + _LINES_TO_TITLE]
        above = lines[max(0, place - 2) : place]
        title = _title_below(below, language) or _title_above(above, found)
        if title is not None:
            found.append(_Item(printed, line, title, 0, len(title.text)))
    return found


def _date_of(line: Line, language: str) -> PrintedDate | None:
    """The date of a line that begins with one, or holds little else."""
    if not any(c.isdecimal() for c in line.text[:60]):
        return None
    printed = date_in(line.text, language)
    if printed is None or printed.day is None:
        return None
    about = len(line.text) - (printed.end - printed.start)
    return printed if printed.start <= 2 or about <= _LIMIT_ABOUT_A_DATE else None


def _own_title(line: Line, printed: PrintedDate) -> tuple[int, int] | None:
    """The link beside a date in its line that is long enough for a title."""
    for link in line.links:
        if (link.start >= printed.end or link.end <= printed.start) and link.end - link.start >= _LEAST_TITLE:
            return link.start, link.end
    rest = line.text[printed.end :].strip(" -–—|:·•")
    if printed.start <= 2 and is_link(line) and len(rest) >= _LEAST_TITLE:
        return line.text.index(rest, printed.end), line.text.index(rest, printed.end) + len(rest)
    return None


def _title_below(below: Sequence[Line], language: str) -> Line | None:
    plain = None
    for line in below:
        if _date_of(line, language):
            break
        if _is_title(line) and (line.heading or is_link(line)):
            return line
        if is_prose(line) or (line.heading and not _is_title(line)):
            break
        plain = plain or (line if _is_title(line) else None)
    return plain


def _title_above(above: Sequence[Line], found: Sequence[_Item]) -> Line | None:
    taken = {item.title.number for item in found[-_LINES_TO_TITLE:]}
    linked = [line for line in above if _is_title(line) and is_link(line) and line.number not in taken]
    return linked[-1] if linked else None


def _is_title(line: Line) -> bool:
    """Whether a line says enough for a title, with a word that is longer than the names of languages in a menu."""
    words = line.text.split()
    said = weight(" ".join(words)) >= _LEAST_TITLE and max(map(weight, words)) >= _LEAST_WORD
    return said and len(line.text) <= _LIMIT_TITLE and not _leads_on(line)


def _leads_on(line: Line) -> bool:
    """Whether a link leads to the rest of a message or of a list."""
    return len(line.text) <= 40 and starts_with_any(line.text, ALL_MESSAGES)


def _take(sheet: Sheet, item: _Item, number: int, language: str) -> None:
    if item.dated is item.title:
        first, last = sorted(((item.printed.start, item.printed.end), (item.start, item.end)))
        holes = [(first[1], last[0])] if item.dated.text[first[1] : last[0]].strip() else []
        ends = [(0, first[0]), *holes, (last[1], len(item.dated.text))]
        sheet.take_around(item.dated, "listed", number, sorted([*ends, *unkept(item.printed, language)]))
        return
    holes = [(0, item.printed.start), *unkept(item.printed, language), (item.printed.end, len(item.dated.text))]
    sheet.take_around(item.dated, "listed", number, holes)
    sheet.take(item.title, "listed", number)


def _teaser(sheet: Sheet, item: _Item, lines: Sequence[Line], number: int, language: str) -> str | None:
    """The sentences right below a title."""
    last = max(item.title.number, item.dated.number)
    place = bisect_right(lines, last, key=lambda line: line.number)
    below = lines[place] if place < len(lines) else None
    if below is None or is_link(below) or _date_of(below, language) or not sheet.is_free(below):
        return None
    if below.heading or not (is_prose(below) or ENDS_A_SENTENCE.search(below.text)):
        return None
    sheet.take(below, "teaser", number)
    return below.text.strip()


def _undated(sheet: Sheet, lines: Sequence[Line], known: Collection[str]) -> list[str]:
    """Titles under a printed heading of a list: links of several words."""
    found: list[str] = []
    headed = False
    for line in lines:
        if heads_a_list(line.text):
            headed = True
        elif headed and is_link(line) and _is_title(line) and weight(line.text) >= _LEAST_UNDATED:
            if folded(line.text) not in known and line.text not in found:
                found.append(" ".join(line.text.split()))
        elif line.heading:
            headed = False
    return found[:LIMIT_ITEMS] if len(found) > 1 else []


def _link_to_all(sheet: Sheet, lines: Sequence[Line], items: Sequence[_Item]) -> str | None:
    """The link under the listed messages that leads to all of them."""
    free = [line for line in lines if sheet.is_free(line)]
    for item in [items[-1], *items[:-1]] if items else []:
        place = bisect_right(free, item.title.number, key=lambda line: line.number)
        links = [line for line in free[place : place + 3] if is_link(line) and _leads_on(line)]
        if links:
            return take_link(sheet, links)
    return None
