"""The setter: one sheet in, its files out.

What a sheet shows comes from the catalogue and, for words, from the editions themselves. Nothing here decides what has
to be set (`catalogue.py` does) or how it looks (`pages.py` does).

A file's public address is `/files/PART.ENDING`: the part, because two editions that show one picture share it; the
ending, because foreign web servers tell the type by it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from communique.edition.media import ENDINGS, OTHER_ENDING, public_name
from communique.press import bundle, feed, pages
from communique.press.catalogue import NEWEST_ROWS, NEWEST_WORDS_OF_PERSON, Catalogue
from communique.press.list_view import listing_office, listing_title
from communique.press.lists import ListName
from communique.press.sheet import Sheet
from communique.press.shelf import Files
from communique.press.shown import Front, FrontSection, Listing, Row, Setting, Version
from communique.record.entry import Entry
from communique.record.errors import Missing
from communique.record.reader import Reader

LATEST_ROWS = 5
"""how many messages *Latest events* lists where no piece of furniture says so"""
SECTION_ROWS = 3
LEAD_SEARCH = 10
SHOWN_FILES = ("pictures", "files", "recordings")
"""where in a message's content files are named"""


class Setter:
    """Sets sheets from one view of catalogue and record."""

    def __init__(self, catalogue: Catalogue, reader: Reader) -> None:
        self.catalogue = catalogue
        self.reader = reader
        self.base = f"https://{catalogue.origin.rsplit('/', 1)[0]}/"
        self._setters: dict[str, Callable[..., Files]] = {
            "message": self._message,
            "edition": self._edition,
            "undated": self._undated,
            "period": self._period,
            "feed": self._feed,
            "front": self._front,
            "latest": self._latest,
            "people": self._people,
            "crisis": self._crisis,
            "lost": self._lost,
            "sitemap": self._sitemap,
            "sitemaps": self._sitemaps,
            "redirects": self._redirects,
            "moved": self._moved,
            "tombstone": self._tombstone,
            "root": self._root,
            "record": self._record,
            "assets": self._assets,
            "vanish": self._vanish,
            "file": self._file,
        }

    def set(self, sheet: Sheet) -> Files:
        """The files of a sheet: bytes, or None for what has to go."""
        return self._setters[sheet.sort](*sheet.about)

    # ------------------------------------------------------------------ messages

    def _message(self, id_: str) -> Files:
        row = self.catalogue.message(id_)
        if row is None or not row.path:
            return {}
        version = self._version(row, self.catalogue.newest_seq(id_))
        return {f"{row.path}index.html": self._message_html(row, version).encode(), **self._pictures(version)}

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
        path = f"{row.path}editions/{seq}/index.html"
        lines = self.catalogue.editions_of(id_)
        setting = self._setting(row.language, version.at)
        if row.state == "removed":
            newest = self._version(row, lines[-1].seq)
            return {path: pages.gone_page(setting, newest, f"{row.path}editions/{seq}/").encode()}
        if version.content["state"] == "removed":  # it came back: what came later is not this page's to tell
            return {path: pages.gone_page(setting, version, f"{row.path}editions/{seq}/").encode()}
        if version.content.get("title") is None:
            return {path: pages.tombstone_page(setting, version, f"{row.path}editions/{seq}/").encode()}
        shown = lines[: seq + 1]
        page = pages.edition_page(setting, version, (row,), shown, self._section_path(version), newest=shown[-1])
        return {path: page.encode(), **self._pictures(version)}

    def _version(self, row: Row, seq: int) -> Version:
        entry = self.catalogue.entry_of(row.id, seq)
        return self._version_of(row, entry)

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
            content=self.reader.edition(entry).content,
            dated=entry.dated,
        )

    def _pictures(self, version: Version) -> Files:
        shown = [one for key in SHOWN_FILES for one in version.content.get(key, ()) if one.get("file")]
        return self._files_of(shown)

    def _files_of(self, shown: Iterable[dict[str, Any]]) -> Files:
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

    def _vanish(self, path: str, editions: int) -> Files:
        """The pages at an erased address and those of its editions."""
        gone: Files = {f"{path}editions/{seq}/index.html": None for seq in range(1, editions + 1)}
        return {f"{path}index.html": None, **gone}

    def _file(self, part: str) -> Files:
        return {f"files/{part}.{ending}": None for ending in (*ENDINGS.values(), OTHER_ENDING)}

    # ------------------------------------------------------------------ lists

    def _undated(self, key: str) -> Files:
        name = self.catalogue.lists.list_by_key(key)
        if name is None:
            return {}
        limit = NEWEST_WORDS_OF_PERSON if name.sort == "person" else NEWEST_ROWS
        rows = self.catalogue.lists.newest(key, limit)
        listing = self._listing(name, name.base, rows, periods=self.catalogue.lists.months_of(name))
        return self._list_page(listing)

    def _period(self, key: str, month: str, day: int, hundred: int) -> Files:
        name = self.catalogue.lists.list_by_key(key)
        if name is None:
            return {}
        parts = self.catalogue.lists.divided(name, month, day) if not hundred else ()
        rows = () if parts else self.catalogue.lists.rows_of(key, month, day, hundred)
        newer, older = self.catalogue.lists.near(name, month) if not day else (None, None)
        period = self.catalogue.lists.period(name, month, day, hundred)
        return self._list_page(
            self._listing(name, period.path, rows, period=period, periods=parts, newer=newer, older=older)
        )

    def _listing(self, name: ListName, path: str, rows: tuple[Row, ...], **more: Any) -> Listing:
        return Listing(
            path=path,
            language=name.language,
            sort=name.sort,
            subject=name.subject or None,
            rows=rows,
            feed=f"{name.base}feed.atom",
            languages=self._languages_of(name),
            **more,
        )

    def _languages_of(self, name: ListName) -> dict[str, str]:
        """The list in each language; for a kind, which has one only where it has a message, all messages."""
        sort, subject = ("all", "") if name.sort == "kind" else (name.sort, name.subject)
        found = ((tag, self.catalogue.lists.list_of(sort, subject, tag)) for tag in self.catalogue.languages())
        return {tag: other.base for tag, other in found if other}

    def _list_page(self, listing: Listing) -> Files:
        setting = self._setting(listing.language, *(row.at for row in listing.rows))
        page = pages.person_page if listing.sort == "person" else pages.listing_page
        return {f"{listing.path}index.html": page(setting, listing).encode()}

    def _feed(self, key: str) -> Files:
        name = self.catalogue.lists.list_by_key(key)
        if name is None:
            return {}
        rows = self.catalogue.lists.newest(key, NEWEST_ROWS)
        listing = self._listing(name, name.base, rows)
        setting = self._setting(name.language)
        office = listing_office(setting, listing)
        title = f"{office.name} · {listing_title(office, listing)}"
        path = f"{name.base}feed.atom"
        data = feed.atom_feed(self.base, name.base, path, title, office.name, name.language, rows)
        return dict.fromkeys([path, *self._feeds_led_to(name)], data)

    def _feeds_led_to(self, name: ListName) -> Iterator[str]:
        """Where the feeds of persons lay who were merged into this one: a reader of feeds follows no small page."""
        for person in self.catalogue.merging.led_to(name.subject) if name.sort == "person" else ():
            old = self.catalogue.lists.list_of("person", person, name.language)
            if old and self.catalogue.redirect_from(f"{old.base}feed.atom"):
                yield f"{old.base}feed.atom"

    def _latest(self, language: str) -> Files:
        rows = self.catalogue.lists.newest(f"{language}|all|", self._latest_count())
        setting = self._setting(language, *(row.at for row in rows))
        return {f"{language.lower()}/latest/index.html": pages.latest_page(setting, rows).encode()}

    def _latest_count(self) -> int:
        piece = self.catalogue.furniture().one("latest")
        return piece.content["count"] if piece else LATEST_ROWS

    def _people(self, language: str) -> Files:
        return {f"{language.lower()}/people/index.html": pages.people_page(self._setting(language)).encode()}

    # ------------------------------------------------------------------ the front

    def _front(self, language: str) -> Files:
        newest = self.catalogue.lists.newest(f"{language}|all|", max(LEAD_SEARCH, self._latest_count()))
        lead = self._lead(language, newest)
        latest = tuple(row for row in newest if lead is None or row.id != lead.id)[: self._latest_count()]
        sections = tuple(self._front_sections(language))
        shown = [row.at for row in (*latest, *(row for one in sections for row in one.rows))]
        version = self._version(lead, self.catalogue.newest_seq(lead.id)) if lead else None
        front = Front(language, version, lead.path if lead else None, latest, sections)
        page = pages.front_page(self._setting(language, *shown, *([version.at] if version else [])), front)
        return {f"{language.lower()}/index.html": page.encode()}

    def _lead(self, language: str, newest: tuple[Row, ...]) -> Row | None:
        """The featured message in this language or its original; else the newest that is whole."""
        featured = self.catalogue.furniture().one("featured")
        for message in featured.content["messages"] if featured else ():
            versions = [row for row in self.catalogue.versions_of(message) if row.path and row.state == "current"]
            own = next((row for row in versions if row.language == language), None)
            if own or versions:
                return own or versions[0]
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
        path = f"crisis/{language.lower()}/"
        if self.catalogue.furniture().one("crisis") is None:
            return {f"{path}index.html": None}
        return {f"{path}index.html": pages.crisis_page(self._setting(language), path).encode()}

    def _lost(self, language: str) -> Files:
        page = pages.not_found_page(self._setting(language)).encode()
        files: Files = {f"{language.lower()}/404/index.html": page}
        if language == self.catalogue.languages()[0]:
            files["404.html"] = page
        return files

    def _sitemap(self, number: int) -> Files:
        return {f"sitemaps/{number}.xml": feed.sitemap(self.base, self.catalogue.sitemap(number))}

    def _sitemaps(self) -> Files:
        robots = f"User-agent: *\nAllow: /\nSitemap: {self.base}sitemap.xml\n"
        return {
            "sitemap.xml": feed.sitemap_index(self.base, self.catalogue.sitemaps()),
            "robots.txt": robots.encode(),
        }

    def _redirects(self, number: int) -> Files:
        lines = [f"{source}\t{status}\t{target}\n" for source, status, target in self.catalogue.redirects(number)]
        return {f"redirects/{number}.tsv": "".join(lines).encode() if lines else None}

    def _moved(self, source: str) -> Files:
        """A small page at an old address, where its path can be a folder of the site and nothing else lies there."""
        move = self.catalogue.redirect_from(source)
        if not _can_be_page(source) or self.catalogue.is_message_path(f"{source.partition('/editions/')[0]}/"):
            return {}
        language = self.catalogue.languages()[0]
        if move is None:
            return {} if self.catalogue.is_person_path(source) else {f"{source}/index.html": None}
        if move[0] == 410:
            return {f"{source}/index.html": pages.not_found_page(self._setting(language)).encode()}
        return {f"{source}/index.html": pages.redirect_page(self._setting(language), source, move[1]).encode()}

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
        return {"record/index.html": pages.record_page(self._setting(languages[0]), self.catalogue.origin).encode()}

    def _assets(self) -> Files:
        furniture = self.catalogue.furniture()
        office = furniture.one("office")
        path, stylesheet = bundle.office_asset(furniture)
        arms = (office.content.get("arms"),) if office else ()
        return {**bundle.assets(), path: stylesheet, **self._files_of(item for item in arms if item)}

    def _setting(self, language: str, *instants: str) -> Setting:
        furniture = self.catalogue.furniture()
        languages = self.catalogue.languages()
        return Setting(
            furniture=furniture,
            language=language,
            as_of=max((self.catalogue.furniture_at, *instants)),
            asset_paths=bundle.asset_paths(),
            section_paths=self._paths("section", language),
            people_paths=self._paths("person", language),
            merged=frozenset(self.catalogue.merging.ends()),
            languages=languages,
        )

    def _paths(self, sort: str, language: str) -> dict[str, str]:
        pieces = self.catalogue.furniture().of(sort)
        ends = self.catalogue.merging.ends() if sort == "person" else {}
        names = ((one.id, self.catalogue.lists.list_of(sort, ends.get(one.id, one.id), language)) for one in pieces)
        return {id_: name.base for id_, name in names if name}


def file_path(part: str, media: str) -> str:
    """The site path of a public file."""
    return f"files/{public_name(part, media)}"


def _can_be_page(source: str) -> bool:
    """Whether an old address can be a folder of files: no query, no dots that climb, no feed, not the site's own."""
    steps = source.split("/")
    own = {"record", "assets", "files", "redirects", "sitemaps", "erased", "crisis"}
    if any(c in source for c in "?#\\\0") or steps[0] in own or steps[-1] == "feed.atom":
        return False
    return all(step and not step.startswith(".") and len(step.encode()) <= 200 for step in steps)
