"""The catalogue: what the entries so far have placed where, in one SQLite file of the press's own.

Everything in it follows from the record; delete it and the next bake makes it anew. It exists so that one more entry
costs the same in an archive of a hundred messages and of a hundred thousand: `enter` takes the entry in and returns the
sheets it touches, found from what is written here and never by listing the archive.

The position (how many entries are taken in) and all facts change in one transaction; files are written before it is
committed. A crash in between repeats the work with the same bytes.

While a build is made beside the live one, each sheet that an entry touches is noted (`again`), whichever process took
the entry in, so that the builder sets it once more before it switches. The catalogue knows whose it is: the log's
origin and the leaf hash of the last entry taken in; with another record it forgets all.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from communique.edition import Edition, has_gap
from communique.edition.print_files import PrintFile
from communique.edition.vouching import Vouched, read_vouched
from communique.press.agenda_spans import AgendaSpans
from communique.press.errors import CatalogueDamaged, UnknownToPress
from communique.press.initials import Initials
from communique.press.interface import Example
from communique.press.lists import ROW_FIELDS, Lists, row_of, values_of
from communique.press.pairs import pairs_of
from communique.press.prints import Prints
from communique.press.redirects import Redirects
from communique.press.sheet import SHOWROOM, Sheet
from communique.press.shown import EditionLine, Furniture, Piece, Row
from communique.press.tables import FORMAT, NEVER, TABLES
from communique.press.teaser import teaser_of
from communique.press.wording import local_time
from communique.record.entry import ADMIN, Entry, parse_entry
from communique.record.errors import RecordError

NEWEST_ROWS = 30
NEWEST_WORDS_OF_PERSON = 20
SITEMAP_ENTRIES = 1000
ROOMY_KIB = 32 * 1024
IN_EACH_LANGUAGE = ("front", "latest", "people", "archive", "search", "lost", "crisis", "agenda", "developers", "check")

NARROW_PIECES = {"featured", "event", "latest", "redirect", "crisis"}
"""Furniture that shows on few pages: its change needs no new build. A new person is narrow, too, but for the first one,
to whom the foot of every page leads."""

MESSAGE_KINDS = {
    "publish",
    "correct",
    "update",
    "withdraw",
    "return",
    "recall",
    "remove",
    "erase",
    "import",
    "republish",
}

IN_TURNS = ("interview", "briefing", "media_reply")
"""kinds that are mostly said in turns"""


class Catalogue:
    """The press's memory. One writer at a time: `begin` waits for another's `commit`."""

    def __init__(self, path: Path | str, origin: str) -> None:
        self.origin = origin
        self.file = path
        self._db = sqlite3.connect(path, isolation_level=None, timeout=600)
        self._furniture: Furniture | None = None
        self._pieces: dict[str, dict[str, Any] | None] = {}
        """what `piece` has read since the last change"""
        self._held_at = -1
        self.lists = Lists(self._db, self.piece)
        self.merging = self.lists.merging
        self.agenda = AgendaSpans(self._db)
        self.initials = Initials(self._db)
        self.prints = Prints(self._db)
        self.redirects = Redirects(self._db)
        try:
            self._open()
        except BaseException:
            self._db.close()
            raise

    def _open(self) -> None:
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.execute("PRAGMA secure_delete=ON")  # an erasure leaves no words in free pages
        self._db.execute("BEGIN IMMEDIATE")
        if self._one("PRAGMA user_version") != FORMAT:
            names = self._every("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
            for (name,) in names:
                self._db.execute(f'DROP TABLE "{name}"')
            for statement in TABLES.split(";"):
                self._db.execute(statement)
            self._db.execute(f"PRAGMA user_version = {FORMAT}")
        if self._one("SELECT origin FROM place") != self.origin:
            self.forget()
            self._db.execute("UPDATE place SET origin = ?", (self.origin,))
        self._db.execute("COMMIT")

    def close(self) -> None:
        """Give the file back."""
        self._db.close()

    # ------------------------------------------------------------------ position

    def begin(self) -> None:
        """Start a change; another process's change is waited for."""
        self._db.execute("BEGIN IMMEDIATE")
        self._look_again()

    def commit(self) -> None:
        """Make the change and the position lasting."""
        self._db.execute("COMMIT")

    def rollback(self) -> None:
        """Forget the change; nothing of it was taken in."""
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")
        self._look_again()

    def _look_again(self) -> None:
        """Read furniture anew: it may have changed."""
        self._furniture = None
        self._pieces.clear()

    @contextmanager
    def roomy(self) -> Iterator[None]:
        """Keep more of the file in memory while an archive is taken in, whose pages are asked for again and again."""
        before = self._one("PRAGMA cache_size")
        self._db.execute(f"PRAGMA cache_size = -{ROOMY_KIB}")
        try:
            yield
        finally:
            self._db.execute(f"PRAGMA cache_size = {before}")

    @contextmanager
    def held(self) -> Iterator[None]:
        """Read what stood at one instant, whatever another process takes in meanwhile."""
        self._db.execute("BEGIN")
        try:
            if self._held_at != (position := self.position):
                self._held_at = position
                self._look_again()
            yield
        finally:
            self._db.execute("COMMIT")

    @property
    def position(self) -> int:
        """How many entries are taken in."""
        return self._one("SELECT position FROM place")

    @property
    def leaf(self) -> str:
        """The leaf hash of the last entry taken in, in hex."""
        return self._one("SELECT leaf FROM place")

    @property
    def build(self) -> int:
        """The number of the live build, 0 before the first."""
        return self._one("SELECT build FROM place")

    @property
    def built_by(self) -> str:
        """The program version that made the live build."""
        return self._one("SELECT program FROM place")

    @property
    def wide(self) -> int:
        """The index after the last entry of furniture that shows on every page, 0 for none."""
        return self._one("SELECT wide FROM place")

    @property
    def due(self) -> bool:
        """Whether the live build still shows older furniture somewhere."""
        return bool(self._one("SELECT wide > built FROM place"))

    def is_erased_up_to(self, wide: int) -> bool:
        """Whether the law took words of furniture that the live build may still show, and one that shows the furniture
        up to `wide` does not."""
        return bool(
            self._one(
                "SELECT COUNT(*) FROM entry JOIN piece ON piece.id = entry.id"
                " WHERE entry.kind = 'erase' AND entry.idx >= (SELECT built FROM place) AND entry.idx < ?",
                wide,
            )
        )

    @property
    def furniture_at(self) -> str:
        """The instant of the last entry of furniture that shows on every page."""
        return self._one("SELECT furniture_at FROM place")

    def forget(self) -> None:
        """Lose everything: the next bake begins at entry 0, beside the live build, which is left as it is."""
        for table in (
            "entry",
            "piece",
            "message",
            "listed",
            "ever",
            "speaks",
            "worded",
            "named",
            "agenda",
            "quoted",
            "initial",
            "merged",
            "redirect",
            "again",
            "done",
        ):
            self._db.execute(f"DELETE FROM {table}")  # noqa: S608
        self._db.execute(
            "UPDATE place SET position = 0, leaf = '', furniture_at = ?, wide = 0, built = -1, build = 0, building = 0,"
            " begun = ''",
            (NEVER,),
        )
        self._look_again()

    # ------------------------------------------------------------------ builds

    def building(self, build: int) -> None:
        """Note that this build is being made, for `note_again`."""
        for table in ("again", "done"):
            self._db.execute(f"DELETE FROM {table}")  # noqa: S608
        self._db.execute("UPDATE place SET building = ?, begun = ''", (build,))

    def begun(self, program: str, wide: int) -> None:
        """Note that its folder is empty and that this program now fills it, with the furniture up to `wide`."""
        self._db.execute("UPDATE place SET begun = ?, begun_wide = ?", (program, wide))

    def interrupted(self, program: str) -> int:
        """The build that was being made when a process was stopped, if this program with today's furniture may go on
        with it; else 0."""
        found = self._db.execute("SELECT building FROM place WHERE begun = ? AND begun_wide = wide", (program,))
        return int((found.fetchone() or (0,))[0])

    def note_done(self, sheets: Iterable[Sheet]) -> None:
        """Note which sheets of the build that is being made are on the disk: who goes on with it leaves them out."""
        names = [(_named(sheet),) for sheet in sheets]
        self.begin()  # each of thousands would else be a change that is synced
        self._db.executemany("INSERT OR IGNORE INTO done VALUES (?)", names)
        self.commit()

    def done_before(self) -> int:
        """How many sheets of it are."""
        return int(self._one("SELECT COUNT(*) FROM done"))

    def is_done(self, sheet: Sheet) -> bool:
        """Whether a sheet of the build that is being made is on the disk. What came later is among `again`."""
        return bool(self._one("SELECT COUNT(*) FROM done WHERE sheet = ?", _named(sheet)))

    @property
    def is_building(self) -> bool:
        """Whether a build beside the live one is being made."""
        return bool(self._one("SELECT building FROM place"))

    def note_again(self, sheets: Iterable[Sheet]) -> None:
        """Have these sheets set again before the build that is being made is switched to, if one is."""
        if self.is_building:
            self._db.executemany("INSERT OR IGNORE INTO again VALUES (?)", ((_named(sheet),) for sheet in sheets))

    def again(self) -> set[Sheet]:
        """The sheets that entries touched since `building`."""
        found = (json.loads(name) for (name,) in self._every("SELECT sheet FROM again"))
        return {Sheet(sort, tuple(about)) for sort, *about in found}

    def switched(self, build: int, wide: int, program: str) -> None:
        """Note that this build is live and shows the furniture up to `wide`."""
        self.building(0)
        self._db.execute("UPDATE place SET build = ?, built = ?, program = ?", (build, wide, program))

    # ------------------------------------------------------------------ taking entries in

    def enter(self, entry: Entry, edition: Edition, again: Iterable[tuple[int, Edition]] = ()) -> set[Sheet]:
        """Take one entry in and return the sheets it touches.

        `again` gives (seq, edition) of earlier editions whose parts this entry erased, as they are now. Raises
        UnknownToPress for an entry or edition of a version, type or kind that this program does not know.
        """
        self._refuse_unknown(entry, edition)
        again = list(again)
        self._db.execute(
            "INSERT OR REPLACE INTO entry VALUES (?,?,?,?,?,?,?,?,'',?)",
            (
                entry.id,
                entry.seq,
                entry.index,
                entry.kind,
                entry.at,
                entry.dated,
                entry.leaf.hex(),
                edition.content.get("note"),
                entry.data,
            ),
        )
        if edition.manifest["type"] == "furniture":
            touched = self._enter_piece(entry, edition)
            touched |= self._enter_initials(entry, edition, again) if edition.content["piece"] == "person" else set()
        elif edition.manifest["type"] == "message":
            touched = self._enter_message(entry, edition)
        else:
            touched = self._enter_note(edition)
        row = self.message(entry.id)
        for seq, earlier in again:
            if row:
                touched |= _words(self.prints.keep(self.entry_of(entry.id, seq).index, earlier.prints))
            touched |= {Sheet("edition", (entry.id, seq)), *changes_of(entry.id, seq, seq + 1)}
            touched |= self.lists.unword(row, seq, earlier.content) if row else set()
            if self._note_changed(entry.id, seq, earlier.content.get("note")):  # the pages of all later ones list it
                touched |= {Sheet("edition", (entry.id, later)) for later in range(max(1, seq - 1), entry.seq + 1)}
                touched |= changes_of(entry.id, seq, entry.seq)
        touched |= _words(self.prints.advance(entry.index + 1))
        self._db.execute("UPDATE place SET position = ?, leaf = ?", (entry.index + 1, entry.leaf.hex()))
        return touched

    def _note_changed(self, id_: str, seq: int, note: str | None) -> bool:
        """Keep what an erasure left of an edition's change note; whether it took it."""
        changed = self._db.execute(
            "UPDATE entry SET note = ? WHERE id = ? AND seq = ? AND note IS NOT ?", (note, id_, seq, note)
        )
        return changed.rowcount > 0

    def _refuse_unknown(self, entry: Entry, edition: Edition) -> None:
        manifest = edition.manifest
        known = {"message": MESSAGE_KINDS, "furniture": {"furniture", "erase"}, "admin": {"admin"}}
        if manifest.get("v") != 1:
            raise UnknownToPress(entry.index, f"version {manifest.get('v')!r} of its edition")
        if entry.kind not in known.get(manifest.get("type", ""), ()):
            raise UnknownToPress(entry.index, f"type {manifest.get('type')!r} with kind {entry.kind!r}")

    def _enter_note(self, edition: Edition) -> set[Sheet]:
        """Only a note that vouches for the programs of a check is shown: where they are."""
        if read_vouched(edition.content.get("note")) is None:
            return set()
        return {Sheet("check", (tag,)) for tag in self.languages()}

    def vouched(self) -> tuple[int, Vouched] | None:
        """The newest note that vouches for the programs with which readers check, and the number of its entry."""
        rows = self._db.execute("SELECT idx, note FROM entry WHERE id = ? ORDER BY seq DESC", (ADMIN,))
        return next(((index, found) for index, note in rows if (found := read_vouched(note))), None)

    def _enter_piece(self, entry: Entry, edition: Edition) -> set[Sheet]:
        content = edition.content
        sort = content["piece"]
        before = self._db.execute("SELECT content FROM piece WHERE id = ?", (entry.id,)).fetchone()
        led = {one: self.merging.end(one) for one in self.merging.through(entry.id)} if sort == "person" else {}
        gone = self._without_address(entry, content) if before and sort == "person" else set()
        self._db.execute(
            "INSERT OR REPLACE INTO piece VALUES (?,?,?,?,?)",
            (entry.id, entry.index, entry.at, sort, json.dumps(content, ensure_ascii=False)),
        )
        self._pieces.pop(entry.id, None)
        if sort != "redirect":
            self._furniture = None
        leading = self._merge(entry, content, led) if sort == "person" else set()
        is_one_more = sort == "person" and before is None and sum("address" in one.content for one in self.people()) > 1
        if sort not in NARROW_PIECES and (leading or not is_one_more):
            self._db.execute("UPDATE place SET wide = ?, furniture_at = ?", (entry.index + 1, entry.at))
        return gone | leading | self._touched_by_piece(entry, content, self._opened(before[0]) if before else None)

    def _without_address(self, entry: Entry, content: dict[str, Any]) -> set[Sheet]:
        """What goes of a person whose address the law takes: the pages and feeds that lay there, in each language."""
        if content.get("address"):
            return set()
        tags = self.lists.languages_of(entry.id, self.languages())
        names = filter(None, (self.lists.list_of("person", entry.id, tag) for tag in tags))
        return {Sheet("vanish", (folder, 0)) for name in names for folder in self.lists.folders_of(name)}

    def _enter_initials(self, entry: Entry, edition: Edition, again: Iterable[tuple[int, Edition]]) -> set[Sheet]:
        """Have a person under the letters of her names; whoever leads on to others through her comes or goes, too."""
        before = {tag: self.initials.pages(tag) for tag in self.languages()}
        for seq, one in ((entry.seq, edition), *again):
            self.initials.keep(entry.id, seq, one.content)
        persons = set(self.merging.through(entry.id))
        touched: set[Sheet] = set()
        for tag, old in before.items():
            new = self.initials.pages(tag)
            for span in old.keys() | new.keys():
                is_on = span in new and not persons.isdisjoint(new[span].persons)
                touched |= {Sheet("letter", (tag, span))} if is_on or old.get(span) != new.get(span) else set()
        return touched

    def _merge(self, entry: Entry, content: dict[str, Any], before: dict[str, str]) -> set[Sheet]:
        """Let those lead on whose chain this person's edition changes; `before` says whom they led to till now."""
        self.merging.keep(entry.id, content)
        changed = sorted(one for one, end in before.items() if self.merging.end(one) != end)
        touched = self.lists.hand_over(changed, self.languages()) if changed else set()
        ends = {end for one in changed for end in (before[one], self.merging.end(one))}
        for end in ends:
            for tag in self.lists.languages_of(end, self.languages()):
                touched |= self.lists.undated_sheets(self.lists.list_of("person", end, tag))
        for person in dict.fromkeys([*self.merging.everybody(), entry.id]):
            touched |= self._lead_on(entry, person)
        return touched

    def _lead_on(self, entry: Entry, person: str) -> set[Sheet]:
        """Have a merged person's addresses lead to whom she is merged into; those of one who is not lead nowhere."""
        wanted = self.lists.leading_on(person, self.languages())
        if wanted == self.redirects.of(person):
            return set()
        touched = self.redirects.forget(person)
        for source, target in wanted.items():
            touched |= self.redirects.add(entry, source, 301, target, person)
        return touched

    def _touched_by_piece(self, entry: Entry, content: dict[str, Any], before: dict[str, Any] | None) -> set[Sheet]:
        sort = content["piece"]
        touched = {Sheet(one, (tag,)) for tag in self.languages() for one in ("lost", "check")} | self._for_programs()
        for tag in self.languages():
            touched |= {Sheet("front", (tag,)), Sheet("latest", (tag,)), Sheet("archive", (tag,))}
            touched.add(Sheet("search", (tag,)))
            if sort in ("event", "office"):
                touched.add(Sheet("agenda", (tag,)))
            if sort == "event":
                touched.add(Sheet("event", (tag, entry.id)))
            if self.crisis_at():
                touched.add(Sheet("crisis", (tag,)))
            if sort == "person":
                touched |= {
                    Sheet("people", (tag,)),
                    *self.lists.undated_sheets(self.lists.list_of("person", entry.id, tag)),
                }
            if sort == "section":
                touched |= self.lists.undated_sheets(self.lists.list_of("section", entry.id, tag))
        if sort in ("office", "section", "person"):
            touched |= {Sheet("places"), Sheet("sitemaps")}
        if sort == "event":
            touched |= self._enter_event(entry, content, before)
        if sort == "redirect":
            touched |= self._enter_redirect(entry, content, before)
        return touched | {Sheet("root"), Sheet("record"), Sheet("assets"), *self._showroom_sheets()}

    def _showroom_sheets(self) -> set[Sheet]:
        return {Sheet("styleguide")} if self.origin == SHOWROOM else set()

    def _enter_event(self, entry: Entry, content: dict[str, Any], before: dict[str, Any] | None) -> set[Sheet]:
        """Give an event its place in the agenda's calendar; what once had a page keeps it."""
        changed = self.agenda.enter(entry.id, content, before)
        return {Sheet("events", (tag, span)) for tag in self.languages() for span in ("", *changed)}

    def _enter_redirect(self, entry: Entry, content: dict[str, Any], before: dict[str, Any] | None) -> set[Sheet]:
        touched = self.redirects.forget(entry.id)
        if before and before.get("from"):
            touched.add(Sheet("moved", (before["from"],)))
        if content["state"] == "current" and content.get("from"):
            target = content.get("to") or ""
            touched |= self.redirects.add(entry, content["from"], 301 if target else 410, target)
        return touched

    def _enter_message(self, entry: Entry, edition: Edition) -> set[Sheet]:
        content = edition.content
        before, example = self.message(entry.id), self.example(content["language"])
        row = self._new_row(entry, content, before)
        tombstone = self._tombstone_of(entry, content)
        values = (*values_of(row), entry.seq, tombstone)
        self._db.execute(
            f"INSERT OR REPLACE INTO message ({ROW_FIELDS}, seq, tombstone)"  # noqa: S608
            f" VALUES ({','.join('?' * len(values))})",
            values,
        )
        self._db.execute("UPDATE entry SET day = ? WHERE id = ? AND seq = ?", (row.day, entry.id, entry.seq))
        touched = {Sheet("message", (entry.id,)), Sheet("edition", (entry.id, entry.seq))}
        touched |= changes_of(entry.id, entry.seq, entry.seq)
        touched |= _words(self.prints.keep(entry.index, edition.prints))
        if entry.seq > 1:
            touched.add(Sheet("edition", (entry.id, entry.seq - 1)))
        if "removed" in (row.state, before.state if before else ""):  # then each edition's page gives the reason
            touched |= {Sheet("edition", (entry.id, seq)) for seq in range(1, entry.seq)}
            touched |= changes_of(entry.id, 2, entry.seq)
        versions = self.versions_of(row.message)
        touched |= {Sheet("message", (other.id,)) for other in versions}
        touched |= {Sheet("beside", (one.id, other.id)) for one, other in pairs_of(versions)}
        touched |= self._vanished(entry, content, before, row, tombstone)
        touched |= self.lists.place(row, content, entry.seq)
        touched |= self.redirects.of_message(entry, content, row)
        touched |= {Sheet(sort, (row.language,)) for sort in ("front", "latest", "archive")}
        if row.message in self._featured():
            touched |= {Sheet("front", (tag,)) for tag in self.languages()}
        numbers = {other.index // SITEMAP_ENTRIES for other in (row, *versions)}
        touched |= {Sheet("sitemap", (number,)) for number in numbers} | {Sheet("sitemaps")}
        return touched | (self._for_programs() if self.example(row.language) != example else set())

    def _for_programs(self) -> set[Sheet]:
        """What tells programmers of the office, with an example that stands on its record."""
        return {Sheet("api"), *(Sheet("developers", (tag,)) for tag in self.languages())}

    def _new_row(self, entry: Entry, content: dict[str, Any], before: Row | None) -> Row:
        corrected, updated = (before.corrected_at, before.updated_at) if before else (None, None)
        path = content.get("address")
        return Row(
            id=entry.id,
            message=content["message"],
            index=before.index if before else entry.index,
            path=f"{path}/" if path else "",
            language=content["language"],
            day=entry.dated or (before.day if before else self.local_day(entry.at)),
            kind=content.get("kind"),
            section=content.get("section"),
            state=content["state"],
            title=content.get("title"),
            teaser=teaser_of(content),
            at=entry.at,
            first_at=before.first_at if before else entry.at,
            corrected_at=entry.at if entry.kind == "correct" else corrected,
            updated_at=entry.at if entry.kind == "update" else updated,
            stub="stub" in content,
            imported=entry.kind == "import" or bool(before and before.imported),
            translation=content.get("translation"),
            original=content["original"],
            erased="erased" in content or has_gap(content),
        )

    def _tombstone_of(self, entry: Entry, content: dict[str, Any]) -> int:
        """The entry that erased the message's address; -1 for an edition that had one, its words cut or not."""
        if "address" in content:
            return -1
        known = self._db.execute("SELECT tombstone FROM message WHERE id = ?", (entry.id,)).fetchone()
        return int(known[0]) if known and known[0] >= 0 else entry.index

    def _vanished(
        self, entry: Entry, content: dict[str, Any], before: Row | None, row: Row, tombstone: int
    ) -> set[Sheet]:
        """What an erasure takes away: the old address's pages, and files."""
        touched = {Sheet("file", (item["part"],)) for item in content.get("erased", ())}
        if tombstone >= 0:
            touched.add(Sheet("tombstone", (tombstone,)))
        if before and before.path and not row.path:
            others = " ".join(sorted(other.language.lower() for other in self.versions_of(row.message)))
            touched.add(Sheet("vanish", (before.path, entry.seq, others)))
        return touched

    # ------------------------------------------------------------------ reading

    def furniture(self) -> Furniture:
        """All current pieces but redirects: no page shows them, and of an office that moved in there are thousands."""
        if self._furniture is None:
            query = "SELECT id, idx, at, content FROM piece WHERE piece <> 'redirect' ORDER BY idx"
            found = self._db.execute(query).fetchall()
            pieces = tuple(Piece(id_, idx, at, self._opened(content)) for id_, idx, at, content in found)
            self._furniture = Furniture(self.origin, tuple(p for p in pieces if p.content["state"] == "current"))
        return self._furniture

    def piece(self, id_: str) -> dict[str, Any] | None:
        """A piece's content as its last entry has it, current or not."""
        if id_ not in self._pieces:
            found = self._db.execute("SELECT content FROM piece WHERE id = ?", (id_,)).fetchone()
            self._pieces[id_] = self._opened(found[0]) if found else None
        return self._pieces[id_]

    def crisis_at(self) -> str | None:
        """The instant of the last word about a crisis page, be it that there is none; None if never one was."""
        return self._one("SELECT MAX(at) FROM piece WHERE piece = 'crisis'")

    def languages(self) -> tuple[str, ...]:
        """The office's languages, as its furniture has them now."""
        office = self.furniture().one("office")
        return tuple(office.content["languages"]) if office else ()

    def local_day(self, at: str) -> str:
        """The day of an instant in the office's zone as it is now."""
        office = self.furniture().one("office")
        return local_time(at, office.content["zone"] if office else "UTC").date().isoformat()

    def message(self, id_: str) -> Row | None:
        """A message's newest row."""
        found = self._db.execute(f"SELECT {ROW_FIELDS} FROM message WHERE id = ?", (id_,)).fetchone()  # noqa: S608
        return row_of(found) if found else None

    def versions_of(self, message: str) -> tuple[Row, ...]:
        """All language versions of a message, in the order in which they came."""
        found = self._db.execute(
            f"SELECT {ROW_FIELDS} FROM message WHERE message = ? ORDER BY idx",  # noqa: S608
            (message,),
        )
        return tuple(row_of(one) for one in found.fetchall())

    def editions_of(self, id_: str) -> tuple[EditionLine, ...]:
        """The editions of one language version, first to last."""
        found = self._db.execute("SELECT seq, kind, at, idx, note FROM entry WHERE id = ? ORDER BY seq", (id_,))
        return tuple(EditionLine(*one) for one in found.fetchall())

    def entry_of(self, id_: str, seq: int) -> Entry:
        """The entry of an edition."""
        index, data = self._db.execute("SELECT idx, data FROM entry WHERE id = ? AND seq = ?", (id_, seq)).fetchone()
        try:
            return parse_entry(data, index)
        except RecordError as error:
            raise CatalogueDamaged(self.file, str(error)) from error

    def place_day(self, id_: str, seq: int) -> str:
        """The day under which lists placed a message when this edition was its newest."""
        return self._one("SELECT day FROM entry WHERE id = ? AND seq = ?", id_, seq)

    def newest_seq(self, id_: str) -> int:
        """The number of a message's newest edition."""
        return self._one("SELECT MAX(seq) FROM entry WHERE id = ?", id_)

    def tombstone(self, index: int) -> str | None:
        """The id whose address the entry of this index erased."""
        found = self._db.execute("SELECT id FROM message WHERE tombstone = ?", (index,)).fetchone()
        return found[0] if found else None

    def is_message_path(self, path: str) -> bool:
        """Whether a message's own page lies at this path."""
        return bool(self._one("SELECT COUNT(*) FROM message WHERE path = ?", path))

    def is_person_path(self, path: str) -> bool:
        """Whether a person's page, or one below it, lies at this path."""
        steps = path.split("/")
        return steps[1:2] == ["people"] and any(
            steps[2:3] == [one.content.get("address")] and not self.merging.leads_on(one.id) for one in self.people()
        )

    def sitemap(self, number: int) -> list[tuple[str, str, str]]:
        """Message, path and instant of what stands in one sitemap, by index, what was removed or erased left out."""
        first = number * SITEMAP_ENTRIES
        return self._db.execute(
            "SELECT message, path, at FROM message WHERE idx >= ? AND idx < ? AND path IS NOT NULL"
            " AND state <> 'removed' ORDER BY idx",
            (first, first + SITEMAP_ENTRIES),
        ).fetchall()

    def languages_in(self, number: int) -> dict[str, dict[str, str]]:
        """message -> language -> path, of the messages of one sitemap: those that stand, in whichever sitemap."""
        first = number * SITEMAP_ENTRIES
        found: dict[str, dict[str, str]] = {}
        rows = self._db.execute(
            "SELECT message, language, path FROM message WHERE path IS NOT NULL AND state <> 'removed' AND message IN"
            " (SELECT message FROM message WHERE idx >= ? AND idx < ?) ORDER BY idx",
            (first, first + SITEMAP_ENTRIES),
        )
        for message, language, path in rows.fetchall():
            found.setdefault(message, {})[language] = path
        return found

    def example(self, language: str) -> Example:
        """What whoever tries the files can ask for: the oldest message that stands, best in turns; and the like."""
        lists = (*(f"{language}|kind|{kind}" for kind in IN_TURNS), f"{language}|all|")
        found = next((one for one in map(self.lists.oldest, lists) if one), None)
        people = (one for one in self.people() if not self.merging.leads_on(one.id))
        person = next((one.content["address"] for one in people if one.content.get("address")), None)
        event = self.furniture().one("event")
        seq = self._one("SELECT seq FROM message WHERE id = ?", found.id) if found else None
        return Example(
            path=found.path if found else None,
            edition=seq,
            kind=found.kind if found else None,
            person=person,
            event=event.id if event else None,
            place=self.lists.first_word(language, "place"),
            occasion=self.lists.first_word(language, "occasion"),
            sitemap=found.index // SITEMAP_ENTRIES if found else None,
        )

    def sitemaps(self) -> list[int]:
        """The numbers of the sitemaps that hold something: from each one to the next, past the messages between."""
        found = self._db.execute(
            "WITH RECURSIVE found(number) AS (SELECT MIN(idx) / :size FROM message UNION ALL"
            " SELECT (SELECT MIN(idx) / :size FROM message WHERE idx >= (number + 1) * :size) FROM found"
            " WHERE number IS NOT NULL) SELECT number FROM found WHERE number IS NOT NULL",
            {"size": SITEMAP_ENTRIES},
        )
        return [number for (number,) in found.fetchall()]

    def people(self) -> list[Piece]:
        """The current persons, in order."""
        return self.furniture().of("person")

    def sheets(self) -> Iterator[Sheet]:
        """Everything that a full build sets."""
        yield from (Sheet("root"), Sheet("record"), Sheet("assets"), Sheet("sitemaps"), Sheet("places"), Sheet("api"))
        yield from self._showroom_sheets()
        for tag in self.languages():
            yield from (Sheet(sort, (tag,)) for sort in IN_EACH_LANGUAGE)
            for span in ("", *self.agenda.pages()):
                yield Sheet("events", (tag, span))
            for span in self.initials.pages(tag):
                yield Sheet("letter", (tag, span))
            for event in self.furniture().of("event"):
                yield Sheet("event", (tag, event.id))
        for id_, seq, tombstone, message in self._messages():
            yield Sheet("message", (id_,))
            if tombstone >= 0:
                yield Sheet("tombstone", (tombstone,))
            for number in range(1, seq + 1):
                yield Sheet("edition", (id_, number))
            yield from sorted(changes_of(id_, 2, seq))
            if message:  # after its last language, while all of them are at hand
                yield from (Sheet("beside", (one.id, other.id)) for one, other in pairs_of(self.versions_of(message)))
        yield from self.lists.sheets(self.languages(), self.furniture())
        for number in self.sitemaps():
            yield Sheet("sitemap", (number,))
        yield from self.redirects.sheets()
        yield from (_words_sheet(file) for file in self.prints.all_files(self.position))

    def sheets_about(self) -> int:
        """About how many sheets a full build sets: a message and an edition for each entry, and each list's pages."""
        asked = (
            "SELECT COUNT(DISTINCT list) * 2 + COUNT(DISTINCT list || substr(day, 1, 4))"
            " + COUNT(DISTINCT list || substr(day, 1, 7)) + COUNT(DISTINCT CASE WHEN list LIKE '__|all|' THEN day END)"
        )
        return int(2 * self.position + self._one(f"{asked} FROM ever"))

    def _messages(self) -> Iterator[tuple[str, int, int, str | None]]:
        """Id, editions and tombstone of every language version, of the last of several their message, too; some at a
        time: an archive is not held in memory."""
        last = -1
        asked = (
            "SELECT id, seq, tombstone, CASE WHEN idx = (SELECT MAX(idx) FROM message AS other"
            " WHERE other.message = one.message HAVING COUNT(*) > 1) THEN message END, idx"
            " FROM message AS one WHERE idx > ? ORDER BY idx LIMIT 1000"
        )
        while found := self._db.execute(asked, (last,)).fetchall():
            for id_, seq, tombstone, message, last in found:  # noqa: B007 - where the next ones begin
                yield id_, seq, tombstone, message

    def _featured(self) -> tuple[str, ...]:
        piece = self.furniture().one("featured")
        return tuple(piece.content["messages"]) if piece else ()

    def _opened(self, content: str) -> dict[str, Any]:
        try:
            return json.loads(content)
        except ValueError as error:
            raise CatalogueDamaged(self.file, str(error)) from error

    def _every(self, query: str) -> list[Any]:
        return self._db.execute(query).fetchall()

    def _one(self, query: str, *values: Any) -> Any:
        return self._db.execute(query, values).fetchone()[0]


def _named(sheet: Sheet) -> str:
    """A sheet in one word, for a table of sheets."""
    return json.dumps([sheet.sort, *sheet.about])


def _words(files: set[PrintFile]) -> set[Sheet]:
    return set(map(_words_sheet, files))


def _words_sheet(file: PrintFile) -> Sheet:
    return Sheet("words", tuple(one for one in file if one is not None))


def changes_of(id_: str, first: int, last: int) -> set[Sheet]:
    """The comparisons of some editions, each with the one before it."""
    return {Sheet("changes", (id_, seq)) for seq in range(max(2, first), last + 1)}
