"""Which program baked a site: the version, and a hash of everything in the press that can change a baked byte.

Pages name the version; the hash is for the press itself, so that a changed template or style sheet makes a new build
even where nobody has raised the version yet.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from communique import __version__


@lru_cache(maxsize=1)
def program() -> str:
    """The version and 16 hex digits over the press's own files."""
    folder = Path(__file__).parent
    digest = sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
            digest.update(sha256(path.read_bytes()).digest())
    return f"{__version__}+{digest.hexdigest()[:16]}"
