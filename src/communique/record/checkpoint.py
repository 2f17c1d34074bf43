"""Checkpoints: the signed head of the log, C2SP tlog-checkpoint v1.0.0 (commit 5ba5ee8).

A checkpoint is a signed note (`note.py`) whose text is the origin, the number of entries, and the root of the tree in
base64, each on its line. Lines after these are kept and mean nothing to us.

    embassy.example/record
    8
    9vBtNazY6IWpkmcUdqCdfB5JhN0DBiTnZA5wJ/aLl2A=

The log's key bears the origin as its name. A Checkpoint is what was read; only `verify_checkpoint` or a policy
(`policy.py`) makes of it a VerifiedCheckpoint.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass

from communique.record.errors import NotOfFormat, NotVerified
from communique.record.note import (
    Note,
    Signature,
    SignerKey,
    Verified,
    VerifierKey,
    cosign_text,
    decode_base64,
    parse_note,
    sign_text,
    verify_note,
)
from communique.record.tree import EMPTY_ROOT, HASH_BYTES

_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")


@dataclass(frozen=True)
class Checkpoint:
    """A head of a log as read or made; nobody has checked its signatures. `root` is 32 bytes."""

    origin: str
    size: int
    root: bytes
    note: Note
    extensions: tuple[str, ...] = ()

    @property
    def data(self) -> bytes:
        """The file's bytes."""
        return self.note.data

    def with_signatures(self, *added: Signature) -> Checkpoint:
        """The checkpoint with the lines of witnesses added to it."""
        note = self.note.with_signatures(added)
        return Checkpoint(self.origin, self.size, self.root, note, self.extensions)


@dataclass(frozen=True)
class VerifiedCheckpoint:
    """A head that the log's key signed, with the witnesses who were asked for and whose cosignatures hold."""

    origin: str
    size: int
    root: bytes
    log: VerifierKey
    witnesses: tuple[Verified, ...]


def head_text(origin: str, size: int, root: bytes) -> str:
    """The text that is signed."""
    return f"{origin}\n{size}\n{base64.b64encode(root).decode('ascii')}\n"


def sign_checkpoint(size: int, root: bytes, signer: SignerKey) -> Checkpoint:
    """The checkpoint of a log whose origin is the name of the key.

    Whoever calls this has proven that the tree contains the last one signed: two heads that do not agree are a fork.
    """
    text = head_text(signer.name, size, root)
    return Checkpoint(signer.name, size, root, Note(text, (sign_text(text, signer),)))


def cosign_checkpoint(checkpoint: Checkpoint, witness: SignerKey, time_s: int) -> Signature:
    """A witness's line for a checkpoint; the witness has proven consistency before."""
    return cosign_text(checkpoint.note.text, witness, time_s)


class NotEmpty(NotOfFormat):
    """A head of size 0 with another root than that of the empty tree."""


def parse_checkpoint(data: bytes, where: str = "checkpoint") -> Checkpoint:
    """A checkpoint from its bytes. Raises NotOfFormat."""
    note = parse_note(data, where)
    lines = note.text.split("\n")[:-1]
    if len(lines) < 3 or not all(lines):
        raise NotOfFormat("does not have origin, size and root on three lines", where)
    origin, number, encoded, *extensions = lines
    if not _NUMBER.fullmatch(number) or int(number) >= 2**63:
        raise NotOfFormat(f"has {number[:80]!r} for its size", where)
    root = decode_base64(encoded, where)
    if len(root) != HASH_BYTES or (number == "0" and root != EMPTY_ROOT):
        sort = NotEmpty if number == "0" else NotOfFormat
        raise sort("has a root that is no hash of a tree of its size", where)
    return Checkpoint(origin, int(number), root, note, tuple(extensions))


def verify_checkpoint(
    checkpoint: Checkpoint,
    log: VerifierKey,
    witnesses: tuple[VerifierKey, ...] = (),
    where: str = "checkpoint",
) -> VerifiedCheckpoint:
    """The checkpoint, if this log signed it; the witnesses named in it are those of `witnesses` who cosigned.

    Raises NotVerified: wrong origin, no signature of the log, or a false one of anybody asked for.
    """
    if checkpoint.origin != log.name:
        raise NotVerified(f"is of the log {checkpoint.origin}, while the key is that of {log.name}", where)
    verified = verify_note(checkpoint.note, (log, *witnesses), where)
    if log not in [one.key for one in verified]:
        raise NotVerified(f"is not signed by {log.text}", where)
    others = tuple(one for one in verified if one.key != log)
    return VerifiedCheckpoint(checkpoint.origin, checkpoint.size, checkpoint.root, log, others)
