"""Two processes publish in one installation at the same time: each index once, nothing lost, one site for both."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from postgresql import Server
from sites import faults_of

HERE = Path(__file__).parent

Told = tuple[int, str, str]


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """Each database that an installation can have, empty."""
    if request.param == "sqlite":
        return "sqlite"
    server: Server = request.getfixturevalue("postgresql")
    return server.new_database()


def test_two_writers_at_once_lose_and_double_nothing(
    tmp_path: Path, database: str, full_numbers: bool, figures: Callable[..., None]
) -> None:
    messages = 60 if full_numbers else 8
    told = founded(tmp_path / "office", database)
    writers = [start(tmp_path / "office", database, seed, messages) for seed in (1, 2)]
    for writer in writers:
        go(writer)
    by_each = [ended(writer) for writer in writers]
    told += [entry for entries in by_each for entry in entries]
    assert [index for index, _, _ in sorted(told)] == list(range(len(told)))
    assert faults_of(tmp_path / "office" / "public", told) == []
    turns = alternations(by_each)
    assert turns > messages / 4, "they did not publish at the same time"
    name = database.partition(":")[0]
    figures(
        f"two-writers-{name}",
        f"Do two processes that publish into one installation at once lose or double anything ({name})?",
        {
            "entries of both": len(told),
            "times the other one's entry came next": turns,
            "entries lost, indexes given twice, files differing": 0,
        },
    )


def test_when_one_of_two_writers_is_killed_the_other_goes_on_and_all_is_whole(tmp_path: Path, database: str) -> None:
    told = founded(tmp_path / "office", database)
    one, other = (start(tmp_path / "office", database, seed, 8) for seed in (1, 2))
    go(one)
    go(other)
    assert one.stdout is not None
    lines = [one.stdout.readline() for _ in range(6)]
    one.send_signal(signal.SIGKILL)
    lines += one.stdout.readlines()
    one.wait()
    told += entries_in("".join(lines)) + ended(other)
    ended(start(tmp_path / "office", database, 3, 1))  # its first publication recovers what was left
    assert faults_of(tmp_path / "office" / "public", told) == []


def founded(folder: Path, database: str) -> list[Told]:
    """An office with its first furniture; what its founder was told."""
    return ended(start(folder, database, 0, 0))


def start(folder: Path, database: str, seed: int, messages: int) -> subprocess.Popen[str]:
    command = [sys.executable, str(HERE / "writer.py"), str(folder), database, str(seed), str(messages)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE.parent), os.environ.get("PYTHONPATH", "")])}
    writer = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)
    assert writer.stdout is not None
    if seed:
        assert writer.stdout.readline() == "ready\n"
    return writer


def go(writer: subprocess.Popen[str]) -> None:
    assert writer.stdin is not None
    writer.stdin.write("go\n")
    writer.stdin.flush()


def ended(writer: subprocess.Popen[str]) -> list[Told]:
    """Wait for a writer's end, which must be a good one; what it was told."""
    said, _ = writer.communicate(timeout=500)
    assert writer.returncode == 0
    return entries_in(said)


def entries_in(said: str) -> list[Told]:
    return [(int(index), id_, body) for index, id_, body in (line.split() for line in said.splitlines() if line)]


def alternations(by_each: list[list[Told]]) -> int:
    """How often, in the order of the record, an entry is the other writer's."""
    owners = sorted((index, number) for number, entries in enumerate(by_each) for index, _, _ in entries)
    return sum(one[1] != next_one[1] for one, next_one in pairwise(owners))
