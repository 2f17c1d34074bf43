"""Feeds: the messages in RSS (0.9x, 1.0, 2.0), in Atom, and in an export of WordPress (WXR), as a page each.

Its items come one by one (`feed_items.py`). Of an export only what was public is taken: no draft, no private or locked
message, no revision, menu or file. A feed states its facts: they become the head of the page (title, day, address) and
its words the body. A day in a form of no standard is read like any that a page prints.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree, html

from communique.importing.capture import LIMIT_BYTES
from communique.importing.errors import ImportingError, NotReadable
from communique.importing.feed_items import (
    FETCH_AGAIN,
    LANG,
    STRANGE_SIGNS,
    address_of_item,
    facts_of,
    items_of_feed,
    plain_words,
    stated_day,
    with_entities,
)
from communique.importing.raw import Raw, id_of
from communique.importing.sentence import Sentence

_WORDPRESS = "wordpress.org/export"
_TAKEN_TYPES = ("", "post", "page")
_BLOCK = re.compile(r"<(?:p|div|h[1-6]|ul|ol|table|blockquote|figure|pre|section|article)\b", re.I)
_BEGINS_A_BLOCK = re.compile(
    r"</?(?:p|div|h[1-6]|[uod]l|li|d[dt]|table|t[rdh]|blockquote|figure|pre|section|hr)\b", re.I
)
_OF_BLOCKS = "<!-- wp:"
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_SHORTCODE = re.compile(r"\[/?(?:caption|gallery|embed|audio|video|playlist)\b[^\]]{0,500}\]", re.I)


def pages_of_feed(name: str, file: BinaryIO) -> Iterator[Raw | ImportingError]:
    """Each message of a feed; raises NotReadable where it cannot be read any further."""
    taken = 0
    for number, item, language, base in items_of_feed(name, file):
        for page in _page(name, number, item, language, base):
            taken += 1
            yield page
    if not taken:
        raise NotReadable(name, Sentence("no public message in this feed"), FETCH_AGAIN)


def _page(name: str, number: int, item: etree._Element, language: str, base: str) -> Iterator[Raw | ImportingError]:
    if next(item.iter(etree.Entity), None) is not None:
        raise with_entities(name)
    facts = facts_of(item)
    if not _is_public(item, facts):
        return
    title = plain_words(facts.get("title", ""))
    address = address_of_item(item, facts, base)
    where = f"{name}, message {number}" + (f" ({address})" if address else "")
    body = facts.get("encoded") or facts.get("content") or facts.get("description") or facts.get("summary") or ""
    if not title and not body:
        yield NotReadable(where, Sentence("no word in it"), FETCH_AGAIN)
        return
    if _is_exported(item) and _OF_BLOCKS not in body:
        body = _with_paragraphs(body)
    data = _as_page(title, stated_day(facts), body, item.get(LANG) or language)
    if len(data) > LIMIT_BYTES:
        what = Sentence("more than the {limit} bytes that a page may have", limit=LIMIT_BYTES)
        yield NotReadable(where, what, Sentence("save this message by itself"))
        return
    yield Raw(id_of(address) if address else f"message-{number}", where, data, address or None, None, "utf-8")


def _is_public(item: etree._Element, facts: dict[str, str]) -> bool:
    """Whether a message of an export could be read by everybody; feeds hold no other."""
    if not _is_exported(item):
        return True
    is_kind = facts.get("post_type", "") in _TAKEN_TYPES
    return is_kind and facts.get("status", "publish") == "publish" and not facts.get("post_password", "").strip()


def _is_exported(item: etree._Element) -> bool:
    return any(_WORDPRESS in str(element.tag) for element in item)


def _with_paragraphs(body: str) -> str:
    """The words of an older export, in which an empty line divides paragraphs beside those elements that are there."""
    parts = (part.strip() for part in re.split(r"\n\s*\n", body.replace("\r\n", "\n")))
    return "\n".join(part if _BEGINS_A_BLOCK.match(part) else f"<p>{part}</p>" for part in parts if part)


def _as_page(title: str, day: str, body: str, language: str) -> bytes:
    """A message as the bytes of a page."""
    body = STRANGE_SIGNS.sub(" ", _SHORTCODE.sub("", _COMMENT.sub("", body)))
    if not _BLOCK.search(body):
        parts = (part.strip() for part in re.split(r"\n\s*\n", body.replace("\r\n", "\n")))
        body = "".join(f"<p>{part}</p>" for part in parts if part)
    page = html.document_fromstring("<html><head></head><body><main></main></body></html>")
    if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", language):
        page.set("lang", language)
    main = page.find("body/main")
    for tag, words in (("h1", title), ("p", day)):
        if words:
            etree.SubElement(main, tag).text = words
    inner = html.fragment_fromstring(body, create_parent="div") if body.strip() else etree.Element("div")
    main.append(inner)
    return b"<!doctype html>\n" + html.tostring(page, encoding="utf-8")
