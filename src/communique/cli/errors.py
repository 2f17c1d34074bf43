"""How a command ends when it does not end well. Exit statuses are a promise to scripts.

0   done, or yes
1   the answer is no: it does not verify, it is not there
2   the command or what it was given has a fault
3   out of reach: another machine, a disk, a file without rights
130 interrupted, with nothing lost
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from communique.record.errors import NotOfFormat, NotVerified

DONE = 0
NEGATIVE = 1
WRONG_INPUT = 2
NOT_REACHED = 3
INTERRUPTED = 130


class Failure(Exception):
    """Ends a command: one line for standard error, *what, where, what to do*, and an exit status."""

    def __init__(self, message: str, status: int = WRONG_INPUT) -> None:
        super().__init__(message)
        self.status = status


_OF_A_RECORD = re.compile(r"checkpoint|log\.vkey|policy|keys|(tile|editions|files)/.*|entry .*")


_SIGNED_FOR = re.compile(r"(tile|editions|files)/.*|entry .*")
"""what the head of a record commits to: where it has not even its form, it is not what was signed"""


@contextmanager
def reading(place: str) -> Iterator[None]:
    """What is wrong with a file of a record is said with the address or folder of the record.

    A tile, bundle or edition that is broken is the record's no, as one with another word in it; what is no checkpoint
    or key at all is no record, and the command was given something else.
    """
    try:
        yield
    except (NotOfFormat, NotVerified) as error:
        inside = error.where.split(",")[0]
        if type(error) not in (NotOfFormat, NotVerified) or not _OF_A_RECORD.fullmatch(inside):
            raise
        sort = NotVerified if _SIGNED_FOR.fullmatch(inside) else type(error)
        raise sort(error.what, f"{place.rstrip('/')}/{error.where}", error.todo) from error
