"""Documents that a web archive holds beside its pages are read, or refused in a sentence each; none is passed over."""

from __future__ import annotations

import io

import pytest
from docx import Document

from communique.importing.errors import ImportingError
from communique.importing.page import read_page
from communique.importing.raw import Raw
from communique.importing.web_archive import pages_of_archive
from importing.documents import open_file, packed, saved
from importing.pdfs import Type, pdf
from importing.test_broken_off import NOISE, PAGE, archived

TITLE = "The lamps of the northern pier"
SAID = "We shall mend the lamp before the winter, and we shall tell everybody when it burns again."
PDF = pdf([Type(72, 760, TITLE, 18, bold=True), Type(72, 720, "3 March 2026"), Type(72, 680, SAID)])
OPEN = open_file(f"<text:h text:outline-level='1'>{TITLE}</text:h><text:p>3 March 2026</text:p><text:p>{SAID}</text:p>")
RICH = rf"{{\rtf1\ansi {{\fs40 {TITLE}}}\par 3 March 2026\par {SAID}\par}}".encode()
MARK = f"# {TITLE}\n\n3 March 2026\n\n{SAID}\n".encode()
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _word() -> bytes:
    document = Document()
    document.add_heading(TITLE, 0)
    for words in ("3 March 2026", SAID):
        document.add_paragraph(words)
    return saved(document)


WORD = _word()
AS_FILE = {"Content-Type": "application/octet-stream"}


def found_in(address: str, body: bytes, headers: dict[str, str]) -> list[Raw | ImportingError]:
    page = ("https://h.example/1", PAGE, {"Content-Type": "text/html"})
    data = archived(page, (f"https://h.example/{address}", body, headers), packed=True)
    first, *others = pages_of_archive("a.warc.gz", io.BytesIO(data))
    assert isinstance(first, Raw)
    return others


@pytest.mark.parametrize(
    ("address", "body", "headers"),
    [
        ("a.docx", WORD, {"Content-Type": WORD_TYPE}),
        ("get?id=3", WORD, {"Content-Type": WORD_TYPE}),
        ("a.docx", WORD, {"Content-Type": "application/zip"}),
        ("a.odt?v=2", OPEN, AS_FILE),
        ("get?id=3", OPEN, {**AS_FILE, "Content-Disposition": 'attachment; filename="lamps.odt"'}),
        ("a.pdf", PDF, {"Content-Type": "application/pdf"}),
        ("get?id=4", PDF, AS_FILE),
        ("a.rtf", RICH, {"Content-Type": "application/rtf"}),
        ("get", RICH, AS_FILE),
        ("a.md", MARK, {"Content-Type": "text/markdown; charset=utf-8"}),
        ("get", MARK, {"Content-Type": "text/markdown"}),
        ("a.md", MARK, {}),
    ],
)
def test_a_document_of_an_archive_is_read(address: str, body: bytes, headers: dict[str, str]) -> None:
    (raw,) = found_in(address, body, headers)
    assert isinstance(raw, Raw)
    found = read_page(raw.capture())
    assert (found.heading.title, str(found.published), found.body) == (TITLE, "2026-03-03", (SAID,))
    assert found.capture.address == f"https://h.example/{address}"


@pytest.mark.parametrize(
    ("address", "body", "media", "what"),
    [
        ("a.pdf", pdf([]), "application/pdf", "its pages are pictures"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "application/msword", "older Office"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "application/vnd.ms-excel", "older Office"),
        ("a.pages", b"PK", "application/octet-stream", "a program that is not read here"),
        ("a.pdf", NOISE, "application/pdf", "its beginning is missing"),
        ("a.docx", packed({"xl/workbook.xml": "<a/>", "_rels/.rels": "<a/>"}), WORD_TYPE, "no text in it"),
    ],
)
def test_a_document_that_cannot_be_read_says_why_and_where(address: str, body: bytes, media: str, what: str) -> None:
    (raw,) = found_in(address, body, {"Content-Type": media})
    assert isinstance(raw, Raw)
    with pytest.raises(ImportingError) as refused:
        raw.capture()
    assert what in str(refused.value)
    assert f"https://h.example/{address}" in refused.value.where


@pytest.mark.parametrize(
    ("address", "body", "media"),
    [
        ("a.png", NOISE, "image/png"),
        ("a.css", b"body { }", "text/css"),
        ("a.zip", NOISE, "application/zip"),
        ("a.woff", NOISE, "application/octet-stream"),
        ("a.eot", NOISE, "application/vnd.ms-fontobject"),
        ("a", NOISE, "application/octet-stream"),
    ],
)
def test_what_belongs_to_the_look_of_pages_is_passed_over(address: str, body: bytes, media: str) -> None:
    assert found_in(address, body, {"Content-Type": media}) == []
