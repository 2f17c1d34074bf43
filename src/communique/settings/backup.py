"""A backup of a whole installation in one folder, made while it serves and publishes; each run brings it up to date.

    FOLDER/README.txt           for people
    FOLDER/backup.jsonl         what is in it: a line of facts, then a line a file; put in place last, by renaming
    FOLDER/objects/ab/ab12…     each file under the SHA-256 of its bytes, mode 0600
    FOLDER/keys/…               the keys and passwords, mode 0600: whoever has these can sign in the office's name

    {"communique-backup":1,"made_at":"2026-11-27T08:00:00Z","origin":"embassy.example/record","entries":812,…}
    {"path":"record/editions/23fe…","sha256":"9b1c…","bytes":2210,"mtime_ns":1764230400000000000}

`path` begins with `home/` (settings, uploads, originals, journals of imports), `record/`, `database/` or `keys/`. What
follows from the record is not in it: site, builds and the press's memory are baked again.

The order makes it one story: the database first, by SQLite's own `VACUUM INTO` or by pg_dump, each a copy of one
instant beside all writers; then the files; then, under the lock that publishing takes, the names of the record's files
once more, so that what was published or erased meanwhile is as the checkpoint has it. The record is never behind the
database, and a restored database takes the difference from it. `VACUUM INTO` and not the page by page copy, because it
leaves out free pages, in which erased words may stand.

A file with the size and time of change that the list has is not read again. What a stopped run has copied is found by
its hash. What is no longer in the list goes after the list is in place: a word that the law took leaves the backup with
the next run. So a folder holds one state; who wants Monday's and Tuesday's names two folders.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlparse

from communique import __version__
from communique.record.durable import sync_disk, sync_folder
from communique.record.errors import Missing, NotOfFormat, NotVerified, RecordError, Unreachable
from communique.record.reader_folder import FolderReader
from communique.settings.configuration import Configuration
from communique.settings.errors import SettingsError
from communique.settings.places import DESK_MARK, MARK
from communique.verify.log import is_tile_of

LIST = "backup.jsonl"
OBJECTS = "objects"
KEYS = "keys"
MAKING = "making"
LAST = "last-backup.json"
"""in the home: where and when the last backup was made, for `communique doctor`"""
FORMAT = "communique-backup"
SQLITE = "database/communique.sqlite3"
POSTGRESQL = "database/postgresql.dump"
CHUNK_BYTES = 1 << 20
LOOKED_AT_ONCE = 1000

DERIVED = (
    "search",
    "press.sqlite3",
    "store.sqlite3",
    "store.lock",
    "builds",
    "site",
    ".making-press",
    ".making-record",
)
"""names in the home and in the public folder that follow from the record, or lie there for an instant"""
PAGES_OF_RECORD = ("index.html", "index.html.br")

Told = Callable[[str, int], None]

READ_ME = """\
A backup of the Communiqué installation of {origin}, as of {made_at}, {entries} entries.

communique --home NEW restore THIS-FOLDER    makes the installation again in a new folder, after checking every hash.

keys/ holds the key that signs the record, in the clear. Whoever has it can sign in the office's name. Keep it apart
from the rest, where the server is not; `restore --keys FOLDER` takes it from there. objects/ holds the database with
everything unpublished in it: drafts, embargoed texts, people. backup.jsonl says which file is which.

After an erasure by law run `communique backup` into each backup folder again: what was erased then leaves it.
"""


@dataclass(frozen=True)
class Kept:
    """One file of a backup. `mtime_ns` is that of the original, by which the next run knows it again."""

    path: str
    sha256: str
    bytes: int
    mtime_ns: int


@dataclass(frozen=True)
class Contents:
    """What a backup says of itself. `keys` leads from each path below `keys/` to where the settings have that file."""

    made_at: str
    origin: str
    entries: int
    root: str
    program: str
    public: str
    keys: Mapping[str, str]
    files: Mapping[str, Kept]


@dataclass(frozen=True)
class Made:
    """What a run of `back_up` did: `copied` files were new or changed, `octets` is the size of all."""

    folder: Path
    contents: Contents
    copied: int
    octets: int


def back_up(
    configuration: Configuration,
    origin: str,
    folder: Path,
    now: datetime,
    told: Told = lambda _what, _count: None,
    keys: Path | None = None,
) -> Made:
    """Bring the backup in `folder` up to this installation, whose log is `origin`; `now` is an aware instant.

    With `keys` the keys go into that folder and not into the backup. Raises SettingsError when the folder is something
    else, Unreachable when the database cannot be copied, OSError; the backup that was there is whole then.
    """
    folder = folder.absolute()
    _require_apart(configuration, folder)
    with _alone(folder):
        before = _before(folder, origin)
        run = _Run(folder, before.files if before else {}, told)
        run.empty_making()
        run.add_database(configuration)
        _add_home(run, configuration)
        head = _add_record(run, configuration)
        named = _add_keys(run, configuration, keys)
        contents = Contents(
            made_at=now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            origin=origin,
            entries=head[0],
            root=head[1],
            program=__version__,
            public=str(configuration.public),
            keys=named,
            files=dict(sorted(run.files.items())),
        )
        _put_in_place(folder, contents)
        run.prune()
        said = {"folder": str(folder), "made_at": contents.made_at, "entries": contents.entries}
        _write_private(configuration.home / LAST, json.dumps(said).encode())
    return Made(folder, contents, run.copied, sum(file.bytes for file in contents.files.values()))


def read_contents(folder: Path) -> Contents:
    """What a backup holds. Raises Missing when there is none, NotOfFormat when its list is damaged."""
    place = folder / LIST
    try:
        facts, *lines = place.read_text("utf-8").splitlines()
        first = json.loads(facts)
        version, count = first.pop(FORMAT), first.pop("count")
        files = [Kept(**json.loads(line)) for line in lines]
        contents = Contents(**first, files={file.path: file for file in files})
    except FileNotFoundError:
        raise Missing(LIST, str(place), "name a folder that `communique backup` made") from None
    except (ValueError, TypeError, KeyError, UnicodeDecodeError) as error:
        raise NotOfFormat(f"is no list of a backup ({error})", str(place), "take another backup") from error
    if version != 1 or count != len(files):
        raise NotOfFormat(f"is of version {version} and has {len(files)} of {count} files", str(place), "take another")
    return contents


def object_path(sha256: str) -> str:
    """Where a file's bytes lie in a backup."""
    return f"{OBJECTS}/{sha256[:2]}/{sha256}"


def place_in(folder: Path, file: Kept, keys: Path | None = None) -> Path:
    """Where the bytes of one file of a backup are; keys lie by name, perhaps in a folder of their own."""
    if file.path.startswith(f"{KEYS}/"):
        return (keys or folder / KEYS) / file.path.removeprefix(f"{KEYS}/")
    return folder / object_path(file.sha256)


# ---------------------------------------------------------------- one run


class _Run:
    """The objects of a backup and the list that is being made."""

    def __init__(self, folder: Path, before: Mapping[str, Kept], told: Told) -> None:
        self.folder = folder
        self.before = dict(before)
        self.told = told
        self.files: dict[str, Kept] = {}
        self.copied = 0
        self.looked_at = 0

    @property
    def making(self) -> Path:
        return self.folder / MAKING

    def empty_making(self) -> None:
        """Take away what a stopped run left."""
        shutil.rmtree(self.making, ignore_errors=True)
        self.making.mkdir(mode=0o700)

    def add(self, path: str, source: Path) -> None:
        """Have the backup hold a file as it is now. One that has gone meanwhile is left out."""
        self.looked_at += 1
        if self.looked_at % LOOKED_AT_ONCE == 0:
            self.told("files", self.looked_at)
        try:
            now = source.stat()
            known = self.before.get(path)
            if known and (known.bytes, known.mtime_ns) == (now.st_size, now.st_mtime_ns) and self.has(known.sha256):
                self.files[path] = known
                return
            self.files[path] = self.copy(path, source)
        except FileNotFoundError:
            self.files.pop(path, None)

    def copy(self, path: str, source: Path) -> Kept:
        """Copy a file under its hash; again while it changes in the midst of it."""
        while True:
            before = source.stat()
            new = self.making / "file"
            sha256 = _copied(source, new)
            after = source.stat()
            if (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns):
                break
        self.take(new, sha256)
        return Kept(path, sha256, after.st_size, after.st_mtime_ns)

    def take(self, new: Path, sha256: str) -> None:
        """Put a file of the folder `making` among the objects."""
        self.copied += 1
        place = self.folder / object_path(sha256)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.replace(new, place)

    def has(self, sha256: str) -> bool:
        return (self.folder / object_path(sha256)).exists()

    def add_database(self, configuration: Configuration) -> None:
        """The database at one instant."""
        self.told("the database", 0)
        new = self.making / "database"
        if configuration.database == "sqlite":
            source = configuration.home / "communique.sqlite3"
            if source.exists():
                copy_sqlite(source, new)
                self._take_made(SQLITE, new)
        else:
            dump_postgresql(configuration.database, new)
            self._take_made(POSTGRESQL, new)

    def add_sqlite(self, path: str, source: Path) -> None:
        """Another SQLite file, which may be written to just now."""
        new = self.making / "database"
        copy_sqlite(source, new)
        self._take_made(path, new)

    def _take_made(self, path: str, new: Path) -> None:
        sha256, octets = _hashed(new), new.stat().st_size
        self.take(new, sha256)
        self.files[path] = Kept(path, sha256, octets, 0)

    def prune(self) -> None:
        """Take away what the list in place does not name."""
        shutil.rmtree(self.making, ignore_errors=True)
        named = {file.sha256 for file in self.files.values() if not file.path.startswith(f"{KEYS}/")}
        for folder in (self.folder / OBJECTS).iterdir():
            for file in folder.iterdir():
                if file.name not in named:
                    file.unlink()
            sync_folder(folder)


def _add_home(run: _Run, configuration: Configuration) -> None:
    """Everything in the home but what is derived, public or a key."""
    home = configuration.home
    left_out = {home / name for name in (*DERIVED, MARK, DESK_MARK, LAST, "communique.sqlite3")}
    left_out |= {configuration.public_folder, *key_files(configuration).values()}
    for file in _walked(home, left_out):
        path = f"home/{file.relative_to(home).as_posix()}"
        if file.suffix == ".sqlite3":
            run.add_sqlite(path, file)
        elif not file.name.endswith((".lock", "-journal", "-wal", "-shm")):
            run.add(path, file)


def _add_record(run: _Run, configuration: Configuration) -> tuple[int, str]:
    """The record as it is at one checkpoint; the number of its entries and their root."""
    record = configuration.record_folder
    if not record.is_dir():
        return 0, ""
    for file in _walked(record, set()):  # most of it, while publications go on
        _add_of_record(run, record, file, None)
    with _publishing_waits(configuration):
        for path in [path for path in run.files if path.startswith("record/")]:
            run.before[path] = run.files.pop(path)
        try:
            head = FolderReader(record).checkpoint
        except Missing:
            return 0, ""
        except NotOfFormat as error:
            raise NotVerified(error.what, str(record / error.where), "run `communique fsck --repair` first") from error
        for file in _walked(record, set()):
            _add_of_record(run, record, file, head.size)
    return head.size, head.root.hex()


def _add_of_record(run: _Run, record: Path, file: Path, size: int | None) -> None:
    name = file.relative_to(record).as_posix()
    ahead = size is not None and name.startswith("tile/") and not is_tile_of(name, size)
    if name not in PAGES_OF_RECORD and not ahead:
        run.add(f"record/{name}", file)


def _add_keys(run: _Run, configuration: Configuration, apart: Path | None) -> dict[str, str]:
    """Keys and passwords, by name, apart from all else; path below keys/ -> where the settings have it."""
    place = apart.absolute() if apart else run.folder / KEYS
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.chmod(place, 0o700)
    named = {}
    for name, file in key_files(configuration).items():
        try:
            data, changed = file.read_bytes(), file.stat()
        except FileNotFoundError:
            continue
        _write_private(place / name, data)
        path = f"{KEYS}/{name}"
        run.files[path] = Kept(path, hashlib.sha256(data).hexdigest(), len(data), changed.st_mtime_ns)
        inside = file.is_relative_to(configuration.home)
        named[path] = file.relative_to(configuration.home).as_posix() if inside else str(file)
    if apart:
        shutil.rmtree(run.folder / KEYS, ignore_errors=True)
    sync_folder(place)
    return named


def key_files(configuration: Configuration) -> dict[str, Path]:
    """Name in a backup -> each file that holds a secret: all in keys/, and those that the settings have elsewhere."""
    folder = configuration.home / KEYS
    found = {file.relative_to(folder).as_posix(): file for file in _walked(folder, set())} if folder.is_dir() else {}
    elsewhere = (configuration.signing_key, configuration.sign_in.oidc_secret_file, configuration.mail.password_file)
    for path in elsewhere:
        file = configuration.home / path
        if file.is_file() and not file.is_relative_to(folder):
            found[file.name] = file
    return found


def _walked(folder: Path, left_out: set[Path]) -> Iterator[Path]:
    """Every file below a folder, links not followed; what is named in `left_out` is passed over with all in it."""
    for place, folders, names in os.walk(folder):
        here = Path(place)
        folders[:] = sorted(name for name in folders if here / name not in left_out and not (here / name).is_symlink())
        yield from (here / name for name in sorted(names) if here / name not in left_out)


# ---------------------------------------------------------------- the engines' own copies


def copy_sqlite(source: Path, new: Path) -> None:
    """A copy of a database at one instant, without its free pages, beside whoever writes to it. Raises Unreachable."""
    new.unlink(missing_ok=True)
    try:
        connection = sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True, timeout=60)
        try:
            connection.execute("VACUUM INTO ?", (str(new),))
        finally:
            connection.close()
        check_sqlite(new)
    except sqlite3.Error as error:
        raise Unreachable(f"cannot be copied ({error})", str(source), "mend that and run the backup again") from error
    os.chmod(new, 0o600)


def check_sqlite(file: Path) -> None:
    """Raises sqlite3.DatabaseError unless SQLite finds its file whole."""
    connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
    try:
        (said,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    finally:
        connection.close()
    if said != "ok":
        raise sqlite3.DatabaseError(said)


def dump_postgresql(address: str, new: Path) -> None:
    """A dump of a database at one instant, in pg_dump's own format. Raises Unreachable."""
    run_postgresql("pg_dump", address, "--format=custom", "--no-owner", "--no-privileges", f"--file={new}")
    os.chmod(new, 0o600)


def run_postgresql(program: str, address: str, *words: str) -> None:
    """Run one of PostgreSQL's programs on the database of an address; the password goes by environment, not by command
    line, which others can read. Raises Unreachable with what it says."""
    parsed = urlparse(address)
    parts = {"PGHOST": parsed.hostname, "PGPORT": parsed.port, "PGUSER": parsed.username, "PGPASSWORD": parsed.password}
    given = {name: unquote(str(value)) for name, value in parts.items() if value}
    name = parsed.path.lstrip("/")
    try:
        done = subprocess.run(
            [program, f"--dbname={name}", *words], env={**os.environ, **given}, capture_output=True, text=True
        )
    except FileNotFoundError:
        todo = "install PostgreSQL's client programs in the server's version (Debian: postgresql-client)"
        raise Unreachable("is not installed", program, todo) from None
    if done.returncode:
        said = " ".join(done.stderr.split())[:500]
        raise Unreachable(f"{program} ended with {said}", f"the database {name}", "mend that and run it again")


# ---------------------------------------------------------------- the folder


def _require_apart(configuration: Configuration, folder: Path) -> None:
    for place in (configuration.home, configuration.public_folder.resolve()):
        if folder.resolve().is_relative_to(place):
            todo = "name a folder on another disk, better on another machine"
            raise SettingsError([f"{folder}: lies in {place}, which it is to outlive; {todo}"])


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Be the only run that works on this folder, which is made if there is none."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise SettingsError([f"{folder}: another backup is being made there; wait for its end"]) from None
    except OSError as error:
        error.filename = error.filename or str(folder)  # a write to a full disk does not say where
        raise
    finally:
        os.close(handle)


@contextmanager
def _publishing_waits(configuration: Configuration) -> Iterator[None]:
    """Hold the lock that publishing takes: nothing is written to the record meanwhile."""
    with configuration.publishing_lock.open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _before(folder: Path, origin: str) -> Contents | None:
    """What the folder has from the last run; None of a new one. Raises SettingsError when it is something else."""
    try:
        before = read_contents(folder)
    except Missing:
        others = {entry.name for entry in folder.iterdir()} - {OBJECTS, MAKING, KEYS}
        if others:
            raise SettingsError(
                [f"{folder}: is no backup and not empty ({min(others)} lies there); name another"]
            ) from None
        (folder / OBJECTS).mkdir(mode=0o700, exist_ok=True)
        return None
    except RecordError as error:
        raise SettingsError([f"{folder}: {error.what}; name a new folder"]) from error
    if before.origin != origin:
        raise SettingsError([f"{folder}: is a backup of {before.origin}, not of {origin}; name another folder"])
    return before


def _put_in_place(folder: Path, contents: Contents) -> None:
    """Make the new list the one that counts, when all that it names is on disk."""
    facts = {FORMAT: 1, "count": len(contents.files), **{k: v for k, v in vars(contents).items() if k != "files"}}
    lines = [json.dumps(facts), *(json.dumps(asdict(file)) for file in contents.files.values())]
    _write_private(folder / "README.txt", READ_ME.format(**facts).encode())
    sync_disk(folder)
    _write_private(folder / LIST, "".join(f"{line}\n" for line in lines).encode())
    sync_folder(folder)


def _write_private(place: Path, data: bytes) -> None:
    """A file of mode 0600, whole or not there."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = place.with_name(f".{place.name}.new")
    new.unlink(missing_ok=True)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(new, place)


def _copied(source: Path, new: Path) -> str:
    """Copy the bytes into a new file of mode 0600; their SHA-256."""
    new.unlink(missing_ok=True)
    digest = hashlib.sha256()
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with source.open("rb") as reading, os.fdopen(descriptor, "wb") as writing:
        while chunk := reading.read(CHUNK_BYTES):
            digest.update(chunk)
            writing.write(chunk)
    return digest.hexdigest()


def _hashed(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
