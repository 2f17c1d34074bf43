"""Baked sites, compared; and whole offices, checked after something broke."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Collection, Iterable
from pathlib import Path

from communique.press.follower import Press
from communique.record.errors import RecordError
from communique.record.reader_folder import FolderReader
from communique.record.release import Published
from communique.verify.record import verify_record
from offices import Office


def files_of(folder: Path) -> dict[str, bytes]:
    """All public files of a build, the record's own left out."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.relative_to(folder).parts[0] != "record"
    }


def baked_from_copy(office: Office, folder: Path) -> dict[str, bytes]:
    """The site that another machine bakes, which has nothing but a copy of `/record`."""
    return baked_from_record(office.record, folder)


def baked_from_record(record: Path, folder: Path) -> dict[str, bytes]:
    """The files of the site that a copy of this record gives, baked in a new folder."""
    shutil.copytree(record, folder / "record")
    (folder / "record" / "index.html").unlink(missing_ok=True)
    Press(lambda: FolderReader(folder / "record"), folder, folder / "press.sqlite3").catch_up()
    return files_of(folder / "site")


def differences(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return [path for path in sorted(one.keys() | other.keys()) if one.get(path) != other.get(path)]


def faults_of(public: Path, acknowledged: Iterable[tuple[int, str, str]] = ()) -> list[str]:
    """What is wrong with a public folder, nothing when all is right.

    The record verifies, each acknowledged (index, id, body) stands in it, no index was acknowledged twice, the site is,
    byte for byte, what a copy of the record gives, and no temporary file is left.
    """
    record = public / "record"
    report = verify_record(str(record), lambda: FolderReader(record))
    faults = [f"verify: {finding}" for finding in report.findings]
    try:
        faults += _faults_of_entries(FolderReader(record), list(acknowledged))
        with tempfile.TemporaryDirectory() as folder:
            baked = baked_from_record(record, Path(folder))
        faults += [f"not what the record gives: {path}" for path in differences(files_of(public / "site"), baked)]
    except RecordError as error:
        faults.append(f"cannot be read: {error}")
    return faults + [f"left over: {file.name}" for spool in public.glob(".making-*") for file in spool.iterdir()]


def _faults_of_entries(reader: FolderReader, acknowledged: Collection[tuple[int, str, str]]) -> list[str]:
    logged = {(entry.index, entry.id, entry.body) for entry in reader.entries(0, reader.size())}
    given = Counter(index for index, _, _ in acknowledged)
    doubled = [f"given twice: index {index}" for index, times in given.items() if times > 1]
    return doubled + [f"lost: {one}" for one in set(acknowledged) - logged]


def told(published: Iterable[Published]) -> list[tuple[int, str, str]]:
    """What a publication's caller was told, as `faults_of` wants it."""
    return [(one.index, one.id, one.body) for one in published]
