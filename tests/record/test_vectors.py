"""What others agree on, we agree on: all vectors, and the numbers of cases that ran."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from communique.record.checkpoint import (
    Checkpoint,
    cosign_checkpoint,
    parse_checkpoint,
    sign_checkpoint,
    verify_checkpoint,
)
from communique.record.entry import parse_entry, write_entry
from communique.record.errors import NotVerified
from communique.record.note import parse_verifier_key
from communique.record.policy import format_policy, parse_policy, verify_under_policy
from communique.record.proof import (
    derive_add_checkpoint,
    derive_proof,
    parse_add_checkpoint,
    parse_proof,
    verify_proof,
)
from communique.record.reader_folder import FolderReader
from communique.record.tile import ENTRIES, bundle_data, split_bundle, tile_data, tiles_at, tiles_written
from communique.record.tree import (
    CompactRange,
    compact_range,
    consistency_proof,
    leaf_hash,
    tree_root,
    verify_consistency,
    verify_inclusion,
)
from signed_record import EXAMPLE, LOG, VECTORS, WITNESS, example_entries

MERKLE = VECTORS / "merkle"
TESSERA = VECTORS / "tessera-log"
TESSERA_KEY = parse_verifier_key("example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx")
SHARED = Path(__file__).parents[2] / ".." / "shared" / "vectors"


def cases(sort: str) -> list[Path]:
    return sorted((MERKLE / sort).rglob("*.json"))


def refuses(check: Callable[[], None]) -> bool:
    try:
        check()
    except NotVerified:
        return True
    return False


def hashes(case: dict[str, Any]) -> list[bytes]:
    return [b64decode(one) for one in case["proof"] or []]


def test_all_98_inclusion_cases_and_all_98_consistency_cases_answer_as_they_should(
    figures: Callable[..., None],
) -> None:
    wrong = []
    for path in cases("inclusion"):
        case = json.loads(path.read_text())
        root, leaf = b64decode(case["root"]), b64decode(case["leafHash"])
        size, index, proof = case["treeSize"], case["leafIdx"], hashes(case)
        if refuses(lambda: verify_inclusion(index, size, leaf, proof, root)) != case["wantErr"]:  # noqa: B023
            wrong.append(path.name)
    for path in cases("consistency"):
        case = json.loads(path.read_text())
        old, new, proof = case["size1"], case["size2"], hashes(case)
        roots = b64decode(case["root1"]), b64decode(case["root2"])
        if refuses(lambda: verify_consistency(old, new, *roots, proof)) != case["wantErr"]:  # noqa: B023
            wrong.append(path.name)
    assert wrong == []
    assert (len(cases("inclusion")), len(cases("consistency"))) == (98, 98)
    run = {"inclusion cases run": len(cases("inclusion")), "consistency cases run": len(cases("consistency"))}
    figures("merkle", "Do the foreign Merkle vectors agree to the byte?", run)


def test_all_16_checkpoints_of_a_foreign_log_are_signed_and_led_to_by_its_tiles(figures: Callable[..., None]) -> None:
    reader = FolderReader(TESSERA)
    heads = [parse_checkpoint((TESSERA / f"checkpoint.{size}").read_bytes()) for size in range(16)]
    for size, head in enumerate(heads):
        assert verify_checkpoint(head, TESSERA_KEY).size == size
        assert tree_root(size, reader.subtree(15)) == head.root
        assert size == 0 or tree_root(size, reader.subtree(size)) == head.root
    assert len(heads) == 16
    assert reader.checkpoint == heads[15]
    figures("tessera-log", "Do the heads of a foreign log agree to the byte?", {"checkpoints run": len(heads)})


def test_every_two_checkpoints_of_a_foreign_log_are_consistent_by_its_tiles() -> None:
    reader = FolderReader(TESSERA)
    roots = [parse_checkpoint((TESSERA / f"checkpoint.{size}").read_bytes()).root for size in range(16)]
    for new in range(1, 16):
        for old in range(1, new + 1):
            proof = consistency_proof(old, new, reader.subtree(new))
            verify_consistency(old, new, roots[old], roots[new], proof)


def test_tiles_and_bundles_of_a_foreign_log_are_written_again_to_the_byte() -> None:
    entries = split_bundle(tiles_at(15)[0], (TESSERA / "tile/entries/000.p/15").read_bytes())
    assert entries[:2] == [b"one", b"two"]
    assert written_again(TESSERA, entries) == 2 * 15


@pytest.mark.parametrize("size", range(1, 9))
def test_the_worked_example_is_signed_again_to_the_byte(size: int) -> None:
    assert signed(size).data == (EXAMPLE / f"checkpoints/{size}").read_bytes()
    cosigned = signed(size).with_signatures(cosign_checkpoint(signed(size), WITNESS, 1772700000 + size))
    assert cosigned.data == (EXAMPLE / f"checkpoints/{size}.cosigned").read_bytes()


def test_leaf_hashes_and_roots_of_the_worked_example_are_those_of_its_summary() -> None:
    rows = [line.split("\t") for line in (EXAMPLE / "summary.tsv").read_text().splitlines()[1:]]
    growing = CompactRange()
    for entry, (index, kind, id, seq, length, leaf, root) in zip(example_entries(), rows, strict=True):
        growing = growing.extended(leaf_hash(entry))
        read = parse_entry(entry, int(index))
        assert (read.kind, read.id, read.seq, len(read.data)) == (kind, id, int(seq), int(length))
        assert read.leaf.hex() == leaf
        assert growing.root() == b64decode(root)
        assert compact_range(growing.size, FolderReader(EXAMPLE / "record").subtree(8)) == growing


def test_entries_of_the_worked_example_are_written_again_to_the_byte() -> None:
    for index, data in enumerate(example_entries()):
        read = parse_entry(data, index)
        again = write_entry(
            at=read.at,
            body=read.body,
            id=read.id,
            kind=read.kind,
            log=read.log,
            seq=read.seq,
            dated=read.dated,
            prev=read.prev,
        )
        assert again == data
    assert len(example_entries()[3]) == 263


def test_tiles_and_bundles_of_the_worked_example_are_written_again_to_the_byte(figures: Callable[..., None]) -> None:
    files = written_again(EXAMPLE / "record", example_entries())
    assert files == 2 * 8
    run = {"entries run": len(example_entries()), "tiles and bundles written again": files}
    figures("worked-example", "Does the worked example agree to the byte?", run)


@pytest.mark.parametrize("index", range(8))
def test_proofs_of_the_worked_example_are_derived_from_its_tiles_to_the_byte(index: int) -> None:
    reader = FolderReader(EXAMPLE / "record")
    policy = parse_policy(reader.read("policy"))
    entry = example_entries()[index]
    proof = derive_proof(index, reader.checkpoint, reader.subtree(8), entry)
    assert proof.data == (EXAMPLE / f"proofs/{index}.tlog-proof").read_bytes()
    assert parse_proof(proof.data) == proof
    head = verify_proof(proof, entry, lambda checkpoint: verify_under_policy(checkpoint, policy))
    assert [(one.key, one.time_s) for one in head.witnesses] == [(WITNESS.verifier, 1772700008)]


def test_the_request_to_a_witness_from_3_to_8_is_made_to_the_byte() -> None:
    reader = FolderReader(EXAMPLE / "record")
    given = (EXAMPLE / "add-checkpoint.3-8").read_bytes()
    old_root = parse_checkpoint((EXAMPLE / "checkpoints/3").read_bytes()).root
    assert derive_add_checkpoint(3, signed(8), reader.subtree(8), old_root).data == given
    read = parse_add_checkpoint(given)
    verify_consistency(read.old, read.checkpoint.size, old_root, read.checkpoint.root, read.path)


def test_keys_and_policy_of_the_worked_example_are_written_again_to_the_byte() -> None:
    assert LOG.verifier.text == (EXAMPLE / "record/log.vkey").read_text().strip()
    assert WITNESS.verifier.text == (EXAMPLE / "witness.vkey").read_text().strip()
    policy = (EXAMPLE / "record/policy").read_bytes()
    assert format_policy(parse_policy(policy)) == policy


def test_editions_of_the_worked_example_are_what_its_entries_commit_to() -> None:
    reader = FolderReader(EXAMPLE / "record")
    before = FolderReader(EXAMPLE / "before-erasure")
    missing = []
    for entry in reader.entries(0, 8):
        assert reader.edition(entry).body == before.edition(entry).body == entry.body
        assert reader.edition(entry).data == reader.read(f"editions/{entry.body}")
        assert before.edition(entry).missing == ()
        missing.append(len(reader.edition(entry).missing))
    assert missing == [0, 0, 0, 0, 0, 1, 1, 0]
    assert {len(reader.file(part)) for entry in reader.entries(2, 4) for part in reader.edition(entry).files} == {70}


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/vectors is not beside this clone; the copies here were used")
def test_the_copies_of_the_vectors_are_unchanged() -> None:
    given = {path.relative_to(SHARED): path.read_bytes() for path in SHARED.rglob("*") if path.is_file()}
    del given[Path("README.md")]
    changed = [str(path) for path, data in given.items() if (VECTORS / path).read_bytes() != data]
    assert changed == []
    assert given, "no vectors are there"


def signed(size: int) -> Checkpoint:
    root = tree_root(size, FolderReader(EXAMPLE / "record").subtree(8))
    return sign_checkpoint(size, root, LOG)


def written_again(record: Path, entries: list[bytes]) -> int:
    """Compare each tile and bundle that the log wrote when it grew entry by entry; how many there were."""
    reader = FolderReader(record)
    tiles = [tile for size in range(len(entries)) for tile in tiles_written(size, size + 1)]
    for tile in tiles:
        inside = entries[tile.start : tile.start + tile.width]
        data = bundle_data(inside) if tile.level == ENTRIES else tile_data(tile, reader.subtree(len(entries)))
        assert data == (record / tile.path).read_bytes(), tile.path
    there = {path for path in reader.paths() if path.startswith("tile/")}
    assert there == {tile.path for tile in tiles}
    return len(tiles)
