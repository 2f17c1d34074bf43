"""What the server keeps in memory: only what can no longer be mistaken for something else, and only so much of it."""

from __future__ import annotations

import time
from pathlib import Path

from communique.press.answer import manner
from communique.press.copies import SETTLED_S, Copies, gzipped, identity
from public_folder import put

PAGE = manner("en/index.html")


def copies(root: Path, later_s: float, room_bytes: int = 1_000) -> Copies:
    return Copies(str(root), lambda: time.time() + later_s, room_bytes)


def read_and_keep(store: Copies, path: Path) -> None:
    validator, copy = store.read(str(path), PAGE)
    store.keep(str(path), "identity", validator, copy)


def is_held(store: Copies, path: Path) -> bool:
    return store.held(str(path), "identity", identity(path.stat())) is not None


def test_a_file_just_written_is_read_anew_each_time_because_its_successor_may_look_the_same(tmp_path: Path) -> None:
    path = put(tmp_path / "a", b"one")
    store = copies(tmp_path, SETTLED_S / 2)
    read_and_keep(store, path)
    assert not is_held(store, path)


def test_a_file_left_alone_is_kept_until_another_stands_in_its_place(tmp_path: Path) -> None:
    path = put(tmp_path / "a", b"one")
    store = copies(tmp_path, SETTLED_S + 1)
    read_and_keep(store, path)
    assert is_held(store, path)
    time.sleep(0.02)
    put(path, b"two")
    assert not is_held(store, path)


def test_memory_is_bounded_and_the_longest_unused_goes_first(tmp_path: Path) -> None:
    store = copies(tmp_path, SETTLED_S + 1)
    paths = [put(tmp_path / str(n), b"x" * 400) for n in range(3)]
    read_and_keep(store, paths[0])
    read_and_keep(store, paths[1])
    assert is_held(store, paths[0])
    read_and_keep(store, paths[2])
    assert [is_held(store, path) for path in paths] == [True, False, True]
    large = put(tmp_path / "large", b"x" * 2_000)
    read_and_keep(store, large)
    assert [is_held(store, path) for path in [*paths, large]] == [True, False, True, False]
    read_and_keep(store, paths[2])
    assert is_held(store, paths[0]), "keeping the same copy again takes no more room"


def test_a_compressed_form_is_the_same_bytes_each_time(tmp_path: Path) -> None:
    path = put(tmp_path / "a", b"word " * 500)
    copy = copies(tmp_path, SETTLED_S + 1).read(str(path), PAGE)[1]
    first, second = gzipped(copy), gzipped(copy)
    assert (first.body, first.etag) == (second.body, second.etag)
    assert first.etag != copy.etag
