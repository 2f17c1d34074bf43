"""Tiles are named, cut and joined as C2SP tlog-tiles says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.record.errors import Missing, NotOfFormat
from communique.record.reader import FileReader
from communique.record.tile import (
    ENTRIES,
    WIDTH,
    Tile,
    bundle_data,
    parse_tile_path,
    split_bundle,
    split_tile,
    subtree_of_tiles,
    tile_data,
    tiles_at,
    tiles_written,
)
from communique.record.tree import compact_range_of, leaf_hash, tree_root

LEAVES = [leaf_hash(str(number).encode()) for number in range(70_000)]
ROWS = [LEAVES]
while len(ROWS[-1]) > 1:
    ROWS.append([compact_range_of(ROWS[-1][i : i + 2]).root() for i in range(0, len(ROWS[-1]) - 1, 2)])


def subtree(level: int, number: int) -> bytes:
    return ROWS[level][number]


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0, 5), "tile/0/000.p/5"),
        (Tile(0, 1_234_067, 256), "tile/0/x001/x234/067"),
        (Tile(ENTRIES, 1234, 255), "tile/entries/x001/234.p/255"),
        (Tile(63, 999, 256), "tile/63/999"),
        (Tile(2, 1000, 1), "tile/2/x001/000.p/1"),
    ],
)
def test_a_tile_is_named_by_level_number_and_width(tile: Tile, path: str) -> None:
    assert tile.path == path
    assert parse_tile_path(path) == tile


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/0",
        "tile/00/000",
        "tile/64/000",
        "tile/0/x000/000",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/05",
        "tile/0/001/000",
        "tile/0/000/",
        "tile/0/../0/000",
        "tile/data/000",
        "/tile/0/000",
        "tile/0/000\n",
    ],
)
def test_another_way_of_naming_a_tile_is_refused(path: str) -> None:
    with pytest.raises(NotOfFormat, match="is not the path of a tile"):
        parse_tile_path(path)


def test_a_tree_of_70_000_has_the_tiles_that_the_specification_counts() -> None:
    tiles = [tile for tile in tiles_at(70_000) if tile.level != ENTRIES]
    full = [tile.level for tile in tiles if tile.width == WIDTH]
    partial = [(tile.level, tile.width) for tile in tiles if tile.width < WIDTH]
    assert (full.count(0), full.count(1), partial) == (273, 1, [(0, 112), (1, 17), (2, 1)])


def test_a_tree_of_256_has_one_full_tile_and_one_hash_above_it() -> None:
    assert tiles_at(256) == [Tile(ENTRIES, 0, 256), Tile(0, 0, 256), Tile(1, 0, 1)]


@given(st.lists(st.integers(0, 70_000), max_size=6))
def test_a_log_that_grows_by_steps_has_written_all_tiles_of_its_size(sizes: list[int]) -> None:
    sizes = sorted(sizes)
    written: list[Tile] = []
    for old, new in zip([0, *sizes], sizes, strict=False):
        step = tiles_written(old, new)
        assert not set(step) & set(written), "a tile is written once"
        assert len(step) <= 2 * ((new - old) // WIDTH + 2) + 6, "the work is that of the step, not of the log"
        written += step
    assert set(tiles_at(sizes[-1] if sizes else 0)) <= set(written)


@given(st.integers(1, 70_000))
def test_the_tree_read_from_tiles_is_the_tree(size: int) -> None:
    read: list[Tile] = []

    def read_tile(tile: Tile) -> bytes:
        read.append(tile)
        return tile_data(tile, subtree)

    root = tree_root(size, subtree_of_tiles(size, read_tile))
    assert root == tree_root(size, subtree)
    assert set(read) <= set(tiles_at(size)), "no tile is asked for that a log of this size does not serve"
    assert len(read) <= 3


def test_a_subtree_that_is_not_complete_yet_is_not_made_up() -> None:
    with pytest.raises(ValueError, match="not complete"):
        subtree_of_tiles(5, lambda tile: tile_data(tile, subtree))(2, 1)


def test_a_tile_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(NotOfFormat, match="has 31 bytes, not 1 hashes"):
        split_tile(Tile(0, 0, 1), bytes(31))


@given(st.lists(st.binary(max_size=1024), min_size=1, max_size=20))
def test_a_bundle_gives_back_its_entries(entries: list[bytes]) -> None:
    assert split_bundle(Tile(ENTRIES, 0, len(entries)), bundle_data(entries)) == entries


def test_lengths_in_a_bundle_are_two_bytes_the_greater_first() -> None:
    assert bundle_data([b"x" * 258])[:3] == b"\x01\x02x"
    with pytest.raises(ValueError, match="65,535"):
        bundle_data([b"x" * 65_536])


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\x00", "in the middle of its entry 0"),
        (b"\x00\x03ab", "in the middle of its entry 0"),
        (b"\x00\x00", "1 entries, not 2"),
    ],
)
def test_a_bundle_that_its_lengths_do_not_fill_is_refused(data: bytes, what: str) -> None:
    with pytest.raises(NotOfFormat, match=what):
        split_bundle(Tile(ENTRIES, 0, 2), data)


def test_a_partial_tile_that_is_gone_is_cut_from_the_full_one() -> None:
    files = {"tile/0/000": b"".join(LEAVES[:256]), "tile/entries/000": bundle_data([b"x"] * 256)}

    def read(path: str) -> bytes:
        if path in files:
            return files[path]
        raise Missing(path, path)

    reader = FileReader(read)
    assert reader.tile(Tile(0, 0, 7)) == b"".join(LEAVES[:7])
    assert reader.bundle(Tile(ENTRIES, 0, 3)) == [b"x"] * 3
    assert tree_root(200, reader.subtree(200)) == tree_root(200, subtree)
    with pytest.raises(Missing, match=r"tile/0/001.p/2"):
        reader.tile(Tile(0, 1, 2))
