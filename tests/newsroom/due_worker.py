"""`python -m newsroom.due_worker HOME`: makes workers of `communique serve` that a test can kill.

Django and Wagtail are loaded once; each line on standard input forks one worker, which opens the desk as a start does.
So a worker that was killed is there again in about a second, and the test is of the kill, not of loading Python.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from django.db import connections

import communique.newsroom.start  # noqa: F401 - before `settings`
from communique.newsroom.duties import duties
from communique.settings.desk import open_desk
from communique.settings.patience import once_free
from communique.settings.processes import Worker, run


def work(home: Path, parent: int) -> int:
    """One worker, until it is killed or who made it is gone."""

    def end_with_parent() -> None:
        if os.getppid() != parent:
            os._exit(0)

    def say(line: str) -> None:
        print(f"said {os.getpid()} {line}", flush=True)

    once_free(lambda: open_desk(home), say)
    return run(None, Worker((*duties(), end_with_parent)), say, lambda: say("ready"))


def main() -> None:
    """A worker a line."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # whoever was killed leaves no trace
    home, parent = Path(sys.argv[1]), os.getpid()
    once_free(lambda: open_desk(home))  # loads what a start loads besides
    connections.close_all()
    for _line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            os._exit(work(home, parent))
        print(f"made {pid}", flush=True)


if __name__ == "__main__":
    main()
