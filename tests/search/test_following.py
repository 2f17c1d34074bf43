"""Who follows a search is told of what became public last, of corrections too, and asks again at little cost."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
from lxml import etree

from communique.press.reply import Reply, Request
from communique.press.server import Site
from communique.search.follower import Search
from communique.settings.search_feed import FEED_ENTRIES
from communique.settings.search_pages import SearchPages
from offices import Draft, Office, id_of, make_office, message
from signed_record import VECTORS

ATOM = "{http://www.w3.org/2005/Atom}"


@dataclass
class Followed:
    """An office whose searches are followed."""

    office: Office

    def publish(self, key: str, kind: str = "publish", text: str = "A ferry sails.", **more: Any) -> None:
        self.office.publish(Draft(id_of(key), kind, message(key, text, **more)))
        Search(lambda: self.office.reader, self.office.folder / "search").catch_up()

    def ask(self, query: str = "q=ferry", **headers: str) -> Reply:
        pages = SearchPages(Site.of(str(self.office.public)), self.office.folder / "search")
        known = {"host": "embassy.example"} | {name.replace("_", "-"): value for name, value in headers.items()}
        reply = asyncio.run(pages.answer(Request("GET", "/en/search/feed.atom", query, known.get), "en", True))
        assert reply
        return reply

    def feed(self, query: str = "q=ferry", **headers: str) -> ElementTree.Element:
        return ElementTree.fromstring(self.ask(query, **headers).body)  # noqa: S314 - our own

    def told(self, query: str = "q=ferry") -> list[str]:
        """Slugs in their order."""
        ids = (one.findtext(f"{ATOM}id") or "" for one in self.feed(query).iter(f"{ATOM}entry"))
        return [id_.partition("#")[0].rstrip("/").rpartition("/")[2] for id_ in ids]


@pytest.fixture
def followed(tmp_path: Path) -> Followed:
    one = Followed(make_office(tmp_path))
    one.office.baking = False  # the search page is there
    for key in ("one", "two", "three"):
        one.publish(key)
    return one


def test_a_message_published_late_under_an_old_day_is_told_first(followed: Followed) -> None:
    followed.publish("late", address="en/statements/2019/01/02/late")
    assert followed.told() == ["late", "three", "two", "one"]


def test_a_correction_is_told_with_its_instant(followed: Followed) -> None:
    published = followed.office.at
    followed.publish("one", "correct", "A ferry sails at ten.", note="The hour was wrong.")
    assert followed.told() == ["one", "three", "two"]
    entry = next(followed.feed().iter(f"{ATOM}entry"))
    assert entry.findtext(f"{ATOM}updated") == published.isoformat().replace("+00:00", "Z")
    assert entry.findtext(f"{ATOM}published") < entry.findtext(f"{ATOM}updated")
    assert followed.feed().findtext(f"{ATOM}updated") == entry.findtext(f"{ATOM}updated")


def test_a_withdrawal_is_told_as_one(followed: Followed) -> None:
    followed.publish("two", "withdraw", state="withdrawn", notice="It no longer holds.")
    entry = next(followed.feed().iter(f"{ATOM}entry"))
    assert entry.find(f"{ATOM}category").get("term") == "withdrawn"
    assert entry.findtext(f"{ATOM}summary").startswith("Withdrawn · ")


def test_who_has_the_feed_is_answered_304_until_something_changes(followed: Followed) -> None:
    headers = dict(followed.ask().headers)
    for name, value in (("if_none_match", headers["etag"]), ("if_modified_since", headers["last-modified"])):
        reply = followed.ask(**{name: value})
        assert (reply.status, reply.body) == (304, b"")
        assert dict(reply.headers)["etag"] == headers["etag"]
    followed.publish("four")
    for name, value in (("if_none_match", headers["etag"]), ("if_modified_since", headers["last-modified"])):
        assert followed.ask(**{name: value}).status == 200
    other = dict(followed.ask().headers)
    followed.publish("five", text="No word of it.")
    assert followed.ask(if_none_match=other["etag"]).status == 304


def test_ids_do_not_depend_on_where_a_feed_is_read(followed: Followed) -> None:
    one, other = followed.feed(), followed.feed(host="127.0.0.1:8080", x_forwarded_proto="https")
    assert [e.text for e in one.iter(f"{ATOM}id")] == [e.text for e in other.iter(f"{ATOM}id")]
    assert [e.get("href") for e in one.iter(f"{ATOM}link")] != [e.get("href") for e in other.iter(f"{ATOM}link")]


def test_a_text_of_many_paragraphs_is_one_entry_and_a_feed_has_an_end(followed: Followed) -> None:
    followed.publish("long", title="The ferry", blocks=[f"A ferry sails at {n}." for n in range(1, 6)])
    entry = next(followed.feed().iter(f"{ATOM}entry"))
    assert entry.findtext(f"{ATOM}summary") == " … ".join(f"A ferry sails at {n}." for n in range(1, 6))
    followed.office.publish(*(Draft(id_of(f"m{n}"), "publish", message(f"m{n}")) for n in range(FEED_ENTRIES + 5)))
    Search(lambda: followed.office.reader, followed.office.folder / "search").catch_up()
    assert len(followed.told()) == len(set(followed.told())) == FEED_ENTRIES


@pytest.mark.parametrize("query", ["q=ferry", "q=nothingofthesort", "speaker=oriel-tavenmark", "q=ferry+%22at+nine%22"])
def test_a_feed_keeps_the_rules_of_atom(followed: Followed, query: str) -> None:
    body = followed.ask(query).body
    grammar = etree.RelaxNG(etree.parse(VECTORS / "atom" / "atom.rng"))
    assert grammar.validate(etree.fromstring(body)), grammar.error_log
    parsed = feedparser.parse(body)
    assert not parsed.bozo, parsed
    assert parsed.feed.author == followed.office.origin.partition("/")[0]
    assert len({one.id for one in parsed.entries} | {parsed.feed.id}) == len(parsed.entries) + 1
    assert [one.updated for one in parsed.entries] == sorted((one.updated for one in parsed.entries), reverse=True)
    assert parsed.feed.updated == max([one.updated for one in parsed.entries], default="2026-03-03T09:00:00Z")
