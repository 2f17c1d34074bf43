"""What the publishing order writes, the verifier accepts after every step, and the proofs of all editions hold."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from communique.record.checkpoint import verify_checkpoint
from communique.record.note import signer_key
from communique.record.proof import derive_proof, verify_proof
from communique.record.reader_folder import FolderReader
from communique.verify.record import verify_record
from histories import LANGUAGES, History
from offices import Office, make_office


def faults_of(office: Office) -> list[str]:
    key = office.publisher.signer.verifier
    report = verify_record("record", lambda: FolderReader(office.record), key)
    assert report.size == FolderReader(office.record).size()
    return [f"{fault.check}: {fault}" for fault in report.findings]


@pytest.mark.parametrize("seed", [1, 2, 4])
def test_a_record_verifies_after_every_step_of_a_random_history(tmp_path: Path, seed: int) -> None:
    office = make_office(tmp_path, LANGUAGES, baking=False)
    steps: Counter[str] = Counter()
    for step in History(office, seed).play(25):
        steps[step.split()[0]] += 1
        assert faults_of(office) == [], f"after {step}"
    assert steps["erase"] > 0
    assert steps["withdraw"] > 0


def test_every_entry_of_a_published_record_has_a_proof_under_its_checkpoint(tmp_path: Path) -> None:
    office = make_office(tmp_path, LANGUAGES, baking=False)
    list(History(office, 4).play(20))
    reader = FolderReader(office.record)
    key = signer_key(office.origin, office.publisher.signer.seed).verifier
    for entry in reader.entries(0, reader.size()):
        proof = derive_proof(entry.index, reader.checkpoint, reader.subtree(reader.size()), entry.data)
        assert verify_proof(proof, entry.data, lambda head: verify_checkpoint(head, key)).size == reader.size()
