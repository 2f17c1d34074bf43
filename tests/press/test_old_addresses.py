"""Old addresses that get in each other's way all lead on, and never stop the press."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.record.reader_folder import FolderReader
from communique.record.release import Draft
from communique.verify.site.pages import verify_site
from communique.verify.site.places import FolderSite
from offices import Office, id_of, make_office, message, piece
from public_folder import served
from sites import baked_from_copy, files_of

WAS = {
    "first": ["news/x", "news/x/index.html", "news/x/y", "press.asp?id=17", "News/1.html", "news/1.html/more"],
    "second": ["notes/index.html", "notes/deep/index.html/below", "old/index.html/index.html", "a.html"],
    "third": ["index.html", "en/index.html", "robots.txt", "robots.txt/x", "en/latest/feed.atom/x", "en/404.html"],
}
REDIRECTS = {"notes": "/en/latest/", "short/index.html": "/en/all/"}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = make_office(tmp_path_factory.mktemp("old") / "office")
    for key, was in WAS.items():
        office.publish(Draft(id_of(key), "import", message(key, was=was), "2019-05-06"))
    for source, target in REDIRECTS.items():
        office.publish(Draft(id_of(source), "furniture", piece("redirect", **{"from": source, "to": target})))
    return office


def test_each_of_them_answers(office: Office) -> None:
    with served(office.public) as public:
        for key, was in WAS.items():
            for path in was:
                answer = public.get(f"/{path}")
                assert (answer.status, answer["location"]) == (301, f"/en/statements/2019/05/06/{key}/"), path
        for source, target in REDIRECTS.items():
            assert public.get(f"/{source}")["location"] == target, source


def test_without_our_server_an_address_and_what_its_folder_shows_have_one_page(office: Office) -> None:
    def leads(path: str) -> str:
        return (office.site / path / "index.html").read_text("utf-8").partition("0; url=")[2].partition('"')[0]

    assert leads("news/x") == leads("news/x/y") == leads("News/1.html") == "/en/statements/2019/05/06/first/"
    assert (leads("notes"), leads("short")) == ("/en/latest/", "/en/all/")
    assert "0; url" not in (office.site / "en" / "index.html").read_text("utf-8")
    assert (office.site / "robots.txt").is_file()


def test_a_page_that_gave_way_comes_back(tmp_path: Path) -> None:
    office = make_office(tmp_path / "office")
    office.publish(Draft(id_of("one"), "import", message("one", was=["x/index.html"]), "2019-05-06"))
    short = {"from": "x", "to": "/en/latest/"}
    office.publish(Draft(id_of("short"), "furniture", piece("redirect", **short)))
    assert "url=/en/latest/" in (office.site / "x/index.html").read_text("utf-8")
    office.publish(Draft(id_of("short"), "furniture", {**piece("redirect", **short), "state": "removed"}))
    assert "url=/en/statements/2019/05/06/one/" in (office.site / "x/index.html").read_text("utf-8")
    assert files_of(office.site) == baked_from_copy(office, tmp_path / "copy")


def test_entry_by_entry_gives_what_a_copy_gives_and_it_is_true(office: Office, tmp_path: Path) -> None:
    assert files_of(office.site) == baked_from_copy(office, tmp_path / "copy")
    site = office.site.resolve()
    report = verify_site(str(office.public), lambda: FolderReader(office.record), lambda: FolderSite(site))
    assert not report.findings
