"""Offices of random life, honest and not, whose files are a table: what a monitor can be shown, and what it must find.

An office publishes, corrects, erases; signs; asks its witness. `served` is what its address answers. A deed changes
that as a dishonest office would: it has its own key, and signs what it likes; the witness stays honest.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from communique.edition.edition import Edition, seal
from communique.mirror.log_copy import Read
from communique.mirror.monitor import Monitor
from communique.mirror.witness import Witness, found_witness
from communique.record.checkpoint import sign_checkpoint
from communique.record.entry import Entry, parse_entry, write_entry
from communique.record.errors import Missing, Unreachable
from communique.record.note import SignerKey, parse_signature, sign_text, signer_key
from communique.record.policy import Log as PolicyLog
from communique.record.policy import Policy, format_policy
from communique.record.policy import Witness as Named
from communique.record.proof import derive_add_checkpoint
from communique.record.reader import edition_path, file_path
from communique.record.succession import Statement, closing, make_root, rotation
from communique.record.tile import ENTRIES, bundle_data, tile_data, tiles_at
from communique.record.tree import compact_range_of, leaf_hash
from signed_record import ORIGIN, statement, tree_of

ROOT = tuple(signer_key(f"embassy.example/root/{n}", bytes([200 + n]) * 32) for n in range(3))
SUCCESSOR = signer_key("press.embassy.example/record", bytes([99]) * 32)
ADDRESS = "https://embassy.example"
WITNESS_ADDRESS = "https://ministry.example/witness"
BEGAN_S = 1772625600  # 2026-03-04T12:00:00Z
HOUR = 3600


@dataclass
class Life:
    """One office, its witness, and the hour."""

    folder: Path
    seed: int
    now_s: int = BEGAN_S
    entries: list[Entry] = field(default_factory=list)
    editions: dict[str, Edition] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    keys: list[SignerKey] = field(default_factory=list)
    served: dict[str, bytes] = field(default_factory=dict)
    reachable: bool = True
    stem: int = 0
    statements: list[Statement] = field(default_factory=list)
    """what lies under `keys/`, in order"""

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        self.keys = [signer_key(ORIGIN, sha256(b"log %d" % self.seed).digest())]
        found_witness(self.folder / "witness", "ministry.example/witness")
        self.witness = Witness(self.folder / "witness", lambda: self.now_s)
        self.served["keys/root"] = make_root(ORIGIN, [key.verifier for key in ROOT], self.keys[0]).data
        self._know_log()
        self.witnessed: list[int] = []

    # what strangers see

    def read_from(self, address: str) -> Read:
        def read(path: str) -> bytes:
            if address.startswith(WITNESS_ADDRESS):
                answer = self.witness.answer("GET", f"/{path}", b"")
                if answer.status != 200:
                    raise Missing(path, f"{address}/{path}")
                return answer.body
            if not self.reachable:
                raise Unreachable("did not answer", f"{address}/{path}")
            name = f"{address}/{path}".removeprefix(f"{ADDRESS}/record/")
            if name not in self.served:
                raise Missing(path, f"{address}/{path}")
            return self.served[name]

        return read

    def monitor(self, name: str = "monitor") -> Monitor:
        return Monitor(ADDRESS, self.folder / name, self.read_from, lambda: self.now_s)

    # what an honest office does

    def live(self, steps: int) -> None:
        """Some releases, each public before the next."""
        for _ in range(steps):
            self.pass_time()
            for _ in range(self.random.choice((1, 1, 1, 2, 5))):
                self.write()
            self.publish()
            if self.random.random() < 0.7:
                self.ask_witness()
        self.ask_witness()

    def pass_time(self) -> None:
        self.now_s += self.random.randrange(60, 40 * HOUR)

    def write(self, **keys: Any) -> Entry:
        """The next edition of a new or known id; sometimes an erasure of what an earlier one said."""
        known = sorted({entry.id for entry in self.entries})
        id_ = self.random.choice(known) if known and self.random.random() < 0.4 else f"{len(self.entries):016}"
        before = next((entry for entry in reversed(self.entries) if entry.id == id_), None)
        content = statement(f"Person {self.seed} {len(self.entries)} {self.stem}")
        kind = "correct" if before else "publish"
        gone: list[tuple[str, int]] = []
        if before and self.editions[before.body].texts and self.random.random() < 0.3:
            kind = "erase"
            content["ground"] = "Request of a person."
            parts = set(self.editions[before.body].texts)
            gone = [(p, e.seq) for e in self.entries if e.id == id_ for p in parts & set(self.editions[e.body].texts)]
            content["erased"] = [{"part": part, "seq": seq} for part, seq in sorted(gone)]
        salt = sha256(f"{self.seed} {len(self.entries)} {self.stem}".encode()).digest
        sealed = seal(content, salt, self.editions[before.body] if before else None)
        right = {
            "at": instant(self.now_s),
            "body": sealed.edition.body,
            "id": id_,
            "kind": kind,
            "log": ORIGIN,
            "seq": before.seq + 1 if before else 1,
            "prev": before.leaf.hex() if before else None,
        }
        entry = parse_entry(write_entry(**{**right, **keys}), len(self.entries))
        self.entries.append(entry)
        self.editions[entry.body] = sealed.edition
        for part, seq in gone:
            cut = next(e for e in self.entries if e.id == id_ and e.seq == seq)
            self.editions[cut.body] = self.editions[cut.body].without(frozenset({part}))
        return entry

    def publish(self, keep_old_tiles: bool = True) -> None:
        """Sign what is written, and put all of it at the address."""
        data = [entry.data for entry in self.entries]
        tree = tree_of(data)
        if not keep_old_tiles:
            self.served = {}
        for tile in tiles_at(len(data)):
            inside = data[tile.start : tile.start + tile.width]
            self.served[tile.path] = bundle_data(inside) if tile.level == ENTRIES else tile_data(tile, tree)
        for entry in self.entries:
            self.served[edition_path(entry.body)] = self.editions[entry.body].data
        for part, bytes_ in self.files.items():
            self.served[file_path(part)] = bytes_
        head = sign_checkpoint(len(data), compact_range_of(map(leaf_hash, data)).root(), self.keys[0])
        head = head.with_signatures(*(sign_text(head.note.text, key) for key in self.keys[1:]))
        self.served["checkpoint"] = head.data
        self.served["log.vkey"] = f"{self.keys[-1].verifier.text}\n".encode()
        witness = Named("ministry", self.witness.signer.verifier, WITNESS_ADDRESS)
        logs = tuple(PolicyLog(key.verifier) for key in self.keys)
        self.served["policy"] = format_policy(Policy(logs, (witness,), (), "ministry"))
        self.head = head

    def ask_witness(self) -> bool:
        """Have the head cosigned, if the witness will."""
        known = self.witness.newest(ORIGIN)
        old = known.size if known else 0
        if old > self.head.size:
            return False
        tree = tree_of([entry.data for entry in self.entries])
        asked = derive_add_checkpoint(old, self.head, tree, None)
        answer = self.witness.add_checkpoint(asked.data)
        if answer.status != 200:
            return False
        line = parse_signature(answer.body.decode().removesuffix("\n"), "answer")
        self.served["checkpoint"] = self.head.with_signatures(line).data
        return True

    def rotate(self) -> None:
        """A new key beside the old one; at the next rotation the new one alone."""
        if len(self.keys) > 1:
            self.keys = self.keys[1:]
        else:
            self.keys.append(signer_key(ORIGIN, sha256(b"log %d %d" % (self.seed, self.now_s)).digest()))
            self.say(rotation(self.head, *self.keys))
        self._know_log()

    def close(self) -> Statement:
        """Two of the root end the log at its present head."""
        made = closing(self.head, self.keys[0].verifier, SUCCESSOR.verifier, ROOT[1:])
        self.say(made)
        return made

    def say(self, said: Statement) -> None:
        """Put a statement under the record's keys."""
        self.statements.append(said)
        self.served |= {f"keys/{number}": one.data for number, one in enumerate(self.statements, 1)}

    def _know_log(self) -> None:
        known = self.witness.policy().logs
        keys = dict.fromkeys([*(log.key for log in known), *(key.verifier for key in self.keys)])
        (self.folder / "witness/policy").write_bytes(format_policy(Policy(tuple(map(PolicyLog, keys)))))


def instant(time_s: int) -> str:
    return datetime.fromtimestamp(time_s, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


# What a dishonest office does. Each deed is done to a life whose newest head the honest witness has signed.


def _again(life: Life, entries: list[bytes]) -> None:
    """Sign and show other entries."""
    life.entries = [parse_entry(data, index) for index, data in enumerate(entries)]
    life.publish(keep_old_tiles=False)
    life.ask_witness()


def _changed(entry: Entry, **keys: Any) -> bytes:
    names = ("at", "body", "id", "kind", "log", "seq", "dated", "prev", "src")
    return write_entry(**{**{name: getattr(entry, name) for name in names}, **keys})


def fork(life: Life) -> None:
    """Another beginning, and more after it."""
    place = life.random.randrange(len(life.entries))
    life.entries = life.entries[:place]
    life.stem += 1
    for _ in range(life.random.randrange(1, 12)):
        life.write()
    life.publish(keep_old_tiles=False)
    life.ask_witness()


def rollback(life: Life) -> None:
    """The newest entries are there no more."""
    _again(life, [entry.data for entry in life.entries[: life.random.randrange(1, len(life.entries))]])


def rewrite(life: Life) -> None:
    """One entry is another; signed again, or only its bundle changed."""
    place = life.random.randrange(len(life.entries))
    data = [entry.data for entry in life.entries]
    data[place] = _changed(life.entries[place], body=sha256(b"other").hexdigest())
    if life.random.random() < 0.5:
        life.editions[sha256(b"other").hexdigest()] = life.editions[life.entries[place].body]
        _again(life, data)
        return
    life.pass_time()
    life.write()
    life.publish()
    data.append(life.entries[-1].data)
    for tile in tiles_at(len(data)):
        if tile.level == ENTRIES:
            life.served[tile.path] = bundle_data(data[tile.start : tile.start + tile.width])


def drop(life: Life) -> None:
    """One entry in the middle is left out."""
    data = [entry.data for entry in life.entries]
    del data[life.random.randrange(len(data) - 1)]
    _again(life, data)


def reorder(life: Life) -> None:
    """Two entries have changed places."""
    data = [entry.data for entry in life.entries]
    one, other = life.random.sample(range(len(data)), 2)
    data[one], data[other] = data[other], data[one]
    _again(life, data)


def backdate(life: Life) -> None:
    """A new entry says that it was there before the witness looked, or before the entry above it."""
    life.now_s += 100 * HOUR
    life.ask_witness()
    life.now_s += HOUR
    life.write(at=instant(life.now_s - life.random.randrange(30 * HOUR, 3000 * HOUR)))
    life.publish()
    if life.random.random() < 0.5:
        life.write()
        life.publish()


def swap(life: Life) -> None:
    """An edition's file is another edition, or another text."""
    entry = life.random.choice(life.entries)
    path = edition_path(entry.body)
    other = life.random.choice([one for one in life.entries if one.body != entry.body])
    life.served[path] = life.random.choice(
        (life.served[edition_path(other.body)], life.served[path].replace(b"Person", b"Parson"), b"")
    )
    if life.served[path] == life.editions[entry.body].data:
        life.served[path] = b"\n"


def strip(life: Life) -> None:
    """A text is cut from an edition, and no entry says so."""
    entry = next(entry for entry in reversed(life.entries) if life.editions[entry.body].texts)
    edition = life.editions[entry.body]
    life.served[edition_path(entry.body)] = edition.without(frozenset({min(edition.texts)})).data


def take_over(life: Life) -> None:
    """Another key signs, and no head with both was ever shown."""
    life.keys = [signer_key(ORIGIN, sha256(b"thief").digest())]
    life.pass_time()
    life.write()
    life.publish()


DEEDS: dict[str, Callable[[Life], None]] = {
    deed.__name__: deed for deed in (fork, rollback, rewrite, drop, reorder, backdate, swap, strip, take_over)
}
