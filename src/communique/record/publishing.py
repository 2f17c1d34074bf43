"""The publishing order: the only path by which anything becomes public.

    1  in one transaction that excludes other publishers: clock, approvals, "not cancelled"
    2  index assigned, entries and editions committed in it           the newsroom's point of no return
    3  root by two ways, consistency proven, signed, checkpoint swapped            the log's commit point
    4  edition files and binary parts
    5  tiles, bundles, then `checkpoint`
    5a erasures carried out: lines and files cut from every edition named
    6… the followers, in order: pages, lists, mail

A crash after 2 loses nothing: `recover` runs the same code from 3. It is what every start of the worker does, so there
is no second, less tested way. What is signed is always what the files will say: nothing is signed ahead of its instant,
and nothing below the largest size that the public files know. Before an index is given, the public files are asked:
tiles that do not give the root of their checkpoint (Damaged), or that tell another story than the database (Forked),
stop it. Once in each process mirrors and witnesses are asked, too (`elsewhere.py`): what they know and this machine has
lost is taken back from a mirror, or nothing is signed (Behind).

A release is several drafts in one call: consecutive entries under one checkpoint, public at one instant or not at all.
Followers see an entry once step 5a is done for it, never before: no page is there ahead of its proof, and none is made
of words that an erasure is about to cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import Error as DatabaseFault
from django.db import connection, transaction
from django.db.models import QuerySet

from communique.edition import Edition, parse_edition, part_hash
from communique.record.checkpoint import Checkpoint, parse_checkpoint, sign_checkpoint, verify_checkpoint
from communique.record.durable import Batch, Wave, empty
from communique.record.durable import alone as _alone
from communique.record.elsewhere import Behind, Elsewhere, Mirror
from communique.record.entering import Entering
from communique.record.entry import Entry, parse_entry
from communique.record.errors import Missing, NotOfFormat, NotVerified, RecordError, Unreachable
from communique.record.models import Log, LoggedEdition, LoggedEntry, WaitingFile
from communique.record.note import SignerKey, parse_verifier_key, sign_text
from communique.record.policy import NOBODY, Policy, format_policy
from communique.record.policy import Log as PolicyLog
from communique.record.reader import SALT_BYTES, FileReader, edition_path, file_path
from communique.record.reader_database import RESTORE, edition_in_database, editions_in_database
from communique.record.reader_folder import FolderReader
from communique.record.release import Draft, Published, log_release
from communique.record.signer import RemoteSigner
from communique.record.tile import ENTRIES, HEIGHT, WIDTH, Tile, bundle_data, parse_tile_path, tile_data, tiles_written
from communique.record.tree import (
    EMPTY_ROOT,
    CompactRange,
    Subtree,
    consistency_proof,
    leaf_hash,
    node_hash,
    tree_root,
    verify_consistency,
)

ADOPTED_AT_ONCE = 256
"""entries of somebody's copy that are kept in memory before they are written"""
IN_ONE_WAVE = 1024
"""editions that wait at most for one sync of the disk"""
ONE_BY_ONE = 24
"""editions at most that are synced to the disk each by itself; of more, the disk is synced twice"""

Follower = Callable[[], None]


class Forked(RecordError):
    """Public files, database and key do not tell one story; nothing is signed until a person has looked."""

    def __init__(self, what: str, where: str) -> None:
        super().__init__(what, where, "sign nothing; compare with a mirror, then restore the newer of the two")


class Damaged(RecordError):
    """Public files that are not what was written there; the database still has what belongs in them."""

    def __init__(self, what: str, where: str) -> None:
        super().__init__(what, where, "run `communique bake --full`, which writes them again from the database")


class ForeignKey(NotVerified):
    """The record is signed, under another key than the one that is here."""

    def __init__(self, where: str) -> None:
        super().__init__(
            "is signed by another key than the one that is here", where, "put the office's own key in place"
        )


class NotYetPublic(Unreachable):
    """A release is past the point of no return, and something stopped it before all could see it.

    `published` is what it will be: it must not be published again. The next `recover` goes on from where it stopped.
    """

    def __init__(self, published: Sequence[Published], cause: Exception) -> None:
        first, last = published[0].index, published[-1].index
        super().__init__(
            f"committed, but not yet public everywhere ({str(cause) or type(cause).__name__})",
            f"entry {first}" if first == last else f"entries {first} to {last}",
            "mend that; the next start, or `communique bake`, goes on. Do not publish it again",
        )
        self.published = tuple(published)


@dataclass(frozen=True)
class Publisher:
    """Everything publishing needs and does not take by itself.

    `clock` gives an aware instant; `fresh_salt` 32 random bytes for an id; `allowed` raises to stop a release whose
    approval is gone; `noted` is told, in the same transaction, what the release will be; `followers` read the record
    once it is public; `observe` is told the step that begins, for tests that break it and for the receipt.
    """

    signer: SignerKey | RemoteSigner
    folder: Path
    """the public `record` folder"""
    lock: Path
    """a file outside the public folder, locked while steps 3 and later run"""
    clock: Callable[[], datetime]
    fresh_salt: Callable[[str, int], bytes]
    """(id, how many salts this id asked for in this call) -> 32 bytes"""
    followers: Sequence[Follower] = ()
    allowed: Callable[[Sequence[Draft]], None] = lambda _release: None
    noted: Callable[[Sequence[Published]], None] = lambda _published: None
    observe: Callable[[str], None] = lambda _step: None
    public_address: str = ""
    """where the record is served, for the policy file; empty: https://ORIGIN/"""
    witnesses: Policy = NOBODY
    """the witnesses, groups and quorum of the policy file; its logs are not looked at"""
    also: SignerKey | None = None
    """the key before, which signs beside the new one while a rotation overlaps"""
    elsewhere: Elsewhere | None = None
    """mirrors and witnesses, which may know more than a machine that was put back from a backup"""

    @property
    def origin(self) -> str:
        """The log's name."""
        return self.signer.name

    @property
    def policy_data(self) -> bytes:
        """What the public file `policy` says: this log, its witnesses, their quorum."""
        address = self.public_address or f"https://{self.origin}/"
        return format_policy(replace(self.witnesses, logs=(PolicyLog(self.signer.verifier, address),)))

    @property
    def _spool(self) -> Path:
        return self.folder.parent / ".making-record"

    def _log(self) -> Log:
        return Log.objects.get_or_create(origin=self.origin)[0]

    def publish(self, release: Sequence[Draft]) -> list[Published]:
        """Make a release public: steps 1 to the last.

        Raises NotYetPublic after step 2: the release stands and will become public by itself. Whatever else is raised,
        nothing of the release has happened.
        """
        if not release:
            return []
        self.learn()
        published = self.commit(release)
        try:
            self.recover()
        except Exception as error:
            raise NotYetPublic(published, error) from error
        return published

    def learn(self) -> None:
        """Take back what the public files know: before an index is given that a restored database has forgotten."""
        with _database(), _alone(self.lock):
            self._adopt_public_tail()
            self._ask_elsewhere()

    def commit(self, release: Sequence[Draft]) -> list[Published]:
        """Steps 1 and 2. When this returns, the release will be public, whatever crashes."""
        self.observe("1 transaction")
        with _database(), transaction.atomic():
            log = _locked_log(self.origin)
            self.allowed(release)
            at = max(_instant(self.clock()), log.last_at)
            published = log_release(log, release, at, self.fresh_salt)
            log.last_at = at
            log.save()
            self.noted(published)
            self.observe("2 committing")
        return published

    def recover(self) -> None:
        """Steps 3 to the last, for whatever has not gone through them yet."""
        with _database(), _alone(self.lock):
            empty(self._spool)
            self._adopt_public_tail()
            self._ask_elsewhere()
            self.observe("3 signing")
            self._sign()
            self.observe("4 editions")
            self._write_editions(self._public_size())
            self.observe("5 tiles")
            self._write_tiles(self._public_size())
            self.observe("5a erasing")
            self._carry_out_erasures()
            self._let_followers_see()
        for follower in self.followers:
            with _database():
                follower()

    def rewrite(self) -> None:
        """Write each public file of the record again, from the database, where it is not what it should be.

        Pictures and other binary parts are in the public folder alone once they are public; verify names those that are
        gone. Raises Forked when the files may know more than the database.
        """
        with _database(), _alone(self.lock):
            empty(self._spool)
            try:
                self._adopt_public_tail()
            except (Damaged, Missing):
                self._check_nothing_forgotten(self._log())
            log = self._log()
            if log.signed_size:
                self._write_editions(0)
                self._write_tiles(0, self._older_tiles(log.signed_size))

    # ------------------------------------------------------------------ step 3

    def _sign(self) -> None:
        log = self._log()
        if log.signed_size == log.size:
            return
        size, leaves = log.size, _leaves(log)
        grown = _range(log)
        for leaf in _stored_leaves(log, log.signed_size, size):
            grown = grown.extended(leaf)
        for _checked in editions_in_database(_entries(log, log.signed_size, size)):
            pass
        subtree = self._stored_tree(leaves, self._public_size())
        root = tree_root(size, subtree)
        if root != grown.root():
            raise Forked("its tiles and its entries give two roots", str(self.folder / "tile"))
        if log.signed_size:
            old_root = self._signed(log).root
            proof = consistency_proof(log.signed_size, size, subtree)
            verify_consistency(log.signed_size, size, old_root, root, proof)
        checkpoint = self._head_signed(log, size, root, subtree)
        if self.also:
            checkpoint = checkpoint.with_signatures(sign_text(checkpoint.note.text, self.also))
        verify_checkpoint(checkpoint, self.signer.verifier)
        swapped = Log.objects.filter(pk=log.pk, signed_size=log.signed_size).update(
            signed_size=size,
            signed_range=" ".join(hash_.hex() for hash_ in grown.hashes),
            checkpoint=checkpoint.data,
        )
        if not swapped:
            raise Forked("another process signed at the same time", f"log {self.origin}")

    def _head_signed(self, log: Log, size: int, root: bytes, subtree: Subtree) -> Checkpoint:
        """The head, signed here or by the signer's own process, which has to see every entry that is new to it.

        The signer may know more than the database: what it signed before a crash that the database did not outlive.
        """
        if isinstance(self.signer, SignerKey):
            return sign_checkpoint(size, root, self.signer)
        last = self.signer.last()
        if last.size > size:
            raise Behind(str(self.signer.place), last.size, size)
        if last.size < log.signed_size:
            raise Forked(f"remembers {last.size} entries, while {log.signed_size} are signed", str(self.signer.place))
        if last.size and tree_root(last.size, subtree) != last.root:
            raise Forked(f"has signed another record of {last.size} entries", str(self.signer.place))
        return self.signer.sign(
            last.size, size, root, lambda start, stop: (entry.data for entry in _entries(log, start, stop))
        )

    def _signed(self, log: Log) -> Checkpoint:
        """The last checkpoint that the database has. Raises Forked when another key signed it."""
        checkpoint = parse_checkpoint(bytes(log.checkpoint), "database, last checkpoint")
        try:
            self._check_own(checkpoint, "database, last checkpoint")
        except NotVerified as error:
            raise Forked(f"{error.what}, the key that is here", error.where) from error
        return checkpoint

    def _check_own(self, checkpoint: Checkpoint, where: str = "checkpoint") -> None:
        """Raises NotVerified unless our key signed it, or the one before while a rotation overlaps."""
        try:
            verify_checkpoint(checkpoint, self.signer.verifier, where=where)
        except NotVerified:
            if self.also is None:
                raise
            verify_checkpoint(checkpoint, self.also.verifier, where=where)

    def _stored_tree(self, leaves: Callable[[int, int], Iterator[bytes]], public: int) -> Subtree:
        """The tree out of the public tiles up to `public`, and out of hashed entries after it."""
        stored = FolderReader(self.folder).subtree(public)

        @lru_cache(maxsize=4)
        def row(number: int) -> list[bytes]:
            return list(leaves(number * WIDTH, (number + 1) * WIDTH))

        @lru_cache(maxsize=4096)
        def subtree(level: int, number: int) -> bytes:
            if (number + 1) << level <= public:
                return stored(level, number)
            if level == 0:
                return row(number // WIDTH)[number % WIDTH]
            return node_hash(subtree(level - 1, 2 * number), subtree(level - 1, 2 * number + 1))

        return subtree

    # ------------------------------------------------------------------ steps 4 and 5

    def _write_editions(self, start: int) -> None:
        log = self._log()
        batch = (Batch if log.signed_size - start <= ONE_BY_ONE else Wave)(self._spool)
        for number, (entry, edition) in enumerate(editions_in_database(_entries(log, start, log.signed_size)), 1):
            for part in edition.files:
                waiting = WaitingFile.objects.filter(part=part).first()
                if waiting:
                    batch.write(self.folder / file_path(part), _checked_file(entry, part, bytes(waiting.data)))
            batch.write(self.folder / edition_path(entry.body), edition.data)
            if number % IN_ONE_WAVE == 0:
                batch.settle()
        batch.settle()

    def _write_tiles(self, start: int, more: Sequence[Tile] = ()) -> None:
        log = self._log()
        if start == log.signed_size:
            return
        subtree = self._stored_tree(_leaves(log), start)
        if tree_root(log.signed_size, subtree) != self._signed(log).root:
            raise Forked("the entries do not give the root that was signed", f"database and {self.folder / 'tile'}")
        batch = Batch(self._spool)
        for tile in (*tiles_written(start, log.signed_size), *more):
            batch.write(self.folder / tile.path, self._tile_bytes(log, tile, subtree))
        batch.settle()
        batch.write(self.folder / "log.vkey", f"{self.signer.verifier.text}\n".encode())
        batch.write(self.folder / "policy", self.policy_data)
        batch.write(self.folder / "checkpoint", bytes(log.checkpoint))
        batch.settle()

    def _older_tiles(self, size: int) -> list[Tile]:
        """The partial tiles of smaller sizes that lie there; those of this size may be among them."""
        found = []
        for path in self.folder.glob("tile/**/*.p/*"):
            with suppress(NotOfFormat):
                tile = parse_tile_path(path.relative_to(self.folder).as_posix())
                if tile.start + tile.width <= size >> (HEIGHT * max(tile.level, 0)):
                    found.append(tile)
        return found

    def _tile_bytes(self, log: Log, tile: Tile, subtree: Subtree) -> bytes:
        if tile.level == ENTRIES:
            return bundle_data(list(_lines(log, tile.start, tile.start + tile.width)))
        return tile_data(tile, subtree)

    # ------------------------------------------------------------------ step 5a

    def _carry_out_erasures(self) -> None:
        """Cut erased parts from database and public files; done again after a crash, with the same result."""
        log, erased = self._log(), False
        for entry in _entries(log, log.public_size, log.signed_size):
            if entry.kind != "erase":
                continue
            for seq, parts in _by_seq(edition_in_database(entry).manifest.get("erased", ())).items():
                self._cut(log, entry.id, seq, parts)
                erased = True
        if erased and connection.vendor == "sqlite" and not connection.in_atomic_block:
            with connection.cursor() as cursor:  # a journal that is written ahead still has the pages of before
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _let_followers_see(self) -> None:
        """The entries have gone through all of it; what was kept for writing their files is no longer needed."""
        log = self._log()
        if log.public_size == log.signed_size:
            return
        with transaction.atomic():
            for _entry, edition in editions_in_database(_entries(log, log.public_size, log.signed_size)):
                if edition.files:
                    WaitingFile.objects.filter(part__in=edition.files).delete()
            Log.objects.filter(pk=log.pk).update(public_size=log.signed_size)

    def _cut(self, log: Log, id_: str, seq: int, parts: frozenset[str]) -> None:
        body = LoggedEntry.objects.values_list("body", flat=True).get(log=log, ident=id_, seq=seq)
        row = LoggedEdition.objects.get(body=body)
        edition = parse_edition(bytes(row.data))
        cut = edition.without(parts).data
        batch = Batch(self._spool)
        batch.write(self.folder / edition_path(body), cut)
        for part in parts & set(edition.files):
            batch.remove(self.folder / file_path(part))
        batch.settle()
        WaitingFile.objects.filter(part__in=parts).delete()
        LoggedEdition.objects.filter(body=body).update(data=cut)

    # ------------------------------------------------------------------ the public files know more

    def _public_size(self) -> int:
        try:
            return FolderReader(self.folder).size()
        except Missing:
            return 0

    def _adopt_public_tail(self) -> None:
        """After a restored database: take back from the public files what they know and the database has lost.

        Raises Damaged when the public files do not agree with themselves, and Forked when they do not agree with the
        database about what both have, or seem to know entries that nobody signed.
        """
        public = FolderReader(self.folder)
        size = self._checked_public_size(public)
        with transaction.atomic():
            log = _locked_log(self.origin)
            if size > log.signed_size:
                self._adopt(log, public, size)
            elif size and size == log.signed_size and public.checkpoint.root != _root(log):
                raise Forked("its checkpoint and the database's have one size and two roots", str(self.folder))
            self._check_nothing_forgotten(log)

    def _checked_public_size(self, public: FolderReader) -> int:
        """The size of the public checkpoint, 0 without one, when it is signed and its tiles give its root."""
        where = str(self.folder / "checkpoint")
        try:
            checkpoint = public.checkpoint
        except Missing:
            return 0
        except NotOfFormat as error:
            raise Damaged(error.what, where) from error
        if checkpoint.origin != self.origin:
            raise Forked(f"is of the log {checkpoint.origin}, while the key is that of {self.origin}", where)
        try:
            self._check_own(checkpoint)
        except NotVerified as error:
            if self._log().signed_size:
                self._signed(self._log())
            else:
                self._check_key_is_its_own(checkpoint, where)
            raise Damaged(error.what, where) from error
        self._check_tiles(public, checkpoint)
        return checkpoint.size

    def _check_key_is_its_own(self, checkpoint: Checkpoint, where: str) -> None:
        """Nothing is in the database yet, as after an import: is the record true, and only our key another's?"""
        try:
            own = parse_verifier_key((self.folder / "log.vkey").read_text("utf-8", "replace").strip())
            verify_checkpoint(checkpoint, own)
        except (OSError, RecordError):
            return
        raise ForeignKey(where)

    def _check_tiles(self, public: FolderReader, checkpoint: Checkpoint) -> None:
        try:
            root = tree_root(checkpoint.size, public.subtree(checkpoint.size))
        except (Missing, NotOfFormat) as error:
            raise Damaged(error.what, error.where) from error
        if root != checkpoint.root:
            raise Damaged("its tiles do not give the root of its checkpoint", str(self.folder / "tile"))

    def _adopt(self, log: Log, public: FolderReader, size: int) -> None:
        self._adopt_entries(log, public, size, str(self.folder), lambda _entry, edition: (edition, {}))

    def _adopt_entries(
        self,
        log: Log,
        reader: FileReader,
        size: int,
        where: str,
        whole: Callable[[Entry, Edition], tuple[Edition, Mapping[str, bytes]]],
    ) -> None:
        """Take a tail from somebody's copy. `whole` gives of an edition there what is kept, and the files to write."""
        for entry in reader.entries(log.signed_size, min(log.size, size)):
            if bytes(LoggedEntry.objects.get(log=log, index=entry.index).data) != entry.data:
                raise Forked(f"entry {entry.index} differs from the database's", where)
        entering = Entering(log)
        for number, entry in enumerate(reader.entries(min(log.size, size), size), 1):
            entering.keep(entry, *whole(entry, reader.edition(entry)))
            log.last_at = max(log.last_at, entry.at)
            if number % ADOPTED_AT_ONCE == 0:
                entering.settle()
        entering.settle()
        grown = CompactRange()
        for leaf in _leaves(log)(0, size):
            grown = grown.extended(leaf)
        if grown.root() != reader.checkpoint.root:
            raise Forked("the database's entries are not the beginning of the public record", where)
        log.signed_size, log.checkpoint = size, self._own_lines(reader.checkpoint).data
        log.signed_range = " ".join(hash_.hex() for hash_ in grown.hashes)
        log.save()

    def _own_lines(self, checkpoint: Checkpoint) -> Checkpoint:
        """A checkpoint as it was signed, without the lines of witnesses."""
        ids = {key.verifier.id for key in (self.signer, self.also) if key}
        own = [one for one in checkpoint.note.signatures if one.key_id in ids]
        return replace(checkpoint, note=replace(checkpoint.note, signatures=tuple(own)))

    # ------------------------------------------------------------------ others know more

    def _ask_elsewhere(self) -> None:
        """Once in a process: take back what a mirror knows and this machine has lost.

        Raises Behind when a witness has seen more than all copies, NotAsked when a restored installation cannot ask
        everybody, Forked when a copy is signed by our key and tells another story.
        """
        elsewhere = self.elsewhere
        if elsewhere is None or elsewhere.is_settled:
            return
        elsewhere.mark_copy(self._log().signed_size)
        copies, silent, answered = self._mirrors_that_answer(elsewhere.mirrors)
        for size, mirror, reader in copies:
            if size > self._log().signed_size:
                try:
                    self._adopt_from(reader, size, mirror.place)
                except (Missing, NotOfFormat, NotVerified) as error:  # this copy is not whole; another may be
                    silent.append((mirror.place, f"{error.where} {error.what}"))
        for size, mirror, reader in copies:
            self._check_same_story(size, reader, mirror.place)
        head = self._head()
        for witness in elsewhere.witnesses:
            try:
                known = witness.size(head)
            except Unreachable as error:
                silent.append((witness.place, error.what))
                continue
            answered += 1
            if known > head.size:
                raise Behind(witness.place, known, head.size, "".join(f"; {place}: {why}" for place, why in silent))
        elsewhere.require_answers(silent, answered)
        elsewhere.settle()

    def asked_elsewhere(self) -> Iterator[tuple[str, str]]:
        """Where mirrors and witnesses are not as one wishes, (place, what), asked without taking anything from them."""
        elsewhere = self.elsewhere
        if elsewhere is None:
            return
        here = self._log().signed_size
        copies, silent, _answered = self._mirrors_that_answer(elsewhere.mirrors)
        yield from silent
        for size, mirror, reader in copies:
            if size != here:
                yield mirror.place, f"has {size} entries, here are {here}"
            try:
                self._check_same_story(size, reader, mirror.place)
            except Forked as error:
                yield error.where, error.what
        for witness in elsewhere.witnesses:
            try:
                seen = witness.size(self._head())
            except RecordError as error:
                yield witness.place, error.what
                continue
            if seen != here:
                yield witness.place, f"has seen {seen} entries, here are {here}"

    def _mirrors_that_answer(
        self, mirrors: Sequence[Mirror]
    ) -> tuple[list[tuple[int, Mirror, FileReader]], list[tuple[str, str]], int]:
        """Copies that our key signed, the largest first; the named ones that are none, and why; how many answered."""
        copies: list[tuple[int, Mirror, FileReader]] = []
        silent = []
        for mirror in mirrors:
            try:
                reader = mirror.open()
                self._check_own(reader.checkpoint, mirror.place)
                copies.append((reader.checkpoint.size, mirror, reader))
            except (Missing, Unreachable, NotOfFormat, NotVerified) as error:
                if mirror.named:
                    silent.append((mirror.place, error.what))
        return sorted(copies, key=lambda copy: -copy[0]), silent, sum(mirror.named for _, mirror, _ in copies)

    def _adopt_from(self, reader: FileReader, size: int, place: str) -> None:
        with transaction.atomic():
            log = _locked_log(self.origin)
            missing: dict[tuple[str, int], set[str]] = {}

            def whole(entry: Entry, edition: Edition) -> tuple[Edition, Mapping[str, bytes]]:
                if edition.body != entry.body:
                    raise NotVerified("does not hash to what its entry says", edition_path(entry.body))
                files, lost = self._files_from(reader, edition)
                if gone := lost | set(edition.missing):
                    missing[entry.id, entry.seq] = gone
                return edition, files

            self._adopt_entries(log, reader, size, place, whole)
            for (id_, seq), parts in missing.items():
                if unexcused := parts - _erased_parts(log, id_, seq):
                    where = f"edition {seq} of {id_}"
                    raise NotVerified(f"lacks the part {min(unexcused)}, which nobody erased", where)

    def _files_from(self, reader: FileReader, edition: Edition) -> tuple[dict[str, bytes], set[str]]:
        """The files of an edition that are not on this machine, and those that the copy does not have either."""
        files, lost = {}, set()
        for part in dict.fromkeys(edition.files):
            if (self.folder / file_path(part)).exists() or WaitingFile.objects.filter(part=part).exists():
                continue
            try:
                data = reader.read(file_path(part))
            except Missing:
                lost.add(part)
                continue
            if part_hash(data[:SALT_BYTES], data[SALT_BYTES:]) != part:
                raise NotVerified("does not hash to its part", file_path(part))
            files[part] = data
        return files, lost

    def _check_same_story(self, size: int, reader: FileReader, place: str) -> None:
        """Raises Forked unless a copy's head, signed by our key, is the beginning of what we have."""
        log = self._log()
        if not size or size > log.signed_size:
            return
        if tree_root(size, self._stored_tree(_leaves(log), min(self._public_size(), log.signed_size))) != (
            reader.checkpoint.root
        ):
            raise Forked(f"has another record of {size} entries, signed by our key", place)

    def _head(self) -> Checkpoint:
        """What a witness is shown: our last head, or that of the empty log."""
        log = self._log()
        if log.signed_size:
            return self._signed(log)
        if isinstance(self.signer, SignerKey):
            return sign_checkpoint(0, EMPTY_ROOT, self.signer)
        return self.signer.sign(0, 0, EMPTY_ROOT, lambda _start, _stop: iter(()))

    def _check_nothing_forgotten(self, log: Log) -> None:
        """Refuse to go on when a bundle lies there that is longer than the log: somebody signed it, or wanted to."""
        number, width = divmod(log.signed_size, WIDTH)
        full = self.folder / Tile(ENTRIES, number, WIDTH).path
        partial = full.with_name(f"{full.name}.p")
        known = [int(path.name) for path in partial.iterdir() if path.name.isdigit()] if partial.is_dir() else []
        known += [WIDTH] if full.exists() else []
        if max(known, default=0) > width:
            raise Forked(
                f"it knows {number * WIDTH + max(known)} entries, the database {log.signed_size}", str(full.parent)
            )


def _locked_log(origin: str) -> Log:
    return Log.objects.select_for_update().get_or_create(origin=origin)[0]


def _entries(log: Log, start: int, stop: int) -> Iterator[Entry]:
    for index, data in _rows(log, start, stop).values_list("index", "data").iterator(chunk_size=512):
        yield parse_entry(bytes(data), index)


def _lines(log: Log, start: int, stop: int) -> Iterator[bytes]:
    """Entries as they were hashed. Nobody reads them: a tile's whole row is asked for at each publication."""
    return map(bytes, _rows(log, start, stop).values_list("data", flat=True).iterator(chunk_size=512))


def _checked_file(entry: Entry, part: str, data: bytes) -> bytes:
    if part_hash(data[:SALT_BYTES], data[SALT_BYTES:]) != part:
        raise NotVerified("does not hash to its part", f"database, file {part} of entry {entry.index}", RESTORE)
    return data


def _root(log: Log) -> bytes:
    return parse_checkpoint(bytes(log.checkpoint)).root


def _leaves(log: Log) -> Callable[[int, int], Iterator[bytes]]:
    """Leaf hashes made from the entries' bytes, not from the stored hashes: the second of the two ways."""

    def leaves(start: int, stop: int) -> Iterator[bytes]:
        return map(leaf_hash, _lines(log, start, stop))

    return leaves


def _stored_leaves(log: Log, start: int, stop: int) -> Iterator[bytes]:
    """Leaf hashes as they were stored with their entries: the first of the two ways."""
    return map(bytes, _rows(log, start, stop).values_list("leaf", flat=True).iterator(chunk_size=512))


def _rows(log: Log, start: int, stop: int) -> QuerySet[LoggedEntry]:
    return LoggedEntry.objects.filter(log=log, index__gte=start, index__lt=stop).order_by("index")


def _range(log: Log) -> CompactRange:
    return CompactRange(log.signed_size, tuple(bytes.fromhex(text) for text in log.signed_range.split()))


def _by_seq(erased: Sequence[Mapping[str, Any]]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    for item in erased:
        found.setdefault(item["seq"], set()).add(item["part"])
    return {seq: frozenset(parts) for seq, parts in found.items()}


def _erased_parts(log: Log, id_: str, seq: int) -> set[str]:
    """The parts of an edition that an entry of the log has erased."""
    found: set[str] = set()
    for index, data in LoggedEntry.objects.filter(log=log, ident=id_, kind="erase").values_list("index", "data"):
        erased = edition_in_database(parse_entry(bytes(data), index)).manifest.get("erased", ())
        found |= _by_seq(erased).get(seq, frozenset())
    return found


def _instant(now: datetime) -> str:
    return now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@contextmanager
def _database() -> Iterator[None]:
    """What the database did not do becomes one line; a connection that it has ended is opened anew the next time."""
    try:
        yield
    except DatabaseFault as error:
        if not connection.in_atomic_block:
            connection.close()
        said = str(error).strip().partition("\n")[0] or type(error).__name__
        raise Unreachable(
            f"did not do what was asked ({said})", "the office's database", "mend that and run it again"
        ) from error
