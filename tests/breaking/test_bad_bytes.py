"""Bytes that are not what was written: in the record's files, the site, the press's memory, the database.

Publishing goes on or refuses in one line; it never signs another story. `bake --full` mends whatever follows from the
database and says in one line what does not.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable, Collection
from pathlib import Path

import pytest

from breaking.commands import communique, is_one_line
from figures import in_full_numbers
from founded_home import founded_home
from sites import faults_of

PAGE = Path(__file__).resolve().parents[2] / "examples" / "embassy-page.txt"
Damage = Callable[[Path], object]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two installations with a page each, `ours` and `theirs`; tests work on copies."""
    folder = tmp_path_factory.mktemp("model")
    for name in ("ours", "theirs"):
        address = f"{name}.example"
        founded_home(folder / name, "--office", "Embassy", "--address", address, "--languages", "en")
        assert communique("import", PAGE, "--publish", home=folder / name).returncode == 0
    return folder


@pytest.fixture
def home(model: Path, tmp_path: Path) -> Path:
    """A copy of `ours`, with `theirs` beside it."""
    for name in ("ours", "theirs"):
        shutil.copytree(model / name, tmp_path / name, symlinks=True)
    return tmp_path / "ours"


def flip(file: Path, at: int | None = None) -> None:
    """Flip one bit of one byte, in the middle unless told otherwise."""
    data = bytearray(file.read_bytes())
    data[len(data) // 2 if at is None else at] ^= 1
    file.write_bytes(data)


def only(folder: Path, pattern: str) -> Path:
    """The last file of this pattern; of partial tiles the widest."""
    return sorted(folder.glob(pattern), key=lambda file: (len(file.name), file.name))[-1]


def checkpoint_line(home: Path, number: int, change: Callable[[str], str]) -> None:
    file = home / "public/record/checkpoint"
    lines = file.read_text().split("\n")
    lines[number] = change(lines[number])
    file.write_text("\n".join(lines))


def replace_by_theirs(home: Path, path: str) -> None:
    """Put a file or folder of the other office in the place of ours."""
    ours, theirs = home / path, home.parent / "theirs" / path
    shutil.rmtree(ours) if ours.is_dir() else ours.unlink()
    shutil.copytree(theirs, ours) if theirs.is_dir() else shutil.copy(theirs, ours)


def in_catalogue(home: Path, statement: str) -> None:
    with sqlite3.connect(home / "press.sqlite3") as database:
        database.execute(statement)
    database.close()


def link_site_to(home: Path, target: str) -> None:
    (home / "public/site").unlink()
    (home / "public/site").symlink_to(target)


def site_as_a_folder(home: Path) -> None:
    site = home / "public/site"
    build = site.resolve()
    site.unlink()
    shutil.copytree(build, site, symlinks=True)


def empty_but_an_edition(home: Path) -> None:
    """Each edition's file is gone, as after a copy that was broken off."""
    for file in (home / "public/record/editions").iterdir():
        file.unlink()


GOES_ON: dict[str, Damage] = {
    "the build folder is gone": lambda home: shutil.rmtree((home / "public/site").resolve()),
    "all builds are gone": lambda home: shutil.rmtree(home / "public/builds"),
    "the link to the build is gone": lambda home: (home / "public/site").unlink(),
    "the link leads to a build that is not there": lambda home: link_site_to(home, "builds/99"),
    "the catalogue is empty": lambda home: (home / "press.sqlite3").write_bytes(b""),
    "the catalogue is something else": lambda home: (home / "press.sqlite3").write_text("no database " * 1000),
    "the catalogue is half": lambda home: halve(home / "press.sqlite3"),
    "the catalogue is another office's": lambda home: replace_by_theirs(home, "press.sqlite3"),
    "the catalogue is of an older program": lambda home: in_catalogue(home, "PRAGMA user_version = 1"),
    "the catalogue knows more than the record": lambda home: in_catalogue(home, "UPDATE place SET position = 999"),
    "the catalogue is of another record": lambda home: in_catalogue(home, "UPDATE place SET leaf = 'ab'"),
    "a piece in the catalogue is no JSON": lambda home: in_catalogue(home, "UPDATE piece SET content = '{'"),
    "an entry in the catalogue is none": lambda home: in_catalogue(home, "UPDATE entry SET data = x'00'"),
    "the whole record folder is gone": lambda home: shutil.rmtree(home / "public/record"),
    "the checkpoint is gone": lambda home: (home / "public/record/checkpoint").unlink(),
}
"""`bake` alone makes all whole"""

REFUSES: dict[str, tuple[Damage, str]] = {
    "a tile": (lambda home: flip(only(home / "public/record", "tile/0/000.p/*")), "do not give the root"),
    "a tile is half": (lambda home: halve(only(home / "public/record", "tile/0/000.p/*")), "hashes of 32"),
    "a tile is gone": (lambda home: shutil.rmtree(home / "public/record/tile/0"), "missing"),
    "the size": (lambda home: checkpoint_line(home, 1, lambda line: str(int(line) + 1)), "signature"),
    "the root": (lambda home: checkpoint_line(home, 2, lambda line: line[:-2] + "A="), ""),
    "the signature": (lambda home: checkpoint_line(home, 4, lambda line: line[:-9] + "AAAAAAAA="), ""),
    "the checkpoint is empty": (lambda home: (home / "public/record/checkpoint").write_bytes(b""), ""),
    "the checkpoint is half": (lambda home: halve(home / "public/record/checkpoint"), ""),
    "the checkpoint is no text": (lambda home: (home / "public/record/checkpoint").write_bytes(bytes(range(256))), ""),
}
"""`bake` refuses; `bake --full` makes all whole"""

UNSEEN: dict[str, Damage] = {
    "a bundle": lambda home: flip(only(home / "public/record", "tile/entries/000.p/*")),
    "an older tile": lambda home: flip(sorted((home / "public/record").glob("tile/0/000.p/*"))[0]),
    "an edition": lambda home: flip(only(home / "public/record", "editions/*")),
    "all editions are gone": empty_but_an_edition,
    "a page": lambda home: flip(home / "public/site/en/index.html"),
    "a page is gone": lambda home: (home / "public/site/en/all/index.html").unlink(),
    "a page too many": lambda home: (home / "public/site/en/more.html").write_text("not ours"),
    "the policy": lambda home: flip(home / "public/record/policy"),
    "the public key": lambda home: flip(home / "public/record/log.vkey"),
}
"""files that no publication reads: verify finds them, `bake --full` makes all whole"""

LOST: dict[str, tuple[Damage, str]] = {
    "the database is something else": (
        lambda home: (home / "communique.sqlite3").write_text("no database " * 1000),
        "communique.sqlite3: cannot be used as the database",
    ),
    "the record is another office's": (
        lambda home: replace_by_theirs(home, "public/record"),
        "is of the log theirs.example/record",
    ),
    "the key is another office's": (
        lambda home: replace_by_theirs(home, "keys/record.key"),
        "is of the log ours.example/record",
    ),
    "`site` leads elsewhere": (lambda home: link_site_to(home, "/nowhere"), "which is no build"),
    "`site` is a folder": (site_as_a_folder, "is no link to a build"),
    "`press.sqlite3` is a folder": (lambda home: make_folder(home / "press.sqlite3"), "unable to open"),
}
"""neither mends it; both say in one line what is wrong"""


def some(cases: Collection[str]) -> list[str]:
    """All of them in trials; every fifth otherwise."""
    return list(cases)[:: 1 if in_full_numbers() else 5]


def halve(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def make_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def in_database(home: Path, statement: str) -> None:
    with sqlite3.connect(home / "communique.sqlite3") as database:
        database.execute(statement)
    database.close()


def checkpoints(home: Path) -> bytes:
    file = home / "public/record/checkpoint"
    return file.read_bytes() if file.exists() else b""


@pytest.mark.parametrize("what", some(GOES_ON))
def test_baking_goes_on_when(home: Path, what: str) -> None:
    before = checkpoints(home)
    GOES_ON[what](home)
    done = communique("bake", home=home)
    assert (done.returncode, done.stderr) == (0, "")
    assert checkpoints(home) == before
    assert faults_of(home / "public") == []


@pytest.mark.parametrize("what", some(REFUSES))
def test_baking_refuses_and_a_full_bake_mends(home: Path, what: str) -> None:
    before = checkpoints(home)
    damage, words = REFUSES[what]
    damage(home)
    refused = communique("bake", home=home)
    assert is_one_line(refused), refused.stderr
    assert words in refused.stderr
    assert "bake --full" in refused.stderr
    imported = communique("import", PAGE.with_name("embassy-page.txt"), "--publish", home=home)
    assert is_one_line(imported), imported.stderr
    mended = communique("bake", "--full", home=home)
    assert (mended.returncode, mended.stderr) == (0, "")
    assert checkpoints(home) == before
    assert faults_of(home / "public") == []


@pytest.mark.parametrize("what", some(UNSEEN))
def test_what_no_publication_reads_is_mended_by_a_full_bake(home: Path, what: str) -> None:
    UNSEEN[what](home)
    assert faults_of(home / "public") != []
    done = communique("bake", "--full", home=home)
    assert (done.returncode, done.stderr) == (0, "")
    assert faults_of(home / "public") == []


@pytest.mark.parametrize("what", some(LOST))
def test_what_cannot_be_mended_is_said_in_one_line(home: Path, what: str) -> None:
    damage, words = LOST[what]
    damage(home)
    before = checkpoints(home)
    for options in ((), ("--full",)):
        done = communique("bake", *options, home=home)
        assert is_one_line(done), done.stderr
        assert words in done.stderr
        assert checkpoints(home) == before


def test_an_entry_that_changed_in_the_database_is_never_made_public(home: Path) -> None:
    in_database(
        home,
        "UPDATE record_loggedentry SET data = CAST(replace(data, 'import', 'update') AS BLOB) WHERE kind = 'import'",
    )
    before = checkpoints(home)
    for options in ((), ("--full",)):
        done = communique("bake", *options, home=home)
        assert is_one_line(done), done.stderr
        assert checkpoints(home) == before
    assert faults_of(home / "public") == []


def test_a_flipped_word_in_the_database_is_never_made_public(home: Path) -> None:
    in_database(home, "UPDATE record_loggededition SET data = CAST(replace(data, 'ferry', 'fairy') AS BLOB)")
    shutil.rmtree(home / "public")
    for options in ((), ("--full",)):
        done = communique("bake", *options, home=home)
        assert is_one_line(done), done.stderr
        assert "restore the database" in done.stderr
    assert not (home / "public/record/checkpoint").exists()


def test_flipped_bytes_anywhere_in_the_catalogue_stop_nothing_for_good(home: Path, full_numbers: bool) -> None:
    chance = random.Random(5)
    file = home / "press.sqlite3"
    whole = file.read_bytes()
    for _ in range(60 if full_numbers else 2):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 8, 64))):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        file.write_bytes(data)
        for left in home.glob("press.sqlite3-*"):
            left.unlink()
        done = communique("bake", home=home)
        assert done.returncode == 0 or is_one_line(done), done.stderr
        done = communique("bake", "--full", home=home)
        assert (done.returncode, done.stderr) == (0, "")
        assert faults_of(home / "public") == []
        whole = file.read_bytes()
