"""What the desk asks of the press's memory, which it only reads: no page is made, and no baking waits for it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from communique.edition.folding import folded

WAIT_S = 10


def versions_of(catalogue_file: Path, message: str) -> dict[str, str]:
    """Language -> id of each version of a message that the press has taken in."""
    return dict(_answers(catalogue_file, "SELECT language, id FROM message WHERE message = ? ORDER BY idx", (message,)))


def public_until(catalogue_file: Path) -> int:
    """How many entries readers see: the number of the first one of which the pages are not made yet."""
    return next((position for (position,) in _answers(catalogue_file, "SELECT position FROM place")), 0)


def is_rebuilding(catalogue_file: Path) -> bool:
    """Whether furniture that shows on every page is on the record, and not all pages show it yet."""
    return any(wide > built for wide, built in _answers(catalogue_file, "SELECT wide, built FROM place"))


def named(catalogue_file: Path, words: str, before: int | None, most: int) -> list[int]:
    """Entry numbers of the newest editions whose title or address has all of these words, the newest first.

    Letters count without accents and capitals. `before` leads on below an entry number. An address of the public site,
    as it is copied from a browser, is words of it.
    """
    sought = [folded(word) for word in words.split()]
    if not sought:
        return []
    has_all = " AND ".join("instr(f, ?)" for _word in sought)
    asked = (
        "SELECT idx FROM (SELECT idx, folded(coalesce(title, '')) || ' ' || coalesce(path, '') || '/' AS f"  # noqa: S608
        f" FROM message WHERE idx < ? ORDER BY idx DESC) WHERE {has_all} LIMIT ?"
    )
    below = before if before is not None else 1 << 62
    return [index for (index,) in _answers(catalogue_file, asked, (below, *sought, most))]


def _answers(file: Path, asked: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
    """The rows that the catalogue has for a question; none where nothing was baked yet."""
    if not file.exists():
        return []
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=WAIT_S)) as memory:
        memory.create_function("folded", 1, folded, deterministic=True)
        return memory.execute(asked, values).fetchall()
