"""A build on all cores: processes of their own set the sheets that are handed to them.

    with Builders(catalogue_file, origin, public, build, lock) as builders:
        builders.set(sheets)          a few dozen; waits while all have enough to do
        builders.finish()             waits until all is set

Each builder reads the catalogue, and editions and files from the public record, and writes plainly into the build that
nobody serves yet. While it sets a sheet it holds the catalogue as it is; who takes entries in meanwhile notes what they
touch, and that is set again before the switch. A builder ends with the process that called it. Until it has, it holds
that one's lock, so that nobody else begins the same build.

What goes through the pipes: a line of JSON with sheets, and a line back when they are set.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Self

from communique.press.catalogue import Catalogue
from communique.press.errors import BuilderEnded
from communique.press.processes import be_called_by, pipe
from communique.press.setter import Setter
from communique.press.sheet import Sheet
from communique.press.shelf import NewShelf, build_folder
from communique.record.reader_folder import FolderReader

COMMAND = (sys.executable, "-m", "communique.press.builders")
WAITING_EACH = 3
"""lots that each builder has before it, so that none waits while its caller does something else"""


class Builders:
    """As many processes as there are cores. Raises BuilderEnded when one ended by itself."""

    def __init__(self, catalogue: Path, origin: str, public: Path, build: int, lock: int) -> None:
        command = [*COMMAND, str(catalogue), origin, str(public), str(build)]
        self._running = [
            subprocess.Popen(
                [*command, str(os.getpid())],
                bufsize=0,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                pass_fds=(lock,),
            )
            for _ in range(os.cpu_count() or 1)
        ]
        self._open: list[deque[Sequence[Sheet]]] = [deque() for _ in self._running]
        """the lots that each has before it, in the order in which it sets them"""
        self._done: list[Sheet] = []

    def set(self, sheets: Sequence[Sheet]) -> None:
        """Hand sheets to whoever has least to do."""
        while len(min(self._open, key=len)) >= WAITING_EACH:
            self._hear()
        number = min(range(len(self._open)), key=lambda one: len(self._open[one]))
        line = json.dumps([[sheet.sort, *sheet.about] for sheet in sheets]).encode() + b"\n"
        try:
            pipe(self._running[number].stdin).write(line)
        except BrokenPipeError as error:
            raise BuilderEnded(self._running[number].wait()) from error
        self._open[number].append(sheets)

    def done(self) -> list[Sheet]:
        """The sheets that were set since this was last asked."""
        found, self._done = self._done, []
        return found

    def finish(self) -> None:
        """Wait until everything is set."""
        while any(self._open):
            self._hear()

    def _hear(self) -> None:
        """Wait until somebody has set a lot."""
        answers = {pipe(one.stdout): number for number, one in enumerate(self._running) if self._open[number]}
        for answer in select.select(list(answers), [], [])[0]:
            number = answers[answer]
            if not os.read(answer.fileno(), 1):
                raise BuilderEnded(self._running[number].wait())
            self._done += self._open[number].popleft()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *told: object) -> None:
        for one in self._running:
            if told[0] is not None:
                one.kill()
            pipe(one.stdin).close()
        for one in self._running:
            pipe(one.stdout).close()
            one.wait()


def in_lots(sheets: Iterable[Sheet], size: int) -> Iterator[list[Sheet]]:
    """The sheets, so many at a time."""
    left = iter(sheets)
    while lot := list(islice(left, size)):
        yield lot


def build(catalogue_file: Path, origin: str, public: Path, number: int) -> None:
    """What a builder does: sets the sheets that come in, until none come any more."""
    reader, shelf = FolderReader(public / "record"), NewShelf(build_folder(public, number))
    catalogue = Catalogue(catalogue_file, origin)
    setter = Setter(catalogue, reader)
    try:
        for line in sys.stdin.buffer:
            for sort, *about in json.loads(line):
                with catalogue.held():
                    files = setter.set(Sheet(sort, tuple(about)))
                shelf.put(files)
            os.write(sys.stdout.fileno(), b".")
    finally:
        catalogue.close()


def main(catalogue_file: str, origin: str, public: str, number: str, parent: str) -> None:
    """The process of a builder, by its arguments."""
    be_called_by(int(parent))
    build(Path(catalogue_file), origin, Path(public), int(number))


if __name__ == "__main__":
    main(*sys.argv[1:])
