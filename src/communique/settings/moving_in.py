"""Moving in: a whole archive of another site, read, settled and landed, so that it can be stopped at any instant.

    read     each page by children with limits; what it says goes into the journal, by the hundred
    again    those pages of which their site has more to tell (`old_sites.py`), in the same way
    settle   what the pages are to each other (`settling.py`), in one transaction
    land     messages by their day, a hundred to a release; how far it has come is noted after each

Run again after a kill it goes on: pages in the journal are not read again, decisions stand or are made anew from the
same journal, and what is on the record is found there by its id. So the record becomes the same, entry for entry, as
if nobody had killed it. Run again after its end it finds everything done and changes nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any, BinaryIO

from communique import __version__
from communique.importing.errors import ImportingError, NoMessage
from communique.importing.raw import Raw
from communique.importing.reader import Reader, Readers
from communique.importing.reading import Reading
from communique.importing.sources import raw_pages
from communique.settings.again import Mode
from communique.settings.journal import AT_ONCE, FOLDER, Journal
from communique.settings.landing import Landed, Landing, Publish
from communique.settings.office import Installation
from communique.settings.old_sites import OldSites
from communique.settings.originals import packed
from communique.settings.settling import settle

AHEAD = 24
"""pages that are with the children or wait for their turn in the journal"""
AHEAD_BYTES = 40_000_000
AT_LEAST_EACH_S = 5.0
"""pages that were read are in the journal after so long: addresses come a second apart, and are not asked for twice"""
MOST_READERS = 2
"""children that read; each may come to hold 300 MB, and all of it together shall stay under a gigabyte"""

Told = Callable[[str, int, float | None], None]
"""hears what is being done, how many of it are done, and which share of all that is, where that is known"""


@dataclass(frozen=True)
class Wishes:
    """What the person at the keyboard asked for."""

    mode: Mode = "skip"
    captured: str | None = None
    all_furniture: bool = False
    drafts: bool = False
    """whether messages become drafts at the desk; those without a day do, too, for somebody who knows it"""


@dataclass
class Batch:
    """An archive on its way in. `said` hears of each message when it has landed, and of each page that is refused."""

    installation: Installation
    sources: Sequence[str]
    publish: Publish
    wishes: Wishes = field(default_factory=Wishes)
    told: Told = lambda _what, _count, _share: None
    said: Callable[[Landed | ImportingError], None] = lambda _one: None

    def run(self, stdin: BinaryIO) -> Journal:
        """All of it. The journal is open, for a report. Raises what stops the whole batch."""
        journal = Journal(journal_file(self.installation.configuration.home, self.sources))
        try:
            self._run(journal, stdin)
        except BaseException as error:
            journal.close()
            if isinstance(error, sqlite3.Error) and not journal.file.exists():
                raise thrown_away(journal.file) from None
            raise
        return journal

    def _run(self, journal: Journal, stdin: BinaryIO) -> None:
        if journal.said("reader") != __version__:
            with journal.at_once():
                journal.forget_from(0)
                journal.say("reader", __version__)
        self._read(journal, stdin)
        if journal.said("settled") is None:
            settle(journal, lambda what, count: self.told(what, count, None))
            with journal.at_once():
                journal.say("settled", "yes")
                journal.say("landing", None)
        Landing(journal, self.installation, self.publish, self.wishes, self.told, self.said).land()

    def _read(self, journal: Journal, stdin: BinaryIO) -> None:
        """Read what the journal does not have."""
        with ExitStack() as stack:
            readers = [stack.enter_context(Reader()) for _ in range(_cores())]
            pool = stack.enter_context(ThreadPoolExecutor(len(readers)))
            reading = _Reading(journal, readers, pool, self.told, self.said)
            reading.all_of(raw_pages(self.sources, stdin, opened=reading.opened, known=reading.asked_before))
            if journal.said("settled") is None:
                OldSites(journal, reading.readers, pool, self.told).read_again()


class _Reading:
    """Pages through several children at once, and into the journal in their order."""

    def __init__(
        self,
        journal: Journal,
        readers: Sequence[Reader],
        pool: ThreadPoolExecutor,
        told: Told,
        said: Callable[[Landed | ImportingError], None],
    ) -> None:
        self.journal, self.pool, self.told, self.said = journal, pool, told, said
        self.readers = Readers(readers)
        self.first = readers[0]
        self.changed = False
        """whether there was any page that the journal did not have; then nothing is settled"""
        self.waiting: deque[tuple[int, Raw, str, Future[tuple[Reading, bytes] | ImportingError]]] = deque()
        self.bytes = 0
        self.file: BinaryIO | None = None
        self.size = 0
        self.number = 0
        landing = json.loads(journal.said("landing") or "{}")
        self.had_ended = bool(journal.said("settled") and landing.get("done"))

    def opened(self, name: str, file: BinaryIO) -> Iterator[Any]:
        """The pages of a container; its file is watched to see how far they have come."""
        self.file, self.size = file, os.fstat(file.fileno()).st_size
        yield from self.first.opened(name, file)
        self.file = None

    def asked_before(self, address: str) -> Raw | None:
        """The page of an address that comes next, as an earlier run had it that was stopped. One that had come to its
        end asked for what there was then: all is asked for anew."""
        return None if self.had_ended else self.journal.asked_before(self.number + 1, address)

    def all_of(self, pages: Iterable[Raw | ImportingError]) -> None:
        number = 0
        self.journal.db.execute("BEGIN IMMEDIATE")
        committed_s = monotonic()
        for number, raw in enumerate(pages, 1):
            self.number = number
            self.told("pages", number, self._share())
            sha256 = hashlib.sha256(raw.data).hexdigest() if isinstance(raw, Raw) else ""
            if self.journal.has(number, raw, sha256):
                self._say(self.journal.refusal(number))
                continue
            self._change()
            if isinstance(raw, ImportingError):
                self._settle_down(0)
                self.journal.note(number, None, sha256, raw)
                self._say(raw)
            else:
                self.waiting.append((number, raw, sha256, self.pool.submit(self._read, raw)))
                self.bytes += len(raw.data)
                self._settle_down(AHEAD)
            if number % AT_ONCE == 0 or monotonic() > committed_s + AT_LEAST_EACH_S:
                self._settle_down(0)
                self.journal.db.execute("COMMIT")
                self.journal.db.execute("BEGIN IMMEDIATE")
                committed_s = monotonic()
        self._settle_down(0)
        if self.journal.forget_from(number + 1):
            self._change()
        self.journal.db.execute("COMMIT")

    def _change(self) -> None:
        """Have everything be settled anew; noted with the page that makes it so, as a kill may come before the end."""
        if not self.changed:
            self.changed = True
            self.journal.say("settled", None)

    def _settle_down(self, most: int) -> None:
        """Keep what was read, until no more than so many pages are on their way."""
        while len(self.waiting) > most or (self.bytes > AHEAD_BYTES and self.waiting):
            number, raw, sha256, future = self.waiting.popleft()
            self.bytes -= len(raw.data)
            found = future.result()
            if isinstance(found, ImportingError):
                self.journal.note(number, raw, sha256, found)
                self._say(found)
            else:
                self.journal.note(number, raw, sha256, *found)

    def _say(self, found: ImportingError | None) -> None:
        """Tell of a page that is refused; of a site many pages hold no message, and that is no fault of theirs."""
        if found is not None and not isinstance(found, NoMessage):
            self.said(found)

    def _read(self, raw: Raw) -> tuple[Reading, bytes] | ImportingError:
        """What a page says, and its bytes as they are kept."""
        try:
            return self.readers.ask("reading", raw), packed(raw)
        except ImportingError as error:
            return error

    def _share(self) -> float | None:
        """How much of the container has been read; its child reads on the same place of the same file."""
        if self.file is None or not self.size:
            return None
        try:
            return min(os.lseek(self.file.fileno(), 0, os.SEEK_CUR) / self.size, 1.0)
        except (OSError, ValueError):
            return None


def thrown_away(file: Path) -> ImportingError:
    """Why a batch stops whose journal is gone."""
    what = "the law took words of one of its pages, so what was read of all of them was thrown away"
    return ImportingError(str(file), what, "give the same command again")


def journal_file(home: Path, sources: Sequence[str]) -> Path:
    """Where the journal of these sources lies."""
    named = [s if "://" in s or s == "-" else str(Path(s).resolve()) for s in sources]
    digest = hashlib.sha256("\n".join(named).encode()).hexdigest()[:12]
    stem = Path(sources[0]).name.partition(".")[0][:40] if "://" not in sources[0] else "site"
    return home / FOLDER / f"{stem or 'pages'}-{digest}.sqlite3"


def _cores() -> int:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, MOST_READERS)
