"""HTML of an official page, as lines: a line a block with its links, and without what is no text.

Left out are scripts, styles, forms, hidden elements, and what HTML itself calls navigation, aside or footer (of a
page, not of an article). Each block keeps its place in the tree of elements (`Element`), how much of it is a link,
and whether it is an item of a list or strong all through: `regions.py` reads there what is the message and what
stands around it. A link's target is made whole by the page's own base, its canonical address or the address it came
from; without any of them it stays as written. Parsed by lxml without network, entities or huge trees; deeper than 200
elements nothing is read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import NamedTuple
from urllib.parse import urljoin

from lxml import etree

from communique.importing.elsewhere import alternates_of, canonical_of
from communique.importing.errors import NotReadable
from communique.importing.foreign import Foreign, tag_of
from communique.importing.names_of_parts import part_named, says_current
from communique.importing.sentence import Sentence

LIMIT_DEPTH = 200
LIMIT_ELEMENTS = 200_000

_MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_\-]{2,40})""", re.I)
_NO_TEXT = frozenset(("script", "style", "noscript", "template", "head", "button", "select", "svg", "iframe", "object"))
PLAYER = "audio"
"""has no words, but is an element of its own: what stands beside it is heard, not read"""
_NOT_READ = _NO_TEXT | {"video", PLAYER}
_NOT_SEEN = _NOT_READ | {"form"}
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_BESIDES = frozenset(("nav", "aside", "footer"))
"""text that HTML itself calls no part of the main one"""
_BLOCKS = frozenset(("address", "article", "blockquote", "body", "caption", "center", "dd", "dl", "dt", "details"))
_BLOCKS |= {"div", "fieldset", "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li"}
_BLOCKS |= {
    "main",
    "nav",
    "aside",
    "footer",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "th",
    "tr",
}
_BLOCKS |= {"thead", "ul", "br"}
_LEVELS = {f"h{level}": level for level in range(1, 7)}
_NONE: Mapping[str, str] = {}
_LANG, _XML_LANG = "lang", "xml:lang"
_OF_LAYOUT = ("width", "bgcolor", "align", "colspan")
_NOTED = frozenset(("a", "time", _LANG, _XML_LANG))
_XML_NAMED = "{http://www.w3.org/XML/1998/namespace}lang"
_OF_MENUS = frozenset(("a", "li"))
_LIMIT_ITEM = 60
_STRONG = frozenset(("b", "strong"))
_SLANTED = frozenset(("i", "em"))
_ADDRESS = re.compile(r"https?://[^\s/]", re.I)
_WHOLE = re.compile(r"https?://[^\s/]|(?:mailto|tel):.", re.I)
_BLANKS = " \t\r\n\f"
_WIDE_BLANKS = " \u00a0\u3000"
_SPACES = re.compile(r"[ \t\r\n\f]+")
_LEAST_PAGE = 1_000
"""signs: a form with fewer is filled in, not read"""
_LEAST_LINKS = 5
"""in a form that is all of its page"""
_LONG_PIECE = 120
"""signs: no label of a field has as many"""
_PUBLISHED = re.compile(r"publi|pubdate|issued|created|dc\.date|^date$")
_OF_DAYS = frozenset(("span", "time", "small", "em", "i"))
_DAY_BEGINS = re.compile(r"\s*\d{1,4}(?:[./-]\d|\s+\w)")
_CUTS = ".॰׳"
"""signs of a word that is cut short"""
_DAY = re.compile(r"(?:19|20)\d\d-[01]\d-[0-3]\d")


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
class Element:
    """An element of the tree that holds blocks. `part` is what its tag, role or names call it ("menu"), else empty;
    `names` are its own, or how it is laid out, by which it is known on other pages of its site."""

    parent: int
    tag: str
    part: str
    names: str = ""


class Block(NamedTuple):
    """A line of a page: its text, the level of its heading or 0, its links.

    `element` is the number of the innermost element around it, `linked` the number of signs in links of any sort.
    """

    text: str
    heading: int = 0
    links: tuple[Link, ...] = ()
    element: int = 0
    linked: int = 0
    strong: bool = False
    source: int = 0
    """line of the file in which the element begins"""
    joints: tuple[int, ...] = ()
    """where an element within the line begins right behind another"""
    foreign: tuple[Foreign, ...] = ()
    """words in another language, as the page says, inner ones first"""
    times: tuple[tuple[int, int, str], ...] = ()
    """start and end of words that the page gives to machines as a day (`time`), and the day"""
    lead: int = 0
    """how many signs at the beginning are set in strong type"""
    slanted: bool = False
    """in italics all through"""


_BLANK = Block("")


@dataclass(frozen=True)
class Markup:
    """What was read of an HTML page: the language that it states, its blocks, an empty one between two.

    `besides` is the number of words that a reader sees on the page in what HTML calls navigation, aside or footer, and
    that are not read; `beside` are these words, a text for each such part. `titles` are those that the head of the file
    gives, `path` the words of its breadcrumbs, `current` those of menu items that are marked as the place where the
    reader is. `elsewhere.py` tells `canonical` and `alternates`.
    """

    language: str | None
    blocks: list[Block]
    besides: int
    elements: list[Element] = field(default_factory=list)
    titles: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    current: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    canonical: str | None = None
    alternates: tuple[tuple[str, str], ...] = ()


def read_markup(text: str, name: str, address: str | None = None) -> Markup:
    """The words of a page; raises NotReadable."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", text).encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as fault:
        what = Sentence("HTML that cannot be parsed ({fault})", fault=str(fault))
        raise NotReadable(name, what, Sentence("save the page again")) from None
    base = _base_of(root, address)
    writer = _Writer(base)
    writer.write(_body(root), 0, -1)
    writer.end_line()
    language = (root.get(_LANG) or root.get(_XML_NAMED) or "").strip().lower()
    titles, dates = _told_by_the_head(root)
    path = tuple(dict.fromkeys(writer.path))
    current = tuple(dict.fromkeys(writer.current))
    canonical, alternates = canonical_of(root, address), alternates_of(root, base)
    told = (titles, path, dates, current, tuple(writer.beside), canonical, alternates)
    return Markup(language or None, writer.lines, writer.besides, writer.elements, *told)


def breaks_off(text: str) -> bool:
    """Whether the file ends before the body does."""
    if "</body>" in text or "</html>" in text:
        return False
    return bool(re.search(r"<body\b", text, re.I)) and not re.search(r"</(?:body|html)\s*>", text, re.I)


def _told_by_the_head(root: etree._Element) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Titles and days of publication, as the head of the file tells them to machines."""
    titles = [element.text or "" for element in islice(root.iter("title"), 1)]
    dates = []
    for meta in root.iter("meta"):
        named = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        told = (meta.get("content") or meta.get("value") or "").strip()
        if named.rpartition(":")[2].rpartition(".")[2] == "title":
            titles.append(told)
        elif _PUBLISHED.search(named) and (day := _DAY.match(told)):
            dates.append(day.group())
    return tuple(dict.fromkeys(" ".join(t.split()) for t in titles if t.strip())), tuple(dict.fromkeys(dates))


def _body(root: etree._Element) -> etree._Element:
    body = root.find("body")
    return root if body is None else body


def _base_of(root: etree._Element, address: str | None) -> str | None:
    """The address from which a page's links are meant."""
    stated = [base.get("href") for base in root.iter("base")]
    stated += [link.get("href") for link in root.iter("link") if link.get("rel") == "canonical"]
    whole = (urljoin(address or "", found.strip()) for found in stated if found is not None)
    return next((found for found in whole if _ADDRESS.match(found)), address)


class _Writer:
    """Collects the words of a tree into lines."""

    def __init__(self, base: str | None) -> None:
        self.lines: list[Block] = []
        self.elements: list[Element] = []
        self.besides = 0
        self.beside: list[str] = []
        self.path: list[str] = []
        self.current: list[str] = []
        self._base = base
        self._words: list[str] = []
        self._length = 0
        self._links: list[Link] = []
        self._foreign: list[Foreign] = []
        self._times: list[tuple[int, int, str]] = []
        self._linked = self._in_link = self._in_strong = self._strong = self._lead = 0
        self._in_slanted = self._slanted = 0
        self._closed = self._joint = -1
        self._joints: list[int] = []
        self._heading = 0
        self._around = 0
        self._source = 0
        self._seen = 0

    def write(self, element: etree._Element, depth: int, parent: int) -> None:
        tag = element.tag
        self._seen += 1
        if depth > LIMIT_DEPTH or self._seen > LIMIT_ELEMENTS or not isinstance(tag, str):
            return
        named = element.items()
        attributes = dict(named) if named else _NONE
        if tag == PLAYER:
            self.elements.append(Element(parent, tag, ""))
        if named:
            if tag in _OF_MENUS:
                self._note_current(element)
            if _hidden(attributes):
                return
        if tag in _NOT_READ or (tag == "form" and not _is_around_a_page(element)):
            return
        if tag == "a" and self._heading and _is_a_sign(element):
            return
        if tag in _BESIDES and not (tag == "aside" and _has_links(element)) and not _is_foot_of_article(element, tag):
            self._leave(element)
            return
        if tag not in _BLOCKS:
            self._write_inline(element, tag, attributes, depth, parent)
            return
        self.end_line(broken=tag == "br")
        if tag == "br":
            return
        here = len(self.elements)
        self.elements.append(Element(parent, tag, part_named(tag, attributes), _names_of(tag, attributes)))
        outer, self._heading = self._heading, _LEVELS.get(tag) or self._heading
        self._around, self._source = here, element.sourceline or 0
        if text := element.text:
            self._say(text)
        for child in element:
            self.write(child, depth + 1, here)
            self._around = here
            if tail := child.tail:
                self._say(tail)
        self.end_line()
        self._heading = outer

    def _write_inline(
        self, element: etree._Element, tag: str, attributes: Mapping[str, str], depth: int, parent: int
    ) -> None:
        if self._closed == self._length or (tag in _OF_DAYS and _DAY_BEGINS.match(element.text or "")):
            self._joint = self._length
        first, start, lines = len(self._words), self._length, len(self.lines)
        link, strong, slanted = tag == "a", tag in _STRONG, tag in _SLANTED
        self._in_link += link
        self._in_strong += strong
        self._in_slanted += slanted
        if text := element.text:
            self._say(text)
        for child in element:
            self.write(child, depth + 1, parent)
            if tail := child.tail:
                self._say(tail)
        self._in_link -= link
        self._in_strong -= strong
        self._in_slanted -= slanted
        self._closed = self._length
        if strong and lines == len(self.lines) and not "".join(self._words[:first]).strip(_WIDE_BLANKS):
            self._lead = self._length
        if lines == len(self.lines) and attributes and not _NOTED.isdisjoint((tag, *attributes)):
            self._note("".join(self._words[first:]), start, tag, attributes)

    def end_line(self, *, broken: bool = False) -> None:
        """Close a line; one that a break ends stands right above the next."""
        text = "".join(self._words).rstrip(" ") if self._words else ""
        if text:
            most = (len(text) - text.count(" ")) * 0.9
            strong, slanted = self._strong >= most, self._slanted >= most
            self.lines.append(
                Block(
                    text,
                    self._heading,
                    tuple(self._links),
                    self._around,
                    self._linked,
                    strong,
                    self._source,
                    tuple(self._joints),
                    tuple(self._foreign),
                    tuple(self._times),
                    min(self._lead, len(text)),
                    slanted,
                )
            )
        if self.lines and self.lines[-1].text and not (text and broken):
            self.lines.append(_BLANK)
        self._closed = self._joint = -1
        if self._words:
            self._words, self._length, self._links, self._linked, self._strong = [], 0, [], 0, 0
            self._joints, self._foreign, self._times = [], [], []
            self._lead = self._slanted = 0

    def _leave(self, element: etree._Element) -> None:
        """Count the words of what is not read, and keep those of breadcrumbs."""
        self.end_line()
        words = _seen_words(element)
        said = " ".join(" ".join(words).split())
        self.besides += len(said.split())
        self.beside += [said] if said else []
        if part_named(element.tag, element.attrib) == "path":
            self.path += [" ".join(one.split()) for one in words if one.strip()]
        for item in element.iter(*_OF_MENUS):
            self._note_current(item)

    def _note_current(self, element: etree._Element) -> None:
        """Keep the words of an item that its maker marks as the present one."""
        names = element.get("class")
        if not (names and says_current(names)) and not element.get("aria-current"):
            return
        words = " ".join("".join(element.itertext()).split())
        if 0 < len(words) <= _LIMIT_ITEM:
            self.current.append(words)

    def _say(self, words: str) -> None:
        before = self._words[-1] if self._words else " "
        if before[-1] == " ":
            said = _SPACES.sub(" ", words).lstrip(" ") if words.strip(_BLANKS) else ""
            if not said:
                return
        else:
            said = _SPACES.sub(" ", words) if words.strip(_BLANKS) else " "
            if self._joint == self._length and _are_apart(before, said[0]):
                said = " " + said
        size = len(said)
        if said != " ":
            if self._joint == self._length and self._length:
                self._joints.append(self._length + said.startswith(" "))
        elif self._closed == self._length:
            self._closed += size
        self._words.append(said)
        self._length += size
        if self._in_link:
            self._linked += size
        if self._in_strong:
            self._strong += size - said.count(" ")
        if self._in_slanted:
            self._slanted += size - said.count(" ")

    def _note(self, words: str, start: int, tag: str, attributes: Mapping[str, str]) -> None:
        """Note that words are a link, a day, or in another language; a place on the same page and a script are no
        address."""
        target = _target(attributes.get("href") or "", self._base) if tag == "a" else None
        language = tag_of(attributes.get(_LANG) or attributes.get(_XML_LANG))
        start += len(words) - len(words.lstrip(" "))
        end = start + len(words.strip(" "))
        if target and start < end:
            self._links.append(Link(start, end, target))
        if language and start < end:
            self._foreign.append(Foreign(start, end, language))
        if tag == "time" and (day := _DAY.match(attributes.get("datetime") or "")) and start < end:
            self._times.append((start, end, day.group()))


def _seen_words(element: etree._Element) -> list[str]:
    """The words that a reader sees of an element."""
    if next(element.iter(*_NOT_SEEN), None) is None:
        return list(element.itertext())
    words: list[str] = []
    _take_words(element, words)
    return words


def _take_words(element: etree._Element, words: list[str]) -> None:
    """Add the words of an element and of all in it that is seen; the parser lets no tree be deep."""
    tag = element.tag
    if not isinstance(tag, str) or tag in _NOT_SEEN or ((named := element.items()) and _hidden(dict(named))):
        return
    if text := element.text:
        words.append(text)
    for child in element:
        _take_words(child, words)
        if tail := child.tail:
            words.append(tail)


@lru_cache(maxsize=4096)
def _target(written: str, base: str | None) -> str | None:
    target = re.sub(r"[\t\r\n]", "", written.strip()).replace(" ", "%20")
    if not target or target.startswith("#") or re.match(r"(?:javascript|data|about|blob):", target, re.I):
        return None
    try:
        return urljoin(base, target) if base else target
    except ValueError:
        return target


def _are_apart(before: str, after: str) -> bool:
    """Whether two elements side by side are two things to the eye: a letter and a figure, as a title and its day, or
    the month, cut short, and its year."""
    if before[-1] in _CUTS and len(before) > 1 and not before[-2].isdecimal():
        return after.isdecimal()
    return before[-1].isalnum() and after.isalnum() and before[-1].isdecimal() != after.isdecimal()


def _is_a_sign(link: etree._Element) -> bool:
    """Whether a link in a heading only gives the heading's own address: a sign ("¶", "#") that leads to this page."""
    return (link.get("href") or "").startswith("#") and not any(map(str.isalnum, "".join(link.itertext())))


def _names_of(tag: str, attributes: Mapping[str, str]) -> str:
    """An element's id, else its classes, else how it is laid out. Those of the body say of what sort a page is, and so
    differ within a site."""
    if not attributes or tag == "body":
        return ""
    named = attributes.get("id") or attributes.get("class")
    return named or " ".join([attributes[key] for key in _OF_LAYOUT if key in attributes])


def _hidden(attributes: Mapping[str, str]) -> bool:
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    style = attributes.get("style")
    return style is not None and "display:none" in style.replace(" ", "").lower()


def _is_foot_of_article(element: etree._Element, tag: str) -> bool:
    """Whether a foot is that of an article and not of the page, and tells a year: HTML puts there who wrote it, and
    when. Without one it shares and links."""
    if tag != "footer":
        return False
    above = element.getparent()
    return above is not None and above.tag == "article" and bool(_YEAR.search(" ".join(element.itertext())))


def _has_links(aside: etree._Element) -> bool:
    """Whether an aside could be a list of other messages."""
    return sum(1 for _ in aside.iter("a")) > 1


def _is_all_of_the_body(form: etree._Element) -> bool:
    """Whether a page has no word outside a form, and links in it as only pages have."""
    body = form.getparent()
    if body is None or body.tag != "body" or sum(1 for _ in islice(form.iter("a"), _LEAST_LINKS)) < _LEAST_LINKS:
        return False
    beside = (words for child in body if child is not form and child.tag not in _NO_TEXT for words in child.itertext())
    outside = [body.text or "", *(child.tail or "" for child in body), *beside]
    return not any(map(str.strip, outside))


def _is_around_a_page(form: etree._Element) -> bool:
    """Whether a form is no form: some systems put the whole page into one."""
    if next(form.iter("h1", "article", "main"), None) is not None:
        return True
    pieces = list(form.itertext())
    if _is_all_of_the_body(form):
        return True
    if sum(map(len, pieces)) <= _LEAST_PAGE:
        return False
    return next(form.iter("p"), None) is not None or any(len(piece.strip()) > _LONG_PIECE for piece in pieces)
