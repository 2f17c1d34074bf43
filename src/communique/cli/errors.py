"""How a command ends when it does not end well. Exit statuses are a promise to scripts.

0   done, or yes
1   the answer is no: it does not verify, it is not there
2   the command or what it was given has a fault
3   out of reach: another machine, a disk, a file without rights
130 interrupted, with nothing lost
"""

from __future__ import annotations

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
