"""The occasion that a title names: programme or event, place, day. Nothing is said that the title does not say.

    >>> occasion_of("Ambassador Ann Lee’s remarks at the Harbour Fair, Lisbon, March 3, 2026", "en")
    Occasion(event='remarks at the Harbour Fair', place='Lisbon', on=datetime.date(2026, 3, 3), printed=...)

The day is the date at the title's end; the place is the city before it, or what stands between two commas there; the
event is what is left, without the speaker whose it is.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from communique.importing.cities import city_at_end, is_city
from communique.importing.dates import PrintedDate, date_at_end, dates_in, in_order
from communique.importing.words import PARTICLES, POSSESSIVE, folded

_COMMA = re.compile(r"\s*[,،;]\s*")
_IN_BRACKETS = re.compile(r"\s*[(（]\s*(?P<place>[^()（）\d]{2,60})$")
_AFTER_DAY = re.compile(r"^\s*[,،;]\s*(?P<place>[^\d,،;()]{2,60})\)?$")
_LIMIT_PLACE_WORDS = 5


@dataclass(frozen=True)
class Occasion:
    """What a message reports on: event, place and day, as far as the title says them."""

    event: str | None = None
    place: str | None = None
    on: date | None = None
    printed: PrintedDate | None = None


def occasion_of(title: str, language: str, order: str | None = None, persons: Collection[str] = ()) -> Occasion | None:
    """The occasion of a title, None when it names neither day nor place. `persons` are names, which are no places."""
    if behind := _place_behind_day(title, language, order):
        return behind
    printed = date_at_end(title, language)
    printed = in_order(printed, order) if printed else None
    before = title[: printed.start] if printed else title
    before = before.rstrip(" ,،;(-–—\u00a0")
    if printed and (bracket := _IN_BRACKETS.search(before)):
        return Occasion(_event(before[: bracket.start()]), bracket["place"].strip(), printed.day, printed)
    place = _place(before, language, persons, after_date=printed is not None)
    if place is None and printed is None:
        return None
    rest = before[: len(before) - len(place)].rstrip(" ,،;-–—(\u00a0") if place else before
    return Occasion(_event(rest), place, printed.day if printed else None, printed)


def _place_behind_day(title: str, language: str, order: str | None) -> Occasion | None:
    """Day and city of a title that ends "…, 3 March 2026, Lisbon"."""
    printed = next(dates_in(title, language), None)
    after = _AFTER_DAY.match(title[printed.end :]) if printed else None
    if printed is None or after is None or not is_city(after["place"].strip(), language):
        return None
    printed = in_order(printed, order)
    return Occasion(_event(title[: printed.start].rstrip(" ,،;(-–—")), after["place"].strip(), printed.day, printed)


def _place(before: str, language: str, persons: Collection[str], *, after_date: bool) -> str | None:
    """The city at the end, or what the last comma divides from the rest where a date follows."""
    pieces = _COMMA.split(before)
    last = pieces[-1].strip()
    if len(pieces) > 1 and last in persons:
        return None
    if len(pieces) > 1 and _is_named(last) and (after_date or _is_place(last, language)):
        return last
    if not after_date:
        return None
    city = city_at_end(before, language)
    return city if city and len(city) < len(before.strip()) else None


def _is_named(words: str) -> bool:
    """Few words without figures, each with a capital where the script has capitals."""
    parts = [w for w in words.split() if folded(w) not in PARTICLES]
    if not 0 < len(parts) <= _LIMIT_PLACE_WORDS or any(c.isdecimal() for c in words):
        return False
    return not any(w[0].islower() for w in parts) and (len(parts) <= 3 or words != words.lower())


def _is_place(words: str, language: str) -> bool:
    return is_city(words, language) or all(is_city(w, language) for w in re.split(r"[-–—]", words))


def _event(words: str) -> str | None:
    """What happened, without "Minister Ann Lee’s" in front of it."""
    possessive = POSSESSIVE.match(words)
    if possessive and possessive["what"][0].islower():
        return possessive["what"]
    return words or None
