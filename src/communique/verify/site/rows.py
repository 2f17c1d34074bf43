"""Lists and feeds: each line that leads to a message leads to one of the record, under its title, on its day.

A row's words are compared to the letter: day, state, kind, title, teaser, and a person's words in it. What a list is
called, its months, and whether it is whole and in order, are not; only the days of all messages (`days.py`) and the
sitemaps must hold every message that stands, the sitemaps the fronts, sections and persons, too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any
from xml.etree import ElementTree

from communique.edition import has_gap
from communique.edition.text import TEASER_LIMIT_BYTES
from communique.verify.site.acts import acts_of
from communique.verify.site.blocks import text_of
from communique.verify.site.expected import differences, element, piece, shortened
from communique.verify.site.markup import Element
from communique.verify.site.passages import passages_piece
from communique.verify.site.standing import Content, Standing, Version, file_address
from communique.verify.site.wording import Gap, Gaps, Wording, Words, in_language, said, words_of

ATOM, SITEMAPS = "{http://www.w3.org/2005/Atom}", "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
JSON_FEED = "https://jsonfeed.org/version/1.1"
XHTML_LINK = "{http://www.w3.org/1999/xhtml}link"
PLACES = ("", "all/", "by/", "by/agenda/", "people/", "search/")
"""what each language has once, below its front page"""
ANY_DAY = r"[^<>&!?;:]{1,40}"
_TO_A_MESSAGE = re.compile(r"/[a-z0-9-]+/[a-z0-9-]+/[0-9]{4}/[0-9]{2}/[0-9]{2}/[a-z0-9-]+/")


class Rows:
    """The messages of a record by their addresses, for lists to be held against."""

    def __init__(self, standing: Standing, gaps: Gaps) -> None:
        self.standing = standing
        self.gaps = gaps
        self.by_path = {one.address: one for one in standing.versions.values() if one.address}
        self._feed_titles: dict[str, str | None] = {}

    def faults(self, main: Element, wording: Wording, path: str) -> Iterator[str]:
        """What of the lists in a page's main part is not the record's."""
        for row in main.find("li", "row"):
            if row.find("p", "row-facts") and row.find("time"):
                yield from self._row(row, wording, path)
        for line in main.find("p", "latest-line"):
            yield from self._line(line, wording)
        for lead in main.find("article", "lead"):
            yield from self._lead(lead)
        for one in main.find("a"):
            target = one.attributes.get("href") or ""
            if _TO_A_MESSAGE.fullmatch(target) and target[1:] not in self.by_path:
                yield f"a link “{shortened(one.text)}” leads to {target}, where the record has no message"

    def count(self, main: Element) -> int:
        """How many lines lead to messages."""
        return sum(1 for one in main.find("a") if _TO_A_MESSAGE.fullmatch(one.attributes.get("href") or ""))

    def feed_faults(self, data: bytes, path: str) -> Iterator[str]:
        """What of the Atom feed at a path is not the record's."""
        feed = _xml(data)
        base, language, office = self._feed_of(path)
        entries = feed.findall(f"{ATOM}entry")
        versions = [self._at(entry.findtext(f"{ATOM}id")) for entry in entries]
        newest = max((version.newest.entry.at for version in versions if version), default=None)
        due = {
            "id": base,
            "updated": newest or self._known_since(base, language),
            "link": [f"{base}feed.atom", base],
            "author": [["name", office]],
        }
        found = {
            "id": feed.findtext(f"{ATOM}id"),
            "updated": feed.findtext(f"{ATOM}updated"),
            "link": [link.get("href") for link in feed.findall(f"{ATOM}link")],
            "author": [[_name(one), one.text] for one in feed.findall(f"{ATOM}author/*")],
        }
        yield from _unlike("feed", found, due)
        yield from self._language_faults(feed, language, "feed")
        yield from self._feed_title_faults(feed.findtext(f"{ATOM}title"), path, office)
        if {_name(one) for one in feed} - {*due, "title", "entry"}:
            yield "feed: says more than its head and its entries"
        for entry, version in zip(entries, versions, strict=True):
            yield from self._entry_faults(entry, version)

    def _entry_faults(self, entry: ElementTree.Element, version: Version | None) -> Iterator[str]:
        address = entry.findtext(f"{ATOM}id")
        if version is None:
            yield f"leads to {address}, where the record has no message"
            return
        content = version.newest.content
        links = [link.get("href") for link in entry.iter(f"{ATOM}link")]
        if links != [address]:
            yield f"{address}: leads to {links}"
        state = content["state"]
        due = {
            "id": address,
            "title": _title_in_feed(content),
            "published": version.first_at,
            "updated": version.newest.entry.at,
            "summary": _summary_in_feed(version),
        }
        found = {key: entry.findtext(f"{ATOM}{key}") for key in due}
        yield from _unlike(str(address), found, due)
        terms = [one for one in (content.get("kind"), state if state != "current" else None) if one]
        named = [one.get("term") for one in entry.findall(f"{ATOM}category")]
        yield from _unlike(str(address), {"category": named}, {"category": terms})
        yield from self._language_faults(entry, version.language, str(address))
        if {_name(one) for one in entry} - {*due, "link", "category"}:
            yield f"{address}: says more than the record"

    def json_feed_faults(self, data: bytes, path: str) -> Iterator[str]:
        """What of the JSON Feed at a path is not the record's. Raises ValueError."""
        feed = json.loads(data)
        base, language, office = self._feed_of(path)
        head: dict[str, Any] = {"home_page_url": base, "feed_url": f"{base}feed.json", "language": language}
        head |= {"authors": [{"name": office, "url": f"{self.standing.site}/"}]}
        yield from _unlike("feed", feed, {"version": JSON_FEED, **head})
        yield from self._feed_title_faults(feed.get("title"), path, office)
        if feed.keys() - {*head, "version", "title", "items"}:
            yield "feed: says more than its head and its items"
        for item in feed.get("items", ()):
            version = self._at(item.get("url"))
            if version is None:
                yield f"leads to {item.get('url')}, where the record has no message"
                continue
            due = self._item(version)
            yield from _unlike(item["url"], item, due)
            if item.keys() - due.keys():
                yield f"{item['url']}: says more than the record"

    def _item(self, version: Version) -> dict[str, Any]:
        """What a JSON Feed says of a message."""
        content, address = version.newest.content, f"{self.standing.site}/{version.address}"
        state = "erased" if content.get("title") is None else content["state"]
        more = {
            "about": f"{self.standing.site}/developers/",
            "data": f"{address}message.json",
            "kind": content.get("kind"),
            "state": state,
            "listed_on": version.newest.day,
            "corrected": version.corrected_at,
        }
        return {
            "id": address,
            "url": address,
            "title": _title_in_feed(content),
            "content_text": _summary_in_feed(version) or _title_in_feed(content),
            "date_published": version.first_at,
            "date_modified": version.newest.entry.at,
            "language": version.language,
            "tags": [one for one in (content.get("kind"), state if state != "current" else None) if one],
            "_communique": {key: fact for key, fact in more.items() if fact},
        }

    def _feed_of(self, path: str) -> tuple[str, str, str]:
        """The address of the list that a feed is of, its language and the office's name in it. The feed of a person who
        was merged into another is that person's."""
        base = path.rpartition("/")[0] + "/"
        move = self.standing.moves.get(base.strip("/"))
        base = move.target.strip("/") + "/" if move and move.status == 301 else base
        word = base.partition("/")[0]
        language = next((one for one in self.standing.languages if one.lower() == word), word)
        return f"{self.standing.site}/{base}", language, in_language(self.standing.office.get("name"), language)

    def _known_since(self, base: str, language: str) -> str | None:
        """When what a feed without a message is about was last changed: a section, a person, else the office."""
        standing, path = self.standing, base.removeprefix(f"{self.standing.site}/")
        subjects = [id_ for id_, _ in standing.with_ids("section") if standing.section_path(id_, language) == path]
        subjects += [id_ for id_, _ in standing.with_ids("person") if standing.persons.path(id_, language) == path]
        subjects += [id_ for id_, _ in standing.with_ids("office")]
        return standing.changed_at.get(next(iter(subjects), ""))

    def _feed_title_faults(self, title: str | None, path: str, office: str) -> Iterator[str]:
        """A feed is called after the office and its list, the same in both forms; lists' own names are not known."""
        before = self._feed_titles.setdefault(path.rpartition("/")[0], title)
        if title != before or not (title or "").startswith(f"{office} · "):
            yield f"feed: is called “{shortened(title or '')}”, and its other form “{shortened(before or '')}”"

    def _language_faults(self, found: ElementTree.Element, due: str, where: str) -> Iterator[str]:
        yield from _unlike(where, {"language": found.get(LANGUAGE)}, {"language": due})

    def sitemap_faults(self, data: bytes, named: set[str]) -> Iterator[str]:
        """What of a sitemap is not the record's; `named` gathers the addresses in it."""
        for url in _xml(data).iter(f"{SITEMAPS}url"):
            address, last = url.findtext(f"{SITEMAPS}loc"), url.findtext(f"{SITEMAPS}lastmod")
            version = self._at(address)
            if version is None or version.newest.content["state"] == "removed":
                yield f"names {address}, where no message of the record stands"
            elif last != version.newest.entry.at:
                yield f"{address}: was last changed {version.newest.entry.at}, and not {last}"
            elif self._in_languages(version) != {
                link.get("hreflang"): link.get("href") for link in url.iter(XHTML_LINK)
            }:
                yield f"{address}: does not name the same message in its other languages"
            named.add(address or "")

    def places_faults(self, data: bytes, named: dict[str, dict[str, str]]) -> Iterator[str]:
        """What of a sitemap of fronts, sections and persons is not the furniture's; `named` gathers what is in it."""
        due = self._places
        for url in _xml(data).iter(f"{SITEMAPS}url"):
            address = url.findtext(f"{SITEMAPS}loc") or ""
            links = {link.get("hreflang") or "": link.get("href") or "" for link in url.iter(XHTML_LINK)}
            if address not in due:
                yield f"names {address}, where the furniture has no page"
            elif links != (due[address] if len(due[address]) > 1 else {}):
                yield f"{address}: does not name the same page in its other languages"
            named[address] = links

    def places_left_out(self, named: Mapping[str, object]) -> Iterator[str]:
        """The fronts, sections and persons that no sitemap names."""
        yield from (f"lack {address}, which stands" for address in self._places if address not in named)

    @cached_property
    def _places(self) -> dict[str, dict[str, str]]:
        """address -> the addresses of the same page by language: fronts, archives, sections, persons."""
        standing, tags = self.standing, self.standing.languages
        pages = [{tag: f"{tag.lower()}/{below}" for tag in tags} for below in PLACES]
        for sort, path_of in (("section", standing.section_path), ("person", standing.person_path)):
            found = (
                (id_, ((tag, path_of(id_, tag)) for tag in tags))
                for id_, _ in standing.with_ids(sort)
                if standing.persons.end(id_) == id_
            )
            pages += [{tag: path for tag, path in paths if path} for _, paths in found]
        whole = [{tag: f"{standing.site}/{path}" for tag, path in page.items()} for page in pages]
        return {address: page for page in whole for address in page.values()}

    def _in_languages(self, version: Version) -> dict[str, str]:
        """The addresses of a message that has several languages, by language."""
        versions = (version, *self.standing.siblings(version))
        standing = [one for one in versions if one.address and one.newest.content["state"] != "removed"]
        found = {one.language: f"{self.standing.site}/{one.address}" for one in standing}
        return found if len(found) > 1 else {}

    def left_out(self, named: set[str]) -> Iterator[str]:
        """The messages that stand and that no sitemap names."""
        for path, version in self.by_path.items():
            if version.newest.content["state"] != "removed" and f"{self.standing.site}/{path}" not in named:
                yield f"lack {path}, which stands"

    def _at(self, address: str | None) -> Version | None:
        site = f"{self.standing.site}/"
        return self.by_path.get((address or "").removeprefix(site)) if (address or "").startswith(site) else None

    def _led_to(self, found: Element) -> tuple[Version | None, str]:
        leads = [one for one in found.find("a") if "#" not in (one.attributes.get("href") or "#")]
        target = (leads[0].attributes["href"] or "") if leads else ""
        return self.by_path.get(target[1:]), target

    def _row(self, row: Element, wording: Wording, path: str) -> Iterator[str]:
        version, target = self._led_to(row)
        if version is None:
            yield f"row “{shortened(row.text)}”: leads to {target or 'nothing'}, where the record has no message"
            return
        acts = self._acts(row, version, path, wording)
        level = next((one.name for one in row.elements if one.is_a(one.name, "row-title")), "h2")
        title = piece("title of a row", level, self._title(version, wording), class_="row-title")
        pieces = [piece("facts of a row", "p", self._facts(version, wording, acts), class_="row-facts"), title]
        teaser = teaser_of(version.newest.content)
        if teaser and row.find("p", "row-teaser"):
            pieces.append(piece("teaser of a row", "p", said(teaser), class_="row-teaser"))
        for found in row.find("div", "passages"):
            words = passages_piece(self.standing, version, path, wording, found)
            pieces += [words] if words else []
        yield from differences(row, piece(f"row of {version.path}", "li", pieces, class_="row"), self.gaps)

    def _acts(self, row: Element, version: Version, path: str, wording: Wording) -> Words | None:
        """How many turns of a person a row of hers names, with a link to the first: what she says, or what she asks."""
        found = [one for one in row.find("a") if "#" in (one.attributes.get("href") or "")]
        known = acts_of(self.standing, version, path, wording)
        shown = [one for one in known if found and self.gaps.fit(one, found[0].outer)]
        return next(iter(shown or known), None)

    def _title(self, version: Version, wording: Wording) -> Words:
        title = version.newest.content.get("title") or wording.label("row_erased_title")
        return element("a", said(title), href=f"/{version.address}")

    def _facts(self, version: Version, wording: Wording, acts: Words | None) -> Words:
        """Day, state, kind (which a list may leave out), whether the translation is unofficial, what a person does."""
        content = version.newest.content
        words: list[str | Gap | Words] = [_day(version, wording)]
        state = self._state(version, wording)
        words += [_fact(_strong(state))] if state else []
        if content.get("kind"):
            kind = _fact(said(wording.label(f"kind_{content['kind']}")))
            words.append(Gap(None, f"(?:{re.escape(''.join(map(str, kind)))})?"))
        if content.get("translation") == "unofficial":
            words.append(_fact(said(wording.label("row_unofficial"))))
        return words_of(*words, *([_fact(acts)] if acts else []))

    def _state(self, version: Version, wording: Wording) -> Words | None:
        content = version.newest.content
        if content.get("title") is None:
            return said(wording.label("row_erased"))
        if content["state"] != "current":
            return said(wording.label(f"row_{content['state']}"))
        if "erased" in content or has_gap(content):
            return said(wording.label("row_erased_partly"))
        if version.corrected_at:
            return wording.phrase("row_corrected", day=(Gap(None, ANY_DAY),))
        return None

    def _line(self, line: Element, wording: Wording) -> Iterator[str]:
        """A line of "Latest events"."""
        version, target = self._led_to(line)
        if version is None:
            yield f"line “{shortened(line.text)}”: leads to {target or 'nothing'}, where the record has no message"
            return
        state = self._state(version, wording)
        words: list[str | Gap | Words] = [_day(version, wording)]
        words += ['<span class="dot"> · </span>', _strong(state)] if state else []
        latest = next(iter(self.standing.of("latest")), {})
        if latest.get("separator"):
            words.append(element("span", said(f" {latest['separator']} "), class_="separator"))
        words.append(self._title(version, wording))
        wanted = piece(f"line of {version.path}", "p", words_of(*words), class_="latest-line")
        yield from differences(line, wanted, self.gaps)

    def _lead(self, lead: Element) -> Iterator[str]:
        """The message at the head of the front page."""
        version, target = self._led_to(lead)
        if version is None:
            yield f"lead: leads to {target or 'nothing'}, where the record has no message"
            return
        content = version.newest.content
        title = "".join(one.text for one in lead.find("h2", "lead-title"))
        words = "".join(one.text for one in lead.find("p", "lead-words"))
        if title != content.get("title"):
            yield f"lead: is called “{shortened(title)}”, and its message “{shortened(content.get('title') or '')}”"
        if words != (content.get("teaser") or "") and not is_beginning_in(content, words):
            yield f"lead: “{shortened(words)}” are no words of its message"
        shown = [one.attributes.get("src") for one in lead.find("img")]
        pictures = [one.get("shown", one) for one in content.get("pictures", ()) if one.get("file")]
        if shown and shown != [file_address(one) for one in pictures][:1]:
            yield f"lead: shows {shown[0]}, which is not its message's first picture"


def teaser_of(content: Content) -> str | None:
    """What a list says of a message: its own teaser, else the first words of its text."""
    if content["state"] == "removed":
        return None
    if "teaser" in content:
        return str(content["teaser"]) if content["teaser"] else None
    turns = (turn["blocks"] for turn in content.get("turns", ()) if turn["blocks"])
    blocks: list[Any] = content.get("blocks") or next(turns, [])
    texts = (block if block is None or isinstance(block, str) else block.get("text") for block in blocks)
    return _cut(next((text for text in texts if text), None))


def is_beginning_in(content: Content, words: str) -> bool:
    """Whether words, perhaps cut, stand one after the other in a message's text."""
    return not words or " ".join(words.removesuffix("…").split()).rstrip(",;:،") in text_of(content)


def _cut(text: str | None) -> str | None:
    if text is None or len(text.encode()) <= TEASER_LIMIT_BYTES:
        return text
    kept = text.encode()[: TEASER_LIMIT_BYTES - len("…".encode())].decode("utf-8", "ignore")
    head, blank, _ = kept.rpartition(" ")
    return (head if blank else kept).rstrip(" ,;:–—-") + "…"


def _day(version: Version, wording: Wording) -> Words:
    return element("time", wording.list_day(version.newest.day), datetime=version.newest.day)


def _strong(state: Words) -> Words:
    return element("strong", state, class_=("state ", Gap(None, "ink|red")))


def _fact(words: Words) -> Words:
    return words_of(' <span class="fact"><span class="dot">· </span>', words, "</span>")


def _xml(data: bytes) -> ElementTree.Element:
    """Raises ElementTree.ParseError; a document type, which could make it endless, is refused."""
    if b"<!DOCTYPE" in data:
        raise ElementTree.ParseError("has a document type")
    return ElementTree.fromstring(data)  # noqa: S314 - see above


def _name(found: ElementTree.Element) -> str:
    return found.tag.removeprefix(ATOM)


def _unlike(where: str, found: Mapping[str, Any], due: Mapping[str, Any]) -> Iterator[str]:
    """What of a feed is other than it should be."""
    for key, wanted in due.items():
        if found.get(key) != wanted:
            here, there = (shortened("" if one is None else str(one)) for one in (found.get(key), wanted))
            yield f"{where}: {key} is “{here}”, and not “{there}”"


def _in_feed(content: Content, label: str) -> str:
    """A word of a feed, which is the press's and no office's own."""
    return Wording(content["language"], {}, {}, {}).label(label)


def _title_in_feed(content: Content) -> str:
    return str(content.get("title") or _in_feed(content, "row_erased_title"))


def _summary_in_feed(version: Version) -> str | None:
    """What became of a message, then its teaser."""
    content = version.newest.content
    if content.get("title") is None:
        return None
    if content["state"] == "removed":
        return _in_feed(content, "state_removed")
    if content["state"] == "recalled":
        return f"{_in_feed(content, 'state_recalled')} · {_in_feed(content, 'recalled_warning')}"
    became = ""
    if content["state"] == "withdrawn":
        became = _in_feed(content, "state_withdrawn")
    elif version.corrected_at:
        label = _in_feed(content, "edition_correct")
        became = label[:1].upper() + label[1:]
    return " · ".join(filter(None, (became, teaser_of(content)))) or None
