"""The setter: one sheet in, its files out.

What a sheet shows comes from the catalogue and, for words, from the editions themselves. Nothing here decides what has
to be set (`catalogue.py` does) or how it looks (`pages.py` does).

A file's public address is `/files/PART.ENDING`: the part, because two editions that show one picture share it; the
ending, because foreign web servers tell the type by it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from communique.edition import Edition
from communique.edition.media import ENDINGS, OTHER_ENDING, files_named, public_name, without_files
from communique.edition.message import KINDS
from communique.edition.print_files import PrintFile
from communique.press import bundle, feed, pages, specimens, styleguide
from communique.press.agenda import agenda_file, event_file
from communique.press.agenda_spans import stands_in
from communique.press.akoma_ntoso import AKN_FILE, akoma_ntoso
from communique.press.archive_view import agenda_path
from communique.press.beside import behind
from communique.press.catalogue import NEWEST_ROWS, Catalogue
from communique.press.check_view import CHECK, KEPT, record_path
from communique.press.edition_facts import as_json
from communique.press.initials import letter_path
from communique.press.interface import described, interface
from communique.press.list_view import feed_title, listing_office
from communique.press.listings import Listings, Placed
from communique.press.lists import FEEDS, ListName
from communique.press.message_data import MESSAGE_FILE, message_data
from communique.press.message_view import Shown
from communique.press.ninjs import NINJS_FILE, ninjs
from communique.press.office_data import office_data, people_data
from communique.press.office_view import office_of
from communique.press.pairs import beside_path
from communique.press.passages import PAGE_LIMIT_BYTES, Key, Passage, fitted, passages_in
from communique.press.sheet import SHOWROOM, Sheet
from communique.press.shelf import Files
from communique.press.shown import Archive, Front, FrontSection, Listing, Row, Setting, Version
from communique.press.tables import NEVER
from communique.record.entry import Entry
from communique.record.errors import Missing
from communique.record.reader import Reader

EDITIONS_KEPT = 32
"""the pages of one message follow one another, and each reads its editions"""
LATEST_ROWS = 5
"""how many messages *Latest events* lists where no piece of furniture says so"""
SECTION_ROWS = 3
FEATURED_ROWS = 4
"""how many featured messages stand under the one that leads"""
NAMES_IN_ARCHIVE = 24
LEAD_SEARCH = 10
PLACES = ("", "all/", "by/", agenda_path(""), "people/", "search/")
"""what each language has once: front page, all messages, archive, agenda, people, search"""
SITEMAP_LIMIT = 50_000
"""addresses of one sitemap, by sitemaps.org"""
INDEX = "/index.html"
FILES = frozenset(
    ("index.html", "404.html", "languages.txt", "robots.txt", "sitemap.xml", *FEEDS, MESSAGE_FILE, NINJS_FILE, AKN_FILE)
)
"""names that the site gives to files: no old address makes a folder of one"""


class Setter:
    """Sets sheets from one view of catalogue and record.

    Pages say of the editions of entries from the number `unpublished` on that they are not published yet.
    """

    def __init__(self, catalogue: Catalogue, reader: Reader, unpublished: int | None = None) -> None:
        self.catalogue = catalogue
        self.reader = reader
        self.unpublished = unpublished
        self.listings = Listings(catalogue)
        self.base = f"https://{catalogue.origin.rsplit('/', 1)[0]}/"
        self._settings: dict[str, Setting] = {}
        self._versions: dict[tuple[str, int], Version] = {}
        self._position = -1
        self._editions: dict[str, Edition] = {}
        self._setters: dict[str, Callable[..., Files]] = {
            "message": self._message,
            "edition": self._edition,
            "changes": self._changes,
            "beside": self._beside,
            "undated": self._undated,
            "year": self._year,
            "period": self._period,
            "feed": self._feed,
            "front": self._front,
            "latest": self._latest,
            "agenda": self._agenda,
            "event": self._event,
            "developers": self._developers,
            "check": self._check,
            "words": self._words,
            "api": self._api,
            "people": self._people,
            "letter": self._letter,
            "archive": self._archive,
            "search": self._search,
            "events": self._events,
            "crisis": self._crisis,
            "lost": self._lost,
            "sitemap": self._sitemap,
            "sitemaps": self._sitemaps,
            "places": self._places,
            "redirects": self._redirects,
            "moved": self._moved,
            "tombstone": self._tombstone,
            "root": self._root,
            "record": self._record,
            "styleguide": self._styleguide,
            "assets": self._assets,
            "vanish": self._vanish,
            "file": self._file,
        }

    def set(self, sheet: Sheet) -> Files:
        """The files of a sheet: bytes, or None for what has to go."""
        self._see_position()
        return self._setters[sheet.sort](*sheet.about)

    # ------------------------------------------------------------------ messages

    def _message(self, id_: str) -> Files:
        row = self.catalogue.message(id_)
        if row is None or not row.path:
            return {}
        version, files = self._with_files(self._version(row, self.catalogue.newest_seq(id_)))
        page = self._message_html(row, version).encode()
        return {f"{row.path}index.html": page, **self._message_data(row, version), **files}

    def _message_data(self, row: Row, version: Version) -> Files:
        """The same for programs."""
        shown = self._shown(row, version, self.catalogue.versions_of(row.message))
        return {f"{row.path}{MESSAGE_FILE}": as_json(message_data(shown))}

    def _shown(self, row: Row, version: Version, siblings: tuple[Row, ...]) -> Shown:
        """An edition with what stands around it, for the forms that are no page."""
        office = office_of(self._setting(row.language, version.at))
        lines = self.catalogue.editions_of(row.id)
        return Shown(office, version, row.path, siblings, lines, self._section_path(version))

    def _forms(self, row: Row, version: Version | None, seq: int) -> Files:
        """The other forms of an edition; of one that is gone, their going."""
        path = f"{row.path}editions/{seq}/"
        if version is None:
            return {f"{path}{NINJS_FILE}": None, f"{path}{AKN_FILE}": None}
        shown = self._shown(row, version, (row,))
        return {f"{path}{NINJS_FILE}": as_json(ninjs(shown)), f"{path}{AKN_FILE}": akoma_ntoso(shown)}

    def _message_html(self, row: Row, version: Version) -> str:
        setting = self._setting(row.language, version.at)
        if row.state == "removed":
            return pages.gone_page(setting, version)
        if version.content.get("title") is None:
            return pages.tombstone_page(setting, version)
        siblings = self.catalogue.versions_of(row.message)
        return pages.message_page(
            setting, version, siblings, self.catalogue.editions_of(row.id), self._section_path(version)
        )

    def _edition(self, id_: str, seq: int) -> Files:
        row = self.catalogue.message(id_)
        if row is None or not row.path:
            return {}
        version = self._version(row, seq)
        path = f"{row.path}editions/{seq}/"
        lines = self.catalogue.editions_of(id_)
        setting = self._setting(row.language, version.at)
        if row.state == "removed":
            newest = self._version(row, lines[-1].seq)
            return {f"{path}index.html": pages.gone_page(setting, newest, path).encode(), **self._forms(row, None, seq)}
        if version.content["state"] == "removed":  # it came back: what came later is not this page's to tell
            return {
                f"{path}index.html": pages.gone_page(setting, version, path).encode(),
                **self._forms(row, None, seq),
            }
        if version.content.get("title") is None:
            page = pages.tombstone_page(setting, version, path)
            return {f"{path}index.html": page.encode(), **self._forms(row, None, seq)}
        shown = lines[: seq + 1]
        version, files = self._with_files(version)
        page = pages.edition_page(setting, version, (row,), shown, self._section_path(version), newest=shown[-1])
        return {f"{path}index.html": page.encode(), **self._forms(row, version, seq), **files}

    def _changes(self, id_: str, seq: int) -> Files:
        """What an edition changed; where it or the one before is not shown any more, what its own page would say."""
        row = self.catalogue.message(id_)
        if row is None or not row.path:
            return {}
        path = f"{row.path}editions/{seq}/changes/"
        version, before = self._version(row, seq), self._version(row, seq - 1)
        setting = self._setting(row.language, version.at)
        if row.state == "removed":
            page = pages.gone_page(setting, self._version(row, self.catalogue.newest_seq(id_)), path)
        elif version.content["state"] == "removed":
            page = pages.gone_page(setting, version, path)
        elif version.content.get("title") is None:
            page = pages.tombstone_page(setting, version, path)
        elif before.content["state"] == "removed" or before.content.get("title") is None:
            page = pages.not_compared_page(setting, version, seq - 1)
        else:
            lines = self.catalogue.editions_of(id_)[:seq]
            page = pages.comparison_page(setting, before, version, lines, self._section_path(version))
        return {f"{path}index.html": page.encode()}

    def _beside(self, first_id: str, second_id: str) -> Files:
        """Two language versions side by side, or what became of the one that is not shown any more."""
        first, second = self.catalogue.message(first_id), self.catalogue.message(second_id)
        if first is None or second is None or not first.path:
            return {}
        path = beside_path(first, second)
        versions = (self._version_now(first), self._version_now(second))
        for version in versions:
            setting = self._setting(version.content["language"], version.at)
            if version.content["state"] == "removed":
                return {f"{path}index.html": pages.gone_page(setting, version, path).encode()}
            if None in (version.content.get("title"), version.content.get("address")):
                return {f"{path}index.html": pages.tombstone_page(setting, version, path).encode()}
        late = (self._behind(first, versions[0]), self._behind(second, versions[1]))
        setting = self._setting(first.language, *(version.at for version in versions))
        return {f"{path}index.html": pages.beside_page(setting, (first, second), versions, late).encode()}

    def _version_now(self, row: Row) -> Version:
        return self._version(row, self.catalogue.newest_seq(row.id))

    def _behind(self, row: Row, version: Version) -> dict[str, str]:
        """What of a translation is behind its original as readers have it."""
        tag = version.content["original"]
        original = next((one for one in self.catalogue.versions_of(row.message) if one.language == tag), None)
        if original is None or original.id == row.id or original.state == "removed" or not original.title:
            return {}
        lines = self.catalogue.editions_of(original.id)
        before = [line.seq for line in lines if line.at <= version.at][-1:]
        after = [line.seq for line in lines if line.at > version.at]
        return behind([self._version(original, seq) for seq in (*before, *after)], version) if before and after else {}

    def _with_files(self, version: Version) -> tuple[Version, Files]:
        """An edition that knows how large its files are, and the files."""
        files = self._files_of(files_named(version.content))
        data = {one["file"]: files.get(file_path(one["file"], one["media"])) for one in files_named(version.content)}
        sizes = {part: len(found) for part, found in data.items() if found is not None}
        return replace(version, sizes=sizes), files

    def _version(self, row: Row, seq: int) -> Version:
        """An edition as it is shown; kept for the next pages of its message, until one more entry is taken in."""
        if (row.id, seq) not in self._versions:
            if len(self._versions) >= EDITIONS_KEPT:
                self._versions.clear()
            self._versions[row.id, seq] = self._version_of(row, self.catalogue.entry_of(row.id, seq))
        return self._versions[row.id, seq]

    def _version_of(self, row: Row, entry: Entry) -> Version:
        return Version(
            id=row.id,
            seq=entry.seq,
            index=entry.index,
            leaf=entry.leaf.hex(),
            kind=entry.kind,
            at=entry.at,
            first_at=row.first_at,
            place_day=self.catalogue.place_day(row.id, entry.seq),
            content=without_files(self._edition_of(entry).content, self._erased(row.id)),
            dated=entry.dated,
            published=self.unpublished is None or entry.index < self.unpublished,
        )

    def _edition_of(self, entry: Entry) -> Edition:
        """The edition of an entry, read once for all pages of its message."""
        if entry.body not in self._editions:
            if len(self._editions) >= EDITIONS_KEPT:
                self._editions.clear()
            self._editions[entry.body] = self.reader.edition(entry)
        return self._editions[entry.body]

    def _erased(self, id_: str) -> frozenset[str]:
        """The parts that entries about a message have erased."""
        erasing = (line.seq for line in self.catalogue.editions_of(id_) if line.kind == "erase")
        manifests = (self._edition_of(self.catalogue.entry_of(id_, seq)).manifest for seq in erasing)
        return frozenset(item["part"] for manifest in manifests for item in manifest.get("erased", ()))

    def _files_of(self, shown: Iterable[Mapping[str, Any]]) -> Files:
        found: Files = {}
        for item in shown:
            try:
                found[file_path(item["file"], item["media"])] = self.reader.file(item["file"])
            except Missing:  # erased: its pages say so
                continue
        return found

    def _section_path(self, version: Version) -> str | None:
        section, language = version.content.get("section"), version.content["language"]
        name = self.catalogue.lists.list_of("section", section, language) if section else None
        return name.base if name else None

    def _tombstone(self, index: int) -> Files:
        id_ = self.catalogue.tombstone(index)
        row = self.catalogue.message(id_) if id_ else None
        if row is None:
            return {}
        version = self._version(row, self.catalogue.newest_seq(row.id))
        path = f"erased/{index}/"
        page = pages.tombstone_page(self._setting(row.language, version.at), version, path)
        return {f"{path}index.html": page.encode()}

    def _vanish(self, path: str, editions: int, languages: str = "") -> Files:
        """The pages at an erased address, its feeds, its editions' pages, and those with other languages beside it."""
        names = ("index.html", NINJS_FILE, AKN_FILE)
        gone: Files = {f"{path}editions/{seq}/{name}": None for seq in range(1, editions + 1) for name in names}
        gone |= {f"{path}editions/{seq}/changes/index.html": None for seq in range(2, editions + 1)}
        gone |= {f"{path}beside/{language}/index.html": None for language in languages.split()}
        return {**{f"{path}{name}": None for name in ("index.html", MESSAGE_FILE, *FEEDS)}, **gone}

    def _file(self, part: str) -> Files:
        return {f"files/{part}.{ending}": None for ending in (*ENDINGS.values(), OTHER_ENDING)}

    # ------------------------------------------------------------------ lists

    def _undated(self, key: str) -> Files:
        return self._list_page(self.listings.undated(key))

    def _year(self, key: str, year: str) -> Files:
        return self._list_page(self.listings.year(key, year))

    def _period(self, key: str, month: str, day: int, hundred: int) -> Files:
        return self._list_page(self.listings.period(key, month, day, hundred))

    def _list_page(self, placed: Placed | None) -> Files:
        if placed is None:
            return {}
        path, listing = placed
        if listing is None:
            return {f"{path}index.html": None}
        in_months = (row for _, rows in listing.months for row in rows)
        setting = self._setting(listing.language, *(row.at for row in (*listing.rows, *listing.asked, *in_months)))
        page = pages.person_page if listing.sort == "person" else pages.listing_page
        found = page(setting, listing)
        if listing.sort == "person" and listing.period and (listing.rows or listing.asked):
            found = page(setting, self._with_words(listing, PAGE_LIMIT_BYTES - len(found.encode())))
        return {f"{path}index.html": found.encode()}

    def _with_words(self, listing: Listing, room: int) -> Listing:
        """A dated page of a person with as much of her words as it has room for."""
        name = self.catalogue.lists.list_of("person", listing.subject or "", listing.language)
        if name is None:
            return listing
        said: dict[Key, tuple[Passage, ...]] = {}
        paths: dict[Key, str] = {}
        for questions, rows in ((False, listing.rows), (True, listing.asked)):
            for row in rows:
                content = self._version_now(row).content
                people = self.catalogue.lists.people_in(name, row.id)
                said[questions, row.id] = passages_in(content, people, questions)
                paths[questions, row.id] = row.path
        found = fitted(said, paths, room)
        words, questions_put = (
            {id_: one for (asks, id_), one in found.items() if asks is sort} for sort in (False, True)
        )
        return replace(listing, said_words=words, asked_words=questions_put)

    def _feed(self, key: str) -> Files:
        name = self.catalogue.lists.list_by_key(key)
        if name is None or name.is_family:
            return {}
        if not self.catalogue.lists.is_there(name):
            return {f"{name.base}{feed_name}": None for feed_name in FEEDS}
        rows = self.catalogue.lists.newest(key, NEWEST_ROWS)
        listing = self.listings.listing(name, name.base, rows)
        setting = self._setting(name.language)
        office = listing_office(setting, listing)
        title = f"{office.name} · {feed_title(office, listing)}"
        facts = (title, office.name, name.language, rows)
        since = self._known_since(name)
        atom = feed.atom_feed(self.base, name.base, f"{name.base}feed.atom", *facts, since)
        data = as_json(feed.json_feed(self.base, name.base, f"{name.base}feed.json", *facts))
        made = dict(zip(FEEDS, (atom, data), strict=True))
        bases = [name.base, *self._bases_led_to(name)]
        return {f"{base}{feed_name}": data for base in bases for feed_name, data in made.items()}

    def _known_since(self, name: ListName) -> str:
        """When a list without a message was last changed: with what it is about."""
        furniture = self.catalogue.furniture()
        piece = furniture.by_id(name.subject) or furniture.one("office")
        return piece.at if piece else NEVER

    def _bases_led_to(self, name: ListName) -> Iterator[str]:
        """Where the feeds of persons lay who were merged into this one: a reader of feeds follows no small page."""
        for person in self.catalogue.merging.led_to(name.subject) if name.sort == "person" else ():
            old = self.catalogue.lists.list_of("person", person, name.language)
            if old and self.catalogue.redirects.leading(f"{old.base}feed.atom"):
                yield old.base

    def _latest(self, language: str) -> Files:
        rows = self.catalogue.lists.newest(f"{language}|all|", self._latest_count())
        setting = self._setting(language, *(row.at for row in rows))
        return {f"{language.lower()}/latest/index.html": pages.latest_page(setting, rows).encode()}

    def _latest_count(self) -> int:
        piece = self.catalogue.furniture().one("latest")
        return piece.content["count"] if piece else LATEST_ROWS

    def _people(self, language: str) -> Files:
        letters = [one.letter for one in self.catalogue.initials.pages(language).values() if not one.part]
        return {f"{language.lower()}/people/index.html": pages.people_page(self._setting(language), letters).encode()}

    def _letter(self, language: str, span: str) -> Files:
        found = self.catalogue.initials.pages(language).get(span)
        page = pages.letter_page(self._setting(language), found).encode() if found else None
        return {f"{language.lower()}/{letter_path(span)}index.html": page}

    def _archive(self, language: str) -> Files:
        lists = self.catalogue.lists
        everything = lists.list_of("all", "", language)
        kinds = ((kind, lists.list_of("kind", kind, language)) for kind in KINDS)
        places = lists.occasions.named(f"{language}|place|", NAMES_IN_ARCHIVE)
        archive = Archive(
            years=tuple(lists.year(everything, year) for year in lists.years_of(everything)) if everything else (),
            kinds=tuple((kind, name.base) for kind, name in kinds if name and lists.years_of(name)),
            places=self.listings.named(places),
            has_occasions=bool(lists.occasions.named(f"{language}|occasion|", 1)),
        )
        page = pages.archive_page(self._setting(language), archive)
        return {f"{language.lower()}/by/index.html": page.encode()}

    def _search(self, language: str) -> Files:
        return {f"{language.lower()}/search/index.html": pages.search_page(self._setting(language)).encode()}

    def _events(self, language: str, span: str) -> Files:
        events, agenda = self.catalogue.furniture().of("event"), self.catalogue.agenda.shown(span)
        shown = [event.at for event in events if not span or stands_in(agenda, event.id, event.content)]
        page = pages.agenda_page(self._setting(language, *shown), agenda)
        return {f"{language.lower()}/{agenda_path(span)}index.html": page.encode()}

    # ------------------------------------------------------------------ the front

    def _front(self, language: str) -> Files:
        crisis = self.catalogue.furniture().one("crisis")
        if crisis:
            page = pages.crisis_front_page(self._setting(language, crisis.at))
            return {f"{language.lower()}/index.html": page.encode()}
        count = self._latest_count()
        newest = self.catalogue.lists.newest(f"{language}|all|", max(LEAD_SEARCH, count + 1 + FEATURED_ROWS))
        chosen = list(self._featured(language))
        lead = next(iter(chosen), None) or self._newest_whole(newest)
        featured = tuple(row for row in chosen[1 : FEATURED_ROWS + 1] if row.title)
        in_the_middle = {row.id for row in (lead, *featured) if row}
        latest = tuple(row for row in newest if row.id not in in_the_middle)[:count]
        sections = tuple(self._front_sections(language))
        shown = [row.at for row in (*latest, *featured, *(row for one in sections for row in one.rows))]
        version = self._version(lead, self.catalogue.newest_seq(lead.id)) if lead else None
        front = Front(language, version, lead.path if lead else None, latest, sections, featured)
        page = pages.front_page(self._setting(language, *shown, *([version.at] if version else [])), front)
        return {f"{language.lower()}/index.html": page.encode()}

    def _featured(self, language: str) -> Iterator[Row]:
        """The featured messages that stand, in this language or else in the one that came first."""
        featured = self.catalogue.furniture().one("featured")
        for message in featured.content["messages"] if featured else ():
            versions = [row for row in self.catalogue.versions_of(message) if row.path and row.state == "current"]
            own = next((row for row in versions if row.language == language), None)
            if own or versions:
                yield own or versions[0]

    def _newest_whole(self, newest: tuple[Row, ...]) -> Row | None:
        """What leads where the editor chose nothing: the newest message that is whole."""
        return next((row for row in newest if row.state == "current" and not row.stub and row.title), None)

    def _front_sections(self, language: str) -> Iterator[FrontSection]:
        for piece in self.catalogue.furniture().of("section"):
            name = self.catalogue.lists.list_of("section", piece.id, language)
            if name:
                newest = self.catalogue.lists.newest(name.key, SECTION_ROWS)
                dated = tuple(row for row in newest if row.kind != "standing_page")  # the menu leads to those
                yield FrontSection(piece.id, name.base, dated)

    # ------------------------------------------------------------------ the rest

    def _crisis(self, language: str) -> Files:
        """The crisis page; an address that once was public says that there is none."""
        at = self.catalogue.crisis_at()
        if at is None:
            return {}
        page = pages.crisis_page if self.catalogue.furniture().one("crisis") else pages.crisis_over_page
        return {f"{pages.crisis_path(language)}index.html": page(self._setting(language, at)).encode()}

    def _lost(self, language: str) -> Files:
        page = pages.not_found_page(self._setting(language)).encode()
        files: Files = {f"{language.lower()}/404/index.html": page}
        if language == self.catalogue.languages()[0]:
            files["404.html"] = page
        return files

    def _sitemap(self, number: int) -> Files:
        rows = self.catalogue.sitemap(number)
        return {f"sitemaps/{number}.xml": feed.sitemap(self.base, rows, self.catalogue.languages_in(number))}

    def _places(self) -> Files:
        """The sitemaps of what is no message, and the going of one that is not needed any more."""
        cut = self._places_cut()
        made: Files = {f"sitemaps/places-{n}.xml": feed.places_sitemap(self.base, one) for n, one in enumerate(cut, 1)}
        return {**made, f"sitemaps/places-{len(cut) + 1}.xml": None}

    def _places_cut(self) -> list[list[dict[str, str]]]:
        """Fronts, archives, sections and persons by their paths in each language, as a sitemap holds them."""
        lists, languages = self.catalogue.lists, self.catalogue.languages()
        places = [{tag: f"{tag.lower()}/{below}" for tag in languages} for below in PLACES]
        for sort in ("section", "person"):
            for piece in self.catalogue.furniture().of(sort):
                if not self.catalogue.merging.leads_on(piece.id):
                    names = ((tag, lists.list_of(sort, piece.id, tag)) for tag in languages)
                    places.append({tag: name.base for tag, name in names if name})
        size = SITEMAP_LIMIT // max(1, len(languages))
        return [places[start : start + size] for start in range(0, len(places), size)] if languages else []

    # ------------------------------------------------------------------ for programs

    def _agenda(self, language: str) -> Files:
        path = f"{language.lower()}/agenda.ics"
        return {path: agenda_file(office_of(self._setting(language)), path)}

    def _event(self, language: str, id_: str) -> Files:
        piece = self.catalogue.furniture().by_id(id_)
        known = piece is not None and piece.content["piece"] == "event"
        data = event_file(office_of(self._setting(language)), piece) if piece and known else None
        return {f"{language.lower()}/agenda/{id_}.ics": data}

    def _developers(self, language: str) -> Files:
        page = pages.developers_page(self._setting(language), self.catalogue.example(language))
        files: Files = {f"developers/{language.lower()}/index.html": page.encode()}
        if language == self.catalogue.languages()[0]:
            lead = pages.redirect_page(self._setting(language), "developers/", f"developers/{language.lower()}/")
            files["developers/index.html"] = lead.encode()
        return files

    def _check(self, language: str) -> Files:
        setting, folder, vouched = self._setting(language), f"{CHECK}{language.lower()}/", self.catalogue.vouched()
        files: Files = {f"{folder}index.html": pages.check_page(setting, vouched).encode()}
        files[f"{folder}{KEPT}"] = pages.kept_check(setting).encode()
        about = pages.record_page(setting, self.catalogue.origin, vouched=vouched)
        files[f"{record_path(language)}index.html"] = about.encode()
        if language == self.catalogue.languages()[0]:
            files[f"{CHECK}index.html"] = pages.redirect_page(setting, CHECK, folder).encode()
        return files

    def _words(self, size: int, number: int, part: int | None = None) -> Files:
        return self.catalogue.prints.files(PrintFile(size, number, part), self.catalogue.position)

    def _api(self) -> Files:
        languages = self.catalogue.languages()
        if not languages:
            return {}
        setting, first = self._setting(languages[0]), languages[0]
        title = office_of(setting).name
        document = interface(self.base.rstrip("/"), title, first, self.catalogue.example(first))
        found = {
            "office": office_data(setting, self.base, self._list_path),
            "people": people_data(setting, self.base, self._list_path),
            "openapi": described(document),
        }
        return {f"api/{name}.json": as_json(data) for name, data in found.items()}

    def _list_path(self, sort: str, subject: str, language: str) -> str | None:
        name = self.catalogue.lists.list_of(sort, subject, language)
        return name.base if name else None

    # ------------------------------------------------------------------ the rest of the site

    def _sitemaps(self) -> Files:
        places = [f"places-{number}" for number, _ in enumerate(self._places_cut(), 1)]
        names = [*places, *map(str, self.catalogue.sitemaps())]
        robots = f"User-agent: *\nAllow: /\nSitemap: {self.base}sitemap.xml\n"
        return {
            "sitemap.xml": feed.sitemap_index(self.base, names),
            "robots.txt": robots.encode(),
        }

    def _redirects(self, number: int) -> Files:
        lines = [f"{source}\t{status}\t{target}\n" for source, status, target in self.catalogue.redirects.block(number)]
        return {f"redirects/{number}.tsv": "".join(lines).encode() if lines else None}

    def _moved(self, source: str) -> Files:
        """A small page at an old address, where its path can be a folder of the site and nothing else lies there.

        An address and what a folder of that name shows ("x" and "x/index.html") have one page, that of the shorter."""
        languages = self.catalogue.languages()
        folder = source.removesuffix(INDEX)
        ours = folder != source and folder.partition("/")[0] in {tag.lower() for tag in languages}
        if ours or not _can_be_page(folder) or self.catalogue.is_message_path(f"{folder.partition('/editions/')[0]}/"):
            return {}
        move = self.catalogue.redirects.leading(folder) or self.catalogue.redirects.leading(folder + INDEX)
        if move is None:
            return {} if self.catalogue.is_person_path(folder) else {f"{folder}/index.html": None}
        if move[0] == 410:
            return {f"{folder}/index.html": pages.not_found_page(self._setting(languages[0])).encode()}
        return {f"{folder}/index.html": pages.redirect_page(self._setting(languages[0]), folder, move[1]).encode()}

    def _root(self) -> Files:
        languages = self.catalogue.languages()
        if not languages:
            return {}
        page = pages.redirect_page(self._setting(languages[0]), "", f"{languages[0].lower()}/")
        names = "".join(f"{tag.lower()}\n" for tag in languages)
        return {"index.html": page.encode(), "languages.txt": names.encode()}

    def _record(self) -> Files:
        languages = self.catalogue.languages()
        if not languages:
            return {}
        page = pages.redirect_page(self._setting(languages[0]), "record/", record_path(languages[0]))
        return {"record/index.html": page.encode()}

    def _styleguide(self) -> Files:
        languages = self.catalogue.languages()
        if not languages:
            return {}
        found = styleguide.styleguide_pages(
            self._setting(languages[0]), self._setting("ar") if "ar" in languages else None
        )
        none: Files = {f"{styleguide.PATH}{name}/index.html": None for name in styleguide.BELOW}
        return {**none, **{f"{path}index.html": page.encode() for path, page in found.items()}, **specimens.files()}

    def _assets(self) -> Files:
        furniture = self.catalogue.furniture()
        office = furniture.one("office")
        styles = dict((bundle.office_asset(furniture), bundle.crisis_asset(furniture)))
        arms = (office.content.get("arms"),) if office else ()
        made = bundle.assets(guide=self.catalogue.origin == SHOWROOM)
        return {**made, **styles, **self._files_of(item for item in arms if item)}

    def _setting(self, language: str, *instants: str) -> Setting:
        """What surrounds a page: today's furniture, the same for all pages until one more entry is taken in."""
        if language not in self._settings:
            self._settings[language] = Setting(
                furniture=self.catalogue.furniture(),
                language=language,
                as_of=self.catalogue.furniture_at,
                asset_paths=bundle.asset_paths(),
                section_paths=self._paths("section", language),
                people_paths=self._paths("person", language),
                merged=frozenset(self.catalogue.merging.ends()),
                languages=self.catalogue.languages(),
            )
        found = self._settings[language]
        return replace(found, as_of=max((found.as_of, *instants)))

    def _see_position(self) -> None:
        """Forget what is kept for the next page where one more entry was taken in."""
        position = self.catalogue.position
        if self._position != position:
            self._position, self._settings, self._versions = position, {}, {}

    def _paths(self, sort: str, language: str) -> dict[str, str]:
        pieces = self.catalogue.furniture().of(sort)
        ends = self.catalogue.merging.ends() if sort == "person" else {}
        names = ((one.id, self.catalogue.lists.list_of(sort, ends.get(one.id, one.id), language)) for one in pieces)
        return {id_: name.base for id_, name in names if name}


def file_path(part: str, media: str) -> str:
    """The site path of a public file."""
    return f"files/{public_name(part, media)}"


def _can_be_page(source: str) -> bool:
    """Whether an old address can be a folder of files: no query, no dots that climb, no file of the site's own."""
    steps = source.split("/")
    own = {
        "record",
        "assets",
        "files",
        "redirects",
        "sitemaps",
        "erased",
        "crisis",
        "api",
        "developers",
        "check",
        "search",
    }
    if any(c in source for c in "?#\\\0") or steps[0] in own or not FILES.isdisjoint(steps):
        return False
    return all(step and step[0] != "." and not step.endswith(".br") and len(step.encode()) <= 200 for step in steps)
