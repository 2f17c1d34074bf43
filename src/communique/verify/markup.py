"""A page's HTML as a tree, read strictly: what the press never writes is refused, so nothing can hide in it.

    <p class="x">a <span class="unbroken">9 March</span></p>   ->   Element p.x with the one text "a 9 March"

Refused with NotKnown, with the line: elements that are not closed in order, attributes that stand twice, comments,
declarations but the first, elements outside `ELEMENTS`. Spans of class `unbroken`, which only keep a date on one line,
fall away. `outer` and `inner` write an element again in one form, whatever the quotes and references in the page were.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape, unescape
from html.parser import HTMLParser

VOID = frozenset({"br", "img", "link", "meta"})
_NAMES = """
    html head title script body a abbr address article aside bdi blockquote caption code dd details div dl dt em
    figcaption figure footer h1 h2 h3 h4 header li main nav ol p pre section span strong sub summary sup table tbody
    td th thead time tr ul
"""
ELEMENTS = VOID | frozenset(_NAMES.split())
UNBROKEN = {"class": "unbroken"}


class NotKnown(ValueError):
    """HTML that the press does not write; `str()` says what, with its line."""


@dataclass(eq=False)
class Element:
    """One element: its name, its attributes in their order, and its texts and elements."""

    name: str
    attributes: dict[str, str | None]
    children: list[Element | str] = field(default_factory=list)

    @property
    def elements(self) -> list[Element]:
        """The elements in it, where nothing but blanks may stand between them; `loose_text` gives what does."""
        return [child for child in self.children if isinstance(child, Element)]

    @property
    def loose_text(self) -> str:
        """The text that stands directly in it, without blanks at both ends."""
        return "".join(child for child in self.children if isinstance(child, str)).strip()

    @property
    def text(self) -> str:
        """All text in it."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    @property
    def start(self) -> str:
        """Its start tag in one form."""
        return f"<{self.name}{''.join(_attribute(*pair) for pair in self.attributes.items())}>"

    @property
    def inner(self) -> str:
        """What is in it, in one form."""
        return "".join(escape(child) if isinstance(child, str) else child.outer for child in self.children)

    @property
    def outer(self) -> str:
        """The whole element in one form."""
        return self.start if self.name in VOID else f"{self.start}{self.inner}</{self.name}>"

    def is_a(self, name: str, class_: str | None = None) -> bool:
        """Whether it is an element of this name, and has this class."""
        return self.name == name and (class_ is None or class_ in self.classes)

    @property
    def classes(self) -> list[str]:
        """Its classes."""
        return (self.attributes.get("class") or "").split()

    def all(self) -> Iterator[Element]:
        """Itself and every element in it, in the order of the page."""
        yield self
        for child in self.elements:
            yield from child.all()

    def find(self, name: str, class_: str | None = None) -> list[Element]:
        """Every element of a name, and of a class, in it."""
        return [one for one in self.all() if one is not self and one.is_a(name, class_)]


def parse_page(data: bytes) -> Element:
    """The `html` element of a page. Raises NotKnown."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise NotKnown(f"is not UTF-8 ({error.reason})") from error
    reader = _Reader()
    reader.feed(text)
    reader.close()
    if len(reader.open) > 1:
        raise NotKnown(f"ends inside {reader.open[-1].name}")
    page = reader.open[0]
    if [child.name for child in page.elements] != ["html"] or page.loose_text:
        raise NotKnown("is not one html element")
    return page.elements[0]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.open = [Element("", {})]
        self._unbroken: list[int] = []
        self._declared = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ELEMENTS:
            self._refuse(f"has an element {tag}")
        attributes = dict(attrs)
        if len(attributes) < len(attrs):
            self._refuse(f"gives an attribute of {tag} twice")
        if tag == "span" and attributes == UNBROKEN:
            self._unbroken.append(len(self.open))
            return
        element = Element(tag, attributes)
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._refuse(f"closes {tag} in its start")

    def handle_endtag(self, tag: str) -> None:
        if tag == "span" and self._unbroken and self._unbroken[-1] == len(self.open):
            self._unbroken.pop()
            return
        if self.open[-1].name != tag or (self._unbroken and self._unbroken[-1] == len(self.open)):
            self._refuse(f"closes {tag} inside {self.open[-1].name or 'nothing'}")
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if "<" in data or "&" in data:  # a browser may see a tag in it where this parser sees none
            self._refuse(f"has {data.strip()[:20]!r} among its words")
        self._add(data)

    def handle_entityref(self, name: str) -> None:
        self._add(unescape(f"&{name};"))

    def handle_charref(self, name: str) -> None:
        self._add(unescape(f"&#{name};"))

    def _add(self, data: str) -> None:
        children = self.open[-1].children
        if children and isinstance(children[-1], str):
            children[-1] += data
        else:
            children.append(data)

    def handle_decl(self, decl: str) -> None:
        if self._declared or decl.lower() != "doctype html" or self.open[0].children:
            self._refuse(f"has a declaration {decl[:40]}")
        self._declared = True

    def handle_comment(self, data: str) -> None:
        self._refuse("has a comment")

    def handle_pi(self, data: str) -> None:
        self._refuse("has a processing instruction")

    def unknown_decl(self, data: str) -> None:
        self._refuse("has a declaration of another language")

    def _refuse(self, what: str) -> None:
        raise NotKnown(f"{what} (line {self.getpos()[0]}), which is not how the press writes")


def _attribute(name: str, value: str | None) -> str:
    return f" {name}" if value is None else f' {name}="{escape(value)}"'
