"""The journal of a batch: what was read of each page of an archive, and what was decided; one SQLite file.

    page        one row for each page of the sources, in their order: read, refused, or nothing on it
    original    the bytes of each page that was read, packed, until its messages have landed
    compared    the longer paragraphs of each page, as hashes
    site        what the pages of each host have in common
    sited       which pages have been read, or need not be read, by that
    seen        what its lists list
    alternate   which addresses it names as its other languages
    speaker     who speaks on it

`settling.py` fills the columns from `is_` on and the tables below; `moving_in.py` says what has been done. A journal is
committed by the hundred pages, so a process that is killed loses at most the reading of those. Nothing in it is needed
once its batch is on the record: what is there is found on the record itself. So when the law takes words of a page,
every journal that has it is thrown away whole (`forget_page`): other pages of it may list or copy the same words.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from communique.importing.elsewhere import key_of, without_language
from communique.importing.errors import ImportingError, NoMessage, NotReachable
from communique.importing.frames import LENGTH_BYTES, frame, opened
from communique.importing.raw import Raw, id_of
from communique.importing.reading import Reading, title_key
from communique.importing.words import folded
from communique.settings.originals import unpacked

FOLDER = "imports"
"""where journals lie in the installation's folder"""
AT_ONCE = 200
"""pages that are committed together"""

_TABLES = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS page (
    number INTEGER PRIMARY KEY, name TEXT NOT NULL, address TEXT, key TEXT, bare TEXT, sha256 TEXT,
    state TEXT NOT NULL, why TEXT, refusal TEXT, reading BLOB,
    language TEXT, kind TEXT, title TEXT, title_key TEXT, day TEXT, day_sure REAL, words TEXT, signs INTEGER,
    canonical TEXT, occasion TEXT,
    is_ TEXT, same INTEGER, version_of INTEGER, on_day TEXT, day_from TEXT, titled TEXT, place INTEGER,
    outcome TEXT, entries TEXT);
CREATE INDEX IF NOT EXISTS page_key ON page(key);
CREATE INDEX IF NOT EXISTS page_bare ON page(bare);
CREATE INDEX IF NOT EXISTS page_words ON page(words, language);
CREATE INDEX IF NOT EXISTS page_title ON page(title_key, language);
CREATE INDEX IF NOT EXISTS page_same ON page(same);
CREATE INDEX IF NOT EXISTS page_version ON page(version_of);
CREATE INDEX IF NOT EXISTS page_place ON page(place);
CREATE TABLE IF NOT EXISTS original (page INTEGER PRIMARY KEY, packed BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS site (host TEXT PRIMARY KEY, learned BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS sited (page INTEGER PRIMARY KEY);
CREATE TABLE IF NOT EXISTS compared (hash TEXT NOT NULL, page INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS compared_hash ON compared(hash, page);
CREATE INDEX IF NOT EXISTS compared_page ON compared(page, hash);
CREATE TABLE IF NOT EXISTS seen (
    page INTEGER NOT NULL, place INTEGER NOT NULL, language TEXT, day TEXT, title TEXT NOT NULL, title_key TEXT,
    teaser TEXT, target TEXT, of INTEGER, at INTEGER, outcome TEXT, PRIMARY KEY (page, place));
CREATE INDEX IF NOT EXISTS seen_target ON seen(target);
CREATE INDEX IF NOT EXISTS seen_title ON seen(title_key, language);
CREATE INDEX IF NOT EXISTS seen_of ON seen(of);
CREATE INDEX IF NOT EXISTS seen_at ON seen(at);
CREATE TABLE IF NOT EXISTS alternate (page INTEGER NOT NULL, language TEXT NOT NULL, target TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS alternate_page ON alternate(page);
CREATE TABLE IF NOT EXISTS speaker (
    page INTEGER NOT NULL, place INTEGER NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL, role TEXT);
CREATE INDEX IF NOT EXISTS speaker_page ON speaker(page);
CREATE INDEX IF NOT EXISTS speaker_folded ON speaker(folded);
CREATE TABLE IF NOT EXISTS ending (hash TEXT NOT NULL, page INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS ending_page ON ending(page);
CREATE INDEX IF NOT EXISTS page_canonical ON page(canonical);
CREATE TABLE IF NOT EXISTS common (hash TEXT PRIMARY KEY, pages INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS lead (page INTEGER PRIMARY KEY, target TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS doubt (page INTEGER NOT NULL, what TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS person (
    number INTEGER PRIMARY KEY, folded TEXT NOT NULL, name TEXT NOT NULL, names TEXT NOT NULL, roles TEXT NOT NULL,
    messages INTEGER NOT NULL, first TEXT, last TEXT);
CREATE TABLE IF NOT EXISTS alias (folded TEXT PRIMARY KEY, person INTEGER NOT NULL, because TEXT NOT NULL);
"""

BESIDE_IT = ("sqlite3", "sqlite3-journal", "pages.tsv", "left.tsv")
"""endings of the files of one journal: itself, what SQLite writes meanwhile, and the report"""
_LATER = {"title_sure": "REAL", "is_feed": "INTEGER"}
"""columns of `page` that journals of older versions lack"""
_OF_A_PAGE = ("original", "sited", "compared", "ending", "seen", "alternate", "speaker")
_DECIDED = ("common", "lead", "doubt", "person", "alias")


class Journal:
    """The file of one batch, opened."""

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.file = file
        self.db = sqlite3.connect(file, isolation_level=None)
        self.db.execute("PRAGMA cache_size = -16384")
        self.db.execute("PRAGMA temp_store = FILE")
        self.db.execute("PRAGMA synchronous = NORMAL")
        self.db.executescript(_TABLES)
        there = {row[1] for row in self.db.execute("PRAGMA table_info(page)")}
        for column, sort in _LATER.items():
            if column not in there:
                self.db.execute(f"ALTER TABLE page ADD COLUMN {column} {sort}")

    def close(self) -> None:
        self.db.close()

    @property
    def holds_pages(self) -> bool:
        """Whether any page was read, and not all refused."""
        return self.db.execute("SELECT 1 FROM page WHERE state <> 'refused' LIMIT 1").fetchone() is not None

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """All that is written inside, or nothing."""
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")

    def said(self, key: str) -> str | None:
        """What was noted under a key."""
        row = self.db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def say(self, key: str, value: str | None) -> None:
        """Note something under a key; None takes it away."""
        if value is None:
            self.db.execute("DELETE FROM meta WHERE key = ?", (key,))
        else:
            self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    # ------------------------------------------------------------------ reading

    def has(self, number: int, raw: Raw | ImportingError, sha256: str) -> bool:
        """Whether this very page has been read before."""
        row = self.db.execute("SELECT name, sha256 FROM page WHERE number = ?", (number,)).fetchone()
        return row == (raw.name if isinstance(raw, Raw) else raw.where, sha256)

    def refusal(self, number: int) -> ImportingError | None:
        """Why a page was refused, if it was."""
        row = self.db.execute("SELECT refusal FROM page WHERE number = ? AND refusal IS NOT NULL", (number,)).fetchone()
        if row is None:
            return None
        sort, *words = json.loads(row[0])
        return {"NoMessage": NoMessage, "NotReachable": NotReachable}.get(sort, ImportingError)(*words)

    def note(
        self,
        number: int,
        raw: Raw | None,
        sha256: str,
        found: Reading | ImportingError,
        original: bytes | None = None,
    ) -> None:
        """Keep what was read of a page, in place of what an earlier run may have kept under its number."""
        for table in _OF_A_PAGE:
            self.db.execute(f"DELETE FROM {table} WHERE page = ?", (number,))  # noqa: S608
        row: dict[str, Any] = {"number": number, "sha256": sha256}
        if isinstance(found, ImportingError):
            row |= {"name": raw.name if raw else found.where, "address": raw.address if raw else None}
            row |= {"state": "nothing" if isinstance(found, NoMessage) else "refused", "why": str(found)}
            sort = type(found).__name__
            row |= {"refusal": json.dumps([sort, found.where, str(found.what), str(found.remedy)])}
        else:
            row |= self._of_reading(number, found) | {"name": raw.name if raw else "", "state": "read"}
            if original is not None:
                self.db.execute("INSERT INTO original VALUES (?, ?)", (number, original))
        key = _key(row["address"]) or row["name"]
        file = "/" + row["name"].rpartition(", ")[2]
        row |= {"key": key, "bare": without_language(key if row["address"] else file)[0]}
        columns = ", ".join(row)
        places = ", ".join(f":{column}" for column in row)
        self.db.execute(f"INSERT OR REPLACE INTO page ({columns}) VALUES ({places})", row)  # noqa: S608

    def forget_from(self, number: int) -> bool:
        """Forget pages that the sources no longer hold; whether there were any. With the first what they taught."""
        if not number:
            self.db.execute("DELETE FROM site")
        for table in _OF_A_PAGE:
            self.db.execute(f"DELETE FROM {table} WHERE page >= ?", (number,))  # noqa: S608
        return bool(self.db.execute("DELETE FROM page WHERE number >= ?", (number,)).rowcount)

    def forget_decisions(self) -> None:
        """As if nothing had been decided yet."""
        for table in _DECIDED:
            self.db.execute(f"DELETE FROM {table}")  # noqa: S608
        self.db.execute(
            "UPDATE page SET is_ = NULL, same = NULL, version_of = NULL, on_day = NULL, day_from = NULL, titled = NULL,"
            " place = NULL, outcome = NULL, entries = NULL"
        )
        self.db.execute("UPDATE seen SET of = NULL, at = NULL, outcome = NULL")

    def original(self, number: int) -> bytes | None:
        """The packed bytes of a page whose messages have not landed yet."""
        row = self.db.execute("SELECT packed FROM original WHERE page = ?", (number,)).fetchone()
        return row[0] if row else None

    def asked_before(self, number: int, name: str) -> Raw | None:
        """The page of this number, if it is the one of this name, was read, and has not landed yet."""
        row = self.db.execute(
            "SELECT address, packed FROM page JOIN original ON page = number WHERE number = ? AND name = ?",
            (number, name),
        ).fetchone()
        return Raw(id_of(row[0]), name, unpacked(row[1]), row[0]) if row else None

    def drop_originals(self) -> None:
        """Let go of the bytes of pages whose messages have landed, and of the room that they took in the file."""
        landed = self.db.execute(
            "DELETE FROM original WHERE page IN (SELECT number FROM page WHERE outcome <> 'refused'"
            " UNION SELECT page FROM seen WHERE outcome <> 'refused')"
        ).rowcount
        if landed:
            self.db.execute("VACUUM")

    def reading(self, number: int) -> Reading:
        """What was read of a page."""
        (data,) = self.db.execute("SELECT reading FROM page WHERE number = ?", (number,)).fetchone()
        found: Reading = opened(zlib.decompress(data)[LENGTH_BYTES:])
        return found

    def _of_reading(self, number: int, found: Reading) -> dict[str, Any]:
        page = found.page
        capture = page.capture
        language, judged = page.language, page.judged.get("published")
        title = page.heading.title
        self.db.executemany("INSERT INTO compared VALUES (?, ?)", [(h, number) for h in dict.fromkeys(found.compared)])
        self.db.executemany("INSERT INTO ending VALUES (?, ?)", [(h, number) for h in dict.fromkeys(found.endings)])
        self.db.executemany(
            "INSERT INTO seen (page, place, language, day, title, title_key, teaser, target)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (number, place, language, s.day, s.title, title_key(s.title), s.teaser, _key(s.target))
                for place, s in enumerate(found.seen)
            ],
        )
        self.db.executemany(
            "INSERT INTO alternate VALUES (?, ?, ?)", [(number, tag, _key(at)) for tag, at in capture.alternates]
        )
        self.db.executemany(
            "INSERT INTO speaker VALUES (?, ?, ?, ?, ?)",
            [(number, place, s.name, folded(s.name), s.role) for place, s in enumerate(page.speakers)],
        )
        return {
            "address": capture.address,
            "reading": zlib.compress(frame(found), 1),
            "language": language,
            "kind": page.kind,
            "title": title,
            "title_key": title_key(title or ""),
            "title_sure": page.judged["title"].confidence if "title" in page.judged else 0.0,
            "is_feed": int(capture.is_feed),
            "day": page.published.isoformat() if page.published else None,
            "day_sure": judged.confidence if judged else 0.0,
            "words": found.words,
            "signs": found.signs,
            "canonical": _key(capture.canonical),
            "occasion": page.occasion.on.isoformat() if page.occasion and page.occasion.on else None,
        }


def forget_page(folder: Path, sha256: str) -> None:
    """Throw away each journal in a folder that has a page of these bytes; one that cannot be asked is thrown away, too.
    A command that is still writing it stops with a sentence, and reads its pages again."""
    for file in folder.glob("*.sqlite3"):
        if _may_have(file, sha256):
            for ending in BESIDE_IT:
                file.with_suffix(f".{ending}").unlink(missing_ok=True)


def _may_have(file: Path, sha256: str) -> bool:
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as db:
            return db.execute("SELECT 1 FROM page WHERE sha256 = ? LIMIT 1", (sha256,)).fetchone() is not None
    except sqlite3.Error:
        return True


def _key(address: str | None) -> str | None:
    try:
        return key_of(address) if address else None
    except ValueError:
        return None
