"""HTML of an official page, as lines: a line a block, and without what is no text.

Left out are scripts, styles, forms, hidden elements, and what HTML itself calls navigation, aside or footer. Where a
page names its main part (`main`, one `article`), only that is read. Parsed by lxml without network, entities or huge
trees; deeper than 200 elements nothing is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

from communique.importing.errors import NotReadable

LIMIT_DEPTH = 200
LIMIT_ELEMENTS = 200_000

_MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_\-]{2,40})""", re.I)
_LEFT_OUT = re.compile(
    "script|style|noscript|template|head|nav|aside|footer|form|button|select|svg|iframe|object|video|audio"
)
_BLOCKS = re.compile(
    "address|article|blockquote|body|caption|center|d[dlt]|details|div|fieldset|figcaption|figure|h[1-6]|header|hr|li|"
    "main|ol|p|pre|section|summary|table|tbody|t[dhr]|thead|ul|br"
)
_SPACES = re.compile(r"[ \t\r\n\f]+")


def is_markup(text: str) -> bool:
    """Whether a text is an HTML document rather than plain text."""
    return bool(_MARKUP.match(text[:10_000]))


def stated_charset(data: bytes) -> str | None:
    """The charset that a page's own head states."""
    found = _CHARSET.search(data[:4096])
    return found.group(1).decode("ascii") if found else None


def markup_lines(text: str, name: str) -> tuple[str | None, list[tuple[str, int]]]:
    """The language that a page states, and (text, heading level) of each of its blocks; raises NotReadable."""
    if re.search(r"<body\b", text, re.I) and not re.search(r"</(?:body|html)\s*>", text, re.I):
        raise NotReadable(name, "HTML that breaks off before </body>", "save the whole page")
    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", text), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as fault:
        raise NotReadable(name, f"HTML that cannot be parsed ({fault})", "save the page again") from None
    language = (root.get("lang") or "").strip().lower() or None
    writer = _Writer()
    writer.write(_main_part(root), 0)
    writer.end_line()
    return language, writer.lines


def _main_part(root: html.HtmlElement) -> html.HtmlElement:
    for path in ("//main", "//*[@role='main']", "//article"):
        found = root.xpath(path)
        if len(found) == 1 and len(found[0].text_content().split()) > 50:
            return found[0]
    body = root.find("body")
    return root if body is None else body


class _Writer:
    """Collects the words of a tree into lines."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, int]] = []
        self._words: list[str] = []
        self._heading = 0
        self._elements = 0

    def write(self, element: html.HtmlElement, depth: int) -> None:
        self._elements += 1
        if depth > LIMIT_DEPTH or self._elements > LIMIT_ELEMENTS or not isinstance(element.tag, str):
            return
        if _LEFT_OUT.fullmatch(element.tag) or _hidden(element):
            return
        block = bool(_BLOCKS.fullmatch(element.tag))
        if block:
            self.end_line()
        outer, self._heading = self._heading, _level(element.tag) or self._heading
        for words in _children(element, self, depth):
            self._words.append(words)
        if block:
            self.end_line()
        self._heading = outer

    def end_line(self) -> None:
        text = _SPACES.sub(" ", "".join(self._words)).strip()
        self._words.clear()
        if text:
            self.lines.append((text, self._heading))
            self.lines.append(("", 0))


def _children(element: html.HtmlElement, writer: _Writer, depth: int) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        writer.write(child, depth + 1)
        yield child.tail or ""


def _level(tag: str) -> int:
    return int(tag[1]) if re.fullmatch("h[1-6]", tag) else 0


def _hidden(element: html.HtmlElement) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or element.get("aria-hidden") == "true" or "display:none" in style
