"""The showroom for a story: the demo, made once a run, copied for each story, served by its own processes."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from public_folder import free_port

STARTS_WITHIN_S = 180
"""on a machine that does other things, too"""
READY = ("The public site:", "The newsroom:")


@dataclass(frozen=True)
class Served:
    """The showroom, running: where strangers read and where the desk is."""

    site: str
    desk: str


@contextmanager
def served(installation: Path, home: Path) -> Iterator[Served]:
    """A copy of an installation in `home`: public site, newsroom and worker as `make demo` runs them."""
    shutil.copytree(installation, home, symlinks=True)
    port, log = free_port(), home.with_suffix(".log")
    with log.open("wb") as out:
        words = [sys.executable, "-m", "communique.demo", "--home", str(home), "--port", str(port), "--empty-desk"]
        process = subprocess.Popen(words, stdout=out, stderr=subprocess.STDOUT)
    try:
        _wait(process, log)
        yield Served(f"http://localhost:{port}/", f"http://desk.localhost:{port}/")
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)


def _wait(process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + STARTS_WITHIN_S
    while not all(words in log.read_text("utf-8") for words in READY):
        assert process.poll() is None, log.read_text("utf-8")
        assert time.monotonic() < end, f"not ready: {log.read_text('utf-8')}"
        time.sleep(0.1)
