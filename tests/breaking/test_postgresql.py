"""The publishing order keeps its promises on PostgreSQL, and outlives a restart of the server."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from breaking.commands import COMMUNIQUE
from breaking.test_two_writers import entries_in, founded, go, start
from postgresql import Server
from sites import faults_of

ROOT = Path(__file__).resolve().parents[2]
PROMISES = "tests/record/test_publishing.py"


TWO_EDITORS = "tests/newsroom/test_two_editors.py::test_of_two_who_save_at_the_same_instant_one_is_told_of_the_other"


@pytest.mark.parametrize(("promises", "least"), [(PROMISES, 20), (TWO_EDITORS, 1)], ids=["publishing", "two editors"])
def test_what_is_promised_holds_on_postgresql(postgresql: Server, promises: str, least: int) -> None:
    environment = {**os.environ, "COMMUNIQUE_TESTS_DATABASE": "postgresql", "TRIALS": ""}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "-p", "no:cacheprovider", promises]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed is not None
    print(f"\n{passed[0]} on PostgreSQL")
    assert int(passed[1]) >= least


def test_a_restart_of_the_server_in_the_midst_of_publishing_loses_nothing(postgresql: Server, tmp_path: Path) -> None:
    database = postgresql.new_database()
    told = founded(tmp_path / "office", database)
    writer = start(tmp_path / "office", database, 1, 20)  # more than the fifteen lines read below: it still writes then
    go(writer)
    assert writer.stdout is not None
    lines = []
    for _ in range(3):
        lines += [writer.stdout.readline() for _ in range(5)]
        postgresql.restart()
    lines += writer.stdout.readlines()  # `communicate` would pass over what the pipe's reader holds already
    assert writer.wait() == 0
    said = "".join(line for line in lines if not line.startswith("again"))
    assert said != "".join(lines), "no restart met a publication"
    told += entries_in(said)
    assert faults_of(tmp_path / "office" / "public", told) == []


def test_erased_words_leave_the_servers_files_with_what_the_page_on_backups_says(
    postgresql: Server, tmp_path: Path
) -> None:
    """The rows of before stay in PostgreSQL's files until the command that docs/running/backup.md names."""
    database = postgresql.new_database()
    told = "vacuumdb --full"
    assert told in (ROOT / "docs/running/backup.md").read_text()
    places = os.pathsep.join([str(ROOT / "tests"), os.environ.get("PYTHONPATH", "")])
    for act in ("publish", "erase"):
        command = [sys.executable, str(ROOT / "tests/breaking/eraser.py"), str(tmp_path / "office"), database, act]
        done = subprocess.run(command, env={**os.environ, "PYTHONPATH": places}, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        if act == "publish":
            settle(database)
            assert has_name(postgresql)
    settle(database, "VACUUM (FULL)")
    assert has_name(postgresql) == []
    assert [
        str(file) for file in (tmp_path / "office").rglob("*") if file.is_file() and NAME in file.read_bytes()
    ] == []


NAME = b"Quillon Marrowby"


def settle(database: str, *first: str) -> None:
    """Have the server write what it holds in memory into its files."""
    with psycopg.connect(database, autocommit=True) as connection:
        for command in (*first, "CHECKPOINT"):
            connection.execute(command)  # type: ignore[call-overload]


def has_name(server: Server) -> list[str]:
    """The files of tables and indexes in which the name stands."""
    return [
        str(file) for file in (server.folder / "data/base").rglob("*") if file.is_file() and NAME in file.read_bytes()
    ]


def test_a_missing_server_is_one_line(postgresql: Server, tmp_path: Path) -> None:
    from communique.settings.office import found_installation

    home = tmp_path / "home"
    found_installation(home, "embassy.example", {})
    settings = home / "communique.toml"
    address = "postgresql://somebody:secret@127.0.0.1:1/nothing"
    settings.write_text(settings.read_text().replace('database = "sqlite"', f'database = "{address}"'))
    command = [*COMMUNIQUE, "--home", str(home), "bake"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "postgresql://127.0.0.1/nothing" in done.stderr
    assert "secret" not in done.stderr
