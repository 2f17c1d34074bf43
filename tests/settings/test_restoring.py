"""Backup, loss, restore: nothing is lost while a mirror lives, and no record is ever forked by its own office."""

from __future__ import annotations

import shutil
import stat
from datetime import datetime
from pathlib import Path

import pytest

from communique.cli.main import run
from communique.edition import parse_edition
from communique.record.checkpoint import parse_checkpoint
from communique.record.elsewhere import Behind, NotAsked
from communique.record.errors import Missing, NotVerified
from communique.record.note import parse_signer_key
from communique.record.publishing import Forked
from communique.record.reader_folder import FolderReader
from communique.record.release import Draft
from communique.settings.backup import back_up, object_path, read_contents
from communique.settings.configuration import FILE_NAME, read_configuration
from communique.settings.errors import SettingsError
from communique.settings.office import found_installation, without_followers
from communique.settings.office_facts import office_piece
from communique.settings.places import MARK
from communique.settings.restoring import restore
from communique.verify.record import verify_record
from conftest import Report
from honest_witness import Witness, serving
from houses import ADDRESS, NOW, House, founded
from offices import id_of, message


@pytest.fixture
def house(tmp_path: Path) -> House:
    house = founded(tmp_path / "home")
    house.publish("a", "b", pictures=[{"file": b"a picture", "media": "image/png"}])
    return house


def come_back(backup: Path, home: Path, at: datetime, **more: object) -> House:
    restore(backup, home, **more)  # type: ignore[arg-type]
    return House(home, at)


def is_whole(record: Path) -> list[str]:
    return [str(finding) for finding in verify_record("it", lambda: FolderReader(record)).findings]


def test_a_restored_installation_is_the_one_that_was_backed_up(house: House, tmp_path: Path) -> None:
    (house.home / "private" / "ab").mkdir(parents=True)
    (house.home / "private" / "ab" / "abcd").write_bytes(b"an upload")
    (house.home / "originals" / "cd").mkdir(parents=True)
    (house.home / "originals" / "cd" / "cdef.zip").write_bytes(b"an original")
    backup = house.back_up(tmp_path / "backup")
    new = come_back(backup, tmp_path / "new", house.at, nothing_newer=True)
    for name in (FILE_NAME, "keys/record.key", "private/ab/abcd", "originals/cd/cdef.zip", "public/record/checkpoint"):
        assert (new.home / name).read_bytes() == (house.home / name).read_bytes(), name
    assert not is_whole(new.record)
    new.publish("c")
    assert FolderReader(new.record).size() == 6
    assert not is_whole(new.record)
    assert not (new.home / MARK).exists()


def test_secrets_are_their_owners_alone_in_a_backup_and_after_it(house: House, tmp_path: Path) -> None:
    backup = house.back_up(tmp_path / "backup")
    for file in backup.rglob("*"):
        assert stat.S_IMODE(file.stat().st_mode) == (0o700 if file.is_dir() else 0o600), file
    secret = (house.home / "keys" / "record.key").read_bytes()
    others = [file for file in (backup / "objects").rglob("*") if file.is_file()]
    assert all(secret.strip() not in file.read_bytes() for file in others)
    new = come_back(backup, tmp_path / "new", house.at)
    assert stat.S_IMODE((new.home / "keys" / "record.key").stat().st_mode) == 0o600
    assert stat.S_IMODE(new.home.stat().st_mode) == 0o700


def test_keys_can_lie_in_a_folder_of_their_own(house: House, tmp_path: Path) -> None:
    backup, keys = tmp_path / "backup", tmp_path / "safe"
    back_up(read_configuration(house.home), f"{ADDRESS}/record", backup, NOW, keys=keys)
    assert not (backup / "keys").exists()
    without = restore(backup, tmp_path / "without")
    assert without.lacks_key
    assert not without.key_file.exists()
    came = restore(backup, tmp_path / "new", keys=keys)
    assert came.key_file.read_bytes() == (house.home / "keys" / "record.key").read_bytes()


def test_a_second_run_copies_what_is_new_and_drops_what_is_gone(house: House, tmp_path: Path) -> None:
    backup = house.back_up(tmp_path / "backup")
    secret = "Named Person Lives At Seven Quay Street"
    house.publish("c", text=secret)
    made = back_up(read_configuration(house.home), f"{ADDRESS}/record", backup, house.at)
    assert made.copied <= 6  # database, edition, bundle, tile, checkpoint, and a tile of the level above
    erase(house, secret)
    assert _has(backup, secret)
    house.back_up(backup)
    assert not _has(backup, secret)


def erase(house: House, words: str) -> None:
    """By law, out of message c, which says them."""
    edition = next(file for file in (house.record / "editions").iterdir() if words in file.read_text())
    (part,) = parse_edition(edition.read_bytes()).manifest["blocks"]
    content = {key: value for key, value in message("c").items() if key != "address"}
    draft = Draft(id_of("c"), "erase", {**content, "blocks": [], "ground": "Request."}, erase=frozenset({part}))
    without_followers(house.opened().publisher).publish([draft])


def _has(folder: Path, words: str) -> bool:
    return any(words.encode() in file.read_bytes() for file in folder.rglob("*") if file.is_file())


def test_what_a_stopped_run_copied_is_not_in_the_way_and_the_old_state_stays_whole(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = house.back_up(tmp_path / "backup")
    before = read_contents(backup)
    house.publish("c", "d")
    calls = iter(range(100))

    def told(_what: str, _count: int) -> None:
        if next(calls):
            raise KeyboardInterrupt

    monkeypatch.setattr("communique.settings.backup.LOOKED_AT_ONCE", 3)
    with pytest.raises(KeyboardInterrupt):
        back_up(read_configuration(house.home), f"{ADDRESS}/record", backup, house.at, told)
    assert read_contents(backup) == before
    assert restore(backup, tmp_path / "old").contents == before
    house.back_up(backup)
    assert read_contents(backup).entries == before.entries + 2


def test_a_changed_byte_of_a_backup_stops_a_restore_and_the_next_one_goes_on(house: House, tmp_path: Path) -> None:
    backup = house.back_up(tmp_path / "backup")
    file = read_contents(backup).files["record/log.vkey"]
    place = backup / object_path(file.sha256)
    right = place.read_bytes()
    place.write_bytes(right.replace(b"embassy", b"embbssy"))
    with pytest.raises(NotVerified, match="its list says"):
        restore(backup, tmp_path / "new")
    assert not (tmp_path / "new").exists()
    place.unlink()
    with pytest.raises(Missing, match="nothing was restored"):
        restore(backup, tmp_path / "new")
    place.write_bytes(right)
    restore(backup, tmp_path / "new")
    assert not is_whole(tmp_path / "new" / "public" / "record")
    assert not (tmp_path / "new.restoring").exists()


def test_a_restore_takes_an_empty_folder_and_no_other(house: House, tmp_path: Path) -> None:
    backup = house.back_up(tmp_path / "backup")
    with pytest.raises(SettingsError, match="is not empty"):
        restore(backup, house.home)


def test_a_backup_does_not_lie_in_what_it_is_to_outlive_nor_on_anything_else(house: House, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="outlive"):
        house.back_up(house.home / "backup")
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "one.txt").write_text("Dear")
    with pytest.raises(SettingsError, match="is no backup and not empty"):
        house.back_up(tmp_path / "letters")


def test_a_restored_office_without_mirror_or_witness_signs_only_when_a_person_says_so(
    house: House, tmp_path: Path
) -> None:
    backup = house.back_up(tmp_path / "backup")
    new = come_back(backup, tmp_path / "new", house.at)
    with pytest.raises(NotAsked, match="--nothing-newer"):
        new.publish("c")
    with pytest.raises(NotAsked):
        new.opened().publisher.recover()
    assert FolderReader(new.record).size() == 5
    come_back(backup, tmp_path / "other", house.at, nothing_newer=True).publish("c")


def test_a_mirror_that_is_silent_stops_a_restored_office_and_no_other(house: House, tmp_path: Path) -> None:
    house.name(mirrors=[str(tmp_path / "gone")])
    house.publish("c")
    new = come_back(house.back_up(tmp_path / "backup"), tmp_path / "new", house.at)
    with pytest.raises(NotAsked, match="gone: the file is missing"):
        new.publish("d")


def test_the_drill_with_a_mirror_loses_no_edition_and_forks_nothing(
    house: House, tmp_path: Path, figures: Report
) -> None:
    messages, after = 1000, 50
    copies = tmp_path / "mirror"
    copied = ["mirror", str(house.record), str(copies), "--rate", "10000"]
    keys = [f"m{number}" for number in range(messages - after - 2)]
    for start in range(0, len(keys), 50):
        house.publish(*keys[start : start + 50])
    assert run(copied) == 0
    house.name(mirrors=[str(copies / "record")])
    backup = house.back_up(tmp_path / "backup")
    house.publish(*(f"n{number}" for number in range(after - 1)), apart=True)
    house.publish("last", pictures=[{"file": b"the last picture", "media": "image/png"}])
    assert run(copied) == 0
    before = FolderReader(house.record)
    entries = [entry.data for entry in before.entries(0, before.size())]
    head = before.checkpoint.data
    shutil.rmtree(house.home)

    new = come_back(backup, tmp_path / "new", house.at)
    without_followers(new.opened().publisher).recover()
    again = FolderReader(new.record)
    lost = set(entries) - {entry.data for entry in again.entries(0, again.size())}
    assert again.checkpoint.data == head
    assert not is_whole(new.record)
    without_followers(new.opened().publisher).publish([Draft(id_of("after"), "publish", message("after"))])
    grown = FolderReader(new.record)
    forks = [
        entry.index for entry, data in zip(grown.entries(0, len(entries)), entries, strict=True) if entry.data != data
    ]
    assert grown.size() == len(entries) + 1
    assert (lost, forks) == (set(), [])
    assert not is_whole(new.record)
    numbers = {
        "messages": messages,
        "published after the backup": after,
        "lost editions": len(lost),
        "forks": len(forks),
    }
    figures("restore-with-mirror", "What is lost when the machine is, and one mirror lives?", numbers)


def test_the_drill_with_a_witness_alone_refuses_and_says_what_is_missing(
    house: House, tmp_path: Path, figures: Report
) -> None:
    messages, after = 1000, 50
    key = parse_signer_key((house.home / "keys" / "record.key").read_text()).verifier
    with serving(Witness(key)) as witness:
        house.name(witnesses=[witness.line])
        keys = [f"m{number}" for number in range(messages - after - 2)]
        for start in range(0, len(keys), 50):
            house.publish(*keys[start : start + 50])
            witness.see(FolderReader(house.record))
        backup = house.back_up(tmp_path / "backup")
        size = FolderReader(house.record).size()
        for number in range(after):
            house.publish(f"n{number}")
            witness.see(FolderReader(house.record))
        mirror = house.copy_public(tmp_path / "mirror")
        shutil.rmtree(house.home)

        new = come_back(backup, tmp_path / "new", house.at, nothing_newer=True)
        for act in (lambda: new.publish("after"), lambda: new.opened().publisher.recover()):
            with pytest.raises(Behind, match=f"entries {size} to {size + after - 1} are missing"):
                act()
        head = parse_checkpoint((new.record / "checkpoint").read_bytes())
        assert head.size == size
        assert (new.home / MARK).exists()
        figures(
            "restore-with-witness",
            "What does the signer do when the machine is lost, and only a witness knows more?",
            {"messages": messages, "published after the backup": after, "forks": 0, "signed after the restore": 0},
        )
        new.name(mirrors=[str(mirror)])  # somebody found a copy
        new.publish("after")
        assert FolderReader(new.record).size() == size + after + 1
        witness.see(FolderReader(new.record))


def test_a_witness_that_saw_another_record_of_this_size_stops_the_signer(house: House, tmp_path: Path) -> None:
    key = parse_signer_key((house.home / "keys" / "record.key").read_text()).verifier
    with serving(Witness(key)) as witness:
        witness.size, witness.root = FolderReader(house.record).size(), bytes(32)
        house.name(witnesses=[witness.line])
        with pytest.raises(NotVerified, match="another record of 5 entries"):
            house.publish("c")


def test_a_copy_that_our_key_signed_and_that_tells_another_story_stops_the_signer(house: House, tmp_path: Path) -> None:
    backup = house.back_up(tmp_path / "backup")
    house.publish("c")
    forked = come_back(backup, tmp_path / "forked", house.at, nothing_newer=True)
    forked.publish("d", "e")
    house.name(mirrors=[str(forked.record)])
    with pytest.raises(Forked):
        house.publish("d")
    assert FolderReader(house.record).size() == 6


def test_a_mirror_of_somebody_else_gives_back_nothing(house: House, tmp_path: Path) -> None:
    other = tmp_path / "other"
    found_installation(other, "other.example", office_piece("Other", "UTC", ["en"], "d MMMM y", "other.example"))
    house.name(mirrors=[str(other / "public" / "record")])
    new = come_back(house.back_up(tmp_path / "backup"), tmp_path / "new", house.at)
    with pytest.raises(NotAsked, match=r"other\.example"):
        new.publish("c")


@pytest.mark.parametrize("spoiled", ["editions", "files", "tile/entries"])
def test_a_damaged_mirror_gives_back_nothing_and_a_whole_one_does(house: House, tmp_path: Path, spoiled: str) -> None:
    backup = house.back_up(tmp_path / "backup")
    known = {file.relative_to(house.record) for file in house.record.rglob("*")}
    house.publish("c", pictures=[{"file": b"a new picture", "media": "image/png"}])
    damaged, whole = house.copy_public(tmp_path / "damaged"), house.copy_public(tmp_path / "whole")
    new_files = [f for f in (damaged / spoiled).rglob("*") if f.is_file() and f.relative_to(damaged) not in known]
    for file in new_files:
        file.write_bytes(file.read_bytes()[:-1] + b"!")
    new = come_back(backup, tmp_path / "new", house.at)
    new.name(mirrors=[str(damaged)])
    with pytest.raises((NotAsked, Forked)):
        new.publish("d")
    assert FolderReader(new.record).size() == 5
    new.name(mirrors=[str(damaged), str(whole)])
    if spoiled == "tile/entries":
        new.name(mirrors=[str(whole)])
        new.publish("d")
        assert FolderReader(new.record).size() == 7
        return
    with pytest.raises(NotAsked):  # what the damaged one has was asked for and not given
        new.publish("d")
    new.name(mirrors=[str(whole)])
    new.publish("d")
    assert not is_whole(new.record)


def test_what_was_erased_after_the_backup_stays_erased(house: House, tmp_path: Path) -> None:
    secret = "Named Person Lives At Seven Quay Street"
    house.publish("c", text=secret)
    backup = house.back_up(tmp_path / "backup")
    erase(house, secret)
    mirror = house.copy_public(tmp_path / "mirror")
    new = come_back(backup, tmp_path / "new", house.at, mirrors=[str(mirror)])
    new.opened().publisher.recover()
    assert not _has(new.home, secret)
    assert not is_whole(new.record)
