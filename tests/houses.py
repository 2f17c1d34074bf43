"""Real installations, made by `init`, that are backed up, lost and restored; their clock is the test's."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from communique.record.release import Draft
from communique.settings.backup import back_up
from communique.settings.configuration import FILE_NAME, read_configuration
from communique.settings.office import Installation, found_installation, open_installation, without_followers
from communique.settings.office_facts import office_piece
from offices import furniture, id_of, message

ADDRESS = "embassy.example"
NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)


@dataclass
class House:
    """One installation of the office; `at` is its clock. It is opened anew for each act, as by a process of its own."""

    home: Path
    at: datetime = NOW

    @property
    def record(self) -> Path:
        return self.home / "public" / "record"

    def opened(self) -> Installation:
        return open_installation(
            self.home, lambda: self.at, lambda id_, n: sha256(f"{self.at}{id_}{n}".encode()).digest()
        )

    def publish(self, *keys: str, apart: bool = False, **more: object) -> None:
        """A release of messages, or one for each."""
        publisher = without_followers(self.opened().publisher)
        drafts = [Draft(id_of(key), "publish", message(key, **more)) for key in keys]
        for release in [[draft] for draft in drafts] if apart else [drafts]:
            publisher.publish(release)
            self.at += timedelta(minutes=1)

    def back_up(self, folder: Path) -> Path:
        back_up(read_configuration(self.home), f"{ADDRESS}/record", folder, self.at)
        return folder

    def copy_public(self, folder: Path) -> Path:
        """What a mirror has: a copy of the public files of the record."""
        shutil.copytree(self.record, folder)
        return folder

    def name(self, **places: list[str]) -> None:
        """Name mirrors and witnesses in the settings."""
        file = self.home / FILE_NAME
        lines = [line for line in file.read_text().splitlines() if line.partition(" = ")[0] not in places]
        file.write_text("\n".join([*(f"{name} = {value!r}" for name, value in places.items()), *lines]) + "\n")


def founded(home: Path, at: datetime = NOW) -> House:
    """An office with its furniture. Its first two entries bear the machine's own time."""
    found_installation(home, ADDRESS, office_piece("Embassy", "Europe/London", ["en"], "d MMMM y", ADDRESS))
    house = House(home, at)
    without_followers(house.opened().publisher).publish(furniture()[1:])
    return house
