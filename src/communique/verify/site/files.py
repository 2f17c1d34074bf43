"""The files of a site in a folder: which may lie there, and what those that are no pages of messages must hold.

LANG/…, crisis/LANG/, 404.html      pages and lists that follow from the furniture and from the calendar
OLD/ADDRESS/index.html              a small page at each old address and at those of persons who were merged into
                                    others, and redirects/N.tsv with 256 entries' moves
files/PART.ENDING                   pictures, documents and recordings, those bytes of the record
assets/NAME.HASH.ENDING             style sheets, scripts, fonts: HASH begins the SHA-256 of their bytes
styleguide/… assets/guide-NAME.HASH.ENDING    in the showroom alone, whose record is called so
languages.txt robots.txt sitemap.xml sitemaps/N.xml sitemaps/places-N.xml …/feed.atom …/feed.json
…/message.json …/editions/N/ninjs.json …/editions/N/akn.xml     the other forms of messages (`forms.py`)
api/NAME.json developers/… LANG/agenda.ics LANG/agenda/ID.ics   what is for programs (`programs.py`)
X.br                                X compressed
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from hashlib import sha256

from communique.edition.media import files_named
from communique.edition.message import KINDS
from communique.edition.occasion import WORDS_OF
from communique.edition.print_files import FIRST, PrintFile, is_there
from communique.record.errors import Missing, NotOfFormat
from communique.record.reader import FileReader
from communique.verify.record import COMPRESSED
from communique.verify.report import Findings
from communique.verify.site.days import Days
from communique.verify.site.expected import differences, element, piece
from communique.verify.site.forms import FORMS_OF_EDITION, MESSAGE_FILE
from communique.verify.site.head import title_class
from communique.verify.site.letters import letter_paths
from communique.verify.site.markup import Element
from communique.verify.site.packed import holds
from communique.verify.site.persons import FEEDS
from communique.verify.site.places import Site
from communique.verify.site.programs import names_of_programs
from communique.verify.site.standing import Standing, file_address, pair_path
from communique.verify.site.wording import Gaps, said

OWN = ("record", "assets", "files", "redirects", "sitemaps", "erased", "crisis", "api", "developers", "check", "search")
"""folders of the site itself, where no page of an old address lies"""
SHOWROOM, GUIDE = "orsemund.example/record", "styleguide/"
"""the record of the demo, and where the pages lie that only its office has"""
GUIDE_PAGES = frozenset(
    f"{GUIDE}{name}index.html"
    for name in (
        "",
        "around/",
        "lists/",
        "front/",
        "turns/",
        "text/",
        "notes/",
        "editions/",
        "languages/",
        "pages/",
        "right-to-left/",
    )
)
INDEX = "/index.html"
FILES = frozenset(
    ("index.html", "404.html", "languages.txt", "robots.txt", "sitemap.xml", *FEEDS, MESSAGE_FILE, *FORMS_OF_EDITION)
)
"""names of files of the site, of which no old address makes a folder"""
STEP_LIMIT_BYTES = 200
BLOCK_ENTRIES = 256
_EACH = ("", "all/", "latest/", "people/", "search/", "by/", "by/agenda/", *(f"by/{sort}/" for sort in WORDS_OF))
"""pages that each language has"""
_ASSET = re.compile(r"assets/[a-z0-9-]+\.([0-9a-f]{10})\.[a-z0-9]+")
_WORDS = re.compile(r"check/words/(?:([0-9]{2,8})/[0-9]{1,5}/)?([0-9]{1,10})(?:-([0-9]{1,7}))?\.bin")
_FILE = re.compile(r"files/([0-9a-f]{64})\.[a-z0-9]+")
_DATED = r"[0-9]{4}/(?:[0-9]{2}/(?:[0-9]{2}/(?:_[0-9]+/)?)?)?"


class Files:
    """The files of a site, compared with what stands."""

    def __init__(self, standing: Standing, reader: FileReader, site: Site, found: Findings, todo: str) -> None:
        self.standing = standing
        self.reader = reader
        self.site = site
        self.found = found
        self.todo = todo
        self.files = list(site.files or ())
        self.all = set(self.files)

    def check(self) -> None:
        """Look at every file that is no page."""
        for name in self.files:
            plain = name.removesuffix(COMPRESSED)
            what = self._fault_of_copy(name, plain) if plain != name and plain in self.all else self._fault(name)
            if what:
                self._say(what, name)
        for name in sorted(self._needed - self.all):
            self._say("the file is missing", name)
        for name, data in self._written.items():
            if name in self.all and self.site.read(name) != data:
                self._say("is not what follows from the record", name)
        self.found.count("files of the site", len(self.files))

    def _fault_of_copy(self, name: str, plain: str) -> str | None:
        if holds(self.site.read(name), self.site.read(plain)):
            return None
        return f"does not hold what {plain} says, and is what browsers are given"

    def other_pages(self) -> Iterator[str]:
        """The pages that are neither a message's nor one at an old address, as they are named."""
        yield from (name for name in self.files if name.endswith(".html") and self._is_other_page(name))

    def moves_with_pages(self) -> Iterator[tuple[str, str | None]]:
        """Old addresses that have a small page, with the path to which it leads, None for one that is gone."""
        if self.standing.languages:
            yield "", f"{self.standing.languages[0].lower()}/"
            first = f"{self.standing.languages[0].lower()}/"
            yield from (("developers", f"developers/{first}"), ("check", f"check/{first}"))
            if self._has_record_page():
                yield "record", f"check/{first}record/"
        for folder, source in self._moved.items():
            move = self.standing.moves[source]
            yield folder, move.target if move.status == 301 else None

    def _has_prints(self, named: re.Match[str]) -> bool:
        """Whether a file of prints is one that a record of this size has."""
        part = None if named[3] is None else int(named[3])
        file = PrintFile(int(named[1] or FIRST), int(named[2]), part)
        return named[0] == file.path and is_there(file, self.reader.size())

    def _has_record_page(self) -> bool:
        """It lies in the record's own folder, which a copy has without it."""
        try:
            self.site.read("record/index.html")
        except Missing:
            return False
        return True

    def _fault(self, name: str) -> str | None:
        """What is wrong with a file by its name and bytes."""
        if name in self._pages or name in self._written or name in self._for_programs or _is_feed(name):
            return self._feed_fault(name)
        asset, file, segment = _ASSET.fullmatch(name), _FILE.fullmatch(name), _WORDS.fullmatch(name)
        if segment:
            return None if self._has_prints(segment) else "is none that a record of this size has"
        if asset:
            begins = sha256(self.site.read(name)).hexdigest()[: len(asset[1])]
            return None if begins == asset[1] else f"its bytes hash to {begins}…, not to its name"
        if file:
            return self._part_fault(name, file[1])
        return None if self._is_other_page(name) else "no entry accounts for this file"

    def _feed_fault(self, name: str) -> str | None:
        known = not _is_feed(name) or f"{name.rpartition('/')[0]}/" in self._lists
        known = known or name in self.standing.moves  # a merged person's goes on where it was
        return None if known else "no entry accounts for this feed"

    def _part_fault(self, name: str, part: str) -> str | None:
        if f"/{name}" not in self._shown:
            return "no entry accounts for this file"
        try:
            true = self.reader.file(part)
        except (Missing, NotOfFormat):
            return "the record has no such file, or not any more"
        return None if true == self.site.read(name) else "is not the file that the record has"

    @cached_property
    def _lists(self) -> set[str]:
        """Where undated lists may lie: of sections and persons that are no longer current, too."""
        found: set[str] = set()
        for language in dict.fromkeys([*self.standing.languages, *self._spoken]):
            start = f"{language.lower()}/"
            found |= {f"{start}all/"} | {f"{start}by/kind/{kind.replace('_', '-')}/" for kind in KINDS}
            found |= {f"{start}by/{sort}/" for sort in WORDS_OF}
            for id_, (_, content) in self.standing.pieces.items():
                path = self.standing.section_path(id_, language)
                persons = self.standing.persons
                is_list = content["piece"] == "person" and persons.end(id_) == id_
                person = persons.path(id_, language) if is_list else None
                found |= {one for one in (path, person) if one}
        return found | {path.strip("/") + "/" for path in self.standing.occasions}

    @cached_property
    def _spoken(self) -> list[str]:
        return [version.language for version in self.standing.versions.values()]

    @cached_property
    def _pages(self) -> set[str]:
        """The pages of messages, of their editions and comparisons, of two languages, and at old addresses."""
        found: set[str] = set()
        for version in self.standing.versions.values():
            found.add(f"{version.path}index.html")
            for one in version.editions if version.address else ():
                found.add(f"{version.path}editions/{one.entry.seq}/index.html")
            found |= {f"{path}/index.html" for path in version.change_paths}
        found |= {f"{pair_path(*pair)}index.html" for pair in self.standing.pairs() if pair[0].address}
        return found | {f"{folder}/index.html" for folder in self._moved} | {"index.html"}

    @cached_property
    def _moved(self) -> dict[str, str]:
        """Folder of each small page -> the old address of which it is; "x" comes before "x/index.html"."""
        stand = {version.address for version in self.standing.versions.values()}
        found: dict[str, str] = {}
        for source in sorted(self.standing.moves):
            folder = source.removesuffix(INDEX)
            ours = folder != source and f"{folder.partition('/')[0]}/" in self._starts
            if not ours and _can_be_page(folder) and f"{_message_of(folder)}/" not in stand:
                found.setdefault(folder, source)
        return found

    @cached_property
    def _for_programs(self) -> set[str]:
        """The other forms of messages, and what the office has for programs."""
        found = names_of_programs(self.standing)
        for version in self.standing.versions.values():
            found |= {f"{version.address}{MESSAGE_FILE}"} if version.address else set()
            removed = not version.address or version.newest.content["state"] == "removed"
            for edition in () if removed else version.editions:
                path = f"{version.path}editions/{edition.entry.seq}/"
                found |= set() if edition.is_gone else {f"{path}{name}" for name in FORMS_OF_EDITION}
        return found

    @cached_property
    def _written(self) -> dict[str, bytes]:
        """Files whose every byte follows: tables of moves, names of languages, robots."""
        tables: dict[int, dict[str, str]] = {}
        for source, move in self.standing.moves.items():
            line = f"{source}\t{move.status}\t{move.target}\n"
            tables.setdefault(move.index // BLOCK_ENTRIES, {})[source] = line
        found = {f"redirects/{number}.tsv": "".join(map(lines.get, sorted(lines))) for number, lines in tables.items()}  # type: ignore[arg-type]
        found["languages.txt"] = "".join(f"{language.lower()}\n" for language in self.standing.languages)
        found["robots.txt"] = f"User-agent: *\nAllow: /\nSitemap: {self.standing.site}/sitemap.xml\n"
        return {name: text.encode() for name, text in found.items()}

    @cached_property
    def _needed(self) -> set[str]:
        """Files that must be there besides the pages of messages."""
        pages = {f"{start}{below}index.html" for start in self._starts for below in _EACH}
        paths = (*Days(self.standing).paths, *self._letters, *self.standing.crisis_paths)
        pages |= {f"{path}index.html" for path in paths}
        return (
            pages | set(self._written) | self._for_programs | {"sitemap.xml"} | {name[1:] for name in self._due_files}
        )

    @cached_property
    def _due_files(self) -> set[str]:
        """The files that pages show, as far as the record has them."""
        editions = [
            edition.content
            for version in self.standing.versions.values()
            for edition in (version.editions if version.address else ())
            if version.newest.content["state"] != "removed" and not edition.is_gone
        ]
        return {file_address(one) for content in editions for one in files_named(content) if self._has(one["file"])}

    @cached_property
    def _shown(self) -> set[str]:
        """The addresses of all pictures and documents that any edition or the office names."""
        contents = [one.content for version in self.standing.versions.values() for one in version.editions]
        arms = [one["arms"] for one in self.standing.of("office") if one.get("arms")]
        return {file_address(one) for content in contents for one in files_named(content)} | set(
            map(file_address, arms)
        )

    def _has(self, part: str) -> bool:
        try:
            self.reader.file(part)
        except (Missing, NotOfFormat):
            return False
        return True

    def _is_other_page(self, name: str) -> bool:
        """Whether a page is a list, a front page or another that follows from furniture and calendar."""
        if name in ("404.html", "sitemap.xml") or re.fullmatch(r"sitemaps/(?:places-)?[0-9]+\.xml", name):
            return True
        if not name.endswith("index.html"):
            return False
        if name in GUIDE_PAGES:
            return self.standing.origin == SHOWROOM
        path = name.removesuffix("index.html")
        dated = re.fullmatch(rf"(.*?){_DATED}", path)
        return path in self._named or path in self._lists or bool(dated and self._is_base(dated[1]))

    def _is_base(self, path: str) -> bool:
        """Whether dated lists lie below a path."""
        return path in self._lists or path in self._starts

    @cached_property
    def _letters(self) -> set[str]:
        """The pages of persons by letter."""
        return {path for language in self.standing.languages for path in letter_paths(self.standing, language)}

    @cached_property
    def _starts(self) -> set[str]:
        return {f"{language.lower()}/" for language in self.standing.languages}

    @cached_property
    def _named(self) -> set[str]:
        """The pages that each language has once."""
        spans = ("/".join(["by/agenda", *_steps_of(span), ""]) for span in self.standing.agenda_pages)
        below = {f"{start}{name}" for name in (*_EACH, "404/", *spans) for start in self._starts}
        below |= self._letters | self.standing.crisis_paths
        folders = ("developers/{}", "check/{}", "check/{}record/")
        return below | {folder.format(start) for folder in folders for start in self._starts}

    def _say(self, what: str, name: str) -> None:
        self.found.fault("files", what, name, self.todo)


def moved_faults(page: Element, target: str | None, standing: Standing, gaps: Gaps) -> Iterator[str]:
    """What is wrong with the small page at an old address; `target` is None for one that is gone."""
    on = [one.attributes.get("content") for one in page.elements[0].elements if one.is_refresh]
    whole = (target or "").lower().startswith(("https://", "http://"))
    link = target if whole or target is None else "/" + target.lstrip("/")
    if on != ([] if link is None else [f"0; url={link}"]):
        yield f"leads on to {on}, and the record leads to {target}"
    if link is None:
        return
    wording = standing.wording(page.attributes.get("lang") or "")
    shown = (link if whole else f"{standing.site}{link}").removeprefix("https://")
    address = element("bdi", said(shown), dir="ltr")
    words = wording.phrase("moved_words", address=element("a", address, href=link))
    head = piece("title", "h1", said(wording.label("moved")), class_=title_class())
    text = piece("text", "div", [piece("words", "p", words)], class_="text prose")
    inner = [piece("head", "header", [head], class_="page-head"), text]
    wanted = piece("page", "main", inner, id="text", class_="column-page plain-page")
    for main in page.find("main"):
        yield from differences(main, wanted, gaps)


def _message_of(source: str) -> str:
    """The address of the message whose edition an address would be."""
    return source.partition("/editions/")[0]


def _can_be_page(source: str) -> bool:
    """Whether an old address can be a folder of files."""
    steps = source.split("/")
    if any(sign in source for sign in "?#\\\0") or steps[0] in OWN or not FILES.isdisjoint(steps):
        return False
    return all(
        step and step[0] != "." and not step.endswith(COMPRESSED) and len(step.encode()) <= STEP_LIMIT_BYTES
        for step in steps
    )


def _is_feed(name: str) -> bool:
    return name.rpartition("/")[2] in FEEDS


def _steps_of(span: str) -> list[str]:
    """The folders of a year, a month, a day or a part of one of the agenda."""
    steps = span.split("-")
    return [*steps[:3], *(f"_{part}" for part in steps[3:])]
