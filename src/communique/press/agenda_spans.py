"""The agenda, cut by calendar, as the catalogue keeps it.

Each year in which an event ever stood has a page with its events. Once more than `SPLIT` have stood in it, the page
leads to those of its months instead, a full month's to its days, and a full day's to its parts, each of the `SPLIT`
events that came to the day one after another. `agenda` only grows, so what was once the address of a year, a month, a
day or a part of one stays one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from communique.edition.event import above, in_calendar, is_day, is_part, spans_of
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
            changed |= self._enter(span, id_)
        changed |= {span for span in self._of(id_) if is_part(span) and above(span) in changed}
        return {span for span in changed if self._has_page(span)}

    def _enter(self, span: str, id_: str) -> set[str]:
        """Give an event one of its places; besides that page, those that have to lead to it or lead on now."""
        count = self._count(span)
        changed = self._enter(f"{span}-{count // SPLIT + 1}", id_) if is_day(span) else set()
        self._db.execute("INSERT INTO agenda VALUES (?,?)", (span, id_))
        if not count:  # those beside it lead to it, and what is above it
            changed |= {above(span), *self._beside(span)}
        if count == SPLIT:
            changed |= set(self.below(span))
        return changed

    def pages(self) -> list[str]:
        """All spans that have a page."""
        found = self._db.execute("SELECT DISTINCT span FROM agenda ORDER BY span").fetchall()
        return [span for (span,) in found if self._has_page(span)]

    def shown(self, span: str) -> AgendaSpan:
        """A span with those beside it, the events that ever stood in it and, where it is cut, those below."""
        below = tuple(self.below(span)) if span and self.is_full(span) else ()
        found = self._db.execute("SELECT id FROM agenda WHERE span = ?", (span,)).fetchall()
        return AgendaSpan(span, tuple(self._beside(span)), below, frozenset(id_ for (id_,) in found))

    def below(self, span: str) -> list[str]:
        """The years of the agenda, newest first; months of a year, days of a month, parts of a day, in their order."""
        if not span:
            found = self._db.execute("SELECT DISTINCT span FROM agenda WHERE length(span) = 4 ORDER BY span DESC")
            return [one for (one,) in found.fetchall()]
        start = f"{span}-"
        found = self._db.execute(
            "SELECT DISTINCT span FROM agenda WHERE span > ? AND span < ? AND instr(substr(span, ?), '-') = 0",
            (start, f"{span}.", len(start) + 1),
        )
        return sorted((one for (one,) in found.fetchall()), key=_number)

    def _beside(self, span: str) -> list[str]:
        """The spans to which a page leads besides those below: of the parts of a day, which may be many, those near."""
        beside = self.below(above(span)) if span else self.below("")
        return [one for one in beside if abs(_number(one) - _number(span)) < 2] if is_part(span) else beside

    def is_full(self, span: str) -> bool:
        """Whether more events stood in a span than its page holds."""
        return not is_part(span) and self._count(span) > SPLIT

    def _has_page(self, span: str) -> bool:
        return bool(span) and (not above(span) or self.is_full(above(span)))

    def _count(self, span: str) -> int:
        return int(self._db.execute("SELECT COUNT(*) FROM agenda WHERE span = ?", (span,)).fetchone()[0])

    def _of(self, id_: str) -> set[str]:
        return {span for (span,) in self._db.execute("SELECT span FROM agenda WHERE id = ?", (id_,)).fetchall()}


def stands_in(span: AgendaSpan, id_: str, event: Mapping[str, Any]) -> bool:
    """Whether an event still stands in a year, a month, a day or a part of one."""
    return id_ in span.events and in_calendar(span.span) in spans_of(event)


def _number(span: str) -> int:
    return int(span.rpartition("-")[2])
