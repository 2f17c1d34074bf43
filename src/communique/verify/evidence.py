"""Evidence: one file that shows to a third party what an office did to its record.

A JSON object, canonical (RFC 8785), so that any program can read it:

    {"kind":"fork","heads":["…","…"],"logs":["embassy.example/record+f8625137+AQOh…"],"path":["…"],"root":"…",
     "seen":{"address":"https://embassy.example/record","at":"2026-03-05T10:00:00Z"},"v":1,"what":"…"}

`logs` is the log's verifier key, or all of them where it changed its key; `heads` are checkpoints, verbatim, each
signed by one of them; `entries` are entries with their inclusion proofs, as `index`, `entry`, `path` (base64), all
under the last head. What the kinds prove, by themselves:

    fork        two heads that no one log can have: the second tree has at the first's size another root, `root`, to
                which `path` leads (the consistency proof from that size in the second tree)
    order       two entries of one head: the later one has the earlier `at`, or is no next edition of the same id
    foreign     an entry of the head was made for another log
    backdated   heads[0] was cosigned by `witness` at a time when the log had that size; an entry above that size,
                proven under heads[1], says that it was public more than `late_s` seconds before

Nobody's signature says what a server answered at an hour, so these kinds show true heads and prove no more than those;
what was `seen` is the word of who wrote the file:

    rollback    the log had signed the larger of the two heads when the smaller one was shown
    rewritten   a bundle or tile is not what the head was signed over
    late        an entry says that it was public long before it was first seen
    broken      an edition number is left out, or an entry is none that a reader can use
    changed     an edition, a file or a page is not what the record says
    stale       no witness the policy asks for has signed for too long

No word of any edition is ever in such a file: an erasure would not reach it.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from communique.edition.canonical import canonical_json
from communique.record.checkpoint import Checkpoint, VerifiedCheckpoint, parse_checkpoint, verify_checkpoint
from communique.record.entry import Entry, parse_entry
from communique.record.errors import NotOfFormat, NotVerified
from communique.record.note import VerifierKey, decode_base64, is_page, parse_verifier_key
from communique.record.tree import leaf_hash, verify_consistency, verify_inclusion

VERSION = 1
PROVEN = ("fork", "order", "foreign", "backdated")
REPORTED = ("rollback", "rewritten", "late", "broken", "changed", "stale")
LIMIT_BYTES = 1_000_000


@dataclass(frozen=True)
class ProvenEntry:
    """An entry with the hashes that lead from it to the root of the last head."""

    index: int
    data: bytes
    path: tuple[bytes, ...]


@dataclass(frozen=True)
class Evidence:
    """What the file says; nobody has checked it. Times are RFC 3339 in UTC."""

    kind: str
    what: str
    logs: tuple[VerifierKey, ...]
    heads: tuple[Checkpoint, ...] = ()
    root: bytes | None = None
    path: tuple[bytes, ...] = ()
    entries: tuple[ProvenEntry, ...] = ()
    witness: VerifierKey | None = None
    late_s: int | None = None
    seen: Mapping[str, str] = field(default_factory=dict)

    @property
    def data(self) -> bytes:
        """The file's bytes."""
        keys = {
            "v": VERSION,
            "kind": self.kind,
            "what": self.what,
            "logs": [key.text for key in self.logs],
            "heads": [head.data.decode("utf-8") for head in self.heads],
            "root": _encoded(self.root) if self.root is not None else None,
            "path": [_encoded(one) for one in self.path] if self.root is not None else None,
            "entries": [
                {"index": one.index, "entry": _encoded(one.data), "path": [_encoded(hash_) for hash_ in one.path]}
                for one in self.entries
            ]
            or None,
            "witness": self.witness.text if self.witness else None,
            "late_s": self.late_s,
            "seen": dict(self.seen) or None,
        }
        return canonical_json({key: value for key, value in keys.items() if value is not None}) + b"\n"


@dataclass(frozen=True)
class Verdict:
    """What a file shows: proven by itself, or true heads and the word of who wrote it; `why` is one sentence."""

    proven: bool
    why: str


def parse_evidence(data: bytes, where: str = "evidence") -> Evidence:
    """Evidence from a file's bytes. Raises NotOfFormat."""
    todo = "get the file again from who wrote it"
    if len(data) > LIMIT_BYTES:
        raise NotOfFormat(f"has {len(data)} bytes; at most {LIMIT_BYTES} are read", where, todo)
    keys = _object(data, where, todo)
    try:
        if keys["v"] != VERSION or keys["kind"] not in (*PROVEN, *REPORTED):
            raise NotOfFormat(f"is of version {keys['v']!r} and kind {keys['kind']!r}, unknown here", where, todo)
        return Evidence(
            kind=keys["kind"],
            what=_text(keys["what"]),
            logs=tuple(parse_verifier_key(_text(one), f"{where}, log") for one in keys["logs"]),
            heads=tuple(_heads(keys["heads"], where)),
            root=_hash(keys["root"], where) if "root" in keys else None,
            path=tuple(_hash(one, where) for one in keys.get("path", ())),
            entries=tuple(_entry(one, where) for one in keys.get("entries", ())),
            witness=parse_verifier_key(_text(keys["witness"]), f"{where}, witness") if "witness" in keys else None,
            late_s=int(keys["late_s"]) if "late_s" in keys else None,
            seen={_text(name): _text(value) for name, value in keys.get("seen", {}).items()},
        )
    except NotOfFormat:
        raise
    except KeyError as error:
        raise NotOfFormat(f"is no evidence: it has no `{error.args[0]}`", where, todo) from error
    except (ValueError, TypeError, AttributeError, OverflowError) as error:
        what = "is no evidence: one of its values is of another sort than evidence has there"
        raise NotOfFormat(what, where, todo) from error


def _object(data: bytes, where: str, todo: str) -> dict[str, Any]:
    """The JSON object that a file of evidence is."""
    if is_page(data):
        raise NotOfFormat("is a web page, and no evidence", where, todo)
    try:
        keys = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):
        keys = None
    if not isinstance(keys, dict):
        what = "is empty, and" if not data.strip() else "is no JSON object, so it"
        raise NotOfFormat(f"{what} is no evidence", where, todo)
    return keys


def check_evidence(evidence: Evidence, key: VerifierKey | None = None, where: str = "evidence") -> Verdict:
    """What the evidence shows, of the log of `key` if one is given. Raises NotVerified for whatever does not hold."""
    if key is not None and key not in evidence.logs:
        named = ", ".join(one.text for one in evidence.logs)
        raise NotVerified(f"speaks of {named}, not of {key.text}", where, "compare the two keys")
    if not evidence.heads:
        raise NotVerified("shows no head that the log signed", where)
    keys = (evidence.witness,) if evidence.witness else ()
    heads = [_signed(head, evidence.logs, keys, f"{where}, head {n}") for n, head in enumerate(evidence.heads, 1)]
    if evidence.kind == "fork":
        return _fork(evidence, heads, where)
    entries = [_proven(one, heads[-1], f"{where}, entry {one.index}") for one in evidence.entries]
    match evidence.kind:
        case "order":
            return _order(entries, where)
        case "foreign":
            return _foreign(entries, heads[-1], where)
        case "backdated":
            return _backdated(evidence, heads, entries, where)
        case "rollback":
            if len(heads) != 2 or heads[0].size >= heads[1].size:
                raise NotVerified("shows no head that is smaller than the other", where)
            signed = f"the log had signed size {heads[1].size}; that size {heads[0].size} was shown after it"
            return Verdict(False, f"{signed} is the word of who wrote this")
        case _:
            return Verdict(False, f"the log signed size {heads[-1].size}; what was seen is the word of who wrote this")


def _signed(
    head: Checkpoint, logs: Sequence[VerifierKey], witnesses: tuple[VerifierKey, ...], where: str
) -> VerifiedCheckpoint:
    signed = {signature.key_id for signature in head.note.signatures}
    log = next((key for key in logs if key.id in signed and key.name == head.origin), None)
    if log is None or any(key.name != log.name for key in logs):
        raise NotVerified("is not signed by the log that the evidence speaks of", where)
    return verify_checkpoint(head, log, witnesses, where)


def fork_evidence(
    logs: tuple[VerifierKey, ...],
    one: Checkpoint,
    other: Checkpoint,
    root: bytes,
    path: Sequence[bytes],
    seen: Mapping[str, str],
) -> Evidence:
    """Evidence of two heads, the smaller first; `path` leads to `root`, the other tree's root at its size."""
    what = f"the log signed two trees: of size {one.size} and of size {other.size}, which does not contain the first"
    if one.size == other.size:
        what = f"the log signed two trees of size {one.size}"
    return Evidence("fork", what, logs, (one, other), root, tuple(path), seen=seen)


def _fork(evidence: Evidence, heads: Sequence[VerifiedCheckpoint], where: str) -> Verdict:
    if len(heads) != 2 or evidence.root is None:
        raise NotVerified("shows no two heads and a root", where)
    one, other = heads
    verify_consistency(one.size, other.size, evidence.root, other.root, evidence.path)
    if evidence.root == one.root:
        raise NotVerified("the second tree contains the first: this is no fork", where)
    return Verdict(True, f"the log signed two trees that cannot be one: sizes {one.size} and {other.size}")


def _proven(one: ProvenEntry, head: VerifiedCheckpoint, where: str) -> Entry:
    verify_inclusion(one.index, head.size, leaf_hash(one.data), one.path, head.root)
    return parse_entry(one.data, one.index)


def _order(entries: Sequence[Entry], where: str) -> Verdict:
    if len(entries) != 2 or entries[0].index >= entries[1].index:
        raise NotVerified("shows no two entries in their order", where)
    above, below = entries
    wrong = broken_order(above, below)
    if wrong is None:
        raise NotVerified("these two entries may follow each other so", where)
    return Verdict(True, wrong)


def broken_order(above: Entry, below: Entry) -> str | None:
    """What two entries of one log, `above` before `below`, prove by themselves to be wrong; None where nothing is."""
    if below.at < above.at:
        return f"entry {below.index} says {below.at}, and stands below entry {above.index} of {above.at}"
    if above.id != below.id:
        return None
    if below.seq <= above.seq:
        return f"entries {above.index} and {below.index} are editions {above.seq} and {below.seq} of {above.id}"
    if below.seq == above.seq + 1 and below.prev != above.leaf.hex():
        return f"entry {below.index} does not name entry {above.index} as the edition before it"
    return None


def _foreign(entries: Sequence[Entry], head: VerifiedCheckpoint, where: str) -> Verdict:
    if len(entries) != 1 or entries[0].log == head.origin:
        raise NotVerified("shows no entry that was made for another log", where)
    return Verdict(True, f"entry {entries[0].index} of {head.origin} was made for {entries[0].log}")


def _backdated(
    evidence: Evidence, heads: Sequence[VerifiedCheckpoint], entries: Sequence[Entry], where: str
) -> Verdict:
    if len(heads) != 2 or len(entries) != 1 or evidence.late_s is None or evidence.late_s < 0:
        raise NotVerified("shows no two heads and an entry with `late_s`", where)
    times = [one.time_s for one in heads[0].witnesses if one.key == evidence.witness and one.time_s is not None]
    if not times:
        raise NotVerified("its first head is not cosigned by the witness that it names", where)
    entry, time_s = entries[0], max(times)
    if entry.index < heads[0].size or seconds_of(entry.at) + evidence.late_s >= time_s:
        raise NotVerified("the entry does not say that it was there before the witness looked", where)
    said = instant_of(time_s)
    return Verdict(True, f"entry {entry.index} says {entry.at}; at {said} a witness saw only {heads[0].size} entries")


def instant_of(time_s: int) -> str:
    """POSIX seconds as RFC 3339 in UTC; as seconds where the year, which a witness may sign, has five digits."""
    try:
        return datetime.fromtimestamp(time_s, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError):
        return f"{time_s} seconds after 1970"


def seconds_of(at: str) -> int:
    """An instant of an entry in POSIX seconds."""
    return int(datetime.fromisoformat(at).timestamp())


def _heads(texts: Any, where: str) -> list[Checkpoint]:
    return [parse_checkpoint(_text(text).encode("utf-8"), f"{where}, head {n}") for n, text in enumerate(texts, 1)]


def _entry(keys: Any, where: str) -> ProvenEntry:
    path = tuple(_hash(one, where) for one in keys["path"])
    if type(keys["index"]) is not int:
        raise NotOfFormat("has an index that is no number", where)
    return ProvenEntry(keys["index"], decode_base64(_text(keys["entry"]), where), path)


def _hash(text: Any, where: str) -> bytes:
    data = decode_base64(_text(text), where)
    if len(data) != 32:
        raise NotOfFormat("has a hash that is not 32 bytes long", where)
    return data


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _encoded(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
