"""What a preview needs of the live catalogue, carved out into memory.

The live file is opened for reading alone; what is entered here afterwards is nowhere on a disk and gone with `close`.
Copied are the furniture, the messages asked for with their other languages and all their editions, and of each list
that a front page shows its newest few: as much in an archive of a hundred thousand messages as in one of a hundred. So
it answers as the whole catalogue would for the pages of these messages, for front pages and for the lists asked for,
and for nothing else.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from communique.press.catalogue import NEWEST_ROWS, Catalogue
from communique.press.errors import CatalogueFault
from communique.press.tables import FORMAT
from communique.record.entry import Entry
from communique.record.reader import Reader

WAIT_S = 10
"""for a press that is just committing"""


@dataclass
class Wanted:
    """What is carved out: messages and pieces by their ids, messages by what all their languages share, and the
    sections and persons whose lists are wanted with all their months."""

    ids: set[str] = field(default_factory=set)
    groups: set[str] = field(default_factory=set)
    lists: set[str] = field(default_factory=set)


class Carved(Catalogue):
    """A catalogue in memory with a part of the live one; `behind` are the entries that the live one has not taken in.

    Nothing is in it, and everything is behind, when the live file is not there or of another record or format. Raises
    CatalogueFault when it cannot be read.
    """

    def __init__(self, live: Path, reader: Reader, wanted: Wanted) -> None:
        super().__init__(":memory:", reader.origin)
        self.behind: list[Entry] = []
        self._live: sqlite3.Connection | None = None
        self.begin()
        try:
            self._carve(live, reader, wanted)
        except sqlite3.Error as error:
            self.close()
            raise CatalogueFault(live, str(error)) from error
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Forget everything."""
        super().close()
        if self._live:
            self._live.close()

    def is_message_path(self, path: str) -> bool:
        """Whether a message's own page lies at this path, be it in what was carved out or not."""
        live = self._live.execute("SELECT 1 FROM message WHERE path = ?", (path,)).fetchone() if self._live else None
        return super().is_message_path(path) or live is not None

    def _carve(self, file: Path, reader: Reader, wanted: Wanted) -> None:
        live = self._opened_live(file, reader)
        if live:
            self._copy("place", live.execute("SELECT * FROM place"))
        self.behind = list(reader.entries(self.position, reader.size()))
        if not live:
            return
        ids = wanted.ids | {entry.id for entry in self.behind}
        groups = wanted.groups | {reader.edition(entry).manifest.get("message", "") for entry in self.behind}
        self._copy("piece", live.execute("SELECT * FROM piece"))
        self._copy("merged", live.execute("SELECT * FROM merged"))
        self._copy_lists(live, wanted.lists | {self.merging.end(person) for person in wanted.lists})
        for id_ in ids:
            self._copy("listed", live.execute("SELECT * FROM listed WHERE id = ?", (id_,)))
        ids |= {id_ for (id_,) in self._every("SELECT DISTINCT id FROM listed")}
        ids |= {id_ for person in wanted.lists for id_ in _newest_words(live, person)}
        self._copy_messages(live, ids, groups | set(self._featured()))
        live.execute("COMMIT")
        self._live = live

    def _opened_live(self, file: Path, reader: Reader) -> sqlite3.Connection | None:
        """The live catalogue in one state, however many questions are asked of it; None when it is of no use."""
        if not file.exists():
            return None
        live = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None, timeout=WAIT_S)
        live.execute("BEGIN")
        if live.execute("PRAGMA user_version").fetchone()[0] == FORMAT:
            origin, position, leaf = live.execute("SELECT origin, position, leaf FROM place").fetchone()
            if origin == reader.origin and _is_at(reader, position, leaf):
                return live
        live.close()
        return None

    def _copy_lists(self, live: sqlite3.Connection, whole: Collection[str]) -> None:
        """The newest of each list that front pages show, and the whole calendar of the lists asked for."""
        sections = [piece.id for piece in self.furniture().of("section")]
        asked = self._keys("section", whole) + self._keys("person", whole)
        newest = "SELECT * FROM listed WHERE list = ? ORDER BY day DESC, idx DESC LIMIT ?"
        for key in (*self._keys("all", [""]), *self._keys("section", sections), *asked):
            self._copy("listed", live.execute(newest, (key, NEWEST_ROWS)))
        for key in asked:
            self._copy("ever", live.execute("SELECT * FROM ever WHERE list = ?", (key,)))

    def _keys(self, sort: str, subjects: Iterable[str]) -> list[str]:
        """The names of lists in each language."""
        found = [self.lists.list_of(sort, subject, tag) for tag in self.languages() for subject in subjects]
        return [name.key for name in found if name]

    def _copy_messages(self, live: sqlite3.Connection, ids: set[str], groups: set[str]) -> None:
        """Messages with their other languages, and the entries of all of them."""
        for id_ in ids:
            groups = groups | {group for (group,) in live.execute("SELECT message FROM message WHERE id = ?", (id_,))}
        for group in groups:
            self._copy("message", live.execute("SELECT * FROM message WHERE message = ?", (group,)))
        for id_ in ids | {id_ for (id_,) in self._every("SELECT id FROM message")}:
            self._copy("entry", live.execute("SELECT * FROM entry WHERE id = ?", (id_,)))
            self._copy("speaks", live.execute("SELECT * FROM speaks WHERE id = ?", (id_,)))

    def _copy(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        for row in rows:
            self._db.execute(f"INSERT OR REPLACE INTO {table} VALUES ({','.join('?' * len(row))})", row)  # noqa: S608


def _newest_words(live: sqlite3.Connection, person: str) -> list[str]:
    """The newest messages in which a person speaks, wherever they are listed now."""
    found = live.execute(
        "SELECT message.id FROM speaks JOIN message ON message.id = speaks.id WHERE speaks.person = ?"
        " ORDER BY message.day DESC, message.idx DESC LIMIT ?",
        (person, NEWEST_ROWS),
    )
    return [id_ for (id_,) in found.fetchall()]


def _is_at(reader: Reader, position: int, leaf: str) -> bool:
    """Whether the reader's record has, up to a position, what the catalogue took in."""
    if position == 0:
        return True
    return position <= reader.size() and next(reader.entries(position - 1, position)).leaf.hex() == leaf
