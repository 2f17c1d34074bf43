"""The parts of a page as the steps before "who speaks" found them, whatever sort of page it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from communique.importing.afterwords import Signature
from communique.importing.capture import Line
from communique.importing.contacts import Contact
from communique.importing.counters import Counter
from communique.importing.facts import NO_FACTS, Facts
from communique.importing.heading import Heading
from communique.importing.listing import Listing
from communique.importing.placed_day import PlacedDay
from communique.importing.turns import Mark


@dataclass(frozen=True)
class Parts:
    """What was found on a page, before it is said who speaks.

    `apart` are short lines of a head inside the body, `heads` the lines of the head that may name an occasion,
    `dated_line` the one with the date. `how` is the shape that was found, `rivals` how many other lines could be the
    title, `placed` a day with its place that is not the message's own.
    """

    heading: Heading
    body: Sequence[Line]
    marks: Sequence[Mark]
    listing: Listing
    clocks: Sequence[tuple[str, str, str]]
    contacts: Sequence[Contact]
    counters: Sequence[Counter]
    apart: Sequence[Line] = ()
    heads: Sequence[str] = ()
    dated_line: Line | None = None
    how: str = ""
    rivals: int = 0
    signature: Signature | None = None
    facts: Facts = NO_FACTS
    placed: PlacedDay | None = None
