"""Passages: the blocks of a marked-up text, each with its kind, its marks and its place in a list.

Whatever a document was, it comes here as a tree of HTML elements: from Word through mammoth, from OpenDocument through
`open_document.py`, from a clipboard as it is. Kept are paragraphs, headings, items with their level, quotations,
tables, emphasis, strong, superscript, subscript and links that lead somewhere by themselves. Scripts, styles, forms,
pictures, hidden words, words struck out, tracked deletions, comments and footnotes are left out; all but the first two
are said.

Three makers of HTML have ways of their own, which are read here: Word writes items as paragraphs of a class
`MsoListParagraph` whose bullet is a span `mso-list:Ignore`; Google Docs wraps everything in a `b` that is not bold and
says bold by `font-weight`; Word in the browser gives each item a list of its own with its level in `aria-level`.

Offsets are in code points of the text in canonical form. A line break inside a paragraph stays, as LF.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from lxml import etree, html

from communique.edition.text import canonical_text
from communique.importing.containers import check_signs, check_tree, too_deep
from communique.importing.errors import NotTaken
from communique.importing.leavings import Leavings
from communique.importing.markup import Link
from communique.importing.sentence import Sentence

LIMIT_DEPTH = 150
LIMIT_PLACES = 20_000_000
"""marks of a block times its signs: the time that it takes to find their places anew"""
LIMIT_CELLS = 20_000

_DROPPED = re.compile(
    "script|style|noscript|template|head|title|meta|link|xml|nav|base|datalist|col|colgroup|param|[vwx]:.*"
)
_COUNTED = {"img": "picture", "svg": "picture", "picture": "picture", "canvas": "picture", "map": "picture"}
_COUNTED |= {
    "video": "film",
    "audio": "film",
    "iframe": "film",
    "object": "film",
    "embed": "film",
    "math": "formula",
    "m:omath": "formula",
}
_COUNTED |= {"input": "field", "select": "field", "textarea": "field", "button": "field"}
_BLOCK = re.compile(
    "address|article|aside|body|caption|center|d[dlt]|details|div|fieldset|figcaption|figure|footer|form|header|hr|html|"
    "legend|main|p|pre|section|summary|h[1-6]|[ou]l|li|menu|blockquote"
)
_MARKS = {"b": "strong", "strong": "strong", "i": "emphasis", "em": "emphasis", "dfn": "emphasis", "cite": "emphasis"}
_MARKS |= {"sup": "superscript", "sub": "subscript"}
_STRUCK = ("s", "strike", "del")
_STYLE_MARKS = (
    (re.compile(r"(?:^|;)\s*font-weight\s*:\s*(?:bold|[6-9]00)", re.I), "strong"),
    (re.compile(r"(?:^|;)\s*font-style\s*:\s*(?:italic|oblique)", re.I), "emphasis"),
    (re.compile(r"(?:^|;)\s*vertical-align\s*:\s*super", re.I), "superscript"),
    (re.compile(r"(?:^|;)\s*vertical-align\s*:\s*sub(?!t)(?!.*super)", re.I), "subscript"),
)
_NOT_BOLD = re.compile(r"(?:^|;)\s*font-weight\s*:\s*(?:normal|[1-4]00)", re.I)
_NOT_ITALIC = re.compile(r"(?:^|;)\s*font-style\s*:\s*normal", re.I)
_STRUCK_STYLE = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.I)
_HIDDEN_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.I)
_MSO_LIST = re.compile(r"mso-list\s*:[^;]*?\blevel(\d)", re.I)
_MSO_BULLET = re.compile(r"mso-list\s*:\s*Ignore", re.I)
_MSO_NOTES = re.compile(r"mso-element\s*:\s*(?:foot|end)note-list", re.I)
_MSO_COMMENTS = re.compile(r"mso-element\s*:\s*comment-list", re.I)
_MSO_NOTE = re.compile(r"mso-(?:foot|end)note-id", re.I)
_NUMBERED = re.compile(r"^[\s\u00a0]*[(]?(?:\w{1,4}|[一二三四五六七八九十]+)[.)、]")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_FIXED_BLANKS = re.compile(r" +\u00a0[\u00a0 ]*|\u00a0+ [\u00a0 ]*")
"""what Word writes for a run of blanks"""
_BLANKS_OF_PRE = re.compile(r"[ \t\r\f]+")


@dataclass(frozen=True)
class Passage:
    """One block. `marks` are (from, to, kind, target), target "" but for a link. `goes_on` is a line after a break."""

    kind: str
    text: str
    marks: tuple[tuple[int, int, str, str], ...] = ()
    level: int = 0
    ordered: bool = False
    rows: tuple[tuple[str, ...], ...] = ()
    header: bool = False
    is_title: bool = False
    goes_on: bool = False

    def cut(self, start: int, end: int | None = None) -> Passage:
        """The same passage with the words from `start` to `end` alone, blanks around them left out."""
        end = len(self.text) if end is None else end
        start += len(self.text[start:end]) - len(self.text[start:end].lstrip())
        text = self.text[start:end].rstrip()
        placed = ((max(a - start, 0), min(b - start, len(text)), kind, to) for a, b, kind, to in self.marks)
        return replace(self, text=text, marks=tuple(mark for mark in placed if mark[0] < mark[1]))

    @property
    def lead(self) -> int:
        """How many signs at the beginning are strong without a gap, 0 where none are."""
        return next((end for start, end, kind, _ in self.marks if start == 0 and kind == "strong"), 0)


def passages_of_html(text: str, name: str, left: Leavings) -> list[Passage]:
    """The passages of HTML as text; raises NotTaken where it is too deep or too large."""
    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise NotTaken(name, Sentence("no word in it"), Sentence("copy the text again, and paste it")) from None
    if any("depth" in fault.message.lower() or "huge" in fault.message.lower() for fault in parser.error_log):
        raise too_deep(name)
    return passages_of(root, name, left)


def passages_of(root: etree._Element, name: str, left: Leavings) -> list[Passage]:
    """The passages of a tree of HTML elements; raises NotTaken where it is too deep or too large."""
    check_tree(root, name, LIMIT_DEPTH)
    check_signs(name, sum(len(str(text)) for text in root.itertext()))
    writer = _Writer(left)
    writer.write(root, _Around())
    writer.end_block()
    return writer.passages


@dataclass(frozen=True)
class _Around:
    """What the elements around some words say of them."""

    kind: str = "paragraph"
    level: int = 0
    ordered: bool = False
    is_title: bool = False
    marks: frozenset[str] = frozenset()
    target: str = ""
    pre: bool = False


@dataclass
class _Run:
    words: str
    around: _Around


@dataclass
class _Writer:
    """Collects the words of a tree into passages."""

    left: Leavings
    passages: list[Passage] = field(default_factory=list)
    _runs: list[_Run] = field(default_factory=list)
    _cells: int = 0

    def write(self, element: etree._Element, around: _Around) -> None:
        if not isinstance(element.tag, str) or self._is_left_out(element):
            return
        if element.tag == "br":
            self._runs.append(_Run("\n", around))
        elif element.tag == "q":
            self._say("“", around)
            self._write_inside(element, around)
            self._say("”", around)
        elif element.tag == "table":
            self.end_block()
            self._write_table(element, around)
        elif _BLOCK.fullmatch(element.tag):
            self._write_block(element, around)
        else:
            self._write_inside(element, _marked(element, around, self.left))

    def end_block(self) -> None:
        runs, self._runs = self._runs, []
        self.passages += _passages(runs)

    def _write_block(self, element: etree._Element, around: _Around) -> None:
        self.end_block()
        inside = _as_block(element, around)
        before = len(self.passages)
        self._write_inside(element, inside)
        self.end_block()
        if element.tag == "li" and inside.kind == "item":  # of several paragraphs of an item the first has its bullet
            self.passages[before + 1 :] = [_without_bullet(p, inside.level) for p in self.passages[before + 1 :]]

    def _write_inside(self, element: etree._Element, around: _Around) -> None:
        self._say(element.text, around)
        for child in element:
            self.write(child, around)
            self._say(child.tail, around)

    def _say(self, words: str | None, around: _Around) -> None:
        if words:
            words = _FIXED_BLANKS.sub(" ", words)
            self._runs.append(_Run((_BLANKS_OF_PRE if around.pre else _BLANKS).sub(" ", words), around))

    def _write_table(self, element: etree._Element, around: _Around) -> None:
        rows, header = self._rows(element)
        if not rows:
            return
        width = max(map(len, rows))
        if width == 1:  # one column is a frame around text, not a table
            for row in rows:
                self.passages += row[0]
            return
        if width * len(rows) > LIMIT_CELLS:
            raise _large_table()
        texts = [["\n".join(p.text for p in cell) for cell in row] + [""] * (width - len(row)) for row in rows]
        texts = [row for row in texts if any(row)]
        self.left.count("cell", sum(not cell for row in texts for cell in row))
        filled = tuple(tuple(cell or "–" for cell in row) for row in texts)
        if filled:
            self.passages.append(Passage("table", "", rows=filled, header=header))

    def _rows(self, table: etree._Element) -> tuple[list[list[list[Passage]]], bool]:
        """The passages of each cell, row by row; whether the first row is one of headings."""
        rows: list[list[list[Passage]]] = []
        header = False
        for row in table.iter("tr"):
            if next(row.iterancestors("table")) is not table or self._is_left_out(row):
                continue
            cells = [cell for cell in row if cell.tag in ("td", "th")]
            in_head = any(a.tag == "thead" for a in row.iterancestors("thead", "table"))
            header = header or (not rows and bool(cells) and (in_head or all(c.tag == "th" for c in cells)))
            rows.append([part for cell in cells for part in self._cell(cell)])
        for caption in table.iterchildren("caption"):
            self.write(caption, _Around())
        return [row for row in rows if row], header

    def _cell(self, cell: etree._Element) -> list[list[Passage]]:
        """The passages of a cell, then nothing for each further column that it spans."""
        inner = _Writer(self.left)
        inner._write_inside(cell, _Around())
        inner.end_block()
        span = cell.get("colspan", "1")
        wide = min(int(span), 50) if re.fullmatch(r"\d{1,4}", span) else 1
        self._cells += max(wide, 1)
        if self._cells > LIMIT_CELLS:
            raise _large_table()
        return [inner.passages, *([] for _ in range(wide - 1))]

    def _is_left_out(self, element: etree._Element) -> bool:
        """Whether an element's words are not taken; what readers might miss is counted."""
        tag, style, class_ = element.tag, element.get("style", ""), element.get("class", "")
        if counted := _COUNTED.get(tag):
            self.left.count(counted)
        elif tag in _STRUCK or "msoDel" in class_ or _STRUCK_STYLE.search(style):
            self._strike(element, tracked=(tag == "del" or "msoDel" in class_))
        elif element.get("hidden") is not None or _HIDDEN_STYLE.search(style):
            self.left.quote("hidden", _words(element))
        elif re.search(r"\bMsoToc\d", class_):
            self.left.count("contents")
        elif _MSO_NOTE.search(style) or re.match(r"#_?ftn\d", element.get("href", "")):
            self.left.count("footnote")
        elif "MsoCommentReference" in class_ or re.match(r"#cmnt\d", element.get("href", "")):
            self.left.count("comment")
        else:
            is_list_of_notes = _MSO_NOTES.search(style) or _MSO_COMMENTS.search(style) or "msocom" in class_
            return bool(_DROPPED.fullmatch(tag) or _MSO_BULLET.search(style) or is_list_of_notes)
        return True

    def _strike(self, element: etree._Element, *, tracked: bool) -> None:
        if tracked:
            self.left.count("deletion")
        else:
            self.left.quote("struck", _words(element))


def _without_bullet(passage: Passage, level: int) -> Passage:
    if passage.kind != "item" or passage.level != level or passage.goes_on:
        return passage
    return replace(passage, kind="paragraph", level=0, ordered=False)


def _words(element: etree._Element) -> str:
    return "".join(str(text) for text in element.itertext())


def _as_block(element: etree._Element, around: _Around) -> _Around:
    """What a block says of the words in it."""
    tag, class_ = element.tag, element.get("class", "")
    if level := _level_of_item(element):
        return replace(around, kind="item", level=level, ordered=_is_numbered(element))
    if re.fullmatch("h[1-6]", tag):
        return replace(around, kind="heading", level=int(tag[1]), is_title="title" in class_.lower().split())
    if "MsoTitle" in class_:
        return replace(around, kind="heading", level=1, is_title=True)
    if tag == "blockquote" or "MsoQuote" in class_ or "MsoIntenseQuote" in class_:
        return replace(around, kind="quotation", level=0)
    if tag == "pre":
        return replace(around, pre=True)
    if tag in ("ul", "ol", "menu"):
        return replace(around, level=around.level + 1 if around.kind == "item" else 1, ordered=tag == "ol", kind="item")
    if tag == "li":
        stated = element.get("data-aria-level") or element.get("aria-level") or ""
        named = int(stated) if re.fullmatch(r"[1-9]", stated) else around.level or 1
        return replace(around, kind="item", level=max(named, around.level or 1))
    if around.kind == "heading":
        return around
    style = element.get("style", "")
    return replace(around, marks=around.marks | _marks_of_style(style)) if style else around


def _level_of_item(element: etree._Element) -> int:
    """The level of an item as Word writes it on a clipboard, 0 for every other block."""
    found = _MSO_LIST.search(element.get("style", "")) if element.tag in ("p", "div") else None
    return int(found[1]) if found else 0


def _is_numbered(item: etree._Element) -> bool:
    bullets = (span for span in item.iter("span") if _MSO_BULLET.search(span.get("style", "")))
    bullet = next(bullets, None)
    words = _words(bullet) if bullet is not None else ""
    return bool(_NUMBERED.match(words)) and words.strip(" \u00a0\n")[:1] not in "o§"


def _large_table() -> NotTaken:
    what = Sentence("it has more than {limit} cells", limit=LIMIT_CELLS)
    return NotTaken(Sentence("a table"), what, Sentence("attach it as a file"))


def _marked(element: etree._Element, around: _Around, left: Leavings) -> _Around:
    """What an element inside a block says of its words."""
    style = element.get("style", "")
    marks = set(around.marks) | ({_MARKS[element.tag]} if element.tag in _MARKS else set()) | _marks_of_style(style)
    if _NOT_BOLD.search(style):
        marks.discard("strong")
    if _NOT_ITALIC.search(style):
        marks.discard("emphasis")
    if element.tag == "ins" or ("msoIns" in element.get("class", "") and element.find(".//ins") is None):
        left.count("insertion")
    return replace(around, marks=frozenset(marks), target=_target(element, left) or around.target)


def _marks_of_style(style: str) -> set[str]:
    return {kind for pattern, kind in _STYLE_MARKS if pattern.search(style)}


def _target(element: etree._Element, left: Leavings) -> str:
    """Where a link leads, "" where it leads nowhere by itself."""
    if element.tag != "a" or not element.get("href", "").strip():
        return ""
    target = canonical_text(re.sub(r"[\t\r\n]", "", element.get("href", "").strip()).replace(" ", "%20"))
    if Link(0, 1, target).is_whole:
        return target
    left.count("link")
    return ""


def _passages(runs: list[_Run]) -> list[Passage]:
    """One block's runs as passages: one for each line, since a mark may stand after a line break."""
    text, spans = _joined(runs)
    if not text.strip():
        return []
    block = next(run.around for run in runs if run.words.strip())
    whole = Passage(block.kind, text, level=block.level, ordered=block.ordered, is_title=block.is_title)
    if block.kind == "heading":
        spans = [span for span in spans if span[2] != "strong"]
        whole = replace(whole, text=text.replace("\n", " "))
    found: list[Passage] = []
    start, broken = 0, False
    for line in whole.text.split("\n"):
        passage = _canonical(replace(whole, marks=_within(spans, start, start + len(line)), text=line))
        if passage.text:
            found.append(replace(passage, goes_on=bool(found) and not broken))
        broken = not line.strip()
        start += len(line) + 1
    return found


def _joined(runs: list[_Run]) -> tuple[str, list[tuple[int, int, str, str]]]:
    """The words of runs as one text without doubled blanks, and the stretches that are marked."""
    words: list[str] = []
    spans: list[tuple[int, int, str, str]] = []
    length, blank = 0, True
    for run in runs:
        said = run.words.lstrip(" ") if blank else run.words
        if not said:
            continue
        keys = [(kind, "") for kind in sorted(run.around.marks)]
        keys += [("link", run.around.target)] if run.around.target else []
        if said != "\n":
            spans += [(length, length + len(said), kind, target) for kind, target in keys]
        words.append(said)
        length += len(said)
        blank = said[-1] in " \n"
    return "".join(words), _touching(spans)


def _touching(spans: list[tuple[int, int, str, str]]) -> list[tuple[int, int, str, str]]:
    """Stretches of one mark that touch, as one."""
    found: list[tuple[int, int, str, str]] = []
    last: dict[tuple[str, str], int] = {}
    for start, end, kind, target in spans:
        place = last.get((kind, target))
        if place is not None and found[place][1] == start:
            found[place] = (found[place][0], end, kind, target)
        else:
            last[(kind, target)] = len(found)
            found.append((start, end, kind, target))
    return found


def _within(spans: list[tuple[int, int, str, str]], start: int, end: int) -> tuple[tuple[int, int, str, str], ...]:
    cut = ((max(a, start) - start, min(b, end) - start, kind, target) for a, b, kind, target in spans)
    return tuple(mark for mark in cut if mark[0] < mark[1])


def _canonical(passage: Passage) -> Passage:
    """The passage with canonical text and its marks in place, blanks at the ends of words unmarked."""
    trimmed = passage.cut(0)
    raw = trimmed.text.replace("\u00ad", "").replace("\u200b", "")
    text = canonical_text(raw)
    marks = trimmed.marks
    if text != trimmed.text:
        marks = marks if len(marks) * len(trimmed.text) <= LIMIT_PLACES else ()
        placed = {at: min(len(_prefix(trimmed.text[:at])), len(text)) for mark in marks for at in mark[:2]}
        marks = tuple((placed[a], placed[b], kind, target) for a, b, kind, target in marks)
    tight = (_tight(text, *mark) for mark in marks)
    return replace(trimmed, text=text, marks=tuple(sorted({m for m in tight if m[0] < m[1]}))).cut(0)


def _prefix(raw: str) -> str:
    """The canonical beginning of a text; the sign keeps the blanks before it."""
    clean = raw.replace("\u00ad", "").replace("\u200b", "")
    return canonical_text(clean + "|").rstrip("\u2069")[:-1]


def _tight(text: str, start: int, end: int, kind: str, target: str) -> tuple[int, int, str, str]:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return start, start + len(words.strip()), kind, target
