"""HTML of an official page, as lines: a line a block with its links, and without what is no text.

Left out are scripts, styles, forms, hidden elements, and what HTML itself calls navigation, aside or footer. Where a
page names its main part (`main`, one `article`), only that is read. A link's target is made whole by the page's own
base, its canonical address or the address it came from; without any of them it stays as written. Parsed by lxml without
network, entities or huge trees; deeper than 200 elements nothing is read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin

from lxml import etree, html

from communique.importing.errors import NotReadable

LIMIT_DEPTH = 200
LIMIT_ELEMENTS = 200_000

_MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_\-]{2,40})""", re.I)
_NO_TEXT = "script|style|noscript|template|head|form|button|select|svg|iframe|object|video|audio"
_BESIDES = "nav|aside|footer"
"""text that HTML itself calls no part of the main one"""
_BLOCKS = re.compile(
    "address|article|blockquote|body|caption|center|d[dlt]|details|div|fieldset|figcaption|figure|h[1-6]|header|hr|li|"
    "main|nav|aside|footer|ol|p|pre|section|summary|table|tbody|t[dhr]|thead|ul|br"
)
_ADDRESS = re.compile(r"https?://[^\s/]", re.I)
_WHOLE = re.compile(r"https?://[^\s/]|(?:mailto|tel):.", re.I)
_SPACES = re.compile(r"[ \t\r\n\f]+")


def is_markup(text: str) -> bool:
    """Whether a text is an HTML document rather than plain text."""
    return bool(_MARKUP.match(text[:10_000]))


def stated_charset(data: bytes) -> str | None:
    """The charset that a page's own head states."""
    found = _CHARSET.search(data[:4096])
    return found.group(1).decode("ascii") if found else None


@dataclass(frozen=True)
class Link:
    """Words from `start` to `end` of a text, in code points, that lead to an address."""

    start: int
    end: int
    target: str

    @property
    def is_whole(self) -> bool:
        """Whether the target leads somewhere from wherever it is read."""
        return bool(_WHOLE.match(self.target))


@dataclass(frozen=True)
class Block:
    """A line of a page: its text, the level of its heading or 0, its links."""

    text: str
    heading: int = 0
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Markup:
    """What was read of an HTML page: the language that it states, its blocks, an empty one between two.

    `besides` is the number of words that a reader sees on the page beside its main part, and that are not read.
    """

    language: str | None
    blocks: list[Block]
    besides: int


def read_markup(text: str, name: str, address: str | None = None) -> Markup:
    """The words of a page's main part; raises NotReadable."""
    if re.search(r"<body\b", text, re.I) and not re.search(r"</(?:body|html)\s*>", text, re.I):
        raise NotReadable(name, "HTML that breaks off before </body>", "save the whole page")
    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", text), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as fault:
        raise NotReadable(name, f"HTML that cannot be parsed ({fault})", "save the page again") from None
    language = (root.get("lang") or "").strip().lower() or None
    base = _base_of(root, address)
    blocks = _blocks(_main_part(root), base, f"{_NO_TEXT}|{_BESIDES}")
    return Markup(language, blocks, max(0, _words_in(_blocks(_body(root), base, _NO_TEXT)) - _words_in(blocks)))


def _blocks(part: html.HtmlElement, base: str | None, left_out: str) -> list[Block]:
    writer = _Writer(base, re.compile(left_out))
    writer.write(part, 0)
    writer.end_line()
    return writer.lines


def _words_in(blocks: list[Block]) -> int:
    return sum(len(block.text.split()) for block in blocks)


def _body(root: html.HtmlElement) -> html.HtmlElement:
    body = root.find("body")
    return root if body is None else body


def _main_part(root: html.HtmlElement) -> html.HtmlElement:
    for path in ("//main", "//*[@role='main']", "//article"):
        found = root.xpath(path)
        if len(found) == 1 and len(found[0].text_content().split()) > 50:
            return found[0]
    return _body(root)


def _base_of(root: html.HtmlElement, address: str | None) -> str | None:
    """The address from which a page's links are meant."""
    stated = [*root.xpath("//base/@href"), *root.xpath("//link[@rel='canonical']/@href")]
    whole = (urljoin(address or "", str(found).strip()) for found in stated)
    return next((found for found in whole if _ADDRESS.match(found)), address)


class _Writer:
    """Collects the words of a tree into lines."""

    def __init__(self, base: str | None, left_out: re.Pattern[str]) -> None:
        self.lines: list[Block] = []
        self._base = base
        self._left_out = left_out
        self._words: list[str] = []
        self._length = 0
        self._links: list[Link] = []
        self._heading = 0
        self._elements = 0

    def write(self, element: html.HtmlElement, depth: int) -> None:
        self._elements += 1
        if depth > LIMIT_DEPTH or self._elements > LIMIT_ELEMENTS or not isinstance(element.tag, str):
            return
        if self._left_out.fullmatch(element.tag) or _hidden(element):
            return
        block = bool(_BLOCKS.fullmatch(element.tag))
        if block:
            self.end_line()
        outer, self._heading = self._heading, _level(element.tag) or self._heading
        first, start, lines = len(self._words), self._length, len(self.lines)
        self._say(element.text)
        for child in element:
            self.write(child, depth + 1)
            self._say(child.tail)
        if element.tag == "a" and lines == len(self.lines):
            self._lead("".join(self._words[first:]), start, element.get("href"))
        if block:
            self.end_line()
        self._heading = outer

    def end_line(self) -> None:
        text = "".join(self._words).rstrip(" ")
        if text:
            self.lines += [Block(text, self._heading, tuple(self._links)), Block("")]
        self._words, self._length, self._links = [], 0, []

    def _say(self, words: str | None) -> None:
        said = _SPACES.sub(" ", words or "")
        if not self._words or self._words[-1].endswith(" "):
            said = said.lstrip(" ")
        if said:
            self._words.append(said)
            self._length += len(said)

    def _lead(self, words: str, start: int, written: str | None) -> None:
        """Note that words are a link; a place on the same page and a script are no address."""
        target = _target(written or "", self._base)
        start += len(words) - len(words.lstrip(" "))
        end = start + len(words.strip(" "))
        if target and start < end:
            self._links.append(Link(start, end, target))


def _target(written: str, base: str | None) -> str | None:
    target = re.sub(r"[\t\r\n]", "", written.strip()).replace(" ", "%20")
    if not target or target.startswith("#") or re.match(r"(?:javascript|data|about|blob):", target, re.I):
        return None
    try:
        return urljoin(base, target) if base else target
    except ValueError:
        return target


def _level(tag: str) -> int:
    return int(tag[1]) if re.fullmatch("h[1-6]", tag) else 0


def _hidden(element: html.HtmlElement) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or element.get("aria-hidden") == "true" or "display:none" in style
