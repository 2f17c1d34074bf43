"""Whoever follows an office follows its keys: rotations that nobody watched, a theft, an address that was lost."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from communique.cli.main import run
from communique.mirror.copying import Mirror
from communique.mirror.errors import Ended
from communique.mirror.log_copy import LogCopy
from communique.record.errors import NotVerified, Unreachable
from communique.record.note import parse_signer_key, signer_key
from communique.record.reader_folder import FolderReader
from communique.record.release import Draft
from communique.record.succession import closing, make_root, rotation
from communique.settings.office import found_installation, open_installation, without_followers
from communique.settings.office_facts import office_piece
from mirror.lives import ADDRESS, HOUR, ROOT, SUCCESSOR, Life
from offices import furniture, id_of, message
from signed_record import ORIGIN
from strangers_web import on_the_web
from verify_cli import verified

SEEN = {"address": ADDRESS, "at": "2026-03-05T10:00:00Z"}


@pytest.fixture
def life(tmp_path: Path) -> Life:
    found = Life(tmp_path, 11)
    found.live(4)
    return found


def copied(life: Life, name: str = "copy") -> LogCopy:
    made = LogCopy(life.folder / name / "record", life.folder / name / ".mirror")
    made.follow(life.read_from(f"{ADDRESS}/record"), SEEN)
    return made


def grow(life: Life) -> None:
    life.pass_time()
    life.write()
    life.publish()


def test_a_rotation_of_which_no_head_with_both_keys_was_seen_is_followed(life: Life) -> None:
    copy, first = copied(life), life.keys[0].verifier
    for _ in range(4):  # two rotations, both over
        life.rotate()
        grow(life)
    copied(life)
    assert copy.keys == (life.keys[0].verifier,)
    assert first not in copy.keys
    assert first in copy.known
    copy.follow(life.read_from(f"{ADDRESS}/record"), SEEN, first)  # who names the key that it began with is right


def test_a_rotation_that_the_old_key_did_not_sign_is_not_followed(life: Life) -> None:
    copy = copied(life)
    thief = signer_key(ORIGIN, bytes(32))
    said = rotation(life.head, life.keys[0], thief)
    forged = type(said.note)(said.note.text, said.note.signatures[1:])
    life.served["keys/1"] = forged.data
    life.keys = [thief]
    grow(life)
    with pytest.raises(NotVerified, match="is not signed by"):
        copied(life)
    assert copy.keys != (thief.verifier,)


def test_a_rotation_at_a_head_that_the_log_never_had_is_not_followed(life: Life) -> None:
    copied(life)
    new = signer_key(ORIGIN, bytes([7]) * 32)
    other = Life(life.folder / "other", 12)
    other.live(1)
    life.served["keys/1"] = rotation(other.head, life.keys[0], new).data
    life.keys = [new]
    grow(life)
    with pytest.raises(NotVerified, match="that this log never had"):
        copied(life)


def test_a_closing_by_two_of_the_root_ends_the_log_whatever_a_thief_says_beside_it(life: Life) -> None:
    copy = copied(life)
    true, files, entries = life.head, dict(life.served), list(life.entries)
    thief = signer_key(ORIGIN, bytes([66]) * 32)
    life.say(rotation(life.head, life.keys[0], thief))
    stolen, life.keys = life.keys, [thief]
    grow(life)
    assert copied(life).keys == (thief.verifier,)
    assert copy.head is not None
    assert copy.head.size > true.size
    ended = closing(true, stolen[0].verifier, SUCCESSOR.verifier, ROOT[:2])
    life.served["keys/2"] = ended.data  # behind what the thief said
    with pytest.raises(Ended, match="two of its root closed the log"):
        copied(life)
    life.served, life.entries = {**files, "keys/1": ended.data}, entries
    copied(life)
    assert copy.has_ended
    assert copy.head.root == true.root


@pytest.mark.parametrize("signing", [ROOT[:1], (ROOT[0], ROOT[0]), (signer_key("x", bytes(32)), ROOT[1])])
def test_one_of_the_root_ends_nothing(life: Life, signing: Any) -> None:
    copied(life)
    life.say(closing(life.head, life.keys[0].verifier, SUCCESSOR.verifier, signing))
    grow(life)
    assert copied(life).closing is None


def test_the_root_that_was_seen_first_counts_and_no_later_one(life: Life) -> None:
    copied(life)
    thieves = [signer_key(f"embassy.example/root/{n}", bytes([n]) * 32) for n in (1, 2, 3)]
    life.served["keys/root"] = make_root(ORIGIN, [key.verifier for key in thieves], life.keys[0]).data
    life.say(closing(life.head, life.keys[0].verifier, SUCCESSOR.verifier, thieves))
    grow(life)
    assert copied(life).closing is None
    with pytest.raises(Ended):  # who comes only now is shown the thief's: decision 0027
        copied(life, "another")


def test_what_is_no_statement_keeps_nobody_from_the_closing(life: Life) -> None:
    copied(life)
    life.close()
    life.served |= {"keys/1": b"nonsense\n", "keys/2": life.statements[0].data}
    assert copied(life).has_ended


def test_a_monitor_tells_of_heads_above_the_end_and_not_of_those_that_a_thief_had_witnessed(life: Life) -> None:
    monitor = life.monitor()
    monitor.poll()
    life.close()
    assert monitor.poll().alarms == []
    grow(life)
    life.ask_witness()
    (alarm,) = monitor.poll().alarms
    assert "two of its root closed the log" in str(alarm)
    life.served = {"checkpoint": b"<!DOCTYPE html>\n"}  # another's page
    life.now_s += 400 * HOUR
    poll = monitor.poll()
    assert poll.alarms == []
    assert any("above the end of the log" in note for note in poll.notes)
    assert poll.closing is not None
    assert poll.closing.new == SUCCESSOR.verifier


# The drill: an address is lost


def published(home: Path, *drafts: Draft) -> None:
    without_followers(open_installation(home).publisher).publish(drafts)


def founded(home: Path, address: str) -> str:
    """An office at an address, with a message; its key."""
    found_installation(home, address, office_piece("Embassy", "Europe/London", ["en"], "d MMMM y"))
    published(home, *furniture()[1:], Draft(id_of(address), "publish", message(address.partition(".")[0])))
    return parse_signer_key((home / "keys/record.key").read_text()).verifier.text


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    monkeypatch.chdir(tmp_path)

    def type_(*words: str, status: int = 0) -> str:
        capsys.readouterr()
        got = run(list(words))
        said = capsys.readouterr()
        assert got == status, (words, said)
        return said.out

    return type_


def test_a_lost_address_is_left_and_mirrors_and_monitors_go_on_at_the_new_one(
    tmp_path: Path, typed: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    old_key = founded(tmp_path / "old", "embassy.example")
    new_key = founded(tmp_path / "new", "press.embassy.example")
    root = [typed("keys", "new", f"root-{n}.key", "--name", f"embassy.example/root/{n}").strip() for n in (1, 2, 3)]
    typed("--home", "old", "keys", "root", *root)
    record = tmp_path / "old/public/record"
    with on_the_web(tmp_path / "old/public") as web:
        address = web.address
        typed("mirror", address, "m", "--rate", "1000")
        typed("monitor", address, "--state", "seen", "--rate", "1000")
    # the address is gone; two people with their keys say so, and send it to whoever has a copy
    words = ["keys", "close", str(record / "checkpoint"), "--log", old_key, "--successor", new_key, "--out", "closing"]
    typed(*words, "--key", "root-1.key", "--key", "root-3.key")
    typed("keys", "publish-closing", "closing", "m/record")
    with on_the_web(tmp_path / "new/public") as new, on_the_web(tmp_path / "m") as mirror:
        for room in ("mirror", "monitor"):
            monkeypatch.setattr(f"communique.cli.{room}.successor_address", lambda _closing: f"{new.address}/record")
        said = typed("mirror", address, "m", "--rate", "1000")
        assert f"{new_key} follows it" in said
        assert verified(tmp_path / "m")
        assert verified(tmp_path / "m-successor")
        assert FolderReader(tmp_path / "m-successor/record").origin == "press.embassy.example/record"
        typed("verify", "m", "--key", old_key)
        said = typed("monitor", mirror.address, "--state", "seen", "--rate", "1000")
        assert "nothing wrong; press.embassy.example/record at size" in said
        published(tmp_path / "new", Draft(id_of("more"), "publish", message("more")))
        typed("mirror", address, "m", "--rate", "1000")
        assert verified(tmp_path / "m-successor")
        size = open_installation(tmp_path / "new").reader.size()
        assert FolderReader(tmp_path / "m-successor/record").size() == size
    # somebody who bought the address, and has another record there
    shutil.rmtree(tmp_path / "m-successor")
    founded(tmp_path / "stranger", "embassy.example")
    with on_the_web(tmp_path / "stranger/public") as web, on_the_web(tmp_path / "new/public") as new:
        monkeypatch.setattr("communique.cli.mirror.successor_address", lambda _closing: f"{new.address}/record")
        typed("mirror", web.address, "m", "--rate", "1000")
    assert verified(tmp_path / "m")
    assert FolderReader(tmp_path / "m/record").read("log.vkey").decode().strip() == old_key


def test_what_a_thief_published_is_gone_from_a_mirror_once_the_log_was_closed_below_it(life: Life) -> None:
    mirror = Mirror(life.folder / "m")
    read = life.read_from(f"{ADDRESS}/record")
    mirror.update(read, SEEN)
    true, files, entries, editions = life.head, dict(life.served), list(life.entries), dict(life.editions)
    for _ in range(3):
        grow(life)
    mirror.update(read, SEEN)
    assert mirror.size() > true.size
    life.head, life.served, life.entries, life.editions = true, files, entries, editions
    life.close()
    assert mirror.update(read, SEEN).closing
    assert mirror.size() == true.size
    assert verified(mirror.folder)


def test_a_mirror_that_was_not_whole_says_why_nothing_more_came(life: Life) -> None:
    mirror = Mirror(life.folder / "m")
    mirror.update(life.read_from(f"{ADDRESS}/record"), SEEN)
    grow(life)
    ended = life.close()
    (mirror.record / "keys/1").write_bytes(ended.data)

    def dead(path: str) -> bytes:
        raise Unreachable("did not answer", path)

    done = mirror.update(dead, SEEN)
    assert (done.closing, done.size) == (ended, ended.size - 1)
    assert "did not answer" in done.refused
    assert mirror.update(life.read_from(f"{ADDRESS}/record"), SEEN).size == ended.size
    assert mirror.ended()
