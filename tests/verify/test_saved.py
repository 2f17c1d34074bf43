"""A saved edition with its proof is checked by itself, years later, without the office."""

from __future__ import annotations

import re

import pytest

from communique.record.checkpoint import sign_checkpoint
from communique.record.note import signer_key
from communique.record.proof import derive_proof
from communique.verify.report import Report
from communique.verify.saved import verify_saved
from signed_record import EXAMPLE, LOG, ORIGIN, example_entries, tree_of

BODY = "23fef2d6c59a1d684cdd47082e03693c81f4c6b45442f0faa8170f7a156e1350"
EDITION = (EXAMPLE / "record/editions" / BODY).read_bytes()
PROOF = (EXAMPLE / "proofs/3.tlog-proof").read_bytes()
CUT = (EXAMPLE / "record/editions/0ab26db26836d6691f414f6fd07d39edac0c14512fee4f4a75d8353044c30eb7").read_bytes()


def answer(edition: bytes = EDITION, proof: bytes = PROOF) -> Report:
    return verify_saved("the-ferry.edition", edition, proof, LOG.verifier)


def found(report: Report) -> list[tuple[str, str]]:
    return [(one.check, one.what) for one in report.findings]


@pytest.mark.parametrize("index", range(8))
def test_each_edition_of_the_worked_example_verifies_with_its_proof(index: int) -> None:
    body = re.findall(rb'"body":"([0-9a-f]{64})"', example_entries()[index])[0].decode()
    edition = (EXAMPLE / "before-erasure/editions" / body).read_bytes()
    report = answer(edition, (EXAMPLE / f"proofs/{index}.tlog-proof").read_bytes())
    assert found(report) == []
    assert (report.origin, report.size) == (ORIGIN, 8)
    assert report.notes[0].startswith(f"entry {index}: ")


def test_it_is_said_which_edition_it_is_and_that_pictures_are_elsewhere() -> None:
    assert answer().notes == (
        "entry 3: correct, edition 2 of k7q2m9xd3fwa5t8c, public at 2026-03-04T09:00:00Z",
        "1 pictures or files of this edition are not in the file: the record has them",
    )


def test_every_bit_of_an_edition_counts() -> None:
    for position in range(0, len(EDITION), 7):
        touched = EDITION[:position] + bytes([EDITION[position] ^ 1]) + EDITION[position + 1 :]
        assert not answer(touched).is_verified, f"byte {position}"


def test_every_bit_of_a_proof_counts_up_to_the_lines_of_witnesses() -> None:
    for position in range(PROOF.rindex("— ".encode())):
        touched = PROOF[:position] + bytes([PROOF[position] ^ 1]) + PROOF[position + 1 :]
        assert not answer(EDITION, touched).is_verified, f"byte {position}"


def test_the_proof_of_another_edition_does_not_serve() -> None:
    report = answer(EDITION, (EXAMPLE / "proofs/2.tlog-proof").read_bytes())
    assert [check for check, _ in found(report)] == ["editions"]
    assert f"hash to {BODY}, while the entry commits to ba6120" in found(report)[0][1]


def test_a_proof_without_its_entry_is_refused() -> None:
    bare = re.sub(rb"extra .*\n", b"", PROOF)
    assert found(answer(EDITION, bare)) == [("proof", "has no line `extra`, which holds the entry")]


def test_another_key_does_not_serve() -> None:
    other = signer_key(ORIGIN, bytes(32)).verifier
    report = verify_saved("it", EDITION, PROOF, other)
    assert [check for check, _ in found(report)] == ["signature"]


def test_an_entry_of_another_log_is_found_though_it_was_logged() -> None:
    entry = example_entries()[3].replace(b"embassy.example/record", b"ministry.example/record")
    tree = tree_of([entry])
    replayed = derive_proof(0, sign_checkpoint(1, tree(0, 0), LOG), tree, entry)
    assert found(answer(EDITION, replayed.data)) == [
        ("proof", f"`log` is ministry.example/record, so it was made for another log than {ORIGIN}")
    ]


def test_missing_words_are_told_and_the_record_is_asked_for() -> None:
    report = answer(CUT, (EXAMPLE / "proofs/5.tlog-proof").read_bytes())
    assert [check for check, _ in found(report)] == ["parts"]
    assert "only the record itself can say whether it was erased" in found(report)[0][1]
