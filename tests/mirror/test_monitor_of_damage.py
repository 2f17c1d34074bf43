"""A monitor whose own disk, clock or process fails accuses nobody, and forgets no alarm that it has not told."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from communique.cli.mirror import write_evidence
from communique.mirror.copying import Mirror
from communique.mirror.errors import FolderRefused
from communique.mirror.log_copy import LogCopy
from communique.mirror.monitor import Poll
from communique.record.entry import parse_entry
from communique.verify.evidence import parse_evidence
from mirror.lives import ADDRESS, DEEDS, HOUR, Life


@pytest.fixture
def life(tmp_path: Path) -> Life:
    found = Life(tmp_path, 11)
    found.live(4)
    return found


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _flip(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


def _empty(file: Path) -> None:
    file.write_bytes(b"")


DAMAGED: list[tuple[str, Callable[[Path], None]]] = [
    (".mirror/memory", _cut),
    (".mirror/head", _empty),
    (".mirror/head", _cut),
    (".mirror/head", Path.unlink),
    (".mirror/keys", _empty),
    (".mirror/keys", _cut),
    (".mirror/keys", Path.unlink),
    ("record/tile/entries/000.p/{size}", _empty),
    ("record/tile/entries/000.p/{size}", _flip),
    ("record/tile/entries/000.p/{size}", Path.unlink),
    ("record/tile/0/000.p/{size}", _cut),
    ("record/tile/0/000.p/{size}", _flip),
]


@pytest.mark.parametrize(("name", "damage"), DAMAGED)
def test_a_disk_that_lost_what_was_seen_is_no_alarm(life: Life, name: str, damage: Callable[[Path], None]) -> None:
    monitor = life.monitor()
    assert monitor.poll().alarms == []
    damage(monitor.folder / name.format(size=len(life.entries)))
    life.live(1)
    with pytest.raises(FolderRefused, match="is damaged"):
        monitor.poll()


@pytest.mark.parametrize("deed", ["fork", "rewrite", "rollback"])
def test_a_whole_disk_accuses_all_the_same(life: Life, deed: str) -> None:
    monitor = life.monitor()
    monitor.poll()
    DEEDS[deed](life)
    assert monitor.poll().alarms


@pytest.mark.parametrize(("deed", "times"), [("fork", 1), ("rewrite", 1), ("rollback", 1), ("stale", 0)])
def test_a_copy_is_read_whole_once_before_an_accusation(
    life: Life, deed: str, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monitor = life.monitor()
    monitor.poll()
    if deed == "stale":  # told of the head alone, for as long as it stands
        life.now_s += 8 * 24 * HOUR
    else:
        DEEDS[deed](life)
    read: list[int] = []
    is_whole = LogCopy._is_whole
    monkeypatch.setattr(LogCopy, "_is_whole", lambda copy, head: (read.append(head.size), is_whole(copy, head))[1])
    for _ in range(2):
        read.clear()
        assert monitor.poll().alarms
        assert len(read) == times


def test_a_copy_that_was_whole_at_one_look_is_read_again_at_the_next(life: Life) -> None:
    monitor = life.monitor()
    monitor.poll()
    DEEDS["fork"](life)
    assert monitor.poll().alarms
    _flip(*(monitor.folder / "record/tile/entries/000.p").iterdir())
    with pytest.raises(FolderRefused, match="is damaged"):
        monitor.poll()


def test_a_damaged_mirror_writes_no_evidence_against_its_office(life: Life, tmp_path: Path) -> None:
    mirror = Mirror(tmp_path / "copy")
    read = life.read_from(f"{ADDRESS}/record")
    mirror.update(read, {"address": ADDRESS, "at": "2026-03-05T10:00:00Z"})
    _flip(mirror.record / f"tile/entries/000.p/{len(life.entries)}")
    life.live(1)
    with pytest.raises(FolderRefused, match="is damaged"):
        mirror.update(read, {"address": ADDRESS, "at": "2026-03-05T10:00:00Z"})


def test_an_alarm_that_comes_but_once_is_not_forgotten_by_who_dies_before_it_was_told(life: Life) -> None:
    monitor = life.monitor()
    monitor.poll()
    life.now_s += HOUR
    late = life.write(at="2026-01-01T00:00:00Z")
    life.publish()

    def dies(poll: Poll) -> None:
        assert poll.alarms
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        monitor.poll(dies)
    told = monitor.poll().alarms
    assert {alarm.where for alarm in told} >= {f"entry {late.index}"}


def test_evidence_that_a_full_disk_cut_is_written_by_the_next_poll(
    life: Life, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monitor = life.monitor()
    monitor.poll()
    DEEDS["fork"](life)
    (alarm, *_) = monitor.poll().alarms
    write, left = os.write, [100]

    def full(descriptor: int, data: bytes) -> int:
        if left[0] <= 0:
            raise OSError(28, "No space left on device")
        done = write(descriptor, data[: left[0]])
        left[0] -= done
        return done

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", full)
        with pytest.raises(OSError, match="No space"):
            write_evidence(tmp_path / "evidence", alarm.evidence)
    file = write_evidence(tmp_path / "evidence", alarm.evidence)
    assert parse_evidence(file.read_bytes()).kind == alarm.evidence.kind


def test_a_clock_that_was_ahead_and_was_put_right_makes_no_entry_late(life: Life) -> None:
    monitor = life.monitor()
    right = life.now_s
    life.now_s += 60 * 24 * HOUR
    monitor.poll()  # stale, and remembered with an hour that has not come
    life.now_s = right + HOUR
    life.write()
    life.publish()
    life.ask_witness()
    poll = monitor.poll()
    assert poll.alarms == []
    assert any("the clock here went back" in note for note in poll.notes)


@pytest.mark.parametrize("ahead_s", [30 * 24 * HOUR, 2**40, 2**62])
def test_a_witness_of_a_false_hour_accuses_no_honest_office_and_ends_no_poll(life: Life, ahead_s: int) -> None:
    monitor = life.monitor()
    now = life.now_s
    life.witness._clock = lambda: now + ahead_s
    life.write()
    life.publish()
    life.ask_witness()
    assert monitor.poll().alarms == []
    life.now_s += HOUR
    life.write()
    life.publish()
    poll = monitor.poll()
    assert poll.alarms == []
    assert any("ministry.example/witness signed size" in note for note in poll.notes)


def test_what_an_entry_says_to_a_terminal_is_an_alarm_like_any_other(life: Life) -> None:
    monitor = life.monitor()
    monitor.poll()
    last = life.write()
    for strange in (b"\\u001b[2J", b"\\ud800"):
        data = last.data.replace(b'"id":"' + last.id.encode(), b'"id":"' + strange)
        life.entries[-1] = parse_entry(last.data, last.index)
        object.__setattr__(life.entries[-1], "data", data)
        life.publish()
        alarms = life.monitor(strange.hex()).poll().alarms
        assert [alarm.evidence.kind for alarm in alarms] == ["broken"]
        assert str(alarms[0]).isprintable()
        assert alarms[0].evidence.data
