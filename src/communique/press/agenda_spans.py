"""The agenda, cut by calendar, as the catalogue keeps it.

Each year in which an event ever stood has a page with its events. Once more than `SPLIT` have stood in it, the page
leads to those of its months instead, and a full month's to its days. `agenda` only grows, so what was once the address
of a year, a month or a day stays one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from communique.edition.event import above, is_day, spans_of
from communique.press.lists import SPLIT
from communique.press.shown import AgendaSpan


class AgendaSpans:
    """The years, months and days of the agenda in the catalogue's tables. The agenda as a whole is called ""."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def enter(self, id_: str, event: Mapping[str, Any], before: Mapping[str, Any] | None) -> set[str]:
        """Give an event its places and say which pages that changes."""
        changed = spans_of(event) | (spans_of(before) if before else set())
        for span in sorted(spans_of(event) - self._of(id_)):
            count = self._count(span)
            self._db.execute("INSERT INTO agenda VALUES (?,?)", (span, id_))
            if not count:  # those beside it lead to it, and what is above it
                changed |= {above(span), *self.below(above(span))}
            if count == SPLIT:
                changed |= set(self.below(span))
        return {span for span in changed if self._has_page(span)}

    def pages(self) -> list[str]:
        """All spans that have a page."""
        found = self._db.execute("SELECT DISTINCT span FROM agenda ORDER BY span").fetchall()
        return [span for (span,) in found if self._has_page(span)]

    def shown(self, span: str) -> AgendaSpan:
        """A span with those beside it and, where it is cut, those below."""
        beside = self.below(above(span)) if span else self.below("")
        return AgendaSpan(span, tuple(beside), tuple(self.below(span)) if span and self.is_full(span) else ())

    def below(self, span: str) -> list[str]:
        """The years of the agenda, newest first; the months of a year, the days of a month, in their order."""
        if not span:
            found = self._db.execute("SELECT DISTINCT span FROM agenda WHERE length(span) = 4 ORDER BY span DESC")
        else:
            found = self._db.execute(
                "SELECT DISTINCT span FROM agenda WHERE span > ? AND span < ? AND length(span) = ? ORDER BY span",
                (f"{span}-", f"{span}.", len(span) + 3),
            )
        return [one for (one,) in found.fetchall()]

    def is_full(self, span: str) -> bool:
        """Whether more events stood in a span than its page holds."""
        return not is_day(span) and self._count(span) > SPLIT

    def _has_page(self, span: str) -> bool:
        return bool(span) and (not above(span) or self.is_full(above(span)))

    def _count(self, span: str) -> int:
        return int(self._db.execute("SELECT COUNT(*) FROM agenda WHERE span = ?", (span,)).fetchone()[0])

    def _of(self, id_: str) -> set[str]:
        return {span for (span,) in self._db.execute("SELECT span FROM agenda WHERE id = ?", (id_,)).fetchall()}
