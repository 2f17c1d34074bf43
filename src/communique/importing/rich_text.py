"""RTF: the text of the file, a paragraph a line, read by striprtf; pictures and objects in it are counted and left.

What nobody sees in the document (hidden, struck out, deleted) is no part of it (`rich_text_runs.py`). A paragraph that
is set larger than the text is a heading, the largest above all text the title; strong words stay strong, links links.

Objects are not opened: what is embedded in an RTF is how programs get onto machines. A file with one that runs or
fetches something as soon as the file is opened is refused whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, takewhile

from lxml import etree
from striprtf.striprtf import rtf_to_text

from communique.importing.containers import check_signs, handed_over, with_macros
from communique.importing.errors import NotTaken
from communique.importing.leavings import Leavings
from communique.importing.rich_text_runs import TYPE, with_types
from communique.importing.sentence import Sentence

LIMIT_DEPTH = 500

_LIMIT_UNSEEN = 50
"""stretches that nobody sees of which the words are looked at, to quote the first"""
_LARGER = 1.15
"""how much larger than the text a heading is"""
_LEAST_TEXT = 200
"""signs of a paragraph that is text for certain: a title stands above it"""
_LIMIT_HEADING = 320
_Line = list[tuple[bool, int, int, str]]
"""runs of a paragraph: whether strong, size, number of the link, words"""

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
    data, unseen, links = with_types(data, left)
    text = handed_over(name, lambda: _words(data))
    for why, parts in unseen.items():
        said = handed_over(name, lambda parts=parts[:_LIMIT_UNSEEN]: list(map(_words, parts)))  # type: ignore[misc]
        for words in said:
            left.quote("struck" if why == "deletion" else why, words)
    check_signs(name, len(text))
    return _tree([line for line in _lines(text) if any(words.strip() for *_, words in line)], links)


def _words(data: bytes) -> str:
    return rtf_to_text(data.decode("latin-1"), errors="replace")


def _lines(text: str) -> Iterator[_Line]:
    """The paragraphs, each in runs of one type."""
    strong, size, link = False, 0, 0
    for line in text.split("\n"):
        runs: _Line = []
        at = 0
        for change in [*TYPE.finditer(line), None]:
            words = _STRANGE.sub(" ", line[at : change.start() if change else len(line)])
            if words:
                runs.append((strong, size, link, words))
            if change:
                strong, size, link, at = change[1] == "1", int(change[2]), int(change[3]), change.end()
        if line.rstrip().endswith("|"):  # the cells of a row
            runs = [(bold, points, where, words.replace("|", " ")) for bold, points, where, words in runs]
        yield runs


def _tree(lines: Sequence[_Line], links: Mapping[int, str]) -> etree._Element:
    sizes: Counter[int] = Counter()
    for line in lines:
        for _, size, _, words in line:
            sizes[size] += len(words)
    usual = sizes.most_common(1)[0][0] if sizes else 0
    above = list(takewhile(lambda line: sum(len(words) for *_, words in line) <= _LEAST_TEXT, lines))
    largest = max((_size(line) for line in above), default=0)
    tree = etree.Element("div")
    for place, line in enumerate(lines):
        size, is_short = _size(line), sum(len(words) for *_, words in line) < _LIMIT_HEADING
        is_heading = size >= usual * _LARGER and is_short
        tag = "p" if not is_heading else "h1" if size == largest and place < len(above) else "h2"
        _add(etree.SubElement(tree, tag), line, links)
    return tree


def _size(line: _Line) -> int:
    """The smallest type of a paragraph: a large first letter makes no heading."""
    return min((size for _, size, _, words in line if words.strip()), default=0)


def _add(element: etree._Element, line: _Line, links: Mapping[int, str]) -> None:
    """Put the words of a paragraph into its element, links and strong words as elements of their own."""
    for link, runs in groupby(line, key=lambda run: run[2]):
        inside = element
        if link in links:
            inside = etree.SubElement(element, "a", href=links[link])
        for strong, _, _, words in runs:
            if strong and element.tag == "p":
                etree.SubElement(inside, "strong").text = words
            elif len(inside):
                inside[-1].tail = (inside[-1].tail or "") + words
            else:
                inside.text = (inside.text or "") + words


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
