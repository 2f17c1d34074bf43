"""A process that takes in an archive and kills itself (SIGKILL, no handler runs) at a chosen instant.

    doomed_import.py HOME ARCHIVE [WHAT COUNT DELAY_S]

It dies DELAY_S after it has come to COUNT of WHAT ("pages 120", "joining people 0", "messages 7"). Without that it
lives, and prints one JSON object: how far each part came, its seconds, its memory. Clock and salts follow from the ids,
so that the same archive gives the same record to the byte.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import communique.settings  # noqa: F401
from communique.settings.batch_report import as_json, report_of
from communique.settings.moving_in import Batch, Wishes
from communique.settings.office import open_installation, without_followers

AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)


class Memory(threading.Thread):
    """Looks four times a second at what this process and its children hold, pages that they share counted once."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most_kb = 0

    def run(self) -> None:
        while True:
            self.most_kb = max(self.most_kb, sum(_held_kb(process) for process in _family(os.getpid())))
            time.sleep(0.25)


def _family(process: int) -> list[int]:
    try:
        told = [task.read_text() for task in Path(f"/proc/{process}/task").glob("*/children")]
    except OSError:
        return [process]
    return [process, *(one for text in told for child in text.split() for one in _family(int(child)))]


def _held_kb(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def main(home: Path, archive: str, doomed_at: tuple[str, int] | None, delay_s: float) -> None:
    installation = open_installation(
        home, clock=lambda: AT, salts=lambda id_, number: sha256(f"{id_} {number}".encode()).digest()
    )
    publisher = without_followers(installation.publisher)
    publisher.recover()
    began = {"": time.monotonic()}
    came: dict[str, int] = {}

    def told(what: str, count: int, _share: float | None) -> None:
        nonlocal doomed_at
        began.setdefault(what, time.monotonic())
        came[what] = count
        if doomed_at and what == doomed_at[0] and count >= doomed_at[1]:
            doomed_at = None
            if not delay_s:
                os.kill(os.getpid(), signal.SIGKILL)
            threading.Timer(delay_s, lambda: os.kill(os.getpid(), signal.SIGKILL)).start()

    memory = Memory()
    memory.start()
    journal = Batch(installation, [archive], publisher.publish, Wishes(), told).run(sys.stdin.buffer)
    ended = time.monotonic()
    report = as_json(report_of(journal))
    told_of = {"came": came, "seconds": ended - began[""], "report": report, "most_kb": memory.most_kb}
    print(json.dumps({**told_of, "landing_s": ended - began.get("messages", ended)}))


if __name__ == "__main__":
    doomed = (sys.argv[3], int(sys.argv[4])) if len(sys.argv) > 3 else None
    main(Path(sys.argv[1]), sys.argv[2], doomed, float(sys.argv[5]) if doomed else 0.0)
