"""Each call of each step fails twice: before it did its work, and after; then pairs of them fail.

After each fault the office starts again (`recover`) and all of it is checked: record, what its caller was told, site.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

from breaking.faulty import Call, Faults
from communique.edition import parse_edition
from communique.record import publishing
from communique.record.publishing import NotYetPublic
from communique.record.reader_folder import FolderReader
from communique.record.release import Draft, Published
from offices import Office, id_of, make_office, message, piece
from sites import faults_of, told

NEW_OFFICE_EVERY = 20
KINDS = ("message", "many", "erasure", "furniture")
"""of releases; *many*: the two messages as a release so large that the disk is synced as one"""


@dataclass
class Breaking:
    """An office that publishes while calls fail; a new one now and then, so that whole checks stay quick."""

    folder: Path
    office: Office = field(init=False)
    number: int = 0
    broken: Counter[str] = field(default_factory=Counter)
    stood: int = 0
    refused: int = 0
    second_faults: int = 0

    def __post_init__(self) -> None:
        self._new_office()

    def _new_office(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.office = make_office(self.folder)

    def release(self, kind: str) -> list[Draft]:
        """The next release of a kind: a picture and two messages; an erasure; furniture that shows on every page."""
        self.number += 1
        key = f"m{self.number}"
        if kind == "furniture":
            return [Draft(id_of("notice"), "furniture", piece("notice", text={"en": f"Notice {self.number}."}))]
        picture = {"file": f"picture {key}".encode(), "media": "image/png"}
        release = [
            Draft(id_of(key), "publish", message(key, pictures=[picture])),
            Draft(id_of(f"{key} b"), "publish", message(f"{key}b")),
        ]
        if kind in ("message", "many"):
            return release
        (published, _) = self.office.publish(*release)
        edition = parse_edition((self.office.record / "editions" / published.body).read_bytes())
        parts = frozenset({*edition.files, edition.manifest["blocks"][0]})
        return [Draft(id_of(key), "erase", message(key, "Another text.", ground="A request."), erase=parts)]

    def calls(self, kind: str) -> list[Call]:
        """The calls that a publication of this kind makes when nothing fails."""
        release = self.release(kind)
        with as_large(kind), Faults(self.office) as faults:
            self.office.publish(*release)
        return faults.calls

    def break_one(self, kind: str, call: Call, yet_done: bool, second: int = 0) -> None:
        """One publication with a broken call; the `second`th call of the start after it breaks, too; all is checked."""
        with as_large(kind):
            self._break_one(kind, call, yet_done, second)

    def _break_one(self, kind: str, call: Call, yet_done: bool, second: int) -> None:
        if self.number % NEW_OFFICE_EVERY == 0:
            self._new_office()
        office, size = self.office, self.office.reader.size()
        release = self.release(kind)
        size = office.reader.size()
        published: list[Published] = []
        committed = None
        with Faults(office, call, yet_done, self.number) as faults:
            try:
                published = office.publish(*release)
                committed = True
            except NotYetPublic as error:
                published, committed = list(error.published), True
            except Exception:  # anything else: nothing has happened, unless it was the commit that lied
                committed = None if yet_done and call.sort == "database commit" else False
        if second:
            self._start_badly(second)
        office.publisher.recover()
        where = f"{kind}, {call}, {'yet done' if yet_done else 'not done'}, then {second}"
        assert faults_of(office.public, told(published)) == [], where
        grown = FolderReader(office.record).size() - size
        assert grown == (len(release) if committed else 0) or committed is None, where
        self.broken[call.step] += faults.done
        self.stood += faults.done and bool(published)
        self.refused += faults.done and not published
        office.at = office.at.replace(second=(office.at.second + 1) % 60)

    def _start_badly(self, second: int) -> None:
        with Faults(self.office, second, bool(second % 2), self.number) as faults, suppress(Exception):
            self.office.publisher.recover()
        self.second_faults += faults.done


def as_large(kind: str) -> AbstractContextManager[object]:
    """Have a release of two be one of many, so that not a hundred files are broken one by one."""
    return patch.object(publishing, "ONE_BY_ONE", 1) if kind == "many" else nullcontext()


def _first_of_each(calls: list[Call]) -> list[Call]:
    return [call for call in calls if call.number == 1]


def _some(calls: list[Call], chance: random.Random) -> list[Call]:
    """Of each sort of call in each step, all where they are few, else the first two and some of the others."""
    found: list[Call] = []
    for sort in dict.fromkeys((call.step, call.sort) for call in calls):
        same = [call for call in calls if (call.step, call.sort) == sort]
        found += same[:2] + chance.sample(same[2:], min(2, len(same[2:])))
    return found


def _one_of_each_step(calls: list[Call], chance: random.Random) -> list[Call]:
    steps = dict.fromkeys(call.step for call in calls)
    return [chance.choice([call for call in calls if call.step == step]) for step in steps]


def test_each_call_fails_once_and_fails_once_although_it_was_done(
    tmp_path: Path, full_numbers: bool, figures: Callable[..., None]
) -> None:
    breaking = Breaking(tmp_path / "office")
    chance = random.Random(3)
    for kind in KINDS:
        calls = breaking.calls(kind)
        for call in _some(calls, chance) if full_numbers else _one_of_each_step(calls, chance):
            for yet_done in (False, True) if full_numbers else (chance.random() < 0.5,):
                breaking.break_one(kind, call, yet_done)
    figures(
        "faults",
        "Is all whole after the next start when one call failed, done or not?",
        {
            "publications with one broken call": breaking.stood + breaking.refused,
            **{f"broken in step {step}": times for step, times in sorted(breaking.broken.items())},
            "releases that stood": breaking.stood,
            "releases that had not happened": breaking.refused,
            "findings of the whole checks": 0,
        },
    )


def test_a_fault_and_another_one_in_the_start_after_it_lose_nothing(
    tmp_path: Path, full_numbers: bool, figures: Callable[..., None]
) -> None:
    breaking = Breaking(tmp_path / "office")
    chance = random.Random(7)
    pairs = 0
    for kind in KINDS:
        calls = [call for call in breaking.calls(kind) if call.step > "2"]
        firsts = _first_of_each(calls)
        for call in firsts if full_numbers else chance.sample(firsts, 2):
            for second in chance.sample(range(1, 40), 2 if full_numbers else 1):
                breaking.break_one(kind, call, bool(pairs % 2), second)
                pairs += 1
    assert breaking.second_faults > pairs / 3
    figures(
        "pairs-of-faults",
        "Is all whole when a call fails and then the start after it fails, too?",
        {
            "publications with a broken call": pairs,
            **{f"broken in step {step}": times for step, times in sorted(breaking.broken.items())},
            "starts after it with a broken call": breaking.second_faults,
            "findings of the whole checks": 0,
        },
    )
