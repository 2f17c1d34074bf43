"""What can stop the search follower, said as what, where, what to do."""

from __future__ import annotations

from pathlib import Path


class SearchError(Exception):
    """The index cannot go on; `where` is the place of it."""

    def __init__(self, what: str, where: str, todo: str) -> None:
        super().__init__(f"{where}: {what}; {todo}")
        self.what = what
        self.where = where
        self.todo = todo


class IndexFault(SearchError):
    """The index did not do what was asked: no room, no rights, a disk that fails."""

    def __init__(self, place: Path | str, what: str) -> None:
        super().__init__(f"did not do what was asked ({what})", str(place), "mend that; the worker goes on by itself")


class IndexDamaged(IndexFault):
    """The index cannot be read. Everything in it follows from the record, so it is made anew beside it."""
