"""Which entry has which words: the prints by which the check page finds a quotation without a server.

`edition/quoted.py` says what a print is: six words of a text have one for certain. Segments hold 256 entries each, as
bundles do. While one grows it is one file, `check/words/N.bin`; when its last entry is there it is written once more
and for good, in 64 files by the last six bits of the print, `check/words/N/00.bin` and on. A row is

    three bytes   the upper 24 of the print's 30 bits
    a byte        its last six bits, in N.bin alone
    a byte        the entry's number in the segment

sorted. Prints tell whether given words are there, and of words that nobody knows they tell nothing; those of words
that were erased go with the words. `press/assets/quotes.js` reads this.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterator
from typing import Any

from communique.edition.passages import passages_of
from communique.edition.quoted import prints
from communique.press.shelf import Files

SEGMENT = 256
SHARDS = 64
FOLDER = "check/words/"


class Prints:
    """The catalogue's table of prints, an entry a row."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def keep(self, index: int, content: dict[str, Any]) -> int:
        """Keep the prints of an edition as it is now; gives the number of its segment."""
        found = array("I", prints(passage.text for passage in passages_of(content)))
        self._db.execute("INSERT OR REPLACE INTO quoted VALUES (?,?)", (index, found.tobytes()))
        return index // SEGMENT

    def segments(self) -> list[int]:
        """The numbers of all segments that have words."""
        return [number for (number,) in self._db.execute("SELECT DISTINCT idx / ? FROM quoted ORDER BY 1", (SEGMENT,))]

    def files(self, segment: int, size: int) -> Files:
        """The files of a segment of a record of this size."""
        rows = sorted(self._rows(segment))
        if not rows:
            return {f"{FOLDER}{segment}.bin": None}
        if size < (segment + 1) * SEGMENT:
            whole = b"".join((one >> 6).to_bytes(3, "big") + bytes([one & 63, number]) for one, number in rows)
            return {f"{FOLDER}{segment}.bin": whole}
        shards: list[list[bytes]] = [[] for _ in range(SHARDS)]
        for one, number in rows:
            shards[one % SHARDS].append((one >> 6).to_bytes(3, "big") + bytes([number]))
        made: Files = {f"{FOLDER}{segment}/{n:02d}.bin": b"".join(shard) for n, shard in enumerate(shards)}
        return {**made, f"{FOLDER}{segment}.bin": None}

    def _rows(self, segment: int) -> Iterator[tuple[int, int]]:
        first = segment * SEGMENT
        asked = "SELECT idx, prints FROM quoted WHERE idx >= ? AND idx < ?"
        for index, data in self._db.execute(asked, (first, first + SEGMENT)):
            yield from ((one, index - first) for one in array("I", data))
