"""The office's own database as a Reader: what followers on the office's machine read.

It shows an entry once its public files are written and its erasures carried out, which is after its checkpoint.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path

from communique.edition import Edition, EditionError, parse_edition
from communique.record.entry import Entry, parse_entry
from communique.record.errors import Missing, NotVerified
from communique.record.models import Log, LoggedEdition, LoggedEntry, WaitingFile
from communique.record.reader import SALT_BYTES, file_path

PAGE_ENTRIES = 256
AT_ONCE = 100
AT_HAND = 256
"""editions that are kept parsed: those of a large release"""

RESTORE = "restore the database from its backup; the public files give back what is younger"


def edition_in_database(entry: Entry) -> Edition:
    """An entry's edition as the database has it. Raises NotVerified when it is not what the entry commits to."""
    return next(edition for _entry, edition in editions_in_database([entry]))


def editions_in_database(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Edition]]:
    """The same for many, with one question for so many of them as are kept at hand."""
    rest = iter(entries)
    while some := list(islice(rest, AT_ONCE)):
        bodies = [entry.body for entry in some]
        found = dict(LoggedEdition.objects.filter(body__in=bodies).values_list("body", "data"))
        for entry in some:
            yield entry, _edition(entry, found.get(entry.body))


def _edition(entry: Entry, found: bytes | memoryview | None) -> Edition:
    where = f"database, edition of entry {entry.index}"
    if found is None:
        raise NotVerified("is missing", where, RESTORE)
    try:
        edition = _parsed(bytes(found))
    except EditionError as error:
        raise NotVerified(str(error), where, RESTORE) from error
    if edition.body != entry.body:
        raise NotVerified("does not hash to what its entry says", where, RESTORE)
    return edition


@lru_cache(maxsize=AT_HAND)
def _parsed(data: bytes) -> Edition:
    """An edition file, read. Publishing asks for the same bytes in three of its steps."""
    return parse_edition(data)


class DatabaseReader:
    """A Reader over the database, up to what the public files have; files of parts lie in the public folder."""

    def __init__(self, origin: str, folder: Path) -> None:
        self._origin = origin
        self.folder = folder

    @property
    def origin(self) -> str:
        """The log's name."""
        return self._origin

    def size(self) -> int:
        """How many entries have gone through the record's own steps, erasing included."""
        return Log.objects.filter(origin=self._origin).values_list("public_size", flat=True).first() or 0

    def entries(self, start: int, stop: int) -> Iterator[Entry]:
        """The entries from `start` up to `stop`. Raises NotVerified for one that is not what was stored."""
        for first in range(start, stop, PAGE_ENTRIES):
            page = LoggedEntry.objects.filter(
                log__origin=self._origin, index__gte=first, index__lt=min(first + PAGE_ENTRIES, stop)
            )
            for index, data, leaf in page.order_by("index").values_list("index", "data", "leaf"):
                entry = parse_entry(bytes(data), index)
                if entry.leaf != bytes(leaf):
                    raise NotVerified("is not what was stored", f"database, entry {index}", RESTORE)
                yield entry

    def edition(self, entry: Entry) -> Edition:
        """The edition of an entry as it is now, erased texts left out. Raises NotVerified for other bytes."""
        return edition_in_database(entry)

    def file(self, part: str) -> bytes:
        """The bytes of a file part, without its salt."""
        waiting = WaitingFile.objects.filter(part=part).values_list("data", flat=True).first()
        if waiting is not None:
            return bytes(waiting)[SALT_BYTES:]
        path = self.folder / file_path(part)
        try:
            return path.read_bytes()[SALT_BYTES:]
        except FileNotFoundError as error:
            raise Missing(file_path(part), str(path)) from error
