"""A publishing process that kills itself (SIGKILL, no handler runs) at a random moment inside a chosen step.

    doomed.py FOLDER SEED STEP DELAY_S

It recovers first, prints `recovered`, waits for a line, then publishes a random history until it reaches STEP a random
number of times and DELAY_S later dies. The step it is in stands in FOLDER/step at every moment; what was acknowledged
to its caller is appended to FOLDER/acknowledged, synced.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import communique.settings  # noqa: F401
from communique.record.publishing import Draft, Published, Publisher
from communique.record.reader_folder import FolderReader
from communique.settings.configuration import Configuration
from communique.settings.engines import open_database
from histories import LANGUAGES, History
from offices import Office, furniture


class DoomedOffice(Office):
    """An office whose publisher watches the step it is in."""

    watch: Any = None

    @property
    def publisher(self) -> Publisher:
        return replace(
            super().publisher,
            fresh_salt=lambda _id, _number: os.urandom(32),
            observe=self.watch,
            followers=(replace(self.press, observe=self.watch).catch_up,),
        )

    def publish(self, *release: Draft) -> list[Published]:
        published = super().publish(*release)
        with (self.folder / "acknowledged").open("a") as file:
            file.writelines(f"{one.index} {one.id} {one.body}\n" for one in published)
            file.flush()
            os.fsync(file.fileno())
        return published


def main(folder: Path, seed: int, step: str, delay_s: float) -> None:
    chance = random.Random(seed)
    waits = chance.randrange(1, 4)
    place = os.open(folder / "step", os.O_RDWR | os.O_CREAT)

    def watch(now: str) -> None:
        nonlocal waits
        os.pwrite(place, now.ljust(40).encode(), 0)
        if armed and now == step:
            waits -= 1
            if waits == 0:
                threading.Timer(delay_s, lambda: os.kill(os.getpid(), signal.SIGKILL)).start()

    armed = False
    open_database(Configuration(home=folder))
    office = DoomedOffice(folder, "doomed.example/record")
    office.watch = watch
    office.publisher.recover()
    print("recovered", flush=True)
    sys.stdin.readline()
    armed = True
    if not (folder / "acknowledged").exists():
        office.publish(*furniture(LANGUAGES))
    history = History(office, seed)
    history.resume()
    office.at = max(datetime.now(UTC), datetime.fromisoformat(last_at(office))) + timedelta(minutes=1)
    for _ in history.play(10_000):
        pass


def last_at(office: Office) -> str:
    reader = FolderReader(office.record)
    *_, entry = reader.entries(reader.size() - 1, reader.size())
    return entry.at


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], float(sys.argv[4]))
