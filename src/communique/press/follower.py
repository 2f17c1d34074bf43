"""The press as a follower: keeps the public folder in step with the record, from its own position.

`catch_up` takes in what the record has and the press has not, writes the touched sheets into the live build, and only
then commits its position: killed anywhere, it does the same again with the same bytes. Furniture that shows on every
page, a new program version or a first start make a build beside the live one, which is switched to when whole; entries
that come meanwhile go into the live build at once and are set again in the new one before the switch.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from communique.edition import Edition
from communique.press.catalogue import Catalogue
from communique.press.program import program
from communique.press.setter import Setter
from communique.press.sheet import Sheet, in_order
from communique.press.shelf import (
    LiveShelf,
    NewShelf,
    Shelf,
    begin_build,
    build_folder,
    drop_other_builds,
    live_build,
    switch,
)
from communique.record.durable import empty
from communique.record.entry import Entry
from communique.record.reader import Reader

BATCH_ENTRIES = 256
LOOK_UP_EVERY = 64
"""sheets of a background build between two looks at the record"""

TAKEN_BACK = {"withdraw", "recall", "remove", "erase"}


@dataclass
class Press:
    """The press of one office. `reader` gives a fresh view of the record at each call."""

    reader: Callable[[], Reader]
    public: Path
    catalogue_file: Path
    observe: Callable[[str], None] = lambda _step: None
    program: str = field(default_factory=program)
    touched: list[str] = field(default_factory=list)
    """the files that the last `catch_up` wrote or removed in the live build"""

    @property
    def _spool(self) -> Path:
        return self.public / ".making-press"

    def catch_up(self) -> None:
        """Bring the public files up to the record's last checkpoint. Other processes of this press are waited for."""
        self.touched = []
        reader = self.reader()
        catalogue = Catalogue(self.catalogue_file, reader.origin)
        try:
            self._set_in_order(catalogue, reader)
            self._take_in(catalogue)
            while self._needs_build(catalogue):
                self._build(catalogue)
        finally:
            catalogue.close()

    def bake_from_nothing(self) -> None:
        """Forget everything that was derived and bake all of it again, beside the live build."""
        self.catalogue_file.unlink(missing_ok=True)
        self.catch_up()

    def _needs_build(self, catalogue: Catalogue) -> bool:
        live = catalogue.build
        served = live > 0 and live == live_build(self.public) and build_folder(self.public, live).is_dir()
        return catalogue.position > 0 and (catalogue.due or not served or catalogue.built_by != self.program)

    def _set_in_order(self, catalogue: Catalogue, reader: Reader) -> None:
        """Take away what a crash left, and a memory that knows more than the record: it is of another time."""
        catalogue.begin()
        empty(self._spool)
        if catalogue.position > reader.size():
            catalogue.forget()
        catalogue.commit()

    # ------------------------------------------------------------------ the live build

    def _take_in(self, catalogue: Catalogue) -> set[Sheet]:
        """Take in all new entries; returns the sheets they touch, which the live build has when this returns."""
        all_touched: set[Sheet] = set()
        while True:
            reader = self.reader()
            catalogue.begin()
            try:
                start, size = catalogue.position, reader.size()
                stop = min(size, start + BATCH_ENTRIES)
                if start >= stop:
                    catalogue.rollback()
                    return all_touched
                touched, lists_first = self._enter(catalogue, reader, start, stop)
                if catalogue.build and catalogue.build == live_build(self.public):
                    self._set_live(catalogue, reader, touched, lists_first)
                self.observe("8 position")
                catalogue.commit()
            except BaseException:
                catalogue.rollback()
                raise
            all_touched |= touched

    def _enter(self, catalogue: Catalogue, reader: Reader, start: int, stop: int) -> tuple[set[Sheet], bool]:
        touched: set[Sheet] = set()
        lists_first = False
        for entry in reader.entries(start, stop):
            edition = reader.edition(entry)
            touched |= catalogue.enter(entry, edition, self._erased_from(catalogue, reader, entry, edition))
            lists_first = lists_first or entry.kind in TAKEN_BACK
        return touched, lists_first

    def _erased_from(
        self, catalogue: Catalogue, reader: Reader, entry: Entry, edition: Edition
    ) -> list[tuple[int, Edition]]:
        seqs = sorted({item["seq"] for item in edition.manifest.get("erased", ())})
        return [(seq, reader.edition(catalogue.entry_of(entry.id, seq))) for seq in seqs]

    def _set_live(self, catalogue: Catalogue, reader: Reader, touched: set[Sheet], lists_first: bool) -> None:
        shelf = LiveShelf(build_folder(self.public, catalogue.build), self._spool)
        setter = Setter(catalogue, reader)
        for sheet in in_order(touched, lists_first):
            self.observe("6 pages" if sheet.is_page else "7 lists")
            self._put(shelf, sheet, setter)
        shelf.settle()
        self.touched += shelf.touched

    def _put(self, shelf: Shelf, sheet: Sheet, setter: Setter) -> None:
        files = setter.set(sheet)
        if sheet.sort == "record":
            record = LiveShelf(self.public / "record", self._spool)
            record.put({"index.html": files.pop("record/index.html")})
            record.settle()
        shelf.put(files)

    # ------------------------------------------------------------------ a build beside it

    def _build(self, catalogue: Catalogue) -> None:
        """Bake everything into a new build, keep the live one going meanwhile, then switch."""
        number = max(catalogue.build, live_build(self.public)) + 1
        self.observe("9 building")
        wide = catalogue.wide
        shelf = NewShelf(begin_build(self.public, number))
        reader = self.reader()
        setter = Setter(catalogue, reader)
        again: set[Sheet] = set()
        for count, sheet in enumerate(list(catalogue.sheets())):
            self._put(shelf, sheet, setter)
            if count % LOOK_UP_EVERY == LOOK_UP_EVERY - 1:
                again |= self._take_in(catalogue)
        self._finish(catalogue, shelf, again, number, wide)

    def _finish(self, catalogue: Catalogue, shelf: NewShelf, again: set[Sheet], number: int, wide: int) -> None:
        """Set what came meanwhile, sync and switch, while nothing new can come in between."""
        again |= self._take_in(catalogue)
        catalogue.begin()
        try:
            setter = Setter(catalogue, self.reader())
            for sheet in in_order(again, lists_first=False):
                self._put(shelf, sheet, setter)
            shelf.settle()
            self.observe("9 switching")
            switch(self.public, number)
            catalogue.switched(number, wide, self.program)
            catalogue.commit()
        except BaseException:
            catalogue.rollback()
            raise
        drop_other_builds(self.public, number)
