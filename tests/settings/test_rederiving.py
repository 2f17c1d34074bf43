"""What can be derived is derived again: whatever is damaged is named in a line, mended, and then nothing differs."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from communique.edition import parse_edition
from communique.press.shelf import live_build
from communique.record.elsewhere import Elsewhere, Mirror
from communique.record.models import LoggedEdition, LoggedEntry
from communique.record.reader_folder import FolderReader
from communique.settings.configuration import Configuration
from communique.settings.office import Installation
from communique.settings.rederiving import differences, mend
from histories import History
from offices import Office, make_office

LANGUAGES = ("en", "fr", "ar")
SEED = 11


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office with a history: corrections, withdrawals, erasures, pictures, in three languages."""
    office = make_office(tmp_path / "home", LANGUAGES)
    for _step in History(office, SEED).play(5):
        pass
    return office


def installed(office: Office, *mirrors: Path) -> Installation:
    places = [Mirror(str(one), lambda one=one: FolderReader(one)) for one in mirrors]  # type: ignore[misc]
    publisher = replace(office.publisher, elsewhere=Elsewhere(office.folder / "restored.json", places))
    return Installation(Configuration(home=office.folder), publisher, office.press)


def said(office: Office) -> list[str]:
    return [f"{one.check}: {one}" for one in differences(installed(office))]


def a_file(folder: Path, pattern: str = "*") -> Path:
    return sorted(file for file in folder.rglob(pattern) if file.is_file() and not file.is_symlink())[0]


def flip(file: Path) -> None:
    """Change one byte."""
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


def build(office: Office) -> Path:
    return office.public / "builds" / str(live_build(office.public))


def newest(office: Office) -> LoggedEntry:
    row = LoggedEntry.objects.filter(log__origin=office.origin).order_by("index").last()
    assert row
    return row


def spoil_catalogue(office: Office) -> None:
    with closing(sqlite3.connect(office.folder / "press.sqlite3")) as catalogue, catalogue:
        catalogue.execute("UPDATE message SET title = 'Another' WHERE rowid IN (SELECT rowid FROM message LIMIT 1)")


def spoil_edition_row(office: Office) -> None:
    row = LoggedEdition.objects.get(body=newest(office).body)
    LoggedEdition.objects.filter(body=row.body).update(data=bytes(row.data)[:-9] + b"!" + bytes(row.data)[-8:])


def spoil_entry_row(office: Office) -> None:
    row = newest(office)
    LoggedEntry.objects.filter(pk=row.pk).update(data=bytes(row.data).replace(b'"v":1', b'"v":2'))


DAMAGES: dict[str, tuple[str, Callable[[Office], object]]] = {
    "a tile is changed": ("record: ", lambda office: flip(a_file(office.record / "tile" / "0"))),
    "the bundles are gone": ("record: ", lambda office: shutil.rmtree(office.record / "tile" / "entries")),
    "the checkpoint is gone": ("record: ", lambda office: (office.record / "checkpoint").unlink()),
    "the checkpoint is changed": ("record: ", lambda office: flip(office.record / "checkpoint")),
    "the key file is another": ("record: ", lambda office: flip(office.record / "log.vkey")),
    "an edition is changed": ("record: ", lambda office: flip(a_file(office.record / "editions"))),
    "an edition is gone": ("record: ", lambda office: a_file(office.record / "editions").unlink()),
    "a file too many": ("record: ", lambda office: (office.record / "editions" / ("0" * 64)).write_text("x\n")),
    "a page is changed": ("site: ", lambda office: flip(a_file(build(office), "index.html"))),
    "a page is gone": ("site: ", lambda office: a_file(build(office), "index.html").unlink()),
    "a compressed page is old": ("site: ", lambda office: flip(a_file(build(office), "*.br"))),
    "a page too many": ("site: ", lambda office: (build(office) / "left.html").write_text("old words")),
    "the record's page is gone": ("site: record/index.html", lambda office: (office.record / "index.html").unlink()),
    "a row of the catalogue": ("catalogue: ", spoil_catalogue),
    "an edition of the database": ("editions: ", spoil_edition_row),
    "an entry of the database": ("entries: ", spoil_entry_row),
}


def test_nothing_differs_after_a_random_history(office: Office) -> None:
    assert said(office) == []


TOGETHER = {
    "the record": ("a tile is changed", "the bundles are gone", "the checkpoint is changed", "an edition is gone"),
    "the record, too": (
        "the checkpoint is gone",
        "the key file is another",
        "an edition is changed",
        "a file too many",
    ),
    "the database": ("an edition of the database", "an entry of the database"),
    "what follows": (*(name for name, (check, _) in DAMAGES.items() if check[:4] in ("site", "cata")),),
}
"""In small numbers several at once, each of which is named all the same."""


@pytest.mark.parametrize("damages", [*((name,) for name in DAMAGES), *TOGETHER.values()], ids=lambda names: names[0])
def test_what_is_damaged_is_named_and_mended(office: Office, damages: tuple[str, ...], full_numbers: bool) -> None:
    if len(damages) == 1 and not full_numbers:
        pytest.skip("one by one in full numbers; here several at once")
    before = FolderReader(office.record).checkpoint
    for name in damages:
        DAMAGES[name][1](office)
    found = said(office)
    assert all(any(DAMAGES[name][0] in line for line in found) for name in damages), found
    mend(installed(office))
    assert said(office) == []
    assert FolderReader(office.record).checkpoint == before


def test_a_lost_picture_comes_back_from_a_mirror_and_is_missed_without_one(office: Office, tmp_path: Path) -> None:
    mirror = tmp_path / "mirror"
    shutil.copytree(office.record, mirror)
    lost = a_file(office.record / "files")
    data = lost.read_bytes()
    lost.unlink()
    assert [line for line in said(office) if lost.name in line]
    mend(installed(office, mirror))
    assert said(office) == []
    assert lost.read_bytes() == data
    os.truncate(lost, 40)
    mend(installed(office, mirror))
    assert lost.read_bytes() == data


def test_words_that_were_erased_and_stand_again_are_named_and_cut(tmp_path: Path) -> None:
    office = make_office(tmp_path / "home", LANGUAGES)
    kept: dict[str, bytes] = {}
    for _step in History(office, SEED).play(8):
        for file in (office.record / "editions").iterdir():
            kept.setdefault(file.name, file.read_bytes())
    cut = next(file for file in (office.record / "editions").iterdir() if file.read_bytes() != kept[file.name])
    right = cut.read_bytes()
    cut.write_bytes(kept[cut.name])
    LoggedEdition.objects.filter(body=cut.name).update(data=kept[cut.name])
    assert len(parse_edition(kept[cut.name]).texts) > len(parse_edition(right).texts)
    assert [line for line in said(office) if line.startswith("editions: ") and "still has the erased words" in line]
    mend(installed(office))
    assert said(office) == []
    assert cut.read_bytes() == right
