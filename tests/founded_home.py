"""A new installation whose desk was opened, as a copy of one that is made once a run for each way of founding it.

`communique init` and the first start of a desk take ten seconds, nearly all of them for Django's tables. A test that is
about something else begins after them.
"""

from __future__ import annotations

import shutil
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from breaking.commands import communique
from once import once_a_run


def founded_home(home: Path, *words: str) -> Path:
    """A home as `communique init HOME WORDS` leaves it, once its desk was opened; returns it."""
    return Path(shutil.copytree(_model(words), home, symlinks=True))


@lru_cache(maxsize=8)
def _model(words: tuple[str, ...]) -> Path:
    def make(home: Path) -> None:
        for done in (communique("init", home, *words), communique("user", "list", home=home)):
            assert done.returncode == 0, done.stderr

    return once_a_run(f"founded-{sha256(repr(words).encode()).hexdigest()[:8]}", make)
