"""Whether an index is as it was written: asked when the worker starts, and when somebody who asked met damage.

Each file of Tantivy's segments ends in

    JSON {"version", "crc": CRC-32 of all before it}, its length and MAGIC, 4 bytes each, little-endian

and never changes; so one that was cut off, overwritten or rotted is known by itself. SQLite looks over its own file.

Who meets damage while answering writes the name of the index into SEARCH/DAMAGED, and the worker looks itself before it
makes a new one beside it: a query can make an engine stumble, and must not make it work.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from contextlib import closing, suppress
from pathlib import Path

from communique.search.catalogue import FILE

DAMAGED = "damaged"
UNITS = "units"
MAGIC = 1337
_END_BYTES = 8
_READ_BYTES = 1 << 20


def fault_of(index: Path) -> str | None:
    """What is wrong with the files of an index; None where they are as they were written."""
    try:
        segments = json.loads((index / UNITS / "meta.json").read_bytes())["segments"]
        names = [one["segment_id"].replace("-", "") for one in segments]
        for name in names:
            files = sorted((index / UNITS).glob(f"{name}.*"))
            if not files:
                return f"segment {name} is missing"
            for file in files:
                if not _is_whole(file):
                    return f"{file.name} is not as it was written"
    except (OSError, ValueError, KeyError, TypeError) as error:
        return f"meta.json or what it names cannot be read ({type(error).__name__})"
    return _fault_of_catalogue(index / FILE)


def note_damage(folder: Path, index: Path) -> None:
    """Tell the worker that an index met damage; where that cannot be written, it learns of it when it starts."""
    with suppress(OSError):
        if noted_damage(folder) != index.name:
            (folder / DAMAGED).write_text(index.name, "ascii")


def noted_damage(folder: Path) -> str | None:
    """The name of the index of which somebody told so."""
    try:
        return (folder / DAMAGED).read_text("ascii")
    except (OSError, ValueError):
        return None


def _is_whole(file: Path) -> bool:
    size = file.stat().st_size
    with file.open("rb") as opened:
        opened.seek(max(0, size - _END_BYTES))
        end = opened.read()
        length, magic = int.from_bytes(end[:4], "little"), int.from_bytes(end[4:], "little")
        body = size - _END_BYTES - length
        if magic != MAGIC or body < 0:
            return False
        opened.seek(body)
        crc = json.loads(opened.read(length))["crc"]
        opened.seek(0)
        found = 0
        while body and (some := opened.read(min(_READ_BYTES, body))):
            found, body = zlib.crc32(some, found), body - len(some)
    return bool(found == crc)


def _fault_of_catalogue(file: Path) -> str | None:
    if not file.is_file():
        return f"{FILE} is missing"
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=60)) as db:
            said = db.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.OperationalError:
        return None  # of the machine, not of the file: locked, no rights
    except sqlite3.DatabaseError as error:
        return f"{FILE} is damaged ({error})"
    return None if said == "ok" else f"{FILE} is damaged ({said})"
