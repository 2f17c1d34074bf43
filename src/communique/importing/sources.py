"""Sources: files, folders, standard input, containers and addresses, each as the raw pages it holds.

One thing at a time is in memory. A source that cannot be had comes as an error in its place, so that one bad page does
not stop a thousand good ones. A folder gives its pages, documents and containers (`endings.py`) in the order of their
names, 32 folders deep, and follows no link out of itself; what lies deeper, or is too much, is said. Containers are
web archives, zips and feeds (`opening.py`); of an address 20 seconds are waited for.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

from communique.importing.capture import LIMIT_BYTES
from communique.importing.endings import (
    CONTAINER_ENDINGS,
    HEAD_BYTES,
    NOT_READ,
    PAGE_ENDINGS,
    begins_like_a_page,
    is_of_looks,
)
from communique.importing.errors import ImportingError, NotReachable, NotReadable
from communique.importing.following import Follower, Known
from communique.importing.opening import Found, pages_in
from communique.importing.raw import Raw, safe
from communique.importing.sentence import Sentence
from communique.importing.sitemap import Leads

LIMIT_FILES = 100_000
LIMIT_DEPTH = 32
LIMIT_MAPS_DEPTH = 2
"""sitemaps that lead to sitemaps"""

_IS_CONTAINER = re.compile(rb"\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b")

Opened = Callable[[str, BinaryIO], Iterator[Found]]
"""what finds the pages in a container, by its name and its open file"""


def raw_pages(
    sources: Iterable[str],
    stdin: BinaryIO,
    seconds: Callable[[], float] = time.monotonic,
    opened: Opened | None = None,
    known: Known = lambda _address: None,
) -> Iterator[Raw | ImportingError]:
    """Every page of the sources, ids made unlike by -2, -3; what cannot be had comes as an error in its place.

    Containers are given to `opened`; without it they are opened here, where no limit of memory or time is kept. An
    address of a sitemap that is `known` is not asked for.
    """
    given: dict[str, int] = {}
    for source in sources:
        pages = _pages_of(source, stdin, opened or pages_in, lambda named: Follower(named, seconds, known=known))
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
    source: str, stdin: BinaryIO, opened: Opened, follower: Callable[[str], Follower]
) -> Iterator[Raw | ImportingError]:
    if source == "-":
        yield Raw("page", "standard input", stdin.read(LIMIT_BYTES + 1))
    elif re.match(r"https?://", source, re.I):
        yield from _answered(source, follower(source), opened, 0)
    elif Path(source).is_dir():
        files, left_out = _files_in(Path(source))
        yield from left_out
        for path in files:
            try:
                yield from _file_pages(path, opened, follower)
            except ImportingError as error:
                yield error
    else:
        yield from _file_pages(Path(source), opened, follower)


def _files_in(folder: Path) -> tuple[list[Path], list[NotReadable]]:
    """The pages and archives of a folder, by name, and what of it is not looked at; raises NotReadable."""
    whole = folder.resolve()
    found: list[Path] = []
    left_out: list[NotReadable] = []
    deeper = 0
    for path in folder.rglob("*"):
        parts = path.relative_to(folder).parts
        hidden = any(part.startswith(".") for part in parts)
        if hidden or not path.is_file() or not path.resolve().is_relative_to(whole) or not _is_looked_at(path):
            continue
        if len(parts) > LIMIT_DEPTH:
            deeper += 1
        elif len(found) == LIMIT_FILES:
            what = Sentence("more than {limit} pages, of which only these are read", limit=LIMIT_FILES)
            left_out.append(NotReadable(str(folder), what, Sentence("give the folders in it one by one")))
            break
        else:
            found.append(path)
    if deeper:
        what = Sentence(
            "files lie more than {limit} folders deep, and are not read: {count}", count=deeper, limit=LIMIT_DEPTH
        )
        left_out.append(NotReadable(str(folder), what, Sentence("give the folder in which they lie")))
    if not found and not left_out:
        endings = ", ".join(PAGE_ENDINGS + CONTAINER_ENDINGS)
        remedy = Sentence("a page's file ends in {endings}", endings=endings)
        raise NotReadable(str(folder), Sentence("no page in this folder"), remedy)
    return sorted(found), left_out


def _is_looked_at(path: Path) -> bool:
    """Whether a file is a page or holds some, by its name, or by how it begins."""
    if path.name.lower().endswith((*PAGE_ENDINGS, *NOT_READ, *CONTAINER_ENDINGS)):
        return True
    if is_of_looks(path.name):
        return False
    try:
        with path.open("rb") as file:
            return begins_like_a_page(file.read(HEAD_BYTES))
    except OSError:
        return False


def _file_pages(path: Path, opened: Opened, follower: Callable[[str], Follower]) -> Iterator[Raw | ImportingError]:
    try:
        with path.open("rb") as file:
            if path.name.lower().endswith(CONTAINER_ENDINGS):
                yield from _followed(opened(path.name, file), follower(""), opened, 1)
            else:
                yield Raw(safe(path.stem), str(path), file.read(LIMIT_BYTES + 1))
    except (FileNotFoundError, NotADirectoryError) as fault:
        raise NotReadable(str(path), Sentence("there is no such file"), Sentence("check the name")) from fault
    except OSError as fault:
        what = f"the file cannot be read ({fault.strerror})"
        raise NotReachable(str(path), what, "check the rights to it, and its disk") from fault


def _answered(address: str, follower: Follower, opened: Opened, depth: int) -> Iterator[Raw | ImportingError]:
    """The page of an address, or, of a feed or a sitemap, those in it."""
    page = follower.page(address)
    if not _IS_CONTAINER.match(page.data[:2000]) and not address.lower().endswith(".xml.gz"):
        yield page
        return
    with TemporaryFile() as file:
        file.write(page.data)
        file.seek(0)
        yield from _followed(opened(address, file), follower, opened, depth + 1)


def _followed(found: Iterable[Found], follower: Follower, opened: Opened, depth: int) -> Iterator[Raw | ImportingError]:
    """What is in a container, the pages that it only leads to asked for."""
    leads: list[Leads] = []
    for one in found:
        if isinstance(one, Leads):
            leads.append(one)
        else:
            yield one
    yield from follower.pages(lead.address for lead in leads if not lead.to_map)
    for lead in leads:
        if lead.to_map and depth <= LIMIT_MAPS_DEPTH:
            try:
                yield from _answered(lead.address, follower, opened, depth)
            except ImportingError as error:
                yield error
