"""The regions of an HTML page: title, head, body, and what only stands around them.

A page is a tree, and its message is in one branch of it. The title is the heading that the head of the file names too.
From the title the tree is climbed until the branch holds most of the running text below the title: that branch is the
message's. In it, running text and what stands between it is the body; short lines above it are the head; links with
nothing said around them, labels above links, and lines that the page prints twice are neither.

Elements that are named as menus, sharing, captions and the like (`names_of_parts.py`) are left out, unless most of the
page's text stands in them: makers err.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from communique.importing.body_region import body_of, body_of_document
from communique.importing.capture import Capture, Line
from communique.importing.dates import dates_in, ends_in_date, whole_date
from communique.importing.facts import NO_FACTS, Facts, find_facts
from communique.importing.rows import Row, find_rows
from communique.importing.running_text import ENDS, is_link, is_prose, is_short_sentence, leads_home
from communique.importing.site import NOTHING_SAID, Said
from communique.importing.weight import weight
from communique.importing.words import FORMS, TITLE_LABELS, folded, names_a_form

_LEAST_BRANCH = 0.6
"""of the text below the title, before the branch is wide enough"""
_LEAST_OVERRULED = {"hidden": 0.8, "overlay": 0.8}
"""of the page's text, before the name of an element is not believed; for the others a half"""
_MOST_TITLE = 320
_TOLD = 4.0
_LAST_SEGMENT = 3.0
_TIMES_LONGER = 2.5
_TIMES_MORE = 2
_OF_BOXES = 2
"""the heading that boxes have beside a message"""
_LINES_TO_A_TITLE = 6
_LEAST_RANK = 2.6
"""a heading over text has more, a plain line over text less"""
_LEAST_SAID = 15
_OVER_TEXT, _OVER_A_SENTENCE = 2.5, 2.2
_LEAST_COLUMN = 300
"""signs of running text in a row of a table that holds a page's columns, and no row of a list"""
_MOST_LINKS_BETWEEN = 3
_MOST_STEPS = 7
_LEAST_MENU = 3
_OF_LISTS = ("dd", "dt", "li")
"""what holds a part of a list, and no text by itself"""
_LINES_OVER = 10
_LINES_TO_PROSE = 10
_COMMAS = (",", "،", "、")
_STEPS = re.compile(r"\s*[›»>＞≫/|→·]+\s*")
ARROWS = re.compile(r"\s[›»>→]\s|[＞≫]")
_WHERE = re.compile(r"^[^:：›»>/|→·]{4,24}[:：]\s+")
""" "You are here:" """
_LINES_OF_TERMS = 16
_LIMIT_TRAIL = 160
_SEGMENTS = re.compile(r"\s+[|–—·«»•:/-]\s+|\s*[|»«_]\s*")


@dataclass(frozen=True)
class Regions:
    """`title` are the lines of the title, `over` short lines above it, `under` those between it and the body, `below`
    the rest of the branch after the body. `beside` are the numbers of lines that stand in menus and the like, `path`
    the words of breadcrumbs, `rows` other messages with their days, `facts` a
    table of them beside the text, `current` the items of menus where the reader is, `said` what the site says."""

    title: tuple[Line, ...]
    over: tuple[Line, ...]
    under: tuple[Line, ...]
    body: tuple[Line, ...]
    below: tuple[Line, ...]
    beside: frozenset[int]
    path: tuple[str, ...]
    rows: tuple[Row, ...] = ()
    facts: Facts = NO_FACTS
    current: tuple[str, ...] = ()
    said: Said = NOTHING_SAID

    @property
    def title_words(self) -> str:
        """The words of the title in one line."""
        return " ".join(" ".join(line.text.split()) for line in self.title)


def divide(capture: Capture, language: str, said: Said = NOTHING_SAID) -> Regions | None:
    """The regions of a page; None for plain text, and where no title and no text can be told from the rest. `said` is
    what other pages of the site say of this one."""
    if not capture.is_markup:
        return None
    lines = [line for line in capture.lines if line.text]
    tree = _Tree(capture, lines)
    told = _first_segments(capture.titles)
    longest = max(map(len, capture.titles), default=0)
    others = [x for x in lines if len(x.text) > longest or folded(x.text) not in told] if told else lines
    rows = find_rows(others, capture.elements, language)
    listed = {line.number for row in rows for line in row.lines}
    seen = [line for line in lines if not tree.is_beside(line) and line.number not in listed]
    open_ = [line for line in seen if line.number not in said.chrome]
    title = [line for line in open_ if line in said.title]
    title = title or _title_of(
        tree, tree.without_columns([x for x in open_ if not leads_home(x)]), capture, rows, language
    )
    title = title or _title_of(tree, open_, capture, rows, language)
    if not title:
        return None
    after = [line for line in open_ if line.number > title[-1].number]
    facts = find_facts(after, capture.elements)
    inside = tree.dates_of_the_page(after, language)
    after = [line for line in after if line not in facts.lines and line.number not in inside]
    room = after if capture.is_document else tree.branch(title[0], after)
    find = body_of_document if capture.is_document else body_of
    first, last, body = find(room, after, tree.items_beside, tree.leaves, language)
    over = [line for line in seen if line.number < title[0].number and not is_prose(line)][-_LINES_OVER:]
    above = [line for line in lines if line.number < title[0].number]
    words = folded(" ".join(line.text for line in title))
    path = (*capture.path, *tree.path(lines), *tree.steps(above, words))
    current = (*capture.current, *tree.current(above))
    beside = frozenset(line.number for line in lines if tree.is_beside(line))
    text = room[first].number if first < len(room) else title[-1].number
    between = (line for line in seen if line.number in said.chrome and title[-1].number < line.number < text)
    under = tuple(sorted([*room[:first], *between], key=lambda line: line.number))
    rest = _rest_of_its_box(body, after, said)
    below = tuple(line for line in room[last:] if line not in rest)
    body = [*body, *rest]
    return Regions(
        tuple(title), tuple(over), under, tuple(body), below, beside, path, tuple(rows), facts, current, said
    )


def _rest_of_its_box(body: Sequence[Line], after: Sequence[Line], said: Said) -> list[Line]:
    """What stands below a text in the element that holds the texts of the site: short sentences, points, subheads."""
    if not body or body[-1].number not in said.box:
        return []
    return [x for x in after if x.number > body[-1].number and x.number in said.box and not is_link(x)]


def _steps_of(line: Line) -> list[str]:
    """The steps of a trail: between signs, or, where pictures stand for these, its links and what is behind them."""
    steps = _STEPS.split(line.text)
    if len(steps) > 1 or len(line.links) < 2:
        return steps
    ends = [line.links[0].start, *(link.end for link in line.links), len(line.text)]
    return [line.text[start:end] for start, end in pairwise(ends)]


def _title_of(tree: _Tree, lines: Sequence[Line], capture: Capture, rows: Sequence[Row], language: str) -> list[Line]:
    """The lines of the title among others; none where no line is one."""
    listed = {line.number for row in rows for line in row.lines}
    between = {line.number for line in capture.lines if line.text and (line.number in listed or is_link(line))}
    return (
        _title_by_its_label(tree, lines)
        or _title(tree, lines, capture.titles, language, between)
        or _title_by_its_place(lines, language)
        or _title_of_list(lines, rows)
    )


def _first_segments(titles: Sequence[str]) -> frozenset[str]:
    """What the head of the file tells to be the title, without the name of the site behind it."""
    firsts = (segments[0] for title in titles if len(segments := _segments(title)) > 1)
    return frozenset(first for first in firsts if weight(first) >= _LEAST_SAID)


class _Tree:
    """The elements of a page with the running text in each."""

    def __init__(self, capture: Capture, lines: Sequence[Line]) -> None:
        self._elements = capture.elements
        mass = [0] * len(self._elements)
        for line in lines:
            mass[line.element] += weight(line.text) if not is_link(line) and weight(line.text) >= _LEAST_SAID else 0
        total = sum(mass)
        for number in range(len(mass) - 1, 0, -1):
            mass[self._elements[number].parent] += mass[number]
        self._last = list(range(len(mass)))
        for number in range(len(mass) - 1, 0, -1):
            parent = self._elements[number].parent
            self._last[parent] = max(self._last[parent], self._last[number])
        self._beside = [False] * len(mass)
        for number, element in enumerate(self._elements):
            named = bool(element.part) and mass[number] < _LEAST_OVERRULED.get(element.part, 0.5) * total
            self._beside[number] = named or (element.parent >= 0 and self._beside[element.parent])

    def without_columns(self, lines: Sequence[Line]) -> list[Line]:
        """The lines without those of cells beside the text: a title stands over its text, in its column or in all."""
        if not any(element.tag == "td" for element in self._elements):
            return list(lines)
        said = [0] * len(self._elements)
        for line in lines:
            said[line.element] += weight(line.text) if is_prose(line) else 0
        for number in range(len(said) - 1, 0, -1):
            said[self._elements[number].parent] += said[number]
        beside = [False] * len(said)
        for number, element in enumerate(self._elements):
            column = element.tag == "td" and not said[number] and said[element.parent] > _LEAST_COLUMN
            beside[number] = column or (element.parent >= 0 and beside[element.parent])
        return [line for line in lines if not beside[line.element]]

    def path(self, lines: Sequence[Line]) -> list[str]:
        """The words of breadcrumbs that are no navigation for HTML."""
        found = [step for line in lines if self.part(line) == "path" for step in _steps_of(line)]
        return [words.strip() for words in found if words.strip()]

    def steps(self, over: Sequence[Line], title: str) -> list[str]:
        """The words of breadcrumbs whose element says nothing: links in one line with a sign between all of them, or a
        short list over the title that is numbered or ends with the title."""
        for line in sorted(over, key=lambda line: not ARROWS.search(line.text)):
            trail = _WHERE.sub("", line.text)
            words = [step.strip() for step in _STEPS.split(trail) if step.strip()]
            if any(step.isdecimal() for step in words):
                continue  # a day
            linked = len(line.links) > 1 and len(words) in (len(line.links), len(line.links) + 1)
            if linked or (
                len(words) > 1 and len(trail) <= _LIMIT_TRAIL and len(ARROWS.findall(trail)) == len(words) - 1
            ):
                arrows = ARROWS.search(trail) or "/" in trail
                return words if arrows else [step for step in words if names_a_form(step)]
        lists: dict[int, list[Line]] = {}
        for line in over:
            if self._elements[line.element].tag == "li":
                lists.setdefault(self._elements[line.element].parent, []).append(line)
        for number, items in lists.items():
            ordered = self._elements[number].tag == "ol" and all(is_link(item) for item in items[:-1])
            if 1 < len(items) <= _MOST_STEPS and (ordered or folded(items[-1].text) == title):
                return [item.text.strip() for item in items]
        return []

    def current(self, over: Sequence[Line]) -> list[str]:
        """Items of menus that lead nowhere, beside others that do: where the reader is."""
        lists: dict[int, list[Line]] = {}
        for line in over:
            if self._elements[line.element].tag == "li":
                lists.setdefault(self._elements[line.element].parent, []).append(line)
        found = []
        for items in lists.values():
            plain = [item for item in items if not item.linked]
            if len(items) >= _LEAST_MENU and len(plain) == 1:
                found.append(plain[0].text.strip())
        return found

    def is_over_items(self, lines: Sequence[Line], place: int) -> bool:
        """Whether a list stands right under a heading: it heads that, and it may be none of the text."""
        return place + 1 < len(lines) and self._elements[lines[place + 1].element].tag == "li"

    def items_beside(self, lines: Sequence[Line]) -> frozenset[int]:
        """The items of those lists that stand in the midst of running text, as its paragraphs' neighbours."""
        around = {self._elements[line.element].parent for line in lines if is_prose(line)}
        found = set()
        for line in lines:
            element = self._elements[line.element]
            listed = element.tag == "li" and element.parent >= 0
            if listed and self._elements[element.parent].parent in around:
                found.add(line.element)
        return frozenset(found)

    def dates_of_the_page(self, lines: Sequence[Line], language: str) -> frozenset[int]:
        """The numbers of lines in a short list of terms over or in a text that says from when the page is."""
        said = self.in_tables_of_facts(lines)
        found: set[int] = set()
        for number in {self._table_around(line.element) for line in lines if line.number in said}:
            inside = [line for line in lines if self._table_around(line.element) == number]
            dated = any(whole_date(line.text, language) for line in inside)
            if dated and self._elements[number].tag == "dl" and len(inside) <= _LINES_OF_TERMS:
                found.update(line.number for line in inside)
        return frozenset(found)

    def leaves(self, line: Line, said: Line) -> bool:
        """Whether a line stands outside the box that holds the text of another, and higher up in the tree."""
        box, outer = self._elements[said.element].parent, self._elements[line.element].parent
        while box > 0 and self._elements[box].tag in _OF_LISTS:
            box = self._elements[box].parent
        return outer < box and outer <= line.element and not (box <= line.element <= self._last[box])

    def in_tables_of_facts(self, lines: Sequence[Line]) -> frozenset[int]:
        """The numbers of lines in tables with heads of rows and in lists of terms, where no running text stands."""
        around: dict[int, list[Line]] = {}
        tables = set()
        for line in lines:
            number = self._table_around(line.element)
            if number >= 0:
                around.setdefault(number, []).append(line)
                if self._elements[line.element].tag in ("th", "dt"):
                    tables.add(number)
        told = [inside for number, inside in around.items() if number in tables and not any(map(is_prose, inside))]
        return frozenset(line.number for inside in told for line in inside)

    def _table_around(self, number: int) -> int:
        while number >= 0 and self._elements[number].tag not in ("table", "dl"):
            number = self._elements[number].parent
        return number

    def is_value_of(self, label: Line, line: Line) -> bool:
        """Whether a line is the value of a head of a row, or what a term stands for."""
        head, value = self._elements[label.element], self._elements[line.element]
        row = head.parent == value.parent and value.tag in ("td", "dd")
        return row and head.tag in ("th", "dt") and not is_link(line)

    def is_beside(self, line: Line) -> bool:
        return self._beside[line.element]

    def part(self, line: Line) -> str:
        """What the nearest named element around a line is called."""
        number = line.element
        while number >= 0:
            if self._elements[number].part:
                return self._elements[number].part
            number = self._elements[number].parent
        return ""

    def branch(self, title: Line, after: Sequence[Line]) -> list[Line]:
        """Those of the lines after a title that stand in its branch of the tree."""
        said = {line.number: weight(line.text) for line in after if is_prose(line)} or {
            line.number: weight(line.text) for line in after if not is_link(line)
        }
        wanted = sum(said.values()) * _LEAST_BRANCH
        around = title.element
        while True:
            inside = [line for line in after if around <= line.element <= self._last[around]]
            if sum(said.get(line.number, 0) for line in inside) >= wanted or self._elements[around].parent < 0:
                return inside
            around = self._elements[around].parent


def _title(
    tree: _Tree, lines: Sequence[Line], told: Sequence[str], language: str, between: Collection[int]
) -> list[Line]:
    """The lines of the title: the best by its markup, by what the head of the file says, and by the text below.

    `between` are the numbers of links and of listed messages: a heading over them is the site's, not the text's.
    """
    best: tuple[float, int] = (_LEAST_RANK, -1)
    segments = [_segments(title) for title in told]
    firsts = sum(line.heading == 1 for line in lines)
    apart = _Apart(lines, tree)
    over_menus = {line.number for place, line in enumerate(lines) if _is_over_a_menu(lines, place, between)}
    for place, line in enumerate(lines):
        if not _could_be_title(line, language):
            continue
        near = _text_below(apart.below(place, _LINES_TO_PROSE))
        marked = {0: 0.25 * _is_set_apart(line), 1: 3.0, 2: 2.0, 3: 1.0}.get(line.heading, 0.5)
        marked -= 0.5 * (line.heading > 0 and tree.is_over_items(lines, place))
        told_so = _as_told(line.text, told, segments)
        if _is_over_another_told(lines, place, told, segments):
            best = max(best, (marked, place))
            continue
        tells_one = len(told) < 2 and len(segments[0] if segments else ()) < 2
        if _is_over_the_title(lines, place, told_so, language):
            best = max(best, (marked, place))  # a form of message, or the name of the site
            continue
        if tells_one and (line.number in over_menus or (not line.heading and _is_over_a_title(lines, place))):
            best = max(best, (marked, place))  # the head of the file tells one name only, and it may be the site's
            continue
        lone = 2.0 if line.heading == 1 and firsts == 1 and told_so != _LAST_SEGMENT else 0.0
        rank = marked + lone + told_so + near - 2 * is_link(line)
        # of two that are made alike the later one is the title, unless text stands between: then it heads a part of it
        alike = rank == best[0] and best[1] >= 0
        small = not told_so and line.heading == _OF_BOXES and _heads_less(lines, best[1], place)
        if rank >= best[0] and not small and not (alike and any(map(is_prose, lines[best[1] : place]))):
            best = (rank, place)
    place = best[1]
    if place < 0:
        return []
    whole = [place]
    while whole[0] and _goes_on(lines[whole[0] - 1], lines[whole[0]]):
        whole.insert(0, whole[0] - 1)
    while whole[-1] + 1 < len(lines) and _goes_on(lines[whole[-1]], lines[whole[-1] + 1]):
        whole.append(whole[-1] + 1)
    return [lines[n] for n in whole]


def _is_over_a_menu(lines: Sequence[Line], place: int, between: Collection[int]) -> bool:
    """Whether links or listed messages stand between a heading and the next one, and no text."""
    if not lines[place].heading:
        return False
    below = next((line for line in lines[place + 1 :] if line.heading or is_prose(line)), None)
    if below is None or not below.heading:
        return False
    return any(number in between for number in range(lines[place].number + 1, below.number))


def _is_over_a_title(lines: Sequence[Line], place: int) -> bool:
    """Whether a heading with text under it follows a plain line at once, a day between them or not."""
    below = lines[place + 1 : place + 4]
    head = next((n for n, line in enumerate(below) if line.heading in (1, 2)), None)
    if head is None or any(is_prose(line) for line in below[:head]):
        return False
    return _text_below(lines[place + head + 2 : place + head + 2 + _LINES_TO_PROSE]) > 0


class _Apart:
    """The lines of a page without those of tables with heads and lists of terms, which may stand under a title."""

    def __init__(self, lines: Sequence[Line], tree: _Tree) -> None:
        said = tree.in_tables_of_facts(lines)
        self._places = [n for n, line in enumerate(lines) if line.number not in said]
        self._lines = lines

    def below(self, place: int, count: int) -> list[Line]:
        """So many lines below one."""
        first = bisect_right(self._places, place)
        return [self._lines[n] for n in self._places[first : first + count]]


def _is_over_the_title(lines: Sequence[Line], place: int, told_so: float, language: str) -> bool:
    """Whether a short heading says what the one right under it is, or whose: a form of message, a name of the site."""
    line = lines[place]
    if not line.heading:
        return False
    near = takewhile(lambda x: not is_prose(x), lines[place + 1 : place + 1 + _LINES_TO_A_TITLE])
    headings = [x for x in near if x.heading and not is_link(x)]
    below = [x for x in headings if x.heading > line.heading]
    if folded(line.text) in FORMS:
        higher = any(x.heading < line.heading for x in headings)
        return higher or bool(below and told_so != _TOLD)
    dated = next((n for n, x in enumerate(lines[place + 1 : place + 4]) if ends_in_date(x.text, language)), None)
    if (
        dated is not None
        and weight(line.text) >= _LEAST_SAID
        and not any(x.heading for x in lines[place + 1 : place + 2 + dated])
    ):
        return False  # its day stands right under it
    return told_so != _TOLD and any(weight(x.text) > _TIMES_LONGER * weight(line.text) for x in below)


def _heads_less(lines: Sequence[Line], above: int, place: int) -> bool:
    """Whether a heading heads much less text than a smaller one above it: that of a box beside, "Weather"."""
    if above < 0 or lines[above].heading <= lines[place].heading:
        return False
    below = takewhile(lambda x: not 0 < x.heading <= lines[place].heading, lines[place + 1 :])
    said, own = (sum(weight(x.text) for x in some if is_prose(x)) for some in (lines[above:place], below))
    return said >= _TIMES_MORE * own


def _is_over_another_told(
    lines: Sequence[Line], place: int, told: Sequence[str], segments: Sequence[Sequence[str]]
) -> bool:
    """Whether the head of the file tells a heading and a lower one below it that stands over the text: then the upper
    one is the site's, "Harbour - The lamps are lit again" in whatever order."""
    line = lines[place]
    near = list(takewhile(lambda x: not is_prose(x), lines[place + 1 :]))
    below = [x for x in near if x.heading > line.heading > 0 and not is_link(x)]
    return any(
        _as_told(x.text, told, segments) >= _LAST_SEGMENT and weight(x.text) > weight(line.text)
        for x in below[-1:]
        if folded(x.text) != folded(line.text)
    )


def _title_of_list(lines: Sequence[Line], rows: Sequence[Row]) -> list[Line]:
    """The nearest heading of the first order there is over the first of several listed messages."""
    if len(rows) < 2:
        return []
    over = [line for line in lines if line.heading and line.number < rows[0].lines[0].number]
    return [min(reversed(over), key=lambda line: line.heading)] if over else []


def _title_by_its_label(tree: _Tree, lines: Sequence[Line]) -> list[Line]:
    """What a head of a row or a term calls the title, as systems for notices print it over a text; a heading that says
    the same is better."""
    for label, line in pairwise(lines):
        if folded(label.text) in TITLE_LABELS and tree.is_value_of(label, line) and weight(line.text) >= _LEAST_SAID:
            below = [x for x in lines if x.number > line.number]
            said = folded(line.text)
            if any(map(is_prose, below)) and not any(x.heading and folded(x.text) == said for x in lines):
                return [line]
    return []


def _title_by_its_place(lines: Sequence[Line], language: str) -> list[Line]:
    """Where no heading is one: the last short line without an end over the first of the running text."""
    first = next((n for n, line in enumerate(lines) if is_prose(line)), 0)
    fitting = [line for line in lines[max(0, first - _LINES_OVER) : first] if _could_be_title(line, language)]
    fitting = [x for x in fitting if not is_link(x) and (not ENDS.search(x.text) or _holds_its_day(x, language))]
    undated = [x for x in fitting if _holds_its_day(x, language) or not ends_in_date(x.text, language)]
    return (undated or fitting)[-1:]


def _holds_its_day(line: Line, language: str) -> bool:
    """Whether a line has its day between commas, as the numbered titles of some offices have; it is no sentence, even
    where it ends in a word cut short ("No: 12, 3 March 2026, On the lamp etc.")."""
    for printed in dates_in(line.text, language):
        before, after = line.text[: printed.start].rstrip(), line.text[printed.end :].lstrip()
        return before.endswith(_COMMAS) and after.startswith(_COMMAS)
    return False


def _text_below(below: Sequence[Line]) -> float:
    """What it says for a title that sentences stand below it, and no menu between: less where they are short."""
    links, found = 0, 0.0
    for line in below:
        if is_prose(line):
            return _OVER_TEXT
        found = found or _OVER_A_SENTENCE * is_short_sentence(line)
        links += is_link(line)
        if links > _MOST_LINKS_BETWEEN:
            break
    return found


def _could_be_title(line: Line, language: str) -> bool:
    said = weight(line.text)
    return 3 < said <= _MOST_TITLE and whole_date(line.text, language) is None and any(map(str.isalpha, line.text))


def _is_set_apart(line: Line) -> bool:
    """Whether strong type or capitals set a plain line apart."""
    return line.strong or (line.text.isupper() and weight(line.text) >= _LEAST_SAID)


def _goes_on(line: Line, below: Line) -> bool:
    """Whether a heading, or a line of strong type, goes on in the line below, divided by a break only."""
    alike = bool(line.heading) or (line.strong and below.strong)
    return alike and (below.element, below.heading, below.number) == (
        line.element,
        line.heading,
        line.number + 1,
    )


def _segments(title: str) -> list[str]:
    return [folded(part) for part in _SEGMENTS.split(title) if part.strip()]


def _as_told(text: str, told: Sequence[str], segments: Sequence[Sequence[str]]) -> float:
    """How well words are a title that the head of the file tells; the last of its segments may be the site."""
    bare, best = folded(text), 0.0
    for title, parts in zip(told, segments, strict=True):
        if bare == folded(title) or (parts and bare == parts[0]):
            return _TOLD
        if bare in parts:
            best = max(best, _LAST_SEGMENT)
        elif len(bare) >= 15 and bare in folded(title):
            best = max(best, 2.5)
    return best
