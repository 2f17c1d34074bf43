"""Coming back: an installation made of a bag that `export` made (`leaving.py`), with the same record to the byte.

    returned = take_back(Path("bag"), Path("home"))

First every file of the bag is held against its manifests and the record in it is verified; then a new home is made
beside its place, the record copied into it, the site baked, and the home renamed when it is whole and on disk. So there
is a whole home or none. Private originals that the bag has are taken along. Nothing of the bag is believed but the
record: site, web archive and lists follow from it.

A bag brings no signing key. Until the office's own is put at `keys/record.key`, the home serves its site, bakes and
verifies, and publishes nothing; with the key, the next start takes the record into its database and goes on after its
last entry. An installation that has a record of its own takes in no other: two records have two keys and two chains,
and messages taken over from one to the other would no longer be what was signed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from communique.press.follower import Press
from communique.record.durable import sync_disk
from communique.record.errors import Missing, RecordError
from communique.record.reader_folder import FolderReader
from communique.record.tree import tree_root
from communique.search.cutting import Cutting
from communique.search.follower import Search
from communique.settings.bag import DATA, check_bag, facts_of
from communique.settings.configuration import FILE_NAME, TEMPLATE, Configuration, read_configuration
from communique.settings.errors import SettingsError
from communique.settings.leaving import ORIGINALS, RECORD, Told, copy_true_record
from communique.settings.office import CUT, KEY_FILE, cutting_of, make_home
from communique.settings.originals import Originals


@dataclass(frozen=True)
class Returned:
    """What became of a bag: `is_new` is False where the home had all of it before."""

    home: Path
    key_file: Path
    origin: str
    entries: int
    is_new: bool


def record_in_bag(bag: Path) -> Path:
    """The record in a bag of ours. Raises SettingsError when the bag holds something else."""
    record = bag / DATA / RECORD
    if not (record / "checkpoint").is_file():
        whose = facts_of(bag).get("External-Identifier")
        what = f"is a bag that Communiqué did not make ({DATA}/{RECORD}/checkpoint is missing)"
        todo = f"to read pages that are in it, name {bag / DATA}"
        raise SettingsError([f"{bag}: {what}{f', {whose}' if whose else ''}; {todo}"])
    return record


def take_back(bag: Path, home: Path, told: Told = lambda _what, _count: None) -> Returned:
    """Make the installation `home` of a bag, or see that it has all of it already.

    Raises SettingsError when the bag is another's or the home holds anything else, NotVerified when bag or record are
    not what was packed, OSError; nothing is changed then.
    """
    record = record_in_bag(bag)
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        return _already(record, home)
    check_bag(bag, _hashed(told))

    def fill(new: Path) -> None:
        (new / KEY_FILE).parent.mkdir(mode=0o700)
        (new / FILE_NAME).write_text(TEMPLATE, "utf-8")
        configuration = read_configuration(new, signing=False)
        copy_true_record(record, configuration.record_folder, told)
        Originals(record.parent / ORIGINALS).copy_to(Originals(configuration.originals_folder))
        told("baking the site", 0)
        _press(configuration).catch_up()
        search_without_key(new).catch_up()
        cutting_without_key(new).catch_up()
        sync_disk(new)

    make_home(home, fill)
    reader = FolderReader(read_configuration(home, signing=False).record_folder)
    return Returned(home, home / KEY_FILE, reader.origin, reader.size(), is_new=True)


def _hashed(told: Told) -> Callable[[int], None]:
    return lambda count: told("files of the bag checked", count)


def press_without_key(home: Path) -> Press | None:
    """The press of a home that has a record and no signing key; None of any other."""
    configuration = read_configuration(home, signing=False)
    keyless = not configuration.signer and not configuration.key_file.exists()
    alone = keyless and (configuration.record_folder / "checkpoint").exists()
    return _press(configuration) if alone else None


def search_without_key(home: Path) -> Search:
    """The search of such a home."""
    configuration = read_configuration(home, signing=False)
    return Search(lambda: FolderReader(configuration.record_folder), configuration.search_folder)


def cutting_without_key(home: Path) -> Cutting:
    """The index for browsers of such a home."""
    configuration = read_configuration(home, signing=False)
    folder = configuration.record_folder
    return cutting_of(configuration.public_folder, lambda: FolderReader(folder), configuration.search_folder / CUT)


def _press(configuration: Configuration) -> Press:
    folder = configuration.record_folder
    return Press(lambda: FolderReader(folder), configuration.public_folder, configuration.catalogue_file)


def _already(record: Path, home: Path) -> Returned:
    """The home has this very record, as far as the bag has it or farther. Raises SettingsError."""
    if not (home / FILE_NAME).is_file():
        raise SettingsError([f"{home}: is not empty and no installation; name a new folder with --home"])
    configuration = read_configuration(home, signing=False)
    here, there = FolderReader(configuration.record_folder), FolderReader(record)
    try:
        origin, size = here.origin, here.size()
    except Missing:
        origin, size = "nothing yet", 0
    if not _contains(here, there):
        what = (
            f"has a record of its own ({origin}, {size} entries), and the bag is {there.origin}, {there.size()} entries"
        )
        raise SettingsError([f"{home}: {what}; a record is taken back whole: name a new folder with --home"])
    return Returned(home, configuration.key_file, origin, size, is_new=False)


def _contains(here: FolderReader, there: FolderReader) -> bool:
    try:
        head, size = there.checkpoint, here.size()
        same = here.origin == head.origin and size >= head.size
        return same and tree_root(head.size, here.subtree(size)) == head.root
    except RecordError:
        return False
