"""What surrounds the message on a page: the page's own day, city clocks, contact blocks, counters.

They are known by their shape wherever they stand. The date line is the whole-line date that is not the message's own,
or stands before the clocks of their line; of several the one nearest a clock, else the latest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from communique.importing.capture import Line
from communique.importing.clocks import Clock, settle
from communique.importing.contacts import Contact
from communique.importing.counters import Counter, counts_days, is_counter
from communique.importing.dates import PrintedDate, unkept, whole_date
from communique.importing.sheet import Sheet
from communique.importing.words import IMPRINT


@dataclass(frozen=True)
class Surroundings:
    """`told_at` is the instant that date line and clocks tell together, None where they do not."""

    dateline: PrintedDate | None
    clocks: tuple[Clock, ...]
    contacts: tuple[Contact, ...]
    counters: tuple[Counter, ...]
    told_at: datetime | None

    @property
    def day(self) -> date | None:
        return self.dateline.day if self.dateline else None


def is_surrounding(text: str, language: str) -> bool:
    """Whether a line counts days or belongs to the foot of the site, and so is no word of a message."""
    return is_counter(text, language) or counts_days(text, language) or bool(IMPRINT.search(text))


def find_dateline(sheet: Sheet, language: str) -> PrintedDate | None:
    """Take the line that says the page's own day, once the message's date is taken."""
    lines = [(line, line.text) for line in sheet.free()]
    texts = [*_before_clocks(sheet), *lines]
    found = [(line, text, d) for line, text in texts if (d := whole_date(text, language)) and d.day]
    if not found:
        return None
    clocks = [s.line for s in sheet.stretches if s.part == "clock"]
    line, text, printed = min(found, key=lambda one: _rank(one[0], one[2], clocks))
    holes = [*unkept(printed, language), *([(len(text), len(line.text))] if text != line.text else [])]
    sheet.take_around(line, "date line", 0, holes)
    ends = text[printed.end :].strip()[:1] == "." and not printed.pattern.endswith(".")
    return replace(printed, pattern=f"{printed.pattern}.") if ends else printed


def is_dated_beside_clocks(sheet: Sheet, language: str) -> bool:
    """Whether the page's own day stands in the line of its clocks, so that no other line is the date line."""
    return any(whole_date(text, language) for _, text in _before_clocks(sheet))


def _before_clocks(sheet: Sheet) -> list[tuple[Line, str]]:
    """Each line of clocks, and what stands in it before the first of them."""
    first: dict[int, int] = {}
    for stretch in sheet.stretches:
        if stretch.part == "clock":
            first.setdefault(stretch.line, stretch.start)
    return [(line, line.text[: first[line.number]]) for line in sheet.lines if line.number in first]


def _rank(line: Line, printed: PrintedDate, clocks: Sequence[int]) -> tuple[int, int]:
    distance = min((abs(line.number - number) for number in clocks), default=0)
    return distance, -(printed.day or date.min).toordinal()


def surroundings_of(
    dateline: PrintedDate | None,
    clocks: Sequence[tuple[str, str, str]],
    contacts: Sequence[Contact],
    counters: Sequence[Counter],
    language: str,
) -> Surroundings:
    """All of it, with a zone for each clock."""
    told = settle([(city, shown) for city, shown, _ in clocks], dateline.day if dateline else None, language)
    known = tuple(Clock(city, shown, zone, text) for (city, shown, text), zone in zip(clocks, told.zones, strict=True))
    return Surroundings(dateline, known, tuple(contacts), tuple(counters), told.at)
