"""An entry is written strictly, because it can never be mended, and read leniently, because others write, too."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.record.entry import ENTRY_LIMIT_BYTES, KINDS, parse_entry, write_entry
from communique.record.errors import EntryRefused, NotOfFormat
from communique.record.tree import leaf_hash

FIRST: dict[str, Any] = {
    "at": "2026-03-03T14:00:00Z",
    "body": "ba61201278b02ec738955d3a64733aa18e038c4ce29dff239c5903f57b93e326",
    "id": "k7q2m9xd3fwa5t8c",
    "kind": "publish",
    "log": "embassy.example/record",
    "seq": 1,
}
LEAF = "5abc40968de81c69dd722d714822418ffff3d56dd64be45f89b72660a4856043"


def test_a_new_entry_is_canonical_and_reads_back() -> None:
    data = write_entry(**FIRST | {"kind": "correct", "seq": 2, "prev": LEAF})
    assert data.startswith(b'{"at":"2026-03-03T14:00:00Z","body":"ba61')
    assert data.endswith(b'"prev":"' + LEAF.encode() + b'","seq":2,"v":1}')
    read = parse_entry(data, 7)
    assert (read.index, read.data, read.kind, read.prev, read.seq, read.v) == (7, data, "correct", LEAF, 2, 1)
    assert read.leaf == leaf_hash(data)
    assert (read.dated, read.src, read.more) == (None, None, {})


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_written(kind: str) -> None:
    more: dict[str, Any] = {"kind": kind}
    if kind == "import":
        more["dated"] = "2019-11-21"
    if kind == "republish":
        more["src"] = f"ministry.example/record#17#{LEAF}"
    if kind == "admin":
        more["id"] = "admin"
    assert parse_entry(write_entry(**FIRST | more), 0).kind == kind


@pytest.mark.parametrize(
    ("key", "change"),
    [
        ("at", {"at": "2026-03-03T14:00:00+00:00"}),
        ("at", {"at": "2026-02-30T14:00:00Z"}),
        ("at", {"at": "2026-03-03T14:00:00.5Z"}),
        ("at", {"at": "٢٠٢٦-03-03T14:00:00Z"}),
        ("body", {"body": FIRST["body"].upper()}),
        ("body", {"body": FIRST["body"] + "\n"}),
        ("id", {"id": "the-ferry"}),
        ("id", {"id": "admin"}),
        ("id", {"kind": "admin"}),
        ("kind", {"kind": "delete"}),
        ("log", {"log": "embassy example"}),
        ("log", {"log": ""}),
        ("log", {"log": "embassy.example+1"}),
        ("log", {"log": "x" * 1000}),
        ("seq", {"seq": 0}),
        ("seq", {"seq": True}),
        ("prev", {"prev": LEAF}),
        ("prev", {"seq": 2}),
        ("prev", {"seq": 2, "prev": "5abc"}),
        ("dated", {"kind": "import"}),
        ("dated", {"dated": "2019-11-21"}),
        ("dated", {"kind": "import", "dated": "2019-11-31"}),
        ("src", {"kind": "republish"}),
        ("src", {"kind": "republish", "src": "ministry.example/record#x"}),
        ("src", {"src": f"ministry.example/record#17#{LEAF}"}),
    ],
)
def test_what_the_format_does_not_allow_is_never_written(key: str, change: dict[str, Any]) -> None:
    with pytest.raises(EntryRefused, match=f"new entry, `{key}`"):
        write_entry(**FIRST | change)


def test_an_entry_is_never_longer_than_its_limit() -> None:
    room = ENTRY_LIMIT_BYTES - len(write_entry(**FIRST)) + len(FIRST["log"])
    assert len(write_entry(**FIRST | {"log": "x" * room})) == ENTRY_LIMIT_BYTES
    with pytest.raises(EntryRefused, match="longer than 1024 bytes"):
        write_entry(**FIRST | {"log": "x" * (room + 1)})


def test_keys_and_kinds_that_are_not_known_are_read_and_their_bytes_kept() -> None:
    data = write_entry(**FIRST).replace(b'"publish"', b'"broadcast"').replace(b'"v":1}', b'"v":2,"zone":{"a":[1]}}')
    read = parse_entry(data, 0)
    assert (read.kind, read.v, read.more) == ("broadcast", 2, {"zone": {"a": [1]}})
    assert read.data == data
    assert read.leaf == leaf_hash(data)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "is not JSON"),
        (b"\xff", "is not JSON"),
        (b"[" * 100_000, "is not JSON"),
        (b"[]", "is not a JSON object"),
        (b"{}", "`at` is None"),
        (write_entry(**FIRST).replace(b'"seq":1', b'"seq":"1"'), "`seq` is '1'"),
        (write_entry(**FIRST).replace(b'"seq":1', b'"seq":true'), "`seq` is True"),
        (write_entry(**FIRST).replace(b'"kind":"publish"', b'"kind":"\\ud800"'), "not a text of printable ASCII"),
        (write_entry(**FIRST).replace(b'"kind":"publish"', b'"kind":"\\u001b[2J"'), "not a text of printable ASCII"),
        (write_entry(**FIRST).replace(b'"seq":1', b'"seq":1,"seq":2'), "has a key twice"),
        (write_entry(**FIRST).replace(b"14:00:00Z", b"25:00:00Z"), "not an instant"),
        (write_entry(**FIRST).replace(b'"body":"ba', b'"body":"../'), "`body` is"),
        (write_entry(**FIRST).replace(b'"v":1', b'"prev":7,"v":1'), "`prev` is 7"),
    ],
)
def test_what_no_reader_could_use_is_refused_with_its_place(data: bytes, what: str) -> None:
    with pytest.raises(NotOfFormat, match="entry 3: .*" + what):
        parse_entry(data, 3)


@given(st.binary(max_size=300))
def test_no_bytes_at_all_break_the_reader(data: bytes) -> None:
    with suppress(NotOfFormat):
        assert parse_entry(data, 0).data == data
