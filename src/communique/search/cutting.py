"""The index that readers' browsers ask, as a follower: files that follow from the record, in segments written once.

    SEARCH/index.json           {"format": of the files, "size": entries,
                                "segments": [[entries, number, folder, languages], …],
                                "tail": [first entry, file, languages]}; languages as in heads
    SEARCH/names.json           how persons and sections are found and called, and the office's languages: {"persons":
                                [[id, address, {language: name}, merged into, [other name, …]], …],
                                "sections": [[id, [word, …]], …], "languages": [tag, …]}
    SEARCH/8192-0-0-c41d/…      a segment: a file for each part (`cut.py`), which never changes under this name
    SEARCH/tail-8192-8200-c41d  what follows the last segment up to there, all parts in one file; nor does this change

A publication writes the tail and index.json, and takes the old tail away. Segments are cut where `builds` says that
nobody waits; the tail holds what is in none of them yet. Where a version is removed or erased, the tail says at once
that its older editions are out of date, so no browser shows them; and the segments that have its words are cut anew,
under a name with the number of that entry, and the old ones are taken away. So what is there once all is done follows
from the record and the program alone, in whatever steps it was done.

New files come before index.json, old ones go after it: killed anywhere, it does the same again. A browser that finds a
file gone reads index.json once more. One lock lets one process at a time take entries in and write; another lets one
cut, and who publishes meanwhile does not wait for it.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import sqlite3
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from communique import __version__
from communique.edition import Edition
from communique.edition.language import STEMMERS
from communique.record.durable import Batch, empty, sync_disk, sync_folder, write_file
from communique.record.entry import Entry
from communique.record.reader import Reader
from communique.search import cut, names
from communique.search.cut import SIZES, Taken, bundle, segments_of
from communique.search.errors import IndexFault
from communique.search.turns import indexed

BATCH_ENTRIES = 4_096
TAKEN_BACK = ("remove", "erase")
TAIL_ENTRIES = 256
"""a longer tail is not written again by each publication"""
UNFINISHED, READY = ".cutting-", ".ready-"
INDEX, NAMES = "index.json", "names.json"
_TABLES = """
CREATE TABLE place (origin TEXT, position INTEGER, leaf TEXT, program TEXT, shown INTEGER, back INTEGER);
CREATE TABLE entry (idx INTEGER PRIMARY KEY, id TEXT NOT NULL, sort TEXT NOT NULL, back INTEGER NOT NULL);
CREATE INDEX entry_id ON entry (id, idx);
CREATE TABLE again (entries INTEGER, number INTEGER, by INTEGER, PRIMARY KEY (entries, number)) WITHOUT ROWID;
CREATE TABLE piece (id TEXT PRIMARY KEY, idx INTEGER NOT NULL, content TEXT NOT NULL);
CREATE TABLE segment (entries INTEGER, number INTEGER, folder TEXT, PRIMARY KEY (entries, number)) WITHOUT ROWID;
""" + ";\n".join(names.TABLES)


@dataclass
class Cutting:
    """Keeps the static index of one office in `folder`; `memory` is its own file. `reader` gives a fresh view."""

    reader: Callable[[], Reader]
    folder: Path
    memory: Path
    observe: Callable[[str], None] = lambda _step: None
    builds: bool = True
    program: str = ""
    until: int | None = None
    """segments are cut of no entry from this one on: the files as they were before the worker cut more"""

    def __post_init__(self) -> None:
        self.program = self.program or program()

    def catch_up(self) -> None:
        """Bring the files up to the record's last checkpoint. Raises IndexFault, OSError, what the reader does."""
        self._make_folders()
        try:
            self._catch_up()
        except sqlite3.OperationalError as error:
            raise IndexFault(self.memory, str(error)) from error
        except sqlite3.DatabaseError:  # everything in it follows from the record
            self._forget()
            self._catch_up()

    @property
    def is_behind(self) -> bool:
        """Whether there are files, and they show fewer entries than the record has, or are another program's."""
        try:
            shown = json.loads((self.folder / INDEX).read_bytes())
            return not is_of(self.folder, self.program) or bool(shown["size"] < self.reader().size())
        except (OSError, ValueError, TypeError, LookupError):
            return False

    def rebuild(self) -> None:
        """Forget all, and cut everything anew."""
        self._make_folders()
        self._forget()
        self.catch_up()

    def _make_folders(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.memory.parent.mkdir(parents=True, exist_ok=True)

    def _forget(self) -> None:
        with self._alone("keeping"):
            self.memory.unlink(missing_ok=True)
            for path in self.folder.glob("*-*"):
                if path.is_dir():
                    shutil.rmtree(path)

    def _catch_up(self) -> None:
        if not self.builds:
            self._keep_up()
            return
        with self._alone("cutting"):
            self._drop_unfinished()
            while missing := self._keep_up():
                for segment, folder in missing:
                    self._cut(segment, folder)

    def _keep_up(self) -> list[tuple[tuple[int, int], str]]:
        """Take in what is new, and write what shows it; which segments have to be cut first where that is done, too."""
        with self._alone("keeping"), self._memory() as (db, reader):
            if reader is None:
                return []
            while self._take_in(db, reader):
                pass
            segments = self._there(db)
            if self.builds:
                known, segments = segments, self._wanted(db)
                missing = [(one, name) for one, name in segments.items() if known.get(one) != name or self._lost(name)]
                missing = [(one, name) for one, name in missing if not self._ready(name).is_dir()]
                if missing:
                    return missing
            elif any(map(self._lost, segments.values())):  # somebody took files away: whoever cuts mends that
                return []
            if self._is_due(db, segments):
                self._write(db, reader, segments)
            return []

    # ------------------------------------------------------------------ memory

    @contextmanager
    def _memory(self) -> Iterator[tuple[sqlite3.Connection, Reader | None]]:
        """The memory with a view of the record, emptied where it is of another record or program.

        Where somebody waits that is left to whoever cuts, and there is no view: the files go on as they are.
        """
        empty(self._spool)
        reader = self.reader()
        db = sqlite3.connect(self.memory, isolation_level=None, timeout=60)
        try:
            db.execute("PRAGMA synchronous=FULL")
            db.execute("PRAGMA secure_delete=ON")
            known = db.execute("SELECT name FROM sqlite_master WHERE name = 'place'").fetchone()
            row = db.execute("SELECT origin, position, leaf, program FROM place").fetchone() if known else None
            ours = row and row[0] == reader.origin and row[3] == self.program and _continues(reader, row[1], row[2])
            if not ours and self.builds:
                self._empty(db, reader.origin)
            yield db, reader if ours or self.builds else None
        finally:
            db.close()
            with suppress(OSError):
                self._spool.rmdir()

    def _empty(self, db: sqlite3.Connection, origin: str) -> None:
        db.execute("BEGIN IMMEDIATE")
        for name in ("place", "entry", "again", "piece", "segment", "name", "borne"):
            db.execute(f"DROP TABLE IF EXISTS {name}")
        for statement in _TABLES.strip().split(";"):
            db.execute(statement)
        db.execute("INSERT INTO place VALUES (?, 0, '', ?, -1, 0)", (origin, self.program))
        db.execute("COMMIT")

    def _take_in(self, db: sqlite3.Connection, reader: Reader) -> bool:
        start, size = self._one(db, "SELECT position FROM place"), reader.size()
        if start >= size:
            return False
        db.execute("BEGIN IMMEDIATE")
        leaf, back = "", False
        for entry in reader.entries(start, min(size, start + BATCH_ENTRIES)):
            self._enter(db, reader, entry)
            start, leaf, back = entry.index + 1, entry.leaf.hex(), back or entry.kind in TAKEN_BACK
        db.execute("UPDATE place SET position = ?, leaf = ?, back = back OR ?", (start, leaf, back))
        db.execute("COMMIT")
        return True

    def _enter(self, db: sqlite3.Connection, reader: Reader, entry: Entry) -> None:
        edition = reader.edition(entry)
        sort = edition.manifest.get("type", "")
        back = entry.kind in TAKEN_BACK
        db.execute("INSERT OR REPLACE INTO entry VALUES (?,?,?,?)", (entry.index, entry.id, sort, back))
        if sort == "furniture" and edition.content["piece"] in ("person", "section", "office"):
            content = json.dumps(_names_of(edition), ensure_ascii=False)
            db.execute("INSERT OR REPLACE INTO piece VALUES (?,?,?)", (entry.id, entry.index, content))
            for one in self._before(db, reader, entry) if back else ():  # what the law took of them is gone from each
                names.bear(db, one.index, names.given(one.id, reader.edition(one).content))
            names.bear(db, entry.index, names.given(entry.id, edition.content))
        if sort == "message":
            (first,) = db.execute("SELECT MIN(idx) FROM entry WHERE id = ?", (entry.id,)).fetchone()
            is_found = indexed(first, edition.content) is not None
            names.bear(db, first, names.printed(edition.content) if is_found else set())
        if sort == "message" and back:
            earlier = db.execute("SELECT idx FROM entry WHERE id = ? AND idx < ?", (entry.id, entry.index)).fetchall()
            cut_already = {
                (entries, index // entries, entry.index)
                for (index,) in earlier
                for entries in SIZES
                if (index // entries + 1) * entries <= entry.index
            }
            db.executemany("INSERT OR REPLACE INTO again VALUES (?,?,?)", sorted(cut_already))

    def _before(self, db: sqlite3.Connection, reader: Reader, entry: Entry) -> Iterator[Entry]:
        """The entries of an id before this one."""
        earlier = db.execute("SELECT idx FROM entry WHERE id = ? AND idx < ?", (entry.id, entry.index)).fetchall()
        for (index,) in earlier:
            yield from reader.entries(index, index + 1)

    # ------------------------------------------------------------------ files

    def _is_due(self, db: sqlite3.Connection, segments: dict[tuple[int, int], str]) -> bool:
        """Whether index.json shows less. A tail that grew long waits for segments, unless something was taken back."""
        position, shown, back = db.execute("SELECT position, shown, back FROM place").fetchone()
        whole = (self.folder / INDEX).is_file() and not any(map(self._lost, segments.values()))
        if whole and (position, segments) == (shown, self._there(db)):
            return False
        return self.builds or back or position - _end(segments) <= TAIL_ENTRIES

    def _wanted(self, db: sqlite3.Connection) -> dict[tuple[int, int], str]:
        """The segments that there should be, and in which folders."""
        again = {(entries, number): by for entries, number, by in db.execute("SELECT * FROM again")}
        tag = _tag(self.program)
        position = self._one(db, "SELECT position FROM place")
        segments = segments_of(position if self.until is None else min(self.until, position))
        return {(size, number): f"{size}-{number}-{again.get((size, number), 0)}-{tag}" for size, number in segments}

    def _there(self, db: sqlite3.Connection) -> dict[tuple[int, int], str]:
        found = db.execute("SELECT entries, number, folder FROM segment ORDER BY entries DESC, number").fetchall()
        return {(entries, number): folder for entries, number, folder in found}

    def _write(self, db: sqlite3.Connection, reader: Reader, segments: dict[tuple[int, int], str]) -> None:
        """Show the record as it was taken in, with these segments: they get their names, the rest is the tail."""
        size, end = self._one(db, "SELECT position FROM place"), _end(segments)
        for folder in segments.values():
            if (ready := self._ready(folder)).is_dir():
                shutil.rmtree(self.folder / folder, ignore_errors=True)  # what a crash or another record left
                os.replace(ready, self.folder / folder)
        sync_folder(self.folder)
        batch = Batch(self._spool)
        tail = f"tail-{end}-{size}-{_tag(self.program)}"
        parts = self._parts(db, reader, end, size, 1)
        batch.write(self.folder / tail, bundle(parts))
        batch.settle()
        self.observe("7 words")
        listed = [
            [entries, number, folder, _languages((self.folder / folder / "head").read_bytes())]
            for (entries, number), folder in segments.items()
        ]
        index = {"format": cut.FORMAT, "size": size, "segments": listed, "tail": [end, tail, _languages(parts["head"])]}
        batch.write(self.folder / NAMES, _json(self._names(db)))
        batch.write(self.folder / INDEX, _json(index))
        batch.settle()
        db.execute("BEGIN IMMEDIATE")
        db.execute("DELETE FROM segment")
        db.executemany("INSERT INTO segment VALUES (?,?,?)", [(*one, folder) for one, folder in segments.items()])
        db.execute("UPDATE place SET shown = ?, back = 0", (size,))
        db.execute("COMMIT")
        self.observe("7 words indexed")
        self._drop({INDEX, NAMES, tail, *segments.values()})

    def _cut(self, segment: tuple[int, int], folder: str) -> None:
        """Cut a segment; it waits, whole and hidden, until index.json names it. Publications go on meanwhile."""
        self.observe("9 cutting")
        entries, number = segment
        start = entries * number
        db = sqlite3.connect(self.memory, isolation_level=None, timeout=60)
        try:
            parts = self._parts(db, self.reader(), start, start + entries, entries)
        finally:
            db.close()
        new = self.folder / f"{UNFINISHED}{folder}"
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir()
        for name, data in parts.items():
            path = new / name
            path.parent.mkdir(exist_ok=True)
            write_file(path, data)
        sync_disk(new)
        os.replace(new, self._ready(folder))

    def _lost(self, folder: str) -> bool:
        return not (self.folder / folder).is_dir()

    def _ready(self, folder: str) -> Path:
        return self.folder / f"{READY}{folder}"

    def _drop_unfinished(self) -> None:
        """Take away what a killed process or an older program left half done, or ready and not wanted any more."""
        for path in (*self.folder.glob(f"{UNFINISHED}*"), *self.folder.glob(f"{READY}*")):
            shutil.rmtree(path)

    def _drop(self, kept: set[str]) -> None:
        """Take away what index.json does not name; what is hidden is somebody's work."""
        for path in self.folder.iterdir():
            if path.name not in kept and not path.name.startswith("."):
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    def _parts(self, db: sqlite3.Connection, reader: Reader, start: int, end: int, shards: int) -> cut.Parts:
        return cut.cut(start, self._taken(db, reader, start, end), self._replaced(db, start, end), shards)

    def _taken(self, db: sqlite3.Connection, reader: Reader, start: int, end: int) -> Iterator[Taken]:
        """What these entries say of messages: of each version the newest, if nothing took it back since."""
        rows = db.execute(
            "SELECT MAX(e.idx), (SELECT MIN(idx) FROM entry WHERE id = e.id) FROM entry e"
            " WHERE e.idx >= ? AND e.idx < ? AND e.sort = 'message' AND NOT EXISTS"
            " (SELECT 1 FROM entry o WHERE o.id = e.id AND o.back AND o.idx > e.idx) GROUP BY e.id",
            (start, end),
        ).fetchall()
        firsts = dict(rows)
        for entry in reader.entries(start, end):
            if entry.index in firsts:
                content = reader.edition(entry).content
                version = indexed(firsts[entry.index], content)
                if version is not None:
                    yield Taken(entry.index, version, content["address"], _printed(content))

    def _replaced(self, db: sqlite3.Connection, start: int, end: int) -> list[int]:
        """Entries before these that they make out of date."""
        found = db.execute(
            "SELECT DISTINCT (SELECT MAX(idx) FROM entry WHERE id = e.id AND idx < ?) FROM entry e"
            " WHERE e.idx >= ? AND e.idx < ? AND e.sort = 'message' ORDER BY 1",
            (start, start, end),
        )
        return [index for (index,) in found if index is not None]

    def _names(self, db: sqlite3.Connection) -> dict[str, Any]:
        """What furniture says of names, in the order of its first entries."""
        found: dict[str, Any] = {"languages": [], "persons": [], "sections": []}
        called = names.all_names(db)
        for id_, content in db.execute("SELECT id, content FROM piece ORDER BY id"):
            one = json.loads(content)
            if one["piece"] == "office":
                found["languages"] = one["languages"]
            elif one["piece"] == "person":
                before = [name for name in called.get(id_, ()) if name not in one["name"].values()]
                found["persons"].append([id_, one["address"], one["name"], one["merged"], before])
            else:
                found["sections"].append([id_, one["word"]])
        return found

    @property
    def _spool(self) -> Path:
        return self.folder / ".making"

    @contextmanager
    def _alone(self, what: str) -> Iterator[None]:
        """Be the only process that does this; the system ends it with the process."""
        with self.memory.with_name(f"{self.memory.name}.{what}").open("wb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _one(self, db: sqlite3.Connection, query: str) -> Any:
        return db.execute(query).fetchone()[0]


@lru_cache(maxsize=1)
def program() -> str:
    """What the bytes of the files depend on beside the record: the form, the analysis of words, its packages."""
    here = Path(__file__).parent
    rules = sha256(
        b"".join((here / name).read_bytes() for name in ("cut.py", "cutting.py", "names.py", "turns.py", "words.py"))
    )
    rules.update(json.dumps(STEMMERS).encode())
    parts = (__version__, cut.FORMAT, version("pystemmer"), unicodedata.unidata_version, rules.hexdigest()[:16])
    return " ".join(map(str, parts))


def is_of(folder: Path, program: str) -> bool:
    """Whether these are files of that program."""
    return bool(list(folder.glob(f"tail-*-{_tag(program)}")))


def _end(segments: Mapping[tuple[int, int], str]) -> int:
    """The first entry that is in none of them."""
    return max(((number + 1) * entries for entries, number in segments), default=0)


def _tag(program: str) -> str:
    return sha256(program.encode()).hexdigest()[:6]


def _languages(head: bytes) -> Any:
    return json.loads(head)["languages"]


def _names_of(edition: Edition) -> dict[str, Any]:
    content = edition.content
    kept = {"piece": content["piece"], "name": content.get("name") or {}, "merged": content.get("merged")}
    return {
        **kept,
        "address": content.get("address"),
        "word": sorted((content.get("word") or {}).values()) if content["piece"] == "section" else [],
        "languages": content.get("languages", []),
    }


def _printed(content: Mapping[str, Any]) -> dict[str, str]:
    """Names as printed of those without a person's page, by what the index calls them."""
    return {term: name for term, name, person in sorted(names.printed(content)) if not person}


def _continues(reader: Reader, position: int, leaf: str) -> bool:
    if position > reader.size():
        return False
    return position == 0 or next(reader.entries(position - 1, position)).leaf.hex() == leaf


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
