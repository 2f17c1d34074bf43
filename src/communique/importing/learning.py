"""Learning a site: its pages are read twice, first without what they have in common, then by where things stand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from communique.importing.capture import Capture, Line
from communique.importing.dates import whole_date
from communique.importing.page import Page, read_page
from communique.importing.running_text import is_link, is_prose
from communique.importing.site import (
    FIGURES,
    LEAST_PAGES,
    LIMIT_SECTION,
    Placed,
    Site,
    chrome_of,
    element_places,
    keys_of,
    own_lines,
    placed_lines,
)

MOST_PAGES = 40
"""of a site: more teach nothing new"""
_NEARLY_ALL = 0.8
"""of the messages: so many have a line in a place, each another"""
_LEAST_SHARE = 0.5
"""of the pages on which a field was found: so many have it in one place"""
_FIELDS = {"title": "title", "message date": "day", "section": "section"}
"""part of a page -> the field that it is of"""
_SAID = ("paragraph", "turn")
_READ = ("title", *_SAID)


def learned(captures: Sequence[Capture]) -> Site | None:
    """What pages of one site have in common; None where they are too few or all of one message."""
    pages = [capture for capture in captures if capture.is_markup and not capture.is_document][:MOST_PAGES]
    own = own_lines(pages)
    if len(set(own)) < LEAST_PAGES:
        return None
    site = Site(chrome_of(pages, own))
    read = [(read_page(capture, site), message) for capture, message in zip(pages, own, strict=True)]
    messages = [(page, placed_of(page), message) for page, message in read if page.kind != "list" and page.body]
    day, section, box = (
        _usual([(getattr(at, name), own) for _, at, own in messages]) for name in ("day", "section", "box")
    )
    title = _title_place(messages)
    section = _section_place(messages, title) if section is None else section
    return replace(site, title=title, day=day, section=section, box=box)


def _section_place(messages: Sequence[tuple[Page, Placed, str]], of_title: int | None) -> int | None:
    """Where no words tell a section: one short line over each title, the same over several and another over others;
    of such places the nearest."""
    found: dict[int, list[Line]] = defaultdict(list)
    for page, _, _ in messages:
        placed = list(_lines_of(page))
        read = next((s.line for s in page.stretches if s.part == "title"), 0)
        title = next((line.number for place, line in placed if place == of_title), read)
        for place, line in placed:
            if line.number < title:
                found[place].append(line)
    fitting = {}
    for place, lines in found.items():
        times = Counter(line.text for line in lines)
        short = all(len(line.text) <= LIMIT_SECTION and not is_link(line) for line in lines)
        if short and len(lines) == len(messages) and 1 < len(times) < len(lines) and not _has_figures(times):
            fitting[place] = lines[0].number
    return max(fitting, key=lambda place: fitting[place], default=None)


def _has_figures(texts: Iterable[str]) -> bool:
    return any(FIGURES.search(text) for text in texts)


def _title_place(messages: Sequence[tuple[Page, Placed, str]]) -> int | None:
    """Where the title stands: one line a page, another on each. Of such places that in which most titles were found;
    where most were found among other lines, the best marked one over the text, and of two alike the later one."""
    alone = _lines_of_their_own(messages)
    usual = _usual([(at.title, own) for _, at, own in messages])
    if usual in alone or not alone:
        return usual
    over = {
        place: lines
        for place, lines in alone.items()
        if all(line.number < _first_said(messages[number][0]) for number, line in lines)
    }
    if usual is None or not over:
        return None
    return max(over, key=lambda place: _rank(over[place]))


def _lines_of_their_own(messages: Sequence[tuple[Page, Placed, str]]) -> dict[int, list[tuple[int, Line]]]:
    """Places with one line on nearly every page, as different as the messages are, figures aside; with these lines."""
    found: dict[int, list[tuple[int, Line]]] = defaultdict(list)
    for number, (page, _, _) in enumerate(messages):
        for place, line in _lines_of(page):
            found[place].append((number, line))
    wanted = len({own for _, _, own in messages}) * _NEARLY_ALL
    alone = {}
    for place, lines in found.items():
        texts = {FIGURES.sub("", line.text) for _, line in lines}
        once = len({number for number, _ in lines}) == len(lines) and wanted <= len(texts)
        if once and not any(_is_no_title(line, messages[number][0].language) for number, line in lines):
            alone[place] = lines
    return alone


def _is_no_title(line: Line, language: str) -> bool:
    return is_prose(line) or is_link(line) or whole_date(line.text, language) is not None


def _first_said(page: Page) -> int:
    return min((s.line for s in page.stretches if s.part in _SAID), default=0)


def _rank(lines: Sequence[tuple[int, Line]]) -> tuple[int, bool, int]:
    line = lines[0][1]
    return -(line.heading or 9), line.strong, line.number


def placed_of(page: Page) -> Placed:
    """Where the fields of a page stand on it."""
    parts: dict[int, str] = {}
    for stretch in page.stretches:
        parts.setdefault(stretch.line, stretch.part)
    places: dict[str, int] = {}
    keys: set[int] = set()
    at = element_places(page.capture)
    for place, line in placed_lines(page.capture, at):
        part = parts.get(line.number, "")
        if part in _FIELDS:
            places.setdefault(_FIELDS[part], place)
        if part in _READ:
            keys.update(keys_of(place, line.text))
    said = [line for line in page.capture.lines if parts.get(line.number) in _SAID]
    return Placed(**places, box=_box_of(page.capture, at, said), keys=frozenset(keys))


def _lines_of(page: Page) -> Iterator[tuple[int, Line]]:
    return placed_lines(page.capture, element_places(page.capture))


def _box_of(capture: Capture, places: Sequence[int], said: Sequence[Line]) -> int | None:
    """The place of the innermost element that holds most of a text."""
    if not places or not said:
        return None
    held = [(0, 0)] * len(capture.elements)
    for line in said:
        held[line.element] = (held[line.element][0] + 1, held[line.element][1] + len(line.text))
    for number in range(len(held) - 1, 0, -1):
        parent = capture.elements[number].parent
        held[parent] = (held[parent][0] + held[number][0], held[parent][1] + held[number][1])
    lines, signs = held[0]
    wide = [number for number, (n, m) in enumerate(held) if n >= min(lines, 2) and m * 2 > signs]
    return places[max(wide)]


def _usual(places: Sequence[tuple[int | None, str]]) -> int | None:
    """Where most messages have a field; None where it stands here and there."""
    found: dict[int, set[str]] = defaultdict(set)
    for place, message in places:
        if place is not None:
            found[place].add(message)
    best = max(found, key=lambda place: (len(found[place]), place), default=None)
    if best is None or len(found[best]) < max(LEAST_PAGES, _LEAST_SHARE * sum(map(len, found.values()))):
        return None
    return best
