"""Pages heavier than any day of an office makes them: 80 turns, ten pictures, a month of 2,000 messages."""

from __future__ import annotations

from typing import Any

from communique.press import pages
from communique.press.lists import SPLIT
from communique.press.shown import Listing, Period
from press import sample

TURNS, PICTURES, MESSAGES = 80, 10, 2000


def heavy_pages() -> dict[str, bytes]:
    """The pages by their path from the site's root."""
    made = {"turns": _turns(), "pictures": _pictures(), "month": _month(), "day": _day()}
    return {f"heavy/{name}/index.html": page.encode() for name, page in made.items()}


def _turns() -> str:
    asked = sample.TURNS["en"][:4]
    turns = [{**asked[number % 4], "id": f"t{number + 1}"} for number in range(TURNS)]
    found = sample.version(sample.content(turns=turns, address="heavy/turns"))
    return pages.message_page(sample.setting(), found, (), (), "en/speeches/")


def _pictures() -> str:
    whole = sample.speech().content
    one: dict[str, Any] = whole["pictures"][0]
    pictures = [{**one, "caption": f"{one['caption']} Print {number + 1}."} for number in range(PICTURES)]
    found = sample.version({**whole, "pictures": pictures, "address": "heavy/pictures"})
    return pages.message_page(sample.setting(), found, (), (), "en/speeches/")


def _month() -> str:
    """A month of so many messages, as the press cuts it: into its days."""
    days = tuple(Period(f"en/2027/03/{day:02d}/", 2027, 3, day) for day in range(31, 0, -1))
    period = Period("heavy/month/", 2027, 3)
    whole = Listing("heavy/month/", "en", "all", None, (), period=period, periods=days)
    return pages.listing_page(sample.setting(), whole)


def _day() -> str:
    """The fullest page of such a month: as many messages as one page holds."""
    rows = sample.rows()
    assert MESSAGES // 31 < SPLIT
    listed = tuple(rows[number % len(rows)] for number in range(SPLIT))
    period = Period("heavy/day/", 2027, 3, 5)
    return pages.listing_page(sample.setting(), Listing("heavy/day/", "en", "all", None, listed, period=period))
