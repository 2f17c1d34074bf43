"""In which small files of a site a print lies (`quoted.py` says what a print is), however long the record grows.

    check/words/N.bin           all prints of the block of 16 entries number N, as long as no other file has them
    check/words/S/H/N-P.bin     of the block of S entries number N, the prints whose last bits are P; H is P div 256

S is 16, 64, 256 and so on, each four times the one before; K is its place in this row, 0, 1, 2. A block of S entries
has S div 4 parts, so that a part has about as many rows as four entries have prints, in a block of any size. Part P of
block N is written once, when the record has (N + 1) S + 4 P + K entries: so every fourth entry writes one part of a
size, the parts of a whole block come while the next one grows, and no entry writes more than three. All parts of a
block together have what its four blocks of a quarter had. Part P of these goes when the record has (N + 2) S + 4 P + K
entries, a quarter of S after it was last needed: a reader who saw an older head still finds it.

A row of N.bin is five bytes: the print, and the entry's number in the block. A row of a part is four: of the print
what its place does not say, its upper bits, then the entry's number in the block, which together are 32 bits for any S.
Numbers are big-endian, rows sorted. A whole block without words has empty parts.

`files_with` names the files in which a print is looked for: about twenty of a million entries, and no reader has to ask
which are there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

FOLDER = "check/words/"
FIRST = 16
FAN = 4
SIZES = tuple(FIRST * FAN**power for power in range(10))
"""up to four million entries in a block; what is longer has more blocks of these"""
ROW_BYTES, ROW_BYTES_OF_ALL = 4, 5


class PrintFile(NamedTuple):
    """One file: of the block of `size` entries number `number` the part `part`; None where it has all prints."""

    size: int
    number: int
    part: int | None = None

    @property
    def path(self) -> str:
        """Where it lies on the site."""
        if self.part is None:
            return f"{FOLDER}{self.number}.bin"
        return f"{FOLDER}{self.size}/{self.part >> 8}/{self.number}-{self.part}.bin"

    @property
    def first(self) -> int:
        """The index of the block's first entry."""
        return self.size * self.number

    def start(self, one: int) -> int:
        """The row of this print and of the block's first entry."""
        bits = self.size.bit_length() - 1
        return one << 8 if self.part is None else one >> (bits - 2) << bits

    def entries_in(self, data: bytes, prints: set[int]) -> Iterator[int]:
        """The indexes of the entries that have one of these prints, which lie in this file, once for each."""
        width, over = (ROW_BYTES_OF_ALL, 255) if self.part is None else (ROW_BYTES, self.size - 1)
        starts = {self.start(one) for one in prints}
        for at in range(0, len(data) - width + 1, width):
            row = int.from_bytes(data[at : at + width], "big")
            if row & ~over in starts:
                yield self.first + (row & over)


def part_of(one: int, size: int) -> int:
    """In which part of a block of this size a print lies."""
    return one & (size // FAN - 1)


def files_with(one: int, size: int) -> list[PrintFile]:
    """The files in which a print lies in a record of this size, largest blocks first."""
    return list(_files_with(one, size, SIZES[-1], range(-(-size // SIZES[-1]))))


def _files_with(one: int, size: int, block: int, numbers: range) -> Iterator[PrintFile]:
    for number in numbers:
        if number * block >= size:
            return
        file = PrintFile(block, number, part_of(one, block))
        if _comes_at(file) <= size:
            yield file
        elif block == FIRST:
            yield PrintFile(block, number)
        else:
            yield from _files_with(one, size, block // FAN, range(FAN * number, FAN * number + FAN))


def _comes_at(file: PrintFile, blocks: int = 1) -> int:
    """How many entries the record has when a part is written, or so many blocks later."""
    return file.size * (file.number + blocks) + FAN * (file.part or 0) + SIZES.index(file.size)


def is_there(file: PrintFile, size: int) -> bool:
    """Whether a record of this size has the file, if its block has any words."""
    block, number, part = file
    if block not in SIZES:
        return False
    if part is None:
        return block == FIRST and file.first < size < FIRST * (number + 2)
    is_last = block == SIZES[-1]
    gone = not is_last and _comes_at(PrintFile(block * FAN, number // FAN, part), 2) <= size
    return part < block // FAN and _comes_at(file) <= size and not gone


def come_with(size: int) -> Iterator[PrintFile]:
    """The parts that the last of so many entries completes, smaller blocks first."""
    for place, block in enumerate(SIZES):
        number, phase = divmod(size - place, block)
        if number < 1:
            return
        if phase % FAN == 0:
            yield PrintFile(block, number - 1, phase // FAN)


def go_with(size: int) -> Iterator[PrintFile]:
    """The files that nobody needs any more from so many entries on."""
    for block, number, part in come_with(size):
        if number and block == FIRST and part == 0:
            yield PrintFile(block, number - 1)
        if number and block > FIRST and part is not None and part < block // FAN // FAN:
            yield from (PrintFile(block // FAN, FAN * (number - 1) + one, part) for one in range(FAN))
