"""Documents: what is no page of the web, read as one.

A Word file, an OpenDocument text, RTF, a PDF with its text, Markdown, a mail and subtitles each become a tree of HTML
elements, and are read from there on like any page. What a file is, its first bytes say, and its name where they do
not. What of a document is not taken (pictures, notes, struck-out words) is a doubt of its capture.

    >>> capture_of(open("answers.docx", "rb").read(), name="answers.docx").lines[0].text
    'Answers on the ferry'
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace

from lxml import etree, html

from communique.importing.capture import Capture, capture
from communique.importing.containers import Container, check_size, locked
from communique.importing.endings import FOREIGN, PACKED_PAGES
from communique.importing.errors import NotTaken
from communique.importing.feed_list import feed_tree
from communique.importing.leavings import Leavings
from communique.importing.mail_file import mail_tree
from communique.importing.markdown_file import markdown_tree
from communique.importing.open_document import open_document_tree
from communique.importing.pdf_file import pdf_tree
from communique.importing.rich_text import rich_text_tree
from communique.importing.sentence import Sentence
from communique.importing.subtitles import subtitles_tree
from communique.importing.word_file import word_tree

Reads = Callable[[str, bytes, Leavings], etree._Element]

_BY_ENDING: dict[str, Reads] = {
    "md": markdown_tree,
    "markdown": markdown_tree,
    "eml": mail_tree,
    "srt": subtitles_tree,
    "vtt": subtitles_tree,
    "feed": feed_tree,
}
_SAVE = Sentence("save it as .odt or .docx")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_NO_PAGE = (
    (b"\x89PNG", Sentence("a picture")),
    (b"\xff\xd8\xff", Sentence("a picture")),
    (b"GIF8", Sentence("a picture")),
    (b"RIFF", Sentence("a picture, film or sound")),
    (b"Rar!\x1a", Sentence("a packed archive")),
    (b"7z\xbc\xaf", Sentence("a packed archive")),
    (b"\x1f\x8b", Sentence("a packed archive")),
    (b"MZ\x90\0", Sentence("a program")),
    (b"\x7fELF", Sentence("a program")),
    (b"ID3", Sentence("a sound")),
    (b"OggS", Sentence("a sound")),
)


def capture_of(
    data: bytes,
    *,
    name: str,
    address: str | None = None,
    captured: str | None = None,
    charset: str | None = None,
    any_state: bool = False,
) -> Capture:
    """The lines of a page or document, as `capture` gives them; raises NotReadable or NotTaken."""
    reads = reader_for(name, data)
    if reads is None:
        return capture(data, name=name, address=address, captured=captured, charset=charset, any_state=any_state)
    check_size(name, data)
    left = Leavings()
    tree = reads(name, data, left)
    is_page = reads is mail_tree and tree.tag == "body"  # a mail made like a page has links and a foot like one
    found = capture(as_page(tree), name=name, address=address, captured=captured, any_state=any_state)
    digest = hashlib.sha256(data).hexdigest()
    return replace(
        found,
        sha256=digest,
        doubts=(*left.sentences, *found.doubts),
        is_document=not is_page,
        is_feed=reads is feed_tree,
    )


def reader_for(name: str, data: bytes) -> Reads | None:
    """What makes a tree of a document, None for a page of the web and plain text; raises NotTaken for no text."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if data.startswith(_OLD_OFFICE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise locked(name)
        remedy = Sentence("open it in Word and save it as .docx")
        raise NotTaken(name, Sentence("it is a file of an older Office (.doc), whatever its name says"), remedy)
    if data.startswith(_ZIP):
        return _office_tree
    if head.startswith(b"{\\rtf"):
        return rich_text_tree
    if head.startswith(b"%PDF-"):
        return pdf_tree
    if name.lower().endswith(PACKED_PAGES) or head.startswith(b"From: <Saved by "):
        what = Sentence("it is a page as one browser packs it (.mht)")
        raise NotTaken(name, what, Sentence("open it in that browser and save it as HTML"))
    if name.lower().endswith(FOREIGN):
        raise NotTaken(name, Sentence("it is a document of a program that is not read here"), _SAVE)
    for beginning, sort in _NO_PAGE:
        if data.startswith(beginning):
            what = Sentence("it is {sort}, and no text", sort=sort)
            raise NotTaken(name, what, Sentence("attach it to its message as a file"))
    ending = re.search(r"\.([a-z]{2,8})$", name.lower())
    found = _BY_ENDING.get(ending[1] if ending else "")
    if ending and ending[1] in ("docx", "odt", "rtf", "pdf") and found is None:
        what = Sentence("the file is damaged: {what}", what=Sentence("its beginning is missing"))
        raise NotTaken(name, what, Sentence("open it and save it as {ending}", ending=f".{ending[1]}"))
    return found


def as_page(tree: etree._Element) -> bytes:
    """A tree as the bytes of a whole page, with what its title and language are, where it says them."""
    tree.tag = "body"
    page = etree.Element("html")
    page.append(tree)
    if language := tree.attrib.pop("lang", None):
        page.set("lang", language)
    return b"<!doctype html>\n" + html.tostring(page, encoding="utf-8")


def _office_tree(name: str, data: bytes, left: Leavings) -> etree._Element:
    container = Container(name, data)
    if "content.xml" in container:
        return open_document_tree(container, left)
    if "word/document.xml" in container or "_rels/.rels" in container:
        return word_tree(container, left)
    raise NotTaken(name, Sentence("no text in it: it is not a text document"), _SAVE)
