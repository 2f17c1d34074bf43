"""The tree as files: C2SP tlog-tiles (commit 5ba5ee8).

A hash tile holds up to 256 hashes of 32 bytes. Tile N of level L begins at the hash number N·256 of height 8·L: at
level 0 the hashes are leaves, at level 1 roots of full tiles of level 0, and so on. An entry bundle holds the entries
of one tile of level 0, each as a big-endian uint16 length and its bytes. A tile under 256 wide bears its width:

    >>> Tile(0, 1234, 5).path, Tile(ENTRIES, 0, 256).path
    ('tile/0/x001/234.p/5', 'tile/entries/000')

A tree of size s has, on level L, floor(s / 256^L) hashes: full tiles and at most one partial one. Empty ones are never
written. Files once written never change, so a size only ever adds files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from communique.record.errors import NotOfFormat
from communique.record.tree import HASH_BYTES, Subtree, node_hash

WIDTH = 256
HEIGHT = 8
LEVELS = 8  # enough for 2^64 entries
ENTRIES = -1

_PATH = re.compile(r"tile/(entries|[0-9]|[1-5][0-9]|6[0-3])/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")


@dataclass(frozen=True, order=True)
class Tile:
    """One hash tile, or, at level ENTRIES, one entry bundle; `width` is 1 to 256."""

    level: int
    number: int
    width: int

    @property
    def path(self) -> str:
        """Its path under the record's folder or address."""
        number, digits = divmod(self.number, 1000)
        path = f"{digits:03d}"
        while number:
            number, digits = divmod(number, 1000)
            path = f"x{digits:03d}/{path}"
        level = "entries" if self.level == ENTRIES else str(self.level)
        return f"tile/{level}/{path}" + (f".p/{self.width}" if self.width < WIDTH else "")

    @property
    def full(self) -> Tile:
        """The full tile that takes this one's place when the log has grown."""
        return Tile(self.level, self.number, WIDTH)

    @property
    def start(self) -> int:
        """The number of its first hash on its level; of a bundle, the index of its first entry."""
        return self.number * WIDTH


def parse_tile_path(path: str) -> Tile:
    """The tile that a path names. Raises NotOfFormat for any other path, or another way of writing it."""
    match = _PATH.fullmatch(path)
    if match:
        level = ENTRIES if match[1] == "entries" else int(match[1])
        tile = Tile(level, int(re.sub("[x/]", "", match[2])), int(match[3] or WIDTH))
        if tile.path == path:
            return tile
    raise NotOfFormat("is not the path of a tile", path, "see C2SP tlog-tiles for how tiles are named")


def tiles_at(size: int) -> list[Tile]:
    """All hash tiles and bundles of a tree of this size: what a whole record holds besides older partial tiles."""
    return tiles_written(0, size)


def tiles_written(old: int, new: int) -> list[Tile]:
    """The hash tiles and bundles that a log adds to its files when it grows from `old` to `new` entries."""
    found = []
    for level in (ENTRIES, *range(LEVELS)):
        before, after = (size >> (HEIGHT * max(level, 0)) for size in (old, new))
        if after == before:
            continue
        full, rest = divmod(after, WIDTH)
        found += [Tile(level, number, WIDTH) for number in range(before // WIDTH, full)]
        if rest:
            found.append(Tile(level, full, rest))
    return found


def tile_data(tile: Tile, subtree: Subtree) -> bytes:
    """The bytes of a hash tile, from a stored tree."""
    height = tile.level * HEIGHT
    return b"".join(subtree(height, tile.start + i) for i in range(tile.width))


def split_tile(tile: Tile, data: bytes) -> list[bytes]:
    """The hashes of a hash tile. Raises NotOfFormat if their number is not its width."""
    if len(data) != tile.width * HASH_BYTES:
        raise NotOfFormat(f"has {len(data)} bytes, not {tile.width} hashes of {HASH_BYTES}", tile.path)
    return [data[i : i + HASH_BYTES] for i in range(0, len(data), HASH_BYTES)]


def bundle_data(entries: Sequence[bytes]) -> bytes:
    """The bytes of an entry bundle. Raises ValueError for an entry of 65,536 bytes or more."""
    if any(len(entry) > 0xFFFF for entry in entries):
        raise ValueError("an entry of a bundle is at most 65,535 bytes long")
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def split_bundle(tile: Tile, data: bytes) -> list[bytes]:
    """The entries of a bundle. Raises NotOfFormat if their lengths do not fill it, or their number is not its width."""
    entries: list[bytes] = []
    at = 0
    while at < len(data):
        stop = at + 2 + int.from_bytes(data[at : at + 2], "big")
        if at + 2 > len(data) or stop > len(data):
            raise NotOfFormat(f"ends in the middle of its entry {len(entries)}", tile.path)
        entries.append(data[at + 2 : stop])
        at = stop
    if len(entries) != tile.width:
        raise NotOfFormat(f"has {len(entries)} entries, not {tile.width}", tile.path)
    return entries


def subtree_of_tiles(size: int, read_tile: Callable[[Tile], bytes]) -> Subtree:
    """The stored tree of a log of this size, as `tree.py` wants it, out of its hash tiles.

    Each tile is read once. What `read_tile` raises comes through; a tile of the wrong length raises NotOfFormat.
    """
    known: dict[tuple[int, int], list[bytes]] = {}

    def hashes(level: int, number: int) -> list[bytes]:
        if (level, number) not in known:
            width = min(WIDTH, (size >> (HEIGHT * level)) - number * WIDTH)
            tile = Tile(level, number, width)
            known[level, number] = split_tile(tile, read_tile(tile))
        return known[level, number]

    def subtree(level: int, number: int) -> bytes:
        if (number + 1) << level > size:
            raise ValueError(f"subtree {number} of height {level} is not complete at size {size}")
        below = level % HEIGHT
        tile_level, first = level // HEIGHT, number << below
        row = hashes(tile_level, first // WIDTH)[first % WIDTH : first % WIDTH + (1 << below)]
        while len(row) > 1:
            row = [node_hash(row[i], row[i + 1]) for i in range(0, len(row), 2)]
        return row[0]

    return subtree
