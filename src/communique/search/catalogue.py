"""What an index has to remember beside its words, in one SQLite file in its folder.

    place     which record, how far it was taken in and of which instants, whether words have to be gone from the bytes
    version   index of its first entry -> id, the edition that is indexed, instants of its first and its last entry
    person    id -> name in addresses, names, whom she is merged into
    section   id -> its names and its words in addresses
    office    the office's languages
    name, borne   which names somebody bore, and where (`names.py`)

It is read by every process that answers. The position is written after the engine has settled: a crash between the two
does the same work again, with the same result.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from communique.edition import Edition
from communique.edition.furniture import end_of_merging
from communique.record.entry import Entry
from communique.search import names
from communique.search.turns import Content, name_term

FORMAT = 5
FILE = "catalogue.sqlite3"
_TABLES = f"""
CREATE TABLE place (origin TEXT, position INTEGER, leaf TEXT, stale INTEGER, since TEXT, at TEXT);
CREATE TABLE version (idx INTEGER PRIMARY KEY, id TEXT UNIQUE, body TEXT, first_at TEXT, at TEXT);
CREATE TABLE person (id TEXT PRIMARY KEY, address TEXT, name TEXT, merged TEXT);
CREATE TABLE section (id TEXT PRIMARY KEY, name TEXT, word TEXT);
CREATE TABLE office (id TEXT PRIMARY KEY, languages TEXT);
{";".join(names.TABLES)};
PRAGMA user_version = {FORMAT};
"""


class Known(NamedTuple):
    """The edition that is indexed of a version; the instants of the version's first entry, and of its last."""

    body: str
    first_at: str
    at: str


class Catalogue:
    """The memory of one index; `writing` makes it where there is none."""

    def __init__(self, folder: Path, origin: str = "", writing: bool = False) -> None:
        self.file = folder / FILE
        if writing:
            self._db = sqlite3.connect(self.file, isolation_level=None, timeout=60)
            self._db.execute("PRAGMA synchronous=FULL")
            if self._db.execute("PRAGMA user_version").fetchone()[0] == 0:
                self._db.execute("BEGIN IMMEDIATE")
                for statement in _TABLES.split(";"):
                    self._db.execute(statement)
                self._db.execute("INSERT INTO place VALUES (?, 0, '', 0, '', '')", (origin,))
                self._db.execute("COMMIT")
        else:
            address = f"{self.file.absolute().as_uri()}?mode=ro"
            self._db = sqlite3.connect(address, uri=True, timeout=5, check_same_thread=False)

    def close(self) -> None:
        """Give the file back."""
        self._db.close()

    def is_of(self, origin: str) -> bool:
        """Whether this is the memory of that record, in this program's form."""
        return self.is_ours and self._one("SELECT origin FROM place") == origin

    @property
    def is_ours(self) -> bool:
        """Whether the index is in this program's form; of another one, fields would be taken for others."""
        return bool(self._one("PRAGMA user_version") == FORMAT)

    @property
    def origin(self) -> str:
        """The log's name."""
        return str(self._one("SELECT origin FROM place"))

    @property
    def since(self) -> str:
        """The instant of the record's first entry; "" where none was taken in."""
        return str(self._one("SELECT since FROM place"))

    @property
    def at(self) -> str:
        """The instant of the last entry taken in; "" where none was."""
        return str(self._one("SELECT at FROM place"))

    @property
    def position(self) -> int:
        """How many entries are taken in."""
        return int(self._one("SELECT position FROM place"))

    @property
    def leaf(self) -> str:
        """The leaf hash of the last entry taken in, in hex."""
        return str(self._one("SELECT leaf FROM place"))

    @property
    def stale(self) -> bool:
        """Whether the files still hold words that have to be gone."""
        return bool(self._one("SELECT stale FROM place"))

    def begin(self) -> None:
        """Start a change."""
        self._db.execute("BEGIN IMMEDIATE")

    def reach(self, entry: Entry) -> None:
        """Note the instant of an entry that is taken in."""
        self._db.execute("UPDATE place SET at = ?1, since = CASE since WHEN '' THEN ?1 ELSE since END", (entry.at,))

    def commit(self, position: int, leaf: str, stale: bool) -> None:
        """Make the change and the position lasting."""
        self._db.execute("UPDATE place SET position = ?, leaf = ?, stale = stale OR ?", (position, leaf, stale))
        self._db.execute("COMMIT")

    def rollback(self) -> None:
        """Forget the change."""
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")

    # ------------------------------------------------------------------ taking in

    def version(self, entry: Entry) -> int:
        """The index of the first entry of a version; this one becomes the edition that is indexed."""
        self._db.execute(
            "INSERT INTO version VALUES (?,?,?,?,?)"
            " ON CONFLICT (id) DO UPDATE SET body = excluded.body, at = excluded.at",
            (entry.index, entry.id, entry.body, entry.at, entry.at),
        )
        return int(self._one("SELECT idx FROM version WHERE id = ?", entry.id))

    def name(self, index: int, content: Content | None) -> None:
        """Keep how those are called whom a version has; none of one that has nothing to be found."""
        names.bear(self._db, index, names.printed(content) if content else set())

    def bear(self, entry: Entry, edition: Edition) -> None:
        """Keep the names that an edition of a piece gives to a person; later ones take none of them back."""
        if edition.content.get("piece") == "person":
            names.bear(self._db, entry.index, names.given(entry.id, edition.content))

    def furnish(self, entry: Entry, edition: Edition) -> None:
        """Keep what a piece of furniture says of names."""
        self.bear(entry, edition)
        content = edition.content
        name = json.dumps(content.get("name") or {}, ensure_ascii=False)
        if content["piece"] == "person":
            row = (entry.id, content.get("address"), name, content.get("merged"))
            self._db.execute("INSERT OR REPLACE INTO person VALUES (?,?,?,?)", row)
        elif content["piece"] == "section":
            word = json.dumps(content.get("word") or {}, ensure_ascii=False)
            self._db.execute("INSERT OR REPLACE INTO section VALUES (?,?,?)", (entry.id, name, word))
        elif content["piece"] == "office":
            languages = json.dumps(content.get("languages", []))
            self._db.execute("INSERT OR REPLACE INTO office VALUES (?,?)", (entry.id, languages))

    # ------------------------------------------------------------------ asking

    def rows(self) -> Iterator[tuple[str, tuple[Any, ...]]]:
        """All that it remembers of the record, table by table. Raises sqlite3.DatabaseError."""
        yield from (("name", row) for row in names.borne(self._db))
        for table in ("version", "person", "section", "office"):
            for row in self._db.execute(f"SELECT * FROM {table} ORDER BY 1"):  # noqa: S608 - our own tables
                yield table, row

    def versions(self, indexes: Sequence[int]) -> dict[int, Known]:
        """What is known of versions; of one that is not known nothing."""
        places = ",".join("?" * len(indexes))
        query = f"SELECT idx, body, first_at, at FROM version WHERE idx IN ({places})"  # noqa: S608 - places, no words
        return {index: Known(*row) for index, *row in self._db.execute(query, indexes)}

    def id(self, index: int) -> str:
        """The id of a version; "" where there is none."""
        return self._one("SELECT id FROM version WHERE idx = ?", index) or ""

    def languages(self) -> tuple[str, ...]:
        """The office's languages."""
        found = self._db.execute("SELECT languages FROM office").fetchone()
        return tuple(json.loads(found[0])) if found else ()

    def speakers(self, asked: str) -> tuple[str, ...]:
        """The terms of a speaker: by a person's name in addresses, with all who lead to her; or by a printed name."""
        persons = self._db.execute("SELECT id FROM person WHERE address = ?", (asked,)).fetchall()
        return tuple(sorted(self._led_to({id_ for (id_,) in persons}))) or self._by_name(asked)

    def _led_to(self, some: set[str]) -> set[str]:
        """Persons with all who were found to be one of them."""
        ends = {self._end(id_) for id_ in some}
        merged = self._db.execute("SELECT id FROM person WHERE merged IS NOT NULL").fetchall() if ends else ()
        return ends | {id_ for (id_,) in merged if self._end(id_) in ends}

    def _by_name(self, asked: str) -> tuple[str, ...]:
        """Everybody who is or was called so, in any language; a name that nobody has finds nobody."""
        term = name_term(asked)
        return (*sorted(self._led_to(names.bearers(self._db, term))), term)

    def sections(self, asked: str) -> tuple[str, ...]:
        """The ids of sections of an id, or of a word in addresses."""
        found = self._db.execute("SELECT id, word FROM section").fetchall()
        return tuple(id_ for id_, words in found if asked == id_ or asked in json.loads(words).values()) or (asked,)

    def speaker_name(self, term: str, language: str) -> tuple[str, str] | None:
        """(what finds her, her name as it is shown) of a speaker's term; None where nothing is known of her."""
        if found := names.as_printed(self._db, term):
            return found, found
        row = self._db.execute("SELECT address, name FROM person WHERE id = ?", (self._end(term),)).fetchone()
        called = json.loads(row[1]) if row else {}
        name = called.get(language) or next(iter(called.values()), None)
        return (row[0] or name, name) if name else None

    def _end(self, id_: str) -> str:
        def target(one: str) -> str | None:
            found = self._db.execute(
                "SELECT merged FROM person WHERE id = ?"
                " AND merged IN (SELECT id FROM person WHERE address IS NOT NULL)",
                (one,),
            ).fetchone()
            return found[0] if found else None

        return end_of_merging(id_, target)

    def _one(self, query: str, *values: Any) -> Any:
        found = self._db.execute(query, values).fetchone()
        return found[0] if found else None
