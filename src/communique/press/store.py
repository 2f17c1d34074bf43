"""The public files in an object store: a follower that brings there what the press has baked into the folder.

    record/…        what is bound to its content: tiles, editions, files
    record/checkpoint                                   written only over the one that was seen: the commit point
    en/…/index.html, en/…/index.html.br, …              pages and lists, under the paths of their addresses
    search/…                                            the index that browsers ask: its parts, then what names them

In this order, so that a page never stands before its proof, and nothing is found that cannot be read. A tile that
differs is written over by nobody but who wrote the checkpoint that stands. Of two publishers who want to go on from one
checkpoint only one can write the next; the other stops with nothing of its own visible. Everything else, too, is
written only over what was seen there, so that a slow publisher does not put an older page over a newer one.

What is due is noted by the press (`Memory.note`) in its own transaction, before it writes; it is read here while the
press stands still (`Press.still`), so nothing is forgotten between the two, and bytes that are read together belong
together. A publication sends its own files and lists nothing. Only where the memory is lost, or somebody else has
published there, the store is listed once and compared.

Each text has its Brotli form beside it (`.br`, with the headers of the text and `content-encoding: br`), for a CDN
that chooses by Accept-Encoding. Erasure and removal take objects away; a bucket that keeps versions keeps them all the
same, so it must keep none.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import md5, sha256
from itertools import islice
from pathlib import Path
from typing import NamedTuple, Protocol

from communique.press.answer import manner
from communique.press.errors import PressError
from communique.press.follower import Press
from communique.press.shelf import BESIDE_BUILDS, COMPRESSED_ENDINGS
from communique.record.checkpoint import Checkpoint, parse_checkpoint
from communique.record.durable import alone
from communique.record.errors import Missing
from communique.record.reader import edition_path, file_path
from communique.record.reader_folder import FolderReader
from communique.record.tile import ENTRIES, tiles_written
from communique.record.tree import tree_root

CHECKPOINT = "record/checkpoint"
BESIDE_IT = ("record/log.vkey", "record/policy")
INDEX, NAMES, LAST_OF_PART = "search/index.json", "search/names.json", "head"
"""of the index that browsers ask: what names its parts, what is found by which name, and of each part that is a folder
the file that is sent last: where it lies, the part is whole"""
MEETINGS = 5
"""so often a part may be taken away while it is sent, by publications meanwhile"""
ALL = ""
"""noted in place of a path: a build was switched to"""
AT_ONCE = 16
BATCH_FILES = 64
BATCH_ENTRIES = 256
DUE_LIMIT = 4096
"""so many single files that are due are compared like a whole build"""


class Clash(Exception):
    """The object is not the one that was to be written over."""


class Object(NamedTuple):
    """An object as it lies in the store."""

    data: bytes
    etag: str


class Objects(Protocol):
    """What a store owes: each object whole or not there, and a write that is refused when another one came before."""

    place: str

    def get(self, path: str) -> Object | None:
        """An object; None where there is none. Raises Unreachable."""

    def put(self, path: str, data: bytes, headers: Mapping[str, str], etag: str | None) -> str:
        """Write over the object of this ETag, or where there is none for None; returns the new ETag. Raises Clash."""

    def remove(self, paths: Sequence[str]) -> None:
        """Take objects away; what is gone already is no fault."""

    def listed(self) -> Iterator[tuple[str, str]]:
        """(path, ETag) of everything."""

    def prove(self) -> None:
        """Raises unless conditions are kept."""


class Overtaken(PressError):
    """Somebody else publishes there, and is further or tells another story. Nothing was written over."""

    def __init__(self, place: str, what: str) -> None:
        super().__init__(what, place, "publish from one machine, or bring this one up to date with the other first")


class Memory:
    """What lies in the store, as far as we wrote it, and what has to be looked at: a file that may be deleted."""

    TABLES = """
    CREATE TABLE IF NOT EXISTS due (path TEXT PRIMARY KEY, number INTEGER NOT NULL);
    CREATE TABLE IF NOT EXISTS held (path TEXT PRIMARY KEY, sha BLOB, etag TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS place (store TEXT NOT NULL, size INTEGER NOT NULL);
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        db = sqlite3.connect(self._file, isolation_level=None, timeout=600)
        try:
            db.execute("PRAGMA synchronous=FULL")
            db.execute("PRAGMA secure_delete=ON")
            if not db.execute("SELECT COUNT(*) FROM sqlite_master WHERE name = 'place'").fetchone()[0]:
                db.executescript(f"BEGIN IMMEDIATE; {self.TABLES} COMMIT;")
            db.execute("BEGIN IMMEDIATE")
            yield db
            db.execute("COMMIT")
        finally:
            db.close()

    def note(self, paths: Iterable[str] | None) -> None:
        """These files of the site are about to change; None: all of them."""
        with self._open() as db:
            (number,) = db.execute("SELECT COALESCE(MAX(number), 0) + 1 FROM due").fetchone()
            rows = [(path, number + n) for n, path in enumerate([ALL] if paths is None else paths)]
            db.executemany("INSERT OR REPLACE INTO due VALUES (?,?)", rows)

    def due(self) -> tuple[bool, list[str], int]:
        """Whether a whole build has to be looked at, what else was noted, in order, and the last number."""
        with self._open() as db:
            many = db.execute("SELECT COUNT(*) > ? OR COALESCE(MAX(path = ?), 0) FROM due", (DUE_LIMIT, ALL))
            whole = bool(many.fetchone()[0])
            which = "path LIKE 'record/%'" if whole else "TRUE"
            found = db.execute(f"SELECT path FROM due WHERE {which} ORDER BY number").fetchall()  # noqa: S608 - ours
            (last,) = db.execute("SELECT COALESCE(MAX(number), 0) FROM due").fetchone()
        return whole, [path for (path,) in found], last

    def done(self, number: int) -> None:
        """What was noted up to this number lies in the store."""
        with self._open() as db:
            db.execute("DELETE FROM due WHERE number <= ?", (number,))

    def size(self, store: str) -> int:
        """How many entries of the record this store has by our doing; 0 where nothing is known of it."""
        with self._open() as db:
            found = db.execute("SELECT size FROM place WHERE store = ?", (store,)).fetchone()
        return found[0] if found else 0

    def swapped(self, store: str, size: int) -> None:
        """Its checkpoint is ours now."""
        with self._open() as db:
            db.execute("DELETE FROM place")
            db.execute("INSERT INTO place VALUES (?,?)", (store, size))

    def learn(self, listed: Iterable[tuple[str, str]]) -> None:
        """Forget what we know, and take what lies there; everything has to be looked at."""
        with self._open() as db:
            db.execute("DELETE FROM place")
            db.execute("DELETE FROM held")
            db.executemany("INSERT OR REPLACE INTO held VALUES (?, NULL, ?)", listed)
            db.execute("INSERT OR REPLACE INTO due SELECT ?, COALESCE(MAX(number), 0) + 1 FROM due", (ALL,))

    def held(self, paths: Iterable[str]) -> dict[str, tuple[bytes | None, str]]:
        """path -> (hash, ETag) of those of these paths that lie there."""
        with self._open() as db:
            rows = (
                (path, db.execute("SELECT sha, etag FROM held WHERE path = ?", (path,)).fetchone()) for path in paths
            )
            return {path: row for path, row in rows if row}

    def held_after(self, path: str) -> list[str]:
        """The next paths that lie there, in their order."""
        with self._open() as db:
            return [
                one for (one,) in db.execute("SELECT path FROM held WHERE path > ? ORDER BY path LIMIT 1000", (path,))
            ]

    def named(self, folder: str) -> list[str]:
        """What lies in a folder: the names of files and of folders, without reading what lies below these."""
        found, last, end = [], f"{folder}/", f"{folder}0"
        with self._open() as db:
            while path := db.execute("SELECT MIN(path) FROM held WHERE path >= ? AND path < ?", (last, end)).fetchone()[
                0
            ]:
                name, below, _ = path.removeprefix(f"{folder}/").partition("/")
                found.append(name)
                last = f"{folder}/{name}0" if below else f"{path}\0"
        return found

    def below(self, path: str) -> list[str]:
        """A path that lies there, or the next of those below it."""
        with self._open() as db:
            rows = db.execute(
                "SELECT path FROM held WHERE path = ? OR (path > ? AND path < ?) LIMIT 1000",
                (path, f"{path}/", f"{path}0"),
            )
            return [one for (one,) in rows]

    def keep(self, put: Iterable[tuple[str, bytes, str]], gone: Iterable[str] = ()) -> None:
        """These lie there now, and these no more."""
        with self._open() as db:
            db.executemany("INSERT OR REPLACE INTO held VALUES (?,?,?)", put)
            db.executemany("DELETE FROM held WHERE path = ?", ((path,) for path in gone))


@dataclass
class Store:
    """The follower. `press` is the one whose folder is followed, with `memory.note` as its `noted`."""

    objects: Objects
    press: Press
    memory: Memory
    lock: Path
    observe: Callable[[str], None] = lambda _step: None
    sent: list[str] = field(default_factory=list)
    """the objects that the last `catch_up` wrote or removed"""

    def catch_up(self) -> None:
        """Bring the store up to what the folder shows. Raises Unreachable, Overtaken and what else stops the press."""
        self.sent = []
        with alone(self.lock):
            if self._is_done():
                return
            seen = self._seen()
            while True:
                with self.press.still():
                    whole, paths, number = self.memory.due()
                    files, here = self._read(_with_forms(paths)), self._here()
                if here is None:
                    return
                seen = self._bring_record(here, seen)
                if not whole and not paths:
                    self._bring_search(seen)
                    return
                if whole:
                    seen = self._bring_all(seen)
                self._bring(files, seen)
                self.memory.done(number)

    # ------------------------------------------------------------------ whose turn it is

    def _is_done(self) -> bool:
        """Whether all we have lies there by our doing: then nobody is asked."""
        whole, paths, _ = self.memory.due()
        here = self._here()
        if whole or paths or here is None or self.memory.size(self.objects.place) != here.size:
            return False
        return self._is_held(CHECKPOINT, here.data) and self._is_held(INDEX, self._read([INDEX])[INDEX])

    def _seen(self) -> Object | None:
        """The store's checkpoint, which ours must continue. Where it is another's, the store is listed anew.

        Raises Overtaken when it is ahead of ours, or of another record.
        """
        found, here = self.objects.get(CHECKPOINT), self._here()
        if here is None:
            return found
        known = self.memory.held([CHECKPOINT]).get(CHECKPOINT)
        if found is None and self.memory.size(self.objects.place) == 0:
            self.objects.prove()
        elif found and known and known[1] == found.etag and self.memory.size(self.objects.place):
            return found
        if found:
            self._check_continued(parse_checkpoint(found.data, f"{self.objects.place}, {CHECKPOINT}"), here)
        self.memory.learn(self.objects.listed())
        return found

    def _check_continued(self, theirs: Checkpoint, here: Checkpoint) -> None:
        if theirs.origin != here.origin:
            raise Overtaken(self.objects.place, f"has the record {theirs.origin}, and here is {here.origin}")
        if theirs.size > here.size:
            raise Overtaken(self.objects.place, f"has {theirs.size} entries of the record, and here are {here.size}")
        reader = FolderReader(self._record)
        if theirs.size and tree_root(theirs.size, reader.subtree(here.size)) != theirs.root:
            raise Overtaken(self.objects.place, f"has another record of {theirs.size} entries")

    def _require_turn(self, seen: Object | None) -> None:
        """Raises Overtaken when the store's checkpoint is not the one that we wrote or saw."""
        now = self.objects.get(CHECKPOINT)
        if (now and now.etag) != (seen and seen.etag):
            raise Overtaken(self.objects.place, "was published to by somebody else meanwhile")

    # ------------------------------------------------------------------ the record

    @property
    def _record(self) -> Path:
        return self.press.public / "record"

    def _here(self) -> Checkpoint | None:
        try:
            return FolderReader(self._record).checkpoint
        except Missing:
            return None

    def _bring_record(self, here: Checkpoint, seen: Object | None) -> Object | None:
        """What the entries need that the store has not, then the checkpoint over the one that was seen."""
        if seen and seen.data == here.data and self.memory.size(self.objects.place) == here.size:
            return seen
        for paths in self._record_paths(self.memory.size(self.objects.place), here.size):
            self._put_all(self._read(paths), seen)
        self._put_all(self._read(BESIDE_IT), seen)
        self.observe("checkpoint")
        try:
            etag = self.objects.put(CHECKPOINT, here.data, _headers(CHECKPOINT), seen.etag if seen else None)
        except Clash:
            now = self.objects.get(CHECKPOINT)
            if now is None or now.data != here.data:  # else it was our own, asked twice
                raise Overtaken(self.objects.place, "was published to by somebody else meanwhile") from None
            etag = now.etag
        self.memory.keep([(CHECKPOINT, sha256(here.data).digest(), etag)])
        self.memory.swapped(self.objects.place, here.size)
        self.sent.append(CHECKPOINT)
        return Object(here.data, etag)

    def _record_paths(self, start: int, stop: int) -> Iterator[list[str]]:
        """What the entries from `start` to `stop` need, the newest bundle first and alone: of two publishers with two
        stories of one length the second stops there."""
        reader = FolderReader(self._record)
        bundles = [tile for tile in tiles_written(start, stop) if tile.level == ENTRIES]
        yield [f"record/{tile.path}" for tile in bundles[-1:]]
        for first in range(start, stop, BATCH_ENTRIES):
            paths = []
            for entry in reader.entries(first, min(stop, first + BATCH_ENTRIES)):
                edition = reader.edition(entry)
                paths += [edition_path(entry.body), *map(file_path, edition.files)]
            yield [f"record/{path}" for path in paths]
        tiles = iter(tiles_written(start, stop))
        while some := list(islice(tiles, BATCH_FILES)):
            yield [f"record/{tile.path}" for tile in some]

    # ------------------------------------------------------------------ the site

    @property
    def _site(self) -> Path:
        return self.press.public / "site"

    def _read(self, paths: Iterable[str]) -> dict[str, bytes | None]:
        """The bytes of public files; None for those that are not there."""
        found: dict[str, bytes | None] = {}
        for path in paths:
            try:
                found[path] = self._file(path).read_bytes()
            except (FileNotFoundError, NotADirectoryError):
                found[path] = None
        return found

    def _bring(self, files: Mapping[str, bytes | None], seen: Object | None) -> None:
        """First what is new, then what changes, as the press had it; last what goes."""
        held = self.memory.held(files)
        there = {path: data for path, data in files.items() if data is not None}
        for new in (True, False):  # one after the other: a list that is new, too, names pages that are new
            self._put_all({path: data for path, data in there.items() if (path not in held) == new}, seen, at_once=1)
        self._remove([path for path, data in files.items() if data is None and path in held], seen)

    def _bring_all(self, seen: Object | None) -> Object | None:
        """A whole build: what is new, what differs, what is there too many."""
        for new in (True, False):
            paths = self._walked()
            while some := list(islice(paths, BATCH_FILES)):
                held = self.memory.held(some)
                chosen = [path for path in some if (path not in held) == new]
                with self.press.still():
                    files, here = self._read(chosen), self._here()
                seen = self._bring_record(here, seen) if here else seen
                self._put_all(files, seen)
        last = ""
        while some := self.memory.held_after(last):
            last = some[-1]
            with self.press.still():
                gone = [path for path in some if not self._file(path).is_file()]
            self._remove(gone, seen)
        return seen

    def _file(self, path: str) -> Path:
        return (self.press.public if path.partition("/")[0] in BESIDE_BUILDS else self._site) / path

    def _walked(self) -> Iterator[str]:
        """All files of the live build, what lies deeper first: whoever comes by the front door finds what it names."""
        site = self._site.resolve()
        for folder, _, names in os.walk(site, topdown=False):
            below = Path(folder).relative_to(site).as_posix()
            yield from (name if below == "." else f"{below}/{name}" for name in sorted(names))
        yield from (
            path for path in ("record/index.html", "record/index.html.br") if (self.press.public / path).is_file()
        )

    # ------------------------------------------------------------------ the index that browsers ask

    def _bring_search(self, seen: Object | None) -> None:
        """The index as it stands. Each of its parts has a name of its own and never changes, so none is sent twice.

        Who takes in the next entry takes the last part away meanwhile: then it is the next index that is brought.
        """
        for _ in range(MEETINGS):
            index = self._read([INDEX])[INDEX]
            if index is None or self._is_held(INDEX, index):
                return
            with suppress(FileNotFoundError, NotADirectoryError):
                self._bring_index(index, seen)

    def _bring_index(self, index: bytes, seen: Object | None) -> None:
        content = json.loads(index)
        named = [*(folder for _, _, folder, _ in content["segments"]), content["tail"][1]]
        for name in named:
            for some in self._due_of(f"search/{name}"):
                self._put_all({path: self._file(path).read_bytes() for path in some}, seen)
        self._put_all({NAMES: self._file(NAMES).read_bytes()}, seen)
        self._put_all({INDEX: index}, seen)
        for name in self.memory.named("search"):
            if f"search/{name}" not in (INDEX, NAMES) and name not in named:
                while some := self.memory.below(f"search/{name}"):
                    self._remove(some, seen)

    def _due_of(self, part: str) -> Iterator[list[str]]:
        """The files of a part, some at a time, unless it lies there whole."""
        folder = self._file(part)
        if not folder.is_dir():
            yield [part]
            return
        last = f"{part}/{LAST_OF_PART}"
        if self.memory.held([last]).get(last, (None,))[0] is None:
            inner = (path for path in sorted(folder.rglob("*")) if path.is_file() and path != folder / LAST_OF_PART)
            paths = (f"{part}/{path.relative_to(folder).as_posix()}" for path in inner)
            while some := list(islice(paths, BATCH_FILES)):
                yield some
            yield [last]

    def _is_held(self, path: str, data: bytes | None) -> bool:
        """Whether these bytes lie there, as far as we know."""
        return data is None or self.memory.held([path]).get(path, (None,))[0] == sha256(data).digest()

    # ------------------------------------------------------------------ objects

    def _put_all(self, files: Mapping[str, bytes | None], seen: Object | None, at_once: int = AT_ONCE) -> None:
        held = self.memory.held(files)

        def put(path: str, data: bytes) -> tuple[str, bytes, str] | None:
            sha, etag = held.get(path, (None, None))
            new = sha256(data).digest()
            if sha == new:
                return None
            if sha is None and etag == _etag(data):
                return path, new, etag
            self.sent.append(path)
            try:
                return path, new, self.objects.put(path, data, _headers(path), etag)
            except Clash:
                return path, new, self._put_over(path, data, seen)

        wanted = [(path, data) for path, data in files.items() if data is not None]
        with ThreadPoolExecutor(at_once) as pool:
            done = [one for one in pool.map(lambda item: put(*item), wanted) if one]
        self.memory.keep(done)

    def _put_over(self, path: str, data: bytes, seen: Object | None) -> str:
        """Something else lies there than we knew: our own from before a crash, or another's, whose turn is over."""
        for _ in range(3):
            now = self.objects.get(path)
            if now and now.data == data:
                return now.etag
            self._require_turn(seen)
            if path.startswith("record/tile/") and not self.memory.size(self.objects.place):
                raise Overtaken(self.objects.place, f"has another record's {path}")
            try:
                return self.objects.put(path, data, _headers(path), now.etag if now else None)
            except Clash:
                continue
        raise Overtaken(self.objects.place, f"is written to by somebody else ({path})")

    def _remove(self, paths: Sequence[str], seen: Object | None) -> None:
        if paths:
            self._require_turn(seen)
            self.objects.remove(paths)
            self.sent += paths
            self.memory.keep([], paths)


def _with_forms(paths: Iterable[str]) -> list[str]:
    """Each file with its Brotli form."""
    return [one for path in paths for one in (path, *([f"{path}.br"] if path.endswith(COMPRESSED_ENDINGS) else []))]


def _headers(path: str) -> dict[str, str]:
    """What the built-in server would send with it."""
    if path.endswith(".br"):
        return {**dict(manner(path.removesuffix(".br")).headers), "content-encoding": "br"}
    return dict(manner(path).headers)


def _etag(data: bytes) -> str:
    """What most stores give to an object that was written at once."""
    return f'"{md5(data, usedforsecurity=False).hexdigest()}"'
