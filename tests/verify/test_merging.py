"""A site with merged persons is held against its record: a true one passes, one that leads elsewhere is found."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from communique.record.reader_folder import FolderReader
from communique.verify.site.pages import verify_site
from communique.verify.site.places import FolderSite
from mergers import merge, play, said, speaking_office
from offices import Office

OLD, STAYS = "en/people/orel-tavenmark", "en/people/oriel-tavenmark"


def findings(public: Path) -> list[str]:
    site = (public / "site").resolve()
    report = verify_site(str(public), lambda: FolderReader(public / "record"), lambda: FolderSite(site))
    return [f"{one.check}: {one.where}: {one.what}" for one in report.findings]


@pytest.mark.parametrize("happens", [merge, play])
def test_a_site_with_merged_persons_is_true(tmp_path: Path, happens: Callable[[Office], None]) -> None:
    office = speaking_office(tmp_path)
    happens(office)
    assert findings(office.public) == []


def test_a_day_in_hundreds_leads_on_in_the_verifier_as_on_the_site(tmp_path: Path) -> None:
    office = speaking_office(tmp_path)
    office.publish(*(said(f"m{number}", "orel", day="2026-02-02") for number in range(102)))
    merge(office)
    assert (office.site / OLD / "2026/02/02/_2/index.html").is_file()
    assert findings(office.public) == []


@pytest.fixture(scope="module")
def true_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    office = speaking_office(tmp_path_factory.mktemp("merging"))
    merge(office)
    return office.public


@pytest.mark.parametrize(
    ("path", "old", "new", "check"),
    [
        (f"{OLD}/index.html", "0; url=/en/people/oriel-tavenmark/", "0; url=/en/people/o-tavenmark/", "pages"),
        (f"{OLD}/2026/06/index.html", "/oriel-tavenmark/2026/06/", "/oriel-tavenmark/2026/05/", "pages"),
        (f"{OLD}/feed.atom", "Statement b", "Statement z", "feeds"),
        ("redirects/0.tsv", "people/oriel-tavenmark/", "people/o-tavenmark/", "files"),
        ("en/statements/2026/06/07/b/index.html", f'"/{STAYS}/"', f'"/{OLD}/"', "words"),
    ],
)
def test_an_old_address_that_leads_elsewhere_is_found(
    true_site: Path, tmp_path: Path, path: str, old: str, new: str, check: str
) -> None:
    shutil.copytree(true_site, tmp_path / "public", symlinks=True)
    file = tmp_path / "public" / "site" / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    assert [one for one in findings(tmp_path / "public") if one.startswith(f"{check}: ")]


def test_an_old_address_that_is_not_there_is_found(true_site: Path, tmp_path: Path) -> None:
    shutil.copytree(true_site, tmp_path / "public", symlinks=True)
    shutil.rmtree(tmp_path / "public" / "site" / OLD / "2026")
    assert (
        len([one for one in findings(tmp_path / "public") if OLD in one and one.startswith("pages: ")]) == 3
    )  # a year
