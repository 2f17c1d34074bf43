"""Editions: complete, frozen states of one language version of a message, or of one piece of furniture.

A stranger can read this room in one sitting. `canonical.py` writes and reads canonical JSON, `text.py` says what
canonical text is, `shape.py` is the small language in which `message.py` and `furniture.py` say what an edition may
hold, and `edition.py` seals content into parts and opens it again. Nothing here knows Django, a clock, chance, a file
or the network.
"""

from communique.edition.edition import (
    Edition,
    Sealed,
    body_hash,
    check_content,
    has_gap,
    parse_edition,
    part_hash,
    seal,
)
from communique.edition.errors import EditionError, NotCanonical, NotOfShape

__all__ = [
    "Edition",
    "EditionError",
    "NotCanonical",
    "NotOfShape",
    "Sealed",
    "body_hash",
    "check_content",
    "has_gap",
    "parse_edition",
    "part_hash",
    "seal",
]
