"""Rows of a page: boxes, cells or lines of one shape that stand side by side, each with one day and one title.

What an HTML page lists is known by repetition, wherever the day stands: of the elements around a day, the widest that
holds no other day is its row, and rows with the same parent are a list. Where days and titles alternate without an
element around each pair, the list begins with what comes first in a pair. The title of a row is a heading, else its
longest link, else its first line that is no sentence; what stands in most rows ("more", "Press release") is a label.

    <li>28.02.2022 <a>A lamp for the pier</a></li>                     a line is a row
    <tr><td>1</td><td><a>A lamp</a></td><td>28.02.2022</td></tr>       an element is a row
    <dt>28.02.2022</dt><dd><a>A lamp</a></dd>                          a day and what follows it up to the next

A list in which each row has a player of sound of its own, and nothing to read but its title, is a broadcaster's: its
programmes are no messages. They are rows, so that no title and no text is taken from them, and nobody lists them.

Rows are sought before title and text, so that neither is taken from another message. A list without a link in half of
its rows is none: texts tell of days too.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from communique.importing.capture import Line
from communique.importing.dates import PrintedDate, date_at_end, date_in, dates_in
from communique.importing.days_in_parts import days_in_parts
from communique.importing.digits import has_digit
from communique.importing.markup import PLAYER, Element
from communique.importing.running_text import is_link, is_prose
from communique.importing.weight import weight
from communique.importing.words import (
    AFTERWORDS,
    ALL_MESSAGES,
    ENDS_A_SENTENCE,
    PUBLICATIONS,
    folded,
    heads_a_list,
    starts_with_any,
)

LIMIT_ROWS = 2_000
_MOST_LINES = 14
"""of a row: more are a message of its own"""
_LINES_OF_A_PAIR = 4
_LEAST_HEADS = 2
_LEAST_TITLE = 12
_LEAST_WORD = 4
_LIMIT_TITLE = 600
_LIMIT_ABOUT_A_DATE = 40
_LEAST_TEASER = 60
_TIME = re.compile(r"^[,;\s–—|-]*\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?!\d)")
_COMMAS = (",", "،", "、")
_DAYS_AND_TIMES = re.compile(r"[\[(（]?\s*\d{1,4}(?:\s*[-./:：年月日時时分시분]\s*\d{0,4})+\s*[\])）]?|[~～]")
"""which say nothing in the place of a title"""
_ITEMS = ("li", "tr", "article")
_LONG = 200


@dataclass(frozen=True)
class Row:
    """One listed message: the line of its day, the line of its title with the stretch of it, and its teaser's line."""

    lines: tuple[Line, ...]
    dated: Line
    printed: PrintedDate
    title: Line
    start: int
    end: int
    teaser: Line | None
    also: tuple[Line, ...] = ()
    """more lines of its day"""
    heard: bool = False
    """a programme of sound, and no message"""

    @property
    def words(self) -> str:
        return " ".join(self.title.text[self.start : self.end].split())


@dataclass(frozen=True)
class _Day:
    line: Line
    printed: PrintedDate
    also: tuple[Line, ...] = ()


def find_rows(lines: Sequence[Line], elements: Sequence[Element], language: str) -> list[Row]:
    """The rows of a page in its order."""
    parts = days_in_parts(lines, elements, language)
    days = [day for line in lines if (day := _day_of(line, parts, language))][:LIMIT_ROWS]
    if not days:
        return []
    if under := _under_days(days, lines, elements):
        return under
    inside = _lines_by_element(lines, elements)
    played = _with_a_player(elements)
    found: list[Row] = []
    grouped: set[int] = set()
    for group in _groups(days, elements, inside):
        found += _as_heard(_rows_of(group), elements, played)
        grouped.update(day.line.number for day, lines in group if not any(line.linked for line in lines))
    found += _lone_items(days, grouped | {row.dated.number for row in found}, elements, inside)
    return sorted(found, key=lambda row: row.lines[0].number)


def _with_a_player(elements: Sequence[Element]) -> frozenset[int]:
    """The elements in which a player of sound stands, however deep."""
    found: set[int] = set()
    for element in elements:
        number = element.parent if element.tag == PLAYER else -1
        while number >= 0 and number not in found:
            found.add(number)
            number = elements[number].parent
    return frozenset(found)


def _as_heard(rows: list[Row], elements: Sequence[Element], played: frozenset[int]) -> list[Row]:
    """The rows of one list, told to be programmes where each has a player of its own, and none a teaser."""
    if not played or any(row.teaser for row in rows):
        return rows
    around = [_innermost_around(row, elements) for row in rows]
    if len(set(around)) < len(rows) or not played.issuperset(around):
        return rows
    return [replace(row, heard=True) for row in rows]


def _innermost_around(row: Row, elements: Sequence[Element]) -> int:
    """The innermost element in which day and title of a row stand both."""
    over = set()
    number = row.dated.element
    while number >= 0:
        over.add(number)
        number = elements[number].parent
    number = row.title.element
    while number not in over:
        number = elements[number].parent
    return number


def _day_of(line: Line, parts: Mapping[int, tuple[PrintedDate, tuple[Line, ...]]], language: str) -> _Day | None:
    printed = day_of(line, language)
    if printed is not None:
        return _Day(line, printed)
    return _Day(line, *parts[line.number]) if line.number in parts else None


def _under_days(days: Sequence[_Day], lines: Sequence[Line], elements: Sequence[Element]) -> list[Row]:
    """The rows of a list in which each day stands once, over all titles of that day: items of lists under lines that
    are days alone, and under one of them more than one."""
    heads = {day.line.number: day for day in days if not day.line.linked and not day.also and _is_alone(day)}
    if len(heads) < _LEAST_HEADS or len(heads) != len(days):
        return []
    under: dict[int, list[Line]] = {}
    over: _Day | None = None
    for line in lines:
        over = heads.get(line.number, over)
        item = elements[line.element].tag == "li" and is_link(line) and could_be_title(line)
        if over is not None and item and line.number != over.line.number:
            under.setdefault(over.line.number, []).append(line)
    last = under.get(days[-1].line.number, [])
    under[days[-1].line.number] = [x for x in last if elements[x.element].parent == elements[last[0].element].parent]
    parents = [{elements[line.element].parent for line in titles} for titles in under.values()]
    if any(len(one) != 1 for one in parents) or max(map(len, under.values())) < 2 or len(under) < len(heads):
        return []
    return [
        Row((line,), heads[number].line, heads[number].printed, line, 0, len(line.text), None)
        for number, titles in under.items()
        for line in titles
    ]


def _is_alone(day: _Day) -> bool:
    rest = day.line.text[: day.printed.start] + day.line.text[day.printed.end :]
    return not any(map(str.isalnum, rest))


def day_of(line: Line, language: str) -> PrintedDate | None:
    """The day of a line that says little else but a title with a link."""
    text = line.text
    if len(text) > _LIMIT_TITLE or not has_digit(text) or is_prose(line):
        return None
    found = date_in(text, language)
    if found is not None and (found.start <= 2 or _about(line, found) <= _LIMIT_ABOUT_A_DATE):
        if not _inside_a_link(line, found) or found.start <= 2:
            return found
        return _in_its_title(line, language)
    last = date_at_end(text, language) if found is not None and line.linked else None
    return last if last and _about(line, last) <= _LIMIT_ABOUT_A_DATE and not _inside_a_link(line, last) else None


def _in_its_title(line: Line, language: str) -> PrintedDate | None:
    """The day that is the last element of a link alone on its line, or that it holds between commas, as in
    "No. 12, 3 March 2026, On the lamp"."""
    dates = list(dates_in(line.text, language))
    if len(line.links) != 1 or len(dates) != 1 or line.links[0].end - line.links[0].start < len(line.text):
        return None
    before, after = line.text[: dates[0].start].rstrip(), _TIME.sub("", line.text[dates[0].end :])
    apart = not after.strip() and dates[0].start in line.joints
    return dates[0] if apart or (before.endswith(_COMMAS) and after.startswith(_COMMAS)) else None


def _about(line: Line, printed: PrintedDate) -> int:
    """How many signs of a line are neither date nor link."""
    linked = max(sum(link.end - link.start for link in line.links), 0 if _inside_a_link(line, printed) else line.linked)
    return len(line.text) - linked - (0 if _inside_a_link(line, printed) else printed.end - printed.start)


def _inside_a_link(line: Line, printed: PrintedDate) -> bool:
    return any(link.start < printed.end and printed.start < link.end for link in line.links)


def _lines_by_element(lines: Sequence[Line], elements: Sequence[Element]) -> dict[int, list[Line]]:
    """The lines in each element and all within it."""
    inside: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        number = line.element
        while number >= 0:
            inside[number].append(line)
            number = elements[number].parent
    return inside


def _groups(
    days: Sequence[_Day], elements: Sequence[Element], inside: dict[int, list[Line]]
) -> list[list[tuple[_Day, list[Line]]]]:
    """Days with their rows' lines, by the list that they are in."""
    count: Counter[int] = Counter()
    for day in days:
        number = day.line.element
        while number >= 0:
            count[number] += 1
            number = elements[number].parent
    groups: dict[tuple[int, str], list[tuple[_Day, list[Line]]]] = defaultdict(list)
    for day in days:
        number = day.line.element
        if count[number] > 1:
            groups[number, "line"].append((day, [day.line]))
            continue
        while elements[number].parent >= 0 and count[elements[number].parent] == 1:
            number = elements[number].parent
        groups[elements[number].parent, elements[number].tag].append((day, inside[number]))
    return [_in_pairs(group, inside.get(where, [])) for (where, _), group in groups.items() if len(group) > 1]


def _in_pairs(group: list[tuple[_Day, list[Line]]], around: Sequence[Line]) -> list[tuple[_Day, list[Line]]]:
    """The group; where its rows hold nothing but their days, with the lines of the titles above or below them."""
    owns = [day.line.text[slice(*own)] if (own := _own_title(day)) else "" for day, _ in group]
    labels = {words for words, times in Counter(owns).items() if times > 1}  # "Notice", again and again
    if any(len(lines) > 1 or (own and own not in labels) for own, (_, lines) in zip(owns, group, strict=True)):
        return group
    places = {line.number: place for place, line in enumerate(around)}
    days = [places[day.line.number] for day, _ in group]
    gaps = [b - a for a, b in pairwise(days)]
    step = min(gaps) if gaps else 2
    if step < 2:
        return []
    if all(place and around[place - 1].heading for place in days) and not around[days[0]].heading:
        ends = [place - 1 for place in days[1:]] + [min(days[-1] - 1 + step, len(around))]
        return [(day, list(around[a - 1 : b])) for (day, _), a, b in zip(group, days, ends, strict=True)]
    first = around[days[0] - 1] if days[0] else None
    above = first is not None and could_be_title(first) and not heads_a_list(first.text) and days[0] + 1 >= step
    if above and len(around) > days[-1] + 1 and could_be_title(around[days[-1] + 1]):
        above = is_link(first) if first is not None else False
    width = min(step, _LINES_OF_A_PAIR)
    pairs = []
    for (day, _), place in zip(group, days, strict=True):
        lines = around[max(0, place - width + 1) : place + 1] if above else around[place : place + width]
        pairs.append((day, list(lines)))
    return pairs


def _rows_of(group: Sequence[tuple[_Day, list[Line]]]) -> list[Row]:
    """The rows of a list, none where it is no list of messages."""
    said = Counter(line.text for _, lines in group for line in {line.text: line for line in lines}.values())
    labels = {text for text, times in said.items() if times > 1 and times * 2 > len(group)}
    found = [row for day, lines in group if len(lines) <= _MOST_LINES and (row := _row(day, lines, labels))]
    sorts = Counter(_sort_of_title(row) for row in found).most_common(1)
    found = [row for row in found if _sort_of_title(row) == sorts[0][0]]
    linked = sum(any(line.linked for line in row.lines) for row in found)
    return found if len(found) > 1 and linked * 2 >= len(found) else []


def _sort_of_title(row: Row) -> tuple[bool, bool, bool]:
    """How a title is made: rows of one list are made alike, and a message beside a list is made otherwise."""
    own = row.title is row.dated
    return bool(row.title.heading), not own and is_link(row.title), own


def _lone_items(
    days: Sequence[_Day], known: Collection[int], elements: Sequence[Element], inside: dict[int, list[Line]]
) -> list[Row]:
    """The rows of lists that have one only: an item of a list with a day and a title that leads to it."""
    found = []
    for day in days:
        number = day.line.element
        term = elements[number].tag == "dt"  # and its title is what the term stands for
        while number >= 0 and elements[number].tag not in _ITEMS and not (term and elements[number].tag == "dl"):
            number = elements[number].parent
        if day.line.number in known or number < 0 or len(inside[number]) > _MOST_LINES:
            continue
        row = _row(day, inside[number], ())
        if row is None or (row.title.linked and not row.title.links):
            continue  # a link that leads nowhere by itself, alone: "Print this page"
        if any(is_prose(line) and line.number < row.title.number for line in inside[number]):
            continue  # what stands below a message: "Comments"
        if (is_link(row.title) or row.title is day.line) and row.title.heading != 1:
            found.append(row)
    return found


def _row(day: _Day, lines: Sequence[Line], labels: Collection[str]) -> Row | None:
    own = _own_title(day)
    beside = {day.line.number, *(line.number for line in day.also)}
    others = [line for line in lines if line.number not in beside and line.text not in labels and not leads_on(line)]
    title = _title_among(others) if own is None or not _is_whole_link(day.line, own) else None
    inside = day.printed.start > 2 and _inside_a_link(day.line, day.printed)
    if own is not None and (inside or title is None or not (title.heading or is_link(title))):
        return Row(tuple(lines), day.line, day.printed, day.line, *own, _teaser(others, day.line), day.also)
    if title is None or (is_prose(title) and not title.linked and not title.heading):
        return None  # a message under its own day
    start, end = _stretch_of_title(title)
    return Row(tuple(lines), day.line, day.printed, title, start, end, _teaser(others, title), day.also)


def _stretch_of_title(title: Line) -> tuple[int, int]:
    """The words of a title in its line: those of its one link, where that stands right behind a label's element."""
    if len(title.links) == 1 and title.links[0].start in title.joints and title.links[0].end == len(title.text):
        return title.links[0].start, title.links[0].end
    return 0, len(title.text)


def _own_title(day: _Day) -> tuple[int, int] | None:
    """The stretch of a title in the line of its day: its longest link, else what stands behind the day."""
    line, printed = day.line, day.printed
    if printed.start > 2 and _inside_a_link(line, printed):
        after = _TIME.sub("", line.text[printed.end :]).strip()
        end = len(line.text) if after else len(line.text[: printed.start].rstrip(" ,;|(-–—·"))
        return (0, end) if _says_enough(line.text[:end]) else None
    links = [x for x in line.links if x.start >= printed.end or x.end <= printed.start]
    best = max(links, key=lambda link: link.end - link.start, default=None)
    if best is not None and _says_enough(line.text[best.start : best.end]):
        return best.start, best.end
    before = line.text[: printed.start].rstrip(" ,;|(-–—·")
    if line.linked and not line.links and abs(len(before) - line.linked) <= _LEAST_WORD and _says_enough(before):
        return 0, len(before)  # of a link that leads nowhere by itself, such as a script opens
    rest = line.text[printed.end :].strip(" -–—|:·•)")
    if printed.start <= 2 and _says_a_title(rest) and (is_link(line) or not line.links):
        start = line.text.index(rest, printed.end)
        return start, start + len(rest)
    return None


def _says_a_title(words: str) -> bool:
    """Whether words are enough for a title without days, times and a label of such."""
    said = _DAYS_AND_TIMES.sub("", words)
    return _says_enough(said) and folded(said) not in AFTERWORDS | PUBLICATIONS


def _is_whole_link(line: Line, own: tuple[int, int]) -> bool:
    return any((link.start, link.end) == own for link in line.links)


def _title_among(lines: Sequence[Line]) -> Line | None:
    """The line of the title among the other lines of a row."""
    fitting = [line for line in lines if could_be_title(line)]
    fitting = [line for line in fitting if not _is_teaser(line)] or fitting
    headings = [line for line in fitting if line.heading]
    if headings:
        return headings[0]
    links = [line for line in fitting if is_link(line)]
    return max(links, key=lambda line: weight(line.text)) if links else next(iter(fitting), None)


def _teaser(lines: Sequence[Line], title: Line) -> Line | None:
    return next((line for line in lines if line is not title and not line.heading and _is_teaser(line)), None)


def _is_teaser(line: Line) -> bool:
    said = weight(line.text)
    return said > _LONG or (said >= _LEAST_TEASER // 2 and bool(ENDS_A_SENTENCE.search(line.text)))


def could_be_title(line: Line) -> bool:
    """Whether a line says enough for a title, and leads on to nothing."""
    return len(line.text) <= _LIMIT_TITLE and _says_enough(line.text) and not leads_on(line)


def _says_enough(words: str) -> bool:
    """Whether words are long enough for a title, with one that is longer than the names of languages in a menu."""
    said = list(map(len if words.isascii() else weight, words.split()))
    return sum(said) + len(said) - 1 >= _LEAST_TITLE and max(said, default=0) >= _LEAST_WORD


def leads_on(line: Line) -> bool:
    """Whether a link leads to the rest of a message or of a list."""
    return len(line.text) <= 40 and starts_with_any(line.text, ALL_MESSAGES)
