"""One of several processes that publish in one office at the same time.

    writer.py FOLDER DATABASE SEED MESSAGES

Prints `ready`, waits for a line, publishes a random history of so many messages and prints, for each entry that it was
told of, `INDEX ID BODY`. When the database was not there it prints `again` and does what the error says: goes on where
the release stands, else publishes it once more.
"""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import communique.settings  # noqa: F401
from communique.record.errors import Unreachable
from communique.record.publishing import NotYetPublic, Publisher
from communique.record.release import Draft, Published
from communique.settings.configuration import Configuration
from communique.settings.engines import open_database
from histories import LANGUAGES, History
from offices import Office, furniture


@dataclass
class Writer(Office):
    """An office that says what it was told."""

    @property
    def publisher(self) -> Publisher:
        return replace(super().publisher, fresh_salt=lambda _id, _number: os.urandom(32))

    def publish(self, *release: Draft) -> list[Published]:
        try:
            published = super().publish(*release)
        except NotYetPublic as error:
            print("again: recovering", flush=True)
            published = list(error.published)
            self._recover()
        except Unreachable:
            print("again: publishing", flush=True)
            self._recover()
            return self.publish(*release)
        for one in published:
            print(one.index, one.id, one.body, flush=True)
        return published

    def _recover(self) -> None:
        for _ in range(100):
            try:
                self.publisher.recover()
            except Unreachable:
                time.sleep(0.2)
            else:
                return
        raise SystemExit("the database did not come back")


def main(folder: Path, database: str, seed: int, messages: int) -> None:
    folder.mkdir(exist_ok=True)
    open_database(Configuration(home=folder, database=database))
    office = Writer(folder, "writers.example/record", at=datetime.now(UTC))
    if seed == 0:
        office.publish(*furniture(LANGUAGES))
        return
    print("ready", flush=True)
    sys.stdin.readline()
    for _ in History(office, seed).play(messages):
        pass


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
