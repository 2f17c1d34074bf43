"""`communique export` and `import` of what it made, as an administrator types them who moves to another machine."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from breaking.commands import COMMUNIQUE, communique, is_one_line
from communique.record.note import signer_key
from communique.record.release import Draft
from communique.settings.configuration import FILE_NAME, TEMPLATE
from made_demo import made_demo
from offices import id_of, make_office, message
from sites import differences, files_of
from verify_cli import verified

LIMIT_BYTES = 1_000_000
"""of one file, on the disk that is full: more than any of the record, less than the web archive"""


def place_key(home: Path, origin: str, seed: bytes) -> None:
    """The copy of the key that an administrator kept."""
    file = home / "keys" / "record.key"
    file.write_text(signer_key(origin, seed).secret_text + "\n")
    file.chmod(0o600)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation of which only the public files are there."""
    home = tmp_path_factory.mktemp("export") / "home"
    office = make_office(home)
    office.publish(Draft(id_of("ferry"), "publish", message("ferry")))
    (home / FILE_NAME).write_text(TEMPLATE)
    (home / "keys").mkdir()
    return home


@pytest.fixture(scope="module")
def bag(home: Path) -> Path:
    out = home.parent / "bag"
    done = communique("export", "--out", out, "--json", home=home)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["folder"], told["entries"]) == (str(out), 4)
    assert told["addresses"] > 20
    return out


def origin_of(bag: Path) -> str:
    return (bag / "data/record/checkpoint").read_text().partition("\n")[0]


def test_the_demo_office_comes_back_the_same_to_the_byte(tmp_path: Path) -> None:
    demo = made_demo()
    done = communique("export", "--out", tmp_path / "bag", home=demo)
    assert done.returncode == 0, done.stderr
    assert "Not in it: drafts, people and settings of the newsroom, and the signing key." in done.stdout
    done = communique("import", tmp_path / "bag", home=tmp_path / "home")
    assert done.returncode == 0, done.stderr
    before, after = demo / "public", tmp_path / "home" / "public"
    assert differences(files_of(before / "site"), files_of(after / "site")) == []
    for name in ("record/checkpoint", "record/log.vkey", "record/policy", "record/index.html"):
        assert (after / name).read_bytes() == (before / name).read_bytes()
    for folder in ("tile", "editions", "files"):
        assert files_of(before / "record" / folder) == files_of(after / "record" / folder)
    assert not any((tmp_path / "home" / "keys").iterdir())
    assert not (tmp_path / "home" / "communique.sqlite3").exists()


def test_without_the_key_a_home_bakes_and_verifies_and_publishes_nothing(bag: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    done = communique("import", bag, home=home)
    assert done.returncode == 0
    assert f"put the office's signing key at\n{home}/keys/record.key (mode 0600)" in done.stdout
    shown = files_of(home / "public" / "site")
    assert communique("bake", "--full", home=home).returncode == 0
    assert files_of(home / "public" / "site") == shown
    assert verified(home / "public")
    refused = communique("import", "--publish", Path(__file__).parents[2] / "examples/embassy-page.txt", home=home)
    assert is_one_line(refused)
    assert "the signing key is missing; put back the copy" in refused.stderr


def test_with_the_key_the_office_goes_on_after_its_last_entry(bag: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert communique("import", bag, home=home).returncode == 0
    place_key(home, origin_of(bag), sha256(origin_of(bag).encode()).digest())
    shown = files_of(home / "public" / "site")
    done = communique("bake", home=home)
    assert done.returncode == 0, done.stderr
    assert files_of(home / "public" / "site") == shown
    page = Path(__file__).parents[2] / "examples/embassy-page.txt"
    done = communique("import", "--publish", "--json", page, home=home)
    assert done.returncode == 0, done.stderr
    assert min(json.loads(done.stdout)["published"]) == 4
    assert verified(home / "public")
    again = communique("import", "--json", bag, home=home)
    assert (again.returncode, json.loads(again.stdout)["already"]) == (0, True)


def test_a_desk_that_is_opened_first_knows_the_office_too(bag: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert communique("import", bag, home=home).returncode == 0
    place_key(home, origin_of(bag), sha256(origin_of(bag).encode()).digest())
    done = communique("user", "list", home=home)
    assert done.returncode == 0, done.stderr
    with closing(sqlite3.connect(home / "communique.sqlite3")) as database:
        assert database.execute("SELECT size, signed_size, public_size FROM record_log").fetchall() == [(4, 4, 4)]


def test_another_office_s_key_does_not_sign_in_this_record(bag: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert communique("import", bag, home=home).returncode == 0
    before = files_of(home / "public")
    place_key(home, origin_of(bag), bytes(32))
    done = communique("bake", home=home)
    assert is_one_line(done)
    assert "is signed by another key than the one that is here" in done.stderr
    assert files_of(home / "public") == before


def test_verify_looks_into_a_bag(bag: Path, tmp_path: Path) -> None:
    assert communique("verify", bag).returncode == 0
    spoiled = Path(shutil.copytree(bag, tmp_path / "bag"))
    edition = next((spoiled / "data/record/editions").iterdir())
    edition.write_bytes(edition.read_bytes()[:-2] + b"\n")
    assert communique("verify", spoiled).returncode == 1


@pytest.mark.parametrize(("words", "said"), [(["--publish"], "is a bag"), (["--captured", "2026-03-04"], "is a bag")])
def test_a_bag_is_taken_in_by_itself(bag: Path, tmp_path: Path, words: list[str], said: str) -> None:
    done = communique("import", bag, *words, home=tmp_path / "home")
    assert (done.returncode, is_one_line(done)) == (2, True)
    assert said in done.stderr


def test_a_changed_byte_ends_with_1_and_the_name_of_the_file(bag: Path, tmp_path: Path) -> None:
    spoiled = Path(shutil.copytree(bag, tmp_path / "bag"))
    file = spoiled / "data/README.txt"
    file.write_text(file.read_text().replace("office", "offices", 1))
    done = communique("import", spoiled, home=tmp_path / "home")
    assert (done.returncode, is_one_line(done)) == (1, True)
    assert done.stderr.startswith(f"{file}: is not the file that was packed")
    assert not (tmp_path / "home").exists()


def test_where_nothing_is_public_there_is_nothing_to_export(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text(TEMPLATE)
    done = communique("export", "--out", tmp_path / "bag", home=tmp_path)
    assert (done.returncode, is_one_line(done)) == (2, True)
    assert "nothing has been published here yet" in done.stderr


def test_a_second_export_to_the_same_place_is_refused(bag: Path, home: Path) -> None:
    before = files_of(bag)
    done = communique("export", "--out", bag, home=home)
    assert (done.returncode, is_one_line(done)) == (2, True)
    assert "is left as it is" in done.stderr
    assert files_of(bag) == before


def test_on_a_full_disk_nothing_is_left_and_the_disk_is_named(home: Path, tmp_path: Path) -> None:
    def full() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT_BYTES, LIMIT_BYTES))

    command = [*COMMUNIQUE, "--home", str(home), "export", "--out", str(tmp_path / "bag")]
    done = subprocess.run(command, capture_output=True, text=True, preexec_fn=full)
    assert (done.returncode, is_one_line(done)) == (3, True), done.stderr
    assert done.stderr.startswith(f"{tmp_path / 'bag'}: File too large; ")
    assert list(tmp_path.iterdir()) == []


def test_a_killed_export_leaves_no_bag_and_the_next_one_is_whole(bag: Path, home: Path, tmp_path: Path) -> None:
    out, beside = tmp_path / "bag", tmp_path / ".bag.making-bag"
    command = [*COMMUNIQUE, "--home", str(home), "export", "--out", str(out)]
    for reached in ("baking/record", "baking/site", "bag/data/site.warc.gz", "bag/manifest-sha512.txt"):
        with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
            while process.poll() is None and not os.path.lexists(beside / reached):
                time.sleep(0.001)
            process.kill()
        if process.returncode == 0:  # it was quicker than we were
            shutil.rmtree(out)
            continue
        assert not out.exists()
        assert beside.exists()
    assert communique("export", "--out", out, home=home).returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["bag"]
    assert differences(files_of(out / "data" / "site"), files_of(bag / "data" / "site")) == []


def test_a_killed_import_leaves_no_home(bag: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    command = [*COMMUNIQUE, "--home", str(home), "import", str(bag)]
    with subprocess.Popen(command) as process:
        while process.poll() is None and not (tmp_path / "home.new" / "public" / "builds").exists():
            time.sleep(0.001)
        process.kill()
    assert process.returncode != 0
    assert not home.exists()
    assert communique("import", bag, home=home).returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["home"]
