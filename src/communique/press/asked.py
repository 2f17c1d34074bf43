"""What the desk asks of the press's memory, which it only reads: no page is made, and no baking waits for it."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WAIT_S = 10


def versions_of(catalogue_file: Path, message: str) -> dict[str, str]:
    """Language -> id of each version of a message that the press has taken in."""
    with _memory(catalogue_file) as memory:
        return dict(memory.execute("SELECT language, id FROM message WHERE message = ? ORDER BY idx", (message,)))


def public_until(catalogue_file: Path) -> int:
    """How many entries readers see: the number of the first one of which the pages are not made yet."""
    with _memory(catalogue_file) as memory:
        return next((position for (position,) in memory.execute("SELECT position FROM place")), 0)


def named(catalogue_file: Path, words: str, before: int | None, most: int) -> list[int]:
    """Entry numbers of the newest editions whose title or address has all of these words, the newest first.

    Letters count without accents and capitals. `before` leads on below an entry number. An address of the public site,
    as it is copied from a browser, is words of it.
    """
    sought = [folded(word) for word in words.split()]
    if not sought:
        return []
    has_all = " AND ".join("instr(f, ?)" for _word in sought)
    with _memory(catalogue_file) as memory:
        memory.create_function("folded", 1, folded, deterministic=True)
        rows = memory.execute(
            "SELECT idx FROM (SELECT idx, folded(coalesce(title, '')) || ' ' || coalesce(path, '') || '/' AS f"  # noqa: S608
            f" FROM message WHERE idx < ? ORDER BY idx DESC) WHERE {has_all} LIMIT ?",
            (before if before is not None else 1 << 62, *sought, most),
        )
        return [index for (index,) in rows]


class _Accents(dict[int, int | None]):
    """Code point -> None where it stands on another letter, else itself; learnt as they are met."""

    def __missing__(self, code: int) -> int | None:
        self[code] = found = None if unicodedata.combining(chr(code)) else code
        return found


ACCENTS = _Accents()


def folded(text: str) -> str:
    """Text for comparing: no accents, no capitals."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKD", text).translate(ACCENTS).casefold()


@contextmanager
def _memory(file: Path) -> Iterator[sqlite3.Connection]:
    """The catalogue for reading; an empty one where nothing was baked yet."""
    address = f"{file.absolute().as_uri()}?mode=ro" if file.exists() else ":memory:"
    memory = sqlite3.connect(address, uri=True, timeout=WAIT_S)
    try:
        if address == ":memory:":
            memory.executescript(
                "CREATE TABLE message (idx, id, message, language, title, path); CREATE TABLE place (position)"
            )
        yield memory
    finally:
        memory.close()
