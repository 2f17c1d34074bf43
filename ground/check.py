"""`make check`: everything that can be said of the source without running the product.

One line for each question, with what was found only where the answer is no. All are asked, so that one run tells
everything; exit status 1 when any says no.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sys.executable

QUESTIONS: dict[str, list[str]] = {
    "format": ["ruff", "format", "--check", "--quiet", "--output-format", "concise", "."],
    "lint": ["ruff", "check", "--quiet", "--output-format", "concise", "."],
    "types of the house": ["mypy", "--no-error-summary"],
    "types of the ground": ["mypy", "--no-error-summary", "ground", "tests/test_arrows.py"],
    "directions of imports": ["pytest", "-q", "-p", "no:cacheprovider", "tests/test_arrows.py"],
    "the desk's languages": ["ground/speak.py", "--check"],
    "lock file": [str(ROOT / ".venv" / "uv" / "bin" / "uv"), "lock", "--check", "--quiet", "--offline"],
    "licences": ["ground/bill.py", "dist/communique.cdx.json"],
    "known holes": ["ground/holes.py"],
}
"""Question to what answers it: a module, a script of ours, or a program by its path."""

SPEAKS_WHEN_FINE = {"known holes", "licences"}


def main() -> int:
    """Asks every question; returns 1 when one was answered with no."""
    answers = [ask(question, command) for question, command in QUESTIONS.items()]
    return 0 if all(answers) else 1


def ask(question: str, command: list[str]) -> bool:
    """Runs what answers a question, prints its line, and what it found where that is something to mend."""
    began = time.monotonic()
    done = subprocess.run(runnable(command), cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    fine = done.returncode == 0
    print(f"{'fine' if fine else 'NO  '}  {question} ({time.monotonic() - began:.0f} s)", flush=True)
    if not fine or question in SPEAKS_WHEN_FINE:
        print("".join(f"      {line}\n" for line in (done.stdout + done.stderr).splitlines()), end="", flush=True)
    return fine


def runnable(command: list[str]) -> list[str]:
    """The command with this environment's Python before a module or a script."""
    first = command[0]
    if first.startswith("/"):
        return command
    return [PYTHON, *([] if first.endswith(".py") else ["-m"]), *command]


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
