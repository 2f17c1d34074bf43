"""Where baked files lie: builds in a folder, one of them live.

    PUBLIC/record/        the record's own files; of the press only `record/index.html`
    PUBLIC/search/        the index that readers' browsers ask, which the room `search` keeps
    PUBLIC/builds/N/      a whole site, with links to ../../record and ../../search for foreign web servers
    PUBLIC/site           a link to the live build; switching renames a new link over it

Beside each text of 1 KiB or more lies its Brotli form (`.br`): Brotli's encoder is pinned with this package and gives
the same bytes everywhere, while gzip's depend on the zlib at hand and are left to servers.
"""

from __future__ import annotations

import os
import shutil
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import brotli

from communique.press.errors import PlaceTaken
from communique.record.durable import Wave, sync_disk, sync_folder, write_file

COMPRESSED_ENDINGS = (".html", ".css", ".js", ".xml", ".atom", ".svg", ".txt", ".json", ".tsv", ".ics")
COMPRESS_FROM_BYTES = 1024
BROTLI_QUALITY = 5
FINEST_QUALITY = 11
"""of what is written once for a program version and read with every page"""
FINEST_KEPT = 256
"""compressed assets that are kept in memory; more than there are, or each goes just before it is asked for again"""

BESIDE_BUILDS = ("record", "search")
"""folders that all builds share"""

FOLDERS_KNOWN = 4_096
"""so many folders that were made are remembered, and not all that an archive has"""

GOES = 2
"""after what is new (False) and what changes (True)"""

Files = dict[str, bytes | None]
"""site path -> bytes, or None for a file that has to go"""


class Shelf(Protocol):
    """Takes baked files. After `settle` they outlive a power cut."""

    def put(self, files: Files) -> None:
        """Write or remove each file whole."""

    def settle(self) -> None:
        """Make all that was put lasting."""


class LiveShelf:
    """The live build: once all files are on the disk, each is renamed over the old one, in the order given."""

    def __init__(self, folder: Path, spool: Path) -> None:
        self.folder = folder
        self.touched: list[str] = []
        self._wave = Wave(spool)
        self._removed: list[Path] = []

    def in_safe_order(self, files: Files) -> list[str]:
        """The files as readers may meet them one by one: whoever follows a link in the midst of it finds its end.

        First what is new: nothing that stands leads there yet. Then what changes, as it came. Last what goes: nothing
        leads there any more.
        """
        return sorted(files, key=lambda path: GOES if files[path] is None else (self.folder / path).exists())

    def put(self, files: Files) -> None:
        for path, data in with_compressed(files).items():
            self.touched.append(path)
            if data is None:
                self._wave.remove(self.folder / path)
                self._removed += [self.folder / path] if path in files else []
            else:
                self._wave.write(self.folder / path, data)

    def settle(self) -> None:
        self._wave.settle()
        for path in self._removed:
            _drop_empty_folders(path, self.folder)
        self._removed.clear()


class NewShelf:
    """A build that nobody serves yet: written plainly, synced once at the end."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made: set[str] = set()

    def put(self, files: Files) -> None:
        for path, data in with_compressed(files).items():
            target = f"{self.folder}/{path}"
            if data is None:
                if _gone(target) and path in files:
                    self._made -= {str(one) for one in _drop_empty_folders(Path(target), self.folder)}
                continue
            folder = target.rpartition("/")[0]
            if folder not in self._made:
                self._make(folder)
            write_file(target, data)

    def _make(self, folder: str) -> None:
        """Make a folder, and remember it and not all the others that an archive has."""
        if len(self._made) >= FOLDERS_KNOWN:
            self._made.clear()
        try:
            os.mkdir(folder)
        except FileExistsError:
            pass
        except FileNotFoundError:
            os.makedirs(folder, exist_ok=True)
        self._made.add(folder)

    def settle(self) -> None:
        sync_disk(self.folder)


def _gone(file: str) -> bool:
    """Take a file away; whether it was there."""
    try:
        os.unlink(file)
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def _drop_empty_folders(removed: Path, top: Path) -> set[Path]:
    """Folders that a removed file leaves empty go, too: their names may be the words that were to go."""
    gone = set()
    for folder in removed.parents:
        if folder == top:
            break
        try:
            folder.rmdir()
        except FileNotFoundError:
            pass
        except OSError:  # something is in it
            break
        gone.add(folder)
    return gone


def with_compressed(files: Files) -> Files:
    """The files and, where they have one, their Brotli forms; a text that shrank below the limit loses its old one."""
    found: Files = {}
    for path, data in files.items():
        found[path] = data
        if path.endswith(COMPRESSED_ENDINGS):
            large = data is not None and len(data) >= COMPRESS_FROM_BYTES
            compress = _finest if path.startswith("assets/") else _quickly
            found[f"{path}.br"] = compress(data) if data is not None and large else None
    return found


def _quickly(data: bytes) -> bytes:
    return brotli.compress(data, quality=BROTLI_QUALITY)


@lru_cache(maxsize=FINEST_KEPT)
def _finest(data: bytes) -> bytes:
    """Compressed once for a process: each change of furniture sets the assets anew."""
    return brotli.compress(data, quality=FINEST_QUALITY)


def build_folder(public: Path, number: int) -> Path:
    """The folder of a build."""
    return public / "builds" / str(number)


def begin_build(public: Path, number: int) -> Path:
    """An empty folder for a build, whatever an interrupted one left there."""
    folder = build_folder(public, number)
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    for name in BESIDE_BUILDS:
        (public / name).mkdir(exist_ok=True)
        (folder / name).symlink_to(Path("..") / ".." / name, target_is_directory=True)
    return folder


def is_build(public: Path, number: int) -> bool:
    """Whether a build's folder is there, as `begin_build` makes it, and no folder that somebody made by writing."""
    return (build_folder(public, number) / "record").is_symlink()


def switch(public: Path, number: int) -> None:
    """Make a build live, at one instant for every reader."""
    new = public / "site.new"
    new.unlink(missing_ok=True)
    new.symlink_to(Path("builds") / str(number), target_is_directory=True)
    os.replace(new, public / "site")
    sync_folder(public)


def live_build(public: Path) -> int:
    """The number of the build that is served, 0 for none. Raises PlaceTaken when `site` is none of ours."""
    site = public / "site"
    if not site.is_symlink():
        if site.exists():
            raise PlaceTaken(site, "is no link to a build")
        return 0
    folder, _, number = os.readlink(site).rpartition("/")
    if folder != "builds" or not number.isdecimal():
        raise PlaceTaken(site, f"leads to {os.readlink(site)}, which is no build")
    return int(number)


def drop_older_builds(public: Path, number: int, keep_before: bool = True) -> None:
    """Take away builds older than the live one, but for the one just before it.

    That one stays for readers who are in the middle of it, unless something was taken back: then no older build may
    keep the words. A newer number is a build that somebody is making.
    """
    oldest_kept = number - 1 if keep_before else number
    for folder in (public / "builds").iterdir():
        if folder.name.isdigit() and int(folder.name) < oldest_kept:
            shutil.rmtree(folder)
