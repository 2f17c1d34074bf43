"""Closed days: one day, or the same day and month every year from that of its first one on.

    {"on": "2026-12-21"}                  21 December 2026
    {"on": "2019-07-14", "yearly": true}  every 14 July; what began on a 29 February comes in leap years alone

In a page a yearly day is written as 07-14, so that a script knows it in any year. Days that fall otherwise each year
are listed one by one; after the year of the last of them nobody can say from the list that an office is open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

LONGEST_GAP = 8
"""years from one 29 February to the next"""


def next_closed_day(closure: Mapping[str, Any], today: date) -> date | None:
    """The closed day that is today or comes next; None when it has passed for good."""
    first = date.fromisoformat(closure["on"])
    if today <= first:
        return first
    years = range(today.year, today.year + LONGEST_GAP + 1) if closure.get("yearly") else ()
    days = (_in_year(first, year) for year in years)
    return next((day for day in days if day and day >= today), None)


def is_closed_day(closure: Mapping[str, Any], day: str) -> bool:
    """Whether a day, as 2027-07-14, is one of these."""
    on = str(closure["on"])
    return day == on or (bool(closure.get("yearly")) and day > on and day[5:] == on[5:])


def day_in_page(closure: Mapping[str, Any]) -> str:
    """The day as a page has it for its script: whole, or day and month of every year."""
    on = str(closure["on"])
    return on[5:] if closure.get("yearly") else on


def last_known_year(closures: Iterable[Mapping[str, Any]]) -> str | None:
    """The last year, as 2027, for which single closed days are listed; None where all are yearly, or there are none."""
    return max((str(one["on"])[:4] for one in closures if not one.get("yearly")), default=None)


def _in_year(first: date, year: int) -> date | None:
    try:
        return first.replace(year=year)
    except ValueError:
        return None
