"""One entry, provable offline (C2SP tlog-proof@v1), and what a witness is asked (C2SP tlog-witness v1.0.0).

Both pages of C2SP were read at commit 5ba5ee8.

A proof that entry 3 is in a log of eight, as a file `.tlog-proof`:

    c2sp.org/tlog-proof@v1
    extra eyJhdCI6…               the entry, byte for byte; whoever checks hashes it himself
    index 3
    WrxAlo3o…                     the hashes of the Merkle path, the leaf's sibling first
    5vGa7+j+…

    embassy.example/record        the checkpoint, verbatim
    8
    …

There are no proof files in a record: `derive_proof` makes one from the tiles. A request to a witness (`add-checkpoint`)
has the same parts: `old 3`, the hashes of a consistency proof from that size, an empty line, the checkpoint.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass

from communique.record.checkpoint import Checkpoint, VerifiedCheckpoint, parse_checkpoint
from communique.record.errors import NotOfFormat
from communique.record.note import decode_base64
from communique.record.tree import (
    HASH_BYTES,
    Subtree,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    verify_consistency,
    verify_inclusion,
)

HEADER = "c2sp.org/tlog-proof@v1"
PATH_LIMIT = 63

_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")


@dataclass(frozen=True)
class Proof:
    """An inclusion proof with its checkpoint, well-formed and unchecked. `extra` is the entry, if it is there."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: Checkpoint
    extra: bytes | None = None

    @property
    def data(self) -> bytes:
        """The file's bytes."""
        extra = [] if self.extra is None else [f"extra {_encoded(self.extra)}"]
        return _lines([HEADER, *extra, f"index {self.index}", *map(_encoded, self.path)], self.checkpoint)


@dataclass(frozen=True)
class AddCheckpoint:
    """A request to a witness: a checkpoint and the proof that it continues the tree of size `old`; unchecked."""

    old: int
    path: tuple[bytes, ...]
    checkpoint: Checkpoint

    @property
    def data(self) -> bytes:
        """The request's body."""
        return _lines([f"old {self.old}", *map(_encoded, self.path)], self.checkpoint)


def derive_proof(index: int, checkpoint: Checkpoint, subtree: Subtree, entry: bytes) -> Proof:
    """The proof of an entry under a checkpoint, out of the tree that is stored.

    It is checked before it is given, so damaged tiles raise NotVerified instead of making a false proof.
    """
    path = tuple(inclusion_proof(index, checkpoint.size, subtree))
    verify_inclusion(index, checkpoint.size, leaf_hash(entry), path, checkpoint.root)
    return Proof(index, path, checkpoint, entry)


def verify_proof(proof: Proof, entry: bytes, verify: Callable[[Checkpoint], VerifiedCheckpoint]) -> VerifiedCheckpoint:
    """The verified head under which the entry stands at the proof's index.

    `verify` decides whose checkpoints count: `verify_checkpoint` with a key, or `verify_under_policy`. What it raises
    comes through; a path that does not lead to the root raises NotVerified.
    """
    head = verify(proof.checkpoint)
    verify_inclusion(proof.index, head.size, leaf_hash(entry), proof.path, head.root)
    return head


def parse_proof(data: bytes, where: str = "proof") -> Proof:
    """A proof from its bytes. Raises NotOfFormat."""
    lines, checkpoint = _parts(data, where)
    if not lines or lines.pop(0) != HEADER:
        raise NotOfFormat(f"does not begin with the line {HEADER}", where)
    extra = None
    if lines and lines[0].startswith("extra "):
        extra = decode_base64(lines.pop(0).removeprefix("extra "), f"{where}, line `extra`")
    index = _number(lines, "index", where)
    return Proof(index, _path(lines, where), checkpoint, extra)


def derive_add_checkpoint(old: int, checkpoint: Checkpoint, subtree: Subtree, old_root: bytes | None) -> AddCheckpoint:
    """The request that leads a witness from a tree of size `old`, with the root it knows, to the checkpoint."""
    if old == 0:
        return AddCheckpoint(0, (), checkpoint)
    path = tuple(consistency_proof(old, checkpoint.size, subtree))
    if old_root is not None:
        verify_consistency(old, checkpoint.size, old_root, checkpoint.root, path)
    return AddCheckpoint(old, path, checkpoint)


def parse_add_checkpoint(data: bytes, where: str = "add-checkpoint") -> AddCheckpoint:
    """A request from its bytes. Raises NotOfFormat.

    A line that is base64 of anything but a hash makes a proof that does not hold, and a request all the same.
    """
    lines, checkpoint = _parts(data, where)
    old = _number(lines, "old", where)
    if len(lines) > PATH_LIMIT:
        raise NotOfFormat(f"has more than {PATH_LIMIT} hashes", where)
    try:
        path = tuple(base64.b64decode(line, validate=True) for line in lines)
    except ValueError as error:
        raise NotOfFormat(f"has a line of proof that is no base64 ({error})", where) from error
    return AddCheckpoint(old, path, checkpoint)


def _parts(data: bytes, where: str) -> tuple[list[str], Checkpoint]:
    """The lines before the first empty one, and the checkpoint after it."""
    head, gap, checkpoint = data.partition(b"\n\n")
    if not gap:
        raise NotOfFormat("has no empty line before its checkpoint", where)
    try:
        lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError as error:
        raise NotOfFormat(f"is not ASCII at byte {error.start}", where) from error
    return lines, parse_checkpoint(checkpoint, f"{where}, checkpoint")


def _number(lines: list[str], word: str, where: str) -> int:
    name, _, number = (lines.pop(0) if lines else "").partition(" ")
    if name != word or not _NUMBER.fullmatch(number):
        raise NotOfFormat(f"does not have the line `{word} NUMBER` in its place", where)
    return int(number)


def _path(lines: list[str], where: str) -> tuple[bytes, ...]:
    path = tuple(decode_base64(line, f"{where}, hash {n}") for n, line in enumerate(lines, 1))
    if len(path) > PATH_LIMIT or any(len(one) != HASH_BYTES for one in path):
        raise NotOfFormat(f"has a line that is no hash, or more than {PATH_LIMIT} hashes", where)
    return path


def _lines(lines: list[str], checkpoint: Checkpoint) -> bytes:
    return "".join(f"{line}\n" for line in [*lines, ""]).encode("ascii") + checkpoint.data


def _encoded(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
