"""What was a list of the old site, or held no message, leads to ours of the same, and stays as the office has it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from breaking.commands import communique
from cli.test_import_archive import HOST, SAID, imported, page
from communique.record.reader_folder import FolderReader
from communique.record.release import Draft
from communique.settings.office import open_installation
from founded_home import founded_home
from importing.old_sites import OldPage
from public_folder import served

CRUMBS = "<nav class=breadcrumb><a href='/'>Home</a> &gt; <a href='/{}/'>{}</a></nav>"
TITLES = ("The ferry sails again", "A second boat is bought", "The pier is mended", "The lamp of the quay is lit")
DAYS = ("5 January 2003", "9 March 2003", "6 January 2004", "7 February 2004")


def in_section(path: str, title: str, day: str, said: list[str], section: str) -> OldPage:
    plain = page(path, title, day, said)
    crumbs = CRUMBS.format(section.lower(), section).encode()
    return OldPage(plain.address, plain.media, plain.data.replace(b"<body>", b"<body>" + crumbs))


def of_list(path: str, *numbers: int, lang: str = "en") -> OldPage:
    rows = "".join(f"<li>{DAYS[n]} <a href='/m/{n}.html'>{TITLES[n]}</a></li>" for n in numbers)
    html = f"<!doctype html><html lang={lang}><head><title>News</title></head><body><h1>News</h1><ul>{rows}</ul>"
    return OldPage(f"{HOST}{path}", "text/html; charset=utf-8", f"{html}</body></html>".encode())


def words(number: int) -> list[str]:
    return [f"{text} It was said for the {number + 1}th time, at gate {number + 7}." for text in SAID[number % 3 + 1]]


SECTIONS = ("Speeches", "Speeches", "Notices", "Notices")
SITE = [
    *(in_section(f"/m/{n}.html", TITLES[n], DAYS[n], words(n), SECTIONS[n]) for n in range(4)),
    of_list("/", 3, 2, 1, 0),
    of_list("/index.php", 3, 2, 1, 0),
    of_list("/speeches/", 1, 0),
    of_list("/all.php?from=2", 2, 1, 0),
    of_list("/2003/", 1, 0, 2),
    of_list("/news.asp", 3, 2, 1, 0),
    of_list("/robots.txt", 3, 2, 1, 0),
    OldPage(f"{HOST}/search.html", "text/html; charset=utf-8", b"<!doctype html><body><h1>Search</h1></body>"),
    page("/about.html", "Of the embassy", "", words(4)),
]
LEADS = {
    "index.php": "/en/",
    "speeches": "/en/speeches/2003/",
    "all.php?from=2": "/en/all/",
    "2003": "/en/all/",
    "news.asp": "/en/latest/",
    "search.html": "/en/",
    "about.html": "/en/",
}


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("lists") / "home"
    founded_home(home, "--office", "Embassy", "--address", "e.example", "--languages", "en,fr")
    told = imported(home, "site", SITE, "--publish")
    assert (told["messages"], told["other_addresses"]) == ({"new": 4}, len(LEADS))
    return home


def test_each_old_list_leads_to_ours_that_is_there(moved: Path) -> None:
    with served(moved / "public") as public:
        for path, target in LEADS.items():
            answer = public.get(f"/{path}")
            assert (answer.status, answer["location"]) == (301, target), path
            assert public.get(target).status == 200, target
        assert public.get("/m/2.html").status == 301
        assert b"Sitemap" in public.get("/robots.txt").body
    checked = communique("verify", moved / "public")
    assert checked.returncode == 0, checked.stdout


def test_the_second_run_changes_nothing_and_what_the_office_took_away_stays_away(moved: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(moved, tmp_path / "home", symlinks=True))
    installation = open_installation(home)
    by_source = {piece.get("from"): (id_, piece) for id_, piece in installation.furniture().items()}
    id_, search = by_source["search.html"]
    installation.publisher.publish([Draft(id_, "furniture", {**search, "state": "removed"})])
    size = FolderReader(home / "public" / "record").size()
    told = imported(home, "site", SITE, "--publish")
    assert told["other_addresses"] == len(LEADS) - 1
    imported(home, "copy", SITE, "--publish", "--again", "replace")
    assert FolderReader(home / "public" / "record").size() == size
