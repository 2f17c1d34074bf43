"""A proof says that an entry was in the log; nothing else may be made to say it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from communique.record.checkpoint import Checkpoint, VerifiedCheckpoint, parse_checkpoint, verify_checkpoint
from communique.record.errors import NotOfFormat, NotVerified
from communique.record.proof import (
    derive_add_checkpoint,
    derive_proof,
    parse_add_checkpoint,
    parse_proof,
    verify_proof,
)
from communique.record.reader_folder import FolderReader
from signed_record import EXAMPLE, LOG, example_entries, tree_of

PROOF = (EXAMPLE / "proofs/3.tlog-proof").read_bytes()
REQUEST = (EXAMPLE / "add-checkpoint.3-8").read_bytes()


def under_the_logs_key(checkpoint: Checkpoint) -> VerifiedCheckpoint:
    return verify_checkpoint(checkpoint, LOG.verifier)


def test_a_proof_holds_for_its_entry_and_for_no_other() -> None:
    proof = parse_proof(PROOF)
    assert proof.extra == example_entries()[3]
    assert verify_proof(proof, example_entries()[3], under_the_logs_key).size == 8
    for index, entry in enumerate(example_entries()):
        if index != 3:
            with pytest.raises(NotVerified, match="does not lead to the root"):
                verify_proof(proof, entry, under_the_logs_key)
            with pytest.raises(NotVerified):
                verify_proof(replace(proof, index=index), example_entries()[3], under_the_logs_key)


def test_a_proof_may_come_without_the_entry() -> None:
    bare = re.sub(rb"extra .*\n", b"", PROOF)
    assert parse_proof(bare).extra is None
    assert parse_proof(bare).data == bare
    assert verify_proof(parse_proof(bare), example_entries()[3], under_the_logs_key).size == 8


def test_the_only_entry_of_a_log_is_proven_by_no_hash_at_all() -> None:
    checkpoint = parse_checkpoint((EXAMPLE / "checkpoints/1").read_bytes())
    entry = example_entries()[0]
    proof = derive_proof(0, checkpoint, tree_of([entry]), entry)
    assert proof.path == ()
    assert parse_proof(proof.data) == proof
    assert verify_proof(parse_proof(proof.data), entry, under_the_logs_key).size == 1


def test_no_proof_is_derived_from_tiles_that_do_not_lead_to_the_root() -> None:
    reader = FolderReader(EXAMPLE / "record")
    forged = [*example_entries()[:7], b"never said"]
    with pytest.raises(NotVerified, match="does not lead to the root"):
        derive_proof(3, reader.checkpoint, tree_of(forged), example_entries()[3])


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "no empty line"),
        (PROOF.replace(b"@v1", b"@v2"), "does not begin with the line"),
        (PROOF.replace(b"index 3", b"index 03"), "index NUMBER"),
        (PROOF.replace(b"index 3", b"Index 3"), "index NUMBER"),
        (PROOF.replace(b"index 3\n", b""), "index NUMBER"),
        (PROOF.replace(b"extra ey", b"extra *y"), "not base64"),
        (PROOF.replace(b"\nWrxA", b"\nWrx"), "not base64|no hash"),
        (
            PROOF.replace(b"index 3\n", b"index 3\n" + b"A" * 43 + b"=\n" * 1 + (b"A" * 43 + b"=\n") * 63),
            "more than 63",
        ),
        (PROOF.replace(b"index 3\n", "index 3\né\n".encode()), "is not ASCII"),
        (PROOF[:-1], "does not end with a signature line"),
    ],
)
def test_bytes_that_are_no_proof_are_refused(data: bytes, what: str) -> None:
    with pytest.raises(NotOfFormat, match=what):
        parse_proof(data)


def test_a_witness_that_knows_nothing_yet_is_asked_without_a_proof() -> None:
    checkpoint = parse_checkpoint((EXAMPLE / "checkpoints/8").read_bytes())
    asked = derive_add_checkpoint(0, checkpoint, tree_of(example_entries()), None)
    assert asked.data == b"old 0\n\n" + checkpoint.data
    assert parse_add_checkpoint(asked.data) == asked


def test_a_witness_that_knows_another_tree_is_not_asked() -> None:
    checkpoint = parse_checkpoint((EXAMPLE / "checkpoints/8").read_bytes())
    with pytest.raises(NotVerified, match="does not lead to both roots"):
        derive_add_checkpoint(3, checkpoint, tree_of(example_entries()), bytes(32))


@pytest.mark.parametrize(
    "data", [REQUEST.replace(b"old 3", b"old 03"), REQUEST.replace(b"old 3", b"new 3"), REQUEST.replace(b"\n\n", b"\n")]
)
def test_bytes_that_are_no_request_are_refused(data: bytes) -> None:
    with pytest.raises(NotOfFormat):
        parse_add_checkpoint(data)
