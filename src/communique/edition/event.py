"""Where an event of the agenda stands in the calendar: its years, months and days.

    on 2027-03-30, until 2027-04-01     2027 · 2027-03 2027-04 · 2027-03-30 2027-03-31 2027-04-01

Of an event that takes more than `MOST_SPANS` years, months or days, its first and its last have it: an exhibition of
half a year is not on the page of every day, and no event touches more pages than that.

A day in which very many stood is cut into parts, `2027-03-30-1` and so on, by the order in which they came to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

MOST_SPANS = 14
DAY = len("2027-03-01")


def spans_of(event: Mapping[str, Any]) -> set[str]:
    """The years, months and days in which an event stands, as the beginnings of ISO days."""
    first = date.fromisoformat(event["on"])
    last = max(first, date.fromisoformat(event.get("until", event["on"])))
    whole = (last - first).days + 1
    days = [first + timedelta(n) for n in range(whole)] if whole <= MOST_SPANS else [first, last]
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return {
        *(f"{year:04d}" for year in _few(range(first.year, last.year + 1))),
        *(f"{month // 12:04d}-{month % 12 + 1:02d}" for month in _few(months)),
        *(day.isoformat() for day in days),
    }


def is_day(span: str) -> bool:
    """Whether a span is a day, and neither a part of one nor more."""
    return len(span) == DAY


def is_part(span: str) -> bool:
    """Whether a span is a part of a day."""
    return len(span) > DAY


def in_calendar(span: str) -> str:
    """The span itself, of a part of a day the day."""
    return span[:DAY]


def above(span: str) -> str:
    """The day of its part, the month of a day, the year of a month; of a year, the agenda, which is called ""."""
    return span.rpartition("-")[0]


def _few(numbers: range) -> Iterable[int]:
    return numbers if len(numbers) <= MOST_SPANS else (numbers[0], numbers[-1])
