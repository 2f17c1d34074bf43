"""Other messages that an HTML page lists: with their days, as rows (`rows.py`), or titles alone under a heading.

Menus have links without days: a list without days counts only under a printed heading of a list, and its titles are
longer than the words of a menu. One message alone with its day counts there too. The same message twice is listed once.

    <li>28 February 2022 <a>A lamp for the pier</a> <a>more</a></li> …     ->  day, title
    <h2>Latest news</h2> <ul><li><a>A lamp for the old pier</a></li> …     ->  titles without a day
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from communique.importing.capture import Line
from communique.importing.dates import unkept
from communique.importing.listing import LIMIT_ITEMS, Listed, Listing, take_link
from communique.importing.rows import Row, could_be_title, day_of, leads_on
from communique.importing.running_text import is_link
from communique.importing.sheet import Sheet
from communique.importing.weight import weight
from communique.importing.words import NEIGHBOURS, folded, heads_a_list, names_a_form

_OF_LINKS = re.compile(
    r"link|lien|enlace|collegament|odkaz|länk|lenke|ссыл|посилан|συνδεσμ|روابط|پیوند|קישור|リンク|링크|链接|連結|鏈接"
)
"""in a heading: what stands below leads to pages of other sorts than messages"""
LIMIT_LINES = 5_000
"""outside the message in which others are looked for"""
_LINES_BELOW_A_HEADING = 4
_LEAST_UNDATED = 25
_LEAST_WORDS = 3
_LEAST_OF_WORDS = 18
_LINES_TO_THE_NEXT = 8
"""lines of the page, empty ones too, from one title to the next, or to the heading of the list"""


def find_teasers(
    sheet: Sheet, rows: Sequence[Row], lines: Sequence[Line], language: str, known: Collection[str]
) -> Listing:
    """Take the listed messages: rows, and among other lines outside the message what stands under a list's heading.
    `known` are titles that are no other message."""
    lines = lines[:LIMIT_LINES]
    heard = {line.number for row in rows if row.heard for line in row.lines}
    lines = [line for line in lines if line.number not in heard]
    rows = [row for row in [*rows, *_alone(rows, lines, language)] if not row.heard]
    listed: list[Listed] = []
    seen: set[tuple[str, str]] = set()
    for row in rows[:LIMIT_ITEMS]:
        one = (row.printed.iso or row.printed.text, folded(row.words))
        if one in seen or one[1] in known:
            continue
        seen.add(one)
        _take(sheet, row, len(listed), language)
        teaser = row.teaser.text.strip() if row.teaser is not None else None
        listed.append(Listed(row.printed, row.words, teaser))
    undated = _undated([line for line in lines if sheet.is_free(line)], {*known, *(words for _, words in seen)})
    return Listing(None, tuple(listed), None, _link_to_all(sheet, lines, rows), tuple(undated))


def _alone(rows: Sequence[Row], lines: Sequence[Line], language: str) -> list[Row]:
    """The one message that stands with its day under the heading of a list."""
    in_rows = {line.number for row in rows for line in row.lines}
    found = []
    for place, line in enumerate(lines):
        if is_link(line) or not heads_a_list(line.text):
            continue
        below = [x for x in lines[place + 1 : place + 1 + _LINES_BELOW_A_HEADING] if x.number not in in_rows]
        days = [(x, printed) for x in below if (printed := day_of(x, language))]
        titles = [x for x in below if could_be_title(x) and (is_link(x) or x.heading) and not day_of(x, language)]
        if len(days) == 1 and titles:
            title = titles[0]
            found.append(Row(tuple(below), *days[0], title, 0, len(title.text), None))
    return found


def _take(sheet: Sheet, row: Row, number: int, language: str) -> None:
    """Take day, title and teaser; what else a row says is kept by nobody."""
    day, printed = row.dated, row.printed
    if day is row.title:
        first, last = sorted(((printed.start, printed.end), (row.start, row.end)))
        holes = [(first[1], last[0])] if day.text[first[1] : last[0]].strip() else []
        ends = [(0, first[0]), *holes, (last[1], len(day.text))]
        sheet.take_around(day, "listed", number, sorted([*ends, *unkept(printed, language)]))
    else:
        holes = [(0, printed.start), *unkept(printed, language), (printed.end, len(day.text))]
        sheet.take_around(day, "listed", number, holes)
        sheet.take(row.title, "listed", number)
    for line in row.also:
        sheet.take(line, "listed", number)
    if row.teaser is not None:
        sheet.take(row.teaser, "teaser", number)


def _undated(lines: Sequence[Line], known: Collection[str]) -> list[str]:
    """Titles under a printed heading of a list: links of several words; and those with a form of message under each
    ("Press release by the keeper"), whatever stands above them."""
    kinds = [line.number for line, below in pairwise(lines) if _has_its_kind(line, below)]
    near = range(kinds[0], kinds[-1] + _LINES_TO_THE_NEXT) if len(kinds) > 1 else range(0)
    found = [x for x in lines if x.number in near and is_link(x) and could_be_title(x) and folded(x.text) not in known]
    known = {*known, *(folded(line.text) for line in found)}
    found += [x for x in _neighbours(lines) if folded(x.text) not in known]
    known = {*known, *(folded(line.text) for line in found)}
    return [" ".join(line.text.split()) for line in found] + _headed(lines, known)


def _neighbours(lines: Sequence[Line]) -> list[Line]:
    """The links to the message before and the one after: each behind a word that says so, or right below it."""
    found = []
    for line, below in pairwise(lines):
        label, _, rest = line.text.partition(":" if ":" in line.text else "：")
        if folded(label) not in NEIGHBOURS:
            continue
        if rest.strip() and line.links:
            start = len(line.text) - len(rest.lstrip())
            found.append(replace(line, text=line.text[start:]))
        elif not rest.strip() and is_link(below) and could_be_title(below):
            found.append(below)
    return found


def _has_its_kind(line: Line, below: Line) -> bool:
    leads_to_one = len({link.target for link in line.links}) <= 1
    return leads_to_one and is_link(line) and could_be_title(line) and not below.linked and names_a_form(below.text)


def _headed(lines: Sequence[Line], known: Collection[str]) -> list[str]:
    found: list[str] = []
    last = -_LINES_TO_THE_NEXT
    for line in lines:
        near = line.number - last < _LINES_TO_THE_NEXT
        if heads_a_list(line.text) and not _OF_LINKS.search(folded(line.text)):
            last = line.number
        elif near and is_link(line) and could_be_title(line) and _says_much(line.text):
            last = line.number
            if folded(line.text) not in known and line.text not in found:
                found.append(" ".join(line.text.split()))
        elif line.heading:
            last = -_LINES_TO_THE_NEXT
    return found[:LIMIT_ITEMS] if len(found) > 1 else []


def _says_much(words: str) -> bool:
    """Whether a link says more than those of menus do."""
    return weight(words) >= (_LEAST_UNDATED if len(words.split()) < _LEAST_WORDS else _LEAST_OF_WORDS)


def _link_to_all(sheet: Sheet, lines: Sequence[Line], rows: Sequence[Row]) -> str | None:
    """The link under the listed messages that leads to all of them."""
    free = [line for line in lines if sheet.is_free(line)]
    for row in [rows[-1], *rows[:-1]] if rows else []:
        place = bisect_right(free, max(line.number for line in row.lines), key=lambda line: line.number)
        links = [line for line in free[place : place + 3] if is_link(line) and leads_on(line)]
        if links:
            return take_link(sheet, links)
    return None
