"""Baked sites, compared."""

from __future__ import annotations

import shutil
from pathlib import Path

from communique.press.follower import Press
from communique.record.reader_folder import FolderReader
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
    shutil.copytree(office.record, folder / "record")
    (folder / "record" / "index.html").unlink(missing_ok=True)
    Press(lambda: FolderReader(folder / "record"), folder, folder / "press.sqlite3").catch_up()
    return files_of(folder / "site")


def differences(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return [path for path in sorted(one.keys() | other.keys()) if one.get(path) != other.get(path)]
