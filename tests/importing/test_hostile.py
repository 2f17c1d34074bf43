"""Four hundred hostile inputs: none is stored, none breaks a batch, the limits hold, each is refused in a sentence."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from communique.importing import page as _facts  # noqa: F401 - what a reader hands back is known
from communique.importing.confinement import LIMIT_MEMORY_BYTES
from communique.importing.errors import ImportingError
from communique.importing.reader import LIMIT_WAIT_SECONDS, Reader
from communique.importing.sources import raw_pages
from founded_home import founded_home
from importing.hostile import FULL, GOOD, SMALL, Input, inputs

PROGRAM = str(Path(sys.executable).with_name("communique"))


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as found:
        yield found


@pytest.fixture
def families(full_numbers: bool) -> dict[str, list[Input]]:
    return inputs(FULL if full_numbers else SMALL)


def test_there_are_four_hundred(families: dict[str, list[Input]]) -> None:
    names = [(family, name) for family, each in families.items() for name, _ in each]
    assert len(names) == len(set(names))
    assert len(names) >= 400


def test_each_is_refused_in_a_sentence_inside_the_limits(
    families: dict[str, list[Input]], reader: Reader, tmp_path: Path, figures: Callable[..., None]
) -> None:
    longest = largest = 0.0
    wrong: list[str] = []
    for name, make in (one for each in families.values() for one in each):
        path = tmp_path / name
        path.write_bytes(make())
        start = time.monotonic()
        pages = raw_pages([str(path)], sys.stdin.buffer, opened=reader.opened)
        found = [said for _, said in reader.read_all("page", pages)]
        longest = max(longest, time.monotonic() - start)
        largest = max(largest, *map(peak_bytes, reader.processes), 0)
        path.unlink()
        if not found or not all(is_refusal(said, name) for said in found):
            wrong.append(f"{name}: {str(found)[:300]}")
    assert wrong == []
    assert largest < LIMIT_MEMORY_BYTES * 1.1
    assert longest < LIMIT_WAIT_SECONDS * 1.5, "by the clock on the wall, of a machine that may be busy"
    figures(
        "hostile",
        "How many hostile inputs are refused, and what do they cost?",
        {
            **{f"refused, {family}": len(each) for family, each in families.items()},
            "refused, all": sum(map(len, families.values())),
            "read": len(wrong),
            "longest, s": round(longest, 1),
            "most memory of a child, MB": round(largest / 1e6),
        },
    )


def is_refusal(said: object, name: str) -> bool:
    """Whether a page was refused in one line that says where, what and what to do."""
    if not isinstance(said, ImportingError) or name not in said.where or "\n" in str(said):
        return False
    return bool(said.what) and len(said.remedy) > 8 and len(str(said)) < 700


def peak_bytes(process: int) -> int:
    """The most memory that a process had at once; 0 where the system does not tell."""
    try:
        lines = Path(f"/proc/{process}/status").read_text("ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")), 0)


def test_a_batch_of_them_stores_the_one_good_page(tmp_path: Path, families: dict[str, list[Input]]) -> None:
    home, folder = tmp_path / "home", tmp_path / "pages"
    folder.mkdir()
    count = 0
    for each in families.values():
        for name, make in each[:2]:
            data = make()
            if len(data) < 3_000_000:
                (folder / f"{count}-{name}").write_bytes(data)
                count += 1
    (folder / "good.html").write_bytes(GOOD)
    founded_home(home, "--office", "Embassy", "--zone", "Europe/Lisbon", "--languages", "en")
    done = communique("--home", home, "import", folder, "--publish", "--json", "--captured", "2026-05-04", status=2)
    *told, last = [json.loads(line) for line in done.stdout.splitlines()]
    assert [Path(one["source"]).name for one in told] == ["good.html"], done.stderr
    assert last["report"]["messages"] == {"new": 1}
    refused = [line for line in done.stderr.splitlines() if line.startswith("communique import: ")]
    assert len(refused) >= count > 15
    assert "Traceback" not in done.stderr


def test_a_folder_is_not_left_by_a_link(tmp_path: Path) -> None:
    (tmp_path / "secret.html").write_bytes(GOOD)
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.html").symlink_to(tmp_path / "secret.html")
    (folder / "b").symlink_to(tmp_path, target_is_directory=True)
    (folder / "c.html").write_bytes(GOOD)
    found = list(raw_pages([str(folder)], sys.stdin.buffer))
    assert [page.id for page in found if not isinstance(page, ImportingError)] == ["c"]


def communique(*words: object, status: int = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [PROGRAM, *map(str, words)], capture_output=True, text=True, timeout=600, env={**os.environ, "COLUMNS": "200"}
    )
    assert done.returncode == status, done.stderr
    return done
