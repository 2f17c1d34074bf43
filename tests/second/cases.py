"""Cases for verifiers that were written apart: true ones, and the same with one thing changed.

`cases` draws them from a seed. Each is a dict that JSON can hold, bytes in base64; `check` says what is asked.
"""

from __future__ import annotations

import random
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from communique.record.checkpoint import Checkpoint, cosign_checkpoint, sign_checkpoint
from communique.record.note import COSIGNATURE, Note, Signature, VerifierKey, key_id, sign_text, signer_key
from communique.record.policy import Group, Log, Policy, Witness, format_policy
from communique.record.tile import ENTRIES, bundle_data, tile_data, tiles_at
from communique.record.tree import (
    Subtree,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    tree_root,
)
from second.strange import strange
from signed_record import EXAMPLE, LOG, ORIGIN, WITNESS, example_entries

Case = dict[str, Any]
STRICTER = (3, 5, 8)
"""of `_signed_and_wrong`: no root of size 0, base64 with stray bits, an empty line; Go lets them through. A bit that
flips at the end of a signature's base64 is such a case, too"""
SECOND = signer_key("city.example/witness", bytes(range(64, 96)), COSIGNATURE)
POST_QUANTUM = VerifierKey("court.example/witness", bytes.fromhex("0a0b0c0d"), 0x06, b"\x07" * 1312)
POLICY = Policy(
    (Log(LOG.verifier),),
    (Witness("ministry", WITNESS.verifier), Witness("city", SECOND.verifier), Witness("court", POST_QUANTUM)),
    (Group("two", "2", ("ministry", "city", "court")),),
    "two",
)


def cases(seed: int, number: int) -> Iterator[Case]:
    """About this many cases of each sort, true and changed ones, and those that chance would not draw."""
    chance = random.Random(seed)
    yield from _signed_and_wrong(chance)
    yield from _edges()
    yield from strange()
    for count in range(number):
        entries = [chance.randbytes(chance.randrange(40)) for _ in range(_size(chance, count))]
        tree = Stored(entries)
        size, root = len(entries), tree.root(len(entries))
        index = chance.randrange(size)
        proof = inclusion_proof(index, size, tree)
        case = {"check": "inclusion", "index": index, "size": size, "leaf": _b(leaf_hash(entries[index]))}
        yield from _both(chance, case | {"proof": [*map(_b, proof)], "root": _b(root)})
        old = chance.randint(1, size)
        between = consistency_proof(old, size, tree)
        case = {"check": "consistency", "old": old, "size": size, "old_root": _b(tree.root(old)), "root": _b(root)}
        yield from _both(chance, case | {"proof": [*map(_b, between)]})
        yield from _notes(chance, size, root)
        yield from _saved(chance)
        if count % 10 == 0:
            yield from _trees(chance, entries, tree, index)
            yield from _policies(chance)


class Stored:
    """The complete subtrees over entries, each hashed once."""

    def __init__(self, entries: list[bytes]) -> None:
        self._rows = [[leaf_hash(entry) for entry in entries]]
        while len(self._rows[-1]) > 1:
            row = self._rows[-1]
            self._rows.append([node_hash(row[n], row[n + 1]) for n in range(0, len(row) - 1, 2)])

    def __call__(self, level: int, number: int) -> bytes:
        return self._rows[level][number]

    def root(self, size: int) -> bytes:
        """The root of the first entries."""
        subtree: Subtree = self
        return tree_root(size, subtree)


def _size(chance: random.Random, count: int) -> int:
    if count % 50 == 0:
        return chance.choice([255, 256, 257, 511, 512, 700, chance.randrange(300, 600)])
    return chance.randint(1, 70)


def _both(chance: random.Random, case: Case) -> Iterator[Case]:
    """The case, and the case with one of its values changed."""
    yield case
    changed = dict(case)
    what = chance.choice([key for key in case if key != "check"])
    value = case[what]
    if isinstance(value, int):
        changed[what] = max(value + chance.choice([-2, -1, 1, 2, 7, value]), 0)
    elif isinstance(value, list):
        changed[what] = _other_row(chance, value)
    else:
        changed[what] = _b(_flipped(chance, _d(value)))
    yield changed


def _other_row(chance: random.Random, row: list[str]) -> list[str]:
    new = [*row]
    match chance.randrange(6):
        case 0:
            new.append(_b(chance.randbytes(32)))
        case 1:
            new.insert(0, _b(chance.randbytes(32)))
        case 2 if new:
            new.pop(chance.randrange(len(new)))
        case 3 if len(new) > 1:
            place = chance.randrange(len(new) - 1)
            new[place], new[place + 1] = new[place + 1], new[place]
        case 4 if new:
            new[0] = _b(_d(new[0])[:31])
        case _ if new:
            place = chance.randrange(len(new))
            new[place] = _b(_flipped(chance, _d(new[place])))
    return new


def _notes(chance: random.Random, size: int, root: bytes) -> Iterator[Case]:
    head = sign_checkpoint(size, root, LOG)
    foreign = signer_key("foreign.example/log", bytes(range(96, 128)))
    lines = [
        cosign_checkpoint(head, WITNESS, 1772700000 + size),
        cosign_checkpoint(head, SECOND, 1772700001),
        Signature(POST_QUANTUM.name, POST_QUANTUM.id, chance.randbytes(2428)),
        Signature(foreign.name, foreign.verifier.id, chance.randbytes(64)),
        Signature(LOG.name, key_id(LOG.name, 1, bytes(32)), chance.randbytes(64)),
    ]
    data = head.with_signatures(*chance.sample(lines, chance.randrange(len(lines) + 1))).data
    log, policy = LOG.verifier.text, format_policy(POLICY).decode()
    for one in (data, _spoilt(chance, data), _spoilt(chance, data)):
        case: Case = {"check": "note", "data": _b(one), "log": log}
        case |= {"stricter": True} if _has_stray_bits(one) else {}
        yield case
        yield case | {"policy": policy}
    key = chance.choice([LOG.verifier.text, WITNESS.verifier.text, POST_QUANTUM.text])
    yield {"check": "key", "text": key}
    yield {"check": "key", "text": _spoilt_text(chance, key)}


def _signed_and_wrong(chance: random.Random) -> Iterator[Case]:
    """Notes that the log's key really signed, and that are wrong all the same, or bear a line that is."""
    root = _b(chance.randbytes(32))
    log, policy = LOG.verifier.text, format_policy(POLICY).decode()
    texts = [
        f"{ORIGIN}\n01\n{root}\n",
        f"{ORIGIN}\n{2**63}\n{root}\n",
        f"{ORIGIN}\n{2**63 - 1}\n{root}\n",
        f"{ORIGIN}\n0\n{root}\n",
        f"{ORIGIN}\n5\n{_b(bytes(31))}\n",
        f"{ORIGIN}\n5\n{root[:-2]}{'B' if root[-2] != 'B' else 'C'}=\n",
        f"{ORIGIN}\n5\n",
        f"{ORIGIN}\n\n5\n{root}\n",
        f"{ORIGIN}\n5\n{root}\n\n",
        f"{ORIGIN}\n5\n{root}\nan extension\n",
        f"{ORIGIN}\n5\n{root}\nan\textension\n",
        f"other.example/log\n5\n{root}\n",
        f"\ufeff{ORIGIN}\n5\n{root}\n",
    ]
    for number, text in enumerate(texts):
        case = {"check": "note", "data": _b(Note(text, (sign_text(text, LOG),)).data), "log": log}
        yield case | ({"stricter": True} if number in STRICTER else {})
    text = f"{ORIGIN}\n5\n{root}\n"
    right = sign_text(text, LOG)
    head = Checkpoint(ORIGIN, 5, _d(root), Note(text, (right,)))
    cosigned = cosign_checkpoint(head, WITNESS, 1772700005)
    at_none = bytes(8) + WITNESS.sign(f"cosignature/v1\ntime 0\n{text}".encode())
    rows: list[tuple[Signature, ...]] = [
        (right, cosigned),
        (cosigned,),
        (Signature("other.example/log", right.key_id, right.data),),
        (Signature(right.name, b"\0\1\2\3", right.data),),
        (Signature(right.name, right.key_id, b"\0" + right.data),),
        (Signature(right.name, right.key_id, right.data[:-1]),),
        (right, Signature(right.name, right.key_id, bytes(64))),
        (Signature(right.name, right.key_id, bytes(64)), right),
        (right, Signature("foreign.example/log", b"\1\2\3\4", b"")),
        (right, Signature("foreign.example/log", b"\1\2\3\4", b"\0")),
        (right, Signature(WITNESS.name, WITNESS.verifier.id, at_none)),
        (right, Signature(WITNESS.name, WITNESS.verifier.id, cosigned.data[8:])),
        (right, Signature(WITNESS.name, WITNESS.verifier.id, cosigned.data[:7] + b"\0" + cosigned.data[8:])),
    ]
    for row in rows:
        data = Note(text, row).data
        yield {"check": "note", "data": _b(data), "log": log}
        yield {"check": "note", "data": _b(data), "log": log, "policy": policy}
    data = Note(text, (right, Signature("foreign.example/log", b"\1\2\3\4", bytes(64)))).data
    for worse in (
        data.replace(b"foreign", b"for\xffeign"),
        data.replace(b"foreign", b"for\teign"),
        data[:-1],
        data + b"\n",
    ):
        yield {"check": "note", "data": _b(worse), "log": log}


def _edges() -> Iterator[Case]:
    """Proofs at the edges of trees, keys with another's id, policies that cannot be had, a proof of another kind."""
    leaves = [leaf_hash(bytes([number])) for number in range(9)]
    tree = Stored([bytes([number]) for number in range(9)])
    for size in range(1, 9):
        for index in (size - 1, size, size + 1):
            proof = inclusion_proof(size - 1, size, tree)
            case = {"check": "inclusion", "index": index, "size": size, "leaf": _b(leaves[size - 1])}
            yield case | {"proof": [*map(_b, proof)], "root": _b(tree.root(size))}
            yield case | {"proof": [*map(_b, proof), _b(bytes(32))], "root": _b(tree.root(size))}
        same = {"check": "consistency", "old": size, "size": size, "old_root": _b(tree.root(size))}
        yield same | {"root": _b(tree.root(size)), "proof": []}
        yield same | {"root": _b(tree.root(size)), "proof": [_b(tree.root(size))]}
        yield same | {"root": _b(tree.root(size + 1)), "proof": []}
        path = [*map(_b, consistency_proof(size, size + 1, tree))]
        grown = {"check": "consistency", "old": size, "size": size + 1, "old_root": _b(tree.root(size))}
        grown |= {"root": _b(tree.root(size + 1)), "proof": path}
        yield grown
        yield grown | {"old_root": _b(tree.root(size + 1))}
        yield grown | {"root": _b(tree.root(size))}
        yield grown | {"proof": [*path, _b(bytes(32))]}
    for key in (LOG.verifier, WITNESS.verifier, POST_QUANTUM):
        yield {"check": "key", "text": key.text.replace(key.id.hex(), "00000000")}
    two = f"witness a {WITNESS.verifier.text}\nwitness b {SECOND.verifier.text}\n"
    for line in (
        "group x constructor a b\nquorum x",
        "group x __proto__ a b\nquorum x",
        f"group x {'9' * 5000} a\nquorum x",
    ):
        yield {"check": "policy", "text": _b(f"{two}{line}\n".encode())}
    yield {
        "check": "policy",
        "text": _b(two.replace("witness b", "witness \udcff").encode("utf-8", "surrogateescape") + b"quorum \xfe\n"),
    }
    for line in ("group x 4 a b\nquorum x", "group x 2 a b\nquorum x", "group x all a b\nquorum a", "quorum c", ""):
        yield {"check": "policy", "text": _b(f"{two}{line}\n".encode())}
    for index in (2, 3):
        body = example_entries()[index].split(b'"body":"')[1][:64].decode()
        edition = (EXAMPLE / "before-erasure/editions" / body).read_bytes()
        proof_file = (EXAMPLE / f"proofs/{index}.tlog-proof").read_bytes()
        saved = {"check": "saved", "edition": _b(edition), "proof": _b(proof_file), "log": LOG.verifier.text}
        yield saved
        yield saved | {"proof": _b(proof_file.replace(b"tlog-proof@v1", b"tlog-proof@v2"))}
        yield saved | {"proof": _b(proof_file.replace(b"index ", b"index 0"))}
        yield saved | {"edition": _b(edition.replace(b"Ambassador", b"Ambassadoz"))}
        yield saved | {"edition": _b(edition.replace(b'"kind":"interview"', b'"kind":"article"'))}
        lines = edition.split(b"\n")
        yield saved | {"edition": _b(b"\n".join([*lines[:3], lines[2], *lines[3:]]))}
        yield saved | {"edition": _b(b"\n".join([*lines[:2], lines[3], lines[2], *lines[4:]]))}
        yield saved | {"edition": _b(edition.replace(b'{"part":', b'{ "part":', 1))}


def _spoilt(chance: random.Random, data: bytes) -> bytes:
    """A note or a proof with one thing changed; sometimes what no flipped bit would make."""
    lines = data.split(b"\n")
    place = chance.randrange(len(lines))
    match chance.randrange(9):
        case 0:
            return _flipped(chance, data)
        case 1:
            del lines[place]
        case 2:
            lines.insert(place, lines[chance.randrange(len(lines))])
        case 3:
            lines[place] += chance.choice([b" ", b"\r", b"=", b"A", b"\x00", b"\xff"])
        case 4:
            lines[place] = lines[place][: len(lines[place]) // 2]
        case 5:
            lines[1:2] = [chance.choice([b"0", b"01", b"-1", b"9223372036854775808", b"+5", b"5 "])]
        case 6:
            other = chance.randrange(len(lines))
            lines[place], lines[other] = lines[other], lines[place]
        case 7:
            return data + chance.choice([b"\n", b"x", data])
        case 8:
            return data.replace(b"\xe2\x80\x94 ", chance.choice([b"- ", b"\xe2\x80\x94", b"\xe2\x80\x94  "]), 1)
    return b"\n".join(lines)


def _has_stray_bits(data: bytes) -> bool:
    """Whether a signature line's base64 says the same bytes in another way than the plain one."""
    for line in data.split(b"\n"):
        encoded = line.rpartition(b" ")[2]
        if line.startswith("— ".encode()) and len(encoded) % 4 == 0:
            with suppress(ValueError):
                if b64encode(b64decode(encoded, validate=True)) != encoded:
                    return True
    return False


def _spoilt_text(chance: random.Random, text: str) -> str:
    place = chance.randrange(len(text))
    return text[:place] + chance.choice(["", "+", "A", "=", " ", "é"]) + text[place + 1 :]


def _saved(chance: random.Random) -> Iterator[Case]:
    index = chance.randrange(8)
    body = example_entries()[index].split(b'"body":"')[1][:64].decode()
    edition = (EXAMPLE / "before-erasure/editions" / body).read_bytes()
    proof = (EXAMPLE / f"proofs/{index}.tlog-proof").read_bytes()
    case = {"check": "saved", "edition": _b(edition), "proof": _b(proof), "log": LOG.verifier.text}
    yield case
    yield case | {"edition": _b(_spoilt(chance, edition))}
    yield case | {"proof": _b(_spoilt(chance, proof))}


def _trees(chance: random.Random, entries: list[bytes], tree: Stored, index: int) -> Iterator[Case]:
    size, subtree = len(entries), tree
    files = {
        tile.path: _b(
            bundle_data(entries[tile.start : tile.start + tile.width])
            if tile.level == ENTRIES
            else tile_data(tile, subtree)
        )
        for tile in tiles_at(size)
    }
    case: Case = {"check": "tree", "size": size, "root": _b(tree.root(size)), "files": files}
    yield case
    yield {"check": "derive", "index": index, "size": size, "files": files}
    for path in sorted(files):
        data = _d(files[path])
        for worse in (_flipped(chance, data), chance.choice([data[:-1], data + b"\x00\x00", data[32:]])):
            yield case | {"files": files | {path: _b(worse)}}
    yield case | {"files": {name: one for name, one in files.items() if name != path}}
    yield case | {"root": _b(_flipped(chance, _d(case["root"])))}


def _policies(chance: random.Random) -> Iterator[Case]:
    data = format_policy(POLICY)
    yield {"check": "policy", "text": _b(data)}
    lines = data.split(b"\n")
    lines.insert(
        chance.randrange(len(lines)),
        chance.choice(
            [
                b"quorum none",
                b"group x 3 ministry city",
                b"group y any two",
                b"# remark",
                b"\tquorum two ",
                b"log",
                b"x",
            ]
        ),
    )
    yield {"check": "policy", "text": _b(b"\n".join(lines))}
    yield {"check": "policy", "text": _b(_spoilt(chance, data).decode("utf-8", "replace").encode())}


def _flipped(chance: random.Random, data: bytes) -> bytes:
    if not data:
        return b"\x00"
    place = chance.randrange(len(data))
    return data[:place] + bytes([data[place] ^ (1 << chance.randrange(8))]) + data[place + 1 :]


def _b(data: bytes) -> str:
    return b64encode(data).decode()


def _d(encoded: str) -> bytes:
    return b64decode(encoded)
