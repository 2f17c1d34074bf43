"""All persons by letter: light pages, lasting addresses, and few pages set for one person."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.edition.initial import initial_of
from communique.press.initials import ON_ONE_PAGE
from communique.press.lists import SPLIT
from communique.record.reader_folder import FolderReader
from communique.verify.report import Finding
from communique.verify.site.pages import verify_site
from communique.verify.site.places import FolderSite
from offices import Draft, Office, id_of, make_office, piece
from sites import baked_from_copy, differences, files_of

MOST_BYTES = 60_000
LETTERS = "ABC"


def person(key: str, name: str, arabic: str = "", state: str = "current", **more: str) -> Draft:
    role = {
        "name": {"en": "Deputy director of the department for harbours, canals and lighthouses"},
        "since": "2024-03-01",
    }
    names = {"en": name, **({"ar": arabic} if arabic else {})}
    content = piece("person", name=names, address=f"p-{key}", roles=[role], **more)
    return Draft(id_of(key), "furniture", {**content, "state": state})


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("Maren Osvelde", "M"),
        ("élodie", "E"),
        ("« Ørsted »", "Ø"),
        ("أحمد", "ا"),
        ("ßen", "S"),
        ("王小明", "字"),
        ("7/4", "0"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_name_stands_under_its_first_letter_without_marks(name: str | None, letter: str) -> None:
    assert initial_of(name) == letter


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office of as many persons as stand on one page, besides the one that every office here has."""
    office = make_office(tmp_path / "office", ("en", "ar"))
    office.baking = False
    office.publish(*(person(f"n{n}", f"{LETTERS[n % 3]}no Rivermouth {n}", "أنور") for n in range(ON_ONE_PAGE - 1)))
    office.press.catch_up()
    return office


def sheets(office: Office) -> set[str]:
    """Pages of people that the press set for the last entries."""
    press = office.press
    press.catch_up()
    found = (path for path in press.touched if path.endswith("index.html"))
    return {
        path.removesuffix("index.html")
        for path in found
        if "/by/person/" in path or path.endswith("/people/index.html")
    }


def findings(office: Office) -> tuple[Finding, ...]:
    report = verify_site("site", lambda: FolderReader(office.record), lambda: FolderSite(office.site.resolve()))
    return tuple(report.findings)


def rows_on(page: Path) -> str:
    return page.read_text().partition('<ul class="rows persons">')[2].partition("</ul>")[0]


def names_on(page: Path) -> int:
    return page.read_text().count('<h2 class="row-title">')


def test_many_persons_stand_by_letter_and_no_page_is_heavy(office: Office, tmp_path: Path) -> None:
    people, letters = office.site / "en/people/index.html", office.site / "en/by/person"
    assert names_on(people) == ON_ONE_PAGE
    assert not letters.exists(), "one page holds them"

    office.publish(person("more", "Élodie Onemore", "ليلى"))
    assert {"en/people/", "en/by/person/E/", "ar/by/person/ل/"} <= sheets(office)
    assert names_on(people) < ON_ONE_PAGE
    assert 'href="/en/by/person/E/"' in people.read_text()
    assert "Onemore" in (letters / "E/index.html").read_text()

    office.publish(person("second", "Eno Second", "ليث"))
    assert sheets(office) == {"en/people/", "ar/people/", "en/by/person/E/", "ar/by/person/ل/"}

    office.publish(*(person(f"a{n}", f"Abel Seashore {n}", "أنور") for n in range(SPLIT)))
    office.press.catch_up()
    assert [names_on(letters / f"A{part}/index.html") for part in ("", "/_1", "/_2")] == [0, SPLIT, 50]
    office.publish(person("last", "Anna Last", "أنور"))
    assert sheets(office) == {"en/people/", "ar/people/", "en/by/person/A/_2/", "ar/by/person/ا/_3/"}
    pages = [page for tag in ("en", "ar") for page in (office.site / tag / "by/person").rglob("index.html")]
    assert max(page.stat().st_size for page in [people, *pages]) <= MOST_BYTES

    assert differences(files_of(office.site), baked_from_copy(office, tmp_path / "copy")) == []
    assert not findings(office)


def test_who_is_renamed_merged_or_gone_moves_nobody_and_ends_no_address(office: Office, tmp_path: Path) -> None:
    letters = office.site / "en/by/person"
    office.publish(*(person(f"a{n}", f"Abel Seashore {n}") for n in range(SPLIT)), person("z", "Zoe Only"))
    office.press.catch_up()
    second = rows_on(letters / "A/_2/index.html")
    office.publish(person("z", "Yara Only"))
    assert {"en/by/person/Z/", "en/by/person/Y/"} <= sheets(office)
    assert names_on(letters / "Z/index.html") == 0, "it answers still"
    assert names_on(letters / "Y/index.html") == 1
    office.publish(person("n0", "Ano", state="removed"), person("n3", "Ano", merged=id_of("n6")))
    office.press.catch_up()
    assert names_on(letters / "A/_1/index.html") == SPLIT - 2
    assert rows_on(letters / "A/_2/index.html") == second

    assert differences(files_of(office.site), baked_from_copy(office, tmp_path / "copy")) == []
    assert not findings(office)


def test_the_check_finds_who_is_missing_under_a_letter(office: Office) -> None:
    office.publish(person("e", "Élodie Onemore"), person("f", "Fay Other"))
    office.press.catch_up()
    letters = office.site / "en/by/person"
    (letters / "E/index.html").write_text((letters / "F/index.html").read_text())
    (letters / "C/index.html").unlink()
    said = [one.what for one in findings(office)]
    assert any("E has not “Élodie Onemore”" in one for one in said)
    assert any("E leads to /en/people/p-f/" in one for one in said)
    assert "the file is missing" in said
