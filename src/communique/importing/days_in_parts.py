"""Days of lists that are printed in parts: the year or the month once over many rows, or each part in a box of its own.

    November 2025 / 28 <a>The lamp is lit</a> / 14 <a>…</a>            month and year over the rows
    2025 / 28 November <a>The lamp is lit</a>                          the year over the rows
    <time datetime="2025-11-28">28 Nov</time> <a>The lamp is lit</a>   the year for machines alone
    <div>28</div><div>Nov 2025</div><h3>The lamp is lit</h3>           a box for each part
    28 November 2025 / <li><a>The lamp is lit</a> / <li><a>…</a>       a day over all that was said on it

A part counts only where nothing else stands outside the links of its line, and where the day that it makes is one: what
a page does not print is not guessed from the day on which somebody reads it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from communique.importing.capture import Line
from communique.importing.dates import PrintedDate, month_names, usual_order, weekday_names, whole_date
from communique.importing.digits import ascii_digits, has_digit
from communique.importing.markup import Element

_LIMIT_PART = 14
"""signs of a part in a box of its own"""
_LIMIT_HEAD = 40
_SIGNS = " \u00a0\u3000,،、.:;|·•–—-()[]（）"
_YEAR = re.compile(r"(?:19|20)\d\d年?년?")
_OF_A_MONTH = re.compile(r"(?P<y>(?:19|20)\d\d)\s*[-./年년]\s*(?P<m>\d{1,2})\s*[月월]?")
_MONTH_FIRST = re.compile(r"(?P<m>\d{1,2})\s*[-./]\s*(?P<y>(?:19|20)\d\d)")
_EASTERN = re.compile(r"(?:(?P<m>\d{1,2})\s*[月월]\s*)?(?P<d>\d{1,2})\s*[日일]")
_FIGURES = re.compile(r"(?P<a>\d{1,2})\s*[-./]\s*(?P<b>\d{1,2})")
_DAY = re.compile(r"(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|ª)?")
_HEADS = ("dt", "th", "caption", "summary")


def days_in_parts(
    lines: Sequence[Line], elements: Sequence[Element], language: str
) -> dict[int, tuple[PrintedDate, tuple[Line, ...]]]:
    """By the number of its line, each day in parts, with the other lines on which it stands."""
    found: dict[int, tuple[PrintedDate, tuple[Line, ...]]] = {}
    year = month = None
    for place, line in enumerate(lines):
        if not has_digit(line.text) and not line.times:
            continue
        if not line.linked and len(line.text) <= _LIMIT_HEAD and (over := _over_rows(line, elements, language)):
            year, month = over
        if boxed := _in_boxes(lines[place : place + 3], language):
            found[line.number] = boxed
        elif printed := _told_to_machines(line, language) or _of_a_row(line, year, month, language):
            found[line.number] = printed, ()
    return found


def _over_rows(line: Line, elements: Sequence[Element], language: str) -> tuple[int, int | None] | None:
    """Year and month of a line that says nothing else; a year alone counts in a heading or the head of a row."""
    text = ascii_digits(line.text).strip(_SIGNS)
    for form in (_OF_A_MONTH, _MONTH_FIRST):
        if (found := form.fullmatch(text)) and 1 <= int(found["m"]) <= 12:
            return int(found["y"]), int(found["m"])
    if _YEAR.fullmatch(text):
        return (int(text[:4]), None) if line.heading or elements[line.element].tag in _HEADS else None
    named = _month_and_year(language)
    if named and (found := named.fullmatch(text.casefold())):
        return int(found["y1"] or found["y2"]), month_names(language)[found["m1"] or found["m2"]]
    return None


def _in_boxes(lines: Sequence[Line], language: str) -> tuple[PrintedDate, tuple[Line, ...]] | None:
    """A day whose parts are two or three short lines, one below the other; it is said to stand on the first."""
    for count in (2, 3):
        boxes = lines[:count]
        if len(boxes) < count or any(box.linked or len(box.text) > _LIMIT_PART for box in boxes):
            return None
        texts = [box.text.strip(" .,") for box in boxes]
        joined = " ".join(texts)
        if re.fullmatch(r"\d{1,2}", texts[0]) and (found := _OF_A_MONTH.fullmatch(ascii_digits(texts[-1]))):
            joined = f"{found['y']}-{int(found['m']):02}-{int(texts[0]):02}" if count == 2 else joined
        printed = whole_date(joined, language)
        if printed is not None and printed.day is not None and not whole_date(boxes[0].text, language):
            first = boxes[0].text
            return PrintedDate(printed.day, "d MMMM y", first, 0, len(first)), tuple(boxes[1:])
    return None


def _told_to_machines(line: Line, language: str) -> PrintedDate | None:
    """The day of a `time` element, where what it prints is the day and the month of it."""
    for start, end, day in line.times:
        text = line.text[start:end]
        printed = _is_day(text.strip(_SIGNS), int(day[:4]), None, language)
        if printed is not None and printed.isoformat() == day:
            return PrintedDate(printed, "d MMMM y", text, start, end)
    return None


def _of_a_row(line: Line, year: int | None, month: int | None, language: str) -> PrintedDate | None:
    """The day of a row under a month or year: all that stands before the links of its line, or behind them."""
    if year is None or len(line.text) - line.linked > _LIMIT_HEAD:
        return None
    first = min((link.start for link in line.links), default=len(line.text))
    last = max((link.end for link in line.links), default=len(line.text))
    for start, end in ((0, first), (last, len(line.text))):
        text = line.text[start:end]
        words = text.strip(_SIGNS)
        day = _is_day(words, year, month, language) if words else None
        if day is not None:
            at = start + text.index(words)
            return PrintedDate(day, "d MMMM y", words, at, at + len(words))
    return None


def _is_day(words: str, year: int, month: int | None, language: str) -> date | None:
    """The day that words are, weekdays aside; of a month that is known, a day alone is one."""
    text = _without_weekday(ascii_digits(words).casefold(), language)
    months = month_names(language)
    for number, day in _readings(text, month, months, language):
        try:
            found = date(year, number, int(day))
        except ValueError:
            continue
        if month is None or number == month:
            return found
    return None


def _readings(text: str, month: int | None, months: dict[str, int], language: str) -> list[tuple[int, str]]:
    """Month and day, as the words could be read."""
    found = []
    if eastern := _EASTERN.fullmatch(text):
        number = int(eastern["m"]) if eastern["m"] else month
        found += [(number, eastern["d"])] if number else []
    if figures := _FIGURES.fullmatch(text):
        order = usual_order(language)
        found += [(int(figures["b"]), figures["a"])] if month or order == "dmy" else []
        found += [(int(figures["a"]), figures["b"])] if month or order == "mdy" else []
    if month and (alone := _DAY.fullmatch(text.rstrip("."))):
        found.append((month, alone["d"]))
    named = _day_and_month(language)
    if named and (said := named.fullmatch(text)):
        found.append((months[said["m1"] or said["m2"]], said["d1"] or said["d2"]))
    return found


def _without_weekday(text: str, language: str) -> str:
    first, _, rest = text.partition(" ")
    return rest.lstrip(_SIGNS) if rest and first.strip(_SIGNS) in weekday_names(language) else text


@lru_cache(maxsize=64)
def _month_and_year(language: str) -> re.Pattern[str] | None:
    names = _alternatives(language)
    if not names:
        return None
    year, link = r"(?P<y{0}>(?:19|20)\d\d)", r"[\s\u00a0,]+(?:del?\s+|of\s+)?"
    return re.compile(rf"(?P<m1>{names})\.?{link}{year.format(1)}|{year.format(2)}[\s\u00a0]+(?P<m2>{names})")


@lru_cache(maxsize=64)
def _day_and_month(language: str) -> re.Pattern[str] | None:
    names = _alternatives(language)
    if not names:
        return None
    number, link = r"(?P<d{0}>\d{{1,2}})(?:\.|st|nd|rd|th|er|º|ª)?", r"[\s\u00a0-]+(?:de\s+|of\s+|ב)?"
    return re.compile(rf"{number.format(1)}{link}(?P<m1>{names})\.?|(?P<m2>{names})\.?[\s\u00a0]+{number.format(2)}")


def _alternatives(language: str) -> str:
    return "|".join(re.escape(name) for name in sorted(month_names(language), key=len, reverse=True))
