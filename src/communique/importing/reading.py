"""A reading: what one page of a batch says, without its source: small enough to keep by the ten thousand.

Beside the page stands what other pages are compared with: the words of the message as one hash, each longer paragraph
as one, the listed messages with where they lead, the addresses that the page names of itself, and where on it its
fields stand.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, replace

from communique.importing.learning import placed_of
from communique.importing.page import Left, Page
from communique.importing.site import NOWHERE, Placed
from communique.importing.turns import Turn

LEAST_COMPARED = 60
"""signs: a shorter paragraph may stand in two messages by chance"""
MOST_ENDINGS = 4
ENDS_MANY = "it ends many pages of this site"
_HASH_SIGNS = 16
_BESIDE_WORDS = re.compile(r"[\W_]+")
_REACHES = re.compile(r"\S@\S+\.\w|https?://|www\.|\+\d[\d ()./-]{6,}|©")


@dataclass(frozen=True)
class Seen:
    """A message that a page lists, and where its link leads."""

    day: str | None
    title: str
    teaser: str | None
    target: str | None


@dataclass(frozen=True)
class Reading:
    """A page, understood, without its lines."""

    page: Page
    left: tuple[Left, ...]
    seen: tuple[Seen, ...]
    words: str
    """hash of the body's letters and figures"""
    signs: int
    paragraphs: tuple[str, ...]
    """hash of each paragraph of the body"""
    compared: tuple[str, ...]
    """those of the longer ones"""
    endings: tuple[str, ...]
    """those of its last ones that could be the site's own: longer ones, and those that say how to reach somebody"""
    placed: Placed = NOWHERE


def reading_of(page: Page) -> Reading:
    """What is kept of a page."""
    body = [_plain(text) for text in page.body]
    hashes = tuple(_hash(text) for text in body)
    compared = tuple(h for h, text in zip(hashes, body, strict=True) if len(text) >= LEAST_COMPARED)
    slim = replace(page, capture=replace(page.capture, lines=(), elements=()), stretches=())
    whole = "".join(body)
    endings = tuple(
        h
        for h, plain, text in list(zip(hashes, body, page.body, strict=True))[1:][-MOST_ENDINGS:]
        if len(plain) >= LEAST_COMPARED or _REACHES.search(text)
    )
    return Reading(slim, page.left, _seen(page), _hash(whole), len(whole), hashes, compared, endings, placed_of(page))


def in_no_field(reading: Reading, common: Collection[str]) -> tuple[Left, ...]:
    """What of a page's source is in no field of what lands; paragraphs whose hash is in `common` end many pages."""
    _page, gone = without_ending(reading, common)
    return (*reading.left, *reading.page.beside, *(Left(0, words, ENDS_MANY) for words in gone))


def without_ending(reading: Reading, known: Collection[str]) -> tuple[Page, tuple[str, ...]]:
    """The page without the last paragraphs of its body whose hash is in `known`, and their words."""
    page, body = reading.page, reading.page.body
    last = len(body)
    while last > 1 and reading.paragraphs[last - 1] in known:
        last -= 1
    if last == len(body):
        return page, ()
    if page.turns:
        return replace(page, turns=_first_of(page.turns, last)), body[last:]
    return replace(page, paragraphs=page.paragraphs[:last], runs=page.runs[:last]), body[last:]


def _first_of(turns: tuple[Turn, ...], count: int) -> tuple[Turn, ...]:
    """Turns up to so many paragraphs, counted over all of them; a mark without words counts as one."""
    found, at = [], 0
    for turn in turns:
        if at >= count:
            break
        left = count - at
        at += max(len(turn.paragraphs), 1)
        found.append(replace(turn, paragraphs=turn.paragraphs[:left], runs=turn.runs[:left]))
    return tuple(found)


def title_key(title: str) -> str:
    """What titles are compared by: letters and figures alone."""
    return _plain(title)


def _seen(page: Page) -> tuple[Seen, ...]:
    targets: dict[int, str] = {}
    lines = {line.number: line for line in page.capture.lines if line.links}
    for stretch in page.stretches:
        if stretch.part == "listed" and (line := lines.get(stretch.line)):
            leading = next((link.target for link in line.links if link.is_whole), None)
            if leading:
                targets.setdefault(stretch.number, leading)
    items = enumerate(page.listing.items)
    return tuple(Seen(item.day, item.title, item.teaser, targets.get(n)) for n, item in items)


def _plain(text: str) -> str:
    return _BESIDE_WORDS.sub("", unicodedata.normalize("NFKC", text).casefold())


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:_HASH_SIGNS]
