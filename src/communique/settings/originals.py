"""Originals: the bytes of which an imported message was made, kept beside it.

    originals/ab/abcd….zip      mode 0600; the name is the SHA-256 of the bytes in it: an edition's `source.sha256`

Each original lies once, however many messages name it, as a zip with one file in it: whoever is given it opens it
anywhere, and no server and no browser shows a stranger's page as one of this site. Nothing leads here from outside.
Where the office wants originals public (`originals = "public"` in its settings), the same zip is a file of the
message's edition instead: on the record, at an address of the site, taken along by `export`, erased with its message.
"""

from __future__ import annotations

import hashlib
import os
import re
import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path, PurePosixPath

from communique.importing.capture import LIMIT_BYTES
from communique.importing.raw import Raw
from communique.record.durable import sync_disk
from communique.record.errors import NotVerified

MEDIA = "application/zip"
ENDING = ".zip"
SHA256 = re.compile(r"[0-9a-f]{64}")
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_TYPED = re.compile(r"\.[A-Za-z0-9]{1,8}")


def packed(raw: Raw) -> bytes:
    """The bytes of a page as a zip: the same bytes of the same name give the same zip."""
    ending = PurePosixPath(raw.name.partition("?")[0]).suffix
    name = f"original{ending if _TYPED.fullmatch(ending) else '.html'}"
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name, _FIRST_DAY), raw.data, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def unpacked(data: bytes) -> bytes:
    """The bytes in a zip that `packed` made."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        (name,) = archive.namelist()
        with archive.open(name) as file:
            return file.read(LIMIT_BYTES + 1)


def check_packed(sha256: str, data: bytes) -> None:
    """See that a zip holds the one file of this hash; raises NotVerified."""
    try:
        found = hashlib.sha256(unpacked(data)).hexdigest()
    except Exception as error:  # of a stranger's zip `zipfile` raises of many sorts
        raise NotVerified(f"is no zip with one file in it ({error})", sha256 + ENDING, "copy it again") from error
    if found != sha256:
        raise NotVerified(f"holds a file whose SHA-256 is {found}", sha256 + ENDING, "copy it again")


class Originals:
    """The private originals of one installation."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, sha256: str, data: bytes) -> None:
        """Keep a packed original, whole and on disk when this returns; what is there already is left."""
        self.keep_all([(sha256, data)])

    def keep_all(self, originals: Iterable[tuple[str, bytes]]) -> None:
        """The same of many, (SHA-256, packed). The disk is waited for twice, however many they are: for the bytes
        before they get their names, and for the names."""
        new: dict[Path, Path] = {}
        for sha256, data in originals:
            place = self._place(sha256)
            if place in new or place.exists():
                continue
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            new[place] = place.with_suffix(f".{os.getpid()}")
            descriptor = os.open(new[place], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
        if new:
            sync_disk(self.folder)
            for place, unnamed in new.items():
                os.replace(unnamed, place)
            sync_disk(self.folder)

    def packed(self, sha256: str) -> bytes | None:
        """A packed original, None where it is not here."""
        try:
            return self._place(sha256).read_bytes()
        except FileNotFoundError:
            return None

    def read(self, sha256: str) -> bytes | None:
        """The bytes of an original, None where it is not here."""
        data = self.packed(sha256)
        return None if data is None else unpacked(data)

    def forget(self, sha256: str) -> None:
        """Throw an original away, and what a crash left of it."""
        if SHA256.fullmatch(sha256):
            for file in self._place(sha256).parent.glob(f"{sha256}.*"):
                file.unlink(missing_ok=True)

    def hashes(self) -> Iterator[str]:
        """Of all that are here, in order."""
        names = sorted(file.stem for file in self.folder.glob(f"??/*{ENDING}"))
        return (name for name in names if SHA256.fullmatch(name))

    def copy_to(self, others: Originals) -> int:
        """Have others keep all of these, too; returns how many. Raises NotVerified for one that is not what its name
        says, before the next is copied."""
        count = 0
        for sha256 in self.hashes():
            data = self._place(sha256).read_bytes()
            check_packed(sha256, data)
            others.keep(sha256, data)
            count += 1
        return count

    def _place(self, sha256: str) -> Path:
        if not SHA256.fullmatch(sha256):
            raise ValueError(f"{sha256!r} is no SHA-256")
        return self.folder / sha256[:2] / f"{sha256}{ENDING}"
