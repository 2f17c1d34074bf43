"""Addresses that answer from elsewhere or no more: the tables `redirects/*.tsv` of a build, as the server reads them.

Each line is `path TAB status TAB target`, without leading slashes:

    en/news/2024/01/02/ferry	301	en/statements/2024/01/02/ferry
    en/news/2023/05/06/list	410
    press.asp?id=17	301	en/interviews/2019/05/05/harbour

A path is compared decoded, with or without a slash at its end, first together with the request's query string, then
without it: old sites kept whole addresses in their queries, and a campaign's `?from=mail` must not break a link.
Lines that are none of this are passed over: one bad line must not take the site down; `fsck` and `verify` report them.

The folder is looked at with each question: one stat. Files in it are replaced by renaming, which changes the folder's
time, so a new line holds at once; each second the files' own times are looked at besides. While the folder's time is
younger than SETTLED_S the files are looked at every FRESH_S, because a clock's tick can hide a second change.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote

from communique.press.copies import SETTLED_S, Identity, identity

FRESH_S = 0.05
LOOK_S = 1.0


@dataclass(frozen=True)
class Move:
    """What is said of one old address: 301 with the path or address to go to, or 410 with nothing."""

    status: int
    target: str


@dataclass(frozen=True)
class Table:
    """One file of moves, as read; `settled` when no later content can have the same identity."""

    identity: Identity
    settled: bool
    moves: dict[str, Move]


def leads_to(target: str) -> str:
    """Where a link to a move's target goes: to another site as it says, else to a path from this one's root."""
    return target if is_whole(target) else "/" + target.lstrip("/")


def is_whole(target: str) -> bool:
    """Whether a move's target is a whole address."""
    return target.lower().startswith(("https://", "http://"))


class Moves:
    """The tables of one build. `clock` counts seconds from anywhere, `now` is the time of day; both are passed in."""

    def __init__(self, folder: str, now: Callable[[], float], clock: Callable[[], float]) -> None:
        self.folder = folder
        self._now = now
        self._clock = clock
        self._tables: dict[str, Table] = {}
        self._moves: dict[str, Move] = {}
        self._seen: Identity | None = None
        self._settled = False
        self._looked = clock() - LOOK_S

    def of(self, path: str, query: str) -> Move | None:
        """What the tables say of a request's path (decoded, without leading slash) and query string."""
        self._look()
        if not self._moves:
            return None
        bare = path.rstrip("/")
        if query and (move := self._moves.get(f"{bare}?{query}")):
            return move
        return self._moves.get(bare)

    def _look(self) -> None:
        try:
            seen = identity(os.stat(self.folder))
        except OSError:
            self._tables, self._moves, self._seen = {}, {}, None
            return
        waited = self._clock() - self._looked
        if seen == self._seen and waited < (LOOK_S if self._settled else FRESH_S):
            return
        self._seen = seen
        self._settled = self._is_settled(seen)
        self._looked = self._clock()
        self._read_what_changed()

    def _is_settled(self, found: Identity) -> bool:
        return max(found[3], found[4]) / 1e9 < self._now() - SETTLED_S

    def _read_what_changed(self) -> None:
        tables: dict[str, Table] = {}
        with os.scandir(self.folder) as entries:
            names = sorted(entry.name for entry in entries if entry.name.endswith(".tsv"))
        for name in names:
            try:
                tables[name] = self._table(name)
            except OSError:
                continue  # renamed away between listing and reading: the folder's time has changed, we come again
        if tables != self._tables:
            self._tables = tables
            self._moves = {path: move for table in tables.values() for path, move in table.moves.items()}

    def _table(self, name: str) -> Table:
        path = os.path.join(self.folder, name)
        found = identity(os.stat(path))
        known = self._tables.get(name)
        if known and known.settled and known.identity == found:
            return known
        return Table(found, self._is_settled(found), read_table(path))


def read_table(path: str) -> dict[str, Move]:
    """The lines of one file; of two about the same address the later one holds."""
    with open(path, encoding="utf-8", errors="replace") as file:
        lines = [line.rstrip("\n").split("\t") for line in file]
    table: dict[str, Move] = {}
    for fields in lines:
        path_, status, target = (*fields, "", "")[:3]
        old, _, query = path_.partition("?")
        key = unquote(old).strip("/") + (f"?{query}" if query else "")
        if key and status == "410" and not target:
            table[key] = Move(410, "")
        elif key and status == "301" and target and unquote(target).strip("/") != key:
            table[key] = Move(301, target)
    return table
