"""The process tree of `communique serve`, run in a process of its own so that tests can kill any part of it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import textwrap
import time
from pathlib import Path

from public_folder import free_port

PROGRAM = textwrap.dedent(
    """
    import sys, time
    from pathlib import Path
    from communique.settings.processes import Newsroom, Site, Worker, run

    def say(line):
        print(line, flush=True)

    calls = 0

    def catch_up():
        global calls
        calls += 1
        say(f"call {calls}")
        MODE

    public, port, desk = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    newsroom = Newsroom(Path(sys.argv[4]), lambda: say("newsroom ready"), "small_newsroom") if desk else None
    worker = Worker(JOBS, 0.1)
    sys.exit(run(Site(public, port=port, desk=desk), worker, say, lambda: say("site ready"), newsroom))
    """
)


class Running:
    """`run` in a process of its own, with what it said. With `desk`, a small newsroom answers at that host name."""

    def __init__(self, public: Path, log: Path, mode: str = "pass", jobs: str = "[catch_up]", desk: str = "") -> None:
        self.port = free_port()
        self.log = log
        self.home = log.with_suffix(".home")
        self.home.mkdir(exist_ok=True)
        program = log.with_suffix(".py")
        program.write_text(PROGRAM.replace("MODE", mode).replace("JOBS", jobs))
        with log.open("wb") as out:
            command = [sys.executable, str(program), str(public), str(self.port), desk, str(self.home)]
            place = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
            self.process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env=place)

    def said(self) -> str:
        return self.log.read_text()

    def until(self, words: str, within_s: float = 20.0) -> None:
        end = time.monotonic() + within_s
        while words not in self.said():
            assert time.monotonic() < end, f"{words!r} was never said: {self.said()}"
            assert self.process.poll() is None, self.said()
            time.sleep(0.02)

    def until_ready(self) -> None:
        """Waits for both the site and the newsroom, whichever is first."""
        self.until("site ready")
        self.until("newsroom ready")

    def folders(self) -> list[Path]:
        """The folder of this run, while it is there."""
        return list(Path(tempfile.gettempdir()).glob(f"communique-{self.port}-*"))

    def family(self, of: str = "") -> set[int]:
        """Every process of the tree with `of` in its command line, found by the port or the run's folder in it."""
        listed = subprocess.run(["ps", "-axwwo", "pid=,command="], capture_output=True, text=True, check=True).stdout
        lines = (line.split(maxsplit=1) for line in listed.splitlines())
        return {int(pid) for pid, command in lines if re.search(rf"[ -]{self.port}\b", command) and of in command}

    def gone(self, within_s: float) -> bool:
        end = time.monotonic() + within_s
        while self.family():
            if time.monotonic() > end:
                return False
            time.sleep(0.05)
        return True
