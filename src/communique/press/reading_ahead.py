"""Entries and their editions, read by processes of their own while their caller takes them in.

    with ReadingAhead(public, first, size) as ahead:
        for entry, edition in ahead.read(start, stop): ...

Reading an edition, proving that each of its texts is what its part says, and making its prints is most of the work of
taking it in, and asks nothing of the catalogue. Lots of entries are dealt out in turn to as many processes as there are
cores; each has a few lots before it and waits, its answer in the pipe, until the caller wants it. So neither side's
memory grows with the archive.

What goes through the pipes: a line with a start and a stop; and back how many bytes follow, and those, a pickle: it is
our own process that wrote it. A lot that somebody could not read comes back empty, and the caller reads it itself, so
that whoever asked is told what is wrong with it.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Self

from communique.edition import Edition
from communique.press.processes import be_called_by, pipe
from communique.record.entry import Entry
from communique.record.reader_folder import FolderReader

COMMAND = (sys.executable, "-m", "communique.press.reading_ahead")
LOT = 32
"""entries"""
LOTS_EACH = 3
_LENGTH_BYTES = 8

Read = tuple[Entry, Edition]
Reading = subprocess.Popen[bytes]


class ReadingAhead:
    """Reads the entries from `first` up to `size` of the public record in `public`, once, in their order."""

    def __init__(self, public: Path, first: int, size: int) -> None:
        self._record = public / "record"
        self._lots = iter(range(first, size, LOT))
        self._size = size
        self._at = first
        """the entry that comes next"""
        self._heard: deque[Read] = deque()
        """of the lots that were heard, what nobody asked for yet"""
        self._asked: deque[tuple[int, Reading]] = deque()
        """the lots that are being read, by their first entry, and who reads them"""

    def read(self, start: int, stop: int) -> Iterator[Read] | None:
        """The entries from `start` up to `stop`, or None where they are not among those that come."""
        return self._between(start, stop) if self._at <= start and stop <= self._size else None

    def _between(self, start: int, stop: int) -> Iterator[Read]:
        while self._at < stop:
            if not self._heard:
                self._hear()
            self._at += 1
            found = self._heard.popleft()
            if found[0].index >= start:
                yield found

    def _hear(self) -> None:
        """Wait for the next lot, and give another to whoever read it."""
        first, one = self._asked.popleft()
        answer = pipe(one.stdout)
        length = int.from_bytes(answer.read(_LENGTH_BYTES), "big")
        data, stop = answer.read(length), min(first + LOT, self._size)
        is_whole = 0 < length == len(data)
        self._heard.extend(pickle.loads(data) if is_whole else _lot(FolderReader(self._record), first, stop))  # noqa: S301
        self._ask(one)

    def _ask(self, one: Reading) -> None:
        first = next(self._lots, None)
        if first is not None:
            self._asked.append((first, one))
            asked = pipe(one.stdin)
            with suppress(BrokenPipeError):  # it ended: its lots come back empty
                asked.write(f"{first} {min(first + LOT, self._size)}\n".encode())
                asked.flush()

    def __enter__(self) -> Self:
        command = [*COMMAND, str(self._record), str(os.getpid())]
        both = subprocess.PIPE
        self._running = [subprocess.Popen(command, stdin=both, stdout=both) for _ in range(os.cpu_count() or 1)]
        for _ in range(LOTS_EACH):
            for one in self._running:
                self._ask(one)
        return self

    def __exit__(self, *_: object) -> None:
        for one in self._running:
            one.kill()
            one.communicate()


def _lot(reader: FolderReader, start: int, stop: int) -> list[Read]:
    return [(entry, reader.edition(entry)) for entry in reader.entries(start, stop)]


def read(record: Path) -> None:
    """What such a process does: reads the lots that it is asked for, until it is asked for no more."""
    for line in sys.stdin.buffer:
        start, stop = map(int, line.split())
        try:
            found = _lot(FolderReader(record), start, stop)
            for _, edition in found:
                _ = edition.content, edition.prints  # so that the caller has them
            data = pickle.dumps(found, pickle.HIGHEST_PROTOCOL)
        except Exception:  # whatever it is, be it an edition of a later version: the caller says what
            data = b""
        sys.stdout.buffer.write(len(data).to_bytes(_LENGTH_BYTES, "big") + data)
        sys.stdout.buffer.flush()


def main(record: str, parent: str) -> None:
    """The process of a reader, by its arguments."""
    be_called_by(int(parent))
    read(Path(record))


if __name__ == "__main__":
    main(*sys.argv[1:])
