"""A wave of files: nobody sees any before all are on the disk, then each whole, in order."""

from __future__ import annotations

import os
from pathlib import Path
from unittest.mock import patch

import pytest

from communique.record import durable
from communique.record.durable import Wave


def test_files_come_in_the_order_given_after_one_sync_and_before_another(tmp_path: Path) -> None:
    spool, site = tmp_path / "spool", tmp_path / "site"
    steps: list[str] = []
    with (
        patch.object(durable, "sync_disk", lambda _folder: steps.append("sync")),
        patch.object(os, "replace", lambda _from, to: steps.append(Path(to).name)),
    ):
        wave = Wave(spool)
        for name in ("page", "list", "feed"):
            wave.write(site / name / name, b"new")
        assert steps == []
        wave.settle()
    assert steps == ["sync", "page", "list", "feed", "sync"]


def test_nobody_sees_a_file_before_its_wave_and_the_spool_is_empty_after_it(tmp_path: Path) -> None:
    spool, site = tmp_path / "spool", tmp_path / "site"
    site.mkdir()
    (site / "old").write_bytes(b"old")
    (site / "gone").write_bytes(b"gone")
    wave = Wave(spool)
    wave.write(site / "old", b"new")
    wave.write(site / "deep/er", b"deep")
    wave.remove(site / "gone")
    assert {path.name: path.read_bytes() for path in site.iterdir()} == {"old": b"old", "gone": b"gone"}
    wave.settle()
    assert {path.name for path in site.rglob("*")} == {"old", "deep", "er"}
    assert (site / "old").read_bytes() == b"new"
    assert list(spool.iterdir()) == []


def test_of_two_words_on_one_file_the_last_counts_even_if_it_stands_there(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"old")
    wave = Wave(tmp_path / "spool")
    wave.write(file, b"new")
    wave.write(file, b"old")
    wave.settle()
    assert file.read_bytes() == b"old"


def test_what_stands_is_not_written_but_synced_for_whoever_was_ended_before(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"same")
    inode, synced = file.stat().st_ino, []
    wave = Wave(tmp_path / "spool")
    wave.write(file, b"same")
    with patch.object(durable, "sync_disk", synced.append):
        wave.settle()
        wave.settle()
    assert file.stat().st_ino == inode
    assert len(synced) == 1


def test_a_full_disk_leaves_the_old_files_and_an_empty_spool(tmp_path: Path) -> None:
    spool, file = tmp_path / "spool", tmp_path / "file"
    file.write_bytes(b"old")
    for failing in ("write_file", "sync_disk"):
        with patch.object(durable, failing, side_effect=OSError(28, "No space left on device")), pytest.raises(OSError):
            write_one(Wave(spool), file)
        assert file.read_bytes() == b"old"
        assert list(spool.iterdir()) == []


def write_one(wave: Wave, file: Path) -> None:
    wave.write(file, b"new")
    wave.settle()
