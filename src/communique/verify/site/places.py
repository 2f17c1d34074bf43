"""Where the pages of a site lie: a folder, whose files can be listed, or an address, which is asked page by page."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from communique.record.errors import Missing, Unreachable
from communique.verify.address import AS_IT_IS, FILE_LIMIT_BYTES, GONE, Answer, answer_at
from communique.verify.site.packed import ENCODING, NotPacked, unpacked

FOUND = 200
RECORD = "record"
SEARCH = "search"
MIRROR = ".mirror"
"""what a mirror keeps beside the record that it copied, and no server gives away"""


@dataclass(frozen=True)
class FolderSite:
    """A site as files: what a web server would answer with them."""

    folder: Path

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises Missing and Unreachable."""
        try:
            return (self.folder / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as error:
            raise Missing(path, str(self.folder / path)) from error
        except OSError as error:
            raise Unreachable(f"cannot be read ({error.strerror})", str(self.folder / path)) from error

    def page(self, path: str, gone: bool) -> bytes:
        """The page at a path that ends in a slash. Whether it answers "gone" its server decides, by the tables."""
        return self.read(f"{path}index.html")

    @cached_property
    def files(self) -> list[str] | None:
        """All files but the record's own, the readers' index and a mirror's, sorted. A linked folder counts as one."""
        found: list[str] = []
        for place, folders, files in os.walk(self.folder):
            below = Path(place).relative_to(self.folder)
            if below == Path():
                folders[:] = [name for name in folders if name not in (RECORD, SEARCH, MIRROR)]
            linked = [name for name in folders if (Path(place) / name).is_symlink()]
            found += [(below / name).as_posix() for name in (*files, *linked)]
        return sorted(found)


@dataclass(frozen=True)
class AddressSite:
    """A site on another machine. Its files cannot be listed.

    Each is asked for once, as browsers ask, who are given the compressed copy where there is one.
    """

    address: str
    files: None = None

    def read(self, path: str) -> bytes:
        """The bytes at a path. Raises Missing and Unreachable."""
        return self._answer(path, FOUND)

    def page(self, path: str, gone: bool) -> bytes:
        """The page at a path, answered with 410 if it is gone, else with 200.

        Raises Missing and Unreachable.
        """
        return self._answer(path, GONE if gone else FOUND)

    def _answer(self, path: str, due: int) -> bytes:
        answer = answer_at(self.address, path, ENCODING)
        where = f"{self.address}/{path}"
        if answer.status != due:
            raise Missing(path, f"{where}: answers {answer.status}, not {due}")
        try:
            return shown(answer)
        except NotPacked as error:
            raise Missing(path, f"{where}: what browsers are given {error}") from error


def shown(answer: Answer) -> bytes:
    """What a browser makes of an answer that it asked for. Raises NotPacked."""
    if answer.encoding == AS_IT_IS:
        return answer.data
    if answer.encoding != ENCODING:
        raise NotPacked(f"comes as {answer.encoding:.40}, which nobody asked for")
    return unpacked(answer.data, FILE_LIMIT_BYTES)


Site = FolderSite | AddressSite
