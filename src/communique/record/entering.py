"""Entries on their way into the log: what a release has to know is asked for once, and what it says is written once.

    entering = Entering(log, [draft.id for draft in release])
    entering.newest(id)         the entry before, of the log or of this release
    entering.keep(entry, edition, files)
    entering.settle()           the rows are in the database

A release of a hundred messages is a few questions so, and not some hundred. Rows wait until somebody asks for what may
be among them. The caller holds the log's row, in the transaction in which all of this happens.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from hashlib import sha256

from django.db.models import QuerySet

from communique.edition import Edition
from communique.record.entry import Entry
from communique.record.models import Log, LoggedEdition, LoggedEntry, TakenAddress, WaitingFile


class Entering:
    """The log as a release finds it, and the rows that the release adds. `ids` are those that it is about."""

    def __init__(self, log: Log, ids: Collection[str] = ()) -> None:
        self.log = log
        self._entries: list[LoggedEntry] = []
        self._editions: dict[str, LoggedEdition] = {}
        self._addresses: dict[str, TakenAddress] = {}
        self._files: list[WaitingFile] = []
        self._new: set[str] = set()
        """of the ids, those of which the log has no entry and none waits"""
        if len(ids) > 1:
            there = self._rows().filter(ident__in=set(ids)).values_list("ident", flat=True).distinct()
            self._new = set(ids) - set(there)
        self._pieces: set[str] = set()
        self._free: set[str] = set()

    def newest(self, id_: str) -> LoggedEntry | None:
        """The newest entry of an id."""
        if id_ in self._new:
            return None
        self.settle()
        return self._rows().filter(ident=id_).order_by("-seq").first()

    def edition_data(self, body: str) -> bytes:
        """The edition file that a body names."""
        self.settle()
        return bytes(LoggedEdition.objects.get(body=body).data)

    def editions_of(self, id_: str) -> list[tuple[int, str]]:
        """(seq, body) of every entry of an id, oldest first."""
        self.settle()
        return list(self._rows().filter(ident=id_).order_by("seq").values_list("seq", "body"))

    def missing_pieces(self, ids: Iterable[str]) -> set[str]:
        """Those ids that are no piece of furniture, on the record or earlier in this release."""
        unknown = set(ids) - self._pieces
        if unknown:
            found = self._rows().filter(ident__in=unknown, kind="furniture").values_list("ident", flat=True)
            self._pieces |= set(found)
        return unknown - self._pieces

    def ask_for(self, addresses: Iterable[str]) -> None:
        """Ask which of these addresses are taken; of the others `is_taken` knows without asking again."""
        wanted = {_hashed(address) for address in addresses}
        taken = TakenAddress.objects.filter(log=self.log, path_sha256__in=wanted).values_list("path_sha256", flat=True)
        self._free |= wanted - set(taken)

    def is_taken(self, address: str) -> bool:
        """Whether another id has this address."""
        hashed = _hashed(address)
        if hashed in self._free or hashed in self._addresses:
            return hashed in self._addresses
        return TakenAddress.objects.filter(log=self.log, path_sha256=hashed).exists()

    def keep(self, entry: Entry, edition: Edition, files: Mapping[str, bytes]) -> None:
        """Have an entry be the log's last, with its edition, its address and the files that are still to be written."""
        self._entries.append(
            LoggedEntry(
                log=self.log,
                index=entry.index,
                data=entry.data,
                leaf=entry.leaf,
                ident=entry.id,
                seq=entry.seq,
                kind=entry.kind,
                body=entry.body,
            )
        )
        self._new.discard(entry.id)
        self._editions[entry.body] = LoggedEdition(body=entry.body, data=edition.data)
        if entry.kind == "furniture":
            self._pieces.add(entry.id)
        address = edition.content.get("address")
        if entry.seq == 1 and address and edition.manifest["type"] == "message":
            hashed = _hashed(address)
            self._addresses[hashed] = TakenAddress(log=self.log, path_sha256=hashed, ident=entry.id)
            self._free.discard(hashed)
        self._files += [WaitingFile(part=part, data=data) for part, data in files.items()]
        if edition.manifest.get("piece") == "office" and edition.manifest["state"] == "current":
            self.log.zone = edition.manifest["zone"]
        self.log.size = entry.index + 1

    def settle(self) -> None:
        """Write what waits. The log's own row is the caller's to save."""
        if not self._entries:
            return
        LoggedEntry.objects.bulk_create(self._entries)
        LoggedEdition.objects.bulk_create(
            self._editions.values(), update_conflicts=True, update_fields=["data"], unique_fields=["body"]
        )
        TakenAddress.objects.bulk_create(self._addresses.values(), ignore_conflicts=True)
        WaitingFile.objects.bulk_create(self._files)
        self._entries, self._editions, self._addresses, self._files = [], {}, {}, []

    def _rows(self) -> QuerySet[LoggedEntry]:
        return LoggedEntry.objects.filter(log=self.log)


def _hashed(path: str) -> str:
    return sha256(path.encode("utf-8")).hexdigest()
