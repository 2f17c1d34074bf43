"""Copies of files in memory, each with a validator made of exactly the bytes that it holds.

A file is opened, looked at and read once; its ETag is a hash of what was read. So an ETag can never belong to other
bytes, whatever a writer does to the name meanwhile. A copy is found again by path and *identity* (device, inode, size,
time of content, time of inode), which costs one stat.

Identity has a hole: a file system's clock ticks only every few milliseconds, and an inode number given free is used
again, so two files written and renamed within one tick can have the same identity. Therefore a copy is kept only
once its inode has been left alone for SETTLED_S: whatever comes later under the same number has a later time.
Before that each request reads the file anew, some 20 µs for a page. A kept copy has a Last-Modified, a fresh one has
none, for the same reason seen from outside: a second can hold two contents.

Refused: files that lie outside the public root, by whatever symbolic links; anything but a regular file.
"""

from __future__ import annotations

import gzip
import os
import stat
from base64 import urlsafe_b64encode
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import formatdate
from errno import ENOENT
from hashlib import blake2b

from communique.press.answer import Manner

SETTLED_S = 2.0
COPY_LIMIT_BYTES = 4 * 1024 * 1024
"""A larger file is not read into memory: see `Large` in `server.py`."""
ROOM_BYTES = 64 * 1024 * 1024
GZIP_LEVEL = 6

Identity = tuple[int, int, int, int, int]


def identity(facts: os.stat_result) -> Identity:
    """What tells this file from any other that stood or will stand under its name."""
    return (facts.st_dev, facts.st_ino, facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns)


@dataclass(frozen=True)
class Copy:
    """The bytes of one form of a file, read at one instant, and the headers that go with them."""

    body: bytes
    etag: str
    modified: str | None  # Last-Modified; only of a settled file
    headers: list[tuple[str, str]]
    manner: Manner
    settled: bool

    @property
    def size(self) -> int:
        return len(self.body)


class Copies:
    """The copies kept, at most `room_bytes` of them, the longest unused going first. For one thread, save `read`."""

    def __init__(self, root: str, now: Callable[[], float], room_bytes: int = ROOM_BYTES) -> None:
        self.root = os.path.realpath(root)
        self._now = now
        self._room_bytes = room_bytes
        self._kept_bytes = 0
        self._kept: OrderedDict[tuple[str, str], tuple[object, Copy]] = OrderedDict()

    def held(self, path: str, encoding: str, validator: object) -> Copy | None:
        """The copy kept of this form of the file, if it was made of what `validator` stands for."""
        entry = self._kept.get((path, encoding))
        if entry is None or entry[0] != validator:
            return None
        self._kept.move_to_end((path, encoding))
        return entry[1]

    def keep(self, path: str, encoding: str, validator: object, copy: Copy) -> Copy:
        """Remembers a settled copy in place of an older one; lets a fresh one pass. Returns it."""
        if copy.settled and copy.size <= self._room_bytes:
            self._forget((path, encoding))
            self._kept[path, encoding] = (validator, copy)
            self._kept_bytes += copy.size
            while self._kept_bytes > self._room_bytes:
                self._forget(next(iter(self._kept)))
        return copy

    def _forget(self, key: tuple[str, str]) -> None:
        entry = self._kept.pop(key, None)
        if entry is not None:
            self._kept_bytes -= entry[1].size

    def read(self, path: str, manner: Manner, encoding: str = "identity") -> tuple[Identity, Copy]:
        """Reads the file at `path` whole. OSError where there is none, or none that may be seen.

        A file is replaced by renaming, never written in place, so what one open sees is one content.
        """
        handle = os.open(self.inside(path), os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOFOLLOW)
        with os.fdopen(handle, "rb") as file:
            facts = os.fstat(handle)
            if not stat.S_ISREG(facts.st_mode):
                raise FileNotFoundError(ENOENT, "no regular file", path)
            body = file.read()
        settled = max(facts.st_ctime, facts.st_mtime) < self._now() - SETTLED_S
        modified = formatdate(facts.st_mtime, usegmt=True) if settled else None
        return identity(facts), _copy(body, manner, encoding, modified, settled)

    def inside(self, path: str) -> str:
        """The file's path without symbolic links. FileNotFoundError when these lead out of the public root."""
        real = os.path.realpath(path)
        if not real.startswith(self.root + os.sep):
            raise FileNotFoundError(ENOENT, "outside the public folder", path)
        return real


def gzipped(copy: Copy) -> Copy:
    """The same content, smaller. Its ETag is of its own bytes, so another gzip elsewhere is told apart."""
    body = gzip.compress(copy.body, GZIP_LEVEL, mtime=0)
    return _copy(body, copy.manner, "gzip", copy.modified, copy.settled)


def _copy(body: bytes, manner: Manner, encoding: str, modified: str | None, settled: bool) -> Copy:
    etag = '"' + urlsafe_b64encode(blake2b(body, digest_size=15).digest()).decode() + '"'
    return Copy(body, etag, modified, headers_of(manner, encoding, etag, modified), manner, settled)


def headers_of(manner: Manner, encoding: str, etag: str | None, modified: str | None) -> list[tuple[str, str]]:
    """All headers of a file sent whole, save its length."""
    return [
        *manner.headers,
        *([("etag", etag), ("accept-ranges", "bytes")] if etag else []),
        *([("last-modified", modified)] if modified else []),
        *([("content-encoding", encoding)] if encoding != "identity" else []),
    ]
