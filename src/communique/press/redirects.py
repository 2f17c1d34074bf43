"""Old addresses, as the catalogue keeps them: where each leads, or that nothing is there any more.

A message leads on from the addresses it once had, a person from those of whom she was merged with, a piece of furniture
from the short address that the office chose. Blocks of entries keep the list that other web servers read in bounds.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

from communique.press.sheet import Sheet
from communique.press.shown import Row
from communique.record.entry import Entry

BLOCK_ENTRIES = 256
"""so many entries share one file of redirects"""
MOVED, GONE = 301, 410


class Redirects:
    """The redirects in the catalogue's table."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def add(self, entry: Entry, source: str, status: int, target: str, whose: str = "") -> set[Sheet]:
        """Have an address lead to `target` ("" where nothing is left), and return what that touches."""
        source = source.strip("/")
        self._db.execute(
            "INSERT OR REPLACE INTO redirect VALUES (?,?,?,?,?)",
            (source, entry.index, whose or entry.id, status, target),
        )
        return {_block(entry.index), Sheet("moved", (source,))}

    def of_message(self, entry: Entry, content: dict[str, Any], row: Row) -> set[Sheet]:
        """Where a message's old addresses lead, and that all of its own are gone when it was removed."""
        touched = self.forget(entry.id)
        for old in content.get("was", ()):
            if old and row.path:
                touched |= self.add(entry, old, MOVED, row.path)
        if row.state == "removed" and row.path:
            for gone in _own_addresses(row.path, entry.seq):
                touched |= self.add(entry, gone, GONE, "")
        return touched

    def forget(self, id_: str) -> set[Sheet]:
        """Let no address lead on for this id, and return what that touches."""
        old = self._db.execute("SELECT source, idx FROM redirect WHERE id = ?", (id_,)).fetchall()
        self._db.execute("DELETE FROM redirect WHERE id = ?", (id_,))
        return {sheet for source, index in old for sheet in (_block(index), Sheet("moved", (source,)))}

    def of(self, id_: str) -> dict[str, str]:
        """source -> target of one id."""
        return dict(self._db.execute("SELECT source, target FROM redirect WHERE id = ?", (id_,)).fetchall())

    def block(self, number: int) -> list[tuple[str, int, str]]:
        """(source, status, target) of one block of entries, in order of their source."""
        first = number * BLOCK_ENTRIES
        return self._db.execute(
            "SELECT source, status, target FROM redirect WHERE idx >= ? AND idx < ? ORDER BY source",
            (first, first + BLOCK_ENTRIES),
        ).fetchall()

    def leading(self, source: str) -> tuple[int, str] | None:
        """(status, target) of an old address."""
        return self._db.execute("SELECT status, target FROM redirect WHERE source = ?", (source,)).fetchone()

    def sheets(self) -> Iterator[Sheet]:
        """Everything of them that a full build sets."""
        found = self._db.execute("SELECT source, idx FROM redirect ORDER BY idx").fetchall()
        yield from dict.fromkeys(_block(index) for _, index in found)
        yield from (Sheet("moved", (source,)) for source, _ in found)


def _block(index: int) -> Sheet:
    return Sheet("redirects", (index // BLOCK_ENTRIES,))


def _own_addresses(path: str, editions: int) -> Iterator[str]:
    yield path
    for seq in range(1, editions + 1):
        yield f"{path}editions/{seq}"
        if seq > 1:
            yield f"{path}editions/{seq}/changes"
