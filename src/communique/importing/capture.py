r"""A capture: one page as it was found, as numbered lines of text.

Bytes are UTF-8, or in the charset that the page or its server states. For HTML that states none
`charset-normalizer` finds one; plain text that is not UTF-8 is refused, because a wrong guess would go on the record
as what was said. HTML becomes lines by its blocks (`markup.py`). A line is in Unicode NFC without control characters,
override marks or blanks at its end; its number is that of the source. Blanks inside a line are kept: a run of them
divides sentences.

    >>> capture(b"3 May 2026\r\n\r\nLisbon: 08:42", name="page.txt").lines[2]
    Line(number=3, text='Lisbon: 08:42', heading=0)

Refused, with the line where it is: nothing at all, more than 20 MB, a line of more than 1 MB, bytes that are not text.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field

from charset_normalizer import from_bytes

from communique.edition.text import canonical_text
from communique.importing.errors import NotReadable
from communique.importing.markup import Block, Link, is_markup, read_markup, stated_charset

LIMIT_BYTES = 20_000_000
LIMIT_LINE_BYTES = 1_000_000
LIMIT_LINES = 50_000
LIMIT_LINKED = 5_000_000
"""links of a line times its signs: the time that it takes to find their places anew"""
SAMPLE_BYTES = 200_000

_NEW_LINE = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_FOR_READERS = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252", "utf8": "utf-8"}
"""what browsers read under these names (WHATWG Encoding Standard)"""


@dataclass(frozen=True)
class Line:
    """One line of a capture. `heading` is the level of an HTML heading, else 0; `links` lead from words of `text`."""

    number: int
    text: str
    heading: int = 0
    links: tuple[Link, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Capture:
    """A page as found. `captured` is an archive's instant, None where only the page itself can tell.

    `besides` counts the words of an HTML page that stand beside its main part and were not read.
    """

    name: str
    address: str | None
    sha256: str
    charset: str
    language: str | None
    captured: str | None
    lines: tuple[Line, ...]
    besides: int = 0

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


def capture(
    data: bytes,
    *,
    name: str,
    address: str | None = None,
    captured: str | None = None,
    charset: str | None = None,
) -> Capture:
    """The lines of a page; raises NotReadable. `charset` is what a server said of it, if it did."""
    _check_size(data, name)
    text, charset = _decoded(data, name, charset)
    language = None
    if is_markup(text):
        markup = read_markup(text, name, address)
        language, found, besides = markup.language, markup.blocks, markup.besides
    else:
        found, besides = [Block(line) for line in _NEW_LINE.split(text)], 0
    lines = tuple(_line(number, block, name) for number, block in enumerate(found, 1))
    if not any(line.text for line in lines):
        raise NotReadable(name, "no word in it", "save the page again, with its text")
    digest = hashlib.sha256(data).hexdigest()
    return Capture(name, address, digest, charset, language, captured, lines, besides)


def _check_size(data: bytes, name: str) -> None:
    if not data.strip():
        raise NotReadable(name, "the file is empty", "save the page again")
    if len(data) > LIMIT_BYTES:
        raise NotReadable(
            name, f"more than the {LIMIT_BYTES:,} bytes that a page may have", "give one saved page a file"
        )
    for number, line in enumerate(data.splitlines(), 1):
        if len(line) > LIMIT_LINE_BYTES:
            what = f"the line has {len(line):,} bytes, more than {LIMIT_LINE_BYTES:,}"
            raise NotReadable(f"{name}, line {number}", what, "save the page as text with its line breaks, or as HTML")
        if number > LIMIT_LINES:
            raise NotReadable(name, f"more than {LIMIT_LINES:,} lines", "give one saved page a file")


def _decoded(data: bytes, name: str, charset: str | None) -> tuple[str, str]:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding, name)
    if b"\0" in data:
        raise _no_text(data, name, data.index(b"\0"), "text in any charset")
    if (text := _attempt(data, "utf-8")) is not None:
        return text, "utf-8"
    stated = charset or stated_charset(data)
    if stated:
        return _strictly(data, _FOR_READERS.get(stated.lower(), stated.lower()), name)
    if is_markup(data[:SAMPLE_BYTES].decode("latin-1")):
        best = from_bytes(data[:SAMPLE_BYTES]).best()
        if best and (text := _attempt(data, best.encoding)) is not None:
            return text, best.encoding.replace("_", "-")
    raise _no_text(data, name, _first_fault(data), "UTF-8")


def _strictly(data: bytes, encoding: str, name: str) -> tuple[str, str]:
    """The text in a charset that is stated; raises NotReadable where the bytes are not in it."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as fault:
        raise _no_text(data, name, fault.start, f"in {encoding}, which the page says it is") from None
    except LookupError:
        raise NotReadable(name, f"the charset {encoding!r} is not known", "save the page as UTF-8") from None
    return text, encoding


def _attempt(data: bytes, encoding: str) -> str | None:
    """The text, None when the bytes are not in this charset or hold control characters that no page has."""
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    strange = sum(1 for c in text if c < " " and c not in "\t\n\r\f\v\x1a")
    return text if strange * 1000 <= len(text) else None


def _first_fault(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as fault:
        return fault.start
    return 0


def _no_text(data: bytes, name: str, position: int, expected: str) -> NotReadable:
    line = data.count(b"\n", 0, position) + 1
    what = f"byte {position:,} (hex {data[position]:02x}) is not {expected}"
    return NotReadable(f"{name}, line {line}", what, "save the page as UTF-8 text or HTML")


def _line(number: int, block: Block, name: str) -> Line:
    text, links = _clean(block.text), block.links
    if links and text != block.text:
        if len(links) * len(text) > LIMIT_LINKED:
            where = f"{name}, line {number}"
            raise NotReadable(where, f"{len(links):,} links in one line", "save the page as text with its line breaks")
        links = tuple(Link(_place(block.text, x.start), _place(block.text, x.end), x.target) for x in links)
    return Line(number, text, block.heading, tuple(x for x in links if x.start < x.end))


def _place(raw: str, place: int) -> int:
    """Where a place of the raw line is in the clean one; the sign keeps the blanks before it."""
    return len(_clean(raw[:place] + "|")) - 1


def _clean(raw: str) -> str:
    return canonical_text(raw.replace("\t", "    ").replace("\u00ad", "").replace("\u200b", "")).replace("\n", " ")
