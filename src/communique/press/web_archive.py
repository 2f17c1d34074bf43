"""The public site as a web archive: what the server answers at each public address, one WARC record an address.

    written = write_web_archive(site, build, "https://embassy.example/", file, at)

Asked is the site's own server (`server.py`), without a network and without compression, so status, headers and bytes
are those that a reader gets: pages 200, moved addresses 301, taken ones 410 with the page that says so. The site comes
first, then the record, then old addresses. `WARC-Date` is `at`, the instant of the archive.
The ids of records are made from address and instant, so that the same site archived at the same instant gives the same
bytes. One answer at a time is in memory; a file too large for that is read from disk in pieces.

Source: ISO 28500, WARC 1.1, as `warcio` writes it; each record is a gzip member of its own.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from communique.press.moved import read_table
from communique.press.program import program
from communique.press.reply import Reply, Request
from communique.press.server import Site, is_404

INDEX = "index.html"
COMPRESSED = ".br"
RECORD = "record"
RULES = "redirects"
WARC_VERSION = "1.1"

Address = tuple[str, str]
"""a path below the root, decoded, and a query"""


def public_addresses(public: Path, build: Path) -> Iterator[Address]:
    """Every address that answers: those of the build's files, of the record's, and old ones that have no file."""
    for folder, below in ((build, ""), (public / RECORD, f"{RECORD}/")):
        for path in _files_in(folder):
            if not is_404(path):
                yield f"{below}{path.removesuffix(INDEX) if _is_page(path) else path}", ""
    old = {key for table in (build / RULES).glob("*.tsv") for key in read_table(str(table))}
    for key in sorted(old):
        path, _, query = key.partition("?")
        if query or not (build / path / INDEX).is_file():
            yield path, query


def write_web_archive(
    public: Path, build: Path, base: str, out: BinaryIO, at: datetime, told: Callable[[int], None] = lambda _count: None
) -> int:
    """Write the archive of a baked site; returns how many addresses answer in it.

    `public` is the folder that the server is given and `build` the live build in it; `base` the site's address with a
    slash at its end; `told` hears after each answer how many there are. Raises OSError.
    """
    writer = WARCWriter(out, gzip=True, warc_version=WARC_VERSION)
    on = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    writer.write_record(_about(writer, base, on))
    site = Site(str(public), at.timestamp, lambda: 0.0)
    count = 0
    with asyncio.Runner() as runner:
        for path, query in public_addresses(public, build):
            reply = runner.run(site.answer(Request("GET", f"/{path}", query, _no_header)))
            address = base + quote(path) + (f"?{query}" if query else "")
            _write_answer(writer, address, reply, on)
            count += 1
            told(count)
    return count


def _no_header(_name: str) -> None:
    return None


def _write_answer(writer: WARCWriter, address: str, reply: Reply, on: str) -> None:
    headers = [(_title(name), value) for name, value in reply.headers if name != "content-length"]
    length = os.path.getsize(reply.file) if reply.file else len(reply.body)
    status = f"{reply.status} {HTTPStatus(reply.status).phrase}"
    http = StatusAndHeaders(status, [*headers, ("Content-Length", str(length))], protocol="HTTP/1.1")
    with open(reply.file, "rb") if reply.file else BytesIO(reply.body) as payload:
        writer.write_record(
            writer.create_warc_record(
                address,
                "response",
                payload=payload,
                length=length,
                http_headers=http,
                warc_headers_dict=_dated(address, on),
            )
        )


def _about(writer: WARCWriter, base: str, on: str) -> object:
    """The first record: what made this, and of which site."""
    facts = {"software": program(), "format": f"WARC File Format {WARC_VERSION}", "description": f"all of {base}"}
    text = "".join(f"{name}: {value}\r\n" for name, value in facts.items()).encode()
    dated = _dated(f"{base} warcinfo", on)
    return writer.create_warc_record("", "warcinfo", BytesIO(text), len(text), warc_headers_dict=dated)


def _dated(name: str, on: str) -> dict[str, str]:
    return {"WARC-Date": on, "WARC-Record-ID": f"<urn:uuid:{uuid5(NAMESPACE_URL, f'{name} {on}')}>"}


def _title(name: str) -> str:
    return "-".join(word.capitalize() for word in name.split("-"))


def _is_page(path: str) -> bool:
    return path == INDEX or path.endswith(f"/{INDEX}")


def _files_in(folder: Path) -> Iterator[str]:
    """Paths of the folder's files in order, links to other folders and compressed copies left out."""
    for place, folders, names in os.walk(folder):
        folders.sort()
        below = Path(place).relative_to(folder)
        yield from ((below / name).as_posix() for name in sorted(names) if not name.endswith(COMPRESSED))
