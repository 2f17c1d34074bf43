"""Many offices of many messages, followed by one `communique monitor`: its seconds and its memory.

What is measured is a process that is started anew for each poll of all offices, as from a timer, and the web that it
asks is another process (`offices_apart.py`).
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from communique.cli.main import run

TESTS = Path(__file__).parents[1]
NEW = 50


@dataclass(frozen=True)
class Measured:
    """One poll of all offices. `processor_s` is of the monitor alone, `passed_s` what a clock on the wall says."""

    offices: int
    entries: int
    alarms: int
    origins: int
    processor_s: float
    passed_s: float
    memory_mb: int


@contextmanager
def offices_on_the_web(messages: int) -> Iterator[str]:
    """Any number of offices at an address, each with so many messages."""
    command = [sys.executable, "-m", "mirror.offices_apart", str(messages)]
    with subprocess.Popen(command, cwd=TESTS, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def all_publish(address: str) -> None:
    """Let each office publish some messages."""
    urlopen(f"{address}/grow/{NEW}", timeout=60).close()  # noqa: S310 - our own


def polled(address: str, offices: int, state: Path) -> Measured:
    """One poll of all offices by a new process."""
    addresses = [f"{address}/office-{number}" for number in range(offices)]
    command = [sys.executable, "-m", "mirror.scale", "monitor", *addresses, "--state", str(state)]
    began = time.monotonic()
    done = subprocess.run([*command, "--rate", "10000", "--json"], cwd=TESTS, capture_output=True, text=True)
    passed_s = time.monotonic() - began
    *polls, cost = map(json.loads, done.stdout.splitlines())
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    return Measured(
        offices=len(polls),
        entries=sum(poll["new"] for poll in polls),
        alarms=sum(len(poll["alarms"]) for poll in polls),
        origins=len({poll["origin"] for poll in polls}),
        processor_s=cost["processor_s"],
        passed_s=round(passed_s, 1),
        memory_mb=cost["memory_mb"],
    )


def peak_mb() -> int:
    """The most memory that this program had. (The figure of `getrusage` begins with that of the process before it.)"""
    status = Path("/proc/self/status")
    if not status.exists():
        return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
    return round(int(line.split()[1]) / 1024)


if __name__ == "__main__":
    code = run([*sys.argv[1:], "--late-hours", "1000000"])
    print(json.dumps({"processor_s": round(time.process_time(), 1), "memory_mb": peak_mb()}))
    sys.exit(code)
