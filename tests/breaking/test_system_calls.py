"""One publication is killed at each of its system calls that change anything, and each fails with EIO and ENOSPC.

strace does it to the process as it is: whatever Python, SQLite or a library asks of the system is met, not only what we
know of. A first run counts the calls; then each of them is broken in a copy of the same office.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from breaking.one_publication import DONE, NOT_YET, REFUSED
from communique.record.reader_folder import FolderReader
from sites import faults_of

HERE = Path(__file__).parent
CALL = re.compile(r"^(\d+ +)?([a-z_0-9]+)\(")
CHANGES = {
    "openat",
    "write",
    "pwrite64",
    "fsync",
    "fdatasync",
    "ftruncate",
    "rename",
    "unlink",
    "mkdir",
    "symlink",
    "rmdir",
}
"""Calls that leave something behind: a kill at any other is a kill at the next one of these."""
OF_MEMORY = {"brk", "mmap", "munmap", "mremap", "mprotect", "madvise", "futex", "rt_sigaction", "exit_group", "getpid"}
"""A disk does not break these."""
OTHERS = 200
"""so many of the calls that only read are broken, besides"""
RELEASE = {"publish": 2, "furnish": 1}


class Call(NamedTuple):
    """The `number`th call of this name, from 1."""

    name: str
    number: int


class Broken(NamedTuple):
    """What is done to a call: "signal=KILL" or "error=EIO"."""

    call: Call
    how: str


class Publications:
    """A process that forks publications, and an office of which each gets a copy at the same place."""

    def __init__(self, folder: Path) -> None:
        self.office = folder / "office"
        self.model = folder / "model"
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join((str(HERE.parent), *sys.path)),
            "PYTHONHASHSEED": "0",
        }
        self.process = subprocess.Popen(
            [sys.executable, HERE / "one_publication.py"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        self.run("make")
        shutil.copytree(self.office, self.model, symlinks=True)

    def run(self, verb: str, *strace: str) -> int:
        """Do it, under strace with these options if there are any; returns the status."""
        pid = int(self._line("child", f"{self.office} {verb}"))
        tracer = None
        if strace:
            command = ["strace", "-f", "-qq", "-p", str(pid), *strace]
            tracer = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
            while "TracerPid:\t0\n" in Path(f"/proc/{pid}/status").read_text():
                assert tracer.poll() is None, tracer.stderr and tracer.stderr.read()
        status = int(self._line("ended", "go"))
        if tracer:
            tracer.wait(timeout=60)
        return status

    def anew(self) -> None:
        shutil.rmtree(self.office)
        shutil.copytree(self.model, self.office, symlinks=True)

    def end(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=10)

    def _line(self, word: str, said: str) -> str:
        to, back = self.process.stdin, self.process.stdout
        assert to
        assert back
        to.write(f"{said}\n")
        to.flush()
        answer = back.readline().split()
        assert answer[0] == word, answer
        return answer[1]

    def calls(self, verb: str) -> list[Call]:
        """The system calls of a publication that nobody breaks, in order."""
        self.anew()
        log = self.office.with_name("calls")
        assert self.run(verb, "-o", str(log)) == DONE
        names = [found[2] for found in map(CALL.match, log.read_text().splitlines()) if found]
        counts: Counter[str] = Counter()
        found = []
        for name in names:
            counts[name] += 1
            found.append(Call(name, counts[name]))
        return found

    def break_at(self, verb: str, broken: Broken) -> int:
        """A publication with this call broken, then a start; returns the status. All is checked."""
        self.anew()
        size = FolderReader(self.office / "public" / "record").size()
        inject = f"{broken.call.name}:{broken.how}:when={broken.call.number}"
        status = self.run(verb, "-e", f"trace={broken.call.name}", "-e", f"inject={inject}", "-o", "/dev/null")
        assert self.run("recover") == DONE, broken
        public = self.office / "public"
        assert faults_of(public) == [], broken
        assert garbage(public) == [], broken
        grown = FolderReader(public / "record").size() - size
        assert grown in (0, RELEASE[verb]), broken
        assert grown or status not in (DONE, NOT_YET), f"{broken}: it was said to stand, and is gone"
        return status


def garbage(public: Path) -> list[str]:
    """What no one needs: builds but the live one and the one before it, temporary names."""
    live = int(os.readlink(public / "site").rpartition("/")[2])
    builds = [folder.name for folder in (public / "builds").iterdir() if int(folder.name) not in (live, live - 1)]
    return builds + [path.name for path in public.iterdir() if path.name not in KNOWN]


KNOWN = {"record", "site", "search", "builds", ".making-record", ".making-press"}


@pytest.fixture
def publications(tmp_path: Path) -> Iterator[Publications]:
    if not shutil.which("strace"):
        pytest.skip("strace is not installed (Debian: apt install strace)")
    found = Publications(tmp_path)
    yield found
    found.end()


def chosen(calls: Sequence[Call], full: bool, chance: random.Random, few: int) -> list[Broken]:
    """Every call that changes something, killed and failing twice, and some of the others, which a disk can fail, too;
    in small numbers a few of the calls that change something."""
    changes = [call for call in calls if call.name in CHANGES]
    hows = ("signal=KILL", "error=EIO", "error=ENOSPC")
    if not full:
        return [Broken(call, hows[number % 3]) for number, call in enumerate(chance.sample(changes, few))]
    others = [call for call in calls if call.name not in CHANGES | OF_MEMORY]
    some = chance.sample(others, min(OTHERS, len(others)))
    return [Broken(call, how) for how in hows for call in changes] + [Broken(call, "error=EIO") for call in some]


def test_a_publication_killed_or_failing_at_any_system_call_is_whole_after_the_next_start(
    publications: Publications, full_numbers: bool, figures: Callable[..., None]
) -> None:
    chance = random.Random(2026)
    counted: Counter[str] = Counter()
    for verb, few in (("publish", 9), ("furnish", 3)):
        calls = publications.calls(verb)
        counted[f"system calls, {verb}"] = len(calls)
        for broken in chosen(calls, full_numbers, chance, few):
            status = publications.break_at(verb, broken)
            counted[f"{verb}, {broken.how}"] += 1
            said = {DONE: "done all the same", NOT_YET: "committed, public later", REFUSED: "refused", -9: "killed"}
            counted[said[status]] += 1
    figures(
        "system-calls",
        "Is all whole, and nothing left behind, when any system call of a publication kills it or fails?",
        {**counted, "findings of the whole checks": 0},
    )
