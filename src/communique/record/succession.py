"""Who may sign a log after its first key: rotation, and the end of a log whose key was stolen or lost.

Statements are signed notes (`note.py`), one a file, under the record:

    /record/keys/root     three keys that lie in three safes and sign nothing from day to day; two of them count
    /record/keys/1, 2, …  what happened, in order

    communique/root/v1          communique/keys/v1              communique/keys/v1
    embassy.example/record      embassy.example/record          embassy.example/record
    2                           rotate                          close
    VKEY                        OLD-VKEY                        VKEY
    VKEY                        NEW-VKEY                        812
    VKEY                        812                             vBtNazY6IWpk…
                                vBtNazY6IWpk…                   SUCCESSOR-VKEY

A *root* is signed by the log's first key, before anything went wrong; who follows an office keeps the first root that
it saw, and no later one counts. A *rotation* is signed by the old key and the new one, and names the head from which on
the new key counts. While both sign every head (the overlap) nobody has to know of it. A *closing* is signed by two of
the root: heads above its size, by whatever key, are nobody's, and the log goes on as its successor, whose key bears the
new origin; so it serves for a stolen key, a lost one and a lost address. The old log still verifies up to there.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from communique.record.checkpoint import Checkpoint, VerifiedCheckpoint, verify_checkpoint
from communique.record.errors import Missing, NotOfFormat, NotVerified
from communique.record.note import (
    ED25519,
    Note,
    SignerKey,
    VerifierKey,
    decode_base64,
    parse_note,
    parse_verifier_key,
    sign_text,
    verify_note,
)
from communique.record.reader import FileReader
from communique.record.tree import HASH_BYTES

ROOT = "keys/root"
ROOT_HEADER = "communique/root/v1"
HEADER = "communique/keys/v1"
NEEDED = 2
"""of the root's keys"""
STATEMENTS_LIMIT = 1000

_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")


@dataclass(frozen=True)
class Root:
    """The offline keys of a log, of which `NEEDED` decide."""

    origin: str
    keys: tuple[VerifierKey, ...]
    note: Note

    @property
    def data(self) -> bytes:
        """The file's bytes."""
        return self.note.data


@dataclass(frozen=True)
class Statement:
    """A rotation (`new` signs from `size` on) or a closing (`new` is the successor's key, and has its origin)."""

    origin: str
    act: str
    old: VerifierKey
    new: VerifierKey
    size: int
    root: bytes
    note: Note

    @property
    def is_closing(self) -> bool:
        """Whether nothing follows in this log."""
        return self.act == "close"

    @property
    def data(self) -> bytes:
        """The file's bytes."""
        return self.note.data

    def signed_by(self, key: SignerKey) -> Statement:
        """The statement with one more signature."""
        note = self.note.with_signatures([sign_text(self.note.text, key)])
        return parse_statement(note.data)


@dataclass(frozen=True)
class Standing:
    """What the statements come to for somebody who knew `pinned`: `keys` with the size from which each signs, and the
    closing, if there is one."""

    pinned: VerifierKey
    keys: tuple[tuple[int, VerifierKey], ...]
    closing: Statement | None = None

    @property
    def key(self) -> VerifierKey:
        """The key that signs now, or signed last."""
        return self.keys[-1][1]

    def verify(self, checkpoint: Checkpoint, where: str = "checkpoint") -> VerifiedCheckpoint:
        """The head, if a key signed it that signs at its size, or signed before, and the log was not closed before.

        Raises NotVerified.
        """
        closing = self.closing
        if closing and checkpoint.size > closing.size:
            what = f"has {checkpoint.size} entries, and the log was closed at {closing.size}"
            raise NotVerified(what, where, f"follow its successor, {closing.new.name}")
        if closing and checkpoint.size == closing.size and checkpoint.root != closing.root:
            raise NotVerified(f"is not the head of {closing.size} entries at which the log was closed", where)
        signed = {(one.name, one.key_id) for one in checkpoint.note.signatures}
        signing = [key for start, key in self.keys if start <= checkpoint.size][-1]
        until = [key for (_, key), (end, _) in pairwise(self.keys) if end == checkpoint.size]
        for key in (signing, *until):  # at the size of a rotation the old key has signed alone before
            if (key.name, key.id) in signed:
                return verify_checkpoint(checkpoint, key, where=where)
        raise NotVerified(f"is not signed by {signing.text}", where)


def successor_address(closing: Statement) -> str:
    """Where the record that follows a closed one lies: its origin is an address without a scheme."""
    return f"https://{closing.new.name}"


def make_root(origin: str, keys: Sequence[VerifierKey], log: SignerKey) -> Root:
    """The root of a log. Raises NotOfFormat unless there are at least three different keys, none the log's own."""
    text = "".join(f"{line}\n" for line in (ROOT_HEADER, origin, NEEDED, *(key.text for key in keys)))
    return parse_root(Note(text, (sign_text(text, log),)).data)


def rotation(head: Checkpoint, old: SignerKey, new: SignerKey) -> Statement:
    """That `new` signs from this head on, signed by both."""
    text = _text(head.origin, "rotate", old.verifier, head.size, head.root, new.verifier)
    return parse_statement(Note(text, (sign_text(text, old), sign_text(text, new))).data)


def closing(head: Checkpoint, key: VerifierKey, successor: VerifierKey, signing: Sequence[SignerKey]) -> Statement:
    """That the log ends at this head and goes on as its successor, signed by some of the root."""
    text = _text(head.origin, "close", key, head.size, head.root, successor)
    return parse_statement(Note(text, tuple(sign_text(text, one) for one in signing)).data)


def parse_root(data: bytes, where: str = ROOT) -> Root:
    """A root from its bytes; nobody has checked its signature. Raises NotOfFormat."""
    note = parse_note(data, where)
    head, lines = note.text.split("\n")[:3], note.text.split("\n")[3:-1]
    keys = tuple(parse_verifier_key(line, where) for line in lines)
    if (
        [head[0], *head[2:]] != [ROOT_HEADER, str(NEEDED)]
        or len({key.key for key in keys}) != len(keys)
        or len(keys) < 3
    ):
        raise NotOfFormat(f"is no root: {ROOT_HEADER}, origin, {NEEDED}, and three or more different keys", where)
    origin = head[1]
    if any(key.type != ED25519 for key in keys):
        raise NotOfFormat("has a key that is none for signing (type 0x01)", where)
    return Root(origin, keys, note)


def parse_statement(data: bytes, where: str = "keys") -> Statement:
    """A statement from its bytes; nobody has checked its signatures. Raises NotOfFormat."""
    note = parse_note(data, where)
    match note.text.split("\n"):
        case [header, origin, "rotate", old, new, number, root, ""]:
            act = "rotate"
        case [header, origin, "close", old, number, root, new, ""]:
            act = "close"
        case _:
            raise NotOfFormat("is neither a rotation nor a closing", where)
    if header != HEADER or not _NUMBER.fullmatch(number):
        raise NotOfFormat("is no statement about keys", where)
    hashed = decode_base64(root, where)
    keys = parse_verifier_key(old, where), parse_verifier_key(new, where)
    if len(hashed) != HASH_BYTES or keys[0].name != origin or (act == "rotate") != (keys[1].name == origin):
        raise NotOfFormat("names a key of another log, or a root that is none", where)
    return Statement(origin, act, *keys, int(number), hashed, note)


def follow(pinned: VerifierKey, statements: Sequence[Statement], root: Root | None = None) -> Standing:
    """What the statements come to for who knows the key `pinned`, and the root that he saw first.

    A statement that is not signed as it must be is raised as NotVerified: who serves it lies, or was lied to.
    """
    keys = [(0, pinned)]
    known = False
    for number, one in enumerate(statements, 1):
        where = f"keys/{number}"
        known = known or one.old == pinned
        if not known:
            continue  # from before the key that he knows
        if one.old != keys[-1][1] or one.origin != pinned.name or one.size < keys[-1][0]:
            raise NotVerified("does not follow the statement before it", where)
        if one.is_closing:
            return Standing(pinned, tuple(keys), _closed(one, root, where))
        _require(one.note, (one.old, one.new), 2, where)
        keys.append((one.size, one.new))
    return Standing(pinned, tuple(keys))


def is_rotated(one: Statement) -> bool:
    """Whether a rotation is signed by both of its keys."""
    return not one.is_closing and _is_signed(one.note, (one.old, one.new))


def is_closed(one: Statement, root: Root) -> bool:
    """Whether a closing of the root's log is signed by as many of the root as it needs."""
    return one.is_closing and one.origin == root.origin and _is_signed(one.note, root.keys)


def _is_signed(note: Note, keys: Sequence[VerifierKey]) -> bool:
    try:
        _require(note, keys, NEEDED, "keys")
    except NotVerified:
        return False
    return True


def _closed(one: Statement, root: Root | None, where: str) -> Statement:
    if root is None:
        raise NotVerified("closes the log, and no root is known that could", where)
    _require(one.note, root.keys, NEEDED, where)
    return one


def _require(note: Note, keys: Sequence[VerifierKey], needed: int, where: str) -> None:
    signed = verify_note(note, keys, where)
    if len({one.key.key for one in signed}) < needed:
        raise NotVerified(f"is signed by {len(signed)} of the keys, of whom {needed} are needed", where)


def verify_root(root: Root, first: VerifierKey) -> None:
    """Raises NotVerified unless the log's first key signed its root."""
    if root.origin != first.name or first.key in [key.key for key in root.keys]:
        raise NotVerified(f"is of {root.origin}, or names the log's own key", ROOT)
    verify_note(root.note, (first,), ROOT)


def first_key(own: VerifierKey, statements: Sequence[Statement]) -> VerifierKey:
    """The key that a log had at its birth, as its own statements have it."""
    return statements[0].old if statements else own


def read_statements(reader: FileReader) -> list[Statement]:
    """All statements that a record has, in order. Raises NotOfFormat."""
    found = []
    for number in range(1, STATEMENTS_LIMIT):
        try:
            found.append(parse_statement(reader.read(f"keys/{number}"), f"keys/{number}"))
        except Missing:
            break
    return found


def read_root(reader: FileReader) -> Root | None:
    """The root that a record shows, None without one. Raises NotOfFormat. Who saw another one before keeps that."""
    try:
        return parse_root(reader.read(ROOT))
    except Missing:
        return None


def _text(origin: str, act: str, old: VerifierKey, size: int, root: bytes, new: VerifierKey) -> str:
    head = (str(size), base64.b64encode(root).decode("ascii"))
    lines = (old.text, new.text, *head) if act == "rotate" else (old.text, *head, new.text)
    return "".join(f"{line}\n" for line in (HEADER, origin, act, *lines))
