"""An address leads to the entry behind it, whatever stands around it."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.record.entry import Entry
from communique.record.reader_folder import FolderReader
from communique.verify.find import find_edition
from signed_record import EXAMPLE, RecordMaker, statement

RECORD = EXAMPLE / "record"


@pytest.mark.parametrize(
    ("path", "index"),
    [
        ("en/interviews/2026/03/03/the-ferry", 3),
        ("/en/interviews/2026/03/03/the-ferry/", 3),
        ("/press/office/en/interviews/2026/03/03/the-ferry/index.html", 3),
        ("/en/interviews/2026/03/03/the-ferry/#t2", 3),
        ("/en/interviews/2026/03/03/the-ferry/?x=1", 3),
        ("/en/interviews/2026/03/03/the-ferry/editions/1/", 2),
        ("/en/interviews/2026/03/03/the-ferry/editions/2", 3),
        ("/en/statements/2019/11/21/harbour-treaty/", 4),
        ("/en/notices/2026/03/04/consular-hours/", 7),
        ("/en/notices/2026/03/04/consular-hours/editions/1/", 5),
    ],
)
def test_an_address_leads_to_its_newest_edition_or_to_the_one_it_names(path: str, index: int) -> None:
    found = find_edition(FolderReader(RECORD), path)
    assert found is not None
    assert found.index == index


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "/en/interviews/",
        "/en/interviews/2026/03/03/the-train/",
        "/fr/interviews/2026/03/03/the-ferry/",
        "/en/interviews/2026/03/04/the-ferry/",
        "/en/interviews/2026/02/30/the-ferry/",
        "/en/interviews/2026/03/03/the-ferry/editions/3/",
        "/en/interviews/2026/03/03/the-ferry/editions/0/",
        "/en/interviews/2026/03/03/the-ferry/more/",
    ],
)
def test_another_address_leads_nowhere(path: str) -> None:
    assert find_edition(FolderReader(RECORD), path) is None


def test_the_day_of_an_address_is_the_offices_and_may_be_another_than_that_of_utc(tmp_path: Path) -> None:
    maker = RecordMaker()
    maker.add("aaaaaaaaaaaaaaaa", "publish", statement("First"), at="2026-03-02T23:30:00Z")
    maker.add("bbbbbbbbbbbbbbbb", "publish", statement("Second"), at="2026-03-04T00:30:00Z")
    maker.write(tmp_path)
    for index, slug in enumerate(["first", "second"]):
        found = find_edition(FolderReader(tmp_path), f"/en/statements/2026/03/03/{slug}/")
        assert isinstance(found, Entry)
        assert found.index == index
