"""The items of a feed, one after the other: RSS (0.9x, 1.0, 2.0), Atom, and an export of WordPress (WXR).

Read as a stream, element by element, so that a feed of twenty years costs the memory of its longest message. Refused
are a feed that declares entities, one too deep, and one that is damaged, from there on. An address is made whole by the
feed's own base, its link, or where it came from; a day in a form of no standard stays as the feed has it.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import BinaryIO
from urllib.parse import urljoin

from lxml import etree

from communique.importing.errors import ImportingError, NotReadable
from communique.importing.sentence import Sentence

LIMIT_ITEMS = 1_000_000
LIMIT_DEPTH = 100
FEEDS = ("rss", "RDF", "feed")
FETCH_AGAIN = Sentence("fetch the feed again")
STRANGE_SIGNS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
BASE = "{http://www.w3.org/XML/1998/namespace}base"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_HEAD_BYTES = 65_536
_DECLARES = re.compile(rb"<!ENTITY|<!DOCTYPE[^>]{0,2000}\[", re.I)
_ITEMS = ("item", "entry")
_LIMIT_DAY = 60
_WHOLE = re.compile(r"https?://[^\s/]", re.I)


@dataclass(frozen=True)
class Entry:
    """A message as a feed lists it: its title, the day on which it became public (ISO, or "") and its address."""

    title: str
    day: str
    address: str


def entries_of_feed(name: str, file: BinaryIO) -> Iterator[Entry]:
    """What a feed says of each message, without its words; raises NotReadable where it cannot be read any further."""
    for _number, item, _language, base in items_of_feed(name, file):
        facts = facts_of(item)
        facts["link"] = address_of_item(item, facts, base)
        yield entry_of(facts)


def entry_of(facts: dict[str, str]) -> Entry:
    """An entry from the words of its elements, its link a whole address; only a whole day of publication is one."""
    day = stated_day({key: value for key, value in facts.items() if key != "updated"})
    whole_day = day if re.fullmatch(r"\d{4}-\d\d-\d\d", day) else ""
    return Entry(plain_words(facts.get("title", "")), whole_day, facts.get("link", ""))


def items_of_feed(name: str, file: BinaryIO) -> Iterator[tuple[int, etree._Element, str, str]]:
    """Each item of a feed with its number, its language and the base of its addresses; forgotten once it was used."""
    language = ""
    base = name if _WHOLE.match(name) else ""
    depth = count = 0
    head = file.read(_HEAD_BYTES)
    file.seek(0)
    if _DECLARES.search(head.replace(b"\0", b"")):
        raise with_entities(name)
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
                language = element.get(LANG, "")
                base = whole_address(element.get(BASE, ""), base)
            if depth > LIMIT_DEPTH:
                raise NotReadable(name, Sentence("too many of its elements are inside one another"), FETCH_AGAIN)
            if event == "start":
                continue
            if local_name(element) == "language" and depth == 2 and not language:
                language = (element.text or "").strip()
            if local_name(element) == "link" and depth == 2 and not element.get("href") and not count:
                base = whole_address((element.text or "").strip(), base)
            if local_name(element) in _ITEMS and depth <= 2:
                count += 1
                if count > LIMIT_ITEMS:
                    return
                yield count, element, language, base
                _forget(element)
    except ImportingError:
        raise
    except (etree.XMLSyntaxError, ValueError, OSError) as fault:
        what = Sentence("its XML is damaged ({fault})", fault=" ".join(str(fault).split())[:200])
        raise NotReadable(name, what, FETCH_AGAIN) from None


def with_entities(name: str) -> NotReadable:
    return NotReadable(name, Sentence("it declares entities, which no feed does and attacks do"), FETCH_AGAIN)


def _check_root(name: str, root: etree._Element) -> None:
    if local_name(root) not in FEEDS:
        what = Sentence("its XML is none of a feed (it begins with {tag})", tag=local_name(root)[:40])
        raise NotReadable(name, what, Sentence("name a feed of RSS or Atom, or an export of WordPress"))


def whole_address(address: str, base: str) -> str:
    """An address, made whole; as it was written where nothing says from where it is meant."""
    try:
        return urljoin(base, address) if address else base
    except ValueError:
        return address


def address_of_item(item: etree._Element, facts: dict[str, str], base: str) -> str:
    """Where an item leads, made whole; "" where it leads nowhere."""
    address = facts.get("link") or _permanent_address(item)
    return whole_address(address, whole_address(item.get(BASE, ""), base)) if address else ""


def _permanent_address(item: etree._Element) -> str | None:
    """The address that an item has instead of a name, where it has no link."""
    guid = next((element for element in item if local_name(element) == "guid"), None)
    words = "" if guid is None or guid.get("isPermaLink", "true").lower() == "false" else (guid.text or "").strip()
    return words if _WHOLE.match(words) else None


def facts_of(item: etree._Element) -> dict[str, str]:
    """Local name of an item's elements -> their words; of links the one that leads to the message."""
    found: dict[str, str] = {}
    for element in item:
        name = local_name(element)
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


def stated_day(facts: dict[str, str]) -> str:
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
        return plain_words(stated) if len(stated) <= _LIMIT_DAY else ""


def plain_words(title: str) -> str:
    return " ".join(STRANGE_SIGNS.sub(" ", entities.unescape(re.sub(r"<[^<>]{0,200}>", "", title))).split())


def _forget(item: etree._Element) -> None:
    """Let go of an item and of what stood before it."""
    parent = item.getparent()
    item.clear()
    while parent is not None and len(parent) > 1 and parent[0] is not item:
        del parent[0]


def local_name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""
