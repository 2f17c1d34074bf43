"""A feed inside a web archive: a page that lists messages, with where they lead, their days and their titles.

There the messages have pages of their own, so a feed tells nothing new of them but what it tells surely: each title as
it was typed in, and the day on which it became public. RSS, Atom and JSON Feed become one list each, read line by line
and never guessed. What has no day of publication in it (an Atom entry that only says when it was changed), and what is
a comment of a reader, is not listed. A feed that cannot be read any further lists what stands before.

    <item><title>On the ferry</title><link>/1</link><pubDate>Tue, 05 May 2026 …    ->  <li>2026-05-05 <a href="/1">…
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from lxml import etree

from communique.importing.dates import PrintedDate
from communique.importing.endings import HEAD_BYTES
from communique.importing.errors import ImportingError
from communique.importing.feed_items import Entry, entries_of_feed, entry_of
from communique.importing.leavings import Leavings
from communique.importing.listing import LIMIT_ITEMS, Listed, Listing
from communique.importing.sheet import Sheet

MEDIA = frozenset((
    "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml",
    "application/feed+json", "application/json",
))  # fmt: skip
ENDING = ".feed"
"""what the name of a feed in an archive ends in, so that it is read as a list"""
_XML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,400}?-->\s*|<\?[^>]{0,400}\?>\s*)*"
    rb"<(?:rss|feed|rdf:RDF)\b",
    re.I | re.S,
)
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{.{0,400}?https?:\\?/\\?/jsonfeed\.org\\?/version", re.I | re.S)
_COMMENT = re.compile(r"#(?:comment|respond|c\d)", re.I)
_PATTERN = "y-MM-dd"
_LENGTH = len("2026-05-05")


def is_feed(head: bytes) -> bool:
    """Whether the first bytes of an answer are those of a feed."""
    return bool(_XML.match(head) or _JSON.match(head))


def lists_messages(data: bytes) -> bool:
    """Whether a feed lists any message with its day and where it leads."""
    return next(_entries(data), None) is not None


def feed_tree(_name: str, data: bytes, _left: Leavings) -> etree._Element:
    """A feed as a list in HTML, an item a message."""
    tree = etree.Element("div")
    rows = etree.SubElement(tree, "ul")
    for _, entry in zip(range(LIMIT_ITEMS), _entries(data), strict=False):
        row = etree.SubElement(rows, "li")
        row.text = f"{entry.day} "
        etree.SubElement(row, "a", href=entry.address).text = entry.title
    return tree


def listing_of_feed(sheet: Sheet) -> Listing:
    """Take the lines of such a list: each begins with its day, and all else is its title."""
    listed = []
    for number, line in enumerate(sheet.free()):
        sheet.take(line, "listed", number)
        printed = PrintedDate(date.fromisoformat(line.text[:_LENGTH]), _PATTERN, line.text[:_LENGTH], 0, _LENGTH)
        listed.append(Listed(printed, line.text[_LENGTH:].strip()))
    return Listing(None, tuple(listed), None, None)


def _entries(data: bytes) -> Iterator[Entry]:
    found = _of_json(data) if _JSON.match(data[:HEAD_BYTES]) else entries_of_feed("", io.BytesIO(data))
    with suppress(ImportingError):  # what is listed before the damage stands
        for entry in found:
            if entry.title and entry.day and entry.address and not _COMMENT.search(entry.address):
                yield entry


def _of_json(data: bytes) -> Iterator[Entry]:
    """The entries of a JSON Feed (jsonfeed.org, versions 1 and 1.1)."""
    try:
        items = json.loads(data.decode("utf-8-sig")).get("items", ())
    except (ValueError, AttributeError, RecursionError):
        return
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict):
            title, address, day = (item.get(key) for key in ("title", "url", "date_published"))
            facts = {"title": title, "link": address, "published": day}
            yield entry_of({key: words for key, words in facts.items() if isinstance(words, str)})
