"""`communique backup` and `restore`, as an administrator types them on the worst day."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from breaking.commands import COMMUNIQUE, communique, is_one_line
from communique.record.reader_folder import FolderReader
from communique.settings.configuration import FILE_NAME
from communique.settings.restoring import restore
from founded_home import founded_home
from postgresql import NotThere, running_server
from verify_cli import verified

FOUND = ("--office", "Embassy", "--address", "embassy.example", "--languages", "en,fr")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return founded_home(tmp_path / "home", *FOUND, "--admin", "ada@embassy.example")


def test_an_office_is_backed_up_and_comes_back_and_serves_its_site(home: Path, tmp_path: Path) -> None:
    backup, new = tmp_path / "backup", tmp_path / "new"
    done = communique("backup", backup, home=home)
    assert done.returncode == 0, done.stderr
    assert "embassy.example/record with 2 entries" in done.stdout
    assert f"{backup}/keys holds the signing key in the clear" in done.stderr
    again = json.loads(communique("backup", backup, "--json", home=home).stdout)
    assert again["copied"] == 1, "nothing has changed but the copy of the database"
    done = communique("restore", backup, "--nothing-newer", home=new)
    assert done.returncode == 0, done.stderr
    assert "has 2 entries, 2 of them backed up" in done.stdout
    assert (new / "public" / "site" / "index.html").exists()
    assert verified(new / "public")
    users = communique("user", "list", home=new)
    assert "ada@embassy.example" in users.stdout


def test_a_restore_that_cannot_ask_leaves_a_home_that_serves_and_signs_nothing(home: Path, tmp_path: Path) -> None:
    backup, new = tmp_path / "backup", tmp_path / "new"
    communique("backup", backup, home=home)
    done = communique("restore", backup, home=new)
    assert done.returncode == 3
    assert is_one_line(done)
    assert "no mirror and no witness is named" in done.stderr
    for command in (("bake",), ("serve", "--only", "worker")):
        done = communique(*command, home=new)
        assert done.returncode == 3, command
        assert is_one_line(done)
    file = new / FILE_NAME
    file.write_text(file.read_text().replace("mirrors = []", f'mirrors = ["{home / "public"}"]'))
    assert communique("bake", home=new).returncode == 0
    assert communique("bake", home=new).returncode == 0


def test_wrong_input_is_one_line(home: Path, tmp_path: Path) -> None:
    communique("backup", tmp_path / "backup", home=home)
    for words, place in (
        (("backup", home / "backup"), home),
        (("backup", tmp_path / "backup"), tmp_path / "nothing"),
        (("restore", tmp_path / "nothing"), tmp_path / "new"),
        (("restore", tmp_path / "backup"), home),
    ):
        done = communique(*words, home=place)
        assert is_one_line(done), (words, done.stderr)


def test_a_backup_that_is_interrupted_says_so_and_the_next_one_goes_on(home: Path, tmp_path: Path) -> None:
    backup = tmp_path / "backup"
    (home / "private" / "ab").mkdir(parents=True)
    with (home / "private" / "ab" / "film").open("wb") as film:
        film.truncate(1_500_000_000)
    process = subprocess.Popen(
        [*COMMUNIQUE, "--home", str(home), "backup", str(backup)], stderr=subprocess.PIPE, text=True
    )
    while not (backup / "making" / "file").exists() and process.poll() is None:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    os.truncate(home / "private" / "ab" / "film", 5)
    assert communique("backup", backup, home=home).returncode == 0
    assert communique("restore", backup, "--nothing-newer", home=tmp_path / "new").returncode == 0


def test_a_backup_while_the_office_publishes_comes_back_whole(tmp_path: Path) -> None:
    """Another process puts messages on the record without pause while two backups are made; each is whole."""
    home, backup = tmp_path / "home", tmp_path / "backup"
    publishing = subprocess.Popen([*COMMUNIQUE, "--home", str(home), "corpus", "--messages", "5000", "--seed", "7"])
    sizes = []
    try:
        while not (home / "public" / "record" / "checkpoint").exists() and publishing.poll() is None:
            time.sleep(0.1)
        for number in range(2):
            while sizes and FolderReader(home / "public" / "record").size() <= sizes[-1] and publishing.poll() is None:
                time.sleep(0.1)
            done = communique("backup", backup, "--json", home=home)
            assert done.returncode == 0, done.stderr
            sizes.append(json.loads(done.stdout)["entries"])
            came = restore(backup, tmp_path / f"new{number}")
            assert verified(came.home / "public" / "record")
            assert FolderReader(came.home / "public" / "record").size() == sizes[-1]
    finally:
        publishing.kill()
        publishing.wait()
    assert sizes[0] < sizes[1]


def test_an_office_on_postgresql_comes_back_into_an_empty_database(tmp_path: Path) -> None:
    if not shutil.which("pg_dump"):
        pytest.skip("pg_dump is not installed")
    try:
        with running_server() as server:
            home, backup, new = tmp_path / "home", tmp_path / "backup", tmp_path / "new"
            assert communique("init", home, *FOUND).returncode == 0
            file = home / FILE_NAME
            address = server.new_database()
            file.write_text(file.read_text().replace('database = "sqlite"', f'database = "{address}"'))
            assert (
                communique("user", "add", "ada@embassy.example", "--role", "administrator", home=home).returncode == 0
            )
            done = communique("backup", backup, home=home)
            assert done.returncode == 0, done.stderr
            done = communique("restore", backup, "--nothing-newer", home=new)
            assert done.returncode == 3
            assert "name an empty database" in done.stderr
            done = communique("restore", backup, "--nothing-newer", "--database", server.new_database(), home=new)
            assert done.returncode == 0, done.stderr
            assert "ada@embassy.example" in communique("user", "list", home=new).stdout
            assert FolderReader(new / "public" / "record").size() == 2, "the office, and what it vouches for"
    except NotThere as reason:
        pytest.skip(str(reason))
