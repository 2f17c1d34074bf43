"""A page's HTML as a tree, read strictly: what the press never writes is refused, so nothing can hide in it.

    <p class="x">a <span class="unbroken">9 March</span></p>   ->   Element p.x with the one text "a 9 March"

The grammar is narrower than HTML's, and what it allows every browser reads alike: names in small letters, values in
double quotes, `<`, `>` and `&` as references, `html.parser` being too patient for it. Refused with NotKnown, with the
line: everything else; elements that are not closed in order or are outside `ELEMENTS`; attributes that stand twice;
comments; a document without its first line. Spans of class `unbroken`, which only keep a date on one line,
fall away. `outer` and `inner` write an element again in one form, whatever the quotes and references in the page were.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from html import escape, unescape

VOID = frozenset({"br", "img", "input", "link", "meta", "track"})
FORM_ELEMENTS = frozenset({"button", "datalist", "form", "input", "label", "mark", "option", "select", "textarea"})
"""those of a form and of what it finds, which a few pages have (`reader_forms.py`)"""
_NAMES = """
    html head title script body a abbr address article aside audio bdi blockquote caption code dd del details div dl dt
    em figcaption figure footer h1 h2 h3 h4 header ins li main nav ol p pre section span strong sub summary sup table
    tbody td th thead time tr ul video
"""
ELEMENTS = VOID | FORM_ELEMENTS | frozenset(_NAMES.split())
UNBROKEN = {"class": "unbroken"}
DOCTYPE = "<!DOCTYPE html>"

_TOKEN = re.compile(
    r"(?P<words>[^<>]+)|</(?P<end>[a-z0-9]+)>"
    r"|<(?P<start>[a-z0-9]+)(?P<attributes>(?: [a-z-]+(?:=\"[^\"<>]*\")?)* ?)>"
)
_ATTRIBUTE = re.compile(r" ([a-z-]+)(?:(=)\"([^\"]*)\")?")
_BARE = re.compile(r"&(?!(?:amp|lt|gt|quot|#39|#x27);)")


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
    def is_refresh(self) -> bool:
        """Whether browsers go on by themselves where it stands; they mind no capital letters."""
        return (self.attributes.get("http-equiv") or "").lower() == "refresh"

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

    @cached_property
    def all(self) -> list[Element]:
        """Itself and every element in it, in the order of the page."""
        found: list[Element] = []
        waiting = [self]
        while waiting:
            one = waiting.pop()
            found.append(one)
            waiting += reversed(one.elements)
        return found

    def find(self, name: str, class_: str | None = None) -> list[Element]:
        """Every element of a name, and of a class, in it."""
        return [one for one in self.all if one is not self and one.is_a(name, class_)]


def parse_page(data: bytes) -> Element:
    """The `html` element of a page. Raises NotKnown."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise NotKnown(f"is not UTF-8 ({error.reason})") from error
    if not text.startswith(DOCTYPE):
        raise NotKnown(f"does not begin with {DOCTYPE}")
    reader = _Reader(text)
    reader.read(len(DOCTYPE))
    page = reader.open[0]
    if len(reader.open) > 1:
        raise NotKnown(f"ends inside {reader.open[-1].name}")
    if [child.name for child in page.elements] != ["html"] or page.loose_text:
        raise NotKnown("is not one html element")
    return page.elements[0]


class _Reader:
    """Reads token by token; `open` holds the elements that are not closed yet, below them a place for the page."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0
        self.open = [Element("", {})]
        self._unbroken: list[int] = []

    def read(self, start: int) -> None:
        self.place = start
        while self.place < len(self.text):
            token = _TOKEN.match(self.text, self.place)
            if token is None:
                self._refuse(f"has {shown(self.text[self.place : self.place + 40])}")
            elif token["words"]:
                self._words(token["words"])
            elif token["end"]:
                self._end(token["end"])
            else:
                self._start(token["start"], token["attributes"])
            self.place = token.end() if token else len(self.text)

    def _start(self, name: str, written: str) -> None:
        if name not in ELEMENTS:
            self._refuse(f"has an element {name}")
        pairs = [(key, self._plain(value) if equals else None) for key, equals, value in _ATTRIBUTE.findall(written)]
        attributes = dict(pairs)
        if len(attributes) < len(pairs):
            self._refuse(f"gives an attribute of {name} twice")
        if name == "span" and attributes == UNBROKEN:
            self._unbroken.append(len(self.open))
            return
        element = Element(name, attributes)
        self.open[-1].children.append(element)
        if name not in VOID:
            self.open.append(element)

    def _end(self, name: str) -> None:
        is_here = bool(self._unbroken) and self._unbroken[-1] == len(self.open)
        if is_here and name == "span":
            self._unbroken.pop()
            return
        if self.open[-1].name != name or is_here:
            self._refuse(f"closes {name} inside {self.open[-1].name or 'nothing'}")
        self.open.pop()

    def _words(self, written: str) -> None:
        children = self.open[-1].children
        words = self._plain(written)
        if children and isinstance(children[-1], str):
            children[-1] += words
        else:
            children.append(words)

    def _plain(self, written: str) -> str:
        if "&" not in written:
            return written
        if _BARE.search(written):
            self._refuse("has a reference that is none")
        return unescape(written)

    def _refuse(self, what: str) -> None:
        line = self.text.count("\n", 0, self.place) + 1
        raise NotKnown(f"{what} (line {line}), which is not how the press writes")


def shown(text: str) -> str:
    """A piece of a page for a message: its first line."""
    return (text.splitlines() or [""])[0]


def _attribute(name: str, value: str | None) -> str:
    return f" {name}" if value is None else f' {name}="{escape(value)}"'
