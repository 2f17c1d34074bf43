"""Files that are there whole or not at all.

    batch = Batch(spool)
    batch.write(path, data)     a temporary file in the spool, fsync, rename into place
    batch.settle()              fsync of each folder that got a name

A reader sees the old bytes or the new ones. After a power cut the file is the old one or the new one; without the fsync
before the rename, ext4 was seen to keep an empty file under the new name. Temporary files lie in one spool folder, on
the same disk, so that what a crash left can be taken away (`empty`) without looking through the archive.

A process may die between a new folder and the fsync of the folder around it. Who comes next finds the folder there and
has no cause to sync its name. So a mark lies in the spool from the first new folder until `settle` is done, and where
`empty` finds anything it syncs the whole disk once.

    wave = Wave(spool)
    wave.write(path, data)      a temporary file in the spool
    wave.settle()               one sync of the disk, all renames in order, one sync of the disk

For many files that are one publication. Two syncs do for all of them what a batch does with one for each file and each
folder, and until `settle` nobody sees any.

What can still fail: a disk that says "written" and has not; a name that is a folder.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

_numbers = count(1)


class Batch:
    """Several files, each whole when its `write` returns; all of them lasting when `settle` returns."""

    def __init__(self, spool: Path) -> None:
        self._spool = spool
        self._folders: dict[Path, None] = {}
        self._mark: Path | None = None

    def write(self, path: Path, data: bytes) -> None:
        """Put the file in place. Bytes that stand there already are left alone."""
        self._make_folder(path.parent)
        self._folders[path.parent] = None
        if _holds(path, data):
            return
        temporary = self._new_name()
        try:
            write_file(temporary, data, synced=True)
            os.replace(temporary, path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise

    def remove(self, path: Path) -> None:
        """Take a file away if it is there."""
        path.unlink(missing_ok=True)
        if path.parent.is_dir():
            self._folders[path.parent] = None

    def settle(self) -> None:
        """Make renames and removals lasting."""
        for folder in self._folders:
            sync_folder(folder)
        self._folders.clear()
        if self._mark:
            self._mark.unlink(missing_ok=True)
            self._mark = None

    def _make_folder(self, folder: Path) -> None:
        if folder.is_dir():
            return
        if self._mark is None:
            self._mark = self._new_name()
            self._mark.touch()
        self._make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        self._folders[folder.parent] = None

    def _new_name(self) -> Path:
        self._spool.mkdir(parents=True, exist_ok=True)
        return self._spool / f"{os.getpid()}-{next(_numbers)}"


class Wave:
    """Many files that follow one another into place when `settle` is called, each whole; all lasting when it returns.

    Where a disk cannot be synced as one so that failed writes are told (elsewhere than on Linux), each file is synced.
    """

    def __init__(self, spool: Path) -> None:
        self._spool = spool
        self._waiting: dict[Path, Path | None] = {}
        """where a file goes -> where it waits; None for one that has to go"""
        self._is_empty = True

    def write(self, path: Path, data: bytes) -> None:
        """Have the file put in place. Bytes that stand there already are left alone."""
        self._is_empty = False
        if path not in self._waiting and _holds(path, data):
            return
        self._spool.mkdir(parents=True, exist_ok=True)
        self._forget(path)
        waiting = self._spool / f"{os.getpid()}-{next(_numbers)}"
        self._waiting[path] = waiting
        try:
            write_file(waiting, data, synced=sys.platform != "linux")
        except BaseException:
            self.drop()
            raise

    def remove(self, path: Path) -> None:
        """Have a file taken away if it is there."""
        self._is_empty = False
        self._forget(path)
        self._waiting[path] = None

    def settle(self) -> None:
        """Put everything in place, in the order in which it was given, and make it lasting.

        What stood there already may have been put by somebody whom the system ended before it was lasting: so the disk
        is synced even if nothing differs.
        """
        if self._is_empty:
            return
        try:
            if any(self._waiting.values()) and sys.platform == "linux":
                sync_disk(self._spool)
            made: set[Path] = set()
            for path, waiting in self._waiting.items():
                if waiting is None:
                    path.unlink(missing_ok=True)
                    continue
                if path.parent not in made:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    made.add(path.parent)
                os.replace(waiting, path)
            self._waiting.clear()
            sync_disk(self._spool.parent)
        finally:
            self.drop()

    def drop(self) -> None:
        """Give up what is not in place yet."""
        for path in list(self._waiting):
            self._forget(path)
        self._is_empty = True

    def _forget(self, path: Path) -> None:
        waiting = self._waiting.pop(path, None)
        if waiting:
            waiting.unlink(missing_ok=True)


def write_file(path: Path | str, data: bytes, synced: bool = False) -> None:
    """Write a file plainly, for who renames it or syncs the disk afterwards."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(descriptor, left) :]
        if synced:
            os.fsync(descriptor)
    except OSError as error:
        error.filename = str(path)  # a full disk is known, but not which
        raise
    finally:
        os.close(descriptor)


def empty(spool: Path) -> None:
    """Take away what a crash left in the spool. Only for who holds the lock of those that write through it."""
    left = list(spool.iterdir()) if spool.is_dir() else []
    if left:
        sync_disk(spool)
    for file in left:
        file.unlink(missing_ok=True)


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def sync_folder(folder: Path) -> None:
    """Make the names in a folder lasting."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_disk(folder: Path) -> None:
    """Make everything lasting that was written to the disk of this folder.

    Linux tells of writes that failed meanwhile (syncfs, from 5.8 on); elsewhere `os.sync` says nothing of them.
    """
    if sys.platform != "linux":
        os.sync()
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if _libc().syncfs(descriptor):
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(folder))
    finally:
        os.close(descriptor)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Hold a lock that the system gives back when the process dies, however it dies."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
