"""Zips: the pages, documents and web archives in one, each by itself. A WACZ is one with web archives.

Each member is looked at before it is unpacked, unpacked bite by bite, and no further than it states or a page may be.
Refused, each by itself: a member with a password, one that unpacks to two hundred times its size, one whose name leads
out of the zip (`..`, `/`), a link, another zip. Nothing is written anywhere.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

from communique.importing.capture import LIMIT_BYTES
from communique.importing.endings import (
    ARCHIVES,
    FEEDS,
    HEAD_BYTES,
    NOT_READ,
    PAGE_ENDINGS,
    begins_like_a_page,
    is_of_looks,
)
from communique.importing.errors import ImportingError, NotReadable
from communique.importing.raw import Raw, safe
from communique.importing.sentence import Sentence
from communique.importing.sitemap import Leads

LIMIT_MEMBERS = 200_000
LIMIT_RATIO = 200
LIMIT_UNPACKED_BYTES = 20_000_000_000

_RATIO_COUNTS_FROM = 1_000_000
_BITE = 65_536
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, KeyError, NotImplementedError)
_WANTED = (*PAGE_ENDINGS, *NOT_READ, *ARCHIVES, *FEEDS, ".zip")
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_UNPACK = Sentence("unpack it, look at what is in it, and give the folder")

Opened = Callable[[str, BinaryIO], Iterator[Raw | Leads | ImportingError]]


def pages_of_zip(name: str, file: BinaryIO, opened: Opened) -> Iterator[Raw | Leads | ImportingError]:
    """Each page of a zip; `opened` finds those of the containers in it. Raises NotReadable."""
    try:
        whole = zipfile.ZipFile(file)
        members = sorted(whole.infolist(), key=lambda member: member.filename)
    except _FAULTS:
        what = Sentence("the file is damaged: {what}", what=Sentence("the end of the file is missing or damaged"))
        raise NotReadable(name, what, Sentence("pack it again")) from None
    if len(members) > LIMIT_MEMBERS:
        what = Sentence("it holds {parts} parts, more than {limit}", parts=len(members), limit=LIMIT_MEMBERS)
        raise NotReadable(name, what, Sentence("pack it in parts"))
    if (size := sum(member.file_size for member in members)) > LIMIT_UNPACKED_BYTES:
        what = Sentence("unpacked it has {size} bytes, more than {limit}", size=size, limit=LIMIT_UNPACKED_BYTES)
        raise NotReadable(name, what, Sentence("pack it in parts"))
    found = 0
    seen: set[str] = set()
    for member in members:
        if member.is_dir() or _is_hidden(member) or is_of_looks(member.filename):
            continue
        named = member.filename.lower().endswith(_WANTED)
        where = f"{name}, {_shown(member.filename)}"
        try:
            if named:
                _check(where, member, seen)
            elif not _is_page_of_another_name(whole, member, where, seen):
                continue
            found += 1
            yield from _pages_of(where, whole, member, opened)
        except ImportingError as error:
            yield error
    if not found:
        endings = ", ".join((*PAGE_ENDINGS, *ARCHIVES))
        remedy = Sentence("a page's file ends in {endings}", endings=endings)
        raise NotReadable(name, Sentence("no page in this zip"), remedy)


def _is_hidden(member: zipfile.ZipInfo) -> bool:
    return any(part.startswith(".") and part != ".." for part in PurePosixPath(member.filename).parts)


def _is_page_of_another_name(whole: zipfile.ZipFile, member: zipfile.ZipInfo, where: str, seen: set[str]) -> bool:
    """Whether a member whose name says nothing begins like a page."""
    try:
        _check(where, member, seen)
        with whole.open(member) as stream:
            return begins_like_a_page(stream.read(HEAD_BYTES))
    except (ImportingError, *_FAULTS):
        return False


def _check(where: str, member: zipfile.ZipInfo, seen: set[str]) -> None:
    """Refuse a member by what is said of it; raises NotReadable."""
    name = member.filename
    what = None
    if name in seen:
        what = Sentence("one of its parts is there twice")
    elif name.startswith("/") or "\\" in name or ".." in PurePosixPath(name).parts or name[1:2] == ":":
        what = Sentence("its name leads out of the zip")
    elif stat.S_ISLNK(member.external_attr >> 16):
        what = Sentence("it is a link to another file, and no page")
    elif member.flag_bits & 0x1:
        what = Sentence("the file is locked with a password")
    elif member.compress_type not in _PACKED:
        what = Sentence("it is packed in a way that is not read here")
    elif name.lower().endswith(".zip"):
        what = Sentence("it is a zip inside a zip")
    elif member.file_size > _RATIO_COUNTS_FROM and member.file_size > LIMIT_RATIO * max(member.compress_size, 1):
        what = Sentence(
            "it unpacks to {size} bytes from {packed}, which no text does",
            size=member.file_size,
            packed=member.compress_size,
        )
    seen.add(name)
    if what is not None:
        raise NotReadable(where, what, _UNPACK)


def _pages_of(
    where: str, whole: zipfile.ZipFile, member: zipfile.ZipInfo, opened: Opened
) -> Iterator[Raw | Leads | ImportingError]:
    name = member.filename.lower()
    try:
        with whole.open(member) as stream:
            if name.endswith(ARCHIVES):
                yield from opened(where, stream)  # type: ignore[arg-type]
                return
            data = bytearray()
            while len(data) <= LIMIT_BYTES and (bite := stream.read(_BITE)):
                data += bite
    except _FAULTS as fault:
        if isinstance(fault, ImportingError):
            raise
        what = Sentence("the file is damaged: {what}", what=Sentence("it cannot be unpacked"))
        raise NotReadable(where, what, Sentence("pack it again")) from None
    if len(data) > LIMIT_BYTES:
        what = Sentence("more than the {limit} bytes that a page may have", limit=LIMIT_BYTES)
        raise NotReadable(where, what, Sentence("give one saved page a file"))
    if name.endswith(FEEDS):
        yield from opened(where, io.BytesIO(bytes(data)))
    else:
        yield Raw(safe(PurePosixPath(member.filename).stem), where, bytes(data))


def _shown(path: str) -> str:
    """A member's name as it may stand in a sentence."""
    return "".join(c if c.isprintable() else "?" for c in path[:80])
