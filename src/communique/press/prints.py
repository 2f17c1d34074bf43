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
import sys
from array import array
from collections.abc import Iterator
from typing import Any

from communique.edition.passages import passages_of
from communique.edition.quoted import prints
from communique.press.shelf import Files

SEGMENT = 256
SHARDS = 64
FOLDER = "check/words/"
ROW_BYTES = 5


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
            return {f"{FOLDER}{segment}.bin": _packed(rows, ROW_BYTES)}
        shards: list[list[int]] = [[] for _ in range(SHARDS)]
        for row in rows:
            shards[row >> 8 & 0xFF].append(row >> 16 << 8 | row & 0xFF)
        made: Files = {f"{FOLDER}{segment}/{n:02d}.bin": _packed(one, ROW_BYTES - 1) for n, one in enumerate(shards)}
        return {**made, f"{FOLDER}{segment}.bin": None}

    def _rows(self, segment: int) -> Iterator[int]:
        """The rows of a segment, each the number that its bytes write."""
        first = segment * SEGMENT
        asked = "SELECT idx, prints FROM quoted WHERE idx >= ? AND idx < ?"
        for index, data in self._db.execute(asked, (first, first + SEGMENT)):
            number = index - first
            yield from [(one >> 6) << 16 | (one & 63) << 8 | number for one in array("I", data)]


def _packed(rows: list[int], size: int) -> bytes:
    """Numbers as so many bytes each, the highest first; all at once, because a segment has tens of thousands."""
    whole = array("Q", rows)
    if sys.byteorder == "little":
        whole.byteswap()
    data, found = whole.tobytes(), bytearray(size * len(rows))
    for place in range(size):
        found[place::size] = data[whole.itemsize - size + place :: whole.itemsize]
    return bytes(found)
