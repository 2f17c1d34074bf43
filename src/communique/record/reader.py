"""Reading a record, wherever it lies: what followers, the press and the verifier are given.

`Reader` is the promise; the newsroom's database keeps it, too. `FileReader` keeps it with anything that gives a file
for a path under `/record/`: a folder (`reader_folder.py`) or another machine. It believes what it reads: it checks the
shape of files and nothing else. Whoever wants to know whether it is true asks `communique.verify`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Protocol

from communique.edition.edition import Edition, parse_edition
from communique.edition.errors import EditionError
from communique.record.checkpoint import Checkpoint, parse_checkpoint
from communique.record.entry import Entry, parse_entry
from communique.record.errors import Missing, NotOfFormat
from communique.record.tile import ENTRIES, WIDTH, Tile, split_bundle, subtree_of_tiles
from communique.record.tree import HASH_BYTES, Subtree

SALT_BYTES = 32

_HASH = re.compile(r"[0-9a-f]{64}")


class Reader(Protocol):
    """A record up to its last signed checkpoint. Entries never change; what `erase` took out is missing from both."""

    @property
    def origin(self) -> str:
        """The log's name, `embassy.example/record`."""

    def size(self) -> int:
        """How many entries the last signed checkpoint holds."""

    def entries(self, start: int, stop: int) -> Iterator[Entry]:
        """The entries from index `start` up to, not including, `stop`; `stop` is not above the size."""

    def edition(self, entry: Entry) -> Edition:
        """The edition that an entry commits to."""

    def file(self, part: str) -> bytes:
        """The bytes of a file part, without its salt."""


class FileReader:
    """A Reader over files. `read` gives the bytes of a path under the record, or raises Missing or Unreachable.

    It stays at the checkpoint that it read first; a new FileReader sees what was published since.
    """

    def __init__(self, read: Callable[[str], bytes]) -> None:
        self.read = read

    def paths(self) -> list[str] | None:
        """The paths of all files under the record, sorted; None where they cannot be listed, as on a web server."""
        return None

    @cached_property
    def checkpoint(self) -> Checkpoint:
        """The last signed head, unverified."""
        return parse_checkpoint(self.read("checkpoint"))

    @property
    def origin(self) -> str:
        """The log's name, as the checkpoint has it."""
        return self.checkpoint.origin

    def size(self) -> int:
        """How many entries the checkpoint holds."""
        return self.checkpoint.size

    def entries(self, start: int, stop: int) -> Iterator[Entry]:
        """The entries from `start` up to `stop`, bundle by bundle. Raises NotOfFormat or Missing."""
        if not 0 <= start <= stop <= self.size():
            raise ValueError(f"entries {start} to {stop} of a record of size {self.size()}")
        for number in range(start // WIDTH, -(-stop // WIDTH)):
            first = number * WIDTH
            tile = Tile(ENTRIES, number, min(WIDTH, self.size() - first))
            for index, data in enumerate(self.bundle(tile), first):
                if start <= index < stop:
                    yield parse_entry(data, index)

    def edition(self, entry: Entry) -> Edition:
        """The edition of an entry, parsed. Raises NotOfFormat or Missing."""
        path = edition_path(entry.body)
        try:
            return parse_edition(self.read(path))
        except EditionError as error:
            raise NotOfFormat(str(error), path) from error

    def file(self, part: str) -> bytes:
        """The bytes of a file part, without its salt. Raises NotOfFormat or Missing."""
        data = self.read(file_path(part))
        if len(data) < SALT_BYTES:
            raise NotOfFormat(f"has {len(data)} bytes, fewer than its salt", file_path(part))
        return data[SALT_BYTES:]

    def bundle(self, tile: Tile) -> list[bytes]:
        """The entries of a bundle, out of the full one where the partial one is gone."""
        data, found = self._tile(tile)
        return split_bundle(found, data)[: tile.width]

    def tile(self, tile: Tile) -> bytes:
        """The bytes of a hash tile, out of the full one where the partial one is gone."""
        data, found = self._tile(tile)
        return data if found == tile else data[: tile.width * HASH_BYTES]

    def subtree(self, size: int) -> Subtree:
        """The tree of the first `size` entries, from the hash tiles, as proofs want it."""
        return subtree_of_tiles(size, self.tile)

    def _tile(self, tile: Tile) -> tuple[bytes, Tile]:
        try:
            return self.read(tile.path), tile
        except Missing:
            if tile.width == WIDTH:
                raise
            try:
                return self.read(tile.full.path), tile.full
            except Missing:
                pass
            raise


def edition_path(body: str) -> str:
    """The path of an edition file under the record."""
    return f"editions/{_checked(body)}"


def file_path(part: str) -> str:
    """The path of a file part under the record."""
    return f"files/{_checked(part)}"


def _checked(name: str) -> str:
    if not _HASH.fullmatch(name):
        raise NotOfFormat("is not 64 lower-case hexadecimal digits", name[:80])
    return name
