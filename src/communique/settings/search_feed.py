"""*Follow this search*: what became public last of what a search finds, as Atom (RFC 4287).

    /en/search/feed.atom?q=ferry      at most FEED_ENTRIES turns or texts, of at most FEED_UNITS hits

What is told follows the record, not the calendar: an entry stands where the last edition of its message entered the
record, whatever day the message is of. So who follows a search is told of a message that was published late under an
old day, and of a correction, a withdrawal or an import.

    id          the address of the turn at the office's own address, whatever name and port it is read at
    published   the instant of the message's first entry in the record
    updated     the instant of its last one; the feed's is that of its newest entry, or the record's first

The feed is made for each request, from the index and from words of at most FEED_UNITS hits; its ETag is the hash of its
bytes, its Last-Modified the instant of the last entry that the index took in: later than any change of the feed. A
reader of feeds that has it is answered 304.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from hashlib import sha256
from urllib.parse import quote
from xml.etree import ElementTree

from communique.press.answer import ASK_AGAIN, protection, unchanged
from communique.press.reply import Reply, Request
from communique.press.wording import Wording, capital
from communique.search.answering import Followed, Shown
from communique.search.asked import Asked
from communique.search.turns import TITLE

FEED_UNITS, FEED_ENTRIES = 60, 30
FEED_NAME = "feed.atom"
ATOM = "http://www.w3.org/2005/Atom"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_MARKED_STATES = ("withdrawn", "recalled")
_NEVER = "1970-01-01T00:00:00Z"

ElementTree.register_namespace("", ATOM)


@dataclass(frozen=True)
class SearchFeed:
    """Which search is followed, in the words of which page. `site` is the address that the feed is read at."""

    site: str
    language: str
    asked: Asked
    wording: Wording

    @property
    def path(self) -> str:
        """Two who follow the same search have one feed."""
        return f"/{self.language}/search/{FEED_NAME}?{self.asked.address(page='', order='')}"


def feed_reply(followed: Followed, feed: SearchFeed, request: Request) -> Reply:
    """The feed, or 304 for who has it."""
    body = feed_of(followed, feed)
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    at = datetime.fromisoformat(followed.at or _NEVER)
    modified = format_datetime(at, usegmt=True)
    headers = [("etag", etag), ("last-modified", modified), ("cache-control", ASK_AGAIN)]
    headers += protection(f"search/{FEED_NAME}")
    if unchanged(request.header("if-none-match"), request.header("if-modified-since"), etag, modified):
        return Reply(304, headers)
    return Reply(200, [("content-type", "application/atom+xml; charset=utf-8"), *headers], body)


def feed_of(followed: Followed, feed: SearchFeed) -> bytes:
    """The bytes of the feed."""
    office = "https://" + followed.origin.rpartition("/")[0]
    wording, asked = feed.wording, feed.asked
    entries: dict[str, list[Shown]] = {}  # title and blocks of a text without turns have one address, so they are one
    for one in followed.shown:
        entries.setdefault(quote(one.path) + (f"#{one.anchor}" if one.anchor else ""), []).append(one)
    told = list(entries.items())[:FEED_ENTRIES]
    root = ElementTree.Element(f"{{{ATOM}}}feed", {_LANGUAGE: wording.language})
    _put(root, "id", office + feed.path)
    _put(root, "title", wording.text("contact_label", label=wording.label("search_follow")) + f" {asked.q}".rstrip())
    _put(root, "updated", max((some[0].updated_at for _, some in told), default=followed.since or _NEVER))
    _put(root, "link", None, rel="self", type="application/atom+xml", href=feed.site + feed.path)
    page = f"{feed.site}/{feed.language}/search/?{asked.address(page='', order='date')}"
    _put(root, "link", None, rel="alternate", type="text/html", href=page)
    _put(ElementTree.SubElement(root, f"{{{ATOM}}}author"), "name", office.partition("//")[2])
    for address, some in told:
        _put_entry(root, office + address, feed.site + address, some, wording)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="utf-8")


def _put_entry(root: ElementTree.Element, id_: str, target: str, some: Sequence[Shown], wording: Wording) -> None:
    one = some[0]
    entry = ElementTree.SubElement(root, f"{{{ATOM}}}entry", {_LANGUAGE: one.language})
    _put(entry, "id", id_)
    _put(entry, "title", one.title)
    _put(entry, "published", one.published_at)
    _put(entry, "updated", one.updated_at)
    _put(entry, "link", None, rel="alternate", type="text/html", href=target)
    if one.speaker:
        _put(ElementTree.SubElement(entry, f"{{{ATOM}}}author"), "name", one.speaker)
    became = [wording.label(f"row_{one.state}")] if one.state in _MARKED_STATES else []
    if became:
        _put(entry, "category", None, term=one.state)
    said = [other for other in some if other.unit != TITLE] or some
    words = " … ".join("".join(words for words, _ in other.words) for other in said)
    _put(entry, "summary", " · ".join([*map(capital, became), words]))


def _put(parent: ElementTree.Element, name: str, words: str | None, **attributes: str) -> None:
    ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", attributes).text = words
