"""Old sites: pages of a batch that are read again, once it is known what the pages of their site have in common.

Each host of a journal is a site; pages without an address are one together. What it is like is learned from some
forty of its pages, taken by their hashes, so that the same pages teach the same. Then only those pages are read again
of which the site has more to tell (`importing/site.py`): whose title or text holds what is the site's, or whose title,
day or section stands elsewhere than on the others. Killed in between it goes on where it was.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from communique.importing.errors import ImportingError
from communique.importing.frames import LENGTH_BYTES, frame, opened
from communique.importing.learning import MOST_PAGES
from communique.importing.raw import Raw, id_of
from communique.importing.reader import Readers
from communique.importing.reading import Reading
from communique.importing.site import Site
from communique.settings.journal import AT_ONCE, Journal
from communique.settings.originals import unpacked

MOST_BYTES = 2_000_000
"""packed, of the pages from which a site is learned: a child takes seconds for them"""
_HOSTED = """
CREATE TEMP VIEW IF NOT EXISTS hosted AS SELECT number, name, address, sha256,
    CASE WHEN address IS NULL THEN '' ELSE substr(key, 1, instr(key || '/', '/') - 1) END AS host
    FROM page WHERE state = 'read'
"""

Told = Callable[[str, int, float | None], None]


class OldSites:
    """The sites of a batch that has been read, and the children that read."""

    def __init__(self, journal: Journal, readers: Readers, pool: ThreadPoolExecutor, told: Told) -> None:
        self.journal, self.db = journal, journal.db
        self.readers, self.pool, self.told = readers, pool, told
        self.done = 0

    def read_again(self) -> None:
        """Every page of which its site has more to tell than it was read to say."""
        self.db.execute(_HOSTED)
        hosts = self.db.execute(
            "SELECT DISTINCT host FROM hosted WHERE number NOT IN (SELECT page FROM sited) ORDER BY host"
        ).fetchall()
        for (host,) in hosts:
            if site := self._site(host):
                last: int | None = 0
                while last is not None:
                    last = self._some_again(host, site, last)

    def _site(self, host: str) -> Site | None:
        row = self.db.execute("SELECT learned FROM site WHERE host = ?", (host,)).fetchone()
        if row:
            known: Site = opened(zlib.decompress(row[0])[LENGTH_BYTES:])
            return known
        self.told("learning what pages have in common", self.done, None)
        found = self._ask("site", host or "pages without an address", self._sample(host))
        if not isinstance(found, Site):
            return None
        self.db.execute("INSERT INTO site VALUES (?, ?)", (host, zlib.compress(frame(found), 1)))
        return found

    def _sample(self, host: str) -> list[Raw]:
        rows = self.db.execute(
            "SELECT name, address, packed FROM hosted JOIN original ON page = number"
            " WHERE host = ? ORDER BY sha256, number LIMIT ?",
            (host, MOST_PAGES),
        )
        found, octets = [], 0
        for name, address, packed in rows:
            octets += len(packed)
            if octets > MOST_BYTES:
                break
            found.append(Raw(id_of(address), name, unpacked(packed), address))
        return found

    def _some_again(self, host: str, site: Site, after: int) -> int | None:
        """Some hundred pages after one, at once; the number of the last of them, None where there is none."""
        rows = self.db.execute(
            "SELECT number, sha256 FROM hosted WHERE host = ? AND number > ?"
            " AND number NOT IN (SELECT page FROM sited) ORDER BY number LIMIT ?",
            (host, after, AT_ONCE),
        ).fetchall()
        with self.journal.at_once():
            waiting = [(number, sha256, self._page_again(number, site)) for number, sha256 in rows]
            for number, sha256, again in waiting:
                if again is not None:
                    raw, packed, future = again
                    found = future.result()
                    if isinstance(found, Reading):
                        self.journal.note(number, raw, sha256, found, packed)
                self.db.execute("INSERT INTO sited VALUES (?)", (number,))
                self.done += 1
                self.told("pages read by their site", self.done, None)
        return rows[-1][0] if rows else None

    def _page_again(self, number: int, site: Site) -> tuple[Raw, bytes, Future[Any]] | None:
        """A page on its way to a child; None where nothing new is to be expected, or its bytes are gone."""
        reading, packed = self.journal.reading(number), self.journal.original(number)
        if packed is None or not site.tells_more_of(reading.placed):
            return None
        (name,) = self.db.execute("SELECT name FROM page WHERE number = ?", (number,)).fetchone()
        was = reading.page.capture
        raw = Raw(id_of(was.address), name, unpacked(packed), was.address, was.captured, was.charset)
        return raw, packed, self.pool.submit(self._ask, "reading", raw, site)

    def _ask(self, work: str, *needed: Any) -> Any:
        try:
            return self.readers.ask(work, *needed)
        except ImportingError as error:
            return error
