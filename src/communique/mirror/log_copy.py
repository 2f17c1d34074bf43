"""A log followed from afar: its entries and its tree, each step verified, and never one back.

    copy = LogCopy(folder, state)
    grown = copy.follow(read, address, at)

`read` gives the file at a path of the record. Nothing of a head is taken unless a key that counts signed it and its
entries, appended to those that are here, lead to its root; the hash tiles are made here from the entries. What was
taken is on the disk before `follow` returns: tiles and bundles first, then `head` in the state folder. So a process may
be killed at any instant, and what it had taken is never forgotten.

What an office may not show raises Misbehaved, with evidence: a tree that does not contain the one that is here (fork),
a head smaller than it (rollback), bundles that are not what was signed (rewritten). The head that is here stays.

A log that two of its root closed (`keys.py`) goes no further: heads above are not taken (Ended). A copy that had taken
some, or that followed a thief, takes the head of the closing in their place as soon as it is shown.

Before an office is accused, what is here is held against the head that was verified: a disk may lose what was written,
and that is nobody's fork (FolderRefused).

In the state folder lie `head`, `keys`, `past-keys`, `root` and `closing`; the copy of the record is a folder like the
office's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from communique.mirror.errors import Ended, FolderRefused, Misbehaved
from communique.mirror.keys import Keys, Said, keys_after, rotations_to, said_at
from communique.record.checkpoint import Checkpoint, parse_checkpoint
from communique.record.durable import Batch
from communique.record.errors import Missing, NotOfFormat, NotVerified
from communique.record.note import VerifierKey, parse_verifier_key
from communique.record.reader import FileReader
from communique.record.reader_folder import FolderReader
from communique.record.succession import Root, Statement, parse_root, parse_statement
from communique.record.tile import ENTRIES, WIDTH, Tile, bundle_data, tile_data, tiles_written
from communique.record.tree import (
    CompactRange,
    Subtree,
    compact_range,
    compact_range_of,
    consistency_proof,
    leaf_hash,
    node_hash,
    tree_root,
)
from communique.verify.evidence import Evidence, fork_evidence

Read = Callable[[str], bytes]


@dataclass(frozen=True)
class Grown:
    """A step of a log: from `old` entries to those under `head`; `keys` are those that count after it."""

    old: int
    head: Checkpoint
    keys: Keys

    @property
    def is_news(self) -> bool:
        """Whether there are new entries."""
        return self.head.size > self.old


class LogCopy:
    """The log's files in `folder`, and in `state` what was verified so far."""

    def __init__(self, folder: Path, state: Path) -> None:
        self.folder = folder
        self.state = state
        self.spool = state / "making"
        self._whole: bytes | None = None

    @property
    def head(self) -> Checkpoint | None:
        """The largest head that was verified, with its signatures; None in a new copy."""
        for file in (self.state / "head", self.folder / "checkpoint"):
            if file.is_file():
                return parse_checkpoint(file.read_bytes(), str(file))
        return None

    @property
    def keys(self) -> Keys:
        """The keys that count; none in a new copy."""
        return self._keys_in("keys")

    @property
    def known(self) -> Keys:
        """The keys that count, and all that ever did: an older head bears an older one."""
        return _both(self.keys, self._keys_in("past-keys"))

    @property
    def root(self) -> Root | None:
        """The root that was seen first."""
        file = self.state / "root"
        return parse_root(file.read_bytes(), str(file)) if file.is_file() else None

    @property
    def closing(self) -> Statement | None:
        """The end of the log, if two of its root said so."""
        file = self.state / "closing"
        return parse_statement(file.read_bytes(), str(file)) if file.is_file() else None

    @property
    def has_ended(self) -> bool:
        """Whether the log is closed, and all of it is here."""
        head, closing = self.head, self.closing
        return bool(head and closing and (head.size, head.root) == (closing.size, closing.root))

    def learn(self, read: Read, given: Keys = ()) -> Said:
        """Hear what is said of the log's keys at a place, and keep its root and its end. Raises Unreachable."""
        said, known = said_at(read), self.known or given
        batch = Batch(self.spool)
        root = self.root or said.trusted_root(known)
        if root and not self.root:
            batch.write(self.state / "root", root.data)
        closing = said.closing(root)
        if closing and not self.closing:
            batch.write(self.state / "closing", closing.data)
        batch.settle()
        return said

    def _keys_in(self, name: str) -> Keys:
        file = self.state / name
        lines = file.read_text("utf-8", "replace").splitlines() if file.is_file() else []
        return tuple(parse_verifier_key(line, str(file)) for line in lines)

    def reader(self, head: Checkpoint | None = None) -> FileReader:
        """A reader of what is here, up to a head, else to the largest one verified."""
        found = HeadReader(self.folder)
        found.__dict__["checkpoint"] = head or self.head
        return found

    def follow(self, read: Read, seen: Mapping[str, str], key: VerifierKey | None = None) -> Grown:
        """Take the head that the office shows now, and all entries up to it. Raises Misbehaved, Missing, Unreachable.

        `key` is the log's key as it is known from elsewhere; a copy that has another refuses it.
        """
        own = _own_key(read)
        keys = self._keys(key, own)
        self.learn(FolderReader(self.folder).read, keys)
        said, closing = self.learn(read, keys), self.closing
        before = self.head
        head = parse_checkpoint(read("checkpoint"))
        if before is not None and head.origin != before.origin:
            raise NotVerified(f"is of the log {head.origin}; here is a copy of {before.origin}", "checkpoint")
        if closing:
            keys = _both(_both(keys, self.known), (closing.old,))
        taken = rotations_to(head, keys, said.statements)
        keys = _both(keys, tuple(one.new for one in taken))
        after = keys_after(head, keys, own)
        if closing and (head.size > closing.size or (head.size == closing.size and head.root != closing.root)):
            raise Ended(head.size, closing)
        if closing and head.size == closing.size and not self.has_ended:
            before = None  # whatever was followed till now, this is the log
        else:
            self._check_not_back(before, head, keys, seen)
        old = before.size if before else 0
        if head.size > old:
            self._take(old, before, head, read, keys, seen)
        self._check_rotations(taken, head)
        self.keep(head, after, keys)
        return Grown(old, head, after)

    def keep(self, head: Checkpoint, keys: Keys, past: Keys = ()) -> None:
        """Remember a verified head and the keys that count, or did."""
        batch = Batch(self.spool)
        for name, lines in (("past-keys", _both(_both(self.known, past), keys)), ("keys", keys)):
            batch.write(self.state / name, "".join(f"{key.text}\n" for key in lines).encode("utf-8"))
        batch.write(self.state / "head", head.data)
        batch.settle()

    def root_at(self, size: int) -> bytes:
        """The root that the first `size` entries here have."""
        return tree_root(size, self._subtree())

    def check_head(self, other: Checkpoint, keys: Keys, seen: Mapping[str, str]) -> None:
        """Hold a head that somebody else was shown, signed and not larger than ours, against what is here."""
        head = self.head
        assert head is not None  # noqa: S101 - only asked of a copy that followed
        if other.size == 0:
            return
        root = self.root_at(other.size)
        if root != other.root:
            path = consistency_proof(other.size, head.size, self._subtree())
            raise self._accused(fork_evidence(keys, other, head, root, path, seen), seen.get("address", other.origin))

    def check_whole(self) -> None:
        """Raises FolderRefused where what is here does not lead to the head that was verified.

        All of it is read, so once for a head and a look: `begin_look` begins the next.
        """
        try:
            head = self.head
            if head is None:
                return
            if self.keys and (head.data == self._whole or self._is_whole(head)):
                self._whole = head.data
                return
        except (NotOfFormat, Missing):
            pass
        todo = "put it back from a backup, or follow the office anew, in another folder"
        raise FolderRefused("is damaged: it is not what was verified here", str(self.folder.parent), todo)

    def begin_look(self) -> None:
        """A disk that was whole the last time may be damaged by now."""
        self._whole = None

    def _is_whole(self, head: Checkpoint) -> bool:
        source = self.reader(head)
        leaves = [leaf_hash(data) for tile in _bundles(0, head.size) for data in source.bundle(tile)]
        subtree = _grown_tree(0, lambda _level, _number: b"", leaves)
        return tree_root(head.size, subtree) == head.root and all(
            (self.folder / tile.path).read_bytes() == tile_data(tile, subtree)
            for tile in tiles_written(0, head.size)
            if tile.level != ENTRIES and (self.folder / tile.path).exists()
        )

    def _accused(self, evidence: Evidence, where: str) -> Misbehaved:
        self.check_whole()
        return Misbehaved(evidence, where)

    def _subtree(self) -> Subtree:
        head = self.head
        return self.reader(head).subtree(head.size if head else 0)

    def _keys(self, given: VerifierKey | None, own: VerifierKey | None) -> Keys:
        keys = self.keys
        if not keys and (self.state / "head").exists():
            self.check_whole()
        if not keys and (given or own):
            return (given or own,)  # type: ignore[return-value]
        if not keys:
            raise NotVerified("no key is there to check with", "log.vkey", "give the log's key with --key")
        if given is not None and given not in self.known:
            told = ", ".join(key.text for key in keys)
            raise FolderRefused(
                f"follows {told}, and the key given is another", str(self.state), "take another folder, or no key"
            )
        return keys

    def _check_not_back(self, before: Checkpoint | None, head: Checkpoint, keys: Keys, seen: Mapping[str, str]) -> None:
        if before is None or head.size > before.size:
            return
        if head.size == before.size and head.root == before.root:
            return
        self.check_head(head, _both(self.known, keys), seen)
        what = f"shows its head of size {head.size}, and had signed size {before.size}"
        evidence = Evidence("rollback", what, _both(self.known, keys), (head, before), seen=seen)
        raise self._accused(evidence, seen.get("address", head.origin))

    def _check_rotations(self, taken: Sequence[Statement], head: Checkpoint) -> None:
        """A rotation that was needed names a head of this log. Raises NotVerified."""
        subtree = self.reader(head).subtree(head.size)
        for one in taken:
            if one.size and tree_root(one.size, subtree) != one.root:
                raise NotVerified(f"names a head of {one.size} entries that this log never had", "keys")

    def _take(
        self, old: int, before: Checkpoint | None, head: Checkpoint, read: Read, keys: Keys, seen: Mapping[str, str]
    ) -> None:
        """Read the bundles from `old` on; write them with their tiles if they lead from our root to the new one."""
        source = _reader_at(read, head)
        bundles = {tile: source.bundle(tile) for tile in _bundles(old, head.size)}
        start = old - old % WIDTH
        entries = [data for tile in sorted(bundles) for data in bundles[tile]]
        mine = self._entries_from(start, old)
        grown = compact_range(old, self._subtree()) if old else CompactRange()
        for data in entries[old - start :]:
            grown = grown.extended(leaf_hash(data))
        if entries[: old - start] != mine or grown.root() != head.root:
            wrong = self._what_is_wrong(old, before, head, source, bundles, keys, seen)
            raise self._accused(wrong, seen["address"])
        subtree = _grown_tree(old, self._subtree(), [leaf_hash(data) for data in entries[old - start :]])
        batch = Batch(self.spool)
        for tile in tiles_written(old, head.size):
            data = bundle_data(bundles[tile]) if tile.level == ENTRIES else tile_data(tile, subtree)
            batch.write(self.folder / tile.path, data)
        batch.settle()

    def _entries_from(self, start: int, stop: int) -> list[bytes]:
        reader = self.reader()
        return [entry.data for entry in reader.entries(start, stop)] if stop > start else []

    def _what_is_wrong(
        self,
        old: int,
        before: Checkpoint | None,
        head: Checkpoint,
        source: FileReader,
        bundles: Mapping[Tile, list[bytes]],
        keys: Keys,
        seen: Mapping[str, str],
    ) -> Evidence:
        """Another tree, or bundles that are not what was signed? The tree is looked for in tiles and in bundles."""
        subtree = _tree_of(head, source)
        if subtree is None:
            what = f"neither hash tiles nor bundles lead to the root that was signed at size {head.size}"
            return Evidence("rewritten", what, keys, (head,), seen=seen)
        if before is not None and old:
            root = tree_root(old, subtree)
            if root != before.root:
                path = consistency_proof(old, head.size, subtree)
                return fork_evidence(_both(self.known, keys), before, head, root, path, seen)
        for tile, bundle in sorted(bundles.items()):
            for index, data in enumerate(bundle, tile.start):
                if leaf_hash(data) != subtree(0, index):
                    what = f"entry {index} in {tile.path} is not the one that was signed"
                    return Evidence("rewritten", what, keys, (head,), seen=seen)
        what = f"its bundles do not lead to the root that was signed at size {head.size}"
        return Evidence("rewritten", what, keys, (head,), seen=seen)


class HeadReader(FolderReader):
    """A folder read up to a head that may not be the one in its `checkpoint`."""


def _bundles(old: int, new: int) -> Iterator[Tile]:
    """The bundles with the entries from `old` on, one after the other: a head may claim any size."""
    for number in range(old // WIDTH, -(-new // WIDTH)):
        yield Tile(ENTRIES, number, min(WIDTH, new - number * WIDTH))


def _reader_at(read: Read, head: Checkpoint) -> FileReader:
    found = FileReader(read)
    found.__dict__["checkpoint"] = head
    return found


def _tree_of(head: Checkpoint, source: FileReader) -> Subtree | None:
    """The tree that leads to a head's root, out of its hash tiles, else out of its bundles."""
    try:
        subtree = source.subtree(head.size)
        if tree_root(head.size, subtree) == head.root:
            return subtree
    except (Missing, NotOfFormat):
        pass
    try:
        leaves = [
            leaf_hash(data)
            for tile in tiles_written(0, head.size)
            if tile.level == ENTRIES
            for data in source.bundle(tile)
        ]
    except (Missing, NotOfFormat):
        return None
    if compact_range_of(leaves).root() != head.root:
        return None
    return _grown_tree(0, lambda _level, _number: b"", leaves)


def _grown_tree(old: int, stored: Subtree, leaves: list[bytes]) -> Subtree:
    """The tree of a stored one and the leaves after it."""

    @cache
    def subtree(level: int, number: int) -> bytes:
        if (number + 1) << level <= old:
            return stored(level, number)
        if level == 0:
            return leaves[number - old]
        return node_hash(subtree(level - 1, 2 * number), subtree(level - 1, 2 * number + 1))

    return subtree


def _own_key(read: Read) -> VerifierKey | None:
    try:
        return parse_verifier_key(read("log.vkey").decode("utf-8", "replace"), "log.vkey")
    except (Missing, NotOfFormat):
        return None


def _both(one: Keys, other: Keys) -> Keys:
    return tuple(dict.fromkeys((*one, *other)))
