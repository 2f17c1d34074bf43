"""The press as a follower: keeps the public folder in step with the record, from its own position.

`catch_up` takes in what the record has and the press has not, writes the touched sheets into the live build, and only
then commits its position: killed anywhere, it does the same again with the same bytes. Furniture that shows on every
page, a new program version or a first start make a build beside the live one, which is switched to when whole; entries
that come meanwhile go into the live build at once and are set again in the new one before the switch. A large build
that was stopped goes on after the sheets that are noted as done.

Several processes may do this at once. The catalogue's transaction lets one at a time take entries in; a lock beside it
lets one make builds, and whoever finds it held leaves the build to who holds it. What cannot be read of the catalogue,
or is of another record, is made anew from the record.
"""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from communique.edition import Edition
from communique.press.builders import Builders, in_lots
from communique.press.catalogue import Catalogue
from communique.press.errors import CatalogueDamaged, CatalogueFault
from communique.press.program import program
from communique.press.reading_ahead import ReadingAhead
from communique.press.setter import Setter
from communique.press.sheet import Sheet, in_order
from communique.press.shelf import (
    Files,
    LiveShelf,
    NewShelf,
    Shelf,
    begin_build,
    build_folder,
    drop_older_builds,
    is_build,
    live_build,
    switch,
)
from communique.record.durable import empty
from communique.record.entry import Entry
from communique.record.reader import Reader, edition_path, file_path

BATCH_ENTRIES = 256
FIRST_BATCH_ENTRIES = 4_096
"""as long as no build is live nobody waits for a page, and the catalogue's file is written less often"""
LOOK_UP_EVERY = 64
"""sheets of a background build between two looks at the record"""
SYNC_SECONDS = 30
"""after which a build syncs again what it wrote: a build that is stopped does so much of its work once more. While the
disk is synced, files are made more slowly, so it is not done oftener."""
ALONE_BELOW_ENTRIES = 1_000
"""entries from which on a build is worth the start of further processes"""

FROM_OUTSIDE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_INTERRUPT,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
}
"""what SQLite says of the machine; everything else is said of the file, which is then made anew"""

RECORD_PAGE = Sheet("record")
RECORD_FILE = "record/index.html"
"""Beside the record's own files, one for all builds: it is set when a build is switched to."""

TAKEN_BACK = {"withdraw", "recall", "remove", "erase"}


@dataclass
class Press:
    """The press of one office. `reader` gives a fresh view of the record at each call.

    `builds` says whether it makes builds beside the live one. Where somebody waits for an answer it does not: entries
    go into the live build, and the new one is left to the worker.
    """

    reader: Callable[[], Reader]
    public: Path
    catalogue_file: Path
    observe: Callable[[str], None] = lambda _step: None
    program: str = field(default_factory=program)
    builds: bool = True
    noted: Callable[[Iterable[str] | None], None] = lambda _paths: None
    """is told which files are about to change, before they do; None: all, by a switch. See `store.py`"""
    told: Callable[[str, int, float | None], None] = lambda _what, _count, _share: None
    """is told of long work: what is being done, how many of it are done, and which share of all"""
    touched: list[str] = field(default_factory=list)
    """the files that the last `catch_up` wrote or removed in the live build"""

    @property
    def _spool(self) -> Path:
        return self.public / ".making-press"

    def catch_up(self) -> None:
        """Bring the public files up to the record's last checkpoint. Other processes of this press are waited for.

        A build that another process is making is left to it. Raises PressError, and what the record's reader raises.
        """
        self.touched = []
        try:
            with self._catalogue() as catalogue:
                self._catch_up(catalogue)
        except CatalogueDamaged:
            self._drop_catalogue()
            with self._catalogue() as catalogue:
                self._catch_up(catalogue)

    def bake_from_nothing(self) -> None:
        """Forget everything that was derived and bake all of it again, beside the live build."""
        with self._builder(wait=True):
            try:
                with self._catalogue() as catalogue:
                    catalogue.begin()
                    catalogue.forget()
                    catalogue.commit()
            except CatalogueDamaged:
                self._drop_catalogue()
        self.catch_up()

    @contextmanager
    def still(self) -> Iterator[None]:
        """While the block runs, no process of this press writes into the live build."""
        with self._catalogue() as catalogue:
            catalogue.begin()
            yield
            catalogue.rollback()

    def _drop_catalogue(self) -> None:
        """Its journal first: SQLite would roll it back into the new file."""
        for name in (f"{self.catalogue_file.name}-journal", self.catalogue_file.name):
            self.catalogue_file.with_name(name).unlink(missing_ok=True)

    def _catch_up(self, catalogue: Catalogue) -> None:
        self._set_in_order(catalogue)
        self._take_in_first(catalogue)
        self._take_in(catalogue)
        while self.builds and self._needs_build(catalogue):
            with self._builder() as lock:
                if lock is None:
                    return  # who has the lock looks again when it is given back
                self._build(catalogue, lock)

    def _needs_build(self, catalogue: Catalogue) -> bool:
        stale = catalogue.due or catalogue.built_by != self.program
        return catalogue.position > 0 and (stale or not self._is_live(catalogue))

    def _is_live(self, catalogue: Catalogue) -> bool:
        """Whether the build that the catalogue speaks of is the one that is served, and is there."""
        return 0 < catalogue.build == live_build(self.public) and is_build(self.public, catalogue.build)

    def _set_in_order(self, catalogue: Catalogue) -> None:
        """Take away what a crash left, and a memory of another record or of more than this one has."""
        catalogue.begin()
        empty(self._spool)
        reader, position = self.reader(), catalogue.position
        if position > reader.size() or (position and _leaf(reader, position - 1) != catalogue.leaf):
            catalogue.forget()
        catalogue.commit()

    @contextmanager
    def _catalogue(self) -> Iterator[Catalogue]:
        """The catalogue, opened; its faults are told as ours."""
        catalogue: Catalogue | None = None
        try:
            catalogue = Catalogue(self.catalogue_file, self.reader().origin)
            yield catalogue
        except sqlite3.Error as error:
            outside = getattr(error, "sqlite_errorcode", 0) & 0xFF in FROM_OUTSIDE
            raise (CatalogueFault if outside else CatalogueDamaged)(self.catalogue_file, str(error)) from error
        finally:
            if catalogue:
                catalogue.close()

    @contextmanager
    def _builder(self, wait: bool = False) -> Iterator[int | None]:
        """Be the only one that makes builds: gives the lock, or None when another is. The system ends it with the
        process and with its builders."""
        with self.catalogue_file.with_name(f"{self.catalogue_file.name}.lock").open("wb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield None
            else:
                yield file.fileno()

    # ------------------------------------------------------------------ the live build

    def _take_in_first(self, catalogue: Catalogue) -> None:
        """Take in a whole archive, of which nothing is live yet, with others to read it."""
        position, size = catalogue.position, self.reader().size()
        if size - position >= ALONE_BELOW_ENTRIES and not self._is_live(catalogue):
            with ReadingAhead(self.public, position, size) as ahead, catalogue.roomy():
                self._take_in(catalogue, ahead)

    def _take_in(self, catalogue: Catalogue, ahead: ReadingAhead | None = None) -> None:
        """Take in all new entries; the live build, if there is one, has the sheets they touch when this returns."""
        while True:
            reader = self.reader()
            catalogue.begin()
            try:
                start, size = catalogue.position, reader.size()
                is_live = self._is_live(catalogue)
                stop = min(size, start + (BATCH_ENTRIES if is_live else FIRST_BATCH_ENTRIES))
                if start >= stop:
                    catalogue.rollback()
                    return
                read = (ahead and ahead.read(start, stop)) or _read(reader, start, stop)
                touched, lists_first = self._enter(catalogue, reader, read, is_live or catalogue.is_building)
                catalogue.note_again(touched)
                if is_live:
                    self._set_live(catalogue, reader, touched, lists_first)
                self.observe("8 position")
                catalogue.commit()
                if stop - start > 1:
                    self.told("entries taken in", stop, stop / size)
            except BaseException:
                catalogue.rollback()
                raise

    def _enter(
        self, catalogue: Catalogue, reader: Reader, read: Iterable[tuple[Entry, Edition]], wanted: bool
    ) -> tuple[set[Sheet], bool]:
        """Enter what was read; gives the sheets that it touches, if they are wanted, and whether it takes back."""
        touched: set[Sheet] = set()
        lists_first = False
        for entry, edition in read:
            sheets = catalogue.enter(entry, edition, self._erased_from(catalogue, reader, entry, edition))
            if wanted:
                touched |= sheets
            lists_first = lists_first or entry.kind in TAKEN_BACK
        return touched, lists_first

    def _erased_from(
        self, catalogue: Catalogue, reader: Reader, entry: Entry, edition: Edition
    ) -> list[tuple[int, Edition]]:
        erased = edition.manifest.get("erased", ())
        seqs = sorted({item["seq"] for item in erased})
        before = [(seq, catalogue.entry_of(entry.id, seq)) for seq in seqs]
        if before:
            cut = (edition_path(one.body) for _, one in before)
            self.noted([f"record/{path}" for path in (*cut, *(file_path(item["part"]) for item in erased))])
        return [(seq, reader.edition(one)) for seq, one in before]

    def _set_live(self, catalogue: Catalogue, reader: Reader, touched: set[Sheet], lists_first: bool) -> None:
        shelf = LiveShelf(build_folder(self.public, catalogue.build), self._spool)
        setter = Setter(catalogue, reader)
        files: Files = {}
        steps: dict[str, str] = {}
        for sheet in in_order(touched, lists_first):
            for path, data in setter.set(sheet).items():
                files.pop(path, None)  # of two who set one file the later wins, at its own place
                files[path] = data
                steps[path] = "6 pages" if sheet.is_page else "7 lists"
        self.noted(files)
        for path in shelf.in_safe_order(files):
            self.observe(steps[path])
            self._put(shelf, {path: files[path]})
        shelf.settle()
        self.touched += shelf.touched
        if lists_first:  # something was taken back: an older build must not keep its words
            drop_older_builds(self.public, catalogue.build, keep_before=False)

    def _put(self, shelf: Shelf, files: Files) -> None:
        if RECORD_FILE in files:
            record = LiveShelf(self.public / "record", self._spool)
            record.put({"index.html": files.pop(RECORD_FILE)})
            record.settle()
        shelf.put(files)

    # ------------------------------------------------------------------ a build beside it

    def _build(self, catalogue: Catalogue, lock: int) -> None:
        """Bake everything into a new build, keep the live one going meanwhile, then switch."""
        catalogue.begin()
        if not self._needs_build(catalogue):  # another process has just made it
            catalogue.rollback()
            return
        wide, number, goes_on = catalogue.wide, catalogue.interrupted(self.program), True
        if number <= live_build(self.public) or not is_build(self.public, number):
            number, goes_on = max(catalogue.build, live_build(self.public)) + 1, False
            catalogue.building(number)
            catalogue.note_again([RECORD_PAGE])
        catalogue.commit()
        self.observe("9 building")
        if not goes_on:
            begin_build(self.public, number)
            catalogue.begun(self.program, wide)
        shelf = NewShelf(build_folder(self.public, number))
        left = (one for one in catalogue.sheets() if one != RECORD_PAGE and not (goes_on and catalogue.is_done(one)))
        with closing(self._set_all(catalogue, shelf, number, in_lots(left, LOOK_UP_EVERY), lock)) as lots:
            self._set_left(catalogue, shelf, lots)
        self._take_in(catalogue)
        self._finish(catalogue, shelf, number, wide)

    def _set_left(self, catalogue: Catalogue, shelf: NewShelf, lots: Iterator[list[Sheet]]) -> None:
        """Have a new build's sheets set, with a look at the record after each lot, and note those that are lasting.

        The disk is synced beside: nobody waits for it meanwhile."""
        all_of_them, count = catalogue.sheets_about(), catalogue.done_before()
        done: list[Sheet] = []
        settled, lasting = Future[None](), list[Sheet]()
        settled.set_result(None)
        began = monotonic()
        with ThreadPoolExecutor(max_workers=1) as beside:
            for lot in lots:
                self._take_in(catalogue)
                done, count = done + lot, count + len(lot)
                self.told("pages and lists set", count, min(count / all_of_them, 0.99))
                if settled.done() and monotonic() - began >= SYNC_SECONDS:
                    settled.result()
                    began = monotonic()
                    catalogue.note_done(lasting)
                    settled, lasting, done = beside.submit(shelf.settle), done, []
            settled.result()
        shelf.settle()

    def _set_all(
        self, catalogue: Catalogue, shelf: NewShelf, number: int, lots: Iterator[list[Sheet]], lock: int
    ) -> Generator[list[Sheet]]:
        """Set the sheets of a new build; yields again and again those that were set. A large build is made on all
        cores."""
        if catalogue.position < ALONE_BELOW_ENTRIES:
            setter = Setter(catalogue, self.reader())
            for lot in lots:
                for sheet in lot:
                    self._put(shelf, setter.set(sheet))
                yield lot
            return
        with Builders(self.catalogue_file, catalogue.origin, self.public, number, lock) as builders:
            for lot in lots:
                builders.set(lot)
                yield builders.done()
            builders.finish()

    def _finish(self, catalogue: Catalogue, shelf: NewShelf, number: int, wide: int) -> None:
        """Set what came meanwhile, sync and switch, while nothing new can come in between."""
        catalogue.begin()
        try:
            setter = Setter(catalogue, self.reader())
            for sheet in in_order(catalogue.again(), lists_first=False):
                self._put(shelf, setter.set(sheet))
            shelf.settle()
            self.noted(None)
            self.observe("9 switching")
            switch(self.public, number)
            if catalogue.is_erased_up_to(wide):  # before it is noted: a crash here makes the build again, and drops it
                drop_older_builds(self.public, number, keep_before=False)
            catalogue.switched(number, wide, self.program)
            catalogue.commit()
        except BaseException:
            catalogue.rollback()
            raise
        drop_older_builds(self.public, number)


def _read(reader: Reader, start: int, stop: int) -> Iterator[tuple[Entry, Edition]]:
    return ((entry, reader.edition(entry)) for entry in reader.entries(start, stop))


def _leaf(reader: Reader, index: int) -> str:
    """The leaf hash of one entry, in hex."""
    return next(reader.entries(index, index + 1)).leaf.hex()
