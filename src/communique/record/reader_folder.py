"""A record as a folder: `checkpoint`, `tile/…`, `editions/…`, `files/…`, as an office serves it or a mirror has it."""

from __future__ import annotations

from pathlib import Path

from communique.record.errors import Missing, Unreachable
from communique.record.reader import FileReader


class FolderReader(FileReader):
    """A Reader over a folder. It checks shape, not truth; faults name the file."""

    def __init__(self, folder: Path) -> None:
        super().__init__(self._read)
        self.folder = folder

    def paths(self) -> list[str]:
        """The paths of all files in the folder, sorted, with slashes, relative to it."""
        found = (path for path in self.folder.rglob("*") if not path.is_dir())
        return sorted(path.relative_to(self.folder).as_posix() for path in found)

    def _read(self, path: str) -> bytes:
        try:
            return (self.folder / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as error:
            raise Missing(path, str(self.folder / path)) from error
        except OSError as error:
            raise Unreachable(
                f"cannot be read ({error.strerror})", str(self.folder / path), "mend the disk or its rights"
            ) from error
