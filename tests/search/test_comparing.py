"""`communique fsck` knows the search: an index that finds something else than the record says is named, and mended."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from communique.edition import parse_edition
from communique.record.models import LoggedEdition, LoggedEntry
from communique.record.release import Draft
from communique.search.engine_tantivy import TantivyWriter
from communique.search.soundness import UNITS
from communique.settings.office import Installation, found_installation, open_installation, without_followers
from communique.settings.rederiving import _of_search, differences, mend
from offices import furniture, id_of, message


@pytest.fixture
def office(tmp_path: Path) -> Installation:
    """An office whose index has taken corrections in, so that it lies otherwise than one that is made at once."""
    found_installation(tmp_path / "home", None, {})
    made = open_installation(tmp_path / "home", clock=lambda: datetime(2026, 3, 3, 9, tzinfo=UTC))
    made.publisher.publish([*furniture(), Draft(id_of("one"), "publish", message("one", "The first crossing."))])
    made.search.catch_up()
    for words in ("The second crossing.", "The second sailing."):
        kind = "publish" if "crossing" in words else "correct"
        made.publisher.publish([Draft(id_of("two"), kind, message("two", words))])
    return made


def said(office: Installation) -> list[str]:
    return [one.what for one in _of_search(office, lambda _what, _number: None)]


def units(office: Installation) -> Path:
    assert office.search.live
    return office.search.live / UNITS


def drop_one(office: Installation) -> None:
    writer = TantivyWriter(units(office))
    writer.drop(3)
    writer.settle()
    writer.close()


def forget_a_name(office: Installation) -> None:
    assert office.search.live
    with closing(sqlite3.connect(office.search.live / "catalogue.sqlite3")) as catalogue, catalogue:
        catalogue.execute("DELETE FROM section")


def damage(office: Installation) -> None:
    for file in units(office).glob("*.term"):
        file.write_bytes(b"\xff" * file.stat().st_size)


DAMAGES: dict[str, tuple[str, Callable[[Installation], object]]] = {
    "a unit is not there": ("finds not what the record says", drop_one),
    "a name is not there": ("finds not what the record says", forget_a_name),
    "files make no sense": ("cannot be read", damage),
    "no index is live": ("is missing", lambda office: (office.configuration.search_folder / "live").unlink()),
}


def test_an_index_that_grew_finds_what_one_made_at_once_does(office: Installation) -> None:
    assert said(office) == []
    shutil.rmtree(office.configuration.search_folder)
    assert said(office) == []
    office.publisher.publish([Draft(id_of("three"), "publish", message("three"))])
    assert office.search.live is None
    assert said(office) == [], "the worker makes the first"


@pytest.mark.parametrize("damaged", DAMAGES)
def test_what_is_wrong_with_an_index_is_said_and_mended(office: Installation, damaged: str) -> None:
    what, hurt = DAMAGES[damaged]
    hurt(office)
    assert [one for one in said(office) if what in one]
    office.search.rebuild()
    assert said(office) == []


def browsed(office: Installation) -> list[tuple[str, str]]:
    """What is said of the files that readers' browsers search, and of which."""
    found = _of_search(office, lambda _what, _number: None)
    folder = office.cutting.folder
    return [(one.what, Path(one.where).relative_to(folder).as_posix()) for one in found if str(folder) in one.where]


def test_files_for_browsers_are_held_against_the_record_with_the_segments_they_have(office: Installation) -> None:
    assert browsed(office) == [], "the worker makes the first"
    office.cutting.catch_up()
    for number in range(9):
        office.publisher.publish([Draft(id_of(f"m{number}"), "publish", message(f"m{number}"))])
    segments = json.loads((office.cutting.folder / "index.json").read_bytes())["segments"]
    assert browsed(office) == []
    assert json.loads((office.cutting.folder / "index.json").read_bytes())["segments"] == segments
    office.cutting.catch_up()
    assert len(json.loads((office.cutting.folder / "index.json").read_bytes())["segments"]) > len(segments)
    assert browsed(office) == []


def test_a_file_for_browsers_that_is_not_the_records_is_named_and_mended(office: Installation) -> None:
    office.cutting.catch_up()
    folder = office.cutting.folder
    touched = next(path for path in folder.glob("*/w/*") if path.stat().st_size)
    touched.write_bytes(b"x")
    (folder / "names.json").unlink()
    (folder / "note.txt").write_text("x")
    assert sorted(browsed(office)) == [
        ("differs from what the record gives", touched.relative_to(folder).as_posix()),
        ("the file is missing", "names.json"),
        ("the record gives no such file", "note.txt"),
    ]
    mend(office)
    assert differences(office) == []
    (folder / "index.json").write_text("{")
    assert browsed(office) == [("cannot be read (JSONDecodeError)", "index.json")]
    mend(office)
    assert differences(office) == []


def test_files_that_are_behind_the_record_are_brought_up_first(office: Installation) -> None:
    office.cutting.catch_up()
    without_followers(office.publisher).publish([Draft(id_of("three"), "publish", message("three"))])
    assert office.cutting.is_behind
    assert browsed(office) == []


def test_words_that_were_taken_back_and_lie_in_its_files_are_said_and_gone_after_repair(office: Installation) -> None:
    row = LoggedEntry.objects.get(ident=id_of("one"))
    edition = parse_edition(bytes(LoggedEdition.objects.get(body=row.body).data))
    gone = {part for part, salted in edition.texts.items() if "crossing" in salted.text}
    drafted = {**message("one", "Words were here."), "ground": "Request of a person."}
    office.publisher.publish([Draft(id_of("one"), "erase", drafted, erase=frozenset(gone))])
    assert said(office) == ["still has words in its files that were taken back"]
    mend(office)
    assert differences(office) == []
