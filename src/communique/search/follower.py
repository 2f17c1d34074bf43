"""The index as a follower: keeps step with the record from a position of its own.

    SEARCH/live -> 7         the index that answers; another is made live by renaming a new link over this one
    SEARCH/7/units/          the engine's files        SEARCH/7/catalogue.sqlite3    its memory and position

`catch_up` takes in what the record has and the index has not, lets the engine settle, and only then commits its
position: killed anywhere, it does the same again with the same answers. Where there is no index, where it is of another
record, in another form or damaged (`soundness.py`), and where an erasure or a removal wants words gone from its bytes,
a new one is made beside it and switched to when whole; the old one answers meanwhile, without what was taken back, and
is then deleted.

Several processes may do this at once: a lock lets one at a time take entries in, another lets one make a new index, and
whoever finds that one held leaves the work to who holds it.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from communique.record.durable import sync_disk, sync_folder
from communique.record.entry import Entry
from communique.record.reader import Reader
from communique.search.catalogue import FILE, Catalogue
from communique.search.engine import Writer
from communique.search.engine_tantivy import TantivyWriter, segments
from communique.search.errors import IndexDamaged, IndexFault
from communique.search.soundness import DAMAGED, UNITS, fault_of, noted_damage
from communique.search.turns import indexed

BATCH_ENTRIES = 256
BUILD_BATCH_ENTRIES = 4_096
SEGMENTS_KEPT = 7
"""more are put together where there is time: from eight on Tantivy begins that with each publication, and in vain"""
LIVE = "live"


@dataclass
class Search:
    """The search follower of one office. `reader` gives a fresh view of the record at each call.

    `builds` says whether it makes a new index where one is due. Where somebody waits for an answer it does not, and
    leaves that to the worker.
    """

    reader: Callable[[], Reader]
    folder: Path
    observe: Callable[[str], None] = lambda _step: None
    builds: bool = True
    _sound: Path | None = field(default=None, init=False)
    """the live index when its files were last looked at and were as they were written"""

    def catch_up(self) -> None:
        """Bring the index up to the record's last checkpoint. Raises SearchError, and what the reader raises."""
        self.folder.mkdir(parents=True, exist_ok=True)
        suspected = self.builds and self._is_suspect()
        due = self._keep_up(suspected)
        if due and self.builds:
            with self._alone("building", wait=False) as alone:
                if alone:
                    self._build()

    def rebuild(self) -> None:
        """Make the index anew beside the live one, and switch."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._alone("building", wait=True):
            self._build()

    @property
    def live(self) -> Path | None:
        """The folder of the index that answers."""
        return live_index(self.folder)

    def _is_suspect(self) -> bool:
        """Whether the live index seems damaged, looked at where that is due; files may come and go meanwhile."""
        live = self.live
        if live is None or (live == self._sound and noted_damage(self.folder) != live.name):
            return False
        if fault_of(live):
            return True
        (self.folder / DAMAGED).unlink(missing_ok=True)
        self._sound = live
        return False

    def _keep_up(self, suspected: bool = False) -> bool:
        """Take in what is new; whether a new index is due. A suspected one is looked at again where nobody writes."""
        with self._alone("keeping", wait=True):
            live = self.live
            if live is None or (suspected and fault_of(live)):
                return True
            try:
                return self._take_in(live, self.reader(), tidy=self.builds)
            except sqlite3.OperationalError as error:
                raise IndexFault(live, str(error)) from error
            except (IndexDamaged, sqlite3.DatabaseError):
                return True

    def _take_in(self, index: Path, reader: Reader, tidy: bool = False) -> bool:
        """Take all new entries into an index; whether it is not the right one, or words have to go from its files."""
        catalogue = Catalogue(index, reader.origin, writing=True)
        writer: Writer | None = None
        try:
            if not catalogue.is_of(reader.origin) or not _continues(catalogue, reader):
                return True
            if tidy and segments(index / UNITS) > SEGMENTS_KEPT:
                writer = TantivyWriter(index / UNITS)
                writer.settle()
            while (start := catalogue.position) < (size := reader.size()):
                writer = writer or TantivyWriter(index / UNITS)
                self._take_some(catalogue, writer, reader, range(start, min(size, start + BATCH_ENTRIES)))
            return catalogue.stale
        finally:
            catalogue.close()
            if writer:
                writer.close(tidy)

    def _take_some(
        self, catalogue: Catalogue, writer: Writer, reader: Reader, some: range, newest: _Newest | None = None
    ) -> None:
        """Take some entries in; where `newest` is given, of each id the last one alone, and all names of persons."""
        catalogue.begin()
        try:
            stale, leaf = False, ""
            for entry in reader.entries(some.start, some.stop):
                if newest is None or newest.entries[entry.id] == entry.index:
                    stale = self._enter(catalogue, writer, reader, entry) or stale
                elif entry.id in newest.furniture:
                    catalogue.bear(entry, reader.edition(entry))
                elif entry.kind != "admin":
                    catalogue.version(entry)
                catalogue.reach(entry)
                leaf = entry.leaf.hex()
            self.observe("7 index")
            writer.settle()
            self.observe("7 index settled")
            catalogue.commit(some.stop, leaf, stale and newest is None)
        except BaseException:
            catalogue.rollback()
            raise

    def _enter(self, catalogue: Catalogue, writer: Writer, reader: Reader, entry: Entry) -> bool:
        """Take one entry in; whether it took words back that the index may have in its files."""
        edition = reader.edition(entry)
        if edition.manifest.get("type") == "furniture":
            catalogue.furnish(entry, edition)
            return entry.kind == "erase"
        if edition.manifest.get("type") != "message":
            return False
        index = catalogue.version(entry)
        version = indexed(index, edition.content, entry.index)
        catalogue.name(index, edition.content if version else None)
        if version is None:
            writer.drop(index)
        else:
            writer.put(version)
        return entry.seq > 1 and (version is None or entry.kind == "erase")

    # ------------------------------------------------------------------ a new index beside the live one

    def _build(self) -> None:
        number = 1 + max((int(one.name) for one in self.folder.iterdir() if one.name.isdigit()), default=0)
        self._drop_others()
        new = self.folder / str(number)
        new.mkdir()
        self.observe("9 building index")
        self._fill(new, self.reader())
        with self._alone("keeping", wait=True):
            self._take_in(new, self.reader(), tidy=True)
            sync_disk(new)
            self.observe("9 switching index")
            switch(self.folder, number)
            (self.folder / DAMAGED).unlink(missing_ok=True)
            self._sound = self.live
        self._drop_others()

    def _fill(self, index: Path, reader: Reader) -> None:
        """Take the newest edition of everything into an empty index: its files never hold a word of an older one."""
        size = reader.size()
        newest = _newest(reader.entries(0, size))
        catalogue = Catalogue(index, reader.origin, writing=True)
        writer = TantivyWriter(index / UNITS, building=True)
        try:
            for start in range(0, size, BUILD_BATCH_ENTRIES):
                some = range(start, min(size, start + BUILD_BATCH_ENTRIES))
                self._take_some(catalogue, writer, reader, some, newest)
        finally:
            catalogue.close()
            writer.close(tidy=True)

    def _drop_others(self) -> None:
        """Take every index away but the live one. Whoever makes one is alone, so the others are nobody's."""
        live = self.live
        for one in self.folder.iterdir():
            if one.name.isdigit() and one != live:
                shutil.rmtree(one)

    @contextmanager
    def _alone(self, what: str, wait: bool) -> Iterator[bool]:
        """Be the only process that does this; gives False when another is. The system ends it with the process."""
        with (self.folder / f"{what}.lock").open("wb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True


class _Newest(NamedTuple):
    """Of each id which entry is its last, and which ids are furniture's."""

    entries: Mapping[str, int]
    furniture: frozenset[str]


def _newest(entries: Iterable[Entry]) -> _Newest:
    last: dict[str, int] = {}
    furniture: set[str] = set()
    for entry in entries:
        last[entry.id] = entry.index
        if entry.kind == "furniture":
            furniture.add(entry.id)
    return _Newest(last, frozenset(furniture))


def live_index(folder: Path) -> Path | None:
    """The folder of the index that answers; None before the first."""
    try:
        number = os.readlink(folder / LIVE)
    except OSError:
        return None
    return folder / number if (folder / number / FILE).is_file() else None


def switch(folder: Path, number: int) -> None:
    """Make an index live, at one instant for everybody."""
    new = folder / f"{LIVE}.new"
    with suppress(FileNotFoundError):
        new.unlink()
    new.symlink_to(str(number))
    os.replace(new, folder / LIVE)
    sync_folder(folder)


def _continues(catalogue: Catalogue, reader: Reader) -> bool:
    """Whether the record is the one that was taken in, and has not lost what was."""
    position = catalogue.position
    if position > reader.size():
        return False
    return position == 0 or next(reader.entries(position - 1, position)).leaf.hex() == catalogue.leaf
