"""A publishing process is killed inside every step; after recovery nothing is lost, doubled or half-written."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from sites import faults_of

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
NEW_OFFICE_EVERY = 12
"""kills; a small archive keeps the comparison of whole sites quick"""


@dataclass
class Kills:
    """How many processes died where, and what was checked afterwards."""

    folder: Path
    chance: random.Random
    died_in: Counter[str] = field(default_factory=Counter)
    in_recovery: int = 0
    checks: int = 0
    acknowledged: int = 0

    def kill(self, number: int, step: str) -> None:
        """Recover, check everything, publish and die; one time in four die in the recovery itself, if it comes there.

        A process that dies between two publications is not counted.
        """
        self.folder.mkdir(exist_ok=True)
        delay_s = self.chance.choice((0.0, 0.0005, 0.002, self.chance.random() * 0.02))
        when = self.chance.choice(("recovering", "publishing", "publishing", "publishing"))
        command = [sys.executable, str(HERE / "doomed.py"), str(self.folder), str(number), step, str(delay_s), when]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(HERE.parent), *sys.path))}
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            recovered = process.stdout.readline() == b"recovered\n"
            if recovered:
                self.check()
            with suppress(BrokenPipeError):  # it may have died by now
                process.stdin.write(b"go\n")
                process.stdin.close()
            process.wait(timeout=300)
        assert process.returncode == -9, f"it ended by itself with {process.returncode}"
        self.in_recovery += not recovered
        self.died_in[(self.folder / "step").read_bytes().decode().strip()] += 1

    def check(self) -> None:
        """The office is whole, and what callers were told is there."""
        if not (self.folder / "public" / "record" / "checkpoint").exists():
            return
        acknowledged = self.folder / "acknowledged"
        lines = acknowledged.read_text().splitlines() if acknowledged.exists() else []
        told = [(int(index), id_, body) for index, id_, body in map(str.split, lines)]
        assert faults_of(self.folder / "public", told) == []
        self.checks += 1
        self.acknowledged += len(told)

    def recover_and_check(self) -> None:
        """The last kill's recovery, by a process that nobody kills."""
        command = [sys.executable, str(HERE / "doomed.py"), str(self.folder), "0", "none", "0", "never"]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(HERE.parent), *sys.path))}
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"recovered\n"
            self.check()
            process.kill()


def test_a_kill_at_any_moment_of_any_step_loses_and_doubles_nothing(
    tmp_path: Path, full_numbers: bool, figures: Callable[..., None]
) -> None:
    each, least = (15, 200) if full_numbers else (1, 14)
    kills = Kills(tmp_path / "office", random.Random(2026))
    rounds = 0
    while sum(kills.died_in[step] for step in STEPS) < least or min(kills.died_in[step] for step in STEPS) < each:
        assert rounds < least * 4, f"the kills do not reach every step: {kills.died_in}"
        kills.kill(rounds, min(STEPS, key=lambda step: kills.died_in[step]))
        rounds += 1
        if rounds % NEW_OFFICE_EVERY == 0:
            kills.recover_and_check()
            shutil.rmtree(kills.folder)
    if kills.folder.exists():
        kills.recover_and_check()
    figures(
        "kills",
        "Is the record whole, and the site that of the record, after a kill inside a publication?",
        {
            "kills inside publications": sum(kills.died_in[step] for step in STEPS),
            **{f"in step {step}": kills.died_in[step] for step in STEPS},
            "kills between two publications, not counted": rounds - sum(kills.died_in[step] for step in STEPS),
            "of all these inside a recovery": kills.in_recovery,
            "whole checks of record and site after recovery": kills.checks,
            "acknowledged entries looked for, and found": kills.acknowledged,
            "entries lost, indexes given twice, files differing": 0,
        },
    )
