"""Which entry has which words: the prints by which the check page finds a quotation without a server.

`edition/quoted.py` says what a print is: six words of a text have one for certain. `edition/print_files.py` says in
which files they lie. What the parts of whole blocks hold is kept in the catalogue, each made of four of the blocks of a
quarter: so an entry costs the same in an archive of any length, and those four are forgotten once nobody reads them.

Prints tell whether given words are there, and of words that nobody knows they tell nothing; those of words that were
erased go with the words.
"""

from __future__ import annotations

import sqlite3
import sys
from array import array
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import compress

from communique.edition.print_files import (
    FAN,
    FIRST,
    ROW_BYTES,
    ROW_BYTES_OF_ALL,
    SIZES,
    PrintFile,
    come_with,
    go_with,
    part_of,
)
from communique.press.shelf import Files


class Prints:
    """The catalogue's tables of prints: an entry a row, and a part of a block a row."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def keep(self, index: int, found: array[int]) -> set[PrintFile]:
        """Keep the prints of an edition as it is now; gives the files in which they are, or were."""
        before = set(self._of(index))
        self._db.execute("INSERT OR REPLACE INTO quoted VALUES (?,?)", (index, found.tobytes()))
        touched = {PrintFile(FIRST, index // FIRST)}
        for one in sorted(before ^ set(found)) if before else ():
            touched |= self._mend(index, one, one in before)
        return touched

    def advance(self, size: int) -> set[PrintFile]:
        """Make the parts that come with the last of so many entries, and forget those that go; gives both."""
        made, gone = list(come_with(size)), list(go_with(size))
        for file in made:
            self._store(file, sorted(self._gathered(file)))
        self._db.executemany(
            "DELETE FROM printed WHERE size = ? AND number = ? AND part = ?",
            [file for file in gone if file.part is not None],
        )
        return {*made, *gone}

    def files(self, file: PrintFile, size: int) -> Files:
        """A file as it is in a record of this size; None where it is not there."""
        if file.part is not None:
            return {file.path: self._stored(file)}
        rows = sorted(self._rows(file.number)) if size < FIRST * (file.number + 2) else []
        return {file.path: _packed(rows, ROW_BYTES_OF_ALL) if rows else None}

    def all_files(self, size: int) -> Iterator[PrintFile]:
        """The files of a record of this size."""
        yield from (PrintFile(FIRST, number) for number in range(max(0, size // FIRST - 1), -(-size // FIRST)))
        yield from map(PrintFile._make, self._db.execute("SELECT size, number, part FROM printed ORDER BY 1, 2, 3"))

    def _gathered(self, file: PrintFile) -> list[int]:
        """The rows of a part, from the blocks of a quarter, or from the entries.

        A part has a quarter of what those have: two bits of each row say whether it is among them, and from then on
        they say in which of the four blocks the entry is.
        """
        bits, part, found = file.size.bit_length() - 1, file.part or 0, list[int]()
        if file.size == FIRST:
            first = file.number * FIRST
            for index, data in self._entries(file.number):
                some = _with_bits(array("I", data), 0, part)
                found += [one >> bits - 2 << bits | index - first for one in some]
            return found
        below, quarter = part_of(part, file.size // FAN), part >> bits - 4
        for nth in range(FAN):
            data = self._stored(PrintFile(file.size // FAN, FAN * file.number + nth, below)) or b""
            moved = nth - quarter << bits - 2
            found += [row + moved for row in _with_bits(_unpacked(data), bits - 2, quarter)]
        return found

    def _mend(self, index: int, one: int, away: bool) -> set[PrintFile]:
        """Take a print of an entry out of the parts that have it, or put it in."""
        touched = set()
        for block in SIZES:
            file = PrintFile(block, index // block, part_of(one, block))
            data = self._stored(file)
            if data is not None:
                row = file.start(one) | index - file.first
                rows = {*_unpacked(data)} - {row} if away else {*_unpacked(data), row}
                self._store(file, sorted(rows))
                touched.add(file)
        return touched

    def _of(self, index: int) -> array[int]:
        row = self._db.execute("SELECT prints FROM quoted WHERE idx = ?", (index,)).fetchone()
        return array("I", row[0] if row else b"")

    def _rows(self, number: int) -> Iterator[int]:
        """The rows of a block of the first size, each the number that its bytes write."""
        for index, data in self._entries(number):
            yield from (one << 8 | index - number * FIRST for one in array("I", data))

    def _entries(self, number: int) -> list[tuple[int, bytes]]:
        """The entries of a block of the first size, each with its prints."""
        asked = "SELECT idx, prints FROM quoted WHERE idx >= ? AND idx < ?"
        return self._db.execute(asked, (number * FIRST, number * FIRST + FIRST)).fetchall()

    def _stored(self, file: PrintFile) -> bytes | None:
        asked = "SELECT rows FROM printed WHERE size = ? AND number = ? AND part = ?"
        row = self._db.execute(asked, file).fetchone()
        return row[0] if row else None

    def _store(self, file: PrintFile, rows: Iterable[int]) -> None:
        data = _packed(list(rows), ROW_BYTES)
        self._db.execute("INSERT OR REPLACE INTO printed VALUES (?,?,?,?)", (*file, data))


def _unpacked(data: bytes) -> array[int]:
    """The rows of a part."""
    return _turned(array("I", data))


def _turned(numbers: array[int]) -> array[int]:
    """The numbers as they are read or written, the highest byte first; in place."""
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers


def _with_bits(rows: array[int], place: int, said: int) -> Iterator[int]:
    """The rows whose two bits at a place, counted from the lowest, say a number.

    Both bits are in one byte of four, and a table says of all such bytes at once which are meant: an archive has
    hundreds of millions of rows, and is gone through once for each size of a block.
    """
    step, shift = divmod(place, 8)
    first = step if sys.byteorder == "little" else rows.itemsize - 1 - step
    return compress(rows, rows.tobytes()[first :: rows.itemsize].translate(_saying(shift, said)))


@cache
def _saying(shift: int, said: int) -> bytes:
    """For each byte whether its two bits from this one on say a number."""
    return bytes((byte >> shift & FAN - 1) == said for byte in range(256))


def _packed(rows: list[int], size: int) -> bytes:
    """Numbers as so many bytes each, the highest first; all at once, because a block has thousands."""
    if size == ROW_BYTES:
        return _turned(array("I", rows)).tobytes()
    whole = _turned(array("Q", rows))
    data, found = whole.tobytes(), bytearray(size * len(rows))
    for place in range(size):
        found[place::size] = data[whole.itemsize - size + place :: whole.itemsize]
    return bytes(found)
