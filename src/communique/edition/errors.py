"""What can be wrong with an edition, said with its place."""

from __future__ import annotations


class EditionError(ValueError):
    """Something of an edition is not as the format has it.

    `where` is a path inside the edition ("turns[3].blocks[0]") or a line of its file ("line 4"); `what` says what was
    found and what was expected.
    """

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")
        self.where = where
        self.what = what


class NotCanonical(EditionError):
    """Bytes or text that mean something but are not in the one form that the format allows."""


class NotOfShape(EditionError):
    """A manifest or content with a key, a value or a reference that its shape does not have."""
