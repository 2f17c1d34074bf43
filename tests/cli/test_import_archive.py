"""`communique import` of an archive: once, again, changed, in each mode, to the desk; with a report of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from breaking.commands import communique
from communique.record.reader_folder import FolderReader
from communique.settings.moving_in import journal_file
from importing.old_sites import CAPTURED, OldPage, write_warc

HOST = "https://old.orsemund.example"
SAID = {
    1: ["The harbour office said that the ferry sails again, and that nobody pays for it before the summer of 2004."],
    2: ["Skippers who go to the islands find the timetable at the old pier, where it has hung since the last storm."],
    3: ["For the islands a second boat was bought, which the council paid for with what was left of the first one."],
}


def interview(last: str) -> list[str]:
    return [
        "<b>Question:</b> When does the ferry to the islands sail again after the storm of last week?",
        "<b>Anna Keller:</b> It sails at nine on Monday, as the harbour office said to all who asked it.",
        "<b>Question:</b> Who pays for the second boat, and when does the council of the islands decide?",
        f"<b>Anna Keller:</b> {last}",
    ]


def page(path: str, title: str, day: str, paragraphs: list[str], head: str = "") -> OldPage:
    said = "".join(f"<p>{text}</p>" for text in paragraphs)
    html = (
        f"<!doctype html><html lang=en><head><title>{title}</title>{head}</head><body><h1>{title}</h1>"
        f"<p>{day}</p><div>{said}</div></body></html>"
    )
    return OldPage(f"{HOST}{path}", "text/html; charset=utf-8", html.encode())


DECIDES = "The council decides in March, and the islands pay for it until then as they did before."
SITE = [
    page("/news/1.html", "The ferry sails again", "5 January 2004", SAID[1]),
    page("/news/1.html?print=1", "The ferry sails again", "5 January 2004", SAID[1]),
    page("/news/2.html", "Press release", "6 January 2004", SAID[2]),
    page("/news/3.html", "Press release", "6 January 2004", SAID[3]),
    page("/news/4.html", "Interview of Anna Keller", "7 January 2004", interview(DECIDES)),
    OldPage(
        f"{HOST}/news/",
        "text/html; charset=utf-8",
        b"<!doctype html><html lang=en><head><title>News</title></head><body><h1>News</h1><ul>"
        b"<li>07.01.2004 <a href='/news/4.html'>Interview of Anna Keller</a><p>"
        b"The ambassador speaks of the ferries, of boats, and of who pays for them.</p></li>"
        b"<li>04.01.2004 <a href='/news/0.html'>What is only listed here</a><p>It is of the pier alone.</p></li></ul>"
        b"</body></html>",
    ),
]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("archive") / "home"
    made = communique("init", home, "--office", "Embassy", "--address", "e.example", "--languages", "en")
    assert made.returncode == 0, made.stderr
    return home


def imported(home: Path, name: str, pages: list[OldPage], *options: str) -> dict[str, Any]:
    archive = home.parent / f"{name}.warc.gz"
    with archive.open("wb") as file:
        write_warc(file, pages)
    done = communique("import", archive, "--json", *options, home=home)
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])["report"]
    return told


def standing(home: Path) -> dict[str, dict[str, Any]]:
    """old path -> newest content, with its entry's id, seq and day."""
    reader = FolderReader(home / "public" / "record")
    found = {}
    for entry in reader.entries(0, reader.size()):
        content = reader.edition(entry).content
        if content["type"] == "message":
            path = content.get("was", [content["title"]])[0]
            found[path] = {**content, "id": entry.id, "seq": entry.seq, "dated": entry.dated}
    return found


def test_an_archive_is_moved_in_looked_at_again_and_brought_up_to_date(office: Path) -> None:
    told = imported(office, "site", SITE, "--publish")
    assert told["pages"] == {"message": 4, "again": 1, "list": 1}
    assert (told["messages"], told["listed"]) == ({"new": 4}, {"new": 1})
    first = standing(office)
    assert first["news/1.html"]["was"] == ["news/1.html", "news/1.html?print=1"]
    assert first["news/1.html"]["source"]["captured"] == CAPTURED
    assert {first[p]["title"] for p in ("news/2.html", "news/3.html")} == {"Press release"}, "two of one day and title"
    assert first["What is only listed here"]["stub"] is True
    assert first["news/4.html"]["teaser"].startswith("The ambassador speaks of the ferries")
    assert [turn["id"] for turn in first["news/4.html"]["turns"]] == ["t1", "t2", "t3", "t4"]
    size = FolderReader(office / "public" / "record").size()

    again = imported(office, "site", SITE, "--publish")
    assert (again["messages"], again["listed"]) == ({"already": 4}, {"already": 1})
    copied = imported(office, "copy of it", SITE, "--publish", "--again", "merge")
    assert copied["messages"] == {"already": 4}
    assert FolderReader(office / "public" / "record").size() == size, "neither changed anything"

    later = [
        page("/news/0.html", "What is only listed here", "4 January 2004", SAID[2][:1] + SAID[1]),
        page("/news/1.html", "The ferry sails again on Monday", "5 January 2004", SAID[1]),
        page(
            "/news/4.html",
            "Interview of Anna Keller",
            "7 January 2004",
            ["Anna Keller spoke with us at the pier.", *interview("The council has decided that nobody pays.")],
        ),
    ]
    skipped = imported(office, "later", later, "--publish")
    assert skipped["messages"] == {"already": 2, "new": 1}, "what was only listed has come"
    assert standing(office)["news/0.html"]["id"] == first["What is only listed here"]["id"]
    replaced = imported(office, "later", later, "--publish", "--again", "replace")
    assert replaced["messages"] == {"next": 2, "already": 1}
    now = standing(office)
    ferry, talk = now["news/1.html"], now["news/4.html"]
    assert (ferry["id"], ferry["address"]) == (first["news/1.html"]["id"], first["news/1.html"]["address"])
    assert (ferry["title"], ferry["seq"]) == ("The ferry sails again on Monday", 2), "found by its old address"
    ids = {" ".join(turn["blocks"])[:20]: turn["id"] for turn in talk["turns"]}
    assert [ids[text] for text in ("When does the ferry ", "It sails at nine on ", "Who pays for the sec")] == [
        "t1",
        "t2",
        "t3",
    ]
    assert len({turn["id"] for turn in talk["turns"]}) == len(talk["turns"])
    at_last = imported(office, "later", later, "--publish", "--again", "replace")
    assert at_last["messages"] == {"already": 3}


def test_the_report_says_each_page_and_all_that_is_in_no_field(office: Path) -> None:
    foot = "<p>Visit our garden, which is open to all who come by the gate.</p>"
    odd = page("/news/9.html", "The garden of the embassy opens", "9 January 2004", SAID[3])
    menu = b"<nav>Visas and passports</nav><p>Skip to"
    data = odd.data.replace(b"<h1>", menu + b" the words of this page</p><h1>").replace(b"</body>", foot.encode())
    told = imported(office, "odd", [OldPage(odd.address, odd.media, data + b"</body>")], "--publish")
    pages, left = (Path(file).read_text("utf-8") for file in told["files"])
    assert f"{HOST}/news/9.html\tmessage\tnew\t" in pages
    assert "Skip to the words of this page" in left
    assert "Visas and passports" in left, "what was not even read"
    assert told["left_words"] >= 7
    assert set(told["fields"]) >= {"title", "published", "body", "turns", "language"}


def test_without_publish_all_of_it_waits_at_the_desk(office: Path, tmp_path: Path) -> None:
    size = FolderReader(office / "public" / "record").size()
    lamp = [page("/news/8.html", "The lamp is mended", "8 January 2004", SAID[2])]
    assert imported(office, "desk", lamp)["messages"] == {"new": 1}
    assert imported(office, "desk", lamp)["messages"] == {"already": 1}
    assert FolderReader(office / "public" / "record").size() == size
    single = tmp_path / "one.html"
    single.write_bytes(page("/", "The lamp is bright", "10 January 2004", SAID[3]).data)
    done = communique("import", single, "--captured", "2024-06-01", home=office)
    assert (done.returncode, "1 messages and" in done.stdout) == (0, True), done.stderr


def test_a_mode_that_there_is_not_is_told(office: Path) -> None:
    done = communique("import", "site.warc.gz", "--again", "perhaps", home=office)
    assert done.returncode == 2
    assert "skip, replace, merge" in done.stderr


def test_the_journal_of_the_same_archive_is_the_same_file(tmp_path: Path) -> None:
    one = journal_file(tmp_path, [str(tmp_path / "a" / ".." / "site.warc.gz")])
    assert one == journal_file(tmp_path, [str(tmp_path / "site.warc.gz")])
    assert one != journal_file(tmp_path, [str(tmp_path / "site.warc.gz"), "-"])
