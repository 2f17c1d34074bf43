"""What can stop the press, said with what to do."""

from __future__ import annotations


class PressError(Exception):
    """The press cannot go on."""


class UnknownToPress(PressError):
    """The record holds something that this program version does not know; nothing was baked from it."""

    def __init__(self, index: int, what: str) -> None:
        super().__init__(
            f"entry {index} of the record has {what}, which this program version does not know; "
            "use a newer version of communique to bake it"
        )
        self.index = index


class PageTaken(PressError):
    """Two things want one public path."""
