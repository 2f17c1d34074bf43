"""What the press says in its own words: labels, days, instants, numbers, as words to hold a page against.

`Words` is HTML in one form (`markup.py`) whose pieces are either known to the letter or `Gap`s. A gap is what only
CLDR knows of a language that is not in `names.py`, or of a city without a clock: it may hold a short name without
markup, and holds the same wherever it stands for the same thing; `Gaps` remembers.

    wording.phrase("withdrawn_at", instant=wording.instant("2026-03-03T09:00:00Z"))
        -> Withdrawn 3 March 2026, 09:00 <Gap city Europe/London>.

Labels are read from the press's `words/LANG.json` as data, under the office's own `labels`, as the press itself does;
what a page says of days follows the office's patterns and zone. Where the machine has no zones, local times are gaps.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from communique.edition.language import base, is_simple, nearest, plain, simple_pattern
from communique.edition.sign import PATTERNS, certain_name
from communique.verify.site.names import NAMES, Names

LABELS = Path(__file__).parents[2] / "press" / "words"
DIGITS = {"arab": "٠١٢٣٤٥٦٧٨٩", "arabext": "۰۱۲۳۴۵۶۷۸۹", "deva": "०१२३४५६७८९", "beng": "০১২৩৪৫৬৭৮৯"}
NUMERALS = {"ar": "arab", "fa": "arabext", "ur": "arabext", "ps": "arabext"}
NATIVE_GROUPED, NATIVE_GROUP = ("arab", "arabext"), "٬"
COMMAS = {**dict.fromkeys(("ar", "fa", "ur", "ps", "ckb", "ug", "sd"), "، "), "zh": "，", "ja": "，"}
NUMBERED_MONTHS = ("zh", "ja")
BY_TWO = frozenset(
    (
        "as",
        "bn",
        "brx",
        "ccp",
        "dv",
        "dz",
        "gu",
        "hi",
        "kxv",
        "ml",
        "mr",
        "ne",
        "or",
        "pa",
        "sa",
        "ta",
        "te",
        "xnr",
        "en-IN",
    )
)
BY_THREE = frozenset({"ta-MY", "ta-SG", "pa-Arab", "pa-Arab-PK"})
"""languages that group by two digits above the thousands (12,34,567), and regions of theirs that do not: CLDR"""
NAME = r"[^<>&.!?:;]{1,40}"
"""what a gap may hold: a name, and no sentence"""

_BY_TWO, _BY_THREE = re.compile(r"\B(?=(?:\d\d)*\d{3}$)"), re.compile(r"\B(?=(?:\d{3})+$)")
_SLOT = re.compile(r"\{([a-z_]+)\}")
_TOKEN = re.compile(r"'((?:[^']|'')*)'?|([dMLyE])\2*|.", re.DOTALL)
_DAY_AND_NAME = re.compile(r"(?<!d)d(?!d)[^dML]*[ML]{3}")


@dataclass(frozen=True)
class Gap:
    """A piece that is not known. `about` is what it stands for, None where places need not agree."""

    about: tuple[str, ...] | None
    may_be: str = NAME


Words = tuple[str | Gap, ...]
Label = str | Mapping[str, str]
"""a label's text, or of one that counts its forms by plural category"""


@dataclass
class Gaps:
    """What each gap held where it was first seen."""

    seen: dict[tuple[str, ...], str] = field(default_factory=dict)

    def fit(self, words: Words, found: str) -> bool:
        """Whether what was found is these words, its gaps holding what they held before."""
        if len(words) == 1 and isinstance(words[0], str):
            return found == words[0]
        pattern = "".join(re.escape(piece) if isinstance(piece, str) else f"({piece.may_be})" for piece in words)
        match = re.fullmatch(pattern, found)
        if not match:
            return False
        held = zip((piece.about for piece in words if isinstance(piece, Gap)), match.groups(), strict=True)
        return all(about is None or self.seen.setdefault(about, value) == value for about, value in held)


def words_of(*pieces: str | Gap | Words) -> Words:
    """Pieces set one after the other, neighbouring known ones made one. A `str` is HTML already."""
    made: list[str | Gap] = []
    for piece in pieces:
        for one in piece if isinstance(piece, tuple) else (piece,):
            if made and isinstance(one, str) and isinstance(made[-1], str):
                made[-1] += one
            else:
                made.append(one)
    return tuple(made) or ("",)


def said(text: str | None) -> Words:
    """Plain text as words."""
    return (escape(text or ""),)


def joined(pieces: Iterable[Words], between: str) -> Words:
    """Words with something plain between them."""
    return _between(pieces, said(between))


def isolated(words: Words) -> Words:
    """A name inside a sentence."""
    return words_of("<bdi>", words, "</bdi>")


@dataclass(frozen=True)
class Wording:
    """One language of one office: `office` and `labels` are its furniture, `cities` the cities of zones with clocks."""

    language: str
    office: Mapping[str, Any]
    labels: Mapping[str, Label]
    cities: Mapping[str, str]

    @property
    def comma(self) -> str:
        """The comma between things set side by side."""
        return COMMAS.get(base(self.language), ", ")

    def label(self, key: str) -> str:
        """A label without slots."""
        found = self.forms(key)
        return str(found.get("other") or next(reversed(list(found.values())), ""))

    def forms(self, key: str) -> Mapping[str, str]:
        """The forms of a label that counts; of any other only `other`."""
        known = self.labels.get(key) or _labels(base(self.language)).get(key) or _labels("en").get(key, key)
        return {"other": known} if isinstance(known, str) else known

    def phrase(self, key: str, **slots: Words) -> Words:
        """A label with its slots filled."""
        return filled(self.label(key), **slots)

    def counted(self, key: str, number: int) -> Words:
        """A label in one of its plural forms: which one a number takes, only CLDR knows."""
        forms = [filled(form, n=self.number(number)) for form in self.forms(key).values()]
        sources = ["".join(re.escape(piece) if isinstance(piece, str) else NAME for piece in form) for form in forms]
        return (Gap(None, "|".join(f"(?:{source})" for source in sources)),)

    def number(self, value: int) -> Words:
        """A whole number with signs between thousands."""
        if value < 1000:
            return said(self.figures(str(value)))
        known = self._names
        sign: Words = (Gap(("sign between thousands", self.language), r"[^<>\w]{1,6}"),)
        if self._numerals in NATIVE_GROUPED or known:
            sign = said(NATIVE_GROUP if self._numerals in NATIVE_GROUPED else known.group if known else "")
        tag = plain(self.language)
        by_two = tag not in BY_THREE and not BY_TWO.isdisjoint((tag, base(tag)))
        grouped = (_BY_TWO if by_two else _BY_THREE).sub(",", str(value)).split(",")
        return _between([said(self.figures(group)) for group in grouped], sign)

    def figures(self, written: str) -> str:
        """The same with this language's digits."""
        digits = DIGITS.get(self._numerals)
        return written if digits is None else "".join(digits[int(sign)] if sign in _LATIN else sign for sign in written)

    def list_day(self, day: str) -> Words:
        """A day as lists and heads print it."""
        own = self.office.get("dates")
        if own and base(self.language) in NUMBERED_MONTHS and re.search("[ML]{3}", own):
            own = None  # no "9 三月 2027"
        own = own or self._own_pattern
        return self._day(day, str(own) if own else None)

    def day(self, day: str) -> Words:
        """A day as a sentence says it."""
        pattern = self._own_pattern
        written = self._day(day, pattern)
        first = base(self.language) == "fr" and day.endswith("-01") and pattern and _DAY_AND_NAME.search(pattern)
        if first and isinstance(written[0], str):
            return words_of(re.sub(r"(?<!\d)1(?!\d)", "1er", written[0], count=1), *written[1:])
        return written

    def date_line(self, day: str) -> Words:
        """A day as the date line at the head of each page has it."""
        return self._day(day, self._own_pattern)

    def weekday(self, day: str) -> Words:
        """The name of a day's weekday."""
        place = date.fromisoformat(day).weekday()
        known = self._names
        return said(known.weekdays.split()[place]) if known else (Gap(("weekday", self.language, str(place))),)

    def weekday_and_day(self, day: str) -> Words:
        """A day with its weekday."""
        return self.phrase("weekday_day", weekday=self.weekday(day), day=self.day(day))

    def instant(self, at: str, zone: str | None = None, city: str | None = None) -> Words:
        """An instant in the office's zone, or in another, with the city whose time it is."""
        zone = zone or str(self.office.get("zone", "Etc/UTC"))
        local = local_time(at, zone)
        named = (
            said(city or self.cities[zone]) if city or zone in self.cities else (Gap(("city", self.language, zone)),)
        )
        if local is None:
            return self.phrase("instant", day=(Gap(None),), time=(Gap(None, r"[^<>&]{1,12}"),), city=named)
        return self.phrase(
            "instant", day=self.day(local.date().isoformat()), time=self.hour(f"{local:%H:%M}"), city=named
        )

    def hour(self, time: str) -> Words:
        """A time of day as a sentence says it."""
        hour, minute = time.split(":")
        if base(self.language) == "fr":
            time = f"{int(hour)}\u00a0h" + (f"\u00a0{minute}" if minute != "00" else "")
        return said(self.figures(time))

    def autonym(self, language: str) -> Words:
        """A language's name in itself."""
        named: Words = (Gap(("name of itself", plain(language))),)
        return filled(simple_pattern(language), language=named) if is_simple(language) else named

    def language_name(self, language: str) -> Words:
        """A language's name in this one."""
        named: Words = (Gap(("name of", plain(language), self.language)),)
        return filled(simple_pattern(self.language), language=named) if is_simple(language) else named

    def sign_language_name(self, sign: str) -> Words:
        """A sign language's name in this one; the country in it, only CLDR knows."""
        known = certain_name(sign, self.language)
        if known is not None:
            return said(known)
        place: Words = (Gap(("place of a sign language", sign, self.language)),)
        return filled(PATTERNS[base(self.language)], where=place)

    @property
    def _names(self) -> Names | None:
        return NAMES.get(plain(self.language))

    @property
    def _numerals(self) -> str:
        own = self.office.get("numerals") or {}
        chosen = own.get(self.language) or own.get(plain(self.language))
        return str(chosen or NUMERALS.get(base(self.language), "latn"))

    @property
    def _own_pattern(self) -> str | None:
        patterns = self.office.get("dateline") or {}
        own = patterns.get(self.language) or patterns.get(plain(self.language))
        known = self._names
        return str(own) if own else known.day if known else None

    def _day(self, day: str, pattern: str | None) -> Words:
        if pattern is None:
            return (Gap(("day", self.language, day)),)
        return words_of(*(self._field(match, date.fromisoformat(day)) for match in _TOKEN.finditer(pattern)))

    def _field(self, token: re.Match[str], day: date) -> Words:
        written, kind = token[0], token[2]
        if kind is None:
            return said((token[1] or "'").replace("''", "'") if token[1] is not None else written)
        if kind == "d":
            return said(self.figures(f"{day.day:0{len(written)}d}"))
        if kind == "y":
            return said(self.figures(f"{day.year % 100:02d}" if len(written) == 2 else str(day.year)))
        if kind in "ML" and len(written) <= 2:
            return said(self.figures(f"{day.month:0{len(written)}d}"))
        return self._name(written, day)

    def _name(self, written: str, day: date) -> Words:
        known = self._names
        if known and written == "MMMM":
            return said(known.months.split()[day.month - 1])
        place = day.weekday() if written[0] == "E" else day.month
        return (Gap(("name in dates", self.language, written, str(place)), r"[^<>&!?:;0-9]{1,24}"),)


def filled(pattern: str, **slots: Words) -> Words:
    """A pattern with its slots filled; one that nobody fills stays as printed."""
    made: list[str | Gap | Words] = []
    end = 0
    for match in _SLOT.finditer(pattern):
        made += [escape(pattern[end : match.start()]), slots.get(match[1], said(match[0]))]
        end = match.end()
    return words_of(*made, escape(pattern[end:]))


def in_language(words: Mapping[str, str | None] | None, language: str) -> str:
    """Furniture's words in a language, its plain form or base language, in English, in whichever stands first."""
    found = [(words or {}).get(wanted) for wanted in (*nearest(language), "en")]
    return next((word for word in (*found, *(words or {}).values()) if word), "")


def own_label(words: Mapping[str, str | Mapping[str, str | None] | None], language: str) -> Label | None:
    """An office's label in a language or its base language, without the forms that were erased."""
    for wanted in nearest(language):
        own = words.get(wanted)
        found = {category: form for category, form in own.items() if form} if isinstance(own, Mapping) else own
        if found:
            return found
    return None


def in_own_language(words: Mapping[str, Any] | None, language: str) -> Any:
    """Furniture's words in a language or its base language only."""
    return next((found for wanted in nearest(language) if (found := (words or {}).get(wanted))), None)


def local_time(at: str, zone: str) -> datetime | None:
    """An instant on the clocks of a zone, None where this machine does not know the zone."""
    found = _zone(zone)
    if found is None:
        return None
    return datetime.strptime(at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC).astimezone(found)


_LATIN = "0123456789"


def _between(pieces: Iterable[Words], sign: Words) -> Words:
    made: list[Words] = []
    for place, piece in enumerate(pieces):
        made += [sign, piece] if place else [piece]
    return words_of(*made)


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return None


@lru_cache(maxsize=64)
def _labels(language: str) -> dict[str, Any]:
    path = LABELS / f"{language}.json"
    known: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return known
