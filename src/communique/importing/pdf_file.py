"""PDF: the text of a file that has some, as HTML elements, from where it stands on its pages.

pdfminer gives each line with its place and type. Ours is what they are together: columns (a gutter that few lines
cross; a line that crosses it ends a band), running heads, feet and page numbers (the same words, numbers aside, at the
edge of page after page), paragraphs (by leading, indent and lines that end early; over pages and columns where no
sentence has ended), words that were divided at the end of a line, the title (the largest type of the first page).
Nothing is run and no file inside is opened; a page that was scanned is a picture and has no text.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from lxml import etree
from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTChar, LTContainer, LTFigure, LTImage, LTTextLine
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

from communique.importing.containers import check_signs, handed_over, locked, with_macros
from communique.importing.errors import NotTaken
from communique.importing.leavings import Leavings
from communique.importing.right_to_left import in_order_of_reading, is_from_the_right
from communique.importing.sentence import Sentence
from communique.importing.words import ENDS_A_SENTENCE

LIMIT_PAGES = 300
LIMIT_LINES = 30_000

_ACTS = re.compile(rb"/(?:JavaScript|JS|Launch)\b")
_PACKED = re.compile(rb"\bstream\r?\n.*?\bendstream\b", re.S)
"""in packed bytes any word may stand by chance"""
_UNKNOWN = re.compile(r"\(cid:\d+\)")
_NUMBERS = re.compile(r"\d+")
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_STRANGE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_DIVIDED = re.compile(r"(\w+)[-\u2010\u00ad]$")
_PAGE_NUMBER = re.compile(r"[\W_]*(?:\w{1,10}\.?\s+)?\d{1,4}(?:\s*(?:/|\w{1,4})\s*\d{1,4})?[\W_]*")
_EDGE = 4
"""lines from the top or the bottom of a page among which a running head or foot stands"""
_TITLE = 1.15
"""how much larger than the text a title is"""
_LEAST_COLUMN = 4
"""lines without which a column is none"""
_GUTTER_POINTS = 6.0
_WIDEST = 1.0
"""the width of a sign, on the whole, as a part of its size: letters take about a half"""


@dataclass(frozen=True)
class _Line:
    """A line of type: its words, its edges in points from the lower left corner, its size, and how it is set."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    bold: int
    """how many of its first signs are bold"""

    @property
    def is_bold(self) -> bool:
        return self.bold >= len(self.text)


@dataclass(frozen=True)
class _Block:
    """Lines that are one paragraph or heading."""

    lines: tuple[_Line, ...]


def pdf_tree(name: str, data: bytes, left: Leavings) -> etree._Element:
    """The text as HTML elements; raises NotTaken."""
    if _ACTS.search(_PACKED.sub(b"", data)):
        raise with_macros(name)
    if b"%%EOF" not in data[-4096:]:
        what = Sentence("the file is damaged: {what}", what=Sentence("it breaks off before its end"))
        raise NotTaken(name, what, Sentence("fetch or make the PDF again"))
    pages = handed_over(name, lambda: _pages(name, data, left))
    pages = [_without_margins(page, _margins(pages)) for page in pages]
    lines = [line for page in pages for line in page]
    check_signs(name, sum(len(line.text) for line in lines))
    if not lines:
        what = Sentence("no word in it: its pages are pictures")
        raise NotTaken(name, what, Sentence("choose a document that has text; a scanned page is a picture"))
    if sum(len(_UNKNOWN.findall(line.text)) for line in lines) * 20 > sum(len(line.text) for line in lines):
        what = Sentence("its letters are drawn, and nothing says which letters they are")
        raise NotTaken(name, what, Sentence("upload the document from which the PDF was made, as .docx or .odt"))
    return _tree(pages)


def _pages(name: str, data: bytes, left: Leavings) -> list[list[_Line]]:
    found: list[list[_Line]] = []
    count = 0
    try:
        for page in extract_pages(io.BytesIO(data), laparams=LAParams(boxes_flow=None), caching=False):
            lines = [line for part in _text_lines(page) if (line := _line(part))]
            left.count("picture", sum(isinstance(part, LTImage | LTFigure) for part in page))
            count += len(lines)
            if len(found) >= LIMIT_PAGES or count > LIMIT_LINES:
                what = Sentence("it has more than {limit} pages", limit=LIMIT_PAGES)
                raise NotTaken(name, what, Sentence("upload it in parts, or attach it to the message as a file"))
            found.append(lines)
    except (PDFPasswordIncorrect, PDFEncryptionError):
        raise locked(name) from None
    return found


def _text_lines(container: LTContainer) -> Iterator[LTTextLine]:
    for part in container:
        if isinstance(part, LTTextLine):
            yield part
        elif isinstance(part, LTContainer):
            yield from _text_lines(part)


def _line(part: LTTextLine) -> _Line | None:
    letters = [letter for letter in part if isinstance(letter, LTChar)]
    read = in_order_of_reading([(x.get_text(), x.x0 if isinstance(x, LTChar) else None) for x in part])
    text = _STRANGE.sub(" ", read).translate(_LIGATURES)
    words = " ".join(text.split())
    if not words or not letters:
        return None
    bold = 0
    for letter in letters:
        if not re.search(r"bold|black|heavy|semib|demi", letter.fontname, re.I):
            break
        bold += len(letter.get_text())
    whole = bold >= sum(len(letter.get_text()) for letter in letters)
    strong = len(words) if whole else len(" ".join("".join(x.get_text() for x in letters[:bold]).split()))
    size = median(letter.size for letter in letters)
    return _Line(words, part.x0, part.x1, part.y0, part.y1, round(size, 1), strong)


def _margins(pages: Sequence[Sequence[_Line]]) -> set[str]:
    """The words of running heads and feet, their numbers taken out: at the edge of most pages."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_NUMBERS.sub("#", line.text) for line in _edges(page)})
    least = max(2, len(pages) // 3)
    return {words for words, count in seen.items() if count >= least}


def _edges(page: Sequence[_Line]) -> list[_Line]:
    down = sorted(page, key=lambda line: -line.top)
    return [*down[:_EDGE], *down[max(len(down) - _EDGE, _EDGE) :]]


def _without_margins(page: Sequence[_Line], margins: set[str]) -> list[_Line]:
    edges = _edges(page)
    outermost = sorted(page, key=lambda line: line.top)
    ends = [*outermost[:1], *outermost[-1:]] if len(page) > 1 else []
    return [
        line
        for line in page
        if not (line in edges and _NUMBERS.sub("#", line.text) in margins)
        and not (line in ends and _PAGE_NUMBER.fullmatch(line.text) and len(line.text) < 24)
    ]


def _ordered(lines: Sequence[_Line]) -> list[list[_Line]]:
    """The columns of some lines in the order in which they are read, band by band."""
    gutter = _gutter(lines)
    if gutter is None:
        return [sorted(lines, key=lambda line: (-line.top, line.left))] if lines else []
    found: list[list[_Line]] = []
    band: list[_Line] = []
    for line in [*sorted(lines, key=lambda line: -line.top), None]:
        if line is not None and not line.left < gutter < line.right:
            band.append(line)
            continue
        left, right = ([one for one in band if (one.right <= gutter) == side] for side in (True, False))
        if min(len(left), len(right)) < 2:
            found += _ordered_plainly(band)
        else:
            found += [*_ordered(left), *_ordered(right)]
        band = []
        if line is not None:
            found.append([line])
    return _joined(found)


def _ordered_plainly(band: Sequence[_Line]) -> list[list[_Line]]:
    return [sorted(band, key=lambda line: (-line.top, line.left))] if band else []


def _joined(columns: Sequence[list[_Line]]) -> list[list[_Line]]:
    """Lines that cross the gutter one below the other, as one column."""
    found: list[list[_Line]] = []
    for column in columns:
        if found and len(column) == 1 and found[-1][-1].bottom >= column[0].top - column[0].size * 2:
            above = found[-1][-1]
            if abs(above.left - column[0].left) < above.size and above.right > column[0].left:
                found[-1].append(column[0])
                continue
        found.append(column)
    return found


def _gutter(lines: Sequence[_Line]) -> float | None:
    """Where a gutter runs that few lines cross and many stand on either side of, None where none does."""
    if len(lines) < _LEAST_COLUMN * 2:
        return None
    starts = sorted({round(line.left, 0) for line in lines})
    best: tuple[int, float] | None = None
    for start in starts[1:]:
        gutter = start - _GUTTER_POINTS / 2
        crossing = sum(line.left < gutter - 1 and line.right > gutter for line in lines)
        right = [line for line in lines if line.left >= gutter]
        left = [line for line in lines if line.right <= gutter]
        if min(len(left), len(right)) < max(_LEAST_COLUMN, len(lines) // 5) or crossing * 3 > len(lines):
            continue
        if not _beside(left, right) or (best and best[0] <= crossing):
            continue
        best = (crossing, gutter)
    return best[1] if best else None


def _beside(left: Sequence[_Line], right: Sequence[_Line]) -> bool:
    """Whether two columns stand beside one another, and are both running text rather than a list of labels."""
    top, bottom = (min(max(x.top for x in left), max(x.top for x in right)), max(x.bottom for x in left))
    bottom = max(min(x.bottom for x in left), min(x.bottom for x in right))
    words = min(median(len(x.text) for x in left), median(len(x.text) for x in right))
    return top - bottom > 0.5 * (max(x.top for x in right) - min(x.bottom for x in right)) and words >= 16


def _blocks(column: Sequence[_Line]) -> list[_Block]:
    """Paragraphs and headings of a column."""
    found: list[list[_Line]] = []
    steps = [a.top - b.top for a, b in pairwise(column) if a.size == b.size and 0 < a.top - b.top < a.size * 3]
    leading = median(steps) if steps else 0.0
    edge = max((line.right for line in column), default=0.0)
    start = Counter(round(line.left) for line in column).most_common(1)[0][0] if column else 0
    for line in column:
        if found and _goes_on(found[-1][-1], line, leading, start, edge):
            found[-1].append(line)
        else:
            found.append([line])
    return [_Block(tuple(lines)) for lines in found]


def _goes_on(above: _Line, line: _Line, leading: float, start: float, edge: float) -> bool:
    if abs(above.size - line.size) > 0.6 or above.is_bold != line.is_bold:
        return False
    step = above.top - line.top
    if abs(step) < above.size * 0.4:
        return True
    usual = leading or above.size * 1.2
    if step > usual * 1.25 or step < 0:
        return False
    if line.left - start > line.size * 0.8 and line.left - above.left > line.size * 0.8:
        return False
    room = edge - above.right
    if is_from_the_right(line.text):
        room = above.left - start
    early = room > (edge - start) * 0.2
    word = len(line.text.split()[0]) + 1
    fits = room > (edge - start) * 0.4 and room > word * line.size * _WIDEST and above.size <= line.size
    fits = fits and not (_DIVIDED.search(above.text) or line.text[:1].islower())
    return not (early and (ENDS_A_SENTENCE.search(above.text) or fits))


def _tree(pages: Sequence[Sequence[_Line]]) -> etree._Element:
    blocks = [block for page in pages for column in _ordered(page) for block in _blocks(column)]
    sizes: Counter[float] = Counter()
    for block in blocks:
        for line in block.lines:
            sizes[line.size] += len(line.text)
    usual = sizes.most_common(1)[0][0]
    largest = max((line.size for line in pages[0]), default=0.0)
    title = largest if largest >= usual * _TITLE else None
    words = " ".join(line.text for block in blocks for line in block.lines)
    tree = etree.Element("div")
    is_open = False
    for block in _over_breaks(blocks, usual):
        size = block.lines[0].size
        text, strong = _text(block, words)
        if size == title and not is_open:
            _add(tree, "h1", text, 0, joined=True)
        elif size >= usual * _TITLE and len(text) < 200:
            _add(tree, "h2", text, 0)
        else:
            _add(tree, "p", text, strong)
            is_open = is_open or len(text) > 200
    return tree


def _over_breaks(blocks: Sequence[_Block], usual: float) -> list[_Block]:
    """Paragraphs that a page or a column broke in two, as one."""
    found: list[_Block] = []
    for block in blocks:
        above = found[-1].lines[-1] if found else None
        first = block.lines[0]
        broken = (
            above is not None
            and above.size == first.size == usual
            and above.top <= first.top
            and not ENDS_A_SENTENCE.search(above.text)
            and (first.text[:1].islower() or bool(_DIVIDED.search(above.text)))
        )
        if broken:
            found[-1] = _Block((*found[-1].lines, *block.lines))
        else:
            found.append(block)
    return found


def _text(block: _Block, words: str) -> tuple[str, int]:
    """The words of a block, divided ones whole again, and how many of its first signs are strong."""
    text = block.lines[0].text
    for line in block.lines[1:]:
        divided = _DIVIDED.search(text)
        if not divided or not line.text[:1].islower():
            text = f"{text} {line.text}"
            continue
        last = re.match(r"\w+", line.text)
        compound = f"{divided[1]}-{last[0] if last else ''}"
        kept = text[-1] != "\u00ad" and compound in words
        text = (text if kept else text[:-1]) + line.text
    strong = len(text) if all(line.is_bold for line in block.lines) else min(block.lines[0].bold, len(text))
    return _UNKNOWN.sub("", text), strong


def _add(tree: etree._Element, tag: str, text: str, strong: int, *, joined: bool = False) -> None:
    if joined and len(tree) and tree[-1].tag == tag:
        tree[-1].text += f" {text}"
        return
    element = etree.SubElement(tree, tag)
    if strong > 0:
        lead = etree.SubElement(element, "strong")
        lead.text, lead.tail = text[:strong], text[strong:]
    else:
        element.text = text
