"""Old sites: a corpus set into five chromes (`chromes/README.md`), with all that a site has beside its messages.

Each site has a page for every language version, some of them under a second address (for printing, with another
scheme, in another folder), lists by year, a front page and a page that is no message. Nothing here knows how pages are
read.

    >>> for page in Site(Corpus(100, 7), "tables").pages():
    ...     page.address, page.version
"""

from __future__ import annotations

import io
import textwrap
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO

from babel.dates import format_date
from docx import Document
from minijinja import Environment
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from communique.demo.corpus import LANGUAGES, Corpus, Invented

CHROMES = ("tables", "classic", "bootblog4", "text", "word")
HOST = "https://{}.orsemund.example"
"""each chrome is a site of its own"""
CAPTURED = "2024-06-01T08:00:00Z"
_CHROMES = Path(__file__).parent / "chromes"
_PATTERNS = {"tables": "dd.MM.y", "classic": "d MMMM y", "bootblog4": "y-MM-dd", "text": "d MMMM y", "word": "d MMMM y"}
_LABELS = {"en": "English", "fr": "Français"}
_MENU = {
    "en": ("Home", "The Embassy", "Visas", "Culture", "Contact"),
    "fr": ("Accueil", "L’Ambassade", "Visas", "Culture", "Nous trouver"),
}
_WORDS = {
    "en": {"print": "Print version", "top": "Top of page", "latest": "Latest news"},
    "fr": {"print": "Version imprimable", "top": "Haut de page", "latest": "Dernières nouvelles"},
}
_FOOT = "4 Quay Street, Lisbon, Tel. +351 21 000 0000, press@orsemund.example"
_RECENT = 5
_ON_FRONT = 3


@dataclass(frozen=True)
class OldPage:
    """A page of an old site, as an archive has it. `version` is the message on it, None where there is none."""

    address: str
    media: str
    data: bytes
    version: Invented | None = None
    second: bool = False
    """whether the message has another address that comes first"""


@dataclass
class Site:
    """A corpus in one chrome."""

    corpus: Corpus
    chrome: str
    lists: bool = True
    env: Environment = field(default_factory=Environment)

    def __post_init__(self) -> None:
        self.env.loader = lambda name: (_CHROMES / name).read_text("utf-8")

    @cached_property
    def sections(self) -> dict[str, dict[str, str]]:
        """id -> names"""
        return {id_: piece["name"] for id_, piece in self.corpus.furniture() if piece["piece"] == "section"}

    @cached_property
    def _heads(self) -> dict[str, list[dict[str, str]]]:
        """tag -> what lists say of each version, oldest first"""
        found: dict[str, list[dict[str, str]]] = {tag: [] for tag in LANGUAGES}
        for one in self.corpus.messages():
            tag, day = one.content["language"], one.at.date()
            head = {"title": one.content["title"], "iso": day.isoformat(), "date": self._printed(day, tag)}
            found[tag].append({**head, "address": self.address(one), "number": str(one.number)})
        return found

    @property
    def host(self) -> str:
        return HOST.format(self.chrome)

    def pages(self) -> Iterator[OldPage]:
        """Everything that a crawler would bring home."""
        if self.lists and self.chrome != "word":
            yield from self._others()
        places = dict.fromkeys(LANGUAGES, 0)
        versions: list[Invented] = []
        for one in self.corpus.messages():
            if versions and versions[-1].number != one.number:
                yield from self._versions(versions, places)
                versions = []
            versions.append(one)
        yield from self._versions(versions, places)

    def address(self, one: Invented) -> str:
        """Where a version was, the first of its addresses."""
        content = one.content
        tag, section, year, month, day, slug = content["address"].split("/")
        return {
            "tables": f"{self.host}/{tag}/news/{year}/n{one.number + 1:05}.htm",
            "classic": f"{self.host}/{tag}/{section}/{slug}.html",
            "bootblog4": f"{self.host}/{tag}/posts/{slug}/",
            "text": f"{self.host}/{tag}/txt/{year}/{slug}.txt",
            "word": f"{tag}/{year}/{year}-{month}-{day} {slug}.docx",
        }[self.chrome]

    def _versions(self, versions: list[Invented], places: dict[str, int]) -> Iterator[OldPage]:
        for one in versions:
            tag = one.content["language"]
            other = next((v for v in versions if v is not one), None)
            facts = self._facts(one, other, places[tag])
            places[tag] += 1
            address = self.address(one)
            media, data = self._set(one, facts)
            yield OldPage(address, media, data, one)
            for again, bytes_ in self._again(one, facts, address, data):
                yield OldPage(again, media, bytes_, one, second=True)

    def _facts(self, one: Invented, other: Invented | None, place: int) -> dict[str, Any]:
        content, day = one.content, one.at.date()
        tag = content["language"]
        heads = self._heads[tag]
        facts: dict[str, Any] = {
            **_WORDS[tag],
            "tag": tag,
            "office": self.corpus.furniture()[0][1]["name"][tag],
            "menu": _MENU[tag],
            "title": content["title"],
            "date": self._printed(day, tag),
            "iso": day.isoformat(),
            "address": self.address(one),
            "path": self.address(one).removeprefix(self.host),
            "print_address": self.address(one) + "?print=1",
            "section": self.sections[content["section"]][tag],
            "paragraphs": paragraphs_of(content),
            "previous": heads[max(place - 1, 0)],
            "next": heads[min(place + 1, len(heads) - 1)],
            "recent": heads[max(place - _RECENT, 0) : place][::-1],
            "other": None,
        }
        if other is not None:
            to = other.content["language"]
            facts["other"] = {"tag": to, "label": _LABELS[to], "address": self.address(other)}
        return facts

    def _set(self, one: Invented, facts: dict[str, Any]) -> tuple[str, bytes]:
        if self.chrome == "text":
            return "text/plain; charset=utf-8", as_text(facts).encode()
        if self.chrome == "word":
            return "application/vnd.openxmlformats-officedocument.wordprocessingml.document", as_word(facts)
        return self._media, self._html(f"{self.chrome}.message.html", facts)

    def _again(self, one: Invented, facts: dict[str, Any], address: str, data: bytes) -> Iterator[tuple[str, bytes]]:
        """The same message under a second address."""
        if self.chrome == "tables" and one.number % 5 == 0:
            yield facts["print_address"], self._html("tables.print.html", facts)
        elif self.chrome == "classic" and one.number % 7 == 0:
            yield f"{self.host}/{facts['tag']}/archive{address[address.rindex('/') :]}", data
        elif self.chrome == "bootblog4" and one.number % 6 == 0:
            yield address.replace("https:", "http:"), data
            yield f"{address}index.html", data

    def _others(self) -> Iterator[OldPage]:
        """Lists, fronts, and what is no message."""
        for tag in LANGUAGES:
            heads = self._heads[tag]
            about = {"tag": tag, "office": self.corpus.furniture()[0][1]["name"][tag], "menu": _MENU[tag]}
            about |= _WORDS[tag]
            for year in sorted({head["iso"][:4] for head in heads}):
                listed = [head for head in reversed(heads) if head["iso"].startswith(year)]
                address = f"{self.host}/{tag}/list{year}.{'txt' if self.chrome == 'text' else 'html'}"
                facts = {**about, "year": year, "listed": listed, "section": _WORDS[tag]["latest"], "address": address}
                yield OldPage(address, self._media, self._list(facts))
            if self.chrome == "bootblog4":
                newest = [self._front_item(head, tag) for head in heads[-_ON_FRONT:][::-1]]
                facts = {**about, "listed": newest, "address": f"{self.host}/{tag}/"}
                yield OldPage(f"{self.host}/{tag}/", self._media, self._html("bootblog4.front.html", facts))
            elif self.chrome == "tables":
                yield OldPage(f"{self.host}/{tag}/m5.htm", self._media, self._html("tables.contact.html", about))
            elif self.chrome == "classic":
                yield OldPage(f"{self.host}/{tag}/search.html", self._media, self._html("classic.search.html", about))

    def _front_item(self, head: dict[str, str], tag: str) -> dict[str, Any]:
        found = next(v for v in self.corpus.message(int(head["number"])) if v.content["language"] == tag)
        return {**head, "paragraphs": paragraphs_of(found.content)}

    def _list(self, facts: dict[str, Any]) -> bytes:
        if self.chrome == "text":
            lines = [facts["office"], "", f"{facts['latest']} {facts['year']}", ""]
            lines += [f"{one['date']} - {one['title']}" for one in facts["listed"]]
            return "\n".join([*lines, "", _FOOT, ""]).encode()
        return self._html(f"{self.chrome}.list.html", facts)

    @property
    def _media(self) -> str:
        if self.chrome == "text":
            return "text/plain; charset=utf-8"
        return "text/html; charset=utf-8" if self.chrome != "tables" else "text/html"

    def _html(self, template: str, facts: dict[str, Any]) -> bytes:
        return self.env.render_template(template, **facts).encode("utf-8" if self.chrome != "tables" else "cp1252")

    def _printed(self, day: date, tag: str) -> str:
        return format_date(day, _PATTERNS[self.chrome], locale=tag)


def paragraphs_of(content: dict[str, Any]) -> list[dict[str, str]]:
    """The printed paragraphs of a message, the first of each turn with its mark."""
    if "turns" not in content:
        return [{"mark": "", "text": text} for text in content["blocks"]]
    return [
        {"mark": turn["mark"] if place == 0 else "", "text": text}
        for turn in content["turns"]
        for place, text in enumerate(turn["blocks"])
    ]


def as_text(facts: dict[str, Any]) -> str:
    """A message as a typist sets it."""
    lines = [facts["office"], facts["section"], "", facts["date"], "", facts["title"], ""]
    for one in facts["paragraphs"]:
        said = f"{one['mark']}: {one['text']}" if one["mark"] else one["text"]
        lines += [*textwrap.wrap(said, 76, break_long_words=False, break_on_hyphens=False), ""]
    return "\n".join([*lines, "--", _FOOT, ""])


def as_word(facts: dict[str, Any]) -> bytes:
    """A message as an office's own Word file."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = facts["office"]
    document.sections[0].footer.paragraphs[0].text = _FOOT
    document.add_paragraph(f"Lisbon, {facts['date']}" if facts["tag"] == "en" else f"Lisbonne, {facts['date']}")
    document.add_heading(facts["title"], 1)
    for one in facts["paragraphs"]:
        paragraph = document.add_paragraph()
        if one["mark"]:
            paragraph.add_run(f"{one['mark']}: ").bold = True
        paragraph.add_run(one["text"])
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def write_warc(file: BinaryIO, pages: Iterable[OldPage]) -> int:
    """Pages as a packed web archive; how many."""
    writer, count = WARCWriter(file, gzip=True), 0
    for page in pages:
        headers = StatusAndHeaders("200 OK", [("Content-Type", page.media)], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            page.address,
            "response",
            payload=io.BytesIO(page.data),
            http_headers=headers,
            warc_headers_dict={"WARC-Date": CAPTURED, "WARC-Record-ID": f"<urn:x:{count}>"},
        )
        writer.write_record(record)
        count += 1
    return count


def write_zip(path: Path, pages: Iterable[OldPage]) -> int:
    """Pages as files of a zip; how many."""
    count = 0
    with zipfile.ZipFile(path, "w") as archive:
        for page in pages:
            archive.writestr(page.address.partition("example/")[2] or page.address, page.data)
            count += 1
    return count


def mixed(messages: int, seed: int) -> Iterator[OldPage]:
    """Four sites, one after the other, each of so many messages of its own."""
    for number, chrome in enumerate(CHROMES[:4]):
        yield from Site(Corpus(messages, seed + number), chrome).pages()
