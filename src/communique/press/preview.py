"""What readers would see: the pages of entries that are not on the record, set by the press's own hand.

    preview(reader, catalogue_file, drafts, *, front=False, as_public=False, salts=throwaway_salt) -> dict[path, bytes]

    reader           communique.record.reader.Reader       the record as it is
    catalogue_file   pathlib.Path                          the press's catalogue; read only, and need not be there
    drafts           Sequence[PreviewDraft]                what would be the next entries, in their order
    front            bool                                  the front page of each language as well
    as_public        bool                                  as if the drafts were public, not saying that they are not
    salts            Callable[[str, int], bytes]           as `Publisher.fresh_salt`; only tests give others

The settings hand it to the newsroom with the first two filled in. A draft becomes an edition and an entry as the record
would make them, is taken in by a copy of the part of the catalogue that it touches (`carved.py`), and is set by the
same `Setter` as everything public. It says where an instant of publication and an entry would stand that there is none
yet. But for this (`as_public` leaves it out), publishing the same drafts at the same instants gives the same bytes
except what nobody can know before: salts (and with them leaf hashes and names of new pictures), the number of the
entry where others come in between, and that an address is taken whose message was erased (the real one then ends in
"-2"). Nothing is written anywhere, and neither record nor catalogue is changed.

The paths that come back, without a leading slash, in the order of the drafts:

    of a message     its page ("…/index.html"), the page of the edition, its pictures and documents ("files/…");
                     of one whose address an erasure takes, its tombstone ("erased/N/index.html")
    of furniture     the page of a section, a person, a crisis page or a redirect itself; then, in each language, the
                     front page and the page of the newest message
    always           style sheets, fonts, scripts, arms ("assets/…", "files/…")

The first path is the page to show. Pages name each other, pictures and assets by absolute paths ("/files/…"): whoever
shows them serves these paths privately, those that are not here from the public site.

Raises EditionError with the place in a draft that is not of its shape, EntryRefused for a kind or instant that no entry
can have, UnknownToPress, CatalogueFault, and what the record's reader raises. Whether a draft may be published (four
eyes, frozen words, references) is for the record to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any

from communique.edition import Edition, Sealed, check_content, seal
from communique.press.carved import Carved, Wanted
from communique.press.setter import Setter
from communique.press.sheet import Sheet
from communique.record.addresses import free_address
from communique.record.entry import Entry, parse_entry, write_entry
from communique.record.errors import Missing
from communique.record.reader import SALT_BYTES, Reader, file_path

Salts = Callable[[str, int], bytes]


@dataclass(frozen=True)
class PreviewDraft:
    """What one entry would say: as `communique.record.release.Draft`, with the instant of its becoming public.

    `content` is open content, files in it as bytes or as parts of an edition before. An erasure names in `erase` the
    parts that would go.
    """

    id: str
    kind: str
    content: Mapping[str, Any]
    at: str
    """RFC 3339, UTC, whole seconds: "2026-03-04T09:00:00Z"; not before the record's last entry"""
    dated: str | None = None
    erase: frozenset[str] = frozenset()


def throwaway_salt(id_: str, number: int) -> bytes:
    """A salt for what is never on the record. It hides nothing, and makes the same preview of the same draft."""
    return sha256(f"communique/preview {id_} {number}".encode()).digest()


def preview(
    reader: Reader,
    catalogue_file: Path,
    drafts: Sequence[PreviewDraft],
    *,
    front: bool = False,
    as_public: bool = False,
    salts: Salts = throwaway_salt,
) -> dict[str, bytes]:
    """The pages that these drafts would make, by their paths on the site; the module's docstring says which."""
    ahead = _Ahead(reader)
    with closing(Carved(catalogue_file, reader, _wanted(drafts))) as carved:
        for entry in carved.behind:
            _take_in(carved, ahead, entry)
        entries = [_take_in(carved, ahead, _log(carved, ahead, draft, salts)) for draft in drafts]
        sheets = [sheet for one in zip(drafts, entries, strict=True) for sheet in _sheets(carved, *one)]
        fronts = [Sheet("front", (tag,)) for tag in carved.languages() if front]
        setter = Setter(carved, ahead, None if as_public else reader.size())
        return _set(setter, [*sheets, *fronts, Sheet("assets")])


class _Ahead:
    """A Reader with entries that may come, after the record's own."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._size = reader.size()
        self._entries: list[Entry] = []
        self._editions: dict[str, Edition] = {}
        self._files: dict[str, bytes] = {}
        self._gone: frozenset[str] = frozenset()

    def add(self, entry: Entry, sealed: Sealed, gone: frozenset[str]) -> None:
        """Have one more entry, with its edition and new files, and without the parts that it erases."""
        self._entries.append(entry)
        self._editions[entry.body] = sealed.edition
        self._files |= sealed.files
        self._gone |= gone

    @property
    def origin(self) -> str:
        return self._reader.origin

    def size(self) -> int:
        return self._size + len(self._entries)

    def entries(self, start: int, stop: int) -> Iterator[Entry]:
        yield from self._reader.entries(min(start, self._size), min(stop, self._size))
        yield from self._entries[max(start - self._size, 0) : max(stop - self._size, 0)]

    def edition(self, entry: Entry) -> Edition:
        return (self._editions.get(entry.body) or self._reader.edition(entry)).without(self._gone)

    def file(self, part: str) -> bytes:
        if part in self._gone:
            raise Missing(file_path(part), "preview")
        return self._files[part][SALT_BYTES:] if part in self._files else self._reader.file(part)


def _wanted(drafts: Sequence[PreviewDraft]) -> Wanted:
    """What a preview of these drafts asks of the catalogue."""
    groups = {draft.content["message"] for draft in drafts if "message" in draft.content}
    lists = {draft.id for draft in drafts if draft.content.get("piece") in ("section", "person")}
    lists |= {draft.content["merged"] for draft in drafts if draft.content.get("merged")}
    return Wanted({draft.id for draft in drafts}, groups, lists)


def _take_in(carved: Carved, ahead: _Ahead, entry: Entry) -> Entry:
    """Take an entry in, as the press does."""
    edition = ahead.edition(entry)
    seqs = sorted({item["seq"] for item in edition.manifest.get("erased", ())})
    carved.enter(entry, edition, [(seq, ahead.edition(carved.entry_of(entry.id, seq))) for seq in seqs])
    return entry


def _log(carved: Carved, ahead: _Ahead, draft: PreviewDraft, salts: Salts) -> Entry:
    """A draft as the next entry, as `communique.record.release.log_release` would make it."""
    before = [carved.entry_of(draft.id, line.seq) for line in carved.editions_of(draft.id)]
    previous = ahead.edition(before[-1]) if before else None
    content = dict(draft.content) if previous else _addressed(carved, draft)
    if draft.erase:
        content["erased"] = [item for entry in before for item in _erased(ahead.edition(entry), entry.seq, draft.erase)]
    numbers = count()
    sealed = seal(content, lambda: salts(draft.id, next(numbers)), previous)
    check_content(sealed.edition.content)
    data = write_entry(
        at=draft.at,
        body=sealed.edition.body,
        id=draft.id,
        kind=draft.kind,
        log=ahead.origin,
        seq=len(before) + 1,
        dated=draft.dated,
        prev=before[-1].leaf.hex() if before else None,
    )
    entry = parse_entry(data, ahead.size())
    ahead.add(entry, sealed, draft.erase)
    return entry


def _erased(edition: Edition, seq: int, parts: frozenset[str]) -> list[dict[str, Any]]:
    """How an erasure names those of the parts that an edition has."""
    return [{"part": part, "seq": seq} for part in sorted(parts & {*edition.texts, *edition.files})]


def _addressed(carved: Carved, draft: PreviewDraft) -> dict[str, Any]:
    """The content of a first edition, with the address that it would get."""
    if draft.content.get("type") != "message":
        return dict(draft.content)

    def is_taken(address: str) -> bool:
        return carved.is_message_path(f"{address}/")

    day = draft.dated or carved.local_day(draft.at)
    return {**draft.content, "address": free_address(draft.content["address"], day, is_taken)}


def _sheets(carved: Carved, draft: PreviewDraft, entry: Entry) -> Iterator[Sheet]:
    """What is shown of a draft, its own page first."""
    if draft.content.get("type") == "message":
        yield Sheet("message", (draft.id,))
        yield Sheet("edition", (draft.id, entry.seq))
        yield Sheet("tombstone", (entry.index,))
        return
    yield from _own_pages(carved, draft)
    for tag in carved.languages():
        yield Sheet("front", (tag,))
        rows = carved.lists.newest(f"{tag}|all|", 1)
        yield from (Sheet("message", (row.id,)) for row in rows)


def _own_pages(carved: Carved, draft: PreviewDraft) -> Iterator[Sheet]:
    """The pages that show a piece of furniture by itself."""
    sort = draft.content.get("piece")
    for tag in carved.languages():
        if sort in ("section", "person"):
            name = carved.lists.list_of(sort, carved.merging.end(draft.id), tag)
            yield from (Sheet("undated", (found.key,)) for found in (name,) if found)
        if sort == "person" and carved.merging.leads_on(draft.id):
            own = carved.lists.list_of(sort, draft.id, tag)
            yield from (Sheet("moved", (found.base.strip("/"),)) for found in (own,) if found)
        if sort == "crisis":
            yield Sheet("crisis", (tag,))
    if sort == "redirect" and draft.content.get("from"):
        yield Sheet("moved", (draft.content["from"].strip("/"),))


def _set(setter: Setter, sheets: Sequence[Sheet]) -> dict[str, bytes]:
    """The files of some sheets, in their order, each once."""
    found = [setter.set(sheet) for sheet in dict.fromkeys(sheets)]
    return {path: data for files in found for path, data in files.items() if data is not None}
