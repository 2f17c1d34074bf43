"""A publishing process that kills itself (SIGKILL, no handler runs) at a random moment inside a chosen step.

    doomed.py FOLDER SEED STEP DELAY_S WHEN

It recovers first, prints `recovered`, waits for a line, then publishes a random history. DELAY_S after it has reached
STEP for a random time it dies; with WHEN `recovering`, this may come in the recovery, before anything is printed. The
step it is in stands in FOLDER/step at every moment; what was acknowledged to its caller is appended to
FOLDER/acknowledged, synced.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import communique.settings  # noqa: F401
from communique.record.publishing import Publisher
from communique.record.reader_folder import FolderReader
from communique.record.release import Draft, Published
from communique.settings.configuration import Configuration
from communique.settings.engines import open_database
from histories import LANGUAGES, History
from offices import Office, furniture, id_of, piece

BETWEEN = "between publications"


@dataclass
class Doom:
    """Writes down the step that begins, and dies in one."""

    place: int
    step: str
    delay_s: float
    waits: int
    armed: bool
    erasing: bool = False
    """whether the release under way erases something"""

    def watch(self, now: str) -> None:
        os.pwrite(self.place, now.ljust(40).encode(), 0)
        if self.armed and now == self.step and (self.erasing or now != "5a erasing"):
            self.waits -= 1
            if self.waits == 0:
                threading.Timer(self.delay_s, lambda: os.kill(os.getpid(), signal.SIGKILL)).start()


@dataclass
class DoomedOffice(Office):
    """An office whose publisher and press tell the step they are in."""

    doom: Doom | None = None
    watch: Callable[[str], None] = field(default=lambda _step: None)

    @property
    def publisher(self) -> Publisher:
        return replace(
            super().publisher,
            fresh_salt=lambda _id, _number: os.urandom(32),
            observe=self.watch,
            followers=(replace(self.press, observe=self.watch).catch_up,),
        )

    def publish(self, *release: Draft) -> list[Published]:
        assert self.doom is not None
        self.doom.erasing = any(draft.kind == "erase" for draft in release)
        published = super().publish(*release)
        self.watch(BETWEEN)
        with (self.folder / "acknowledged").open("a") as file:
            file.writelines(f"{one.index} {one.id} {one.body}\n" for one in published)
            file.flush()
            os.fsync(file.fileno())
        return published


def main(folder: Path, seed: int, step: str, delay_s: float, recovering: bool) -> None:
    chance = random.Random(seed)
    place = os.open(folder / "step", os.O_RDWR | os.O_CREAT)
    doom = Doom(place, step, delay_s, 1 if recovering else chance.randrange(1, 4), recovering, erasing=recovering)
    open_database(Configuration(home=folder))
    office = DoomedOffice(folder, "doomed.example/record", doom=doom, watch=doom.watch)
    office.publisher.recover()
    doom.watch(BETWEEN)
    print("recovered", flush=True)
    sys.stdin.readline()
    doom.armed, doom.erasing = True, False
    if not (folder / "acknowledged").exists():
        office.publish(*furniture(LANGUAGES))
    history = History(office, seed)
    history.resume()
    office.at = max(datetime.now(UTC), datetime.fromisoformat(last_at(office))) + timedelta(minutes=1)
    for number, _ in enumerate(history.play(10_000)):
        if step.startswith("9"):
            words = {"en": {"one": f"# day {number}", "other": f"# days {number}"}}
            counter = piece("counter", since="2025-01-21", sentence=words)
            office.publish(Draft(id_of("counter 0"), "furniture", counter))


def last_at(office: Office) -> str:
    reader = FolderReader(office.record)
    *_, entry = reader.entries(reader.size() - 1, reader.size())
    return entry.at


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], float(sys.argv[4]), sys.argv[5] == "recovering")
