"""What is due goes out: at its instant, once, whoever is killed, and whatever fails beside it.

Two workers of `communique serve` run on one office, in processes of their own and on the real clock. Every three
seconds one of them is killed with SIGKILL at a random moment and started again. A thread looks every few milliseconds
which pages are there for readers.
"""

from __future__ import annotations

import math
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.db import transaction

from communique.newsroom.models import Clearance, Release, ReleaseItem
from communique.newsroom.post.models import Mail
from communique.record.entry import parse_entry
from communique.record.models import LoggedEntry
from figures import Numbers
from newsroom.due_items import schedule_items
from newsroom.newsrooms import Desk

KILL_EVERY_S = 3.0
LOOK_S = 0.004
FAR = timedelta(days=30)
ALARMED_WITHIN_S = 15.0
"""the promise: whoever is to know of a failing item has a mail by then"""
HALF_WITHIN_S, NEARLY_ALL_WITHIN_S, ALL_WITHIN_S = 6.0, 15.0, 30.0
"""Bounds of lateness. Work alone takes a second or two, a kill as much more. Whoever waited would be later: a failing
item is tried again after 30 and 60 s, and what a dead worker holds ends with it or, if it were a lease, no sooner than
the 60 s for which a database or the 180 s for which a mail is waited. Half within 6 s: whoever slept while a failing
item waits would be late with most, not with a few."""
NOTHING_COMES_S = 120.0
"""so long nothing comes out only where nothing comes any more"""
START_S = 2.0
"""how long a worker takes to begin where a machine has a core for it. Where it takes longer, each kill does, too, and
all bounds grow with it: that a machine is ten times as slow is no fault of the worker"""
WITHOUT_CLEARANCE, WITHOUT_FILE = 0, 1
"""numbers of the items that cannot go out, due first of all"""

Report = Callable[[str, str, Numbers], None]


@dataclass
class Workers:
    """Two workers at work."""

    process: subprocess.Popen[str]
    pids: list[int] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    heard_at: list[float] = field(default_factory=list)
    """when each line was said, in seconds of a clock that only goes on"""
    kills: int = 0

    def make(self, place: int) -> None:
        """A worker in one of the two places."""
        made = len(self._made())
        assert self.process.stdin
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        until(lambda: len(self._made()) > made, 120)
        self.pids[place : place + 1] = [self._made()[-1]]

    def listen(self) -> None:
        """Until there is nothing more to hear."""
        assert self.process.stdout
        for line in self.process.stdout:
            self.heard_at.append(time.monotonic())
            self.said.append(line)

    def slowest_start_s(self) -> float:
        """The longest that a worker took from being made until it had done each of its jobs once."""
        heard = [(line.split(), at) for line, at in zip(self.said, self.heard_at, strict=False)]
        made = {words[1]: at for words, at in heard if words[0] == "made"}
        ready = {words[1]: at for words, at in heard if words[2:] == ["ready"]}
        return max(ready[pid] - made[pid] for pid in ready)

    def kill_one(self, chance: random.Random) -> None:
        """One of the two, at once, and another in its place."""
        place = chance.randrange(2)
        os.kill(self.pids[place], signal.SIGKILL)
        self.kills += 1
        self.make(place)

    def _made(self) -> list[int]:
        return [int(line.split()[1]) for line in self.said if line.startswith("made ")]


@contextmanager
def two_workers(home: Path) -> Iterator[Workers]:
    tests = str(Path(__file__).parents[1])
    command = [sys.executable, "-m", "newsroom.due_worker", str(home)]
    place = {**os.environ, "PYTHONPATH": tests}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=place) as process:
        workers = Workers(process)
        threading.Thread(target=workers.listen, daemon=True).start()
        try:
            for number in range(2):
                workers.make(number)
            until(lambda: sum("ready" in line for line in workers.said) == 2, 120)
            yield workers
        finally:
            process.kill()
            for pid in workers.pids:
                with suppress(ProcessLookupError):  # one that ended by itself says so; nothing waits for it here
                    os.kill(pid, signal.SIGKILL)


@dataclass
class Readers:
    """Looks what readers find, and when it was there first."""

    folder: Path
    seen: dict[str, float] = field(default_factory=dict)
    ended: threading.Event = field(default_factory=threading.Event)

    def look(self) -> None:
        while not self.ended.wait(LOOK_S):
            now = time.time()
            for day in self.folder.glob("[0-9]*/[0-9]*/[0-9]*"):
                for name in self._items(day) - self.seen.keys():  # a thousand names, every few milliseconds
                    if (day / name / "index.html").exists():
                        self.seen[name] = now

    @staticmethod
    def _items(day: Path) -> set[str]:
        """The items among the addresses of a day; a long day has pages of its list beside them."""
        return {name for name in os.listdir(day) if name.startswith("item-")}


def until(true: Callable[[], bool], within_s: float) -> None:
    end = time.monotonic() + within_s
    while not true():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.05)


def until_all_seen(readers: Readers, items: int) -> None:
    """However long it takes, as long as it goes on: what is lost never comes, and what is late is counted as late."""
    while (seen := len(readers.seen)) < items:
        until(lambda seen=seen: len(readers.seen) > seen, NOTHING_COMES_S)


def break_two(releases: list[Release]) -> list[Release]:
    """Two releases that cannot go out: a clearance is gone, a file is gone."""
    item = ReleaseItem.objects.get(release=releases[WITHOUT_CLEARANCE])
    Clearance.objects.filter(page_id=item.page_id).delete()
    gone = ReleaseItem.objects.get(release=releases[WITHOUT_FILE])
    gone.content = {**gone.content, "files": [{"file": {"private": "no-such-file", "sha256": "0" * 64}}]}
    gone.save()
    return [releases[WITHOUT_CLEARANCE], releases[WITHOUT_FILE]]


@transaction.atomic
def set_instants(releases: list[Release], begin: datetime, over_s: int, chance: random.Random) -> None:
    """Whole seconds over the span; what fails is due before all others."""
    for number, release in enumerate(releases):
        wait_s = 0 if number in (WITHOUT_CLEARANCE, WITHOUT_FILE) else chance.randint(1, over_s)
        release.at = begin + timedelta(seconds=wait_s)
        release.save(update_fields=["at"])


def of(lateness: list[float], share: float) -> float:
    """In seconds: the lateness that this share of all does not exceed."""
    return sorted(lateness)[math.ceil(share * len(lateness)) - 1]


def test_each_item_goes_out_once_never_early_though_workers_are_killed(
    desk: Desk, full_numbers: bool, figures: Report
) -> None:
    items, over_s = (1000, 300) if full_numbers else (50, 15)  # so many a second in either
    chance = random.Random(20270304)
    releases = schedule_items(desk, [datetime.now(UTC) + FAR] * items)
    broken = break_two(releases)
    readers = Readers(desk.home / "public" / "site" / "en" / "speeches")
    with two_workers(desk.home) as workers:
        threading.Thread(target=readers.look, daemon=True).start()
        set_instants(releases, datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=4), over_s, chance)
        kill_until(workers, max(release.at for release in releases), chance)
        until_all_seen(readers, items - len(broken))
        until(lambda: not Release.objects.filter(pk__in=[one.pk for one in broken], alarmed_at=None).exists(), 60)
    readers.ended.set()
    went_out = [release for release in releases if release not in broken]
    lateness = [readers.seen[f"item-{number}"] - release.at.timestamp() for number, release in enumerate(releases)
                if release not in broken]  # fmt: skip
    assert min(lateness) >= 0, "something was public before its instant"
    check_record(went_out)
    alarmed = check_broken(broken)
    slow = max(1.0, workers.slowest_start_s() / START_S)
    figures(
        "schedule",
        "Does each item go out once, at its instant, while workers are killed?",
        {
            "items scheduled": items,
            "over": f"{over_s} s",
            "workers killed": workers.kills,
            "out once": len(went_out),
            "out early": 0,
            "lost": 0,
            "failing items, each kept with its reason and alarmed once": len(broken),
            "a worker’s start, at most": f"{workers.slowest_start_s():.3f} s",
            "from the instant of a failing item until its alarm, at most": f"{max(alarmed):.3f} s",
            "from the instant until readers have it, half": f"{of(lateness, 0.5):.3f} s",
            "from the instant until readers have it, 99 of 100": f"{of(lateness, 0.99):.3f} s",
            "from the instant until readers have it, at most": f"{of(lateness, 1):.3f} s",
        },
    )
    assert max(alarmed) <= ALARMED_WITHIN_S * slow
    assert of(lateness, 0.5) <= HALF_WITHIN_S * slow
    assert of(lateness, 0.99) <= NEARLY_ALL_WITHIN_S * slow
    assert max(lateness) <= ALL_WITHIN_S * slow


def kill_until(workers: Workers, end: datetime, chance: random.Random) -> None:
    """One worker in each three seconds, at a random moment of them."""
    while (begin := time.time()) < end.timestamp():
        time.sleep(chance.uniform(0, KILL_EVERY_S))
        workers.kill_one(chance)
        time.sleep(max(0.0, begin + KILL_EVERY_S - time.time()))


def check_record(releases: list[Release]) -> None:
    """One entry each, not before its instant, and its release knows it."""
    for release in releases:
        release.refresh_from_db()
        item = release.items.get()
        entry = parse_entry(bytes(LoggedEntry.objects.get(ident=item.ident).data), 0)  # one, and no more
        assert datetime.fromisoformat(entry.at) >= release.at
        assert release.state == Release.State.OUT
        assert release.out_at
        assert release.out_at >= release.at
        assert [kept[1] for kept in release.entries] == [item.ident]


def check_broken(releases: list[Release]) -> list[float]:
    """Not out, still scheduled, with its reason, and one mail to the one person who may know: seconds until it."""
    alarmed = []
    for release, reason in zip(releases, ("its clearance is gone", "no-such-file"), strict=True):
        release.refresh_from_db()
        assert release.state == Release.State.WAITING
        assert reason in release.failure
        assert not LoggedEntry.objects.filter(ident=release.items.get().ident).exists()
        mail = Mail.objects.get(key__startswith=f"alarm/{release.pk}/")
        alarmed.append((mail.made_at - release.at).total_seconds())
    return alarmed
