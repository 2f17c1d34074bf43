"""Good files of a form that was sent back for something else: kept for a day, so that nobody has to choose them again.

A browser empties every file field of a page that it is shown, whatever was wrong with it. So the answer carries a
signed word for each file that was looked at and found good; the form that is sent again brings the word in the place of
the file. The bytes lie below the private folder under a random name, no address leads to them, and they go after a day.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.core import signing

from communique.newsroom.chance import fresh_name
from communique.newsroom.given import given

DAY_S = 24 * 3600
SALT = "communique.kept_file"


def keep(data: bytes, facts: dict[str, Any]) -> str:
    """The word for a file and what was seen of it; what was kept for longer than a day goes."""
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for old in folder.iterdir():
        if time.time() - old.stat().st_mtime > DAY_S:
            old.unlink(missing_ok=True)
    name = fresh_name()
    place = folder / name
    place.touch(mode=0o600)
    place.write_bytes(data)
    return signing.dumps({**facts, "kept": name}, salt=SALT)


def kept(word: str) -> tuple[bytes, dict[str, Any]] | None:
    """The file of a word, None of one that is not ours or has gone."""
    try:
        facts: dict[str, Any] = signing.loads(word, salt=SALT, max_age=DAY_S)
        return (_folder() / facts.pop("kept")).read_bytes(), facts
    except (signing.BadSignature, OSError):
        return None


def _folder() -> Path:
    return given().private_folder / "kept"
