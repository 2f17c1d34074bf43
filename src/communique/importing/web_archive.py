"""Web archives: the pages in a WARC, packed or not, each with its address and the instant of its capture.

Taken are answers with status 200 that are text or documents, and resources that are; a feed is taken as what lists
messages (`feed_list.py`). What states no type, or one that only says "a file", is taken where it begins like a page or
a document, or its name ends like one. Documents that are not read here are handed on, too: whoever reads them refuses
each in a sentence. A body that its server had packed is unpacked bite by bite and never beyond the size that a page may
have: a bomb costs what a page costs. A record whose length is not what it says is refused, and the archive is read on
where the next record begins.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, BinaryIO

import brotli
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from communique.importing.capture import LIMIT_BYTES
from communique.importing.endings import HEAD_BYTES, NOT_READ, PAGE_ENDINGS, begins_like_a_page
from communique.importing.errors import ImportingError, NotReadable
from communique.importing.feed_list import ENDING as FEED
from communique.importing.feed_list import MEDIA as FEED_MEDIA
from communique.importing.feed_list import is_feed, lists_messages
from communique.importing.raw import Raw, id_of
from communique.importing.sentence import Sentence

LIMIT_RECORDS = 10_000_000
LIMIT_CHUNKS = 100_000

_TEXT_MEDIA = ("text/html", "text/plain", "application/xhtml+xml")
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_DOCUMENT_MEDIA = {
    "application/pdf": ".pdf", "application/x-pdf": ".pdf", "application/rtf": ".rtf", "text/rtf": ".rtf",
    "application/msword": ".doc", "application/vnd.ms-word": ".doc", _WORD: ".docx",
    "application/vnd.ms-excel": ".xls", "application/vnd.ms-powerpoint": ".ppt",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/vnd.oasis.opendocument.text": ".odt", "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.oasis.opendocument.presentation": ".odp", "message/rfc822": ".eml", "multipart/related": ".mht",
    "text/markdown": ".md", "text/vtt": ".vtt", "application/x-subrip": ".srt", "text/srt": ".srt",
}  # fmt: skip
"""media type -> the ending of such a file, for those whose first bytes do not tell"""
_ANY_FILE = frozenset(("", "application/octet-stream", "binary/octet-stream", "application/force-download",
                       "application/x-download", "application/download", "application/zip"))  # fmt: skip
_NAMED = re.compile(r"filename\*?\s*=\s*(?:UTF-8'')?\"?([^\";]{1,200})", re.I)
_BEGINNINGS = ((b"%PDF-", ".pdf"), (b"{\\rtf", ".rtf"))
_BITE = 16_384
_AGAIN = Sentence("fetch the archive again")


def pages_of_archive(name: str, file: BinaryIO) -> Iterator[Raw | ImportingError]:
    """The text pages of a web archive; raises NotReadable where it cannot be read any further."""
    faults = found = 0
    archive = ArchiveIterator(file)
    try:
        for number, record in enumerate(islice(archive, LIMIT_RECORDS), 1):
            where = f"{name}, record {number}"
            told = found
            try:
                page = _page_of(where, record)
            except NotReadable as error:
                found += 1
                yield error
                page = None
            archive.read_to_end()
            if page is None and found == told and (left := getattr(record.raw_stream, "limit", 0)) > 0:
                found += 1
                yield _broken_off(where, left)
            if archive.err_count > faults:
                faults = archive.err_count
                what = Sentence("it does not end where it says, so nothing of it was taken")
                found += 1
                yield NotReadable(where, what, _AGAIN)
            elif page:
                found += 1
                yield page
    except (ArchiveLoadFailed, EOFError, ValueError, zlib.error, AttributeError) as fault:
        what = Sentence("a broken web archive ({fault})", fault=" ".join(str(fault).split())[:200])
        raise NotReadable(name, what, _AGAIN) from None
    if not found:
        raise NotReadable(name, Sentence("no page in this web archive"), _AGAIN)


def _page_of(where: str, record: Any) -> Raw | None:
    headers = record.http_headers
    if record.rec_type == "response" and headers and headers.get_statuscode() == "200":
        media = headers.get_header("Content-Type") or ""
    elif record.rec_type == "resource":
        media = record.content_type or ""
    else:
        return None
    sort = media.split(";")[0].strip().lower()
    if sort not in _TEXT_MEDIA and sort not in _DOCUMENT_MEDIA and sort not in _ANY_FILE and sort not in FEED_MEDIA:
        return None
    address = record.rec_headers.get_header("WARC-Target-URI")
    captured = record.rec_headers.get_header("WARC-Date")
    where = f"{where} ({address})"
    data = _body(where, record, headers)
    if is_feed(data[:HEAD_BYTES]):
        feed = Raw(id_of(address), f"{where}, list{FEED}", data, address, _whole_seconds(captured))
        return feed if lists_messages(data) else None
    if sort in _TEXT_MEDIA or (sort in _ANY_FILE and begins_like_a_page(data[:HEAD_BYTES])):
        return Raw(id_of(address), where, data, address, _whole_seconds(captured), charset_in(media))
    ending = _ending_of_document(sort, address, headers, data)
    if ending is None:
        return None
    return Raw(id_of(address), f"{where}, document{ending}", data, address, _whole_seconds(captured))


def _ending_of_document(sort: str, address: str | None, headers: Any, data: bytes) -> str | None:
    """The ending that the name of a document has, by which its reader knows it; None for what is no document."""
    disposed = _NAMED.search((headers.get_header("Content-Disposition") or "") if headers else "")
    names = [disposed[1].strip() if disposed else "", re.sub(r"[?#].*", "", address or "")]
    endings = [found[0] for name in names if (found := re.search(r"\.[a-z]{2,8}$", name.lower()))]
    known = next((ending for ending in endings if ending in (*PAGE_ENDINGS, *NOT_READ)), None)
    if sort in _DOCUMENT_MEDIA:
        return known or _DOCUMENT_MEDIA[sort]
    begun = next((ending for head, ending in _BEGINNINGS if data.startswith(head)), None)
    return known or begun


def _broken_off(where: str, missing: int) -> NotReadable:
    what = Sentence("it breaks off, {missing} bytes before the end that it states", missing=missing)
    return NotReadable(where, what, _AGAIN)


def _body(where: str, record: Any, headers: Any) -> bytes:
    """The body as its reader saw it, at most one byte more than a page may have."""
    packed = record.raw_stream.read(LIMIT_BYTES + 1)
    left = getattr(record.raw_stream, "limit", 0)
    if left and len(packed) <= LIMIT_BYTES:
        raise _broken_off(where, left)
    if headers and (headers.get_header("Transfer-Encoding") or "").lower() == "chunked":
        packed = _joined(packed)
    ways = (headers.get_header("Content-Encoding") or "") if headers else ""
    for way in reversed([w.strip().lower() for w in ways.split(",")[:4]]):
        packed = unpacked(where, packed, way)
    return packed


def unpacked(where: str, data: bytes, way: str) -> bytes:
    """Data that a server had packed, unpacked no further than a page may be; raises NotReadable.

    What is not packed in spite of what was said stays as it is: crawlers unpack and keep the header.
    """
    starts: dict[str, Callable[[], Callable[[bytes, int], bytes]]] = {
        "gzip": lambda: _of_zlib(zlib.MAX_WBITS | 32),
        "x-gzip": lambda: _of_zlib(zlib.MAX_WBITS | 32),
        "deflate": lambda: _of_zlib(zlib.MAX_WBITS if data[:1] == b"\x78" else -zlib.MAX_WBITS),
        "br": _of_brotli,
    }
    if way not in starts or (way.endswith("gzip") and data[:2] != b"\x1f\x8b"):
        return data
    try:
        found = starts[way]()(data, LIMIT_BYTES + 1)
    except (zlib.error, brotli.error):
        if way in ("br", "deflate") and data.lstrip()[:1] == b"<":
            return data
        what = Sentence("its body cannot be unpacked ({way})", way=way)
        raise NotReadable(where, what, _AGAIN) from None
    if len(found) > LIMIT_BYTES:
        what = Sentence("it unpacks to more than the {limit} bytes that a page may have", limit=LIMIT_BYTES)
        raise NotReadable(where, what, Sentence("do not use this page; if it is yours, save it by itself"))
    return found


def charset_in(media: str) -> str | None:
    """The charset that a media type states."""
    found = re.search(r"charset\s*=\s*[\"']?([\w-]+)", media, re.I)
    return found.group(1) if found else None


def _of_zlib(bits: int) -> Callable[[bytes, int], bytes]:
    packer = zlib.decompressobj(bits)

    def whole(data: bytes, limit: int) -> bytes:
        found = packer.decompress(data, limit)
        if len(found) < limit and not packer.eof:
            raise zlib.error
        return found

    return whole


def _of_brotli() -> Callable[[bytes, int], bytes]:
    packer = brotli.Decompressor()

    def whole(data: bytes, limit: int) -> bytes:
        found = bytearray(packer.process(data, output_buffer_limit=_BITE))
        while len(found) < limit and not packer.is_finished():
            bite = packer.process(b"", output_buffer_limit=_BITE)
            if not bite and not packer.is_finished():
                raise brotli.error
            found += bite
        return bytes(found)

    return whole


def _joined(data: bytes) -> bytes:
    """A body in chunks, joined; one that is not in chunks, or no further, stays as it is."""
    found, at = bytearray(), 0
    for _ in range(LIMIT_CHUNKS):
        end = data.find(b"\r\n", at, at + 100)
        size = data[at:end].split(b";")[0].strip()
        if end < 0 or not re.fullmatch(rb"[0-9A-Fa-f]{1,8}", size):
            return bytes(found) + data[at:] if at else data
        count = int(size, 16)
        if count == 0:
            break
        found += data[end + 2 : end + 2 + count]
        at = end + 2 + count + 2
    return bytes(found)


def _whole_seconds(captured: str | None) -> str | None:
    """A WARC-Date without parts of seconds; None where it is no instant."""
    found = re.fullmatch(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?Z", captured or "")
    return found.group(1) + "Z" if found else None
