"""Do the pages of a site say what its record says? After the record itself is checked (`record.py`).

What stands in the record at its size is worked out anew, apart from the press, and each page is held against it, with
these words in findings:

    pages      each message has its page, and each of its editions, as index.html in a folder, with 200 at an address;
               one that was removed says so, with 410 there, one that was erased has its tombstone and no
               word. It is built as the press builds pages: an element, a comment, an attribute without a place is found
    words      its main part is, element by element, what the edition says: title, section, kind, day, facts (delivered,
               occasion, first published, text, languages), notes, every turn by its id with mark, speaker, role and
               words, blocks with marks and links, pictures with caption, alternative and credit, files, editions,
               entry number, hash and pinned address, print's own lines; and the head's title, description, addresses
    beside     the page of what an edition changed: struck and standing words are the edition before, added and standing
               ones this edition, and every sentence about turns and facts is due; two languages side by side
    furniture  around it: name, arms, advisories, menu, zones and cities of clocks, first days and sentences of
               counters, contacts with what is dialled and written to, notices, addresses of other languages
    foreign    no script, style, frame, picture or target that is not the site's own, on any page; no form but that
               of the search, which asks the site itself
    lists      each line that leads to a message leads to one of the record: address, title, day, state, teaser; no
               paragraph stands between them. The crisis page is compared like a message
    feeds      the same of Atom feeds and sitemaps; sitemaps name every message that stands, and fronts,
               sections and persons
    forms      the same words, by the same speakers, in JSON-LD, message.json, ninjs and Akoma Ntoso, and no other text;
               the agenda's events; no text in the JSON about the office that is not the furniture's
    programs   the verifier and the kept check page are what the office vouches for by a note on its record
    files      of a folder: nothing lies there for which the record has no place; pictures and files are the record's,
               byte for byte; assets are what the hash in their names says; tables of old addresses are the record's

What is not compared is said in the notes of each report (`NOTES`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from hashlib import sha256
from xml.etree import ElementTree

from communique import __version__
from communique.record.errors import Missing, NotOfFormat
from communique.record.note import VerifierKey
from communique.record.reader import FileReader
from communique.verify.record import is_newer, verify_record
from communique.verify.report import Findings, Report
from communique.verify.site.agenda import agenda_faults
from communique.verify.site.around import around_faults, front_faults, has_strip
from communique.verify.site.beside import Beside
from communique.verify.site.comparing import Comparison, not_compared_pieces
from communique.verify.site.days import Days
from communique.verify.site.expected import Piece, differences, piece
from communique.verify.site.files import GUIDE_PAGES, Files, moved_faults
from communique.verify.site.foreign import data_block, shell_faults
from communique.verify.site.forms import (
    AKN_FILE,
    MESSAGE_FILE,
    NINJS_FILE,
    akn_faults,
    block_faults,
    message_faults,
    ninjs_faults,
)
from communique.verify.site.letters import letter_faults
from communique.verify.site.markup import Element, NotKnown, parse_page
from communique.verify.site.message import gone_pieces, gone_title, main_pieces
from communique.verify.site.occasions import occasion_faults
from communique.verify.site.others import building_faults, crisis_faults, description_faults
from communique.verify.site.page_head import alternates_of, head_faults, hidden_from_engines, side_head_faults
from communique.verify.site.persons import FEEDS
from communique.verify.site.places import Site
from communique.verify.site.programs import names_of_programs, program_faults
from communique.verify.site.reader_forms import CHECK, form_faults
from communique.verify.site.rows import Rows
from communique.verify.site.sheet import Sheet
from communique.verify.site.standing import Version, list_paths, standing_in
from communique.verify.site.ways import Ways
from communique.verify.site.wording import Gaps, Words

TODO = "bake the site again from the record; if it stays so, do not rely on the page and ask the office"
NOTES = (
    "not compared: which day a page has and the figures that follow from it (times of clocks, numbers of counters),"
    " how opening days are said, if it is the same everywhere, names of lists and months, whether lists but those of"
    " days are whole and in their order, the words of the pages people, archive, search, record, developers, check and"
    " not found, nor the OpenAPI document's, the index of words for check, the sizes of pictures and files",
    "not compared: the content of style sheets, scripts and fonts with this program's; --bake compares every byte",
)
ADDRESS_NOTE = (
    "the files of a site on another machine cannot be listed: pages that no entry accounts for were not looked for,"
    " dated lists, pictures and old addresses not fetched; each page was asked for once, as browsers ask, and where a"
    " compressed copy came the plain one was not looked at (monitor --bake compares both)"
)
UNREAD = ("404.html", "404/index.html")
"""pages whose main part is not read"""
PLACES_SITEMAP = "sitemaps/places-"
TRIES = 3


def verify_site(
    subject: str, open_reader: Callable[[], FileReader], open_site: Callable[[], Site], key: VerifierKey | None = None
) -> Report:
    """Check a record, and the pages of the site in which it lies. Raises Missing and Unreachable as `verify_record`.

    A record may grow and a site be switched while they are read: what is wrong is then looked at anew, with a new
    reader and a new site.
    """
    report = verify_record(subject, open_reader, key)
    if report.size is None:
        return report
    for _ in range(TRIES):
        reader = open_reader()
        found = Findings()
        Pages(reader, open_site(), found).check()
        if not found.faults or not is_newer(open_reader(), reader.size()):
            break
    checked = {**report.checked, **found.checked}
    notes = (*report.notes, *found.notes)
    return replace(report, checked=checked, findings=(*report.findings, *found.faults), notes=notes)


class Pages:
    """All pages of a site, checked against what stands in its record."""

    def __init__(self, reader: FileReader, site: Site, found: Findings) -> None:
        self.reader = reader
        self.site = site
        self.found = found
        self.gaps = Gaps()
        self._files = frozenset(site.files or ())
        self.versions_of_program: set[str] = set()

    def check(self) -> None:
        """Check every page; nothing is raised but Unreachable."""
        try:
            self.standing = standing_in(self.reader)
        except (Missing, NotOfFormat) as error:
            self.found.error("pages", error)
            return
        self.rows = Rows(self.standing, self.gaps)
        self.days = Days(self.standing)
        self._ways = Ways(self.standing, self._files)
        self._fronts = {f"{language.lower()}/" for language in self.standing.languages}
        for version in self.standing.versions.values():
            self._version(version)
        for first, second in self.standing.pairs():
            if first.address:
                self._beside(Beside(Sheet(self.standing, first), Sheet(self.standing, second)))
        if self.site.files is None:
            self._lists_at_address()
            self.found.note(ADDRESS_NOTE)
        else:
            self._others(Files(self.standing, self.reader, self.site, self.found, TODO))
        self._feeds()
        for name in sorted(names_of_programs(self.standing)):
            if not name.endswith(".html"):
                self._form(name, partial(program_faults, name, self.standing))
        self._vouched()
        for note in NOTES:
            self.found.note(note)
        for other in sorted(self.versions_of_program - {__version__}):
            self.found.note(f"pages were baked by Communiqué {other}; this is {__version__}, which may word them anew")

    def _vouched(self) -> None:
        """The verifier and the kept files are those whose hashes the office signed, for this version of its program.

        An entry of furniture after the note may have changed a kept file: the office's worker says so anew in seconds.
        """
        if self.standing.vouched is None:
            return
        entry, said = self.standing.vouched
        if self.versions_of_program != {said.version}:
            self.found.note(f"entry {entry.index} vouches for the programs of another version, {said.version}")
            return
        for path, due in sorted(said.hashes.items()):
            if not path.startswith("assets/") and self.standing.furnished > entry.index:
                continue
            self.found.count("programs vouched for")
            try:
                got = sha256(self.site.read(path)).hexdigest()
            except Missing:
                self._fault("programs", f"is not there, and entry {entry.index} vouches for it", path)
                continue
            if got != due:
                self._fault("programs", f"hashes to {got}, and entry {entry.index} vouches for {due}", path)

    # Messages

    def _version(self, version: Version) -> None:
        self._sheet(Sheet(self.standing, version))
        for edition in version.editions if version.address else ():
            self._sheet(Sheet(self.standing, version, edition.entry.seq))
            self._forms_of(Sheet(self.standing, version, edition.entry.seq))
        if version.address:
            sheet = Sheet(self.standing, version)
            self._form(f"{sheet.path}{MESSAGE_FILE}", lambda data: message_faults(data, sheet))
            for edition in version.editions[1:]:
                self._changes(version, edition.entry.seq)

    def _forms_of(self, sheet: Sheet) -> None:
        """The other forms of an edition that is not gone."""
        if not sheet.is_gone:
            self._form(f"{sheet.path}{NINJS_FILE}", lambda data: ninjs_faults(data, sheet))
            self._form(f"{sheet.path}{AKN_FILE}", lambda data: akn_faults(data, sheet))

    def _form(self, name: str, check: Callable[[bytes], Iterator[str]]) -> None:
        try:
            self._faults("forms", check(self.site.read(name)), name)
        except Missing as error:
            self._fault("forms", error.what, name)
        except (ElementTree.ParseError, ValueError) as error:
            self._fault("forms", f"cannot be read ({error})", name)
        self.found.count("forms for programs")

    def _sheet(self, sheet: Sheet) -> None:
        removed = sheet.version.newest.content["state"] == "removed"
        page = self._page(sheet.path, gone=removed)
        if page is None:
            return
        alternates = alternates_of(sheet)
        self._around(page, sheet.path, {sheet.wording.language: sheet.path, **alternates})
        if bool(page.elements[1].find("section", "strip")) != (has_strip(self.standing) and not sheet.is_gone):
            self._fault("furniture", "has no strip of contacts and counters, or one too many", sheet.path)
        pieces = gone_pieces(sheet) if sheet.is_gone else main_pieces(sheet)
        class_ = "column-page plain-page" if sheet.is_gone else "message-page"
        wanted = piece("page", "main", pieces, id="text", class_=class_)
        for main in page.find("main"):
            self._faults("words", differences(main, wanted, self.gaps), sheet.path)
        self._faults("words", head_faults(page.elements[0], sheet, alternates, self.gaps), sheet.path)
        block = data_block(page.elements[1])
        if bool(block) == sheet.is_gone:
            self._fault("forms", "has no block of data for other programs, or one too many", sheet.path)
        elif block:
            self._faults("forms", block_faults(block.text, sheet), sheet.path)

    def _changes(self, version: Version, seq: int) -> None:
        """What an edition changed."""
        old, new = Sheet(self.standing, version, seq - 1), Sheet(self.standing, version, seq, compared=True)
        comparison = Comparison(old, new)
        removed = version.newest.content["state"] == "removed"
        page = self._page(comparison.path, gone=removed)
        if page is None:
            return
        if not comparison.is_shown:
            title = new.label("what_changed")
            gone = (gone_title(new), gone_pieces(new)) if new.is_gone else (title, not_compared_pieces(old, new))
            self._notice(page, new, comparison.path, comparison.path, *gone)
            return
        self._beside_message(page, comparison.path, new)
        for main in page.find("main"):
            self._faults("words", comparison.faults(main, self.gaps), comparison.path)
        head = side_head_faults(page.elements[0], new, comparison.title, comparison.path, self.gaps)
        self._faults("words", head, comparison.path)

    def _beside(self, beside: Beside) -> None:
        """Two language versions side by side."""
        page = self._page(beside.path)
        if page is None:
            return
        gone = beside.gone
        if gone is not None:
            self._notice(page, gone, beside.path, beside.path, gone_title(gone), gone_pieces(gone))
            return
        self._beside_message(page, beside.path, beside.first)
        for main in page.find("main"):
            self._faults("words", beside.faults(main, self.gaps), beside.path)
        head = side_head_faults(page.elements[0], beside.first, beside.title, beside.canonical, self.gaps, True)
        self._faults("words", head, beside.path)

    def _beside_message(self, page: Element, path: str, sheet: Sheet, strip: bool = True) -> None:
        """What surrounds a page beside a message's own."""
        self._around(page, path, {})
        if bool(page.elements[1].find("section", "strip")) != (has_strip(self.standing) and strip):
            self._fault("furniture", "has no strip of contacts and counters, or one too many", path)
        if page.attributes.get("lang") != sheet.wording.language:
            self._fault("furniture", f"is said to be in {page.attributes.get('lang')}", path)

    def _notice(
        self, page: Element, sheet: Sheet, path: str, canonical: str, title: Words, pieces: list[Piece]
    ) -> None:
        """A page that says why nothing can be shown."""
        self._beside_message(page, path, sheet, strip=False)
        wanted = piece("page", "main", pieces, id="text", class_="column-page plain-page")
        for main in page.find("main"):
            self._faults("words", differences(main, wanted, self.gaps), path)
        self._faults("words", side_head_faults(page.elements[0], sheet, title, canonical, self.gaps), path)

    # Other pages

    def _others(self, files: Files) -> None:
        """Every other page of a folder, and every other file."""
        files.check()
        for path in files.other_pages():
            page = self._page(path.removesuffix("index.html"), file=path)
            if page is not None:
                self._other(page, path)
        for path, target in files.moves_with_pages():
            place = f"{path}/" if path else ""
            page = self._page(place)
            if page is not None:
                self._faults("pages", moved_faults(page, target, self.standing, self.gaps), place)
                self._around(page, place, {})

    def _lists_at_address(self) -> None:
        for language in self.standing.languages:
            start = f"{language.lower()}/"
            for path in dict.fromkeys([start, f"{start}latest/", *list_paths(self.standing, language)]):
                page = self._page(path)
                if page is not None:
                    self._other(page, path)
        for path in sorted(self.standing.crisis_paths):
            page = self._page(path)
            if page is not None:
                self._other(page, path)

    def _other(self, page: Element, path: str) -> None:
        self._around(page, path, {})
        if data_block(page.elements[1]):
            self._fault("forms", "has a block of data, which no such page has", path)
        head = page.elements[0]
        if any(one.is_refresh for one in head.elements):
            self._fault("foreign", "leads on by itself, which no such page does", path)
        if path in GUIDE_PAGES:
            return  # what it shows of messages and lists is nobody's
        if hidden_from_engines(head) and not path.startswith("crisis/") and not path.endswith(UNREAD):
            self._fault("foreign", "asks search engines not to list it", path)
        self._faults("foreign", self._ways.faults(page), path)
        wording = self.standing.wording(page.attributes.get("lang") or "")
        for main in page.find("main"):
            self._faults("lists", self.rows.faults(main, wording, path), path)
            self._faults("lists", self.days.faults(main, wording, path), path)
            self._faults("lists", occasion_faults(main, self.standing), path)
            self._faults("lists", agenda_faults(main, self.standing, wording, path), path)
            self._faults("lists", letter_faults(main, self.standing, wording, path), path)
            self._faults("lists", description_faults(head, main, self.standing, wording), path)
            self.found.count("lines of lists", self.rows.count(main))
            front = path.removesuffix("index.html") in self._fronts
            if path.startswith("crisis/") or (front and self.standing.of("crisis")):
                self._faults("words", crisis_faults(main, self.standing, wording, self.gaps), path)
            elif front:
                self._faults("lists", building_faults(main), path)
                self._faults("furniture", front_faults(main, self.standing, self.gaps, wording), path)
            elif not path.endswith(UNREAD) and not path.startswith(("developers/", CHECK)):
                self._faults("lists", building_faults(main), path)

    def _feeds(self) -> None:
        bases = [base for language in self.standing.languages for base in list_paths(self.standing, language)]
        names = [f"{base}{name}" for base in dict.fromkeys(bases) for name in FEEDS]
        files = self.site.files
        names += [
            name for name in files or () if name.endswith(tuple(f"/{feed}" for feed in FEEDS)) and name not in names
        ]
        for name in names:
            check = self.rows.feed_faults if name.endswith(".atom") else self.rows.json_feed_faults
            self._xml(name, partial(check, path=name))
        named: set[str] = set()
        numbers = sorted({version.editions[0].entry.index // 1000 for version in self.standing.versions.values()})
        for number in numbers:
            self._xml(f"sitemaps/{number}.xml", lambda data: self.rows.sitemap_faults(data, named))
        self._faults("feeds", self.rows.left_out(named), "sitemaps")
        places: dict[str, dict[str, str]] = {}
        others = [name for name in files or () if name.startswith(PLACES_SITEMAP) and name.endswith(".xml")]
        for name in sorted(others) if files is not None else [f"{PLACES_SITEMAP}1.xml"]:
            self._xml(name, lambda data: self.rows.places_faults(data, places))
        if files is not None:
            self._faults("feeds", self.rows.places_left_out(places), "sitemaps")

    def _xml(self, path: str, check: Callable[[bytes], Iterator[str]]) -> None:
        try:
            self._faults("feeds", check(self.site.read(path)), path)
        except Missing as error:
            self._fault("feeds", error.what, path)
        except (ElementTree.ParseError, ValueError) as error:
            self._fault("feeds", f"cannot be read ({error})", path)
        self.found.count("feeds and sitemaps")

    # What all pages have

    def _page(self, path: str, gone: bool = False, file: str | None = None) -> Element | None:
        """A page whose building is known; None of one that is not there or is built otherwise, which is then said."""
        try:
            data = self.site.read(file) if file else self.site.page(path, gone)
            page = parse_page(data)
        except Missing as error:
            self._fault("pages", f"{error.what} ({error.where})" if self.site.files is None else error.what, path)
            return None
        except NotKnown as error:
            self._fault("pages", str(error), path)
            return None
        self.found.count("pages")
        faults = list(shell_faults(page))
        self._faults("foreign", iter(faults), path)
        if (file or path) not in GUIDE_PAGES:  # which show the form, as all else, and are nobody's words
            self._faults("foreign", form_faults(page, path, self.standing), path)
        self._faults("foreign", self._lost_assets(page), path)
        whole = len(page.elements) == 2 and len(page.find("main")) == 1 and page.elements[1].find("footer")
        return page if whole else None

    def _lost_assets(self, page: Element) -> Iterator[str]:
        """What the head of a page in a folder loads and is not there."""
        for one in page.elements[0].elements if page.elements and self._files else ():
            target = one.attributes.get("src") or one.attributes.get("href") or ""
            if target.startswith(("/assets/", "/files/")) and target[1:] not in self._files:
                yield f"loads {target}, which is not there"

    def _around(self, page: Element, path: str, alternates: dict[str, str]) -> None:
        for one in page.elements[0].elements:
            if one.attributes.get("name") == "generator":
                self.versions_of_program.add((one.attributes.get("content") or "").rpartition(" ")[2])
        self._faults("furniture", around_faults(page, self.standing, alternates, self.gaps), path)

    def _faults(self, check: str, faults: Iterator[str], where: str) -> None:
        for what in faults:
            self._fault(check, what, where)

    def _fault(self, check: str, what: str, where: str) -> None:
        self.found.fault(check, what, where or "/", TODO)
