"""A reader in front of a large record: how long it takes to prove one edition, and how large its proof is."""

from __future__ import annotations

import shutil
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from statistics import median

import pytest

from browser import chromium, opened
from communique.edition.edition import seal
from communique.press.bundle import ASSETS
from communique.record.checkpoint import Checkpoint, cosign_checkpoint, sign_checkpoint
from communique.record.entry import write_entry
from communique.record.note import COSIGNATURE, signer_key
from communique.record.policy import Log, Policy, Witness, format_policy
from communique.record.proof import derive_proof
from communique.record.tile import ENTRIES, WIDTH, Tile, bundle_data, parse_tile_path, tile_data
from communique.record.tree import leaf_hash, node_hash
from figures import within
from signed_record import LOG, ORIGIN, statement

LIMIT_S = 0.05
PROOF_LIMIT_BYTES = 4096
RUNS = 40
WITNESSES = [signer_key(f"ministry{n}.example/witness", bytes([n]) * 32, COSIGNATURE) for n in (1, 2, 3)]
WORDS = "The Embassy said so, and said it again. " * 8

MEASURED = """async ({files, log, policy, checkpoint, index, size, body, edition, runs}) => {
  const { verifier } = globalThis;
  const bytes = (text) => verifier.unbase64(text);
  const kept = new Map(Object.entries(files).map(([path, data]) => [path, bytes(data)]));
  const asked = new Set();
  const read = async (path) => { asked.add(path); return kept.get(path) ?? null; };
  const times = [];
  for (let run = 0; run < runs; run += 1) {
    const began = performance.now();
    const key = await verifier.key(log);
    const head = await verifier.checkpoint(bytes(checkpoint), key, await verifier.policy(bytes(policy)));
    const entry = (await verifier.tile(read, "entries", Math.floor(index / 256), size))[index % 256];
    const path = await verifier.derive(index, size, read);
    await verifier.inclusion(index, size, await verifier.leafHash(entry), path, head.root);
    const found = await verifier.edition(bytes(edition), verifier.entry(entry).body);
    times.push(performance.now() - began);
    const isWhole = head.witnesses.length === 3 && !found.missing.length && verifier.entry(entry).body === body;
    if (!isWhole) throw new Error("not proven");
  }
  return { times, asked: [...asked] };
}"""


@dataclass
class Archive:
    """A log of this many entries; of all but one bundle only the hashes are there."""

    size: int
    index: int

    def __post_init__(self) -> None:
        self.edition = seal(statement("A long statement", blocks=[WORDS.strip()] * 40), lambda: bytes(32)).edition
        first = self.index - self.index % WIDTH
        self.bundle = [b"entry %d" % n for n in range(first, min(first + WIDTH, self.size))]
        self.bundle[self.index - first] = write_entry(
            at="2026-03-04T09:00:00Z", body=self.edition.body, id="a" * 16, kind="publish", log=ORIGIN, seq=1
        )
        row = [sha256(b"%d" % n).digest() for n in range(self.size)]
        row[first : first + len(self.bundle)] = map(leaf_hash, self.bundle)
        self.rows = [row]
        while len(row) > 1:
            row = [node_hash(row[n], row[n + 1]) for n in range(0, len(row) - 1, 2)]
            self.rows.append(row)

    @property
    def entry(self) -> bytes:
        return self.bundle[self.index % WIDTH]

    def subtree(self, level: int, number: int) -> bytes:
        return self.rows[level][number]

    @cached_property
    def head(self) -> Checkpoint:
        """Signed by the log and its three witnesses."""
        root = None
        for level in range(len(self.rows)):  # the whole subtrees of the size, the smallest and last one first
            if self.size >> level & 1:
                node = self.subtree(level, (self.size >> level) - 1)
                root = node if root is None else node_hash(node, root)
        assert root
        head = sign_checkpoint(self.size, root, LOG)
        return head.with_signatures(*(cosign_checkpoint(head, one, 1772700000) for one in WITNESSES))

    def file(self, path: str) -> bytes:
        """What is served of a tile that a proof needs."""
        tile = parse_tile_path(path)
        return bundle_data(self.bundle) if tile.level == ENTRIES else tile_data(tile, self.subtree)

    def paths(self) -> list[str]:
        """The tiles above the entry and those at the right edge of the tree."""
        found = {Tile(ENTRIES, self.index // WIDTH, len(self.bundle)).path}
        for level in range(4):
            stored = self.size >> 8 * level
            for number in {self.index >> 8 * (level + 1), (stored - 1) // WIDTH if stored else -1}:
                width = min(WIDTH, stored - number * WIDTH)
                if number >= 0 and width > 0:
                    found.add(Tile(level, number, width).path)
        return sorted(found)


@pytest.fixture(scope="module")
def archive(full_numbers: bool) -> Archive:
    size = 1_000_000 if full_numbers else 70_003
    return Archive(size, size // 3)


def test_a_saved_proof_is_small(archive: Archive) -> None:
    proof = derive_proof(archive.index, archive.head, archive.subtree, archive.entry)
    assert len(proof.data) <= PROOF_LIMIT_BYTES


def test_an_edition_is_proven_in_the_browser_before_anybody_notices(
    archive: Archive, tmp_path: Path, figures: Callable[..., None]
) -> None:
    shutil.copy(ASSETS / "verifier.js", tmp_path)
    page_file = tmp_path / "page.html"
    page_file.write_text('<!DOCTYPE html><meta charset="utf-8"><title>x</title><script src="verifier.js"></script>')
    named = tuple(Witness(f"w{n}", one.verifier) for n, one in enumerate(WITNESSES))
    policy = format_policy(Policy((Log(LOG.verifier),), named, (), "w0"))
    files = {path: archive.file(path) for path in archive.paths()}
    given = {
        "files": {path: b64encode(data).decode() for path, data in files.items()},
        "log": LOG.verifier.text,
        "policy": b64encode(policy).decode(),
        "checkpoint": b64encode(archive.head.data).decode(),
        "edition": b64encode(archive.edition.data).decode(),
        "index": archive.index,
        "size": archive.size,
        "body": archive.edition.body,
        "runs": RUNS,
    }
    with chromium() as browser:
        page, _ = opened(browser.new_context(), page_file.as_uri())
        measured = page.evaluate(MEASURED, given)
    times = sorted(measured["times"])
    proof = derive_proof(archive.index, archive.head, archive.subtree, archive.entry).data
    numbers: dict[str, object] = {
        "entries": archive.size,
        "verified, ms, median": round(median(times), 1),
        "verified, ms, 95 of 100": round(times[int(len(times) * 0.95) - 1], 1),
        "files asked for": len(measured["asked"]),
        "their bytes": sum(len(files.get(path, b"")) for path in measured["asked"]),
        "saved proof with three witnesses, bytes": len(proof),
    }
    figures("verify-a-million", "What does it cost a reader to prove one edition of a large record?", numbers)
    assert median(times) <= within(LIMIT_S) * 1000
