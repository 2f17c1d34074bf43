"""Random names: ids of what will be on the record, and names of files that nobody may guess."""

from __future__ import annotations

import secrets

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


def fresh_ident() -> str:
    """A new id for the record: 16 letters and digits, 82 random bits that say nothing."""
    return "".join(secrets.choice(LETTERS) for _ in range(16))


def fresh_name() -> str:
    """The name of a private file or a link: 32 letters and digits, 165 random bits."""
    return "".join(secrets.choice(LETTERS) for _ in range(32))
