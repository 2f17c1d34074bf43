"""One entry of the record: what is hashed into the tree when an edition becomes public.

An entry is canonical JSON (RFC 8785) of strings and small integers, at most 1,024 bytes, without title, text or name:

    {"at":"2026-03-04T09:00:00Z","body":"23fe…","id":"k7q2m9xd3fwa5t8c","kind":"correct",
     "log":"embassy.example/record","prev":"5abc…","seq":2,"v":1}

`at` when it became public; `body` the hash that the edition file answers to; `id` one language version of a message,
one piece of furniture, or `admin`; `seq` its edition number from 1; `prev` the leaf hash of the edition before, from
the second on; `log` the origin, against replay in another log; `dated` the day of an `import`; `src` the source of a
`republish` (`ORIGIN#INDEX#LEAFHASH`).

`write_entry` is strict: what we log can never be mended. `parse_entry` is lenient: it keeps the bytes it was given,
accepts keys and kinds that it does not know, and refuses only what no reader could use. A text of its own keys is one
of printable ASCII: an office's entries are shown to strangers, on terminals, too.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from communique.edition.canonical import canonical_json
from communique.record.errors import EntryRefused, NotOfFormat
from communique.record.tree import leaf_hash

ENTRY_LIMIT_BYTES = 1024
VERSION = 1
ADMIN = "admin"
KINDS = (
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
    "furniture",
    "admin",
)

_HASH = re.compile(r"[0-9a-f]{64}")
_ID = re.compile(r"[a-z0-9]{16}")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_NUMBERS = re.compile("[0-9]+")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ORIGIN = re.compile(r"[!-*,-~]+")
_SOURCE = re.compile(r"[!-*,-~]+#(0|[1-9][0-9]*)#[0-9a-f]{64}")


@dataclass(frozen=True)
class Entry:
    """An entry as it stands in the record; `data` are its exact bytes and `leaf` the hash of them.

    `prev` and `body` are lower-case hexadecimal. `more` holds the keys that this version does not know.
    """

    index: int
    data: bytes
    at: str
    body: str
    id: str
    kind: str
    log: str
    seq: int
    dated: str | None
    prev: str | None
    src: str | None
    v: int
    leaf: bytes
    more: dict[str, Any]


def write_entry(
    *,
    at: str,
    body: str,
    id: str,
    kind: str,
    log: str,
    seq: int,
    dated: str | None = None,
    prev: str | None = None,
    src: str | None = None,
) -> bytes:
    """The bytes of a new entry. Raises EntryRefused, naming the key, for whatever the format does not allow."""
    _check("kind", kind in KINDS, f"{kind!r} is none of {', '.join(KINDS)}")
    _check("at", is_instant(at), f"{at!r} is not an instant such as 2026-03-04T09:00:00Z")
    _check("body", bool(_HASH.fullmatch(body)), f"{body!r} is not 64 lower-case hexadecimal digits")
    _check("id", bool(_ID.fullmatch(id)) or id == ADMIN, f"{id!r} is not 16 of a-z and 0-9")
    _check("id", (id == ADMIN) == (kind == ADMIN), f"{id!r} does not go with the kind {kind}")
    _check("log", bool(_ORIGIN.fullmatch(log)), f"{log!r} is not an origin: printable ASCII, no space, no plus")
    _check("seq", type(seq) is int and 1 <= seq < 2**31, f"{seq!r} is not a number from 1")
    _check("prev", (prev is not None) == (seq > 1), "stands always and only from the second edition on")
    _check("prev", prev is None or bool(_HASH.fullmatch(prev)), f"{prev!r} is not a leaf hash in hexadecimal")
    _check("dated", (dated is not None) == (kind == "import"), "stands always and only with the kind import")
    _check("dated", dated is None or is_day(dated), f"{dated!r} is not a day such as 2019-11-21")
    _check("src", (src is not None) == (kind == "republish"), "stands always and only with the kind republish")
    _check("src", src is None or bool(_SOURCE.fullmatch(src)), f"{src!r} is not ORIGIN#INDEX#LEAFHASH")
    keys: dict[str, Any] = {"at": at, "body": body, "dated": dated, "id": id, "kind": kind}
    keys |= {"log": log, "prev": prev, "seq": seq, "src": src, "v": VERSION}
    data = canonical_json({key: value for key, value in keys.items() if value is not None})
    _check("log", len(data) <= ENTRY_LIMIT_BYTES, f"makes the entry longer than {ENTRY_LIMIT_BYTES} bytes")
    return data


def parse_entry(data: bytes, index: int) -> Entry:
    """The entry at `index` from its bytes, unknown keys and kinds included.

    Raises NotOfFormat if the bytes are no JSON object, have a key twice, or lack what every reader needs.
    """
    where = f"entry {index}"
    try:
        keys = json.loads(data.decode("utf-8"), object_pairs_hook=lambda pairs: _once(pairs, where))
    except (ValueError, RecursionError) as error:
        raise NotOfFormat(f"is not JSON ({error})", where) from error
    if not isinstance(keys, dict):
        raise NotOfFormat("is not a JSON object", where)
    at, body, log = (_text(keys, key, where) for key in ("at", "body", "log"))
    if not is_instant(at):
        raise NotOfFormat(f"`at` is {at!r}, not an instant in UTC to the second", where)
    if not _HASH.fullmatch(body):
        raise NotOfFormat(f"`body` is {body!r}, not 64 lower-case hexadecimal digits", where)
    return Entry(
        index=index,
        data=data,
        at=at,
        body=body,
        id=_text(keys, "id", where),
        kind=_text(keys, "kind", where),
        log=log,
        seq=_number(keys, "seq", where),
        dated=_optional(keys, "dated", where),
        prev=_optional(keys, "prev", where),
        src=_optional(keys, "src", where),
        v=_number(keys, "v", where),
        leaf=leaf_hash(data),
        more={key: value for key, value in keys.items() if key not in _KNOWN},
    )


def is_instant(text: str) -> bool:
    """Whether the text is a real instant in RFC 3339, UTC, whole seconds, ending in Z."""
    if not _INSTANT.fullmatch(text):
        return False
    try:
        year, month, day, hour, minute, second = map(int, _NUMBERS.findall(text))
        datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return False
    return True


def is_day(text: str) -> bool:
    """Whether the text is a real day, YYYY-MM-DD."""
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


_KNOWN = frozenset(("at", "body", "dated", "id", "kind", "log", "prev", "seq", "src", "v"))


def _check(key: str, fine: bool, what: str) -> None:
    if not fine:
        raise EntryRefused(what, f"new entry, `{key}`")


def _once(pairs: list[tuple[str, Any]], where: str) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotOfFormat("has a key twice, so two readers could read two things", where)
    return found


def _text(keys: dict[str, Any], key: str, where: str) -> str:
    value = keys.get(key)
    if not isinstance(value, str) or not value or not value.isascii() or not value.isprintable():
        raise NotOfFormat(f"`{key}` is {value!a:.80}, not a text of printable ASCII", where)
    return value


def _optional(keys: dict[str, Any], key: str, where: str) -> str | None:
    return _text(keys, key, where) if key in keys else None


def _number(keys: dict[str, Any], key: str, where: str) -> int:
    value = keys.get(key)
    if type(value) is not int or value < 1:
        raise NotOfFormat(f"`{key}` is {value!a:.80}, not a number from 1", where)
    return value
