"""A site: what its pages have in common, learned from some of them, and what that says of a line on another.

Whoever made the pages of a site made them alike. What stands on three of them or more, in the same place of the tree
and in the same words, with different messages around it, is the site's and no title or text of any; and where the
titles, the days and the sections of most messages stand, they stand on the others, too. Neither needs a word of any
language. A place is a path of elements with their names, figures left out; pages alone and documents have none.

    >>> site = learned([capture(page) for page in pages])      # learning.py
    >>> site.says(capture).chrome                              # numbers of lines
    frozenset({1, 2, 3, 41})

What is said again within a text stays: marks of who speaks come several times on a page, closing words ("Thank you.")
are short sentences among lines that do not come again, and a question that is put to everybody stands between answers.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

from communique.importing.capture import Capture, Line
from communique.importing.running_text import ENDS, is_link, is_prose, is_short_sentence
from communique.importing.weight import weight

LEAST_PAGES = 3
"""messages that are not the same: so many have a line in common before it is the site's"""
_LEAST_OWN = 15
"""signs of a line by which a message is told from others"""
_ONCE = 0.8
"""of the pages with a line: it stands there once"""
_PURE = 0.5
"""of what stands in a place: so much is the same on several pages, and the place is none of a text"""
_EVERYWHERE = 0.8
"""of the pages with a place: so many have a line in common that stands at the edge of a text"""
_LEAST_SENTENCE = 60
_MOST_LINES = 3
"""of a title; more in one place are a text"""
LIMIT_SECTION = 60
FIGURES = re.compile(r"\d+")
_OPENS = (",", "，", "،", "、", ":", "：")


@dataclass(frozen=True)
class Said:
    """What a site says of a page: which lines are its own, and where others have their title, day and section."""

    chrome: frozenset[int] = frozenset()
    title: tuple[Line, ...] = ()
    days: frozenset[int] = frozenset()
    section: Line | None = None
    box: frozenset[int] = frozenset()
    """numbers of the lines in the element that holds the text"""


NOTHING_SAID = Said()


@dataclass(frozen=True)
class Placed:
    """Where the fields of a page were found: the places of title, day and section, and the keys of the lines of title
    and text."""

    title: int | None = None
    day: int | None = None
    section: int | None = None
    box: int | None = None
    """of the element that holds most of the text"""
    keys: frozenset[int] = frozenset()


NOWHERE = Placed()


@dataclass(frozen=True)
class Site:
    """Keys of the lines that are the site's, and the places of title, day, section and text; None where they vary."""

    chrome: frozenset[int] = frozenset()
    title: int | None = None
    day: int | None = None
    section: int | None = None
    box: int | None = None

    def says(self, capture: Capture) -> Said:
        """What this says of a page of the site."""
        places = element_places(capture)
        placed = list(placed_lines(capture, places))
        chrome = frozenset(x.number for place, x in placed if not self.chrome.isdisjoint(keys_of(place, x.text)))
        own = [(place, line) for place, line in placed if line.number not in chrome]
        title = tuple(line for place, line in own if place == self.title)
        days = frozenset(line.number for place, line in placed if place == self.day)
        sections = [line for place, line in placed if place == self.section and len(line.text) <= LIMIT_SECTION]
        section = sections[0] if len(sections) == 1 else None
        box = lines_in_box(capture, places, self.box) if self.box is not None else frozenset()
        return Said(chrome, title if len(title) <= _MOST_LINES else (), days, section, box)

    def tells_more_of(self, page: Placed) -> bool:
        """Whether a page that was read without this could be read otherwise with it."""
        pairs = (
            (self.title, page.title),
            (self.day, page.day),
            (self.section, page.section),
            (self.box, page.box),
        )
        elsewhere = any(place is not None and place != found for place, found in pairs)
        return bool(page.keys) and (elsewhere or not self.chrome.isdisjoint(page.keys))


def placed_lines(capture: Capture, places: Sequence[int]) -> Iterator[tuple[int, Line]]:
    """Each line of a page with its place, by the places of its elements; none where they have none."""
    for line in capture.lines if places else ():
        if line.text:
            look = f"{line.heading} {line.strong:d} {is_link(line):d}"
            yield crc32(look.encode(), places[line.element]), line


def keys_of(place: int, text: str) -> tuple[int, int]:
    """By what words in a place are known again: as they are, and figures aside."""
    return _key(place, text), _key(place, FIGURES.sub("#", text))


def element_places(capture: Capture) -> list[int]:
    """The place of each element of a page; of plain text and documents none has one."""
    places: list[int] = []
    for element in capture.elements if capture.is_markup and not capture.is_document else ():
        over = places[element.parent] if element.parent >= 0 else 0
        places.append(crc32(f"{element.tag}.{FIGURES.sub('', element.names)}".encode("utf-8", "replace"), over))
    return places


def lines_in_box(capture: Capture, places: Sequence[int], box: int) -> frozenset[int]:
    """The numbers of the lines in the one element in a place; none where there are several."""
    found = [number for number, place in enumerate(places) if place == box]
    if len(found) != 1:
        return frozenset()
    inside = [False] * len(capture.elements)
    for number, element in enumerate(capture.elements):
        inside[number] = number == found[0] or (element.parent >= 0 and inside[element.parent])
    return frozenset(line.number for line in capture.lines if line.text and inside[line.element])


def own_lines(captures: Sequence[Capture]) -> list[str]:
    """What tells the message of each page from others: the longest of those of its lines that stand on the fewest."""
    texts = [{line.text for line in capture.lines if weight(line.text) >= _LEAST_OWN} for capture in captures]
    pages = Counter(text for found in texts for text in found)
    return [min(found, key=lambda text: (pages[text], -weight(text), text), default="") for found in texts]


def chrome_of(captures: Sequence[Capture], own: Sequence[str]) -> frozenset[int]:
    """The keys of lines that stand on several pages with different messages, told from each other by `own_lines`."""
    pages = [list(placed_lines(capture, element_places(capture))) for capture in captures]
    lines: dict[int, dict[str, list[_Seen]]] = defaultdict(lambda: defaultdict(list))
    for number, placed in enumerate(pages):
        by_place: dict[int, list[Line]] = defaultdict(list)
        for place, line in placed:
            by_place[place].append(line)
        for place, found in by_place.items():
            for at, line in enumerate(found):
                lines[place][line.text].append(_Seen(number, at, len(found)))
    again = {place: {t for t, seen in texts.items() if _stands_on_several(seen, own)} for place, texts in lines.items()}
    within = Counter(one for placed in pages for one in _within_texts(placed, again))
    chrome: set[int] = set()
    for place, texts in lines.items():
        said = {text for text, seen in texts.items() if within[place, text] * 2 > len(seen)}
        chrome |= _chrome_of_place(place, texts, again[place], own) - {_key(place, text) for text in said}
    return frozenset(chrome)


def _within_texts(placed: Sequence[tuple[int, Line]], again: dict[int, set[str]]) -> Iterator[tuple[int, str]]:
    """The sentences that a page shares with others and that stand within its text: between two of its own which stand
    in one place, as a question that is put to everybody stands between two answers."""
    before: int | None = None
    shared: list[tuple[int, str]] = []
    for place, line in placed:
        if not (is_prose(line) or is_short_sentence(line)):
            continue
        if line.text in again[place]:
            shared.append((place, line.text))
            continue
        if place == before:
            yield from shared
        before, shared = place, []


@dataclass(frozen=True)
class _Seen:
    """A line on a page: which of the lines in its place it is."""

    page: int
    at: int
    of: int


def _chrome_of_place(place: int, texts: dict[str, list[_Seen]], again: set[str], own: Sequence[str]) -> set[int]:
    all_of_it = sum(map(len, texts.values()))
    if sum(len(texts[text]) for text in again) >= _PURE * all_of_it:
        return {_key(place, text) for text in again}
    return _chrome_at_the_edges(place, texts, own)


def _stands_on_several(seen: Sequence[_Seen], own: Sequence[str]) -> bool:
    """Whether a line stands on pages of several messages, and once on each."""
    pages = {one.page for one in seen}
    return len(pages) >= _ONCE * len(seen) and len({own[page] for page in pages}) >= LEAST_PAGES


def _chrome_at_the_edges(place: int, texts: dict[str, list[_Seen]], own: Sequence[str]) -> set[int]:
    """Where a text and what surrounds it stand in one element: what nearly all pages have before it or behind it,
    figures aside."""
    alike: dict[str, list[_Seen]] = defaultdict(list)
    for text, seen in texts.items():
        alike[FIGURES.sub("#", text)] += seen
    pages = {one.page for seen in texts.values() for one in seen}
    common = {
        text: seen
        for text, seen in alike.items()
        if _stands_on_several(seen, own)
        and len({one.page for one in seen}) >= _EVERYWHERE * len(pages)
        and not _could_be_said(text)
    }
    varied = {(one.page, one.at) for text, seen in alike.items() if text not in common for one in seen}
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for page, at in varied:
        first[page], last[page] = min(at, first.get(page, at)), max(at, last.get(page, at))
    return {
        _key(place, text)
        for text, seen in common.items()
        if all(not first.get(one.page, one.at) < one.at < last.get(one.page, one.at) for one in seen)
    }


def _could_be_said(text: str) -> bool:
    """Whether words could be those with which messages begin or end: "Ladies and gentlemen,", "Thank you."."""
    return weight(text) < _LEAST_SENTENCE and (bool(ENDS.search(text)) or text.rstrip().endswith(_OPENS))


def _key(place: int, text: str) -> int:
    return crc32(text.encode("utf-8", "replace"), place)
