"""Saved editions that an office signed in a form that no edition may have: hashes and signatures hold, and it is none.

Whoever shows such words shows others than were hashed, or in another order than they stand; whoever takes such an entry
cannot tell another program what it says. So each verifier refuses them, and one alone would be a verdict of its own.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from typing import Any

from communique.edition.edition import body_hash, part_hash
from communique.record.checkpoint import sign_checkpoint
from communique.record.proof import Proof
from communique.record.tree import leaf_hash
from signed_record import LOG, ORIGIN

SALT = b"\x07" * 32
WORDS = (
    "half of a pair \ud800",
    "open \u2066 isolate",
    "two \u2066 lines\nof one \u2069 isolate",
    "closed \u2069 isolate",
    "a blank at the end ",
    "another\u00a0",
    "an empty line\n",
    "private \ue000",
    "private \U00100000",
    "no character \ufffe",
    "none \U0002ffff",
    "line\u2028separator",
    "order \ufeff mark",
    "notes \ufff9",
    "tags \U000e0041",
    "turned \u202eround",
    # and such as may be
    "a closed \u2066 isolate \u2069",
    "a mark \u200f of direction",
    "not assigned yet \u0378",
)
ENTRIES: tuple[dict[str, Any], ...] = (
    {"id": "\ud800"},
    {"id": "\x1b[2J"},
    {"kind": "ünknown"},
    {"seq": True},
    {"seq": "1"},
    {"seq": 2**60},
    {"v": True},
    {"prev": 1},
    {"prev": ""},
    {"src": 5},
    {"at": "2026-03-03T13:05:60Z"},
    {"at": "0000-01-01T00:00:00Z"},
    {"later": 1.5},
    {"later": None},
    {"later": {"many": [1]}},
    {"v": 2},
)
MANIFESTS = (b"1", b"true", b'"words"', b"[]", '{"ключ":1}'.encode(), b'{"deep":' + b"[" * 40 + b"]" * 40 + b"}")


def strange() -> Iterator[dict[str, Any]]:
    """A case for each, and one that is as it has to be."""
    right, body = _edition({"blocks": ["Words."]})
    yield _saved(right, _written(_entry(body)))
    yield _saved(right, json.dumps(_entry(body)).encode())
    yield from (_saved(right, _written(_entry(body) | more)) for more in ENTRIES)
    for words in WORDS:
        yield _of(_edition({"blocks": [words]}))
    for manifest in MANIFESTS:
        yield _of((b"\n".join([SALT.hex().encode(), manifest, b""]), body_hash(SALT, manifest)))


def _of(sealed: tuple[bytes, str]) -> dict[str, Any]:
    edition, body = sealed
    return _saved(edition, _written(_entry(body)))


def _edition(content: dict[str, list[str]]) -> tuple[bytes, str]:
    """The file and its body; half of a pair is hashed as what takes its place in UTF-8."""
    hashed = [words.encode("utf-16", "surrogatepass").decode("utf-16", "replace") for words in content["blocks"]]
    parts = [part_hash(SALT, words.encode()) for words in hashed]
    manifest = _written({"blocks": parts})
    lines = [
        _written({"part": part, "salt": SALT.hex(), "text": words})
        for part, words in zip(parts, content["blocks"], strict=True)
    ]
    return b"\n".join([SALT.hex().encode(), manifest, *lines, b""]), body_hash(SALT, manifest)


def _entry(body: str) -> dict[str, Any]:
    at = "2026-03-03T13:05:00Z"
    return {"at": at, "body": body, "id": "strange000000001", "kind": "publish", "log": ORIGIN, "seq": 1, "v": 1}


def _written(value: Any) -> bytes:
    plain = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    try:
        return plain.encode()
    except UnicodeEncodeError:
        return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def _saved(edition: bytes, entry: bytes) -> dict[str, Any]:
    proof = Proof(0, (), sign_checkpoint(1, leaf_hash(entry), LOG), entry).data
    return {"check": "saved", "edition": _b(edition), "proof": _b(proof), "log": LOG.verifier.text}


def _b(data: bytes) -> str:
    return b64encode(data).decode()
