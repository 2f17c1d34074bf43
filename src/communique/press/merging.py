"""Persons who were found to be one: what is said and listed of somebody merged stands with whom she was merged into.

The record's own words stay: a message names the person whom it named, and the name as printed. Only lists, links and
addresses lead on, to the end of the chain (`end_of_merging`). It is worked out here from the pieces that were taken in,
and what follows from it is written down by `lists.py` (the places of messages) and `catalogue.py` (the addresses).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

from communique.edition.furniture import end_of_merging


class Merging:
    """Who leads to whom, in the catalogue's table `merged`. `piece` gives a piece of furniture's content by its id."""

    def __init__(self, db: sqlite3.Connection, piece: Callable[[str], dict[str, Any] | None]) -> None:
        self._db = db
        self._piece = piece

    def keep(self, id_: str, content: dict[str, Any]) -> None:
        """Note what a person's newest edition says of her."""
        self._db.execute("DELETE FROM merged WHERE id = ?", (id_,))
        if content.get("merged"):
            self._db.execute("INSERT INTO merged VALUES (?,?)", (id_, content["merged"]))

    def end(self, id_: str) -> str:
        """The person with whom everything of this one is shown: herself, unless she is merged into somebody."""
        return end_of_merging(id_, self._next)

    def leads_on(self, id_: str) -> bool:
        """Whether a person's pages lead on to somebody else's."""
        return self.end(id_) != id_

    def through(self, id_: str) -> list[str]:
        """Everybody whose chain passes through a person, herself first."""
        found = [id_]
        for one in found:  # grows while it is read
            named = self._db.execute("SELECT id FROM merged WHERE target = ? ORDER BY id", (one,)).fetchall()
            found += [other for (other,) in named if other not in found]
        return found

    def led_to(self, id_: str) -> list[str]:
        """Everybody else whose pages lead to this person's."""
        return [other for other in self.through(id_) if other != id_ and self.end(other) == id_]

    def ends(self) -> dict[str, str]:
        """Of everybody whose pages lead on: to whom."""
        found = {id_: self.end(id_) for id_ in self.everybody()}
        return {id_: end for id_, end in found.items() if id_ != end}

    def everybody(self) -> list[str]:
        """All persons whose newest edition names another one."""
        return [id_ for (id_,) in self._db.execute("SELECT id FROM merged ORDER BY id").fetchall()]

    def _next(self, id_: str) -> str | None:
        """Whom a person is merged into, if that is a person who has a page."""
        found = self._db.execute("SELECT target FROM merged WHERE id = ?", (id_,)).fetchone()
        piece = self._piece(found[0]) if found else None
        return found[0] if piece and piece["piece"] == "person" and piece.get("address") else None
