"""City clocks: "Lisbon: 08:42", several lines of them or several in a line, and the instant that they tell.

A name is often that of several cities, and a page does not say whose day its date line is. Both are settled together:
the instant is sought at which most clocks show their printed time in one of their cities' zones and one of them has the
printed day; among equals that of the likelier cities. Where no instant fits all clocks (an office with an old zone
table), the likeliest cities stand and there is no instant. A date may stand before the clocks of a line. What a page
prints beside the figures ("p.m.") is kept by no clock, because a clock of ours counts to 24.

    >>> told = settle([("Wellington", "19:42"), ("Lisbon", "08:42")], date(2026, 5, 3), "en")
    >>> told.zones, told.at.isoformat()
    (('Pacific/Auckland', 'Europe/Lisbon'), '2026-05-03T07:42:00+00:00')
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from communique.importing.capture import Line
from communique.importing.cities import zones_of
from communique.importing.dates import date_in
from communique.importing.digits import ascii_digits, has_digit
from communique.importing.sheet import BETWEEN_PARTS, Sheet

LIMIT_CLOCKS = 24
_LIMIT_LINE = 600
_LIMIT_CANDIDATES = 8

_CLOCK = re.compile(
    r"(?P<city>[^\W\d_][^\d:：|;•·]{1,58}?)\s*[:：,–—-]?\s*"
    r"(?P<hour>[01]?\d|2[0-3])\s?[:.hч]\s?(?P<minute>[0-5]\d)(?:\s*(?P<half>[ap])\.?m\b\.?)?",
    re.I,
)
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True)
class Clock:
    """A city with the time that its clock shows ("08:42") and its zone, None when no such city is known."""

    city: str
    time: str
    zone: str | None
    text: str


@dataclass(frozen=True)
class Told:
    """What the clocks of a page tell: a zone for each, and the instant when all agree."""

    zones: tuple[str | None, ...]
    at: datetime | None


@dataclass(frozen=True)
class _Reading:
    line: Line
    start: int
    end: int
    city: str
    time: str


def find_clocks(sheet: Sheet, language: str) -> list[tuple[str, str, str]]:
    """Take the clocks of lines that hold nothing else; (city, time, words as printed) of each.

    One clock alone counts when its city is known ("Time: 16:50" is none); two or more side by side are clocks.
    """
    groups: list[list[_Reading]] = []
    last: Line | None = None
    for line in sheet.free():
        readings = _clocks_of(line, language)
        if readings and last is not None and sheet.before(line) is last:
            groups[-1] += readings
        elif readings:
            groups.append(readings)
        last = line if readings else None
    found: list[_Reading] = []
    for group in groups:
        if len(group) > 1 or zones_of(group[0].city, language):
            found += group
    found = found[:LIMIT_CLOCKS]
    for number, reading in enumerate(found):
        sheet.take(reading.line, "clock", number, reading.start, reading.end)
    return [(r.city, r.time, r.line.text[r.start : r.end].strip()) for r in found]


def settle(clocks: Sequence[tuple[str, str]], day: date | None, language: str, home: str | None = None) -> Told:
    """The zones of (city, time) pairs on a printed day. `home` is the zone whose day it is, where that is known."""
    candidates = [zones_of(city, language)[:_LIMIT_CANDIDATES] for city, _ in clocks]
    likeliest = tuple(zones[0] if zones else None for zones in candidates)
    if day is None:
        return Told(likeliest, None)
    times = [time.fromisoformat(shown) for _, shown in clocks]
    best, best_score, best_at = likeliest, (0, 0, -1_000_000, 0), None
    for instant in sorted(_instants(candidates, times, day)):
        chosen = [_first_showing(zones, shown, instant) for zones, shown in zip(candidates, times, strict=True)]
        score = _score(chosen, candidates, instant, day, home)
        if score > best_score:
            best = tuple(c or usual for c, usual in zip(chosen, likeliest, strict=True))
            best_score, best_at = score, instant
    all_agree = best_score[0] == len(clocks) and best_score[1] > 0
    return Told(best, best_at if all_agree else None)


def _instants(candidates: Sequence[Sequence[str]], times: Sequence[time], day: date) -> set[datetime]:
    """Every instant at which some clock shows its time on the printed day or one beside it."""
    instants: set[datetime] = set()
    for zones, shown in zip(candidates, times, strict=True):
        for zone in zones:
            for shift in (-1, 0, 1):
                for fold in (0, 1):
                    local = datetime.combine(day + timedelta(days=shift), shown).replace(fold=fold)
                    instants.add(local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC))
    return instants


def _first_showing(zones: Sequence[str], shown: time, instant: datetime) -> str | None:
    for zone in zones:
        local = instant.astimezone(ZoneInfo(zone))
        if (local.hour, local.minute) == (shown.hour, shown.minute):
            return zone
    return None


def _score(
    chosen: Sequence[str | None],
    candidates: Sequence[Sequence[str]],
    instant: datetime,
    day: date,
    home: str | None,
) -> tuple[int, int, int, int]:
    """(clocks that agree, whether the day is that of home or of any of them, likelihood, how many have the day)."""
    showing = [zone for zone in chosen if zone]
    days = sum(instant.astimezone(ZoneInfo(zone)).date() == day for zone in showing)
    right_day = instant.astimezone(ZoneInfo(home)).date() == day if home else days > 0
    ranks = sum(zones.index(zone) for zones, zone in zip(candidates, chosen, strict=True) if zone)
    return len(showing), int(right_day), -ranks, days


def _clocks_of(line: Line, language: str) -> list[_Reading]:
    """The clocks of a line which holds nothing else but a date before them."""
    plain = ascii_digits(line.text)
    if len(plain) > _LIMIT_LINE or not has_digit(plain):
        return []
    readings: list[_Reading] = []
    day = date_in(line.text, language) if _YEAR.search(plain) else None
    place = day.end if day and not plain[: day.start].strip() else 0
    place += len(plain[place:]) - len(plain[place:].lstrip(BETWEEN_PARTS))
    while place < len(plain):
        found = _CLOCK.match(plain, place)
        if not found or (found.end() < len(plain) and plain[found.end()].isalnum()):
            return []
        city = line.text[found.start("city") : found.end("city")].strip()
        readings.append(_Reading(line, found.start(), found.end("minute"), city, _time_of(found)))
        place = found.end() + len(plain[found.end() :]) - len(plain[found.end() :].lstrip(BETWEEN_PARTS))
    return readings


def _time_of(found: re.Match[str]) -> str:
    hour, half = int(found["hour"]), (found["half"] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02}:{found['minute']}"
