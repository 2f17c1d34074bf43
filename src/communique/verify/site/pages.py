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
    furniture  around it: name, arms, advisories, menu, zones and cities of clocks, first days and sentences of
               counters, contacts with what is dialled and written to, notices, addresses of other languages
    foreign    no script, style, frame, picture or target that is not the site's own, on any page
    lists      each line that leads to a message leads to one of the record: address, title, day, state, teaser; no
               paragraph stands between them. The crisis page is compared like a message
    feeds      the same of Atom feeds and sitemaps; sitemaps name every message that stands
    files      of a folder: nothing lies there for which the record has no place; pictures and files are the record's,
               byte for byte; assets are what the hash in their names says; tables of old addresses are the record's

What is not compared is said in the notes of each report (`NOTES`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from xml.etree import ElementTree

from communique import __version__
from communique.record.errors import Missing, NotOfFormat
from communique.record.note import VerifierKey
from communique.record.reader import FileReader
from communique.verify.record import is_newer, verify_record
from communique.verify.report import Findings, Report
from communique.verify.site.around import around_faults, front_faults, has_strip
from communique.verify.site.expected import differences, piece
from communique.verify.site.files import Files, moved_faults
from communique.verify.site.foreign import shell_faults
from communique.verify.site.markup import Element, NotKnown, parse_page
from communique.verify.site.message import gone_pieces, main_pieces
from communique.verify.site.others import building_faults, crisis_faults
from communique.verify.site.page_head import alternates_of, head_faults
from communique.verify.site.places import Site
from communique.verify.site.rows import Rows
from communique.verify.site.sheet import Sheet
from communique.verify.site.standing import Version, list_paths, standing_in
from communique.verify.site.wording import Gaps

TODO = "bake the site again from the record; if it stays so, do not rely on the page and ask the office"
NOTES = (
    "not compared: figures that follow from the day of a page (date line and its names, times of clocks, numbers of"
    " counters), how opening days are said, names of lists and months, whether lists are whole and in their order, the"
    " words of the agenda and of the pages people, record and not found",
    "not compared: compressed copies (.br) and the content of style sheets, scripts and fonts with this program's;"
    " --bake compares every byte",
)
ADDRESS_NOTE = (
    "the files of a site on another machine cannot be listed: pages that no entry accounts for were not looked for,"
    " dated lists, pictures and old addresses not fetched"
)
UNREAD = ("404.html", "404/index.html", "record/index.html")
"""pages whose main part is not read"""
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
        self._fronts = {f"{language.lower()}/" for language in self.standing.languages}
        for version in self.standing.versions.values():
            self._version(version)
        if self.site.files is None:
            self._lists_at_address()
            self.found.note(ADDRESS_NOTE)
        else:
            self._others(Files(self.standing, self.reader, self.site, self.found, TODO))
        self._feeds()
        for note in NOTES:
            self.found.note(note)
        for other in sorted(self.versions_of_program - {__version__}):
            self.found.note(f"pages were baked by Communiqué {other}; this is {__version__}, which may word them anew")

    # Messages

    def _version(self, version: Version) -> None:
        self._sheet(Sheet(self.standing, version))
        for edition in version.editions if version.address else ():
            self._sheet(Sheet(self.standing, version, edition.entry.seq))

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

    def _other(self, page: Element, path: str) -> None:
        self._around(page, path, {})
        wording = self.standing.wording(page.attributes.get("lang") or "")
        for main in page.find("main"):
            self._faults("lists", self.rows.faults(main, wording), path)
            self.found.count("lines of lists", self.rows.count(main))
            if path.startswith("crisis/"):
                self._faults("words", crisis_faults(main, self.standing, wording, self.gaps), path)
            elif not path.endswith(UNREAD):
                self._faults("lists", building_faults(main), path)
            if path.removesuffix("index.html") in self._fronts:
                self._faults("furniture", front_faults(main, self.standing, self.gaps, wording), path)

    def _feeds(self) -> None:
        bases = [base for language in self.standing.languages for base in list_paths(self.standing, language)]
        names = [f"{base}feed.atom" for base in dict.fromkeys(bases)]
        files = self.site.files
        names += [name for name in files or () if name.endswith("/feed.atom") and name not in names]
        for name in names:
            self._xml(name, self.rows.feed_faults)
        named: set[str] = set()
        numbers = sorted({version.editions[0].entry.index // 1000 for version in self.standing.versions.values()})
        for number in numbers:
            self._xml(f"sitemaps/{number}.xml", lambda data: self.rows.sitemap_faults(data, named))
        self._faults("feeds", self.rows.left_out(named), "sitemaps")

    def _xml(self, path: str, check: Callable[[bytes], Iterator[str]]) -> None:
        try:
            self._faults("feeds", check(self.site.read(path)), path)
        except Missing as error:
            self._fault("feeds", error.what, path)
        except ElementTree.ParseError as error:
            self._fault("feeds", f"is not XML that can be read ({error})", path)
        self.found.count("feeds and sitemaps")

    # What all pages have

    def _page(self, path: str, gone: bool = False, file: str | None = None) -> Element | None:
        """A page whose building is known; None of one that is not there or is built otherwise, which is then said."""
        try:
            page = parse_page(self.site.read(file) if file else self.site.page(path, gone))
        except Missing as error:
            self._fault("pages", f"{error.what} ({error.where})" if self.site.files is None else error.what, path)
            return None
        except NotKnown as error:
            self._fault("pages", str(error), path)
            return None
        self.found.count("pages")
        faults = list(shell_faults(page))
        self._faults("foreign", iter(faults), path)
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
