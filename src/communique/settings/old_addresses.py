"""Old addresses: where those of a site that moves in lead now.

A message leads on from every address that it had (`was` of its edition). What was a list leads to ours of the same
messages: to the section that most of them are filed under, else to all messages, there to the year or month in which
all of them are; a list that names the newest message leads to what is newest. What was a front page, held no message,
was refused, or waits for somebody who knows its day leads to the front page of its language. Each of these is a
redirect, a piece of furniture that the office may change or take away at the desk: what it did there stays.

No old address takes one of ours away, and none that leads to a message. A message that comes later takes its addresses
back: of two entries about the same one the later holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Any

from communique.edition.message import ADDRESS, RESERVED_SECTION_WORDS
from communique.edition.text import canonical_text
from communique.importing.contents import office_tag
from communique.importing.elsewhere import is_index_of, path_of, without_language
from communique.importing.words import folded
from communique.press.catalogue import Catalogue
from communique.record.models import TakenAddress
from communique.record.release import Draft
from communique.settings.arrivals import Reception
from communique.settings.journal import Journal

LIST_STEPS = 5
"""fewer below the language are a list's: section, year, month, day"""
MOST = 0.75
"""of the messages of a list that are filed under one section: it is that section's"""
KEPT_SECTIONS = 20_000
OWN = ("record", "assets", "files", "redirects", "sitemaps", "erased", "crisis", "api", "developers", "search")
"""folders of the site itself"""
OWN_FILES = ("robots.txt", "sitemap.xml", "languages.txt", "404.html")
LANDED = "('new', 'next', 'already')"


class OldAddresses:
    """The old addresses of one batch, asked while it lands."""

    def __init__(self, journal: Journal, reception: Reception) -> None:
        self.journal, self.db, self.reception = journal, journal.db, reception
        self.installation = reception.installation
        self.origin = self.installation.publisher.origin
        self.tags = tuple(reception.office["languages"])
        self.catalogue = Catalogue(self.installation.configuration.catalogue_file, self.origin)
        self._section = lru_cache(KEPT_SECTIONS)(self._section_named)

    def close(self) -> None:
        """Nothing more is asked."""
        self.catalogue.close()

    # ------------------------------------------------------------------ messages

    def of_message(self, number: int) -> tuple[str, ...]:
        """The old addresses of a message, as paths that may lead to its new one."""
        rows = self.db.execute(
            "SELECT address FROM page WHERE (number = ?1 OR same = ?1) AND address IS NOT NULL ORDER BY number",
            (number,),
        )
        paths = dict.fromkeys(_path(address) for (address,) in rows)
        return tuple(path for path in paths if self._can_lead(path))

    def message_at(self, paths: Sequence[str]) -> str | None:
        """The id of the message on the record to which one of these addresses leads."""
        for path in paths:
            leads = self.catalogue.redirects.leading(path)
            if leads and leads[1]:
                taken = self._taken(leads[1].strip("/"))
                if taken:
                    return str(taken.ident)
        return None

    def _can_lead(self, path: str) -> bool:
        """Whether an address can stand in the table of those that moved: it has only signs that can be seen, as tables
        and texts do, and is none of our own."""
        return bool(path) and path.isprintable() and not self._is_ours(path)

    def _is_ours(self, path: str) -> bool:
        """Whether an old address is one under which our own site shows something, or may one day: its lists."""
        tag, *steps = path.split("/")
        if path in OWN_FILES:
            return True
        if tag in {tag.lower() for tag in self.tags}:
            if not steps or steps[0] in RESERVED_SECTION_WORDS or steps[0].isdigit():
                return True
            if all(step.isdigit() or step.startswith("_") for step in steps[1:]) and len(steps) < LIST_STEPS:
                return True
        return bool(ADDRESS.match(path)) and self._taken(path) is not None

    def _taken(self, path: str) -> TakenAddress | None:
        hashed = sha256(path.encode("utf-8")).hexdigest()
        return TakenAddress.objects.filter(log__origin=self.origin, path_sha256=hashed).first()

    # ------------------------------------------------------------------ lists, and pages without a message

    def of_other_pages(self) -> Iterator[Draft]:
        """A redirect for each old address that is no message's and leads nowhere yet."""
        self.db.execute("DELETE FROM lead")
        rows = self.db.execute("SELECT address FROM page WHERE is_ IN ('message', 'again')")
        spoken_for = {_path(address) for (address,) in rows if address}
        spoken_for |= {str(one["from"]).strip("/") for one in self._redirects()}
        pages = self.db.execute(
            "SELECT number, address, key, language, is_ FROM page WHERE is_ NOT IN ('message', 'again')"
            " AND address IS NOT NULL ORDER BY number"
        ).fetchall()
        for number, address, key, language, is_ in pages:
            path = _path(address)
            if not self._can_lead(path) or path.partition("/")[0] in OWN:
                continue
            id_ = self.installation.known_id(f"furniture/redirect/{path}")
            has = self.reception.present.get(id_)
            if has is None and path not in spoken_for and self.reception.newest(id_) is None:
                spoken_for.add(path)
                has = _redirect(path, self._target(number, key, language) if is_ == "list" else self._front(key))
                yield Draft(id_, "furniture", has)
            if has is not None:
                self.db.execute("INSERT OR REPLACE INTO lead VALUES (?, ?)", (number, has.get("to", "")))

    def _redirects(self) -> Iterator[dict[str, Any]]:
        return (piece for piece in self.reception.present.values() if piece["piece"] == "redirect")

    def _front(self, key: str, language: str | None = None) -> str:
        """The front page of the language that a page has, or that its address names, else of the office's first."""
        tag = office_tag(language or without_language(key)[1] or "", self.tags)
        return f"/{(tag if tag in self.tags else self.tags[0]).lower()}/"

    def _target(self, number: int, key: str, language: str) -> str:
        """The list of ours that has what a list of the old site had."""
        front = self._front(key, language)
        shown = self.db.execute(
            "SELECT DISTINCT p.number, p.on_day FROM seen JOIN page p ON p.number = seen.of WHERE seen.page = ?"  # noqa: S608
            f" AND p.language = ? AND p.outcome IN {LANDED}",
            (number, language),
        ).fetchall()
        if not shown or _is_front(key):
            return front
        days = {day for _, day in shown}
        (newest,) = self.db.execute(
            f"SELECT max(on_day) FROM page WHERE language = ? AND outcome IN {LANDED}",  # noqa: S608
            (language,),
        ).fetchone()
        section = self._section_of([one for one, _ in shown], front)
        if newest in days:
            return section or f"{front}latest/"
        return (section or f"{front}all/") + _span(days)

    def _section_of(self, numbers: Sequence[int], front: str) -> str | None:
        """The list of the section under which most of these messages are filed."""
        named = Counter(filter(None, map(self._section, numbers)))
        name, times = max(sorted(named.items()), key=lambda one: one[1], default=("", 0))
        if times <= MOST * len(numbers):
            return None
        for piece in self.reception.present.values():
            if piece["piece"] == "section" and name in {folded(word) for word in piece["name"].values() if word}:
                tag = next((tag for tag in self.tags if f"/{tag.lower()}/" == front), "")
                return f"{front}{piece['word'].get(tag) or next(iter(piece['word'].values()))}/"
        return None

    def _section_named(self, number: int) -> str | None:
        name = self.journal.reading(number).page.heading.section
        return folded(name) if name else None


def _path(address: str) -> str:
    """An old address as the site's own table has it."""
    return canonical_text(path_of(address)).strip("/").removesuffix("/index.html")


def _is_front(key: str) -> bool:
    """Whether a key is that of a site's first page, or of its first page in a language."""
    steps = [step for step in key.split("/")[1:] if step]
    if steps and is_index_of(f"/{steps[-1]}") and "?" not in steps[-1]:
        steps.pop()
    return not steps or (len(steps) == 1 and without_language(f"/{steps[0]}")[0] == "/*")


def _redirect(source: str, target: str) -> dict[str, Any]:
    whole = {"v": 1, "type": "furniture", "state": "current", "piece": "redirect", "order": 0}
    return {**whole, "from": source, "to": target}


def _span(days: set[str]) -> str:
    """The year, and the month, in which all of these days are."""
    months = {day[:7] for day in days}
    years = {day[:4] for day in days}
    if len(months) == 1:
        return f"{next(iter(months)).replace('-', '/')}/"
    return f"{next(iter(years))}/" if len(years) == 1 else ""
