"""The demo as `make demo` makes it, made once in a run of tests by two processes that start at the same time.

`STORIES_FROM=folder` takes an installation that `python -m communique.demo --home folder --only-make` has made before.
"""

from __future__ import annotations

import os
import subprocess
import sys
from glob import glob
from pathlib import Path

from once import once_a_run

MADE_WITHIN_S = 600
"""on a machine that does other things, too"""


def made_demo() -> Path:
    """The demo's installation, to be read or copied."""
    before = os.environ.get("STORIES_FROM")
    return Path(before) if before else once_a_run("demo", _made_by_two)


def pages_of(public: Path) -> dict[str, Path]:
    """Every page of a baked site by its path from the root, with its file; `404.html` is `404/` once more."""
    site = public / "site"
    names = sorted(glob("**/*.html", root_dir=site, recursive=True))
    return {name.removesuffix("index.html"): site / name for name in names if name != "404.html"}


def making(home: Path, how: str = "--only-make") -> subprocess.Popen[bytes]:
    """A process that makes the demo in a folder."""
    words = [sys.executable, "-m", "communique.demo", "--home", str(home), how]
    return subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def finished(process: subprocess.Popen[bytes]) -> tuple[int, bytes]:
    """Its exit status and what it said of errors."""
    _, said = process.communicate(timeout=MADE_WITHIN_S)
    return process.returncode, said


def _made_by_two(home: Path) -> None:
    at_once = [making(home), making(home)]
    assert [finished(process) for process in at_once] == [(0, b"")] * 2
