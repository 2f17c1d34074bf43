"""Whose record is this: the keys under which a copy takes heads, and how they change.

The first key is given, or is the record's own `log.vkey`, taken on first sight and kept from then on. A new key counts
once a head bears both its signature and that of a key that counts: so an office that changes its key signs with both
for as long as its followers may need to see it. When a head bears the new one alone, the old one counts no more.
"""

from __future__ import annotations

from communique.record.checkpoint import Checkpoint, verify_checkpoint
from communique.record.errors import NotVerified
from communique.record.note import VerifierKey

Keys = tuple[VerifierKey, ...]


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
