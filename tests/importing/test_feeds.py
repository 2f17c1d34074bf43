"""Feeds as sites write them: addresses that are not whole, days in no standard's form, paragraphs of older exports."""

from __future__ import annotations

import io

import pytest

from communique.importing.opening import pages_in
from communique.importing.raw import Raw
from importing.test_kinds import exported, record

SAID = "The harbour office said on Tuesday that the ferry sails again, and that nobody pays for it before May."
MORE = "Whoever wants to help may come to the old pier on Saturday, and bring a ladder and some oil for the lamp."


def pages(data: str | bytes, name: str = "a.rss") -> list[Raw]:
    found = list(pages_in(name, io.BytesIO(data if isinstance(data, bytes) else data.encode())))
    assert all(isinstance(page, Raw) for page in found), found
    return [page for page in found if isinstance(page, Raw)]


def rss(item: str, head: str = "<link>https://h.example/news/</link>") -> str:
    words = f"<title>On the ferry</title><description>{SAID} {MORE}</description>"
    return f"<rss version='2.0'><channel>{head}<item>{words}{item}</item></channel></rss>"


@pytest.mark.parametrize(
    ("item", "address"),
    [
        ("<link>/2026/ferry</link>", "https://h.example/2026/ferry"),
        ("<link>ferry</link>", "https://h.example/news/ferry"),
        ("<link>https://other.example/a</link>", "https://other.example/a"),
        ("<guid>https://h.example/?p=7</guid>", "https://h.example/?p=7"),
        ("<guid isPermaLink='false'>https://h.example/?p=7</guid>", None),
        ("<guid>tag:h.example,2026:7</guid>", None),
    ],
)
def test_an_old_address_is_whole_and_is_found_where_there_is_no_link(item: str, address: str | None) -> None:
    assert [page.address for page in pages(rss(item))] == [address]


def test_an_address_is_meant_from_the_base_of_its_feed_or_from_where_the_feed_came() -> None:
    entry = f"<title>On the ferry</title><link href='ferry'/><content type='text'>{SAID}</content>"
    atom = "<feed xmlns='http://www.w3.org/2005/Atom'{}><entry{}>" + entry + "</entry></feed>"
    based, inner = " xml:base='https://h.example/a/'", " xml:base='b/'"
    assert pages(atom.format(based, inner), "a.atom")[0].address == "https://h.example/a/b/ferry"
    assert pages(atom.format("", ""), "https://h.example/feeds/atom")[0].address == "https://h.example/feeds/ferry"


@pytest.mark.parametrize("day", ["05.05.2026", "5 May 2026", "2026/05/05", "Tuesday, 5 May 2026 10:00"])
def test_a_day_in_no_standards_form_is_read_like_a_printed_one(day: str) -> None:
    head = "<link>https://h.example/</link><language>de</language>" if day.startswith("05.") else ""
    found = record(pages(rss(f"<link>https://h.example/1</link><pubDate>{day}</pubDate>", head))[0])
    assert (found["published"], found["body"]) == ("2026-05-05", f"{SAID} {MORE}")


def test_paragraphs_of_an_older_export_stay_apart_beside_lists() -> None:
    words = (
        f"{SAID}\n\n{MORE}\n\n<ul>\n<li>Oil for the lamp.</li>\n\n<li>A ladder.</li>\n</ul>\n\n{SAID[4:].capitalize()}"
    )
    post = (
        "<title>On the ferry</title><link>https://h.example/1</link><wp:status>publish</wp:status>"
        f"<wp:post_date>2026-05-05 10:00:00</wp:post_date><content:encoded><![CDATA[{words}]]></content:encoded>"
    )
    found = record(pages(exported(post), "a.xml")[0])
    assert found["body"].split("\n\n") == [SAID, MORE, "Oil for the lamp.", "A ladder.", SAID[4:].capitalize()]
