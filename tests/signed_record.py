"""Small records of any content, really signed, for tests that need one which is wrong in exactly one way.

The keys are the toy keys of `vectors/worked-example`: seeds 0 to 31 for the log, 32 to 63 for the witness.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Any

from communique.edition.edition import Edition, seal
from communique.record.checkpoint import sign_checkpoint
from communique.record.entry import Entry, parse_entry, write_entry
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


class RecordMaker:
    """Makes a record edition by edition: seals content, writes the entry, keeps the files, signs at the end."""

    def __init__(self) -> None:
        self.entries: list[bytes] = []
        self.editions: dict[str, Edition] = {}
        self.files: dict[str, bytes] = {}
        self._last: dict[str, Entry] = {}
        self._salts = count()

    def add(self, id: str, kind: str, content: dict[str, Any], **keys: Any) -> Edition:
        """Append the next edition of an `id`; `keys` stand in the entry in place of the right ones."""
        last = self._last.get(id)
        sealed = seal(content, self._salt, self.editions[last.body] if last else None)
        minute = len(self.entries)
        right = {
            "at": f"2026-03-03T13:{minute:02d}:00Z",
            "body": sealed.edition.body,
            "id": id,
            "kind": kind,
            "log": ORIGIN,
            "seq": last.seq + 1 if last else 1,
            "prev": last.leaf.hex() if last else None,
        }
        data = write_entry(**right | keys)
        self.entries.append(data)
        self.editions[sealed.edition.body] = sealed.edition
        self.files |= sealed.files
        self._last[id] = parse_entry(data, minute)
        return sealed.edition

    def write(self, folder: Path) -> None:
        """Write the whole record, signed."""
        for name in ("editions", "files"):
            (folder / name).mkdir(parents=True)
        for body, edition in self.editions.items():
            (folder / "editions" / body).write_bytes(edition.data)
        for part, data in self.files.items():
            (folder / "files" / part).write_bytes(data)
        write_log(folder, self.entries)

    def _salt(self) -> bytes:
        return hashlib.sha256(b"toy salt %d" % next(self._salts)).digest()


def person(name: str = "Ada Example") -> dict[str, Any]:
    """The open content of a person, as furniture."""
    return {
        "v": 1,
        "type": "furniture",
        "state": "current",
        "piece": "person",
        "order": 1,
        "name": {"en": name},
        "address": name.lower().replace(" ", "-"),
    }


def statement(title: str, **more: Any) -> dict[str, Any]:
    """The open content of a statement of one paragraph."""
    slug = title.lower().replace(" ", "-")
    return {
        "v": 1,
        "type": "message",
        "state": "current",
        "kind": "statement",
        "message": "c1v9b4n7m2x5l8kd",
        "language": "en",
        "original": "en",
        "address": f"en/statements/2026/03/03/{slug}",
        "title": title,
        "blocks": ["The ferry sails at nine."],
    } | more
