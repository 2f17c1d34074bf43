"""Word files: a `.docx` as a tree of HTML elements, through mammoth.

Mammoth reads styles, numbering, runs, fields and tables well, and trusts what it is given. So it gets a container made
anew of four members that were read here first (the text, its relations, styles and numbering) and of a text that was
prepared: what readers must not get is out (hidden runs, runs struck out, moved and deleted words, notes, pictures),
what mammoth does not know is unwrapped (simple fields, ruby, direction), what a style says (bold, title, heading,
contents) is said by the paragraph itself. A style counts with those that it is based on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import mammoth  # type: ignore[import-untyped]
from lxml import etree, html

from communique.edition.language import base as tongue_of
from communique.importing.containers import Container, handed_over, repacked
from communique.importing.errors import NotTaken
from communique.importing.foreign import tag_of
from communique.importing.leavings import Leavings
from communique.importing.sentence import Sentence

_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_DRAWING = ("http://schemas.openxmlformats.org/drawingml/2006/main", "http://purl.oclc.org/ooxml/drawingml/main")
_VML = "urn:schemas-microsoft-com:vml"
_MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_ROLES = {"title": "CqTitle", "quote": "CqQuote", "intense quote": "CqQuote"}
_STYLE_MAP = "\n".join(
    [
        "p.CqTitle => h1.title:fresh",
        "p.CqQuote => blockquote > p:fresh",
        *(f"p.CqHeading{level} => h{min(level, 6)}:fresh" for level in range(1, 10)),
        "r[style-name='Strong'] =>",
        "br[type='page'] =>",
        "br[type='column'] =>",
    ]
)
_PROPERTIES = ("rPr", "trPr", "pPr", "numPr", "tcPr", "tblPr")
_SWITCHES = ("b", "i", "vanish", "strike", "dstrike")
_OFF = ("false", "0", "off", "none")

_LANGUAGE = "CqLanguage"
_MOST_FOREIGN = 3
"""words of another language are no more than one in so many"""

_Change = Callable[[etree._Element, Leavings], None]


def word_tree(container: Container, left: Leavings) -> etree._Element:
    """The text of a Word file as HTML elements; raises NotTaken."""
    path = _main_path(container)
    text = container.tree(path)
    if text is None:
        what = Sentence("no text in it: it is not a document of Word")
        raise NotTaken(container.name, what, Sentence("save it as .docx"))
    related = _related(container, path)
    styles = _Styles(container.tree(related["styles"]) if "styles" in related else None)
    _prepare(text, styles, left)
    _note_margins(container, related, left)
    languages = _say_languages(text)
    parts: dict[str, bytes | etree._Element] = {path: text}
    needed = ("[Content_Types].xml", "_rels/.rels", _relations(path), related.get("numbering"))
    parts |= {name: part for name in needed if name and (part := container.tree(name)) is not None}
    if styles.root is not None:
        parts[related["styles"]] = styles.slim(styles.root)
    found = handed_over(container.name, lambda: _through_mammoth(parts, languages))
    _note_lost(text, found, left)
    return found


def _through_mammoth(parts: dict[str, bytes | etree._Element], languages: Sequence[str]) -> etree._Element:
    of_languages = [f"r.{_LANGUAGE}{n} => span.{_LANGUAGE}{n}" for n in range(len(languages))]
    done = mammoth.convert_to_html(
        repacked(parts),
        style_map="\n".join([_STYLE_MAP, *of_languages]),
        include_embedded_style_map=False,
        external_file_access=False,
        convert_image=lambda _image: [],
    )
    found = html.fragment_fromstring(done.value, create_parent="div")
    for span in found.iter("span"):
        if (named := span.get("class", "")).startswith(_LANGUAGE):
            del span.attrib["class"]
            span.set("lang", languages[int(named.removeprefix(_LANGUAGE))])
    return found


def _say_languages(root: etree._Element) -> list[str]:
    """Give the runs of other languages than most words have a style each, which mammoth hands on; the languages.

    Word says a language of every word, and of all of a text the wrong one where its writer never chose: so it counts
    only of the few words of which it says another than of the rest."""
    runs = [(run, language) for run in root.iter() if _name(run) == "r" and (language := _language(run))]
    said: Counter[str] = Counter()
    for run, language in runs:
        said[tongue_of(language)] += len(_said(run))
    unsaid = sum(len(_said(run)) for run in root.iter() if _name(run) == "r") - sum(said.values())
    usual = max(said, key=lambda tongue: said[tongue], default="") if said.total() > unsaid else ""
    found: list[str] = []
    for run, language in runs:
        tongue = tongue_of(language)
        if tongue == usual or said[tongue] * _MOST_FOREIGN > said.total() + unsaid:
            continue
        if language not in found:
            found.append(language)
        properties = _child(run, "rPr")
        style = _child(properties, "rStyle")
        if style is None:
            style = etree.Element(_tag(run, "rStyle"))
            properties.insert(0, style)  # type: ignore[union-attr]
        style.set(_tag(run, "val"), f"{_LANGUAGE}{found.index(language)}")
    return found


def _language(run: etree._Element) -> str | None:
    """The tag of a run's language, of words from right to left theirs."""
    properties = _child(run, "rPr")
    said = _child(properties, "lang")
    is_rtl = _child(properties, "rtl") is not None
    first, second = ("bidi", "val") if is_rtl else ("val", "bidi")
    return tag_of(_value(said, first) or _value(said, second) or _value(said, "eastAsia"))


def _main_path(container: Container) -> str:
    relations = container.tree("_rels/.rels")
    for relation in () if relations is None else relations:
        if relation.get("Type", "").endswith("/officeDocument"):
            return relation.get("Target", "").lstrip("/")
    return "word/document.xml"


def _relations(path: str) -> str:
    folder, _, file = path.rpartition("/")
    return f"{folder}/_rels/{file}.rels".lstrip("/")


def _related(container: Container, path: str) -> dict[str, str]:
    """Sort of a part ("styles", "numbering", "header2" …) -> its path."""
    relations = container.tree(_relations(path))
    folder = path.rpartition("/")[0]
    found: dict[str, str] = {}
    for relation in () if relations is None else relations:
        target, sort = relation.get("Target", ""), relation.get("Type", "").rpartition("/")[2]
        if relation.get("TargetMode") != "External":
            whole = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}".lstrip("/")
            found[f"{sort}{len(found)}" if sort in ("header", "footer") else sort] = whole
    return found


class _Styles:
    """What paragraphs and runs of a style are, their ancestors counted."""

    def __init__(self, root: etree._Element | None) -> None:
        self.root = root
        styles = [] if root is None else [s for s in root if _name(s) == "style"]
        self._by_id = {_value(style, "styleId"): style for style in styles}
        self._roles = {id_: self._role(id_) for id_ in self._by_id}
        self._on = {(id_, name) for id_ in self._by_id for name in _SWITCHES if self._switches_on(id_, name)}

    def slim(self, root: etree._Element) -> etree._Element:
        """What mammoth asks of styles: their names and numbering. The rest is most of the file, and takes time."""
        for style in list(root):
            if _name(style) != "style":
                root.remove(style)
            for part in [part for part in style if _name(part) not in ("name", "pPr")]:
                style.remove(part)
            for part in [p for p in style.iterfind("*/*") if _name(p) != "numPr"]:
                _drop(part)
        return root

    def role(self, id_: str) -> str | None:
        """The paragraph style that we give mammoth in place of this one, "toc" for contents, None for no change."""
        return self._roles.get(id_)

    def says(self, id_: str, property_: str) -> bool:
        """Whether a style switches a property of runs on."""
        return (id_, property_) in self._on

    def _role(self, id_: str) -> str | None:
        for style in self._line(id_):
            name = _value(_child(style, "name"), "val").lower()
            if level := re.fullmatch(r"heading (\d)", name):
                return f"CqHeading{level[1]}"
            if name in _ROLES or name.startswith(("toc ", "table of ")):
                return _ROLES.get(name, "toc")
            if outline := _outline(_child(style, "pPr")):
                return f"CqHeading{outline}"
        return None

    def _switches_on(self, id_: str, property_: str) -> bool:
        for style in self._line(id_):
            switch = _child(_child(style, "rPr"), property_)
            if switch is not None:
                return _is_on(switch)
        return False

    def _line(self, id_: str) -> Iterator[etree._Element]:
        """A style, the one that it is based on, and so on; a circle ends after twenty."""
        for _ in range(20):
            style = self._by_id.get(id_)
            if style is None:
                return
            yield style
            id_ = _value(_child(style, "basedOn"), "val")


def _prepare(root: etree._Element, styles: _Styles, left: Leavings) -> None:
    """Take out of a text what readers must not get, unwrap what mammoth does not know, say what styles say."""
    _choose(root)
    for element in list(root.iter()):
        name = _name(element)
        if name in _CHANGES and _is_inside(element, root):
            _CHANGES[name](element, left)
    for paragraph in [p for p in root.iter() if _name(p) == "p"]:
        _settle_paragraph(paragraph, styles, left)
    for run in [r for r in root.iter() if _name(r) == "r"]:
        _settle_run(run, styles, left)


def _choose(root: etree._Element) -> None:
    """Of what stands twice for old and new programs, keep what mammoth reads, if there are words in it."""
    for both in list(root.iter(f"{{{_COMPATIBLE}}}AlternateContent")):
        fallback = both.find(f"{{{_COMPATIBLE}}}Fallback")
        choice = both.find(f"{{{_COMPATIBLE}}}Choice")
        if choice is not None and (fallback is None or not _said(fallback)):
            _unwrap(choice)
            _unwrap(both)
        elif choice is not None:
            both.remove(choice)


def _delete(element: etree._Element, left: Leavings) -> None:
    if _name(element.getparent()) not in _PROPERTIES:
        left.count("deletion", int(bool(_said(element))))
        _drop(element)


def _move(element: etree._Element, _left: Leavings) -> None:
    if _name(element.getparent()) not in _PROPERTIES:
        _drop(element)


def _insert(element: etree._Element, left: Leavings) -> None:
    if _name(element.getparent()) not in _PROPERTIES and _said(element):
        left.count("insertion")


def _unwrap_ruby(element: etree._Element, left: Leavings) -> None:
    left.count("reading")
    for aside in [child for child in element if _name(child) != "rubyBase"]:
        element.remove(aside)
    for base in list(element):
        _unwrap(base)
    _unwrap(element)


def _note_graphic(element: etree._Element, left: Leavings) -> None:
    """Charts and diagrams are pictures to a reader."""
    left.count("picture", int(element.get("uri", "").rpartition("/")[2] in ("chart", "diagram", "chartex")))


def _keep_box(element: etree._Element, _left: Leavings) -> None:
    """Put the text of a new text box where mammoth looks for that of an old one."""
    boxes = [box for box in element.iter() if _name(box) == "txbxContent"]
    if boxes:
        old = etree.Element(_tag(element, "pict"))
        old.extend(boxes)
        element.getparent().replace(element, old)


def _drop_contents(element: etree._Element, left: Leavings) -> None:
    """A structured block is unwrapped by mammoth, but for a table of contents."""
    gallery = next((_value(e, "val") for e in element.iter() if _name(e) == "docPartGallery"), "")
    if gallery.lower() == "table of contents":
        left.count("contents", sum(_name(p) == "p" for p in element.iter()))
        _drop(element)


def _count_as(what: str) -> _Change:
    def change(element: etree._Element, left: Leavings) -> None:
        left.count(what)
        _drop(element)

    return change


def _unwrap(element: etree._Element, _left: Leavings | None = None) -> None:
    parent = element.getparent()
    place = parent.index(element)
    parent[place : place + 1] = list(element)


def _drop(element: etree._Element) -> None:
    element.getparent().remove(element)


def _settle_paragraph(paragraph: etree._Element, styles: _Styles, left: Leavings) -> None:
    """Give a paragraph the style that says what it is; lines of a table of contents go."""
    properties = _child(paragraph, "pPr")
    style = _child(properties, "pStyle")
    role = styles.role(_value(style, "val")) if style is not None else None
    if role == "toc":
        left.count("contents")
        for run in [child for child in paragraph if _name(child) != "pPr"]:
            paragraph.remove(run)
        return
    level = _outline(properties)
    role = role or (f"CqHeading{level}" if level else None)
    if style is not None and styles.says(_value(style, "val"), "b") and not role:
        for run in paragraph:
            _switch_on(run, "b")
    if role and properties is not None:
        if style is None:
            style = etree.SubElement(properties, _tag(properties, "pStyle"))
        style.set(_tag(properties, "val"), role)
        if (numbers := _child(properties, "numPr")) is not None and role != "CqQuote":
            properties.remove(numbers)


def _settle_run(run: etree._Element, styles: _Styles, left: Leavings) -> None:
    """Drop a run that is hidden or struck out; say bold and italic that its style says."""
    properties = _child(run, "rPr")
    style = _value(_child(properties, "rStyle"), "val")
    for property_, what in (("vanish", "hidden"), ("strike", "struck"), ("dstrike", "struck")):
        switch = _child(properties, property_)
        if _is_on(switch) if switch is not None else styles.says(style, property_):
            left.quote(what, _said(run))
            _drop(run)
            return
    for property_ in ("b", "i"):
        if styles.says(style, property_):
            _switch_on(run, property_)


def _switch_on(run: etree._Element, property_: str) -> None:
    """Say bold or italic of a run that says nothing of it."""
    if _name(run) != "r":
        return
    properties = _child(run, "rPr")
    if properties is None:
        properties = etree.Element(_tag(run, "rPr"))
        run.insert(0, properties)
    if _child(properties, property_) is None:
        etree.SubElement(properties, _tag(run, property_))


def _note_margins(container: Container, related: dict[str, str], left: Leavings) -> None:
    for sort, path in related.items():
        if sort.startswith(("header", "footer")):
            margin = container.tree(path)
            left.count("margin", int(margin is not None and bool(_said(margin).strip())))


def _note_lost(text: etree._Element, found: etree._Element, left: Leavings) -> None:
    """Say which words of the prepared text mammoth has not brought: it leaves out what it does not know."""
    there = "".join("".join(str(t) for t in found.itertext()).split())
    words = _said(text, " ").split()
    if sum(map(len, words)) > len(there):
        left.quote("strange", " ".join(word for word in list(dict.fromkeys(words))[:2_000] if word not in there))


def _said(element: etree._Element, between: str = "") -> str:
    return between.join(t.text or "" for t in element.iter() if _name(t) in ("t", "delText"))


def _is_inside(element: etree._Element, root: etree._Element) -> bool:
    """Whether an element has not gone with one around it."""
    return element is not root and element.getroottree().getroot() is root


def _name(element: etree._Element | None) -> str:
    """An element's local name where it is one of Word's; others' with a prefix of ours."""
    tag = "" if element is None or not isinstance(element.tag, str) else element.tag
    space, _, local = tag[1:].partition("}")
    if space in _WORD:
        return local
    prefixes = {_VML: "v:", _MATH: "m:", **dict.fromkeys(_DRAWING, "a:")}
    return f"{prefixes[space]}{local}" if space in prefixes else ""


def _tag(beside: etree._Element, local: str) -> str:
    """The full name of one of Word's elements, in the same of its two name spaces."""
    return f"{{{etree.QName(beside).namespace}}}{local}"


def _child(element: etree._Element | None, name: str) -> etree._Element | None:
    return next((child for child in (() if element is None else element) if _name(child) == name), None)


def _value(element: etree._Element | None, name: str) -> str:
    return "" if element is None else element.get(_tag(element, name), "")


def _is_on(switch: etree._Element) -> bool:
    return _value(switch, "val").lower() not in _OFF


def _outline(properties: etree._Element | None) -> int:
    """The level of a heading that properties of a paragraph state, 0 for running text."""
    level = _value(_child(properties, "outlineLvl"), "val")
    return int(level) + 1 if re.fullmatch("[0-8]", level) else 0


_CHANGES: dict[str, _Change] = {
    "del": _delete,
    "ins": _insert,
    "moveFrom": _move,
    "commentReference": _count_as("comment"),
    "footnoteReference": _count_as("footnote"),
    "endnoteReference": _count_as("footnote"),
    "a:blip": _count_as("picture"),
    "v:imagedata": _count_as("picture"),
    "m:oMath": _count_as("formula"),
    "a:graphicData": _note_graphic,
    "altChunk": _count_as("insert"),
    "subDoc": _count_as("insert"),
    "drawing": _keep_box,
    "fldSimple": _unwrap,
    "dir": _unwrap,
    "bdo": _unwrap,
    "ruby": _unwrap_ruby,
    "sdt": _drop_contents,
}
