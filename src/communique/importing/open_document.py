"""OpenDocument texts: an `.odt` as a tree of HTML elements, its styles asked of odfdo.

odfdo gets a container made anew of the members that were read here first. Left out and said: tracked deletions, notes,
comments, pictures, hidden and struck-out words, tables of contents. A style counts with those that it is based on: what
LibreOffice calls "Title" or "Heading 2" is one under whatever automatic name a paragraph carries it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from odfdo import Document

from communique.importing.containers import Container, handed_over, locked, repacked
from communique.importing.errors import NotTaken
from communique.importing.foreign import tag_of
from communique.importing.leavings import Leavings
from communique.importing.sentence import Sentence

_SPACES = {
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
    "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0": "draw",
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style",
    "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0": "svg",
    "http://www.w3.org/1999/xlink": "xlink",
    "http://www.w3.org/1998/Math/MathML": "math",
}
_ADDRESS = "{http://www.w3.org/1999/xlink}href"
_TEXT, _TABLE, _STYLE = (f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("text", "table", "style"))
_CONTENTS = re.compile(
    r"text:(?:table-of-content|alphabetical-index|illustration-index|table-index|user-index|.*-index)"
)
_LEFT_OUT = (
    "text:tracked-changes",
    "text:sequence-decls",
    "text:variable-decls",
    "text:user-field-decls",
    "office:forms",
    "svg:title",
    "svg:desc",
)
_NONE = (None, "", "none")
_BOLD = re.compile(r"bold|[6-9]00")
_LIMIT_REPEATED = 200
_LIMIT_ANCESTORS = 20


def open_document_tree(container: Container, left: Leavings) -> etree._Element:
    """The text of an OpenDocument file as HTML elements; raises NotTaken."""
    paths = ("META-INF/manifest.xml", "content.xml", "styles.xml", "meta.xml")
    trees = {path: tree for path in paths if (tree := container.tree(path)) is not None}
    if any(str(e.tag).endswith("}encryption-data") for tree in trees.values() for e in tree.iter()):
        raise locked(container.name)
    content = trees.get("content.xml")
    body = None if content is None else next((e for e in content.iter() if _name(e) == "office:text"), None)
    if body is None:
        what = Sentence("no text in it: it is not a text document")
        raise NotTaken(container.name, what, Sentence("save it as .odt or .docx"))
    parts = {"mimetype": b"application/vnd.oasis.opendocument.text", **trees}
    styles = _Styles(handed_over(container.name, lambda: Document(repacked(parts))))
    root = etree.Element("div")
    handed_over(container.name, lambda: _Writer(styles, left).write_inside(body, root))
    _note_changes(body, left)
    return root


def _note_changes(body: etree._Element, left: Leavings) -> None:
    names = [_name(e) for changes in body.iter(f"{_TEXT}tracked-changes") for e in changes.iter()]
    left.count("deletion", names.count("text:deletion"))
    left.count("insertion", names.count("text:insertion"))


@dataclass
class _Styles:
    """What styles say of words, asked of odfdo once each."""

    document: Document
    _known: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)

    def of(self, element: etree._Element, family: str) -> dict[str, str]:
        """Properties of the text, and `role`: the name of the nearest style that has one in English."""
        name = element.get(f"{_TEXT}style-name") or ""
        if (family, name) not in self._known:
            self._known[family, name] = self._line(family, name)
        return self._known[family, name]

    def is_numbered(self, list_style: str, level: int) -> bool:
        """Whether items of a list have numbers rather than bullets."""
        style: Any = self.document.get_style("list", list_style) if list_style else None
        found = style.get_level_style(level) if style is not None else None
        return found is not None and found.tag == "text:list-level-style-number"

    def _line(self, family: str, name: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for _ in range(_LIMIT_ANCESTORS):
            style: Any = self.document.get_style(family, name) if name else None
            if style is None:
                break
            shown = (style.get_attribute_string("style:display-name") or name).replace("_20_", " ").lower()
            if re.fullmatch(r"title|quotations?|heading \d|contents (?:\d+|heading)", shown):
                found.setdefault("role", shown)
            for key, value in (style.get_properties(area="text") or {}).items():
                found.setdefault(str(key), str(value))
            name = style.get_attribute_string("style:parent-style-name") or ""
        return found


class _Writer:
    """Writes a tree of OpenDocument as one of HTML."""

    def __init__(self, styles: _Styles, left: Leavings) -> None:
        self._styles = styles
        self._left = left
        self._lists: list[str] = []

    def write_inside(self, element: etree._Element, into: etree._Element) -> None:
        _say(into, element.text)
        for child in element:
            if isinstance(child.tag, str):
                self._write(child, into)
            _say(into, child.tail)

    def _write(self, element: etree._Element, into: etree._Element) -> None:
        name = _name(element)
        if self._is_left_out(element, name):
            return
        if name in ("text:p", "text:h"):
            self._write_paragraph(element, into, name)
        elif name == "text:list":
            self._write_list(element, into)
        elif name in ("text:list-item", "text:list-header"):
            self.write_inside(element, etree.SubElement(into, "li"))
        elif name == "text:span":
            self._write_span(element, into)
        elif name == "text:a":
            self.write_inside(element, etree.SubElement(into, "a", href=element.get(_ADDRESS, "")))
        elif name == "table:table":
            self._write_table(element, into)
        elif name == "text:line-break":
            etree.SubElement(into, "br")
        elif name in ("text:s", "text:tab"):
            _say(into, " ")
        elif name == "text:ruby":
            self._left.count("reading")
            for base in element.iter(f"{_TEXT}ruby-base"):
                self.write_inside(base, into)
        else:
            self.write_inside(element, into)

    def _is_left_out(self, element: etree._Element, name: str) -> bool:
        """Whether an element's words are not taken; what readers might miss is counted."""
        if name in ("draw:image", "draw:object", "draw:plugin", "draw:object-ole"):
            self._left.count("picture", int(name == "draw:image"))
        elif name == "math:math":
            self._left.count("formula")
        elif name == "text:note":
            self._left.count("footnote")
        elif name in ("office:annotation", "office:annotation-end"):
            self._left.count("comment", int(name == "office:annotation"))
        elif _CONTENTS.fullmatch(name):
            self._left.count("contents", sum(_name(e) == "text:p" for e in element.iter()))
        elif name in ("text:hidden-text", "text:hidden-paragraph") or element.get(f"{_TEXT}display") == "none":
            self._left.quote("hidden", element.get(f"{_TEXT}string-value", "") + "".join(map(str, element.itertext())))
        else:
            return name in _LEFT_OUT
        return True

    def _write_paragraph(self, element: etree._Element, into: etree._Element, name: str) -> None:
        said = self._styles.of(element, "paragraph")
        if self._is_not_shown(element, said):
            return
        role = said.get("role", "")
        if role.startswith("contents"):
            self._left.count("contents")
        elif role == "title":
            self.write_inside(element, etree.SubElement(into, "h1", {"class": "title"}))
        elif name == "text:h" or role.startswith("heading"):
            level = element.get(f"{_TEXT}outline-level") or role[-1:] or "1"
            tag = f"h{min(int(level), 6)}" if re.fullmatch(r"[1-9]\d?", level) else "h1"
            self.write_inside(element, etree.SubElement(into, tag))
        elif role.startswith("quotation"):
            self.write_inside(element, etree.SubElement(etree.SubElement(into, "blockquote"), "p"))
        else:
            self.write_inside(element, _marked(etree.SubElement(into, "p"), said))

    def _write_span(self, element: etree._Element, into: etree._Element) -> None:
        said = self._styles.of(element, "text")
        if self._is_not_shown(element, said):
            return
        made = etree.SubElement(into, "span")
        if language := tag_of("-".join(x for x in (said.get("fo:language"), said.get("fo:country")) if x not in _NONE)):
            made.set("lang", language)
        self.write_inside(element, _marked(made, said))

    def _is_not_shown(self, element: etree._Element, said: dict[str, str]) -> bool:
        """Whether a style hides words or strikes them out."""
        struck = said.get("style:text-line-through-style", "none") != "none"
        struck = struck or said.get("style:text-line-through-type", "none") != "none"
        hidden = said.get("text:display") == "none"
        if struck or hidden:
            self._left.quote("hidden" if hidden else "struck", "".join(map(str, element.itertext())))
        return struck or hidden

    def _write_list(self, element: etree._Element, into: etree._Element) -> None:
        style = element.get(f"{_TEXT}style-name") or (self._lists[-1] if self._lists else "")
        self._lists.append(style)
        numbered = self._styles.is_numbered(style, len(self._lists))
        self.write_inside(element, etree.SubElement(into, "ol" if numbered else "ul"))
        self._lists.pop()

    def _write_table(self, element: etree._Element, into: etree._Element) -> None:
        table = etree.SubElement(into, "table")
        for row in element.iter(f"{_TABLE}table-row"):
            if next(row.iterancestors(f"{_TABLE}table")) is not element:
                continue
            in_head = _name(row.getparent()) == "table:table-header-rows"
            made = etree.SubElement(etree.SubElement(table, "thead") if in_head else table, "tr")
            for cell in row:
                if _name(cell) in ("table:table-cell", "table:covered-table-cell"):
                    self._write_cell(cell, made)

    def _write_cell(self, cell: etree._Element, row: etree._Element) -> None:
        repeated = cell.get(f"{_TABLE}number-columns-repeated", "1")
        for _ in range(min(int(repeated), _LIMIT_REPEATED) if repeated.isdecimal() else 1):
            self.write_inside(cell, etree.SubElement(row, "td"))


def _marked(element: etree._Element, said: dict[str, str]) -> etree._Element:
    """The element with a style that says what the words look like, for bold ones the element in it that says so."""
    look = {
        "font-weight": said.get("fo:font-weight", ""),
        "font-style": said.get("fo:font-style", ""),
        "vertical-align": _position(said.get("style:text-position", "")),
    }
    if any(look.values()):
        element.set("style", ";".join(f"{key}:{value}" for key, value in look.items() if value))
    return etree.SubElement(element, "strong") if _BOLD.fullmatch(look["font-weight"]) else element


def _position(said: str) -> str:
    first = said.split(" ")[0]
    if first in ("super", "sub"):
        return first
    number = re.fullmatch(r"(-?)(\d{1,3})%", first)
    return "" if number is None or number[2] == "0" else "sub" if number[1] else "super"


def _say(into: etree._Element, words: str | None) -> None:
    """Add words at the end of an element."""
    if not words:
        return
    if len(into):
        into[-1].tail = (into[-1].tail or "") + words
    else:
        into.text = (into.text or "") + words


def _name(element: etree._Element | None) -> str:
    tag = "" if element is None or not isinstance(element.tag, str) else element.tag
    space, _, local = tag[1:].partition("}")
    return f"{_SPACES.get(space, '')}:{local}"
