"""A piece of furniture against its shape: what is missing and what is no day, time, zone or colour, in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from communique.edition import EditionError
from communique.edition.language import simple_instead
from communique.edition.shape import (
    CLOCK_TIME,
    COLOUR,
    COUNTRY,
    DATE_PATTERN,
    DAY,
    FILE,
    ID,
    TAG,
    WORDS,
    ZONE,
    File,
    Integer,
    ListOf,
    MapOf,
    Record,
    Shape,
)
from communique.newsroom.piece_form import (
    BLOCKS,
    LABELS,
    PATTERNS,
    SENTENCES,
    WEEKDAYS,
)
from communique.newsroom.piece_languages import (
    language_name,
    zones,
)

Fault = tuple[str, str]
"""a place in the content, and a sentence"""


class Walk:
    """Content against its shape, every fault with its place."""

    def __init__(self, original: str) -> None:
        self.original = original

    def faults(self, shape: Shape, value: Any, place: str) -> Iterator[Fault]:
        """What is wrong with a value that is there."""
        if shape in (WORDS, SENTENCES, BLOCKS):
            if isinstance(value, Mapping) and not value.get(self.original):
                yield f"{place}.{self.original}", self._original_missing()
        elif isinstance(shape, Record) and isinstance(value, Mapping):
            yield from self._record(shape, value, place)
        elif isinstance(shape, ListOf) and shape != WEEKDAYS and isinstance(value, list):
            yield from self._list(shape, value, place)
        elif shape == PATTERNS and isinstance(value, Mapping):
            for tag, pattern in value.items():
                yield from _pattern_faults(pattern, f"{place}.{tag}", ("d", "M"))
        elif not isinstance(shape, MapOf | File):
            yield from _value_faults(shape, value, place)

    def _record(self, shape: Record, value: Mapping[str, Any], place: str) -> Iterator[Fault]:
        for key, inner in {**shape.must, **shape.may}.items():
            where = f"{place}.{key}" if place else key
            if key in value:
                yield from self.faults(inner, value[key], where)
            elif key in shape.must:
                yield self._missing(inner, where)

    def _list(self, shape: ListOf, rows: list[Any], place: str) -> Iterator[Fault]:
        whole = [(number, row) for number, row in enumerate(rows) if row not in ("", {}, None)]
        if len(whole) < shape.least:
            yield place, _("Add at least one.")
        for number, row in whole:
            yield from self.faults(shape.of, row, f"{place}[{number}]")

    def _missing(self, shape: Shape, place: str) -> Fault:
        if shape in (WORDS, SENTENCES, BLOCKS):
            return f"{place}.{self.original}", self._original_missing()
        sentences = {
            DAY: _("Choose the day."),
            ZONE: _("Choose the time zone, such as Europe/Lisbon."),
            CLOCK_TIME: _("Write the time as 09:30."),
            DATE_PATTERN: _("Write how days are written, such as d MMMM y."),
            WEEKDAYS: _("Choose at least one day."),
            LABELS: _("Write at least one label in the office’s own words; without one this piece is not needed."),
        }
        if isinstance(shape, ListOf) and shape != WEEKDAYS:
            return place, _("Add at least one.")
        if shape == FILE:
            return place, _("Choose a file, or empty the words beside it.")
        known = next((sentence for one, sentence in sentences.items() if one == shape), None)
        return place, known or _("Fill this in.")

    def _original_missing(self) -> str:
        return _("Write it in %(language)s, the original language.") % {"language": language_name(self.original)}


def _value_faults(shape: Shape, value: Any, place: str) -> Iterator[Fault]:
    """One single value: a day, a time, a zone, a number, a colour, a tag, an id."""
    if shape == ZONE:
        yield from zone_faults(value, place)
    elif shape == DATE_PATTERN:
        yield from _pattern_faults(value, place, ("d", "M", "y"))
    elif shape == TAG and isinstance(value, str) and (simple := simple_instead(value)):
        said = _("“%(tag)s” tells nobody what it is. For easy language write %(simple)s.")
        yield place, said % {"tag": value, "simple": simple}
    elif not fits(shape, value):
        yield place, _not_fitting(shape)


def fits(shape: Shape, value: Any) -> bool:
    try:
        shape.walk(value, "", lambda _sort, one, _where: one)
    except EditionError:
        return False
    return True


def _not_fitting(shape: Shape) -> str:
    if isinstance(shape, Integer):
        return _("Write a whole number from %(least)s to %(most)s.") % {"least": shape.least, "most": shape.most}
    sentences: tuple[tuple[Shape, str], ...] = (
        (DAY, _("This day is not in the calendar. Write it as 2026-03-04.")),
        (CLOCK_TIME, _("Write the time as 09:30, from 00:00 to 24:00.")),
        (COLOUR, _("Write the colour as # and six digits or letters from a to f, such as #124559.")),
        (TAG, _("Write the language as its tag, such as en, fr or zh-Hans.")),
        (ID, _("Choose one from the list.")),
        (COUNTRY, _("Choose one from the list.")),
        (WEEKDAYS, _("Choose at least one day.")),
    )
    return next((sentence for one, sentence in sentences if one == shape), _("This does not fit here; write it anew."))


def zone_faults(value: Any, place: str) -> Iterator[Fault]:
    """A zone is one of the tzdata package."""
    if value in zones():
        return
    near = [zone for zone in sorted(zones()) if zone.rpartition("/")[2].lower() == str(value).replace(" ", "_").lower()]
    if near:
        yield place, _("Write it whole: %(zone)s.") % {"zone": near[0]}
    else:
        yield (
            place,
            _("No time zone is called “%(zone)s”. Write it as Europe/Lisbon or Africa/Nairobi.") % {"zone": value},
        )


def _pattern_faults(pattern: Any, place: str, needed: Sequence[str]) -> Iterator[Fault]:
    if not fits(DATE_PATTERN, pattern):
        yield place, _("Write a pattern of at most 60 characters without the signs < > { }.")
        return
    letters = set(re.findall("[A-Za-z]", re.sub("'[^']*'", "", pattern).replace("L", "M")))
    strange = "".join(sorted(letters - set("dMyE")))
    missing = [letter for letter in needed if letter not in letters]
    if strange:
        yield (
            place,
            _("Put words that are printed as they are in single quotes; here: %(letters)s.") % {"letters": strange},
        )
    elif missing:
        yield (
            place,
            _("The pattern lacks %(letters)s: d is the day, M the month, y the year.")
            % {"letters": ", ".join(missing)},
        )
