"""The program as a process of its own, as a shell starts it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

COMMUNIQUE = [sys.executable, "-c", "from communique.cli.main import main; main()"]


def communique(*words: object, home: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    where = ["--home", str(home)] if home else []
    command = [*COMMUNIQUE, *where, *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, "NO_COLOR": "1"})


def is_one_line(done: subprocess.CompletedProcess[str]) -> bool:
    """Whether a command that did not end well said why in one line, and was not a fault of ours."""
    return done.returncode in (1, 2, 3) and done.stderr.count("\n") == 1 and "Traceback" not in done.stderr
