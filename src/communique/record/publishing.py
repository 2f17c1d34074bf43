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
and nothing below the largest size that the public files know.

A release is several drafts in one call: consecutive entries under one checkpoint, public at one instant or not at all.
"""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from django.db import transaction

from communique.edition import Edition, check_content, parse_edition, seal
from communique.record.checkpoint import parse_checkpoint, sign_checkpoint, verify_checkpoint
from communique.record.durable import Batch, empty
from communique.record.entry import Entry, parse_entry, write_entry
from communique.record.errors import Missing, RecordError
from communique.record.models import Log, LoggedEdition, LoggedEntry, TakenAddress, WaitingFile
from communique.record.note import SignerKey
from communique.record.policy import NONE, Policy, format_policy
from communique.record.policy import Log as PolicyLog
from communique.record.reader import edition_path, file_path
from communique.record.reader_folder import FolderReader
from communique.record.tile import ENTRIES, Tile, bundle_data, tile_data, tiles_written
from communique.record.tree import (
    CompactRange,
    Subtree,
    consistency_proof,
    node_hash,
    tree_root,
    verify_consistency,
)

Follower = Callable[[], None]


class PublishingRefused(RecordError):
    """Nothing was published, for a reason that the caller can mend."""


class Forked(RecordError):
    """Public files, database and key do not tell one story; nothing is signed until a person has looked."""

    def __init__(self, what: str, where: str) -> None:
        super().__init__(what, where, "sign nothing; compare with a mirror, then restore the newer of the two")


@dataclass(frozen=True)
class Draft:
    """What one entry of a release will say.

    `content` is open content (`communique.edition`); files stand in it as bytes or as parts of the edition before. An
    erasure leaves `erased` out of it and names the texts and files in `erase`: every edition of this id that has them
    loses them.
    """

    id: str
    kind: str
    content: Mapping[str, Any]
    dated: str | None = None
    erase: frozenset[str] = frozenset()
    """parts to erase, 64 hex digits each"""


@dataclass(frozen=True)
class Published:
    """What became of one draft."""

    index: int
    id: str
    seq: int
    body: str
    at: str
    address: str | None


@dataclass(frozen=True)
class Publisher:
    """Everything publishing needs and does not take by itself.

    `clock` gives an aware instant; `fresh_salt` 32 random bytes for an id; `allowed` raises to stop a release whose
    approval is gone; `followers` read the record once it is public; `observe` is told the step that begins, for tests
    that break it and for the receipt.
    """

    signer: SignerKey
    folder: Path
    """the public `record` folder"""
    lock: Path
    """a file outside the public folder, locked while steps 3 and later run"""
    clock: Callable[[], datetime]
    fresh_salt: Callable[[str, int], bytes]
    """(id, how many salts this id asked for in this call) -> 32 bytes"""
    followers: Sequence[Follower] = ()
    allowed: Callable[[Sequence[Draft]], None] = lambda _release: None
    observe: Callable[[str], None] = lambda _step: None
    public_address: str = ""
    """where the record is served, for the policy file; empty: https://ORIGIN/"""

    @property
    def origin(self) -> str:
        """The log's name."""
        return self.signer.name

    @property
    def _spool(self) -> Path:
        return self.folder.parent / ".making-record"

    def _log(self) -> Log:
        return Log.objects.get_or_create(origin=self.origin)[0]

    def publish(self, release: Sequence[Draft]) -> list[Published]:
        """Make a release public: steps 1 to the last. Raises PublishingRefused, and nothing has happened then."""
        with _alone(self.lock):
            self._adopt_public_tail()  # before an index is given that a restored database has forgotten
        published = self.commit(release)
        self.recover()
        return published

    def commit(self, release: Sequence[Draft]) -> list[Published]:
        """Steps 1 and 2. When this returns, the release will be public, whatever crashes."""
        self.observe("1 transaction")
        with transaction.atomic():
            log = _locked_log(self.origin)
            self.allowed(release)
            at = max(_instant(self.clock()), log.last_at)
            published = [self._log_draft(log, draft, at) for draft in release]
            log.last_at = at
            log.save()
            self.observe("2 committing")
        return published

    def recover(self) -> None:
        """Steps 3 to the last, for whatever has not gone through them yet."""
        with _alone(self.lock):
            empty(self._spool)
            self._adopt_public_tail()
            self.observe("3 signing")
            self._sign()
            self.observe("4 editions")
            self._write_editions()
            self.observe("5 tiles")
            self._write_tiles()
            self.observe("5a erasing")
            self._carry_out_erasures()
        for follower in self.followers:
            follower()

    # ------------------------------------------------------------------ step 2

    def _log_draft(self, log: Log, draft: Draft, at: str) -> Published:
        before = LoggedEntry.objects.filter(log=log, ident=draft.id).order_by("-seq").first()
        previous = parse_edition(bytes(LoggedEdition.objects.get(body=before.body).data)) if before else None
        content = self._addressed(log, draft, previous)
        if draft.erase:
            content = {**content, "erased": _named_parts(log, draft)}
        numbers = count()
        sealed = seal(content, lambda: self.fresh_salt(draft.id, next(numbers)), previous)
        check_content(sealed.edition.content)
        if draft.erase & set(sealed.edition.files):
            raise PublishingRefused("it still shows a file that it erases", f"erasure of {draft.id}", "leave it out")
        _check_references(log, content)
        entry = parse_entry(
            write_entry(
                at=at,
                body=sealed.edition.body,
                id=draft.id,
                kind=draft.kind,
                log=log.origin,
                seq=before.seq + 1 if before else 1,
                dated=draft.dated,
                prev=bytes(before.leaf).hex() if before else None,
            ),
            log.size,
        )
        _keep(log, entry, sealed.edition, sealed.files)
        return Published(entry.index, entry.id, entry.seq, entry.body, at, content.get("address"))

    def _addressed(self, log: Log, draft: Draft, previous: Edition | None) -> dict[str, Any]:
        """The content with its address: frozen by the first edition, and not taken by another id."""
        content = dict(draft.content)
        if content.get("type") != "message":
            _check_words_kept(draft.id, content, previous)
            return content
        if previous:
            frozen = previous.content.get("address")
            if frozen and "address" in content and content["address"] != frozen:
                raise PublishingRefused(
                    f"its address is {content['address']}", f"draft of {draft.id}", f"keep the frozen one, {frozen}"
                )
            return content
        wanted = content["address"]
        for number in count(1):
            path = wanted if number == 1 else f"{wanted}-{number}"
            if not TakenAddress.objects.filter(log=log, path=path).exists():
                return {**content, "address": path}
        raise AssertionError("unreachable")

    # ------------------------------------------------------------------ step 3

    def _sign(self) -> None:
        log = self._log()
        if log.signed_size == log.size:
            return
        size, leaves = log.size, _leaves(log)
        grown = _range(log)
        for leaf in _stored_leaves(log, log.signed_size, size):
            grown = grown.extended(leaf)
        subtree = self._stored_tree(log, leaves)
        root = tree_root(size, subtree)
        if root != grown.root():
            raise Forked("its tiles and its entries give two roots", str(self.folder / "tile"))
        if log.signed_size:
            old_root = parse_checkpoint(bytes(log.checkpoint)).root
            proof = consistency_proof(log.signed_size, size, subtree)
            verify_consistency(log.signed_size, size, old_root, root, proof)
        checkpoint = sign_checkpoint(size, root, self.signer)
        verify_checkpoint(checkpoint, self.signer.verifier)
        swapped = Log.objects.filter(pk=log.pk, signed_size=log.signed_size).update(
            signed_size=size,
            signed_range=" ".join(hash_.hex() for hash_ in grown.hashes),
            checkpoint=checkpoint.data,
        )
        if not swapped:
            raise Forked("another process signed at the same time", f"log {self.origin}")

    def _stored_tree(self, log: Log, leaves: Callable[[int, int], Iterator[bytes]]) -> Subtree:
        """The tree out of the public tiles up to the published size, and out of hashed entries after it."""
        public = self._public_size()
        reader = FolderReader(self.folder)
        stored = reader.subtree(public)

        def subtree(level: int, number: int) -> bytes:
            first, stop = number << level, (number + 1) << level
            if stop <= public:
                return stored(level, number)
            if level == 0:
                return next(iter(leaves(first, stop)))
            return node_hash(subtree(level - 1, 2 * number), subtree(level - 1, 2 * number + 1))

        return subtree

    # ------------------------------------------------------------------ steps 4 and 5

    def _write_editions(self) -> None:
        log = self._log()
        batch = Batch(self._spool)
        for entry in _entries(log, self._public_size(), log.signed_size):
            data = bytes(LoggedEdition.objects.get(body=entry.body).data)
            for part in parse_edition(data).files:
                waiting = WaitingFile.objects.filter(part=part).first()
                if waiting:
                    batch.write(self.folder / file_path(part), bytes(waiting.data))
            batch.write(self.folder / edition_path(entry.body), data)
        batch.settle()

    def _write_tiles(self) -> None:
        log = self._log()
        public, size = self._public_size(), log.signed_size
        if public == size:
            return
        subtree = self._stored_tree(log, _leaves(log))
        batch = Batch(self._spool)
        for tile in tiles_written(public, size):
            batch.write(self.folder / tile.path, self._tile_bytes(log, tile, subtree))
        batch.settle()
        batch.write(self.folder / "log.vkey", f"{self.signer.verifier.text}\n".encode())
        batch.write(self.folder / "policy", self._policy())
        batch.write(self.folder / "checkpoint", bytes(log.checkpoint))
        batch.settle()
        WaitingFile.objects.filter(part__in=self._written_parts(log, public, size)).delete()

    def _tile_bytes(self, log: Log, tile: Tile, subtree: Subtree) -> bytes:
        if tile.level == ENTRIES:
            return bundle_data([entry.data for entry in _entries(log, tile.start, tile.start + tile.width)])
        return tile_data(tile, subtree)

    def _policy(self) -> bytes:
        address = self.public_address or f"https://{self.origin}/"
        return format_policy(Policy(logs=(PolicyLog(self.signer.verifier, address),), quorum=NONE))

    def _written_parts(self, log: Log, start: int, stop: int) -> list[str]:
        found: list[str] = []
        for entry in _entries(log, start, stop):
            found += parse_edition(bytes(LoggedEdition.objects.get(body=entry.body).data)).files
        return found

    # ------------------------------------------------------------------ step 5a

    def _carry_out_erasures(self) -> None:
        """Cut erased parts from database and public files; done again after a crash, with the same result."""
        log = self._log()
        for entry in _entries(log, log.erased_size, log.signed_size):
            if entry.kind != "erase":
                continue
            manifest = parse_edition(bytes(LoggedEdition.objects.get(body=entry.body).data)).manifest
            for seq, parts in _by_seq(manifest.get("erased", ())).items():
                self._cut(log, entry.id, seq, parts)
        Log.objects.filter(pk=log.pk).update(erased_size=log.signed_size)

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

        Raises Forked when the two do not agree on what both have.
        """
        public = FolderReader(self.folder)
        size = self._public_size()
        if not size:
            return
        with transaction.atomic():
            log = _locked_log(self.origin)
            if size <= log.signed_size:
                self._check_same_story(log, public, size)
                return
            verify_checkpoint(public.checkpoint, self.signer.verifier)
            self._check_tail_free(log, public)
            for entry in public.entries(log.size, size):
                _keep(log, entry, public.edition(entry), {})
                log.last_at = entry.at
            root = tree_root(size, public.subtree(size))
            if root != public.checkpoint.root:
                raise Forked("its tiles do not give the root of its checkpoint", str(self.folder))
            grown = CompactRange()
            for leaf in _leaves(log)(0, size):
                grown = grown.extended(leaf)
            if grown.root() != root:
                raise Forked("the database's entries are not the beginning of the public record", str(self.folder))
            log.signed_size, log.checkpoint = size, public.checkpoint.data
            log.signed_range = " ".join(hash_.hex() for hash_ in grown.hashes)
            log.save()

    def _check_same_story(self, log: Log, public: FolderReader, size: int) -> None:
        if size == log.signed_size and public.checkpoint.root != parse_checkpoint(bytes(log.checkpoint)).root:
            raise Forked("its checkpoint and the database's have one size and two roots", str(self.folder))

    def _check_tail_free(self, log: Log, public: FolderReader) -> None:
        for entry in public.entries(log.signed_size, min(log.size, public.size())):
            if bytes(LoggedEntry.objects.get(log=log, index=entry.index).data) != entry.data:
                raise Forked(f"entry {entry.index} differs from the database's", str(self.folder))


def _locked_log(origin: str) -> Log:
    return Log.objects.select_for_update().get_or_create(origin=origin)[0]


def _keep(log: Log, entry: Entry, edition: Edition, files: Mapping[str, bytes]) -> None:
    LoggedEntry.objects.create(
        log=log,
        index=entry.index,
        data=entry.data,
        leaf=entry.leaf,
        ident=entry.id,
        seq=entry.seq,
        kind=entry.kind,
        body=entry.body,
    )
    LoggedEdition.objects.update_or_create(body=entry.body, defaults={"data": edition.data})
    address = edition.content.get("address")
    if entry.seq == 1 and address and edition.manifest["type"] == "message":
        TakenAddress.objects.get_or_create(log=log, path=address, defaults={"ident": entry.id})
    for part, data in files.items():
        WaitingFile.objects.create(part=part, data=data)
    log.size = entry.index + 1
    log.save()


def _entries(log: Log, start: int, stop: int) -> Iterator[Entry]:
    rows = LoggedEntry.objects.filter(log=log, index__gte=start, index__lt=stop).order_by("index")
    for index, data in rows.values_list("index", "data").iterator(chunk_size=512):
        yield parse_entry(bytes(data), index)


def _leaves(log: Log) -> Callable[[int, int], Iterator[bytes]]:
    """Leaf hashes made from the entries' bytes, not from the stored hashes: the second of the two ways."""

    def leaves(start: int, stop: int) -> Iterator[bytes]:
        return (entry.leaf for entry in _entries(log, start, stop))

    return leaves


def _stored_leaves(log: Log, start: int, stop: int) -> Iterator[bytes]:
    """Leaf hashes as they were stored with their entries: the first of the two ways."""
    rows = LoggedEntry.objects.filter(log=log, index__gte=start, index__lt=stop).order_by("index")
    return (bytes(leaf) for leaf in rows.values_list("leaf", flat=True).iterator(chunk_size=512))


def _range(log: Log) -> CompactRange:
    return CompactRange(log.signed_size, tuple(bytes.fromhex(text) for text in log.signed_range.split()))


def _named_parts(log: Log, draft: Draft) -> list[dict[str, Any]]:
    """The (part, seq) of every edition of the draft's id that has one of the parts to erase."""
    rows = LoggedEntry.objects.filter(log=log, ident=draft.id).order_by("seq").values_list("seq", "body")
    found: list[dict[str, Any]] = []
    for seq, body in rows:
        edition = parse_edition(bytes(LoggedEdition.objects.get(body=body).data))
        named = set(edition.texts) | set(edition.files)
        found += [{"part": part, "seq": seq} for part in sorted(draft.erase & named)]
    missing = draft.erase - {item["part"] for item in found}
    if missing:
        raise PublishingRefused(
            f"no edition has the part {min(missing)}", f"erasure of {draft.id}", "name a part of this message"
        )
    return found


def _check_references(log: Log, content: Mapping[str, Any]) -> None:
    named = [content.get("section"), *(speaker.get("person") for speaker in content.get("speakers", ()))]
    for id_ in filter(None, named):
        if not LoggedEntry.objects.filter(log=log, ident=id_, kind="furniture").exists():
            raise PublishingRefused(
                f"it refers to {id_}, which is no piece of furniture on the record",
                str(content.get("address") or "draft"),
                "publish that piece before it or earlier in the same release",
            )


def _check_words_kept(id_: str, content: Mapping[str, Any], previous: Edition | None) -> None:
    """A section's and a person's words in addresses are frozen by their first edition."""
    if previous is None:
        return
    for key in {"section": ("word",), "person": ("address",)}.get(content.get("piece", ""), ()):
        frozen = previous.content.get(key)
        if frozen != content.get(key) and frozen is not None:
            raise PublishingRefused(
                f"`{key}` is {content.get(key)!r}", f"draft of {id_}", f"keep the frozen {frozen!r}: pages lie there"
            )


def _by_seq(erased: Sequence[Mapping[str, Any]]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    for item in erased:
        found.setdefault(item["seq"], set()).add(item["part"])
    return {seq: frozenset(parts) for seq, parts in found.items()}


def _instant(now: datetime) -> str:
    return now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold a lock that the system gives back when the process dies, however it dies."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
