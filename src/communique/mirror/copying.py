"""A mirror: a record's log, editions and files, copied, verified, and kept up to date; what the law took is taken here.

    FOLDER/record/     the record, to be served at /record/ or baked: whole and verified at its `checkpoint`
    FOLDER/.mirror/    the largest head verified, keys, where erasing stands, evidence; not to be served

The order of a run, which a crash may end anywhere:

    1  the log: tiles and bundles up to the office's head (`log_copy.py`); never a fork, never a rollback
    2  editions and files of entries that the mirror's `checkpoint` does not have; what is there is not asked for
    3  `log.vkey`, `policy`, statements about keys (`keys/…`: the first seen of each stays, until those come that lead
       to a closing by the root), then `checkpoint`
    4  each `erase` entry: named lines are cut from editions, named files removed, and partial tiles that a full one
       replaces; done again by the next run until it is noted as done

An edition that lacks a part counts only if an `erase` entry under the head names it. An edition or file that is missing
or damaged at the office stops the run before 3: the mirror stays what it was, whole at its older checkpoint.

A log that its root closed goes on as its successor. Once the mirror is whole at the head of the closing, the office is
asked no more: its address may be another's now. A closing that somebody puts into `record/keys/` counts as well.
"""

from __future__ import annotations

import fcntl
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from communique.edition.edition import Edition, parse_edition, part_hash
from communique.edition.errors import EditionError
from communique.mirror.errors import FolderRefused, Misbehaved
from communique.mirror.keys import said_at
from communique.mirror.log_copy import Grown, LogCopy, Read
from communique.record.checkpoint import Checkpoint
from communique.record.durable import Batch, empty
from communique.record.entry import VERSION, Entry
from communique.record.errors import Missing, NotOfFormat, NotVerified, Unreachable
from communique.record.note import VerifierKey
from communique.record.policy import parse_policy
from communique.record.reader import SALT_BYTES, edition_path, file_path
from communique.record.reader_folder import FolderReader
from communique.record.succession import Statement
from communique.record.tile import WIDTH, parse_tile_path
from communique.verify.log import check_chain
from communique.verify.report import Finding, Findings
from communique.verify.site.places import MIRROR

STATE = MIRROR
STATEMENTS_FIRST = "keys/root"
STATEMENTS_LIMIT = 1000
BATCH_FILES = 256
"""files after which their folders are synced, and a killed run has kept them"""


@dataclass(frozen=True)
class Mirrored:
    """What a run did: sizes before and after, how many files came and how many the law took.

    `findings` are what is wrong with entries that the office signed nevertheless: a mirror keeps what was signed.
    """

    origin: str
    old: int
    size: int
    editions: int
    files: int
    erased: int
    findings: tuple[Finding, ...]
    closing: Statement | None = None
    """how the log ended; its successor is to be followed now"""
    refused: str = ""
    """why nothing more was taken from the address of a log that is closed"""


class Mirror:
    """One office's mirror in a folder. `told` hears of long work: what, how many, share of it."""

    def __init__(
        self, folder: Path, told: Callable[[str, int, float | None], None] = lambda _what, _n, _of: None
    ) -> None:
        self.folder = folder
        self.record = folder / "record"
        self.state = folder / STATE
        self.log = LogCopy(self.record, self.state)
        self._told = told

    def update(self, read: Read, seen: Mapping[str, str], key: VerifierKey | None = None) -> Mirrored:
        """Bring the mirror up to the office's head. Raises Misbehaved, NotVerified, Missing, Unreachable."""
        with alone_in(self.folder, "a mirror"):
            empty(self.log.spool)
            self.log.begin_look()
            self.log.learn(FolderReader(self.record).read)
            if ended := self.ended():
                return ended
            try:
                return self._update(read, seen, key)
            except Misbehaved:
                raise
            except (Unreachable, NotVerified, NotOfFormat, Missing) as error:
                if not isinstance(error, Unreachable):
                    self.log.check_whole()
                if self.log.closing is None:
                    raise
                return self._stayed(str(error))

    def ended(self) -> Mirrored | None:
        """What there is to say of a mirror that is whole at the end of its log; None for any other."""
        closing = self.log.closing
        return self._stayed("") if closing and self.log.has_ended and self.size() == closing.size else None

    def _stayed(self, why: str) -> Mirrored:
        closing, size = self.log.closing, self.size()
        return Mirrored(closing.origin if closing else "", size, size, 0, 0, 0, (), closing, why)

    def _update(self, read: Read, seen: Mapping[str, str], key: VerifierKey | None) -> Mirrored:
        before = self.size()
        grown = self.log.follow(read, seen, key)
        old = min(before, grown.old)
        entries = list(self.log.reader(grown.head).entries(0, grown.head.size))
        findings = Findings()
        check_chain(entries[old:], grown.head.origin, findings, entries[:old])
        erasures = self._erasures(entries, read)
        counts = self._fetch(entries, old, read, erasures)
        self._finish(grown, read)
        erased = self._obey(entries, erasures)
        if before > grown.head.size:
            self._drop_beyond(entries, grown.head)
        faults, closing = tuple(findings.faults), self.log.closing
        return Mirrored(grown.head.origin, old, grown.head.size, *counts, erased, faults, closing)

    def size(self) -> int:
        """How many entries the mirror holds whole, with their editions."""
        try:
            return FolderReader(self.record).size()
        except Missing:
            return 0

    def _erasures(self, entries: list[Entry], read: Read) -> dict[tuple[str, str], set[int]]:
        """(id, part) -> the editions of the id that an `erase` entry takes it from."""
        found: dict[tuple[str, str], set[int]] = {}
        for entry in entries:
            if entry.kind == "erase" and entry.v == VERSION:
                for part, seq in erased_by(self._edition(entry, read)):
                    found.setdefault((entry.id, part), set()).add(seq)
        return found

    def _edition(self, entry: Entry, read: Read) -> Edition:
        """The edition of an entry: the one that is here, else the office's, which must be what the entry commits to."""
        file = self.record / edition_path(entry.body)
        if file.is_file():
            try:
                return checked_edition(entry, file.read_bytes())
            except NotVerified:
                pass  # a disk that lost a write; the office has it
        return checked_edition(entry, read(edition_path(entry.body)))

    def _fetch(
        self, entries: list[Entry], old: int, read: Read, erasures: Mapping[tuple[str, str], set[int]]
    ) -> tuple[int, int]:
        """Step 2: how many editions and files came."""
        batch, counts, waiting = Batch(self.log.spool), [0, 0], 0
        for number, entry in enumerate(entries[old:], 1):
            if entry.v != VERSION:
                batch.write(self.record / edition_path(entry.body), read(edition_path(entry.body)))
                continue
            here = (self.record / edition_path(entry.body)).is_file()
            edition = self._edition(entry, read)
            for part in edition.missing:
                if entry.seq not in erasures.get((entry.id, part), ()):
                    raise NotVerified(
                        f"the part {part} is missing, and no `erase` entry of {entry.id} names it with seq {entry.seq}",
                        edition_path(entry.body),
                        "run it again; if it stays so, ask the office for the whole edition",
                    )
            if not here:
                batch.write(self.record / edition_path(entry.body), edition.data)
                counts[0] += 1
                waiting += 1
            for part in edition.files:
                if entry.seq in erasures.get((entry.id, part), ()) or self._has(part):
                    continue
                batch.write(self.record / file_path(part), checked_file(part, read(file_path(part))))
                counts[1] += 1
                waiting += 1
            if waiting >= BATCH_FILES:
                batch.settle()
                waiting = 0
            self._told("editions", number, number / (len(entries) - old))
        batch.settle()
        return counts[0], counts[1]

    def _has(self, part: str) -> bool:
        file = self.record / file_path(part)
        if not file.is_file():
            return False
        try:
            checked_file(part, file.read_bytes())
        except NotVerified:
            return False
        return True

    def _finish(self, grown: Grown, read: Read) -> None:
        """Step 3. A policy that cannot be read is not taken."""
        batch = Batch(self.log.spool)
        batch.write(self.record / "log.vkey", f"{grown.keys[0].text}\n".encode())
        try:
            policy = read("policy")
            parse_policy(policy)
            batch.write(self.record / "policy", policy)
        except (Missing, NotOfFormat):
            pass
        closing = self.log.closing
        closed = closing is not None and closing in said_at(read).statements
        for path in _statements():
            if not (self.record / path).exists() or (closed and path != STATEMENTS_FIRST):
                try:
                    batch.write(self.record / path, read(path))
                except Missing:
                    if path != STATEMENTS_FIRST:
                        break
        batch.settle()
        batch.write(self.record / "checkpoint", grown.head.data)
        batch.settle()
        if grown.is_news:
            self._drop_partial_tiles(grown.head)

    def _drop_partial_tiles(self, head: Checkpoint) -> None:
        """Those that a full tile has replaced; readers of an older head are given the full one."""
        for folder in (self.record / "tile").rglob("*.p"):
            if folder.with_suffix("").is_file():
                for file in folder.iterdir():
                    tile = parse_tile_path(file.relative_to(self.record).as_posix())
                    if tile.start + WIDTH <= head.size >> (8 * max(tile.level, 0)):
                        file.unlink()
                folder.rmdir()

    def _drop_beyond(self, entries: list[Entry], head: Checkpoint) -> None:
        """After a closing: what lies here for entries above it, which are nobody's."""
        editions = [self._edition(entry, self.log.reader(head).read) for entry in entries if entry.v == VERSION]
        due = {edition_path(entry.body) for entry in entries}
        due |= {file_path(part) for edition in editions for part in edition.files}
        batch = Batch(self.log.spool)
        for path in FolderReader(self.record).paths():
            if path.startswith("tile/"):
                tile = parse_tile_path(path)
                is_ours = tile.start + tile.width <= head.size >> (8 * max(tile.level, 0))
            else:
                is_ours = path in due or not path.startswith(("editions/", "files/"))
            if not is_ours:
                batch.remove(self.record / path)
        batch.settle()

    def _obey(self, entries: list[Entry], erasures: Mapping[tuple[str, str], set[int]]) -> int:
        """Step 4, for the erasures that were not carried out here yet: how many lines and files went."""
        done = self._erased_below()
        newer = {entry.id for entry in entries[done:] if entry.kind == "erase"}
        batch, went = Batch(self.log.spool), 0
        for entry in entries:
            if entry.id not in newer:
                continue
            parts = frozenset(p for (id_, p), seqs in erasures.items() if id_ == entry.id and entry.seq in seqs)
            went += self._cut(entry, parts, batch) if parts else 0
        batch.settle()
        batch.write(self.state / "erased", json.dumps({"below": len(entries)}).encode())
        batch.settle()
        return went

    def _cut(self, entry: Entry, parts: frozenset[str], batch: Batch) -> int:
        file = self.record / edition_path(entry.body)
        edition = checked_edition(entry, file.read_bytes())
        here = parts & set(edition.texts)
        if here:
            batch.write(file, edition.without(parts).data)
        gone = [part for part in parts & set(edition.files) if (self.record / file_path(part)).exists()]
        for part in gone:
            batch.remove(self.record / file_path(part))
        return len(here) + len(gone)

    def _erased_below(self) -> int:
        file = self.state / "erased"
        try:
            return int(json.loads(file.read_bytes())["below"])
        except (OSError, ValueError, KeyError, TypeError):
            return 0


def _statements() -> Iterator[str]:
    """Paths of what is said about a log's keys: its root, then what happened, in order."""
    yield STATEMENTS_FIRST
    yield from (f"keys/{number}" for number in range(1, STATEMENTS_LIMIT))


def checked_edition(entry: Entry, data: bytes) -> Edition:
    """The edition that an entry commits to, from these bytes. Raises NotVerified for any other."""
    where = edition_path(entry.body)
    try:
        edition = parse_edition(data)
    except EditionError as error:
        raise NotVerified(str(error), where) from error
    if edition.body != entry.body:
        raise NotVerified(f"salt and manifest hash to {edition.body}, not to its name", where)
    return edition


def checked_file(part: str, data: bytes) -> bytes:
    """The bytes of a file part, with its salt. Raises NotVerified for any other."""
    got = part_hash(data[:SALT_BYTES], data[SALT_BYTES:])
    if got != part:
        raise NotVerified(f"salt and bytes hash to {got}, not to its name", file_path(part))
    return data


def erased_by(edition: Edition) -> Iterator[tuple[str, int]]:
    """(part, seq) of what an edition of an erasure takes from the editions of its id."""
    named: Any = edition.manifest.get("erased")
    for item in named if isinstance(named, list) else ():
        if isinstance(item, dict) and isinstance(item.get("part"), str) and isinstance(item.get("seq"), int):
            yield item["part"], item["seq"]


@contextmanager
def alone_in(folder: Path, sort: str) -> Iterator[None]:
    """Hold the folder's lock, which the system gives back when the process dies. Raises FolderRefused."""
    strange = folder.is_dir() and any(folder.iterdir()) and not (folder / STATE).is_dir()
    if strange:
        raise FolderRefused(
            f"holds something that is not {sort}", str(folder), "name a new folder, or the one of before"
        )
    (folder / STATE).mkdir(parents=True, exist_ok=True)
    with (folder / STATE / "lock").open("wb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise FolderRefused("another process works in it", str(folder), "wait for it, or end it") from error
        yield
