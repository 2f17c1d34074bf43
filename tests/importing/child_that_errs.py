"""The child, with pages that do what no page may: `Reader(("child_that_errs.py", HOW))` runs it like the real one.

A page's bytes say what is tried. HOW takes one of the limits away, so that the next one is seen to hold: `kernel` and
`hook` for the two that keep from network and files, `memory` for the kernel's limit of memory.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

from communique.importing import child, confinement
from communique.importing.raw import Raw

HOW = sys.argv[1]


def tried(raw: Raw) -> str:
    """Do what a page says, and say what came of it."""
    what, _, more = raw.data.decode().partition(" ")
    try:
        return str(TRIES[what](more))
    except OSError as fault:
        return f"refused ({type(fault).__name__})"


def _loop(_more: str) -> None:
    while True:
        pass


def _eat(_more: str) -> int:
    return len([bytearray(10_000_000) for _ in range(200)])


def _fall(_more: str) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def _reach(port: str) -> str:
    with socket.create_connection(("127.0.0.1", int(port)), 3) as line:
        line.sendall(b"found")
    return "reached"


def _lie(more: str) -> None:
    data = b"cos\nsystem\n(S'touch " + more.encode() + b"'\ntR."
    os.write(int(sys.argv[2]), len(data).to_bytes(8) + data)
    signal.pause()


def _write(path: str) -> int:
    return Path(path).write_text("found")


def _read(path: str) -> str:
    return Path(path).read_text()


def _run(path: str) -> int:
    return subprocess.run(["touch", path]).returncode


TRIES = {
    "loop": _loop,
    "eat": _eat,
    "fall": _fall,
    "reach": _reach,
    "lie": _lie,
    "write": _write,
    "run": _run,
    "read": _read,
}
TRIES |= {"say": str, "id": lambda _more: os.getpid()}

if __name__ == "__main__":
    child.WORK["try"] = tried
    confinement.LIMIT_SECONDS = 1.0
    if HOW == "kernel":
        confinement.leave_network = lambda: False
        confinement.limit_memory = lambda: False
    elif HOW == "hook":
        confinement.refuse_all_else = lambda: None
    child.main(int(sys.argv[2]))
