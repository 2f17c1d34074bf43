"""Facts beside a message: a small table of labels and values, or lines of a label with its value.

    Date    3 March 2026        <table>, <dl>, or a line each ("Venue: Town Hall, Lisbon")
    Venue   Town Hall, Lisbon
    Event   The Harbour Fair

Two labels at least that are known make such a block, or two values of a list of definitions; none of its lines is
text of the message. A page that names an event there says its day and place; one that gives day and place only says
where and when it was issued.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from communique.importing.capture import Line
from communique.importing.markup import Element
from communique.importing.running_text import is_prose, is_short_sentence
from communique.importing.words import DAY_LABELS, EVENT_LABELS, PLACE_LABELS, folded

_BLOCKS = ("table", "dl", "ul")
_MOST_LINES = 24
_LIMIT_LINE = 160
_LABELLED = re.compile(r"^\s*(?P<label>[^\W\d][^:：]{1,30}?)\s*[:：]\s*(?P<value>\S.*)$")
_FIRST_WORD = re.compile(r"^\s*(?P<label>[^\W\d]\w{1,20})\s+(?P<value>\S.*)$")


@dataclass(frozen=True)
class Fact:
    """A known label ("day", "place", "event") with its value; the value's place in its line."""

    sort: str
    line: Line
    start: int

    @property
    def value(self) -> str:
        return self.line.text[self.start :].strip()


@dataclass(frozen=True)
class Facts:
    """The facts of a block, and all its lines."""

    facts: tuple[Fact, ...] = ()
    lines: tuple[Line, ...] = ()

    def of(self, sort: str) -> Fact | None:
        """The first fact of a sort."""
        return next((fact for fact in self.facts if fact.sort == sort), None)


NO_FACTS = Facts()


def find_facts(lines: Sequence[Line], elements: Sequence[Element]) -> Facts:
    """The first block of facts above running text, none where there is none."""
    head = lines[: next((n for n, line in enumerate(lines) if is_prose(line)), len(lines))][:_MOST_LINES]
    found = [fact for line in head if (fact := _labelled(line))]
    for label, value in pairwise(head):
        sort = _sort_of(label.text)
        if sort and not _sort_of(value.text) and len(value.text) <= _LIMIT_LINE and not value.heading:
            found.append(Fact(sort, value, 0))
    if len({fact.sort for fact in found}) < 2:
        return Facts((), _definitions(head, elements))
    block = _around(found[0].line, elements)
    lines_of = [x for x in head if _around(x, elements) == block] if block >= 0 else [f.line for f in found]
    return Facts(tuple(found), tuple(line for line in lines_of if not line.heading))


def _definitions(head: Sequence[Line], elements: Sequence[Element]) -> tuple[Line, ...]:
    """The lines of a list of definitions over a text, whatever its labels: short values, none of them a sentence."""
    lists: dict[int, list[Line]] = {}
    for line in head:
        if (number := _around(line, elements)) >= 0 and elements[number].tag == "dl":
            lists.setdefault(number, []).append(line)
    for lines in lists.values():
        values = [line for line in lines if elements[line.element].tag == "dd"]
        if len(values) > 1 and not any(line.heading or is_short_sentence(line) for line in lines):
            return tuple(lines)
    return ()


def _around(line: Line, elements: Sequence[Element]) -> int:
    """The table or list of definitions around a line, -1 where there is none."""
    number = line.element
    while number >= 0 and elements[number].tag not in _BLOCKS:
        number = elements[number].parent
    return number


def _labelled(line: Line) -> Fact | None:
    """The fact of a line that holds label and value; without a colon only where the label is its first word."""
    if len(line.text) > _LIMIT_LINE:
        return None
    for form in (_LABELLED, _FIRST_WORD):
        found = form.match(line.text)
        sort = _sort_of(found["label"]) if found else None
        if found and sort:
            return Fact(sort, line, found.start("value"))
    return None


def _sort_of(label: str) -> str | None:
    if len(label) > _LIMIT_LINE // 4:
        return None
    known = folded(label)
    tables = (("day", DAY_LABELS), ("place", PLACE_LABELS), ("event", EVENT_LABELS))
    return next((sort for sort, table in tables if known in table), None)
