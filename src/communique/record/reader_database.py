"""The office's own database as a Reader: what followers on the office's machine read.

It shows an entry once its public files are written and its erasures carried out, which is after its checkpoint.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from communique.edition import Edition, parse_edition
from communique.record.entry import Entry, parse_entry
from communique.record.errors import Missing
from communique.record.models import Log, LoggedEdition, LoggedEntry, WaitingFile
from communique.record.reader import SALT_BYTES, file_path

PAGE_ENTRIES = 256


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
        """The entries from `start` up to `stop`."""
        for first in range(start, stop, PAGE_ENTRIES):
            page = LoggedEntry.objects.filter(
                log__origin=self._origin, index__gte=first, index__lt=min(first + PAGE_ENTRIES, stop)
            )
            for index, data in page.order_by("index").values_list("index", "data"):
                yield parse_entry(bytes(data), index)

    def edition(self, entry: Entry) -> Edition:
        """The edition of an entry as it is now, erased texts left out."""
        found = LoggedEdition.objects.filter(body=entry.body).values_list("data", flat=True).first()
        if found is None:
            raise Missing(f"editions/{entry.body}", f"database, entry {entry.index}", "run `communique fsck --repair`")
        return parse_edition(bytes(found))

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
