"""`communique import --publish`: a page's furniture is taken once; told otherwise, it is taken again when asked for."""

from __future__ import annotations

import json
import re
import shutil
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from breaking.commands import communique as in_a_process_of_its_own
from communique.cli.main import run
from founded_home import founded_home

ROOT = Path(__file__).parents[2]
EXAMPLE = (ROOT / "examples" / "embassy-page.txt").read_text("utf-8")
CHANGES = {
    "telephone": ("01632 960142", "01632 960199"),
    "mail": ("consular@orsemund.example", "help@orsemund.example"),
    "counter": ("she has not yet missed a morning", "the quay has been mended"),
    "clock": ("Lisbon: 08:42", "Lisbon - 08:42"),
}


def communique(*words: object) -> str:
    """What it prints, in this process."""
    with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
        status = run([str(word) for word in words])
    assert status == 0, err.getvalue()
    return out.getvalue()


def imported(home: Path, text: str, *options: str) -> dict[str, Any]:
    """What `import --publish` says of one page."""
    source = home.with_suffix(".txt")
    source.write_text(text, "utf-8")
    told: dict[str, Any] = json.loads(communique("--home", home, "import", source, "--publish", "--json", *options))
    return told


def shown(home: Path, told: dict[str, Any]) -> str:
    """The words of the imported message's page, its metadata and script facts left out."""
    page = (home / "public" / "site" / told["address"] / "index.html").read_text("utf-8")
    words = re.sub(r"<[^>]*>", "", page.partition("<body")[2])
    return " ".join(words.split())


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office that has taken in the example page, as from a shell, and has the tables of its desk."""
    home, page = tmp_path_factory.mktemp("import") / "home", ROOT / "examples" / "embassy-page.txt"
    founded_home(home, "--office", "Embassy", "--zone", "Europe/Lisbon", "--languages", "en")
    done = in_a_process_of_its_own("--home", home, "import", page, "--publish")
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture
def home(office: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(office, tmp_path / "home", symlinks=True))


@pytest.mark.parametrize("options", [(), ("--furniture",)])
def test_the_same_page_again_changes_nothing_and_counts_nothing(home: Path, options: tuple[str, ...]) -> None:
    told = imported(home, EXAMPLE, *options)
    assert (told["published"], told["furniture_left"], told["already"]) == ([], 0, 11)


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_piece_is_counted_and_left_until_it_is_asked_for(home: Path, change: str) -> None:
    page = EXAMPLE.replace(*CHANGES[change])
    before = entries(home)
    left = imported(home, page)
    assert (left["published"], left["furniture_left"]) == ([], 1)
    assert entries(home) == before
    taken = imported(home, page, "--furniture")
    assert (len(taken["published"]), taken["furniture_left"]) == (1, 0)
    again = imported(home, page, "--furniture")
    assert (again["published"], again["furniture_left"]) == ([], 0)


def test_the_message_shows_the_new_pieces_and_no_longer_the_old(home: Path) -> None:
    page = EXAMPLE
    for old, new in CHANGES.values():
        page = page.replace(old, new)
    told = imported(home, page, "--furniture")
    assert len(told["published"]) == 3, "one contact, one counter, one clock"
    words = shown(home, told)
    for name in ("telephone", "mail", "counter"):
        old, new = CHANGES[name]
        assert (new in words, old in words) == (True, False), name
    assert re.search(r"Lisbon ?- ?\d\d:\d\d", words)
    seqs = [entry["seq"] for entry in entries(home) if entry["kind"] == "furniture"]
    assert seqs[-3:] == [2, 2, 2], "next editions of the same ids"


def entries(home: Path) -> list[dict[str, Any]]:
    """The entries of a record of fewer than 256, from its widest bundle."""
    bundle = max((home / "public" / "record" / "tile" / "entries" / "000.p").iterdir(), key=lambda p: int(p.name))
    data, found = bundle.read_bytes(), []
    while data:
        length = int.from_bytes(data[:2], "big")
        found.append(json.loads(data[2 : 2 + length]))
        data = data[2 + length :]
    return found


def test_a_piece_that_the_office_lacks_is_added_beside_its_own(home: Path) -> None:
    page = EXAMPLE.replace("Lisbon: 08:42", "Lisbon: 08:42\nRome: 09:42")
    assert imported(home, page)["furniture_left"] == 1
    words = shown(home, imported(home, page, "--furniture"))
    assert re.search(r"Reykjavík: .*Lisbon: .*Rome: \d\d:\d\d", words)


UNDATED = EXAMPLE.replace("01.05.2026 - ", "", 1)


def test_what_was_not_understood_is_counted_and_said_with_its_line(office: Path, tmp_path: Path) -> None:
    for source, count in ((EXAMPLE, 0), (UNDATED, 2)):
        home = Path(shutil.copytree(office, tmp_path / f"home{count}", symlinks=True))
        told = imported(home, source)
        assert (told["not_understood"], len(told["left"])) == (count, count)
        done = in_a_process_of_its_own("import", home.with_suffix(".txt"), "--publish", home=home)
        assert done.returncode == 0
        said = f"{count} stretches not understood" if count else "every line was understood"
        assert done.stdout.splitlines()[0].endswith(said)
        assert len(done.stderr.splitlines()) == count
        for number, text, why in told["left"]:
            assert source.splitlines()[number - 1].strip() == text
            assert f"line {number}: not understood ({why}): {text}\n" in done.stderr


def test_what_is_to_be_reviewed_waits_at_the_desk_once_and_is_not_on_the_record(home: Path, tmp_path: Path) -> None:
    source = tmp_path / "page.txt"
    source.write_text(EXAMPLE.replace("Ambassador", "Envoy"), "utf-8")
    before = entries(home)
    for already in (False, True):
        told = json.loads(communique("--home", home, "import", source, "--review", "--json"))
        assert told["already"] is already
        assert told["page"] == (None if already else 1)
    assert entries(home) == before


def test_without_an_option_all_of_it_waits_at_the_desk_as_drafts(home: Path, tmp_path: Path) -> None:
    source = tmp_path / "page.txt"
    source.write_text(EXAMPLE.replace("Ambassador", "Envoy").replace("Ferry", "Boat").replace("ferry", "boat"), "utf-8")
    before = entries(home)
    told = json.loads(communique("--home", home, "import", source, "--json"))
    assert told["drafts"] > 0
    assert entries(home) == before
