"""What can stop the press, said as what, where, what to do."""

from __future__ import annotations

from pathlib import Path


class PressError(Exception):
    """The press cannot go on; `where` is the place of it."""

    def __init__(self, what: str, where: str, todo: str) -> None:
        super().__init__(f"{where}: {what}; {todo}")
        self.what = what
        self.where = where
        self.todo = todo


class UnknownToPress(PressError):
    """The record holds something that this program version does not know; nothing was baked from it."""

    def __init__(self, index: int, what: str) -> None:
        super().__init__(
            f"has {what}, which this program version does not know",
            f"entry {index} of the record",
            "use a newer version of communique to bake it",
        )
        self.index = index


class CatalogueFault(PressError):
    """The press's own memory did not do what was asked: no room, no rights, a disk that fails."""

    def __init__(self, file: Path | str, what: str) -> None:
        super().__init__(f"did not do what was asked ({what})", str(file), "mend that and run it again")


class CatalogueDamaged(CatalogueFault):
    """The press's own memory cannot be read. Everything in it follows from the record, so it is made anew."""


class PlaceTaken(PressError):
    """Something that the press did not make lies where it has to put something."""

    def __init__(self, place: Path, what: str) -> None:
        super().__init__(what, str(place), "take it away, then run `communique bake`")


class BuilderEnded(PressError):
    """A process that set pages for a new build ended by itself; the live site is as it was."""

    def __init__(self, status: int) -> None:
        what = f"ended with status {status} while it set pages for a new build"
        super().__init__(what, "a process of the press", "mend what it said before, then run `communique bake`")
