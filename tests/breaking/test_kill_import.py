"""A process that takes in an archive is killed at any instant; in the end the record is as if nobody had killed it."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from founded_home import founded_home
from importing.old_sites import mixed, write_warc

HERE = Path(__file__).parent
LIMIT_KB = 1_000_000


def taken_in(home: Path, archive: Path, *doomed: object) -> dict[str, Any] | None:
    """What a process says that lived to its end; None of one that was killed."""
    command = [sys.executable, str(HERE / "doomed_import.py"), str(home), str(archive), *map(str, doomed)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(HERE.parent), *sys.path))}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, stdin=subprocess.DEVNULL)
    if done.returncode == -9:
        return None
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def instants(came: dict[str, int], kills: int) -> list[tuple[str, int, float]]:
    """Seeded instants in the order in which a process that is killed at each of them comes to them."""
    chance = random.Random(2026)
    parts = list(came)
    found = [(parts.index("pages"), chance.randrange(1, came["pages"])) for _ in range(kills // 2)]
    found += [(parts.index("messages"), chance.randrange(1, came["messages"])) for _ in range(kills // 3)]
    between = [part for part in parts if part not in ("pages", "messages")]
    found += [(parts.index(chance.choice(between)), 0) for _ in range(kills - len(found))]
    delays = {"pages": (0.0, 0.001, 0.02), "messages": (0.0, 0.001, 0.1)}
    return [(parts[n], count, chance.choice(delays.get(parts[n], (0.0,)))) for n, count in sorted(found)]


def record_of(home: Path) -> dict[str, bytes]:
    """Every file of a record; of tiles that are not full yet those of the checkpoint alone."""
    folder = home / "public" / "record"
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    size = int((folder / "checkpoint").read_text().splitlines()[1])
    found = {}
    for name, path in files.items():
        part = path.parent.name.endswith(".p")
        if part and int(path.name) != (size >> (0 if "/entries/" in name else 8 * int(name.split("/")[1]))) % 256:
            continue
        found[name] = path.read_bytes()
    return found


def test_an_import_that_is_killed_again_and_again_ends_as_if_never_killed(
    tmp_path: Path, full_numbers: bool, figures: Callable[..., None]
) -> None:
    messages, kills = (1_600, 20) if full_numbers else (6, 5)
    archive = tmp_path / "site.warc.gz"
    with archive.open("wb") as file:
        pages = write_warc(file, mixed(messages, 1))
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    founded_home(whole, "--office", "Embassy", "--address", "e.example", "--languages", "en,fr")
    shutil.copytree(whole, killed)
    told = taken_in(whole, archive)
    assert told is not None
    assert sum(told["report"]["pages"].values()) == pages
    died: Counter[str] = Counter()
    for what, count, delay_s in instants(told["came"], kills):
        died[what] += taken_in(killed, archive, what, count, delay_s) is None
    assert sum(died.values()) == kills
    assert {"pages", "messages"} <= set(died), "in reading and in landing"
    last = taken_in(killed, archive)
    assert last is not None
    assert last["report"] == {**told["report"], "files": last["report"]["files"]}
    expected = record_of(whole)
    assert record_of(killed) == expected
    again = taken_in(killed, archive)
    assert again is not None
    assert again["report"]["messages"] == {"already": told["report"]["messages"]["new"]}
    assert record_of(killed) == expected, "the second run changes nothing"
    assert told["most_kb"] < LIMIT_KB
    figures(
        "moving-in",
        "Does an archive that is killed on its way in end as if never killed, how fast, in how much memory?",
        {
            "pages of four chromes in one WARC": pages,
            "messages on the record": told["report"]["messages"]["new"],
            "kills": kills,
            **{f"of them while {what}": count for what, count in died.items()},
            "files of the record compared, all the same": len(expected),
            "entries that the second run added": 0,
            "seconds without a kill": round(told["seconds"], 1),
            "pages a second": round(pages / told["seconds"], 1),
            "of them seconds of landing": round(told["landing_s"], 1),
            "memory of the program and its children in MB, at most": told["most_kb"] // 1024,
        },
    )
