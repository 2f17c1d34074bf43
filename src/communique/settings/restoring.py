"""Coming back after a loss: an installation made again of a backup (`backup.py`), in a new folder.

    restored = restore(Path("backup"), Path("home"))

Every file is held against its SHA-256 while it is copied. The home is made beside its place (`NAME.restoring`) and
renamed when it is whole and on disk; a run that was stopped goes on from what lies there. A public folder outside the
home that still has a record is left as it is: it knows more, and the signer takes the difference from it.

What the machine published after the backup is known elsewhere. So a mark lies in the home (`record/elsewhere.py`), and
nothing is signed until mirrors and witnesses have been asked; a second mark lies there for the newsroom
(`newsroom/after_restore.py`).
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
import sqlite3
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from communique.record.durable import sync_disk, sync_folder
from communique.record.elsewhere import Restored
from communique.record.errors import Missing, NotVerified, Unreachable
from communique.settings.backup import (
    CHUNK_BYTES,
    KEYS,
    POSTGRESQL,
    SQLITE,
    Contents,
    Kept,
    check_sqlite,
    place_in,
    read_contents,
    run_postgresql,
)
from communique.settings.configuration import FILE_NAME, Configuration, read_configuration
from communique.settings.errors import SettingsError
from communique.settings.places import DESK_MARK, MARK

Told = Callable[[str, int], None]


@dataclass(frozen=True)
class Came:
    """An installation that came back. `lacks_key` says that the backup was without its signing key; `kept_public` that
    a record lay at its public place and was left."""

    home: Path
    contents: Contents
    key_file: Path
    lacks_key: bool
    kept_public: bool


def restore(
    backup: Path,
    home: Path,
    told: Told = lambda _what, _count: None,
    keys: Path | None = None,
    database: str = "",
    nothing_newer: bool = False,
    mirrors: Sequence[str] = (),
) -> Came:
    """Make the installation `home` of a backup.

    `keys` is where its keys lie if not in it; `database` an empty PostgreSQL database in place of the settings';
    `nothing_newer` a person's word that nothing was published after the backup; `mirrors` are written into its
    settings, too. Raises SettingsError when the home is not empty, NotVerified or Missing for a damaged backup,
    Unreachable when the database cannot be filled, OSError; nothing is at `home` then.
    """
    home, backup = home.absolute(), backup.absolute()
    contents = read_contents(backup)
    with _beside(home) as new:
        for count, file in enumerate(contents.files.values(), 1):
            if file.path.startswith(("home/", "database/")):
                _copy(backup, file, new / file.path.partition("/")[2] if file.path != POSTGRESQL else new / POSTGRESQL)
                told("files", count)
        _name(new / FILE_NAME, database, mirrors)
        _bring_keys(contents, backup, new, keys)
        configuration = read_configuration(new, signing=False)
        lacks_key = not configuration.signer and not configuration.key_file.is_file()
        kept_public = _bring_record(contents, backup, configuration, told)
        (new / MARK).write_bytes(Restored(contents.entries, contents.made_at, nothing_newer).data)
        (new / DESK_MARK).touch()
        _check_database(new, configuration, contents)
        sync_disk(new)
        home.rmdir() if home.exists() else None
        new.rename(home)
        sync_folder(home.parent)
    found = read_configuration(home, signing=False)
    return Came(home, contents, found.key_file, lacks_key, kept_public)


@contextmanager
def _beside(home: Path) -> Iterator[Path]:
    """The folder in which the home is made, for one process; what a stopped run left is in it."""
    if home.is_symlink() or (home.exists() and (not home.is_dir() or any(home.iterdir()))):
        raise SettingsError([f"{home}: is not empty; name a new folder with --home"])
    new = home.with_name(f"{home.name}.restoring")
    new.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(new, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield new
    except BlockingIOError:
        raise SettingsError([f"{home}: is being restored by another process; wait for its end"]) from None
    except OSError as error:
        error.filename = error.filename or str(home)
        raise
    finally:
        os.close(handle)


def _copy(backup: Path, file: Kept, to: Path, keys: Path | None = None) -> None:
    """Copy one file, unless it is there already, and see that it is the one that was backed up."""
    source = place_in(backup, file, keys)
    if to.exists() and to.stat().st_size == file.bytes and _hash_of(to) == file.sha256:
        return
    to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = to.with_name(f".{to.name}.new")
    digest = hashlib.sha256()
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with source.open("rb") as reading, os.fdopen(descriptor, "wb") as writing:
            while chunk := reading.read(CHUNK_BYTES):
                digest.update(chunk)
                writing.write(chunk)
    except FileNotFoundError as error:
        raise Missing(file.path, str(source), "take it from another backup; nothing was restored") from error
    if digest.hexdigest() != file.sha256:
        new.unlink()
        todo = "the backup is damaged there; take that file, or all, from another one"
        raise NotVerified(f"has the SHA-256 {digest.hexdigest()}, and its list says {file.sha256}", str(source), todo)
    os.replace(new, to)


def _hash_of(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _bring_keys(contents: Contents, backup: Path, new: Path, apart: Path | None) -> None:
    """Put keys and passwords where the settings have them.

    Keys that were taken away from a backup on purpose are no fault: the home serves without them and signs nothing.
    """
    place = apart or backup / KEYS
    if not place.is_dir() and apart is None:
        return
    for path, where in contents.keys.items():
        to = new / where
        if not to.is_relative_to(new) and to.exists():
            if _hash_of(to) != contents.files[path].sha256:
                raise SettingsError([f"{to}: another key lies there; move it away, or restore without it"])
            continue
        _copy(backup, contents.files[path], to, apart)


def _bring_record(contents: Contents, backup: Path, configuration: Configuration, told: Told) -> bool:
    """The record's files, the checkpoint last; whether a record lay there already and was left."""
    record = configuration.record_folder
    if not configuration.public_folder.is_relative_to(configuration.home) and (record / "checkpoint").exists():
        return True
    paths = [path for path in contents.files if path.startswith("record/")]
    for count, path in enumerate(sorted(paths, key=lambda path: path == "record/checkpoint"), 1):
        _copy(backup, contents.files[path], record / path.removeprefix("record/"))
        told("files of the record", count)
    for folder, names, files in os.walk(configuration.public_folder):  # a web server of another user reads them
        for name in (*names, *files):
            place = Path(folder) / name
            os.chmod(place, 0o755 if place.is_dir() else 0o644)
    if configuration.public_folder.is_dir():
        os.chmod(configuration.public_folder, 0o755)  # noqa: S103 - it is public
    return False


def _name(file: Path, database: str, mirrors: Sequence[str]) -> None:
    """Write another database and more mirrors into the settings."""
    text = file.read_text("utf-8")
    if database:
        text = _with_line(text, "database", database)
    if mirrors:
        before = tomllib.loads(text).get("mirrors", ())
        text = _with_line(text, "mirrors", [*dict.fromkeys([*before, *mirrors])])
    file.write_text(text, "utf-8")


def _with_line(text: str, name: str, value: str | list[str]) -> str:
    """Settings with a value in place of the one that is there, or before all."""
    line = f"{name} = {json.dumps(value, ensure_ascii=False)}"
    there = re.compile(rf"^{name} *= *(\[[^\]]*\]|.*)$", re.MULTILINE)
    found = there.search(text)
    return text[: found.start()] + line + text[found.end() :] if found else f"{line}\n{text}"


def _check_database(new: Path, configuration: Configuration, contents: Contents) -> None:
    """See that SQLite's file is whole, or fill the empty PostgreSQL database: last, because that is not taken back."""
    if configuration.database == "sqlite":
        if SQLITE not in contents.files and contents.files.get(POSTGRESQL):
            todo = "name an empty one with --database postgresql://…"
            raise SettingsError([f"{new}: the backup has a dump of PostgreSQL, and the settings name SQLite; {todo}"])
        try:
            check_sqlite(new / "communique.sqlite3")
        except sqlite3.Error as error:
            todo = "take another backup"
            raise NotVerified(f"is not whole ({error})", str(new / "communique.sqlite3"), todo) from error
        return
    if POSTGRESQL not in contents.files:
        todo = "leave `database` as it was there"
        raise SettingsError([f"{new}: the backup has a database of SQLite, which PostgreSQL cannot take; {todo}"])
    try:
        words = ("--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error")
        run_postgresql("pg_restore", configuration.database, *words, str(new / POSTGRESQL))
    except Unreachable as error:
        todo = "name an empty database in `database` of the backup's settings, or with --database"
        raise Unreachable(error.what, error.where, todo) from error
    shutil.rmtree((new / POSTGRESQL).parent)
