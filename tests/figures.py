"""What trials print: `docs/figures/NAME.md`, one question a file, with commit, machine and numbers.

A test asks for the fixture `full_numbers` and takes its small number where that is False; with `TRIALS=1`
(`make trials`) it takes the number of the promise, and hands what it counted to the fixture `figures`:

    def test_every_kill_leaves_a_whole_site(full_numbers, figures):
        kills = 200 if full_numbers else 20
        ...
        figures("kills", "Is the site whole after a kill inside a publication?", {"kills": kills, "whole": whole})

Both print what was counted at the end of the run; `make test` writes nothing.
"""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "figures"

Numbers = Mapping[str, object]


def in_full_numbers() -> bool:
    """Whether the numbers of the promise are asked for, not those that fit ten minutes."""
    return os.environ.get("TRIALS", "") not in ("", "0")


def within(seconds: float) -> float:
    """How long to wait for what shall take so many seconds: in small numbers, which share their machine with other
    tests and browsers, thrice as long, so that only what hangs fails."""
    return seconds if in_full_numbers() else seconds * 3


def keep(name: str, question: str, numbers: Numbers) -> None:
    """In full numbers, keeps them in `docs/figures/NAME.md`."""
    if in_full_numbers():
        write(name, question, numbers)


def write(name: str, question: str, numbers: Numbers) -> None:
    """Keeps them in `docs/figures/NAME.md`."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{name}.md").write_text(as_markdown(question, numbers))


def in_one_line(question: str, numbers: Numbers) -> str:
    """The question, and what was counted."""
    return f"{question} {'; '.join(f'{what}: {number}' for what, number in numbers.items())}"


def as_markdown(question: str, numbers: Numbers) -> str:
    """The question as title, where it was asked, and a table of what was counted."""
    rows = "".join(f"| {what} | {number} |\n" for what, number in numbers.items())
    return f"# {question}\n\nCommit {commit()}. {machine()}.\n\n| counted | number |\n| --- | ---: |\n{rows}"


def commit() -> str:
    """The commit that was measured, and whether files differed from it."""
    head = _git("rev-parse", "--short=12", "HEAD") or "unknown"
    changed = _git("status", "--porcelain", "--untracked-files=no", "--", "src", "tests")
    return f"{head}, with changes" if changed else head


def machine() -> str:
    """Processor, cores, memory and Python, without the machine's name."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    system = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GiB"
    return f"{system}, Python {platform.python_version()}"


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else ""
