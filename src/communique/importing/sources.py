"""Sources: files, folders, standard input, web archives and addresses, each as the raw pages it holds.

One thing at a time is in memory. A source that cannot be had comes as an error in its place, so that one bad page does
not stop a thousand good ones. A folder gives its pages (`.txt`, `.html`, `.htm`, `.xhtml`) and web archives in the
order of their names, eight folders deep; a web archive gives its answers with status 200 that are text, with address
and instant; of an address 20 seconds are waited for.
"""

from __future__ import annotations

import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import unquote, urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from communique.importing.capture import LIMIT_BYTES, Capture, capture
from communique.importing.errors import ImportingError, NotReachable, NotReadable
from communique.importing.sentence import Sentence

LIMIT_FILES = 100_000
LIMIT_DEPTH = 8
LIMIT_RECORDS = 1_000_000
LIMIT_SECONDS = 20.0
PAGE_ENDINGS = (".txt", ".html", ".htm", ".xhtml")
ARCHIVE_ENDINGS = (".warc", ".warc.gz")

_CHUNK = 65_536
_TEXT_MEDIA = ("text/html", "text/plain", "application/xhtml+xml")
_NAME_LIMIT = 120


@dataclass(frozen=True)
class Raw:
    """The bytes of one page, not yet read. `id` names its record: what its file is called, ending cut off."""

    id: str
    name: str
    data: bytes
    address: str | None = None
    captured: str | None = None
    charset: str | None = None

    def capture(self, *, any_state: bool = False) -> Capture:
        """The page as lines; raises NotReadable. In `any_state` half a page too, as well as may be."""
        found = {"address": self.address, "captured": self.captured, "charset": self.charset}
        return capture(self.data, name=self.name, any_state=any_state, **found)


Opened = Callable[[str, BinaryIO], Iterator[Raw]]
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
            yield _unlike(page, given)


def _unlike(page: Raw, given: dict[str, int]) -> Raw:
    id_ = page.id
    given[page.id] = given.get(page.id, 0) + 1
    if given[page.id] > 1:
        id_ = f"{page.id}-{given[page.id]}"
    return Raw(id_, page.name, page.data, page.address, page.captured, page.charset)


def _pages_of(source: str, stdin: BinaryIO, seconds: Callable[[], float], opened: Opened) -> Iterator[Raw]:
    if source == "-":
        yield Raw("page", "standard input", stdin.read(LIMIT_BYTES + 1))
    elif re.match(r"https?://", source, re.I):
        yield _fetched(source, seconds)
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
        if path.name.lower().endswith(PAGE_ENDINGS + ARCHIVE_ENDINGS)
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and len(path.relative_to(folder).parts) <= LIMIT_DEPTH
        and path.is_file()
    )
    if not found:
        endings = ", ".join(PAGE_ENDINGS + ARCHIVE_ENDINGS)
        remedy = Sentence("a page's file ends in {endings}", endings=endings)
        raise NotReadable(str(folder), Sentence("no page in this folder"), remedy)
    return found


def _file_pages(path: Path, opened: Opened) -> Iterator[Raw]:
    try:
        with path.open("rb") as file:
            if path.name.lower().endswith(ARCHIVE_ENDINGS):
                yield from opened(path.name, file)
            else:
                yield Raw(_safe(path.stem), str(path), file.read(LIMIT_BYTES + 1))
    except (FileNotFoundError, NotADirectoryError) as fault:
        raise NotReadable(str(path), Sentence("there is no such file"), Sentence("check the name")) from fault
    except OSError as fault:
        what = f"the file cannot be read ({fault.strerror})"
        raise NotReachable(str(path), what, "check the rights to it, and its disk") from fault


def pages_in(name: str, file: BinaryIO) -> Iterator[Raw]:
    """The pages of a container; raises ImportingError where it cannot be read."""
    yield from _archived(name, file)


def _archived(name: str, file: BinaryIO) -> Iterator[Raw]:
    """The text pages of a web archive."""
    try:
        for number, record in enumerate(islice(ArchiveIterator(file), LIMIT_RECORDS), 1):
            if page := _archived_page(name, number, record):
                yield page
    except (ArchiveLoadFailed, EOFError, ValueError) as fault:
        what = Sentence("a broken web archive ({fault})", fault=str(fault))
        raise NotReadable(name, what, Sentence("fetch the archive again")) from fault


def _archived_page(name: str, number: int, record: Any) -> Raw | None:
    headers = record.http_headers
    if record.rec_type == "response" and headers and headers.get_statuscode() == "200":
        media = headers.get_header("Content-Type") or ""
    elif record.rec_type == "resource":
        media = record.content_type or ""
    else:
        return None
    if media.split(";")[0].strip().lower() not in _TEXT_MEDIA:
        return None
    address = record.rec_headers.get_header("WARC-Target-URI")
    captured = record.rec_headers.get_header("WARC-Date")
    data = record.content_stream().read(LIMIT_BYTES + 1)
    where = f"{name}, record {number} ({address})"
    return Raw(_id_of(address), where, data, address, _whole_seconds(captured), _charset(media))


def _whole_seconds(captured: str | None) -> str | None:
    """A WARC-Date without parts of seconds; None where it is no instant."""
    found = re.fullmatch(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?Z", captured or "")
    return found.group(1) + "Z" if found else None


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
                _id_of(answer.url), address, b"".join(chunks), answer.url, None, answer.headers.get_content_charset()
            )
    except (OSError, urllib.error.URLError, ValueError) as fault:
        reason = getattr(fault, "reason", None) or fault
        raise NotReachable(
            address, f"no page came ({reason})", "check the address, or save the page and name its file"
        ) from fault


def _charset(media: str) -> str | None:
    found = re.search(r"charset\s*=\s*[\"']?([\w-]+)", media, re.I)
    return found.group(1) if found else None


def _id_of(address: str | None) -> str:
    """A file name for the page of an address: the words of its path, else its host."""
    parts = urlsplit(address or "")
    words = unquote(parts.path + ("-" + parts.query if parts.query else ""))
    words = re.sub(r"\.(?:html?|xhtml|txt|php|aspx?)(?=$|-)", "", words)
    return _safe(words.strip("/")) if words.strip("/") else _safe(parts.hostname or "page")


def _safe(words: str) -> str:
    return re.sub(r"[^\w.-]+", "-", words).strip("-.")[:_NAME_LIMIT] or "page"
