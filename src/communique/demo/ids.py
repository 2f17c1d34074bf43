"""Ids of the demo: sixteen letters and digits that follow from a stable name.

A real office draws its ids at random. The demo derives them, so that a section or a person can be referred to before
it is on the record and two people who make the demo get the same one.

    >>> entry_id("section/speeches")
    '4mlbsuv2bwqa37im'
"""

from __future__ import annotations

from hashlib import sha256

_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"
_DOMAIN = "communique/demo/id\n"
ID_LENGTH = 16


def entry_id(name: str) -> str:
    """The id of what the demo calls `name` ("section/speeches", "message/year-of-the-ferry/fr")."""
    number = int.from_bytes(sha256(f"{_DOMAIN}{name}".encode()).digest(), "big")
    letters = []
    for _ in range(ID_LENGTH):
        number, digit = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[digit])
    return "".join(letters)
