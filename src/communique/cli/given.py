"""A file that somebody named on the command line, read with a limit, or refused in one line with status 2."""

from __future__ import annotations

from pathlib import Path

from communique.cli.errors import Failure

LIMIT_BYTES = 256 * 1024 * 1024


def bytes_of(file: Path, give: str, limit_bytes: int = LIMIT_BYTES) -> bytes:
    """The file's bytes; `give` says which file is wanted. Raises Failure where it is no file or has too many bytes."""
    if file.is_dir():
        raise Failure(f"{file}: is a folder; give {give}")
    if not file.is_file():  # neither a device nor a link to itself, which could be read for ever
        raise Failure(f"{file}: there is no such file; give {give}")
    with file.open("rb") as opened:
        data = opened.read(limit_bytes + 1)
    if len(data) > limit_bytes:
        raise Failure(f"{file}: has more than {limit_bytes:,} bytes; give {give}")
    return data
