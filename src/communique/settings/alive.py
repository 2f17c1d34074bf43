"""Whether a worker of an installation runs: it holds a lock as long as it lives, which the system takes back."""

from __future__ import annotations

import fcntl
from io import BufferedWriter
from pathlib import Path

LOCK = "worker.lock"


def hold_worker_lock(home: Path) -> BufferedWriter:
    """A file to be kept open as long as the worker lives; several workers may hold it."""
    file = (home / LOCK).open("wb")
    fcntl.flock(file, fcntl.LOCK_SH)
    return file


def worker_runs(home: Path) -> bool:
    """Whether a worker of this home lives."""
    try:
        with (home / LOCK).open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False
