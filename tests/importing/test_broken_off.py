"""A web archive that was cut short says so, wherever the cut is, and a page without a stated type is a page."""

from __future__ import annotations

import gzip
import io

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from communique.importing.errors import ImportingError
from communique.importing.raw import Raw
from communique.importing.web_archive import pages_of_archive

PAGE = b"<!doctype html><html><body><h1>On the ferry</h1><p>It sails again on every morning.</p></body></html>"
NOISE = bytes(range(256)) * 40


def archived(*answers: tuple[str, bytes, dict[str, str]], packed: bool) -> bytes:
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=packed)
    for address, body, headers in answers:
        told = StatusAndHeaders("200 OK", list(headers.items()), protocol="HTTP/1.1")
        record = writer.create_warc_record(address, "response", payload=io.BytesIO(body), http_headers=told)
        writer.write_record(record)
    return file.getvalue()


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("sort", ["text/html", "image/png"])
def test_a_cut_is_said_once_in_whatever_record_it_is(packed: bool, sort: str) -> None:
    whole = archived(
        ("https://h.example/1", PAGE, {"Content-Type": "text/html"}),
        ("https://h.example/2", NOISE, {"Content-Type": sort}),
        packed=packed,
    )
    first = archived(("https://h.example/1", PAGE, {"Content-Type": "text/html"}), packed=packed)
    cut = whole[: (len(first) + len(whole)) // 2 if not packed else len(whole) - 40]
    page, *errors = list(pages_of_archive("a.warc", io.BytesIO(cut)))
    assert isinstance(page, Raw)
    assert len(errors) == 1
    assert "it breaks off" in str(errors[0])


@pytest.mark.parametrize(("body", "taken"), [(PAGE, True), (b"\n" + PAGE, True), (NOISE, False), (b"body { }", False)])
def test_without_a_stated_type_what_begins_like_a_page_is_one(body: bytes, taken: bool) -> None:
    page = ("https://h.example/1", PAGE, {"Content-Type": "text/html"})
    data = archived(page, ("https://h.example/2", body, {}), packed=False)
    found = [one.address for one in pages_of_archive("a.warc", io.BytesIO(data)) if isinstance(one, Raw)]
    assert found == ["https://h.example/1", "https://h.example/2"][: 1 + taken]


def test_an_archive_packed_as_one_is_refused_in_a_sentence() -> None:
    data = gzip.compress(archived(*[("https://h.example/1", PAGE, {"Content-Type": "text/html"})] * 3, packed=False))
    with pytest.raises(ImportingError, match="a broken web archive"):
        list(pages_of_archive("a.warc.gz", io.BytesIO(data)))
