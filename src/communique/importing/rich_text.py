"""RTF: the text of the file, a paragraph a line, read by striprtf; pictures and objects in it are counted and left.

Objects are not opened: what is embedded in an RTF is how programs get onto machines. A file with one that runs or
fetches something as soon as the file is opened is refused whole.
"""

from __future__ import annotations

import re

from lxml import etree
from striprtf.striprtf import rtf_to_text

from communique.importing.containers import check_signs, handed_over, with_macros
from communique.importing.errors import NotTaken
from communique.importing.leavings import Leavings
from communique.importing.sentence import Sentence

LIMIT_DEPTH = 500

_AGAIN = Sentence("open it in its word processor and save it as .docx")
_RUNS = re.compile(rb"\\obj(?:update|autlink|link)\b", re.I)
_BINARY = re.compile(rb"\\bin(\d{1,9}) ?")
_STRANGE = re.compile("[\x00-\x08\x0b-\x1f]")


def rich_text_tree(name: str, data: bytes, left: Leavings) -> etree._Element:
    """The text as HTML elements; raises NotTaken."""
    if _RUNS.search(data):
        raise with_macros(name)
    data = _without_binary(data)
    _check_groups(name, data)
    left.count("picture", data.count(b"\\pict"))
    left.count("insert", len(re.findall(rb"\\object\b", data)))
    text = handed_over(name, lambda: rtf_to_text(data.decode("latin-1"), errors="replace"))
    check_signs(name, len(text))
    tree = etree.Element("div")
    for line in text.split("\n"):
        words = _STRANGE.sub(" ", line).strip()
        if words:
            etree.SubElement(tree, "p").text = words.replace("|", " ").strip() if "|" in words[-1:] else words
    return tree


def _without_binary(data: bytes) -> bytes:
    """The file without stretches of raw bytes, whose braces are none."""
    found, at = bytearray(), 0
    while stretch := _BINARY.search(data, at):
        found += data[at : stretch.start()]
        at = stretch.end() + int(stretch[1])
    return bytes(found + data[at:])


def _check_groups(name: str, data: bytes) -> None:
    """Refuse a file that breaks off, or whose groups are too deep; raises NotTaken."""
    depth = 0
    for brace in re.finditer(rb"\\[\\{}]|[{}]", data):
        depth += {b"{": 1, b"}": -1}.get(brace[0], 0)
        if depth > LIMIT_DEPTH:
            what = Sentence("too many of its elements are inside one another")
            raise NotTaken(name, what, Sentence("copy its text, and paste it as plain text"))
    if depth > 0:
        what = Sentence("the file is damaged: {what}", what=Sentence("it breaks off before its end"))
        raise NotTaken(name, what, _AGAIN)
