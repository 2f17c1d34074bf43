"""An index held against one that is made anew from the record: for `communique fsck` and `communique verify --bake`.

Of the readers' own index every byte is compared, with the segments that it has: those that the worker has not cut yet
lie in its tail. Of the program's index compared is what can be found, unit by unit and term by term, and what the index
remembers of names. Not compared is in which segments it lies, which depends on when what came in.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from communique.record.reader import Reader
from communique.search.catalogue import Catalogue
from communique.search.cut import segments_of
from communique.search.cutting import INDEX, Cutting
from communique.search.engine_tantivy import TantivyFinder
from communique.search.errors import SearchError
from communique.search.follower import Search, live_index
from communique.search.soundness import UNITS


def index_faults(folder: Path, reader: Callable[[], Reader], beside: Path) -> Iterator[str]:
    """What is wrong with the index in `folder`, in a line each; `beside` is an empty folder for another one.

    An index that is not there is none: the worker makes the first.
    """
    if not folder.is_dir():
        return
    Search(reader, folder, builds=False).catch_up()
    live = live_index(folder)
    if live is None:
        if any(one.name.isdigit() for one in folder.iterdir()):
            yield "is missing"
        return
    Search(reader, beside).rebuild()
    due = live_index(beside)
    assert due  # noqa: S101 - made just now
    try:
        stale, here = _contents(live)
    except (SearchError, sqlite3.Error, ValueError) as error:
        yield f"cannot be read ({error})"
        return
    if stale:
        yield "still has words in its files that were taken back"
    _, there = _contents(due)
    differing = [key for key in sorted({*here, *there}, key=str) if here.get(key) != there.get(key)]
    if differing:
        yield f"finds not what the record says, in {len(differing)} terms, units and names"


def file_faults(folder: Path, reader: Callable[[], Reader], beside: Path) -> Iterator[tuple[str, str]]:
    """The files of the readers' own index in `folder` that are not what the record gives, as (what is wrong, file).

    `beside` is an empty folder for what is given; an index that is not there is none.
    """
    if not folder.is_dir() or not any(folder.iterdir()):
        return
    try:
        index = json.loads((folder / INDEX).read_bytes())
        size, end, segments = index["size"], index["tail"][0], [tuple(one[:2]) for one in index["segments"]]
        known = segments == segments_of(end) and end <= size
    except (OSError, ValueError, TypeError, LookupError) as error:
        yield f"cannot be read ({type(error).__name__})", INDEX
        return
    if size != (entries := reader().size()) or not known:
        yield f"shows {size} entries, and the record has {entries}" if known else "names other segments", INDEX
        return
    Cutting(reader, beside / "search", beside / "cut.sqlite3", until=end).catch_up()
    here, due = _files(folder), _files(beside / "search")
    for name in sorted({*here, *due}):
        if name not in here:
            yield "the file is missing", name
        elif name not in due:
            yield "the record gives no such file", name
        elif here[name].read_bytes() != due[name].read_bytes():
            yield "differs from what the record gives", name


def _files(folder: Path) -> dict[str, Path]:
    """All files but those that are being made."""
    found = {path.relative_to(folder): path for path in folder.rglob("*") if path.is_file()}
    return {name.as_posix(): path for name, path in found.items() if not name.parts[0].startswith(".")}


def _contents(index: Path) -> tuple[bool, dict[object, object]]:
    catalogue = Catalogue(index)
    try:
        found: dict[object, object] = {row: True for row in catalogue.rows()}
        stale = catalogue.stale
    finally:
        catalogue.close()
    return stale, found | dict(TantivyFinder(index / UNITS).contents())
