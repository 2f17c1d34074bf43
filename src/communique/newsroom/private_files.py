"""Where uploads lie until an edition that shows them is public: a folder of the installation under random names.

No address leads here but the desk's own, which asks for the right to see the message. What the uploader called the file
is kept in the database only.
"""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import Storage
from django.utils.deconstruct import deconstructible

from communique.newsroom.given import given


@deconstructible
class PrivateFiles(Storage):
    """Files of mode 0600 below the installation's private folder; the name decides the place and says nothing."""

    def place(self, name: str) -> Path:
        """Where a file lies, or would."""
        if not name.isalnum():
            raise ValueError(f"{name!r} is no name of a private file")
        return given().private_folder / name[:2] / name

    def _open(self, name: str, mode: str = "rb") -> File:
        return File(BytesIO(self.place(name).read_bytes()), name)

    def _save(self, name: str, content: Any) -> str:
        place = self.place(name)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            for chunk in content.chunks():
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        return name

    def exists(self, name: str) -> bool:
        return self.place(name).exists()

    def size(self, name: str) -> int:
        return self.place(name).stat().st_size

    def delete(self, name: str) -> None:
        self.place(name).unlink(missing_ok=True)

    def url(self, name: str | None) -> str:
        """The desk's own address of it."""
        return f"/private/{name}"

    def read(self, name: str) -> bytes:
        """The bytes of a file. Raises FileNotFoundError."""
        return self.place(name).read_bytes()
