"""What can go wrong with a record, said as what, where, what to do.

Three kinds are kept apart: bytes that do not have their format (NotOfFormat), bytes that have it but do not prove what
they claim (NotVerified), and bytes that are not to be had (Missing in this record; Unreachable just now). EntryRefused
is for ourselves: somebody asked us to log what the format does not allow.
"""

from __future__ import annotations


class RecordError(Exception):
    """A fault with its place and a remedy; `str()` of it is one readable line."""

    def __init__(self, what: str, where: str, todo: str) -> None:
        super().__init__(f"{where}: {what}; {todo}")
        self.what = what
        self.where = where
        self.todo = todo


class NotOfFormat(RecordError):
    """Bytes that are no checkpoint, tile, bundle, entry, key, policy or proof."""

    def __init__(self, what: str, where: str, todo: str = "get an unchanged copy from the office") -> None:
        super().__init__(what, where, todo)


class NotVerified(RecordError):
    """A signature, a hash or a proof that does not match what it is meant to prove."""

    def __init__(self, what: str, where: str, todo: str = "do not rely on it; keep a copy and ask the office") -> None:
        super().__init__(what, where, todo)


class Missing(RecordError):
    """A file that this record should hold and does not; `path` is relative to the record's folder."""

    def __init__(self, path: str, where: str, todo: str = "copy the record again, whole") -> None:
        super().__init__("the file is missing", where, todo)
        self.path = path


class Unreachable(RecordError):
    """Something outside this machine, or a disk, that did not answer; nothing is said about the record."""

    def __init__(self, what: str, where: str, todo: str = "try again later") -> None:
        super().__init__(what, where, todo)


class EntryRefused(RecordError):
    """An entry that we were asked to write and that the format does not allow."""

    def __init__(self, what: str, where: str) -> None:
        super().__init__(what, where, "mend the caller: this is a fault of the program, not of the office")
