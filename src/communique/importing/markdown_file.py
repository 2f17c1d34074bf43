"""Markdown: CommonMark with tables, read by markdown-it; a head of facts between `---` lines gives title and day."""

from __future__ import annotations

import re

from lxml import etree, html
from markdown_it import MarkdownIt

from communique.importing.containers import check_signs, handed_over
from communique.importing.errors import NotTaken
from communique.importing.leavings import Leavings
from communique.importing.sentence import Sentence

_FACTS = re.compile(r"\A(?:---|\+\+\+)[ \t]*\n(.{0,20000}?)\n(?:---|\+\+\+|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_FACT = re.compile(r"^(title|date|lang|language)[ \t]*[:=][ \t]*(.+?)[ \t]*$", re.M | re.I)


def markdown_tree(name: str, data: bytes, _left: Leavings) -> etree._Element:
    """The text as HTML elements; raises NotTaken."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        what = Sentence("byte {position} is not UTF-8", position=fault.start)
        raise NotTaken(name, what, Sentence("open it and save it as UTF-8 text")) from None
    check_signs(name, len(text))
    text = text.replace("\r\n", "\n").replace("\0", "")
    facts: dict[str, str] = {}
    if found := _FACTS.match(text):
        facts = {key.lower(): value.strip("\"'") for key, value in _FACT.findall(found[1])}
        text = text[found.end() :]
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    made = handed_over(name, lambda: parser.render(text))
    tree = html.fragment_fromstring(made, create_parent="div")
    if facts.get("date"):
        _first(tree, "p", facts["date"][:10])
    if facts.get("title") and not any(h.text_content() == facts["title"] for h in tree.iter("h1")):
        _first(tree, "h1", facts["title"])
    if language := facts.get("lang") or facts.get("language"):
        tree.set("lang", language)
    return tree


def _first(tree: etree._Element, tag: str, words: str) -> None:
    element = etree.Element(tag)
    element.text = words
    tree.insert(0, element)
