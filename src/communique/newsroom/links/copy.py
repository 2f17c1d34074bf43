"""The page that an outsider reads: the press's own, with his name on it, and nothing that leads elsewhere at the desk.

Taken out are scripts, what names the page for machines, and what nobody can know before publication (entry and leaf).
Files that are not public are reached under the link alone; everything public leads to the public site.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.template.loader import render_to_string
from django.templatetags.static import static
from lxml import html

from communique.newsroom.content import Frozen, files_in
from communique.newsroom.given import given
from communique.newsroom.links.finding import end_of
from communique.newsroom.links.models import Link
from communique.newsroom.next_edition import next_of
from communique.newsroom.previewing import set_pages
from communique.newsroom.releasing import frozen_of

LEFT_OUT = (
    "//script | //link[@rel='canonical' or @rel='alternate' or @rel='preload'] | //meta[@http-equiv]"
    " | //*[contains(concat(' ', @class, ' '), ' ledger ')] | //aside[@data-latest]"
)
DOCTYPE = "<!DOCTYPE html>"
ADDRESS_PARTS = 6
"""language, section, year, month, day, slug"""


@dataclass(frozen=True)
class Shown:
    """What a link shows: frozen editions in the order of their release, and the pages they would make."""

    editions: tuple[Frozen, ...]
    number: int
    """which of the messages among them is read, from 1"""
    at: datetime

    @property
    def messages(self) -> list[Frozen]:
        """Those of the editions that are messages: furniture is seen around them."""
        return messages_of(self.editions)

    @property
    def read(self) -> Frozen:
        """The one that is read."""
        return self.messages[self.number - 1]


def messages_of(editions: Sequence[Frozen]) -> list[Frozen]:
    """The messages among editions."""
    return [one for one in editions if one.content.get("type") == "message"]


def editions_of(link: Link) -> tuple[Frozen, ...]:
    """What a link is for: the frozen editions of its release, or the next edition of its draft."""
    if link.release:
        return tuple(frozen_of(item) for item in link.release.items.all())
    return (next_of(link.page.specific.get_latest_revision_as_object()),)


def shown_by(link: Link, number: int) -> Shown | None:
    """What is read at a link's page of that number; None where it has none."""
    editions = editions_of(link)
    if not 1 <= number <= len(messages_of(editions)):
        return None
    now = given().clock()
    return Shown(editions, number, max(end_of(link), now) if link.release else now)


def files_of(editions: Sequence[Frozen]) -> dict[str, Mapping[str, Any]]:
    """Name of each private file of the editions -> what is said of it there."""
    found = (one for edition in editions for one in files_in(edition.content))
    return {one["file"]["private"]: one for one in found if isinstance(one["file"], Mapping)}


def set_page(shown: Shown, root: str, frame: Mapping[str, Any]) -> bytes:
    """The page, as bytes. `root` is the link's path, "/l/TOKEN/"; `frame` what its templates need."""
    pages, private = set_pages(shown.editions, shown.at)
    paths = _paths(shown, pages)
    places = {f"/{path}": f"{root}file/{name}" for path, name in private.items()}
    for number, path in enumerate(paths, start=1):
        own = f"/{path.removesuffix('index.html')}"
        places |= {own: root if number == 1 else f"{root}{number}/"}
    page = html.document_fromstring(pages[paths[shown.number - 1]].decode())
    for one in page.xpath(LEFT_OUT):
        one.drop_tree()
    for element in page.iter():
        _lead(element, places)
    _frame(page, shown, frame)
    return html.tostring(page, encoding="utf-8", doctype=DOCTYPE)


def _paths(shown: Shown, pages: Mapping[str, bytes]) -> list[str]:
    """The path of each message's page. The day in an address is known to the press alone, and a number behind it."""
    left = [path for path in pages if path.endswith("/index.html") and "/editions/" not in path]
    return [left.pop(left.index(_path_of(one, left))) for one in shown.messages]


def _path_of(edition: Frozen, paths: Sequence[str]) -> str:
    """Raises ValueError where an edition has no page at its address: an erasure takes it."""
    parts = (edition.content.get("address") or "").split("/")
    if len(parts) == ADDRESS_PARTS:
        language, word, slug = map(re.escape, (*parts[:2], parts[-1]))
        made = re.compile(rf"{language}/{word}/\d+/\d\d/\d\d/{slug}(-\d+)?/index\.html")
        for path in paths:
            if made.fullmatch(path):
                return path
    raise ValueError(f"{edition.ident} has no page of its own")


def _lead(element: Any, places: Mapping[str, str]) -> None:
    """Let what an element names be found: under the link, among the desk's public files, or at the public site."""
    for key in ("href", "src", "poster"):
        target = element.get(key)
        if not target or target.startswith("#"):
            continue
        path = _path(target)
        if path is None:
            element.set("rel", "noreferrer noopener")
        elif found := places.get(path):
            fragment = urlsplit(target).fragment
            element.set(key, found + (f"#{fragment}" if fragment else ""))
        elif any(path.startswith(f"{own}editions/") for own in places):
            element.attrib.pop(key)
        elif not path.startswith(("/assets/", "/files/")):
            element.set(key, given().site_address.rstrip("/") + target[target.index(path) :])
            element.set("rel", "noreferrer noopener")


def _path(target: str) -> str | None:
    """The path of an address on the public site; None for any other address."""
    site = given().site_address
    if target.startswith(site):
        target = "/" + target.removeprefix(site)
    return urlsplit(target).path if target.startswith("/") and not target.startswith("//") else None


def _frame(page: Any, shown: Shown, frame: Mapping[str, Any]) -> None:
    """The recipient's name above and on paper, and places to answer where the link asks for an answer."""
    page.head.append(_piece('<meta name="referrer" content="no-referrer">'))
    page.head.append(_piece(f'<link rel="stylesheet" href="{static("newsroom/links.css")}">'))
    for old in page.xpath("//meta[@name='robots']"):
        old.drop_tree()
    page.head.append(_piece('<meta name="robots" content="noindex, nofollow, noarchive">'))
    page.body.insert(0, _made("head", frame))
    for foot in page.xpath("//*[@class='print-foot']"):
        foot.getparent().replace(foot, _made("paper", frame))
    if frame["asks"]:
        for turn in page.xpath("//*[contains(concat(' ', @class, ' '), ' turn ')]"):
            turn.append(_made("remarks", {**frame, **frame["turn"](turn.get("id"))}))
        for words in page.xpath("//*[@class='words']"):
            words.append(_made("answer", {**frame, **frame["turn"]("")}))


def _made(template: str, facts: Mapping[str, Any]) -> Any:
    return _piece(render_to_string(f"newsroom/links/{template}.html", dict(facts)))


def _piece(source: str) -> Any:
    return html.fragment_fromstring(source.strip())
