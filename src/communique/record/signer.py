"""The signer as a process of its own: under its own user, with the key, and with a memory of what it signed.

Whoever breaks into the newsroom's process can ask it to sign, and no more: the key is not there to be taken, and the
signer signs only what extends what it signed before. It believes nobody's root. It is sent the new entries, hashes
them itself, extends its own compact range by them, and signs what that gives. It refuses an entry of another log, one
that is older than the one above it, and one of the future: nothing is signed ahead of its instant.

    keys/record.key    the key, mode 0600, readable by the signer's user alone
    STATE/signed.json  size, compact range, `at` of the newest entry, last checkpoint; on disk before an answer is given
    SOCKET             where it is asked; who may connect is said by the modes of its folder

A question is one line of JSON, for `sign` followed by the entries, each a big-endian uint16 length and its bytes. The
answer is one line of JSON.

    {"ask":"key"}                                    {"key":"NAME+ID+KEY","checkpoint":"…"}
    {"ask":"sign","old":7,"size":9,"root":"9b…"}     {"checkpoint":"embassy.example/record\\n9\\n…"}
    {"ask":"digest","of":"…"}                        {"digest":"…"}   HMAC-SHA-256 under the seed, for ids of imports
    anything else                                    {"refused":"…"}

A signer without its memory does not run: `communique signer begin` gives it one, from the public record and from every
mirror that a person names.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from hmac import digest
from pathlib import Path
from typing import Any, BinaryIO

from communique.record.checkpoint import Checkpoint, parse_checkpoint, sign_checkpoint, verify_checkpoint
from communique.record.durable import Batch
from communique.record.entry import ENTRY_LIMIT_BYTES, parse_entry
from communique.record.errors import NotOfFormat, NotVerified, RecordError, Unreachable
from communique.record.note import SignerKey, VerifierKey, parse_verifier_key
from communique.record.reader import FileReader
from communique.record.tree import CompactRange, leaf_hash

MEMORY = "signed.json"
LOCK = "signer.lock"
LINE_LIMIT_BYTES = 64 * 1024
TIMEOUT_S = 60.0
AHEAD = timedelta(seconds=5)
"""how far the clock of the newsroom's machine may be before the signer's"""

Entries = Callable[[int, int], Iterator[bytes]]
"""the bytes of the entries from an index up to another"""


class Refused(RecordError):
    """The signer will not sign this. `size` is what it has signed, where it says so."""

    def __init__(self, what: str, where: str = "the signer") -> None:
        super().__init__(what, where, "sign nothing; compare database, public record and signer before anything else")


@dataclass(frozen=True)
class Memory:
    """What a signer has signed: the head, and what it needs to extend it."""

    grown: CompactRange
    last_at: str
    checkpoint: bytes

    @property
    def data(self) -> bytes:
        """The file's bytes."""
        facts = {
            "size": self.grown.size,
            "range": [hash_.hex() for hash_ in self.grown.hashes],
            "at": self.last_at,
            "checkpoint": self.checkpoint.decode(),
        }
        return (json.dumps(facts, indent=1) + "\n").encode()


def parse_memory(data: bytes, where: str) -> Memory:
    """A memory from its bytes. Raises NotOfFormat."""
    try:
        facts = json.loads(data)
        grown = CompactRange(int(facts["size"]), tuple(bytes.fromhex(text) for text in facts["range"]))
        memory = Memory(grown, str(facts["at"]), str(facts["checkpoint"]).encode())
        head = parse_checkpoint(memory.checkpoint, where)
    except (ValueError, KeyError, TypeError) as error:
        raise NotOfFormat(f"is no memory of a signer ({error})", where, "run `communique signer begin`") from error
    if (head.size, head.root) != (grown.size, grown.root()):
        raise NotOfFormat("has a head that its own range does not give", where, "run `communique signer begin`")
    return memory


class Signer:
    """The key with its memory in a folder. One process at a time has it: see `held`."""

    def __init__(self, key: SignerKey, state: Path, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.key = key
        self.state = state
        self.clock = clock

    @contextmanager
    def held(self) -> Iterator[None]:
        """Be the only process with this memory. Raises Unreachable when another has it."""
        self.state.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.state / LOCK).open("wb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Unreachable("another signer has it", str(self.state), "end that one") from None
            yield

    def memory(self) -> Memory:
        """What was signed so far. Raises NotOfFormat or NotVerified for a memory that is damaged or of another key."""
        file = self.state / MEMORY
        try:
            memory = parse_memory(file.read_bytes(), str(file))
        except FileNotFoundError:
            todo = "run `communique signer begin`, which asks the public record and all mirrors"
            raise NotOfFormat("has no memory of what it signed", str(self.state), todo) from None
        verify_checkpoint(parse_checkpoint(memory.checkpoint), self.key.verifier, where=str(file))
        return memory

    def begin(self, copies: list[tuple[str, FileReader]]) -> Memory:
        """Give the signer a memory: of the largest copy, when each of the others is its beginning; empty without any.

        Every entry of the largest is hashed. Raises NotVerified when a copy is not signed by this key, or two differ.
        """
        if (self.state / MEMORY).exists():
            raise Refused("has a memory already; only who is sure takes it away", str(self.state / MEMORY))
        heads = []
        for place, reader in copies:
            verify_checkpoint(reader.checkpoint, self.key.verifier, where=place)
            heads.append((reader.checkpoint.size, place, reader))
        grown, last_at, due = CompactRange(), "", {size: (place, reader) for size, place, reader in heads}
        if heads:
            size, place, largest = max(heads, key=lambda head: head[0])
            roots = {0: grown.root()}
            for entry in largest.entries(0, size):
                grown, last_at = grown.extended(entry.leaf), entry.at
                if grown.size in due or grown.size == size:
                    roots[grown.size] = grown.root()
            for other, where, reader in heads:
                if roots[other] != reader.checkpoint.root:
                    raise NotVerified(f"is not the record of {other} entries that {place} has", where)
        return self._keep(grown, last_at)

    def sign(self, old: int, size: int, root: bytes, entries: list[bytes]) -> Checkpoint:
        """The head of the log when these entries follow what was signed. Raises Refused."""
        memory = self.memory()
        signed = memory.grown.size
        if size == signed:
            if memory.grown.root() != root:
                raise Refused(f"has signed another record of {signed} entries")
            return parse_checkpoint(memory.checkpoint)
        if old != signed or size != old + len(entries):
            raise Refused(f"has signed {signed} entries, and is asked to extend {old} by {len(entries)} to {size}")
        grown, last_at = memory.grown, memory.last_at
        latest = (self.clock() + AHEAD).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        for index, data in enumerate(entries, old):
            last_at = self._checked(data, index, last_at, latest)
            grown = grown.extended(leaf_hash(data))
        if grown.root() != root:
            raise Refused(f"finds another root of {size} entries than the one that it is to sign")
        return parse_checkpoint(self._keep(grown, last_at).checkpoint)

    def _checked(self, data: bytes, index: int, last_at: str, latest: str) -> str:
        """The entry's `at`, if it may follow."""
        try:
            entry = parse_entry(data, index)
        except NotOfFormat as error:
            raise Refused(f"is asked to sign an entry that is none ({error.what})") from error
        if entry.log != self.key.name:
            raise Refused(f"is asked to sign entry {index} of the log {entry.log}")
        if entry.at < last_at or entry.at > latest:
            raise Refused(
                f"is asked to sign entry {index} of {entry.at}, between {last_at or 'nothing'} and now, {latest}"
            )
        return entry.at

    def _keep(self, grown: CompactRange, last_at: str) -> Memory:
        checkpoint = sign_checkpoint(grown.size, grown.root(), self.key)
        verify_checkpoint(checkpoint, self.key.verifier)
        memory = Memory(grown, last_at, checkpoint.data)
        self.state.mkdir(mode=0o700, parents=True, exist_ok=True)
        batch = Batch(self.state)
        batch.write(self.state / MEMORY, memory.data)
        batch.settle()
        return memory

    # ------------------------------------------------------------------ asked over a socket

    def answer(self, question: dict[str, Any], rest: BinaryIO) -> dict[str, str]:
        """The answer to one question; `rest` is what follows its line."""
        match question:
            case {"ask": "key"}:
                return {"key": self.key.verifier.text, "checkpoint": self.memory().checkpoint.decode()}
            case {"ask": "digest", "of": str(text)}:
                return {"digest": digest(self.key.seed, _ID_PREFIX + text.encode(), "sha256").hex()}
            case {"ask": "sign", "old": int(old), "size": int(size), "root": str(root)} if 0 <= old <= size:
                entries = [_read_entry(rest) for _ in range(size - old)]
                return {"checkpoint": self.sign(old, size, bytes.fromhex(root), entries).data.decode()}
        raise Refused("does not know this question")

    def serve(self, listening: socket.socket) -> None:
        """Answer one connection after the other, for ever."""
        while True:
            connection, _address = listening.accept()
            with connection:
                connection.settimeout(TIMEOUT_S)
                try:
                    self._serve_one(connection)
                except OSError:
                    continue  # who asked has gone

    def _serve_one(self, connection: socket.socket) -> None:
        with connection.makefile("rb") as asked:
            try:
                question = json.loads(asked.readline(LINE_LIMIT_BYTES))
                answer = self.answer(question if isinstance(question, dict) else {}, asked)
            except RecordError as error:
                answer = {"refused": error.what}
            except (ValueError, RecursionError) as error:
                answer = {"refused": f"cannot read the question ({error})"}
        connection.sendall(json.dumps(answer).encode() + b"\n")


_ID_PREFIX = b"communique/import-id\n"


@contextmanager
def listening_at(place: Path, mode: int = 0o660) -> Iterator[socket.socket]:
    """A socket at a path, which a dead signer may have left there; gone afterwards.

    It has the group of its folder, where its user may give it that one: so the folder alone says who may ask.
    """
    place.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listening:
        before = os.umask(0o777 & ~mode)
        try:
            listening.bind(str(place))
        finally:
            os.umask(before)
        with suppress(PermissionError):
            os.chown(place, -1, place.parent.stat().st_gid)
        listening.listen(16)
        try:
            yield listening
        finally:
            place.unlink(missing_ok=True)


@dataclass(frozen=True)
class RemoteSigner:
    """The signer, as the process that asks it sees it. Raises Unreachable without an answer, Refused with a no."""

    place: Path

    @property
    def name(self) -> str:
        """The log's origin."""
        return self.verifier.name

    @cached_property
    def verifier(self) -> VerifierKey:
        """The public key."""
        return parse_verifier_key(self._ask({"ask": "key"})["key"], str(self.place))

    def last(self) -> Checkpoint:
        """The head that it signed last."""
        return parse_checkpoint(self._ask({"ask": "key"})["checkpoint"].encode(), str(self.place))

    def id_digest(self, text: str) -> bytes:
        """The keyed hash from which ids of imports are made."""
        return bytes.fromhex(self._ask({"ask": "digest", "of": text})["digest"])

    def sign(self, old: int, size: int, root: bytes, entries: Entries) -> Checkpoint:
        """The signed head of `size` entries, of which the signer has seen `old`."""
        question = {"ask": "sign", "old": old, "size": size, "root": root.hex()}
        checkpoint = parse_checkpoint(self._ask(question, entries(old, size))["checkpoint"].encode(), str(self.place))
        verify_checkpoint(checkpoint, self.verifier, where=str(self.place))
        if (checkpoint.size, checkpoint.root) != (size, root):
            raise NotVerified("signed something else than it was asked to", str(self.place))
        return checkpoint

    def _ask(self, question: dict[str, object], entries: Iterable[bytes] = ()) -> dict[str, str]:
        todo = "start it: `communique signer run`"
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
                connection.settimeout(TIMEOUT_S)
                connection.connect(str(self.place))
                with connection.makefile("wb") as asking:
                    asking.write(json.dumps(question).encode() + b"\n")
                    for data in entries:
                        asking.write(len(data).to_bytes(2, "big") + data)
                with connection.makefile("rb") as answering:
                    answer: dict[str, str] = json.loads(answering.readline(LINE_LIMIT_BYTES))
        except (OSError, ValueError) as error:
            raise Unreachable(f"the signer does not answer ({error})", str(self.place), todo) from error
        if "refused" in answer:
            raise Refused(answer["refused"], str(self.place))
        return answer


def _read_entry(rest: BinaryIO) -> bytes:
    length = int.from_bytes(rest.read(2), "big")
    data = rest.read(length)
    if not 0 < length <= ENTRY_LIMIT_BYTES or len(data) != length:
        raise Refused("is sent entries that end in the midst, or are too long")
    return data
