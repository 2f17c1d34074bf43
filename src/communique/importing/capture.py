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
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from charset_normalizer import from_bytes

from communique.edition.text import canonical_text
from communique.importing.errors import NotReadable
from communique.importing.foreign import Foreign
from communique.importing.markup import Block, Element, Link, Markup, breaks_off, is_markup, read_markup, stated_charset
from communique.importing.sentence import Sentence, line_of

LIMIT_BYTES = 20_000_000
LIMIT_LINE_BYTES = 1_000_000
LIMIT_LINES = 50_000
LIMIT_LINKED = 5_000_000
"""links of a line times its signs: the time that it takes to find their places anew"""
SAMPLE_BYTES = 200_000
_MOST_LOST = 200
"""one sign in so many may be lost before a text is taken for another charset"""

_NEW_LINE = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_MOST_JOINTS = 40
_STRANGE = re.compile("[\x01-\x08\x0e-\x19\x1b-\x1f]")
_STRANGE_BYTES = bytes(n for n in range(128) if _STRANGE.match(chr(n)))
_CONTROLS = re.compile("[\x80-\x84\x86-\x9f]+")
"""what is left of a sign whose bytes were read in another charset: it divides words"""
FOR_READERS = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252", "utf8": "utf-8"}
"""what browsers read under these names (WHATWG Encoding Standard)"""


@dataclass(frozen=True, init=False)
class Line:
    """One line of a capture. `heading` is the level of an HTML heading, else 0; `links` lead from words of `text`.

    Of HTML: `element` around it, signs `linked`, whether it is `strong` all through, the line of the file (`source`),
    where elements in the line stand side by side (`joints`), and which words are in another language (`foreign`)
    or a day for machines, too (`times`).
    """

    number: int
    text: str
    heading: int = 0
    links: tuple[Link, ...] = field(default=(), repr=False)
    element: int = field(default=0, repr=False)
    linked: int = field(default=0, repr=False)
    strong: bool = field(default=False, repr=False)
    source: int = field(default=0, repr=False)
    joints: tuple[int, ...] = field(default=(), repr=False)
    foreign: tuple[Foreign, ...] = field(default=(), repr=False)
    times: tuple[tuple[int, int, str], ...] = field(default=(), repr=False)
    lead: int = field(default=0, repr=False)
    slanted: bool = field(default=False, repr=False)

    def __init__(
        self,
        number: int,
        text: str,
        heading: int = 0,
        links: tuple[Link, ...] = (),
        element: int = 0,
        linked: int = 0,
        strong: bool = False,
        source: int = 0,
        joints: tuple[int, ...] = (),
        foreign: tuple[Foreign, ...] = (),
        times: tuple[tuple[int, int, str], ...] = (),
        lead: int = 0,
        slanted: bool = False,
    ) -> None:
        # all at once: what a frozen dataclass does by itself, field by field, takes three times as long
        self.__dict__.update(
            number=number,
            text=text,
            heading=heading,
            links=links,
            element=element,
            linked=linked,
            strong=strong,
            source=source,
            joints=joints,
            foreign=foreign,
            times=times,
            lead=lead,
            slanted=slanted,
        )


@dataclass(frozen=True)
class Capture:
    """A page as found. `captured` is an archive's instant, None where only the page itself can tell.

    `besides` counts the words of an HTML page that HTML itself puts beside its main part, and that were not read;
    `beside` are these words. `is_document` says that it was a file of its own and no page of a site: nothing stands
    around its text; `is_feed` that it was a feed, of which each line is a message. `doubts` say what was mended to read
    it at all. `elements`, `titles`, `path`, `dates`, `current`, `canonical` and `alternates` are those of `Markup`.
    """

    name: str
    address: str | None
    sha256: str
    charset: str
    language: str | None
    captured: str | None
    lines: tuple[Line, ...]
    besides: int = 0
    doubts: tuple[Sentence, ...] = ()
    elements: Sequence[Element] = field(default=(), repr=False)
    titles: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    current: tuple[str, ...] = ()
    beside: tuple[str, ...] = field(default=(), repr=False)
    canonical: str | None = None
    alternates: tuple[tuple[str, str], ...] = ()
    is_document: bool = False
    is_feed: bool = False

    @property
    def is_markup(self) -> bool:
        return bool(self.elements)

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
    any_state: bool = False,
) -> Capture:
    """The lines of a page; raises NotReadable. `charset` is what a server said of it, if it did.

    In `any_state` half a page and bytes of no stated charset are read as well as may be, and `doubts` say so.
    """
    _check_size(data, name)
    doubts: list[Sentence] = []
    text, charset = _decoded(data, name, charset, doubts if any_state else None)
    markup = _markup(text, name, address, doubts if any_state else None) if is_markup(text) else None
    found = markup.blocks if markup else [Block(line) for line in _NEW_LINE.split(text)]
    lines = tuple([_line(number, block, name) for number, block in enumerate(found, 1)])
    if not any(line.text for line in lines):
        raise NotReadable(name, Sentence("no word in it"), Sentence("save the page again, with its text"))
    digest = hashlib.sha256(data).hexdigest()
    if markup is None:
        return Capture(name, address, digest, charset, None, captured, lines, 0, tuple(doubts))
    told = (tuple(markup.elements), markup.titles, markup.path, markup.dates, markup.current, markup.beside)
    elsewhere = (markup.canonical, markup.alternates)
    return Capture(
        name,
        address,
        digest,
        charset,
        markup.language,
        captured,
        lines,
        markup.besides,
        tuple(doubts),
        *told,
        *elsewhere,
    )


def _markup(text: str, name: str, address: str | None, doubts: list[Sentence] | None) -> Markup:
    if breaks_off(text):
        if doubts is None:
            raise NotReadable(name, Sentence("HTML that breaks off before </body>"), Sentence("save the whole page"))
        doubts.append(Sentence("HTML that breaks off before </body>"))
    return read_markup(text, name, address)


def _check_size(data: bytes, name: str) -> None:
    if not data.strip():
        raise NotReadable(name, Sentence("the file is empty"), Sentence("save the page again"))
    if len(data) > LIMIT_BYTES:
        what = Sentence("more than the {limit} bytes that a page may have", limit=LIMIT_BYTES)
        raise NotReadable(name, what, Sentence("give one saved page a file"))
    if len(data) <= LIMIT_LINE_BYTES and data.count(b"\n") + data.count(b"\r") < LIMIT_LINES:
        return
    for number, line in enumerate(data.splitlines(), 1):
        if len(line) > LIMIT_LINE_BYTES:
            what = Sentence("the line has {size} bytes, more than {limit}", size=len(line), limit=LIMIT_LINE_BYTES)
            remedy = Sentence("save the page as text with its line breaks, or as HTML")
            raise NotReadable(line_of(name, number), what, remedy)
        if number > LIMIT_LINES:
            what = Sentence("more than {limit} lines", limit=LIMIT_LINES)
            raise NotReadable(name, what, Sentence("give one saved page a file"))


def _decoded(data: bytes, name: str, charset: str | None, doubts: list[Sentence] | None) -> tuple[str, str]:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding, name)
    if b"\0" in data:
        raise _no_text(data, name, data.index(b"\0"), Sentence("text in any charset"))
    if (text := _attempt(data, "utf-8")) is not None:
        return text, "utf-8"
    try:
        return _told(data, name, charset)
    except NotReadable as refusal:
        if doubts is None:
            raise
        return _guessed(data, refusal, doubts)


def _told(data: bytes, name: str, charset: str | None) -> tuple[str, str]:
    """The text in the charset that server or page states, or, of HTML, in one that fits its words."""
    stated = charset or stated_charset(data)
    if stated:
        return _strictly(data, FOR_READERS.get(stated.lower(), stated.lower()), name)
    if is_markup(data[:SAMPLE_BYTES].decode("latin-1")):
        best = from_bytes(data[:SAMPLE_BYTES]).best()
        if best and (text := _attempt(data, best.encoding)) is not None:
            return text, best.encoding.replace("_", "-")
    raise _no_text(data, name, _first_fault(data), Sentence("UTF-8"))


def _guessed(data: bytes, refusal: NotReadable, doubts: list[Sentence]) -> tuple[str, str]:
    """The text as well as may be: mostly UTF-8 with single signs lost, or the charset that fits best."""
    if _strange_in(data) * 1000 > len(data):
        raise refusal
    doubts.append(refusal.what)
    mended = data.decode("utf-8", "replace")
    if mended.count("\ufffd") * _MOST_LOST <= len(mended):
        return mended, "utf-8"
    best = from_bytes(data[:SAMPLE_BYTES]).best()
    encoding = best.encoding if best else "cp1252"
    return data.decode(encoding, "replace"), encoding.replace("_", "-")


def _strictly(data: bytes, encoding: str, name: str) -> tuple[str, str]:
    """The text in a charset that is stated; raises NotReadable where the bytes are not in it."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as fault:
        what = Sentence("in {charset}, which the page says it is", charset=encoding)
        raise _no_text(data, name, fault.start, what) from None
    except LookupError:
        what = Sentence("the charset {charset} is not known", charset=repr(encoding))
        raise NotReadable(name, what, Sentence("save the page as UTF-8")) from None
    return text, encoding


def _attempt(data: bytes, encoding: str) -> str | None:
    """The text, None when the bytes are not in this charset or hold control characters that no page has."""
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    strange = _strange_in(data) if encoding == "utf-8" else len(_STRANGE.findall(text))
    return text if strange * 1000 <= len(text) else None


def _strange_in(data: bytes) -> int:
    """How many control characters that no page has stand in bytes of ASCII or its likes, UTF-8 among them."""
    return len(data) - len(data.translate(None, _STRANGE_BYTES))


def _first_fault(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as fault:
        return fault.start
    return 0


def _no_text(data: bytes, name: str, position: int, expected: Sentence) -> NotReadable:
    line = data.count(b"\n", 0, position) + 1
    byte = f"{data[position]:02x}"
    what = Sentence("byte {position} (hex {byte}) is not {expected}", position=position, byte=byte, expected=expected)
    return NotReadable(line_of(name, line), what, Sentence("save the page as UTF-8 text or HTML"))


def _line(number: int, block: Block, name: str) -> Line:
    if not block.text:
        return Line(number, "")
    text, links, foreign = _clean(block.text), block.links, block.foreign
    if (links or foreign) and text != block.text:
        if len(links + foreign) * len(text) > LIMIT_LINKED:
            what = Sentence("{links} links in one line", links=len(links))
            remedy = Sentence("save the page as text with its line breaks")
            raise NotReadable(line_of(name, number), what, remedy)
        links = tuple(Link(_place(block.text, x.start), _place(block.text, x.end), x.target) for x in links)
        foreign = tuple(Foreign(_place(block.text, x.start), _place(block.text, x.end), x.language) for x in foreign)
    kept = tuple([x for x in links if x.start < x.end]) if links else ()
    joints = block.joints if text == block.text else tuple(_place(block.text, n) for n in block.joints[:_MOST_JOINTS])
    times = block.times if text == block.text else ()
    lead = block.lead if text == block.text else _place(block.text, block.lead) if block.lead else 0
    of_html = (block.element, block.linked, block.strong, block.source, joints, foreign, times, lead, block.slanted)
    return Line(number, text, block.heading, kept, *of_html)


def _place(raw: str, place: int) -> int:
    """Where a place of the raw line is in the clean one; the sign keeps the blanks before it."""
    return len(_clean(raw[:place] + "|")) - 1


def _clean(raw: str) -> str:
    if raw.isascii() and raw.isprintable():
        return raw.rstrip()
    if raw.replace("\u00a0", " ").isprintable() and unicodedata.is_normalized("NFC", raw):
        return raw.rstrip()
    if not raw.isascii():
        raw = _CONTROLS.sub(" ", raw)
    return canonical_text(raw.replace("\t", "    ").replace("\u00ad", "").replace("\u200b", "")).replace("\n", " ")
