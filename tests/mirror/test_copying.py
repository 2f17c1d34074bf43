"""A mirror is the record itself, whole and verified, through kills and lies; and what the law took is gone from it."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from communique.cli.main import run
from communique.edition import parse_edition
from communique.mirror.copying import Mirror
from communique.mirror.errors import FolderRefused, Misbehaved
from communique.mirror.keys import keys_after
from communique.record.checkpoint import cosign_checkpoint, parse_checkpoint, sign_checkpoint
from communique.record.errors import Missing, NotVerified, Unreachable
from communique.record.note import sign_text, signer_key
from communique.record.reader_folder import FolderReader
from communique.record.release import Draft
from communique.record.tile import tiles_at
from communique.verify.evidence import check_evidence
from communique.verify.record import verify_record
from histories import History
from offices import id_of, make_office, message
from signed_record import EXAMPLE, LOG, WITNESS, RecordMaker, person
from sites import baked_from_record, differences, files_of
from strangers_web import on_the_web
from verify_cli import verified

SEEN = {"address": "https://embassy.example/record", "at": "2026-03-05T10:00:00Z"}
ID = "aaaaaaaaaaaaaaaa"


def record_files(folder: Path) -> dict[str, bytes]:
    """The files that a record of its size has: older partial tiles and the press's page left out."""
    reader = FolderReader(folder)
    due = {tile.path for tile in tiles_at(reader.size())}
    return {
        path: reader.read(path)
        for path in reader.paths()
        if (not path.startswith("tile/") or path in due) and not path.startswith("index.html")
    }


def people(folder: Path, number: int) -> None:
    maker = RecordMaker()
    for n in range(number):
        maker.add(ID, "furniture", person(f"Person {n}"), at="2026-03-03T13:00:00Z")
    shutil.rmtree(folder, ignore_errors=True)
    maker.write(folder)


def update(mirror: Mirror, record: Path) -> None:
    mirror.update(FolderReader(record).read, SEEN, LOG.verifier)


def test_a_mirror_of_the_worked_example_is_the_record_and_verifies(tmp_path: Path) -> None:
    update(Mirror(tmp_path / "m"), EXAMPLE / "record")
    assert record_files(tmp_path / "m/record") == record_files(EXAMPLE / "record")
    assert verified(tmp_path / "m")


@pytest.mark.parametrize("sizes", [(1, 2, 3), (255, 256, 257), (1, 300, 520), (256, 512, 515)])
def test_a_mirror_grows_with_the_record_and_asks_for_nothing_twice(tmp_path: Path, sizes: tuple[int, ...]) -> None:
    mirror = Mirror(tmp_path / "m")
    asked: list[str] = []
    for size in sizes:
        people(tmp_path / "record", size)
        read = FolderReader(tmp_path / "record").read

        def asking(path: str, read: Callable[[str], bytes] = read) -> bytes:
            asked.append(path)
            return read(path)

        mirror.update(asking, SEEN, LOG.verifier)
        assert record_files(tmp_path / "m/record") == record_files(tmp_path / "record")
    editions = [path for path in asked if path.startswith("editions/")]
    assert len(editions) == len(set(editions)) == sizes[-1]
    assert verified(tmp_path / "m")


def test_nothing_new_is_a_few_small_questions_over_the_web(tmp_path: Path) -> None:
    people(tmp_path / "site/record", 20)
    with on_the_web(tmp_path / "site") as web:
        assert run(["mirror", web.address, str(tmp_path / "m"), "--rate", "1000"]) == 0
        web.forget()
        assert run(["mirror", f"{web.address}/record", str(tmp_path / "m")]) == 0
        small = ["record/checkpoint", "record/keys/1", "record/keys/root", "record/log.vkey", "record/policy"]
        assert sorted(set(web.asked)) == small
        assert web.unchanged == 2  # the head and the key; there are no others


def test_statements_about_keys_come_along_and_the_first_seen_of_each_stays(tmp_path: Path) -> None:
    people(tmp_path / "record", 3)
    mirror = Mirror(tmp_path / "m")
    for path, said in (("keys/root", "root"), ("keys/1", "one"), ("keys/2", "two"), ("keys/1", "another")):
        (tmp_path / "record/keys").mkdir(exist_ok=True)
        (tmp_path / "record" / path).write_text(said)
        update(mirror, tmp_path / "record")
    kept = {file.name: file.read_text() for file in (tmp_path / "m/record/keys").iterdir()}
    assert kept == {"root": "root", "1": "one", "2": "two"}


# What an office may not show


def forked(folder: Path, size: int) -> None:
    """A record of this size whose first entry is another one."""
    maker = RecordMaker()
    for n in range(size):
        maker.add(ID, "furniture", person(f"Other {n}"), at="2026-03-03T13:00:00Z")
    shutil.rmtree(folder, ignore_errors=True)
    maker.write(folder)


@pytest.mark.parametrize("size", [4, 10, 11, 16, 300])
@pytest.mark.parametrize("tiles", [True, False])
def test_a_fork_is_never_taken_and_its_evidence_holds(tmp_path: Path, size: int, tiles: bool) -> None:
    people(tmp_path / "record", 10)
    mirror = Mirror(tmp_path / "m")
    update(mirror, tmp_path / "record")
    before = record_files(tmp_path / "m/record")
    forked(tmp_path / "record", size)
    if not tiles:
        shutil.rmtree(tmp_path / "record/tile/0")
    with pytest.raises(Misbehaved) as caught:
        update(mirror, tmp_path / "record")
    assert caught.value.evidence.kind == "fork"
    assert check_evidence(caught.value.evidence, LOG.verifier).proven
    assert record_files(tmp_path / "m/record") == before
    assert verified(tmp_path / "m")


def test_a_rollback_is_never_taken(tmp_path: Path) -> None:
    people(tmp_path / "record", 10)
    mirror = Mirror(tmp_path / "m")
    update(mirror, tmp_path / "record")
    people(tmp_path / "record", 9)
    with pytest.raises(Misbehaved) as caught:
        update(mirror, tmp_path / "record")
    assert caught.value.evidence.kind == "rollback"
    assert not check_evidence(caught.value.evidence, LOG.verifier).proven
    assert mirror.size() == 10


def test_a_fork_told_between_a_kill_and_the_next_run_is_never_taken(tmp_path: Path) -> None:
    """The head was verified, its editions not yet there: what was seen is not forgotten."""
    people(tmp_path / "record", 10)
    mirror = Mirror(tmp_path / "m")

    def dying(path: str) -> bytes:
        if path.startswith("editions/"):
            raise Unreachable("is gone", path)
        return FolderReader(tmp_path / "record").read(path)

    with pytest.raises(Unreachable):
        mirror.update(dying, SEEN, LOG.verifier)
    assert mirror.size() == 0
    forked(tmp_path / "record", 12)
    with pytest.raises(Misbehaved):
        update(mirror, tmp_path / "record")


def test_a_bundle_that_was_rewritten_without_a_signature_is_never_taken(tmp_path: Path) -> None:
    people(tmp_path / "record", 10)
    file = tmp_path / "record/tile/entries/000.p/10"
    file.write_bytes(file.read_bytes().replace(b'"seq":7', b'"seq":8'))
    with pytest.raises(Misbehaved) as caught:
        update(Mirror(tmp_path / "m"), tmp_path / "record")
    assert caught.value.evidence.kind == "rewritten"
    assert "entry 6 in tile/entries/000.p/10 is not the one that was signed" in str(caught.value)


def test_anothers_key_is_never_taken_and_a_new_one_only_with_the_old(tmp_path: Path) -> None:
    new = signer_key(LOG.name, bytes(range(64, 96)))
    head = sign_checkpoint(3, bytes(32), LOG)
    both = head.with_signatures(sign_text(head.note.text, new))
    alone = sign_checkpoint(3, bytes(32), new)
    old_keys = (LOG.verifier,)
    assert keys_after(head, old_keys, LOG.verifier) == old_keys
    assert keys_after(head, old_keys, new.verifier) == old_keys, "a key that signed nothing counts for nothing"
    assert keys_after(both, old_keys, new.verifier) == (new.verifier, LOG.verifier)
    assert keys_after(alone, (new.verifier, LOG.verifier), new.verifier) == (new.verifier,)
    with pytest.raises(NotVerified):
        keys_after(alone, old_keys, new.verifier)
    with pytest.raises(NotVerified):
        keys_after(parse_checkpoint(alone.data).with_signatures(cosign_checkpoint(alone, WITNESS, 5)), old_keys, None)


@pytest.mark.parametrize("wrong", ["missing", "touched", "another"])
def test_an_edition_that_is_not_what_was_signed_stops_the_mirror_at_its_older_head(tmp_path: Path, wrong: str) -> None:
    people(tmp_path / "record", 5)
    mirror = Mirror(tmp_path / "m")
    update(mirror, tmp_path / "record")
    people(tmp_path / "record", 9)
    entry = next(FolderReader(tmp_path / "record").entries(7, 8))
    file = tmp_path / "record/editions" / entry.body
    good = file.read_bytes()
    if wrong == "missing":
        file.unlink()
    else:
        other = next(FolderReader(tmp_path / "record").entries(2, 3)).body
        bad = good.replace(b"Person 7", b"Person 8") if wrong == "touched" else (file.parent / other).read_bytes()
        file.write_bytes(bad)
    with pytest.raises((NotVerified, Missing)):
        update(mirror, tmp_path / "record")
    assert mirror.size() == 5
    report = verify_record("mirror", lambda: FolderReader(tmp_path / "m/record"), LOG.verifier)
    assert {finding.check for finding in report.findings} <= {"files"}, "what came already lies ahead of its head"
    file.write_bytes(good)
    update(mirror, tmp_path / "record")
    assert record_files(tmp_path / "m/record") == record_files(tmp_path / "record")


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("mine")
    with pytest.raises(FolderRefused, match="holds something that is not a mirror"):
        update(Mirror(tmp_path), EXAMPLE / "record")


# Erasing


def has_words(folder: Path, words: bytes) -> list[str]:
    return [str(file) for file in folder.rglob("*") if file.is_file() and words in file.read_bytes()]


def test_erased_words_salts_and_files_go_from_the_mirror_with_the_next_run(tmp_path: Path) -> None:
    office = make_office(tmp_path / "office", baking=False)
    picture = {"file": b"a picture of somebody" * 9, "media": "image/png", "alternative": "A portrait"}
    content = message("one", "Her name is Quillon Marrowby.", pictures=[picture])
    first = office.publish(Draft(id_of("one"), "publish", content))[0]
    edition = parse_edition((office.record / "editions" / first.body).read_bytes())
    office.publish(Draft(id_of("one"), "correct", {**edition.content, "title": "Another title"}))
    mirror = Mirror(tmp_path / "m")
    mirror.update(FolderReader(office.record).read, SEEN)
    assert has_words(tmp_path / "m", b"Quillon")
    gone = {part for part, salted in edition.texts.items() if "Quillon" in salted.text} | set(edition.files)
    salts = [edition.texts[part].salt.hex().encode() for part in gone if part in edition.texts]
    without = {key: value for key, value in content.items() if key != "pictures"}
    drafted = {**without, "blocks": ["A name was here."], "ground": "Request of a person."}
    office.publish(Draft(id_of("one"), "erase", drafted, erase=frozenset(gone)))
    mirror.update(FolderReader(office.record).read, SEEN)
    for words in (b"Quillon", b"a picture of somebody", *salts):
        assert has_words(tmp_path / "m", words) == []
    assert record_files(tmp_path / "m/record") == record_files(office.record)
    assert verified(tmp_path / "m")


def test_a_mirror_taken_step_by_step_bakes_the_same_site(tmp_path: Path) -> None:
    office = make_office(tmp_path / "office", languages=("en", "fr", "ar"))
    history = History(office, seed=9)
    mirror = Mirror(tmp_path / "m")
    for _step in history.play(6):
        mirror.update(FolderReader(office.record).read, SEEN)
    mirror.update(FolderReader(office.record).read, SEEN)
    assert record_files(tmp_path / "m/record") == record_files(office.record)
    assert run(["bake", "--record", str(tmp_path / "m/record"), "--out", str(tmp_path / "baked")]) == 0
    assert differences(files_of(office.site), files_of(tmp_path / "baked/site")) == []
    assert baked_from_record(tmp_path / "m/record", tmp_path / "again")


# Kills


def start(address: str, folder: Path) -> subprocess.Popen[bytes]:
    program = [sys.executable, "-c", "from communique.cli.main import main; main()"]
    command = [*program, "mirror", address, str(folder), "--rate", "10000"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def test_a_mirror_killed_at_any_instant_goes_on_and_is_whole(tmp_path: Path, full_numbers: bool) -> None:
    people(tmp_path / "site/record", 300)
    chance = random.Random(5)
    with on_the_web(tmp_path / "site") as web:
        for _ in range(40 if full_numbers else 4):
            process = start(web.address, tmp_path / "m")
            time.sleep(chance.uniform(0.3, 1.5))
            process.send_signal(signal.SIGKILL)
            process.communicate()
        assert run(["mirror", web.address, str(tmp_path / "m"), "--rate", "10000"]) == 0
        editions = [path for path in web.asked if path.startswith("record/editions/")]
    assert record_files(tmp_path / "m/record") == record_files(tmp_path / "site/record")
    assert verified(tmp_path / "m")
    assert not list((tmp_path / "m/.mirror/making").iterdir())
    assert len(editions) < 2 * 300
