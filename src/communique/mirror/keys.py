"""Whose record is this: the keys under which a copy takes heads, how they change, and when nothing follows any more.

The first key is given, or is the record's own `log.vkey`, taken on first sight and kept from then on. A new key counts

    once a head bears both its signature and that of a key that counts: whoever looks during the overlap of a rotation
    or when rotations under `keys/`, each signed by both keys and naming heads of this very log, lead to it from a key
    that counts: whoever looks only later (`record/succession.py`)

When a head bears the new one alone, the old one counts no more. The root is the first that is seen, signed by the log's
first key; two of it end the log. A closing of theirs counts wherever it is found, at the office, in a mirror's folder,
and whatever a thief of the key says beside it. What cannot be read is as good as nothing: who serves it gains nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from communique.record.checkpoint import Checkpoint, verify_checkpoint
from communique.record.errors import Missing, NotOfFormat, NotVerified
from communique.record.note import VerifierKey
from communique.record.succession import (
    ROOT,
    STATEMENTS_LIMIT,
    Root,
    Statement,
    first_key,
    follow,
    is_closed,
    is_rotated,
    parse_root,
    parse_statement,
    verify_root,
)

Keys = tuple[VerifierKey, ...]

STRAYS = 3
"""files in a row that are no statements"""


@dataclass(frozen=True)
class Said:
    """What a place says of a log's keys, as far as it can be read: its root, and what happened, in order."""

    root: Root | None = None
    statements: tuple[Statement, ...] = ()

    def trusted_root(self, known: Keys) -> Root | None:
        """The root, if a key from which rotations lead to one that is known signed it."""
        rotations = [one for one in self.statements if not one.is_closing]
        if self.root is None or not known:
            return None
        first = first_key(known[0], rotations)
        try:
            verify_root(self.root, first)
            reached = [key for _, key in follow(first, rotations).keys]
        except NotVerified:
            return None
        return self.root if set(known) & set(reached) else None

    def closing(self, root: Root | None) -> Statement | None:
        """The closing that two of the root signed; of several that of the smallest head."""
        found = [one for one in self.statements if root and is_closed(one, root)]
        return min(found, key=lambda one: one.size, default=None)


def said_at(read: Callable[[str], bytes]) -> Said:
    """What is said under `keys/`. Raises Unreachable.

    A network that asks to sign in answers every address with its own page: after STRAYS in a row nobody asks further.
    """
    root, statements, strays = None, [], 0
    with suppress(Missing, NotOfFormat):
        root = parse_root(read(ROOT))
    for number in range(1, STATEMENTS_LIMIT):
        try:
            statements.append(parse_statement(read(f"keys/{number}"), f"keys/{number}"))
            strays = 0
        except NotOfFormat:
            strays += 1
            if strays == STRAYS:
                break
        except Missing:
            break
    return Said(root, tuple(statements))


def signed_by(head: Checkpoint, keys: Keys, where: str = "checkpoint") -> Keys:
    """Those of the keys that signed a head, at least one. Raises NotVerified: none did, or one signature is false."""
    ids = {(signature.name, signature.key_id) for signature in head.note.signatures}
    found = tuple(key for key in keys if (key.name, key.id) in ids)
    if not found:
        names = ", ".join(key.text for key in keys)
        raise NotVerified(
            f"is not signed by {names}", where, "if the office changed its key, ask it for a head with both"
        )
    for key in found:
        verify_checkpoint(head, key, where=where)
    return found


def rotations_to(head: Checkpoint, keys: Keys, statements: Sequence[Statement]) -> list[Statement]:
    """The rotations that lead from the keys to the one that signed a head; none where one of the keys signed it."""
    ids = {(signature.name, signature.key_id) for signature in head.note.signatures}
    known, taken = list(keys), []
    for one in statements:
        if any((key.name, key.id) in ids for key in known):
            break
        if one.old in known and one.size <= head.size and is_rotated(one):
            known.append(one.new)
            taken.append(one)
    return taken


def keys_after(head: Checkpoint, keys: Keys, own: VerifierKey | None) -> Keys:
    """The keys that count after a head; `own` is what the record says its key is. Raises NotVerified."""
    counting = signed_by(head, keys)
    if own is None or own in counting or own.name != head.origin:
        return counting
    try:
        verify_checkpoint(head, own)
    except NotVerified:
        return counting
    return (own, *counting)
