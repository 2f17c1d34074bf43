"""A feed that a web archive holds beside its pages lists their titles and days, whatever they are."""

from __future__ import annotations

import io
import json

import pytest

from communique.importing.page import understand
from communique.importing.raw import Raw
from communique.importing.reading import Seen, reading_of
from communique.importing.web_archive import pages_of_archive
from importing.test_broken_off import PAGE, archived

TITLES = (
    "On the ferry",
    "Who lit the lamp of pier 4?",
    "No: 12, 3 March 2019, On the pier: a second boat - and a third",
    "All messages of the keeper",
    "“The harbour is not for sale”",
    "灯台の再開について",
    "Ferry",
    "The ferry sails again to every island of the northern shore, and nobody pays for it before the summer of 2027.",
)
DAYS = tuple(f"2026-05-{n:02}" for n in range(10, 10 + len(TITLES)))
LISTED = tuple(
    (day, title, None, f"https://h.example/{n}") for n, (day, title) in enumerate(zip(DAYS, TITLES, strict=True))
)


def rss(titles: tuple[str, ...] = TITLES) -> str:
    items = "".join(
        f"<item><title><![CDATA[{title}]]></title><link>/{n}</link><description>Words of it. More.</description>"
        f"<pubDate>{10 + n} May 2026 08:00:00 +0900</pubDate></item>"
        for n, title in enumerate(titles)
    )
    head = "<title>Harbour</title><link>https://h.example/</link>"
    return f"<?xml version='1.0'?><rss version='2.0'><channel>{head}{items}</channel></rss>"


def atom() -> str:
    entries = "".join(
        f"<entry><title>{title}</title><link href='{n}'/><updated>2027-01-01T00:00:00Z</updated>"
        f"<published>2026-05-{10 + n}T23:30:00+09:00</published></entry>"
        for n, title in enumerate(TITLES)
    )
    return f"<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://h.example/'>{entries}</feed>"


def of_json() -> str:
    items = [
        {"id": str(n), "url": f"https://h.example/{n}", "title": title, "date_published": f"{DAYS[n]}T08:00:00+09:00"}
        for n, title in enumerate(TITLES)
    ]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Harbour", "items": items})


def listed(body: str, media: str) -> list[Seen]:
    """What the feed of an archive lists; the archive holds a page, too."""
    feed = ("https://h.example/feed", body.encode(), {"Content-Type": media})
    data = archived(("https://h.example/1", PAGE, {"Content-Type": "text/html"}), feed, packed=True)
    page, *others = pages_of_archive("a.warc.gz", io.BytesIO(data))
    assert isinstance(page, Raw)
    assert page.data == PAGE
    found: list[Seen] = []
    for other in others:
        assert isinstance(other, Raw)
        assert other.address == "https://h.example/feed"
        read = understand(other.capture())
        assert (read.kind, read.body) == ("list", ())
        found += reading_of(read).seen
    return found


@pytest.mark.parametrize(
    ("body", "media"),
    [
        (rss(), "application/rss+xml; charset=utf-8"),
        (rss(), "text/xml"),
        (rss(), "text/html"),
        (rss(), "application/octet-stream"),
        (atom(), "application/atom+xml"),
        (of_json(), "application/feed+json"),
        (of_json(), "application/json"),
    ],
)
def test_every_feed_lists_its_messages_with_their_days_and_where_they_lead(body: str, media: str) -> None:
    assert [(one.day, one.title, one.teaser, one.target) for one in listed(body, media)] == list(LISTED)


def test_one_message_alone_is_listed() -> None:
    assert [(one.day, one.title) for one in listed(rss(TITLES[:1]), "text/xml")] == [(DAYS[0], TITLES[0])]


def test_comments_and_what_only_says_when_it_changed_are_no_messages_with_a_day() -> None:
    comments = rss(TITLES[:3]).replace("</link><desc", "#comment-7</link><desc")
    assert listed(comments, "application/rss+xml") == []
    changed = atom().replace("published>", "edited>")
    assert listed(changed, "application/atom+xml") == []


@pytest.mark.parametrize("body", ['{"type": "FeatureCollection", "features": []}', "<urlset></urlset>", "<svg></svg>"])
@pytest.mark.parametrize("media", ["application/json", "application/xml"])
def test_what_is_no_feed_is_passed_over(body: str, media: str) -> None:
    assert listed(body, media) == []


def test_a_damaged_feed_lists_what_stands_before_the_damage_and_one_with_entities_nothing() -> None:
    cut = rss()[: rss().index("<title><![CDATA[Ferry]")]
    assert [one.title for one in listed(cut, "text/xml")] == list(TITLES[:6])
    assert listed(rss().replace("<rss", "<!DOCTYPE rss [<!ENTITY a 'b'>]><rss"), "text/xml") == []
    assert listed(f'{{"version": "https://jsonfeed.org/version/1", "items": {"[" * 100_000}', "application/json") == []
