"""A publishing process is killed inside every step; after recovery nothing is lost, doubled or half-written."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from communique.press.follower import Press
from communique.record.reader_folder import FolderReader
from communique.verify.record import verify_record
from sites import differences, files_of

STEPS = (
    "1 transaction",
    "2 committing",
    "3 signing",
    "4 editions",
    "5 tiles",
    "5a erasing",
    "6 pages",
    "7 lists",
    "8 position",
    "9 building",
    "9 switching",
)
HERE = Path(__file__).parent


def test_a_kill_at_any_moment_of_any_step_loses_and_doubles_nothing(
    tmp_path: Path, full_numbers: bool, figures: Callable[..., None]
) -> None:
    each, least = (18, 200) if full_numbers else (2, 22)
    chance = random.Random(2026)
    died_in: Counter[str] = Counter()
    rounds = 0
    while sum(died_in.values()) < least or min(died_in[step] for step in STEPS) < min(each, 15):
        assert rounds < least * 3, f"the kills do not reach every step: {died_in}"
        step = min(STEPS, key=lambda s: died_in[s])
        died_in[kill_once(tmp_path / "office", rounds, step, chance)] += 1
        rounds += 1
        if rounds % 12 == 0:  # a small archive keeps the comparison of whole sites quick
            shutil.rmtree(tmp_path / "office")
    numbers = {"kills": rounds, **{step: died_in[step] for step in STEPS}, "entries lost": 0, "indexes doubled": 0}
    figures(
        "kills", "Is the record whole, and the site that of the record, after a kill inside a publication?", numbers
    )


def kill_once(folder: Path, seed: int, step: str, chance: random.Random) -> str:
    """Recover, check everything, publish and die; returns the step that it died in."""
    folder.mkdir(exist_ok=True)
    delay_s = chance.choice((0.0, 0.0005, 0.002, chance.random() * 0.02))
    command = [sys.executable, str(HERE / "doomed.py"), str(folder), str(seed), step, str(delay_s)]
    environment = {**os.environ, "PYTHONPATH": str(HERE.parent)}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == b"recovered\n"
        check_all(folder)
        process.stdin.write(b"go\n")
        process.stdin.close()
        process.wait(timeout=300)
    assert process.returncode == -9, f"it ended by itself with {process.returncode}"
    return (folder / "step").read_bytes().decode().strip()


def check_all(folder: Path) -> None:
    """The record is whole and true, all that was acknowledged is in it, and the site is the one it gives."""
    record = folder / "public" / "record"
    if not (record / "checkpoint").exists():
        return
    report = verify_record(str(record), lambda: FolderReader(record))
    assert report.findings == ()
    reader = FolderReader(record)
    logged = [(entry.index, entry.id, entry.body) for entry in reader.entries(0, reader.size())]
    assert [index for index, _, _ in logged] == list(range(reader.size()))
    acknowledged = folder / "acknowledged"
    if acknowledged.exists():
        told = [line.split() for line in acknowledged.read_text().splitlines()]
        assert [(int(i), id_, body) for i, id_, body in told if (int(i), id_, body) not in set(logged)] == []
    elsewhere = folder / "elsewhere"
    shutil.rmtree(elsewhere, ignore_errors=True)
    Press(lambda: FolderReader(record), elsewhere, folder / "elsewhere.sqlite3").catch_up()
    assert differences(files_of(folder / "public" / "site"), files_of(elsewhere / "site")) == []
    shutil.rmtree(elsewhere)
    (folder / "elsewhere.sqlite3").unlink()
