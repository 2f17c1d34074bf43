"""Messages by words of their titles, asked of the press's memory by who looks for one at the desk."""

from __future__ import annotations

import sqlite3
import unicodedata
from contextlib import closing
from pathlib import Path

WAIT_S = 10


class _Accents(dict[int, int | None]):
    """Code point -> None where it stands on another letter, else itself; learnt as they are met."""

    def __missing__(self, code: int) -> int | None:
        self[code] = found = None if unicodedata.combining(chr(code)) else code
        return found


ACCENTS = _Accents()


def named(catalogue_file: Path, words: str, before: int | None, most: int) -> list[int]:
    """Entry numbers of the newest editions whose title or address has all of these words, the newest first.

    Letters count without accents and capitals. `before` leads on below an entry number. An address of the public site,
    as it is copied from a browser, is words of it.
    """
    sought = [folded(word) for word in words.split()]
    if not sought or not catalogue_file.exists():
        return []
    address = f"{catalogue_file.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, timeout=WAIT_S)) as catalogue:
        catalogue.create_function("folded", 1, folded, deterministic=True)
        has_all = " AND ".join("instr(f, ?)" for _word in sought)
        rows = catalogue.execute(
            "SELECT idx FROM (SELECT idx, folded(coalesce(title, '')) || ' ' || coalesce(path, '') || '/' AS f"  # noqa: S608
            f" FROM message WHERE idx < ? ORDER BY idx DESC) WHERE {has_all} LIMIT ?",
            (before if before is not None else 1 << 62, *sought, most),
        )
        return [index for (index,) in rows]


def folded(text: str) -> str:
    """Text for comparing: no accents, no capitals."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKD", text).translate(ACCENTS).casefold()
