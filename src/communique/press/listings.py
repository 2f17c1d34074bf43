"""What the pages of lists say: each list as a whole, its years, its months, and the parts of what is full.

From what `lists.py` keeps to the values that a template places. A page that is no longer there has its path alone, so
that whoever sets it takes it away.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from communique.press.catalogue import NEWEST_ROWS, NEWEST_WORDS_OF_PERSON, Catalogue
from communique.press.lists import SPLIT, ListName
from communique.press.occasions import LAST_IN_DAY, SORTS
from communique.press.shown import Listing, Period, Row

NAMES_SHOWN = 200
"""of all places: those of the newest messages; every one of them stands with its month, too"""
ROWS_IN_YEAR = 80
"""the most messages that a year of a person names"""

Placed = tuple[str, Listing | None]
"""the path of a page, and what stands there; None when nothing does any more"""


class Listings:
    """The lists of a catalogue as pages."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def undated(self, key: str) -> Placed | None:
        """A list's own page: its newest messages, and its months."""
        lists, name = self.catalogue.lists, self.catalogue.lists.list_by_key(key)
        if name is None:
            return None
        if not lists.is_there(name):
            return name.base, None
        more: dict[str, Any] = {}
        if name.sort == "person":
            rows = lists.newest(key, NEWEST_WORDS_OF_PERSON, "speaks")
            more["asked"] = lists.newest(key, NEWEST_WORDS_OF_PERSON, "asks")
            more["only_asks"] = not rows and bool(more["asked"])
        else:
            rows = lists.newest(key, NEWEST_ROWS)
        if name.is_family:  # a place comes again, while most occasions come once: those stand with their months alone
            named = lists.occasions.named(key, NAMES_SHOWN) if name.sort == "place" else ()
            rows, more["names"] = (), self.named(named)
        return name.base, self.listing(name, name.base, rows, periods=lists.months_of(name), **more)

    def year(self, key: str, year: str) -> Placed | None:
        """A year of a list: its months."""
        lists, name = self.catalogue.lists, self.catalogue.lists.list_by_key(key)
        if name is None:
            return None
        period = lists.year(name, year)
        if not lists.is_there(name, year):
            return period.path, None
        newer, older = lists.near_year(name, year)
        months = tuple(month for month in lists.months_of(name) if str(month.year) == year)
        more: dict[str, Any] = {"periods": months, "newer": newer, "older": older}
        if name.sort == "person":
            more["months"] = self._months(name, year, months)
        return period.path, self.listing(name, period.path, (), period=period, **more)

    def period(self, key: str, month: str, day: int, hundred: int) -> Placed | None:
        """A month of a list, a day that has a page, or a hundred of a full day: its messages, or its parts."""
        lists, name = self.catalogue.lists, self.catalogue.lists.list_by_key(key)
        if name is None:
            return None
        period = lists.period(name, month, day, hundred)
        if not lists.is_there(name, month, day, hundred):
            return period.path, None
        parts = lists.divided(name, month, day) if not hundred and not lists.fits(name, month, day) else ()
        rows = () if parts else lists.rows_of(key, month, day, hundred)
        newer, older = lists.near_day(name, month, day, hundred) if day else lists.near(name, month)
        more: dict[str, Any] = {"year": lists.year(name, month[:4])}
        if name.is_family:
            ids = [row.id for row in rows]
            rows, more["names"] = (), self.named(lists.occasions.named_among(ids, name.sort))
        if name.sort == "person":
            acts = lists.acts_of(key, rows)
            more["asked"] = tuple(row for row in rows if acts[row.id].asked)
            rows = tuple(row for row in rows if not acts[row.id].only_asks)
        more |= {"periods": parts, "newer": newer, "older": older}
        more["days"] = lists.days(name, month) if name.sort == "all" and not day and not parts else ()
        return period.path, self.listing(name, period.path, rows, period=period, **more)

    def _months(
        self, name: ListName, year: str, months: tuple[Period, ...]
    ) -> tuple[tuple[Period, tuple[Row, ...]], ...]:
        """The months of a year with their messages: with all of them, or in a full year with the newest of each."""
        lists = self.catalogue.lists
        fits = len(lists.newest_in(name.key, year, ROWS_IN_YEAR + 1)) <= ROWS_IN_YEAR
        most = ROWS_IN_YEAR if fits else ROWS_IN_YEAR // len(months)
        return tuple((one, lists.newest_in(name.key, f"{year}-{one.month:02d}", most)) for one in months)

    def named(self, lists: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
        """Named lists as the words that are printed, and paths."""
        found = ((words, self.catalogue.lists.list_by_key(key)) for key, words in lists)
        return tuple((words, name.base) for words, name in found if name)

    def listing(self, name: ListName, path: str, rows: tuple[Row, ...], **more: Any) -> Listing:
        """A list as one page of it says it."""
        in_months = (row for _, found in more.get("months", ()) for row in found)
        hers = (*rows, *more.get("asked", ()), *in_months) if name.sort == "person" else ()
        acts = self.catalogue.lists.acts_of(name.key, hers)
        return Listing(
            path=path,
            language=name.language,
            sort=name.sort,
            subject=name.subject or None,
            rows=rows,
            feed=None if name.is_family else f"{name.base}feed.atom",
            languages=self._languages_of(name),
            words=self._words_of(name, more.get("period")),
            acts=acts,
            **more,
        )

    def _words_of(self, name: ListName, period: Period | None) -> str | None:
        """What a place or an occasion is called on one page, by the newest edition on it: so no other page changes."""
        if name.sort not in SORTS or name.is_family:
            return None
        span, least, most = "", 0, LAST_IN_DAY
        if period:
            span = f"{period.year:04d}" + (f"-{period.month:02d}" if period.month else "")
            span += f"-{period.day:02d}" if period.day else ""
        if period and period.hundred:
            least, most = (period.hundred - 1) * SPLIT + 1, period.hundred * SPLIT
        return self.catalogue.lists.occasions.words(name.key, span, least, most)

    def _languages_of(self, name: ListName) -> dict[str, str]:
        """The list in each language; of a kind, which has one only where it has a message, all messages, and of a
        place or an occasion, whose name is made of words, all of them."""
        sort, subject = ("all", "") if name.sort == "kind" else (name.sort, name.subject)
        subject = "" if sort in SORTS else subject
        found = ((tag, self.catalogue.lists.list_of(sort, subject, tag)) for tag in self.catalogue.languages())
        return {tag: other.base for tag, other in found if other}
