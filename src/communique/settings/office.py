"""How the rooms are put together: one installation, opened.

The record gets its key, its clock, chance and its followers here; the press gets the record's reader. Nothing else in
the program takes the time or a random number by itself.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hmac import digest
from pathlib import Path
from typing import Any

from communique.edition import parse_edition, seal
from communique.edition.furniture import OF_ERASURE
from communique.press.follower import Press
from communique.press.store import Memory, Store
from communique.press.store_s3 import S3
from communique.record.errors import Missing, NotOfFormat
from communique.record.models import LoggedEdition, LoggedEntry
from communique.record.note import SignerKey, parse_signer_key, signer_key
from communique.record.publishing import Publisher
from communique.record.reader import Reader
from communique.record.reader_database import DatabaseReader
from communique.record.reader_folder import FolderReader
from communique.record.release import Draft
from communique.record.signer import RemoteSigner
from communique.search.cutting import Cutting
from communique.search.follower import Search
from communique.settings.configuration import FILE_NAME, TEMPLATE, Configuration, read_configuration
from communique.settings.engines import open_database
from communique.settings.errors import SettingsError
from communique.settings.office_facts import address_faults
from communique.settings.originals import Originals
from communique.settings.places import elsewhere

ID_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
ID_LENGTH = 16
CUT = "cut.sqlite3"
"""in the folder of the search: how far the readers' index is"""
KEY_FILE = Path("keys/record.key")
"""where a new installation has its signing key"""

Clock = Callable[[], datetime]
Salts = Callable[[str, int], bytes]


@dataclass(frozen=True)
class Installation:
    """One office's installation, ready to publish and to bake."""

    configuration: Configuration
    publisher: Publisher
    press: Press

    @property
    def reader(self) -> DatabaseReader:
        """The record as its own database has it."""
        return DatabaseReader(self.publisher.origin, self.configuration.record_folder)

    @property
    def search(self) -> Search:
        """The search's follower, which makes a new index where one is due."""
        return Search(lambda: self.reader, self.configuration.search_folder)

    @property
    def cutting(self) -> Cutting:
        """The follower that keeps the index which readers' browsers ask, and cuts its segments."""
        return _cutting(self.configuration, lambda: self.reader)

    @property
    def store(self) -> Store | None:
        """What brings the public files to an object store, where the settings name one."""
        return store_of(self.configuration, self.press)

    @property
    def originals(self) -> Originals:
        """The private originals of what was imported."""
        return Originals(self.configuration.originals_folder)

    def furniture(self) -> dict[str, dict[str, Any]]:
        """id -> open content of each current piece of furniture, in order of their first entries; what an erasure says
        of itself is left out, for it is said of one edition."""
        rows = LoggedEntry.objects.filter(log__origin=self.publisher.origin).order_by("index")
        pieces = set(rows.filter(kind="furniture").values_list("ident", flat=True))
        kinds = rows.filter(kind__in=("furniture", "erase")).values_list("ident", "body")
        newest = {ident: body for ident, body in kinds if ident in pieces}
        found = {id_: self.opened(bytes(LoggedEdition.objects.get(body=body).data)) for id_, body in newest.items()}
        current = {id_: content for id_, content in found.items() if content["state"] == "current"}
        return {
            id_: {key: value for key, value in content.items() if key not in OF_ERASURE}
            for id_, content in current.items()
        }

    @staticmethod
    def opened(data: bytes) -> dict[str, Any]:
        """The open content of an edition file."""
        return parse_edition(data).content

    def known_id(self, key: str) -> str:
        """The id that this office gives to what `key` names, the same each time.

        An import finds again what it brought before. The id is a keyed hash under the signing key, so that nobody
        outside can tell from it what it names, nor guess it before it is public.
        """
        signer = self.publisher.signer
        if (first := self.configuration.ids_key_file).is_file():
            signer = key_in(first)
        if isinstance(signer, SignerKey):
            made = digest(signer.seed, b"communique/import-id\n" + key.encode("utf-8"), "sha256")
        else:
            made = signer.id_digest(key)
        number = int.from_bytes(made, "big")
        return "".join(ID_LETTERS[number // 36**place % 36] for place in range(ID_LENGTH))


def open_installation(
    home: Path, clock: Clock = lambda: datetime.now(UTC), salts: Salts = lambda _id, _number: os.urandom(32)
) -> Installation:
    """Open the installation in `home`. Raises SettingsError with every fault."""
    configuration = read_configuration(home)
    signer = signer_of(configuration)
    open_database(configuration)

    def reader() -> Reader:
        return DatabaseReader(signer.name, configuration.record_folder)

    press = with_store(
        configuration,
        Press(
            reader=reader,
            public=configuration.public_folder,
            catalogue_file=configuration.catalogue_file,
        ),
    )
    search = Search(
        reader=reader,
        folder=configuration.search_folder,
        builds=False,
    )
    publisher = publisher_of(configuration, signer, clock, salts)
    store = store_of(configuration, press)
    cutting = _cutting(configuration, reader, builds=False)
    followers = (lambda: _follow(search, cutting, press), *((store.catch_up,) if store else ()))
    return Installation(configuration, replace(publisher, followers=followers), press)


def _follow(search: Search, cutting: Cutting, press: Press) -> None:
    """What was taken back is first gone from all answers, then from the pages; a search that fails stops no page.

    New indexes are not made here, where pages would wait for them: `Installation.search` and `cutting` do that.
    """
    try:
        try:
            search.catch_up()
        finally:
            cutting.catch_up()
    finally:
        press.catch_up()


def _cutting(configuration: Configuration, reader: Callable[[], Reader], builds: bool = True) -> Cutting:
    return cutting_of(configuration.public_folder, reader, configuration.search_folder / CUT, builds)


def cutting_of(public: Path, reader: Callable[[], Reader], memory: Path, builds: bool = True) -> Cutting:
    """The follower of the index that lies in a public folder."""
    return Cutting(reader, public / "search", memory, builds=builds)


def with_store(configuration: Configuration, press: Press) -> Press:
    """The press, which notes what it changes where a store follows it."""
    if not configuration.store:
        return press
    return replace(press, noted=Memory(configuration.store_memory_file).note)


def store_of(configuration: Configuration, press: Press) -> Store | None:
    """What brings the public files to the store that the settings name; None where they name none."""
    if not configuration.store:
        return None
    objects = S3(configuration.store, configuration.store_keys_file)
    lock = configuration.store_memory_file.with_suffix(".lock")
    return Store(objects, press, Memory(configuration.store_memory_file), lock)


def publisher_of(
    configuration: Configuration,
    signer: SignerKey | RemoteSigner,
    clock: Clock = lambda: datetime.now(UTC),
    salts: Salts = lambda _id, _number: os.urandom(32),
) -> Publisher:
    """What publishes for an installation whose database is open; without followers."""
    before = configuration.key_file_before
    return Publisher(
        signer=signer,
        also=key_in(before) if before.is_file() else None,
        folder=configuration.record_folder,
        lock=configuration.publishing_lock,
        clock=clock,
        fresh_salt=salts,
        witnesses=configuration.policy,
        elsewhere=elsewhere(configuration, signer),
    )


def found_installation(
    home: Path,
    address: str | None,
    office: Mapping[str, Any],
    seed: bytes | None = None,
    beside: Mapping[str, str] | None = None,
) -> str:
    """Make a new installation in an empty folder and put its office on the record; returns the log's origin.

    `address` is the office's address prefix ("embassy.example"), None for a trial under a random `NAME.invalid`. `seed`
    (32 bytes) is for tests and for the demo, whose key is no secret. `beside` are files, name -> text, that lie in the
    folder from its beginning. Raises SettingsError when the folder is not empty or the address is none, and
    EditionError when the office is not of its shape; nothing is made then.
    """
    if office:
        seal(office, lambda: bytes(32))
    if faults := address_faults(address):
        raise SettingsError(faults)
    origin = f"{address or random_address()}/record"
    key = signer_key(origin, seed or secrets.token_bytes(32))

    def fill(new: Path) -> None:
        write_key(new / KEY_FILE, key)
        for name, text in {FILE_NAME: TEMPLATE, **(beside or {})}.items():
            (new / name).write_text(text, "utf-8")

    make_home(home, fill)
    if office:
        installation = open_installation(home)
        installation.publisher.publish([Draft(installation.known_id("office"), "furniture", office)])
    return origin


def make_home(home: Path, fill: Callable[[Path], None]) -> None:
    """The folder of an installation, in which `fill` puts what belongs there: whole or not there, made by one process.

    Raises SettingsError when the folder is not empty, and what `fill` raises, with nothing left then.
    """
    home.parent.mkdir(parents=True, exist_ok=True)
    parent = os.open(home.parent, os.O_RDONLY)
    new = home.with_name(f"{home.name}.new")
    try:
        fcntl.flock(parent, fcntl.LOCK_EX)
        if home.exists() and (not home.is_dir() or any(home.iterdir())):
            raise SettingsError([f"{home}: is not empty; name a new folder"])
        shutil.rmtree(new, ignore_errors=True)
        try:
            new.mkdir(mode=0o700)
            fill(new)
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise
        new.rename(home)
    except OSError as error:
        error.filename = error.filename or str(home)  # a write to a full disk does not say where
        raise
    finally:
        os.close(parent)


def write_key(file: Path, key: SignerKey) -> None:
    """A new file with a secret key, mode 0600. Raises FileExistsError rather than write over another."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
        opened.write(key.secret_text + "\n")
        opened.flush()
        os.fsync(opened.fileno())


def without_followers(publisher: Publisher) -> Publisher:
    """The same publisher, for many releases after which the press is called once."""
    return replace(publisher, followers=())


def origin_of(configuration: Configuration) -> str:
    """The log's name, by its public files or by the key. Raises SettingsError when there is neither."""
    try:
        return FolderReader(configuration.record_folder).origin
    except (Missing, NotOfFormat):
        return signer_of(configuration).name


def random_address() -> str:
    """An address that exists nowhere, for a trial."""
    return f"{''.join(secrets.choice(ID_LETTERS) for _ in range(12))}.invalid"


def fresh_id() -> str:
    """A new id: 82 random bits that say nothing."""
    return "".join(secrets.choice(ID_LETTERS) for _ in range(ID_LENGTH))


def signer_of(configuration: Configuration) -> SignerKey | RemoteSigner:
    """The signing key, or the process that has it. Raises SettingsError."""
    if configuration.signer_socket:
        return RemoteSigner(configuration.signer_socket)
    return key_in(configuration.key_file)


def key_in(file: Path) -> SignerKey:
    """The secret key in a file. Raises SettingsError."""
    try:
        return parse_signer_key(file.read_text("utf-8").strip())
    except Exception as error:
        raise SettingsError([f"{file}: is not a signing key ({error}); put back the copy you keep"]) from error
