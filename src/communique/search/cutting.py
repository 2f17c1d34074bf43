"""The index that readers' browsers ask, as a follower: files that follow from the record, in segments written once.

    SEARCH/index.json           {"size": entries, "segments": [[entries, number, folder, languages], …],
                                "tail": [first entry, file, languages]}; languages as in heads
    SEARCH/names.json           how persons and sections are found and called, and the office's languages
    SEARCH/8192-0-0-c41d/…      a segment: a file for each part (`cut.py`), which never changes under this name
    SEARCH/tail-8200-c41d       what follows the last segment, all parts in one file

A publication writes the tail and index.json, and takes the old tail away. Segments are cut where `builds` says that
nobody waits; the tail holds what is in none of them yet. Where a version is removed or erased, the tail says at once
that its older editions are out of date, so no browser shows them; and the segments that have its words are cut anew,
under a name with the number of that entry, and the old ones are taken away. So what is there once all is done follows
from the record and the program alone, in whatever steps it was done.

New files come before index.json, old ones go after it: killed anywhere, it does the same again. A browser that finds a
file gone reads index.json once more.
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
from communique.record.durable import Batch, empty, sync_disk, sync_folder, write_file
from communique.record.entry import Entry
from communique.record.reader import Reader
from communique.search import cut
from communique.search.cut import SIZES, Taken, bundle, segments_of
from communique.search.turns import indexed, name_term

BATCH_ENTRIES = 4_096
TAKEN_BACK = ("remove", "erase")
INDEX, NAMES = "index.json", "names.json"
_TABLES = """
CREATE TABLE place (origin TEXT, position INTEGER, leaf TEXT, program TEXT);
CREATE TABLE entry (idx INTEGER PRIMARY KEY, id TEXT NOT NULL, sort TEXT NOT NULL, back INTEGER NOT NULL);
CREATE INDEX entry_id ON entry (id, idx);
CREATE TABLE again (entries INTEGER, number INTEGER, by INTEGER, PRIMARY KEY (entries, number)) WITHOUT ROWID;
CREATE TABLE piece (id TEXT PRIMARY KEY, idx INTEGER NOT NULL, content TEXT NOT NULL);
CREATE TABLE segment (entries INTEGER, number INTEGER, folder TEXT, PRIMARY KEY (entries, number)) WITHOUT ROWID;
"""


@dataclass
class Cutting:
    """Keeps the static index of one office in `folder`; `memory` is its own file. `reader` gives a fresh view."""

    reader: Callable[[], Reader]
    folder: Path
    memory: Path
    observe: Callable[[str], None] = lambda _step: None
    builds: bool = True
    program: str = ""

    def __post_init__(self) -> None:
        self.program = self.program or program()

    def catch_up(self) -> None:
        """Bring the files up to the record's last checkpoint. Raises what the reader raises, and OSError."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._alone():
            try:
                self._catch_up()
            except sqlite3.DatabaseError:  # everything in it follows from the record
                self.memory.unlink(missing_ok=True)
                self._catch_up()

    def rebuild(self) -> None:
        """Forget all, and cut everything anew."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._alone():
            self.memory.unlink(missing_ok=True)
            for path in self.folder.iterdir():
                if path.is_dir():
                    shutil.rmtree(path)
            self._catch_up()

    def _catch_up(self) -> None:
        empty(self._spool)
        reader = self.reader()
        db = self._memory(reader)
        try:
            before = self._one(db, "SELECT position FROM place")
            while self._take_in(db, reader):
                pass
            due = before < reader.size() or not (self.folder / INDEX).is_file() or (self.builds and self._is_due(db))
            if due:
                self._write(db, reader)
        finally:
            db.close()
            with suppress(OSError):
                self._spool.rmdir()

    # ------------------------------------------------------------------ memory

    def _memory(self, reader: Reader) -> sqlite3.Connection:
        """The memory, emptied where it is of another record or program."""
        db = sqlite3.connect(self.memory, isolation_level=None, timeout=60)
        db.execute("PRAGMA synchronous=FULL")
        db.execute("PRAGMA secure_delete=ON")
        known = db.execute("SELECT name FROM sqlite_master WHERE name = 'place'").fetchone()
        row = db.execute("SELECT origin, position, leaf, program FROM place").fetchone() if known else None
        if row and row[0] == reader.origin and row[3] == self.program and _continues(reader, row[1], row[2]):
            return db
        db.execute("BEGIN IMMEDIATE")
        for name in ("place", "entry", "again", "piece", "segment"):
            db.execute(f"DROP TABLE IF EXISTS {name}")
        for statement in _TABLES.strip().split(";"):
            db.execute(statement)
        db.execute("INSERT INTO place VALUES (?, 0, '', ?)", (reader.origin, self.program))
        db.execute("COMMIT")
        return db

    def _take_in(self, db: sqlite3.Connection, reader: Reader) -> bool:
        start, size = self._one(db, "SELECT position FROM place"), reader.size()
        if start >= size:
            return False
        db.execute("BEGIN IMMEDIATE")
        leaf = ""
        for entry in reader.entries(start, min(size, start + BATCH_ENTRIES)):
            self._enter(db, reader, entry)
            start, leaf = entry.index + 1, entry.leaf.hex()
        db.execute("UPDATE place SET position = ?, leaf = ?", (start, leaf))
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
        if sort == "message" and back:
            earlier = db.execute("SELECT idx FROM entry WHERE id = ? AND idx < ?", (entry.id, entry.index)).fetchall()
            cut_already = {
                (entries, index // entries, entry.index)
                for (index,) in earlier
                for entries in SIZES
                if (index // entries + 1) * entries <= entry.index
            }
            db.executemany("INSERT OR REPLACE INTO again VALUES (?,?,?)", sorted(cut_already))

    # ------------------------------------------------------------------ files

    def _is_due(self, db: sqlite3.Connection) -> bool:
        return self._wanted(db) != self._there(db)

    def _wanted(self, db: sqlite3.Connection) -> dict[tuple[int, int], str]:
        """The segments that there should be, and in which folders."""
        again = {(entries, number): by for entries, number, by in db.execute("SELECT * FROM again")}
        tag = _tag(self.program)
        segments = segments_of(self._one(db, "SELECT position FROM place"))
        return {(size, number): f"{size}-{number}-{again.get((size, number), 0)}-{tag}" for size, number in segments}

    def _there(self, db: sqlite3.Connection) -> dict[tuple[int, int], str]:
        found = db.execute("SELECT entries, number, folder FROM segment ORDER BY entries DESC, number").fetchall()
        return {(entries, number): folder for entries, number, folder in found}

    def _write(self, db: sqlite3.Connection, reader: Reader) -> None:
        size = self._one(db, "SELECT position FROM place")
        segments = self._there(db)
        if self.builds:
            known, segments = segments, self._wanted(db)
            for (entries, number), folder in segments.items():
                if known.get((entries, number)) != folder or not (self.folder / folder).is_dir():
                    self._cut(db, reader, entries, number, folder)
        end = max(((number + 1) * entries for entries, number in segments), default=0)
        batch = Batch(self._spool)
        tail = f"tail-{size}-{_tag(self.program)}"
        parts = self._parts(db, reader, end, size, 1)
        batch.write(self.folder / tail, bundle(parts))
        batch.settle()
        self.observe("7 words")
        listed = [
            [entries, number, folder, _languages((self.folder / folder / "head").read_bytes())]
            for (entries, number), folder in segments.items()
        ]
        index = {"size": size, "segments": listed, "tail": [end, tail, _languages(parts["head"])]}
        batch.write(self.folder / NAMES, _json(self._names(db)))
        batch.write(self.folder / INDEX, _json(index))
        batch.settle()
        db.execute("BEGIN IMMEDIATE")
        db.execute("DELETE FROM segment")
        db.executemany("INSERT INTO segment VALUES (?,?,?)", [(*one, folder) for one, folder in segments.items()])
        db.execute("COMMIT")
        self.observe("7 words indexed")
        self._drop({INDEX, NAMES, tail, *segments.values()})

    def _cut(self, db: sqlite3.Connection, reader: Reader, entries: int, number: int, folder: str) -> None:
        """Write a segment beside the others, and give it its name when it is whole."""
        self.observe("9 cutting")
        new = self.folder / f".{folder}"
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir()
        start = entries * number
        for name, data in self._parts(db, reader, start, start + entries, entries).items():
            path = new / name
            path.parent.mkdir(exist_ok=True)
            write_file(path, data)
        sync_disk(new)
        shutil.rmtree(self.folder / folder, ignore_errors=True)  # what a crash or another record left
        os.replace(new, self.folder / folder)
        sync_folder(self.folder)

    def _drop(self, kept: set[str]) -> None:
        """Take away what index.json does not name."""
        for path in self.folder.iterdir():
            if path.name not in kept and path != self._spool:
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
        for id_, content in db.execute("SELECT id, content FROM piece ORDER BY id"):
            one = json.loads(content)
            if one["piece"] == "office":
                found["languages"] = one["languages"]
            elif one["piece"] == "person":
                found["persons"].append([id_, one["address"], one["name"], one["merged"]])
            else:
                found["sections"].append([id_, one["word"]])
        return found

    @property
    def _spool(self) -> Path:
        return self.folder / ".making"

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self.memory.parent.mkdir(parents=True, exist_ok=True)
        with self.memory.with_name(f"{self.memory.name}.lock").open("wb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _one(self, db: sqlite3.Connection, query: str) -> Any:
        return db.execute(query).fetchone()[0]


@lru_cache(maxsize=1)
def program() -> str:
    """What the bytes of the files depend on beside the record: the form, the analysis of words, its packages."""
    here = Path(__file__).parent
    rules = sha256(b"".join((here / name).read_bytes() for name in ("cut.py", "cutting.py", "turns.py", "words.py")))
    parts = (__version__, cut.FORMAT, version("snowballstemmer"), unicodedata.unidata_version, rules.hexdigest()[:16])
    return " ".join(map(str, parts))


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
    speakers = [one["name"] for one in content.get("speakers", ()) if one.get("name") and not one.get("person")]
    asking = [turn["questioner"] for turn in content.get("turns", ()) if turn.get("questioner")]
    return {name_term(one): one for one in (*asking, *speakers)}


def _continues(reader: Reader, position: int, leaf: str) -> bool:
    if position > reader.size():
        return False
    return position == 0 or next(reader.entries(position - 1, position)).leaf.hex() == leaf


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
