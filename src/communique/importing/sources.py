"""Sources: files, folders, standard input, containers and addresses, each as the raw pages it holds.

One thing at a time is in memory. A source that cannot be had comes as an error in its place, so that one bad page does
not stop a thousand good ones. A folder gives its pages, documents and containers (`PAGE_ENDINGS`, `CONTAINER_ENDINGS`)
in the order of their names, eight folders deep, and follows no link out of itself; containers are web archives, zips
and feeds (`opening.py`); of an address 20 seconds are waited for.
"""

from __future__ import annotations

import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

from communique.importing import zipped
from communique.importing.capture import LIMIT_BYTES
from communique.importing.errors import ImportingError, NotReachable, NotReadable
from communique.importing.opening import pages_in
from communique.importing.raw import Raw, id_of, safe
from communique.importing.sentence import Sentence

LIMIT_FILES = 100_000
LIMIT_DEPTH = 8
LIMIT_SECONDS = 20.0
PAGE_ENDINGS = (*zipped.PAGES, *zipped.DOCUMENTS)
CONTAINER_ENDINGS = (*zipped.ARCHIVES, ".wacz", ".zip", *zipped.FEEDS)

_CHUNK = 65_536

Opened = Callable[[str, BinaryIO], Iterator[Raw | ImportingError]]
"""what finds the pages in a container, by its name and its open file"""


def raw_pages(
    sources: Iterable[str],
    stdin: BinaryIO,
    seconds: Callable[[], float] = time.monotonic,
    opened: Opened | None = None,
) -> Iterator[Raw | ImportingError]:
    """Every page of the sources, ids made unlike by -2, -3; what cannot be had comes as an error in its place.

    Containers are given to `opened`; without it they are opened here, where no limit of memory or time is kept.
    """
    given: dict[str, int] = {}
    for source in sources:
        pages = _pages_of(source, stdin, seconds, opened or pages_in)
        while True:
            try:
                page = next(pages)
            except StopIteration:
                break
            except ImportingError as error:
                yield error
                break
            yield _unlike(page, given) if isinstance(page, Raw) else page


def _unlike(page: Raw, given: dict[str, int]) -> Raw:
    id_ = page.id
    given[page.id] = given.get(page.id, 0) + 1
    if given[page.id] > 1:
        id_ = f"{page.id}-{given[page.id]}"
    return Raw(id_, page.name, page.data, page.address, page.captured, page.charset)


def _pages_of(
    source: str, stdin: BinaryIO, seconds: Callable[[], float], opened: Opened
) -> Iterator[Raw | ImportingError]:
    if source == "-":
        yield Raw("page", "standard input", stdin.read(LIMIT_BYTES + 1))
    elif re.match(r"https?://", source, re.I):
        page = _fetched(source, seconds)
        if re.match(rb"\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:rss|feed|rdf:RDF)\b", page.data[:2000]):
            with TemporaryFile() as file:
                file.write(page.data)
                file.seek(0)
                yield from opened(source, file)
        else:
            yield page
    elif Path(source).is_dir():
        for path in _files_in(Path(source)):
            yield from _file_pages(path, opened)
    else:
        yield from _file_pages(Path(source), opened)


def _files_in(folder: Path) -> list[Path]:
    """The pages and archives of a folder, by name."""
    found = sorted(
        path
        for path in islice(folder.rglob("*"), LIMIT_FILES)
        if path.name.lower().endswith(PAGE_ENDINGS + CONTAINER_ENDINGS)
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and len(path.relative_to(folder).parts) <= LIMIT_DEPTH
        and path.is_file()
        and path.resolve().is_relative_to(folder.resolve())
    )
    if not found:
        endings = ", ".join(PAGE_ENDINGS + CONTAINER_ENDINGS)
        remedy = Sentence("a page's file ends in {endings}", endings=endings)
        raise NotReadable(str(folder), Sentence("no page in this folder"), remedy)
    return found


def _file_pages(path: Path, opened: Opened) -> Iterator[Raw | ImportingError]:
    try:
        with path.open("rb") as file:
            if path.name.lower().endswith(CONTAINER_ENDINGS):
                yield from opened(path.name, file)
            else:
                yield Raw(safe(path.stem), str(path), file.read(LIMIT_BYTES + 1))
    except (FileNotFoundError, NotADirectoryError) as fault:
        raise NotReadable(str(path), Sentence("there is no such file"), Sentence("check the name")) from fault
    except OSError as fault:
        what = f"the file cannot be read ({fault.strerror})"
        raise NotReachable(str(path), what, "check the rights to it, and its disk") from fault


def _fetched(address: str, seconds: Callable[[], float]) -> Raw:
    request = urllib.request.Request(address, headers={"User-Agent": "communique"})  # noqa: S310 - http(s) only
    end = seconds() + LIMIT_SECONDS
    try:
        with urllib.request.urlopen(request, timeout=LIMIT_SECONDS) as answer:  # noqa: S310
            chunks, size = [], 0
            while size <= LIMIT_BYTES and (chunk := answer.read(_CHUNK)):
                chunks.append(chunk)
                size += len(chunk)
                if seconds() > end:
                    raise TimeoutError(f"more than {LIMIT_SECONDS:.0f} seconds")
            return Raw(
                id_of(answer.url), address, b"".join(chunks), answer.url, None, answer.headers.get_content_charset()
            )
    except (OSError, urllib.error.URLError, ValueError) as fault:
        reason = getattr(fault, "reason", None) or fault
        raise NotReachable(
            address, f"no page came ({reason})", "check the address, or save the page and name its file"
        ) from fault
