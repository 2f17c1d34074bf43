"""Which entries have quoted words? By the prints that a site has (`check/words/…`), read over HTTP in small files.

    check/words/N.bin        the segment of 256 entries that still grows; rows of five bytes
    check/words/N/SS.bin     a whole segment, by the print's last six bits SS; rows of four bytes

A row is the print's upper 24 bits, in N.bin a byte with its last six, and a byte with the entry's number in the
segment. Nothing signs these files, so they lead to editions, which are proven, and prove nothing themselves: that words
are in none of them is the office's word until every edition was read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from communique.edition.quoted import pieces_of, prints
from communique.record.errors import Missing

SEGMENT = 256
MOST_PRINTS = 4
"""of a quotation that are looked for; each of them lies in one file of each segment"""


@dataclass(frozen=True)
class Found:
    """Entries that have all the prints sought, as each edition with the words does; and those that have some of them,
    those with most first."""

    whole: tuple[int, ...]
    part: tuple[int, ...]


def entries_with(said: str, size: int, read: Callable[[str], bytes]) -> Found | None:
    """The entries below `size` that have prints of these words.

    None where that cannot be said: the words are too few to have prints, or the site has none.
    """
    found = sorted({one for piece in pieces_of(said) for one in prints([piece])})
    sought = found[:: -(-len(found) // MOST_PRINTS)] if found else []
    segments = range(-(-size // SEGMENT))
    votes: Counter[int] = Counter()
    answered = False
    for segment in segments if sought else ():
        is_whole = (segment + 1) * SEGMENT <= size
        for path, some in _files(segment, is_whole, sought):
            try:
                data = read(path)
            except Missing:
                continue  # a segment without words, or a site without prints
            answered = True
            votes.update(segment * SEGMENT + number for number in _numbers(data, is_whole, some))
    if not answered:
        return None
    whole = tuple(index for index in sorted(votes) if votes[index] == len(sought))
    part = sorted(set(votes) - set(whole), key=lambda index: (-votes[index], -index))
    return Found(whole, tuple(part))


def _files(segment: int, is_whole: bool, sought: Sequence[int]) -> Iterator[tuple[str, set[int]]]:
    """The files of a segment in which prints lie, and which."""
    if not is_whole:
        yield f"check/words/{segment}.bin", set(sought)
        return
    for shard in sorted({one & 63 for one in sought}):
        yield f"check/words/{segment}/{shard:02d}.bin", {one for one in sought if one & 63 == shard}


def _numbers(data: bytes, is_whole: bool, sought: set[int]) -> Iterator[int]:
    """The numbers of entries in the rows of these prints. In a shard all prints end alike, as those sought do."""
    width = 4 if is_whole else 5
    starts = {(one >> 6).to_bytes(3, "big") + (b"" if is_whole else bytes([one & 63])) for one in sought}
    for at in range(0, len(data) - width + 1, width):
        if data[at : at + width - 1] in starts:
            yield data[at + width - 1]
