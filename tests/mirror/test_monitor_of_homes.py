"""Offices that are real installations, asked over HTTP: backed up, lost, restored, rotated. No monitor raises an alarm.

`test_monitor.py` has lives in the thousands, whose files are a table. Here a home is made by `init`, its database and
its files are lost with the machine, and what was published after the backup comes back from a mirror.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from communique.mirror.copying import Mirror
from communique.mirror.log_copy import Read
from communique.mirror.monitor import Monitor
from communique.mirror.web import Web
from communique.record.reader_folder import FolderReader
from communique.settings.configuration import read_configuration
from communique.settings.office import without_followers
from communique.settings.restoring import restore
from communique.settings.rotating import end_overlap, rotate
from houses import House, founded
from strangers_web import Web as Served
from strangers_web import on_the_web

Report = Callable[[str, str, dict[str, object]], None]
STEPS = ("publish", "publish", "back up", "lose", "lose", "rotate", "another monitor")


@dataclass
class Story:
    """One office, its backup, its mirror and who follows it."""

    folder: Path
    chance: random.Random
    house: House
    web: Served
    backup: Path | None = None
    backed_up: int = 0
    published: int = 0
    done: Counter[str] = field(default_factory=Counter)

    @property
    def size(self) -> int:
        return FolderReader(self.house.record).size()

    def step(self, name: str) -> list[str]:
        """One thing that happens, and what a monitor says of it."""
        self.house.at += timedelta(hours=self.chance.randrange(1, 60))
        if name == "lose" and self.backup is None:
            name = "back up"
        self.done[name] += 1
        if name == "publish":
            self.publish()
        elif name == "back up":
            self.backup = self.house.back_up(self.folder / "backup")
            self.backed_up = self.size
        elif name == "lose":
            self.lose()
        elif name == "rotate":
            self.rotate()
        elif name == "another monitor":
            return self.alarms(f"monitor {self.published} {self.done}")
        return self.alarms("monitor")

    def publish(self) -> None:
        number = self.chance.choice((1, 1, 2, 5))
        self.house.publish(*(f"m{self.published + n}" for n in range(number)))
        self.published += number

    def rotate(self) -> None:
        configuration = read_configuration(self.house.home)
        if configuration.key_file_before.exists():
            end_overlap(configuration)
        else:
            rotate(self.house.opened())
            self.backup = self.house.back_up(self.folder / "backup")  # as the command says: back up the new key now
            self.backed_up = self.size
        self.publish()

    def lose(self) -> None:
        """Publish more, lose the machine, and come back from what was backed up before."""
        self.publish()
        with self.reading() as read:
            Mirror(self.folder / "mirror").update(read, {"address": self.web.address, "at": "then"})
        said, before = self.alarms("monitor"), self.size
        assert said == []
        assert self.backup is not None
        assert self.backed_up < before, "the database that comes back is older than what everybody saw"
        shutil.rmtree(self.house.home)
        home = self.folder / f"home {self.done['lose']}"
        restore(self.backup, home, mirrors=[str(self.folder / "mirror/record")])
        self.house = House(home, self.house.at + timedelta(hours=1))
        without_followers(self.house.opened().publisher).recover()
        assert self.size == before
        self.web.folder = home / "public"
        if self.chance.random() < 0.5:
            self.publish()

    def alarms(self, name: str) -> list[str]:
        """What a monitor that is called so says now, which asks over HTTP."""
        with self.reading_anywhere() as read_from:
            poll = Monitor(self.web.address, self.folder / name, read_from, lambda: self.house.at.timestamp()).poll()
        assert poll.size == self.size
        return [str(alarm) for alarm in poll.alarms]

    @contextmanager
    def reading_anywhere(self) -> Iterator[Callable[[str], Read]]:
        webs: list[Web] = []

        def read_from(address: str) -> Read:
            webs.append(Web(address, rate_per_s=10_000))
            return webs[-1].read

        yield read_from
        for web in webs:
            web.close()

    @contextmanager
    def reading(self) -> Iterator[Read]:
        with self.reading_anywhere() as read_from:
            yield read_from(f"{self.web.address}/record")


def lived(folder: Path, seed: int) -> Counter[str]:
    """Six things that happen to an office; raises where a monitor says a word."""
    chance = random.Random(seed)
    house = founded(folder / "home", datetime.now(UTC))
    with on_the_web(house.home / "public") as web:
        story = Story(folder, chance, house, web)
        story.publish()
        assert story.alarms("monitor") == []
        names = [chance.choice(STEPS) for _ in range(4)] + ["lose", "publish"]
        for name in names:
            assert story.step(name) == [], f"seed {seed}: after {name} of {names}"
    return story.done


def test_no_office_that_is_lost_and_restored_from_a_backup_raises_an_alarm_over_http(
    tmp_path: Path, full_numbers: bool, figures: Report
) -> None:
    number = 100 if full_numbers else 4
    done: Counter[str] = Counter()
    for seed in range(number):
        done += lived(tmp_path / str(seed), seed)
        shutil.rmtree(tmp_path / str(seed))
    assert done["lose"] >= number
    question = "Does an office that is lost and restored raise an alarm?"
    counted: dict[str, object] = {"installations, asked over HTTP": number, "alarms": 0}
    figures("monitor-homes", question, counted | {f"{name}, times": times for name, times in sorted(done.items())})
