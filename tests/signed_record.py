"""Small records of any content, really signed, for tests that need one which is wrong in exactly one way.

The keys are the toy keys of `vectors/worked-example`: seeds 0 to 31 for the log, 32 to 63 for the witness.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from communique.record.checkpoint import sign_checkpoint
from communique.record.note import COSIGNATURE, signer_key
from communique.record.tile import ENTRIES, bundle_data, tile_data, tiles_at
from communique.record.tree import Subtree, compact_range_of, leaf_hash

VECTORS = Path(__file__).parent / "vectors"
EXAMPLE = VECTORS / "worked-example"
ORIGIN = "embassy.example/record"
LOG = signer_key(ORIGIN, bytes(range(32)))
WITNESS = signer_key("ministry.example/witness", bytes(range(32, 64)), COSIGNATURE)


def example_entries() -> list[bytes]:
    """The eight entries of the worked example."""
    return (EXAMPLE / "entries.jsonl").read_bytes().removesuffix(b"\n").split(b"\n")


def tree_of(entries: Sequence[bytes]) -> Subtree:
    """The tree over these entries, every subtree hashed anew from its leaves."""
    leaves = [leaf_hash(entry) for entry in entries]
    return lambda level, number: compact_range_of(leaves[number << level : (number + 1) << level]).root()


def write_log(folder: Path, entries: Sequence[bytes]) -> None:
    """Write bundles, tiles, checkpoint and key of a log with these entries; editions are not its affair."""
    subtree = tree_of(entries)
    for tile in tiles_at(len(entries)):
        inside = entries[tile.start : tile.start + tile.width]
        data = bundle_data(inside) if tile.level == ENTRIES else tile_data(tile, subtree)
        path = folder / tile.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    root = compact_range_of(map(leaf_hash, entries)).root()
    (folder / "checkpoint").write_bytes(sign_checkpoint(len(entries), root, LOG).data)
    (folder / "log.vkey").write_text(LOG.verifier.text + "\n")
