"""The editions: is each the one that its entry commits to, with every word and file, and nothing missing in silence?

The checks `editions`, `parts` and `references` of `record.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from communique.edition.edition import Edition, parse_edition, part_hash
from communique.edition.errors import EditionError
from communique.edition.furniture import REFERENCES
from communique.record.entry import VERSION, Entry
from communique.record.errors import Missing
from communique.record.reader import SALT_BYTES, FileReader, edition_path, file_path
from communique.verify.report import ASK, COPY_AGAIN, Findings


class Editions:
    """All editions of a record, checked from the first entry to the last."""

    def __init__(self, reader: FileReader, found: Findings) -> None:
        self.reader = reader
        self.found = found
        self.accounted: set[str] = set()
        self._erased: set[tuple[str, str, int]] = set()  # (id, part, seq) that an `erase` entry names
        self._owners: dict[str, str] = {}  # part -> the id that it belongs to
        self._needed: dict[str, bool] = {}  # file part -> whether an edition still has it
        self._pieces: dict[str, str | None] = {}  # id -> its piece of furniture; None of a message
        self._merged: dict[str, str | None] = {}  # person -> into whom she is merged
        self._messages: set[str] = set()

    def check(self, entries: list[Entry]) -> None:
        """Check every edition; `accounted` then holds the paths of all edition files and file parts."""
        known = [entry for entry in entries if entry.v == VERSION]
        for entry in known:
            if entry.kind == "erase":
                self._learn_erasure(entry)
        for entry in entries:
            self.accounted.add(edition_path(entry.body))
        for entry in known:
            edition = self._edition(entry)
            if edition is not None:
                self._check_texts(entry, edition)
                self._check_files(entry, edition)
                self._check_references(entry, edition.manifest)
        self._check_cut_files()

    def _learn_erasure(self, entry: Entry) -> None:
        """Only an edition that is what its entry commits to may excuse that a part is missing."""
        try:
            edition = parse_edition(self.reader.read(edition_path(entry.body)))
        except (EditionError, Missing):
            return  # _edition says so
        if edition.body == entry.body:
            self._erased |= {(entry.id, part, seq) for part, seq in _erased_by(edition.manifest)}

    def _edition(self, entry: Entry) -> Edition | None:
        path = edition_path(entry.body)
        try:
            edition = parse_edition(self.reader.read(path))
        except Missing as error:
            self.found.error("editions", error)
            return None
        except EditionError as error:
            self.found.fault("editions", str(error), path, COPY_AGAIN)
            return None
        self.found.count("editions")
        if edition.body != entry.body:
            self.found.fault("editions", f"salt and manifest hash to {edition.body}, not to its name", path, COPY_AGAIN)
            return None
        return edition

    def _check_texts(self, entry: Entry, edition: Edition) -> None:
        """Texts that are there have hashed to their parts already: `parse_edition` refuses others."""
        path = edition_path(entry.body)
        for part in edition.texts:
            self._check_owner(part, entry)
            self.found.count("texts")
            if self._is_erased(part, entry):
                self._not_cut(part, path)
        for part in edition.missing:
            self._check_owner(part, entry)
            self._excused(part, entry, path)

    def _check_files(self, entry: Entry, edition: Edition) -> None:
        """Hash each file once, when the first edition that still has it is met."""
        for part in edition.files:
            self._check_owner(part, entry)
            self.accounted.add(file_path(part))
            if self._is_erased(part, entry) or self._needed.get(part):
                self._needed.setdefault(part, False)
                continue
            self._needed[part] = True
            try:
                data = self.reader.read(file_path(part))
            except Missing:
                self._excused(part, entry, file_path(part))
                continue
            self.found.count("files")
            got = part_hash(data[:SALT_BYTES], data[SALT_BYTES:])
            if got != part:
                self.found.fault("parts", f"salt and bytes hash to {got}, not to its name", file_path(part), COPY_AGAIN)

    def _check_cut_files(self) -> None:
        """A file that was erased from every edition that had it must be gone."""
        for part in [part for part, needed in self._needed.items() if not needed]:
            try:
                self.reader.read(file_path(part))
            except Missing:
                self.found.count("erased")
            else:
                self._not_cut(part, file_path(part))

    def _check_references(self, entry: Entry, manifest: Any) -> None:
        path = edition_path(entry.body)
        for key, target in _references_of(manifest):
            if target not in self._pieces or target == entry.id:
                fault = "which is nothing that came before"
            elif self._pieces[target] != REFERENCES[key]:
                fault = f"which is no piece of the sort {REFERENCES[key]}"
            else:
                continue
            todo = "it is shown without a link; the office can publish the piece and correct this"
            self.found.fault("references", f"`{key}` names {target}, {fault}", path, todo)
        self._check_merging(entry, manifest, path)
        for target in _featured_by(manifest):
            if target not in self._messages:
                what = f"`messages` features {target}, which is no message that came before"
                self.found.fault("references", what, path, "it is left out; the office can choose again")
        self._pieces[entry.id] = manifest.get("piece")
        if isinstance(manifest.get("message"), str):
            self._messages.add(manifest["message"])

    def _check_merging(self, entry: Entry, manifest: Any, path: str) -> None:
        """A person is not merged, by however many others, into herself."""
        merged = manifest.get("merged")
        self._merged[entry.id] = merged if isinstance(merged, str) else None
        seen, target = [entry.id], self._merged[entry.id]
        while target and target not in seen:
            seen.append(target)
            target = self._merged.get(target)
        if target and merged != entry.id:  # who is merged into herself was told already
            what = f"`merged` names {merged}, and from there leads back to {target}"
            self.found.fault("references", what, path, "each keeps her page; the office can choose the one who stays")

    def _is_erased(self, part: str, entry: Entry) -> bool:
        return (entry.id, part, entry.seq) in self._erased

    def _excused(self, part: str, entry: Entry, path: str) -> None:
        if self._is_erased(part, entry):
            self.found.count("erased")
            return
        what = f"the part {part} is missing, and no `erase` entry of {entry.id} names it with seq {entry.seq}"
        self.found.fault("parts", what, path, COPY_AGAIN)

    def _not_cut(self, part: str, path: str) -> None:
        what = f"the part {part} was erased and is still here"
        self.found.fault("parts", what, path, "take it out: copy the record anew, or let the office publish again")

    def _check_owner(self, part: str, entry: Entry) -> None:
        owner = self._owners.setdefault(part, entry.id)
        if owner != entry.id:
            what = f"the part {part} belongs to {owner}, and {entry.id} has no copy with a salt of its own"
            self.found.fault("parts", what, edition_path(entry.body), ASK)


def _erased_by(manifest: Any) -> Iterator[tuple[str, int]]:
    for item in _list(manifest.get("erased")):
        if isinstance(item, dict) and isinstance(item.get("part"), str) and isinstance(item.get("seq"), int):
            yield item["part"], item["seq"]


def _references_of(value: Any) -> Iterator[tuple[str, str]]:
    """(key, id) of each place in a manifest that names another entry's id."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in REFERENCES and isinstance(inner, str):
                yield key, inner
            else:
                yield from _references_of(inner)
    for inner in _list(value):
        yield from _references_of(inner)


def _featured_by(manifest: Any) -> list[str]:
    return [one for one in _list(manifest.get("messages")) if isinstance(one, str)]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
