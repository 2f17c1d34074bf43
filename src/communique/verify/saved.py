"""Is this saved edition what the office published? One edition file and its proof, checked without a network.

The proof's `extra` is the entry. The entry's hash must be in the tree whose head the log signed, its `log` must be that
log, and the edition's salt and manifest must hash to its `body`; every text in the file has its own hash checked, too.
Findings bear the words `signature`, `proof`, `editions` and `parts`.
"""

from __future__ import annotations

from communique.edition.canonical import parse_canonical
from communique.edition.edition import Edition, parse_edition
from communique.edition.errors import EditionError, NotCanonical
from communique.record.checkpoint import verify_checkpoint
from communique.record.entry import Entry, parse_entry
from communique.record.errors import NotOfFormat, NotVerified
from communique.record.note import VerifierKey
from communique.record.proof import Proof, parse_proof, verify_proof
from communique.verify.report import ASK, Findings, Report

SAVE_AGAIN = "save edition and proof again from the office's record"


def verify_saved(subject: str, edition: bytes, proof: bytes, key: VerifierKey, key_given: bool = True) -> Report:
    """Check the bytes of an edition file with those of its `.tlog-proof` under the log's key. Raises nothing."""
    found = Findings()
    read = _read_proof(proof, found)
    if read is not None:
        _check_proof(*read, key, found)
        _check_edition(edition, read[1], found)
    checkpoint = read[0].checkpoint if read else None
    if not key_given:
        found.note(f"the key is the log.vkey beside the file, for which nobody else answers: {key.text}")
    return Report(
        subject=subject,
        origin=checkpoint.origin if checkpoint else None,
        size=checkpoint.size if checkpoint else None,
        root=checkpoint.root if checkpoint else None,
        key=key.text,
        key_given=key_given,
        witnesses=(),
        checked=found.checked,
        findings=tuple(found.faults),
        notes=tuple(found.notes),
    )


def _read_proof(data: bytes, found: Findings) -> tuple[Proof, Entry] | None:
    try:
        proof = parse_proof(data)
        if proof.extra is None:
            raise NotOfFormat("has no line `extra`, which holds the entry", "proof", SAVE_AGAIN)
        return proof, parse_entry(proof.extra, proof.index)
    except NotOfFormat as error:
        found.error("proof", error)
        return None


def _check_proof(proof: Proof, entry: Entry, key: VerifierKey, found: Findings) -> None:
    try:
        parse_canonical(entry.data, "its bytes")
    except NotCanonical as error:
        found.fault("proof", str(error), f"entry {entry.index}", ASK)
    try:
        verify_proof(proof, entry.data, lambda checkpoint: verify_checkpoint(checkpoint, key))
        found.count("proofs")
    except NotVerified as error:
        found.error("signature" if error.where.startswith("checkpoint") else "proof", error)
    if entry.log != proof.checkpoint.origin:
        what = f"`log` is {entry.log}, so it was made for another log than {proof.checkpoint.origin}"
        found.fault("proof", what, f"entry {entry.index}", ASK)
    found.note(f"entry {entry.index}: {entry.kind}, edition {entry.seq} of {entry.id}, public at {entry.at}")


def _check_edition(data: bytes, entry: Entry, found: Findings) -> None:
    try:
        edition = parse_edition(data)
    except EditionError as error:
        found.fault("editions", str(error), "edition file", SAVE_AGAIN)
        return
    found.count("editions")
    if edition.body != entry.body:
        what = f"salt and manifest hash to {edition.body}, while the entry commits to {entry.body}"
        found.fault("editions", what, "edition file", SAVE_AGAIN)
        return
    _check_parts(edition, found)


def _check_parts(edition: Edition, found: Findings) -> None:
    found.count("texts", len(edition.texts))
    for part in edition.missing:
        what = f"the part {part} is missing; only the record itself can say whether it was erased"
        found.fault("parts", what, "edition file", "verify the office's record; save the edition again")
    if edition.files:
        found.note(f"{len(edition.files)} pictures or files of this edition are not in the file: the record has them")
