"""Feeds: the messages in RSS (0.9x, 1.0, 2.0), in Atom, and in an export of WordPress (WXR), as a page each.

Read as a stream, element by element, so that an export of twenty years costs the memory of its longest message. Of an
export only what was public is taken: no draft, no private or locked message, no revision, menu or file. A feed states
its facts: they become the head of the page (title, day, address) and its words the body. An address is made whole by
the feed's own base, its link, or where it came from. A day in a form of no standard stays as the feed has it, and is
read like any that a page prints.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import BinaryIO
from urllib.parse import urljoin

from lxml import etree, html

from communique.importing.capture import LIMIT_BYTES
from communique.importing.errors import ImportingError, NotReadable
from communique.importing.raw import Raw, id_of
from communique.importing.sentence import Sentence

LIMIT_ITEMS = 1_000_000
LIMIT_DEPTH = 100
FEEDS = ("rss", "RDF", "feed")

_HEAD_BYTES = 65_536
_DECLARES = re.compile(rb"<!ENTITY|<!DOCTYPE[^>]{0,2000}\[", re.I)
_ITEMS = ("item", "entry")
_AGAIN = Sentence("fetch the feed again")
_LIMIT_DAY = 60
_WHOLE = re.compile(r"https?://[^\s/]", re.I)
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_WORDPRESS = "wordpress.org/export"
_TAKEN_TYPES = ("", "post", "page")
_BLOCK = re.compile(r"<(?:p|div|h[1-6]|ul|ol|table|blockquote|figure|pre|section|article)\b", re.I)
_BEGINS_A_BLOCK = re.compile(
    r"</?(?:p|div|h[1-6]|[uod]l|li|d[dt]|table|t[rdh]|blockquote|figure|pre|section|hr)\b", re.I
)
_OF_BLOCKS = "<!-- wp:"
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_SHORTCODE = re.compile(r"\[/?(?:caption|gallery|embed|audio|video|playlist)\b[^\]]{0,500}\]", re.I)
_STRANGE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def pages_of_feed(name: str, file: BinaryIO) -> Iterator[Raw | ImportingError]:
    """Each message of a feed; raises NotReadable where it cannot be read any further."""
    language = ""
    base = name if _WHOLE.match(name) else ""
    depth = count = taken = 0
    head = file.read(_HEAD_BYTES)
    file.seek(0)
    if _DECLARES.search(head.replace(b"\0", b"")):
        raise _with_entities(name)
    try:
        events = etree.iterparse(
            file,
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        for event, element in events:
            depth += 1 if event == "start" else -1
            if depth == 1 and event == "start":
                _check_root(name, element)
                language = element.get(_LANG, "")
                base = _whole(element.get(_BASE, ""), base)
            if depth > LIMIT_DEPTH:
                raise NotReadable(name, Sentence("too many of its elements are inside one another"), _AGAIN)
            if event == "start":
                continue
            if _local(element) == "language" and depth == 2 and not language:
                language = (element.text or "").strip()
            if _local(element) == "link" and depth == 2 and not element.get("href") and not count:
                base = _whole((element.text or "").strip(), base)
            if _local(element) in _ITEMS and depth <= 2:
                count += 1
                if count > LIMIT_ITEMS:
                    return
                for page in _page(name, count, element, language, base):
                    taken += 1
                    yield page
                _forget(element)
    except ImportingError:
        raise
    except (etree.XMLSyntaxError, ValueError, OSError) as fault:
        what = Sentence("its XML is damaged ({fault})", fault=" ".join(str(fault).split())[:200])
        raise NotReadable(name, what, _AGAIN) from None
    if not taken:
        raise NotReadable(name, Sentence("no public message in this feed"), _AGAIN)


def _with_entities(name: str) -> NotReadable:
    return NotReadable(name, Sentence("it declares entities, which no feed does and attacks do"), _AGAIN)


def _check_root(name: str, root: etree._Element) -> None:
    if _local(root) not in FEEDS:
        what = Sentence("its XML is none of a feed (it begins with {tag})", tag=_local(root)[:40])
        raise NotReadable(name, what, Sentence("name a feed of RSS or Atom, or an export of WordPress"))


def _whole(address: str, base: str) -> str:
    """An address, made whole; as it was written where nothing says from where it is meant."""
    try:
        return urljoin(base, address) if address else base
    except ValueError:
        return address


def _page(name: str, number: int, item: etree._Element, language: str, base: str) -> Iterator[Raw | ImportingError]:
    if next(item.iter(etree.Entity), None) is not None:
        raise _with_entities(name)
    facts = _facts(item)
    if not _is_public(item, facts):
        return
    title = _plain(facts.get("title", ""))
    address = facts.get("link") or _permanent(item) or ""
    address = _whole(address, _whole(item.get(_BASE, ""), base)) if address else ""
    where = f"{name}, message {number}" + (f" ({address})" if address else "")
    body = facts.get("encoded") or facts.get("content") or facts.get("description") or facts.get("summary") or ""
    if not title and not body:
        yield NotReadable(where, Sentence("no word in it"), _AGAIN)
        return
    if _is_exported(item) and _OF_BLOCKS not in body:
        body = _with_paragraphs(body)
    data = _as_page(title, _day(facts), body, item.get(_LANG) or language)
    if len(data) > LIMIT_BYTES:
        what = Sentence("more than the {limit} bytes that a page may have", limit=LIMIT_BYTES)
        yield NotReadable(where, what, Sentence("save this message by itself"))
        return
    yield Raw(id_of(address) if address else f"message-{number}", where, data, address or None, None, "utf-8")


def _permanent(item: etree._Element) -> str | None:
    """The address that an item has instead of a name, where it has no link."""
    guid = next((element for element in item if _local(element) == "guid"), None)
    words = "" if guid is None or guid.get("isPermaLink", "true").lower() == "false" else (guid.text or "").strip()
    return words if _WHOLE.match(words) else None


def _facts(item: etree._Element) -> dict[str, str]:
    """Local name of an item's elements -> their words; of links the one that leads to the message."""
    found: dict[str, str] = {}
    for element in item:
        name = _local(element)
        if name == "link":
            if element.get("rel", "alternate") == "alternate":
                found.setdefault("link", (element.get("href") or element.text or "").strip())
        elif name == "encoded" and "excerpt" in str(element.tag):
            found.setdefault("excerpt", element.text or "")
        else:
            found.setdefault(name, _inner(element))
    return found


def _inner(element: etree._Element) -> str:
    """The words of an element; those of XHTML in Atom with their markup."""
    if element.get("type") == "xhtml":
        return "".join(etree.tostring(child, encoding="unicode", method="html") for child in element)
    if element.get("type", "html") == "text":
        return entities.escape("".join(element.itertext()))
    return "".join(str(words) for words in element.itertext())


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


def _day(facts: dict[str, str]) -> str:
    """The day that a feed states, as a page would print it; "" where it states none."""
    stated = facts.get("post_date") or facts.get("published") or facts.get("date") or facts.get("pubDate") or ""
    stated = stated or facts.get("updated", "")
    if found := re.match(r"\s*(\d{4}-\d\d-\d\d)", stated):
        try:
            return datetime.strptime(found[1], "%Y-%m-%d").date().isoformat()
        except ValueError:
            return ""
    try:
        return parsedate_to_datetime(stated).date().isoformat()
    except (TypeError, ValueError):
        return _plain(stated) if len(stated) <= _LIMIT_DAY else ""


def _as_page(title: str, day: str, body: str, language: str) -> bytes:
    """A message as the bytes of a page."""
    body = _STRANGE.sub(" ", _SHORTCODE.sub("", _COMMENT.sub("", body)))
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


def _plain(title: str) -> str:
    return " ".join(_STRANGE.sub(" ", entities.unescape(re.sub(r"<[^<>]{0,200}>", "", title))).split())


def _forget(item: etree._Element) -> None:
    """Let go of an item and of what stood before it."""
    parent = item.getparent()
    item.clear()
    while parent is not None and len(parent) > 1 and parent[0] is not item:
        del parent[0]


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""
