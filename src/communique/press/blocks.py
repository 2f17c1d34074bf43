"""The blocks of a text as HTML: paragraphs, headings, lists, quotations, tables, and the marks in them.

A block is a word (a paragraph) or a dict, as `communique.edition` has it. Nothing in a text is markup: every word is
escaped, a mark is a pair of offsets in code points, and a link leads only where `markup.safe_target` lets it. A block
whose words were erased says so in one sentence.

    block_html("A <b> B", "")  ->  <p>A &lt;b&gt; B</p>
    block_html({"kind": "paragraph", "text": "to Tessmark", "marks": [[3, 11, "emphasis"]]}, "")
        ->  <p>to <em>Tessmark</em></p>
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any

from communique.edition.language import direction
from communique.press.markup import Html, html, joined, link, tag

Block = str | Mapping[str, Any] | None
_ELEMENTS = {"strong": "strong", "emphasis": "em", "superscript": "sup", "subscript": "sub"}
"""a mark's element; where several cover the same words, the first named here stands outside"""


def blocks_html(blocks: Iterable[Block], erased: str) -> Html:
    """All blocks in order, neighbouring items in lists. `erased` is the sentence for words that are gone."""
    written: list[str] = []
    items: list[Mapping[str, Any]] = []
    for block in blocks:
        if isinstance(block, Mapping) and block["kind"] == "item":
            items.append(block)
            continue
        written.extend(_lists(items, erased))
        items = []
        written.append(block_html(block, erased))
    written.extend(_lists(items, erased))
    return joined(written)


def block_html(block: Block, erased: str) -> Html:
    """One block that is not an item."""
    if not isinstance(block, Mapping):
        return _paragraph(block, (), erased)
    kind, text, marks = block["kind"], block.get("text"), block.get("marks", ())
    if kind == "table":
        return _table(block, erased)
    if text is None and "rows" not in block:
        return _paragraph(None, (), erased)
    if kind == "heading":
        level = min(max(int(block.get("level", 2)), 2), 4)
        return tag(f"h{level}", marked(text or "", marks))
    if kind == "quotation":
        return tag("blockquote", _paragraph(text, marks, erased))
    return _paragraph(text, marks, erased)


def marked(text: str, marks: Sequence[Sequence[Any]]) -> Html:
    """Text with its marks. Marks that reach outside the text are left out; where links overlap the first stays."""
    if not marks:
        return Html(html(text).replace("\n", "<br>"))
    good = [mark for mark in marks if 0 <= mark[0] < mark[1] <= len(text)]
    written: list[str] = []
    position = 0
    for link_mark in sorted((mark for mark in good if mark[2] == "link"), key=lambda mark: (mark[0], mark[1])):
        start, end = link_mark[0], link_mark[1]
        if start < position:
            continue
        written.append(_styled(text, position, start, good))
        target = link_mark[3] if len(link_mark) > 3 and link_mark[3] else ""
        written.append(link(_styled(text, start, end, good), target))
        position = end
    written.append(_styled(text, position, len(text), good))
    return joined(written)


def plain(blocks: Iterable[Block]) -> str:
    """The words of blocks without marks, a line each."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, str):
            lines.append(block)
        elif block is not None and "rows" in block:
            lines.extend(" ".join(cell or "" for cell in row) for row in block["rows"])
        elif block is not None and block.get("text"):
            lines.append(str(block["text"]))
    return "\n".join(lines)


def _paragraph(text: str | None, marks: Sequence[Sequence[Any]], erased: str) -> Html:
    if text is None:
        return tag("p", erased, class_="erased-words")
    return Html(f"<p>{marked(text, marks)}</p>")


def _styled(text: str, start: int, end: int, marks: Sequence[Sequence[Any]]) -> Html:
    """Words from start to end with every mark but links, each stretch wrapped in all marks that cover it; the `span` of
    another language stands outside of them."""
    edges = {start, end}
    for mark in marks:
        edges.update(edge for edge in mark[:2] if start < edge < end)
    written: list[tuple[str | None, Html]] = []
    stops = sorted(edges)
    for first, last in pairwise(stops):
        stretch = Html(html(text[first:last]).replace("\n", "<br>"))
        for kind in reversed(_ELEMENTS):
            if any(m[2] == kind and m[0] <= first and last <= m[1] for m in marks):
                stretch = tag(_ELEMENTS[kind], stretch)
        other = next((m[3] for m in marks if m[2] == "lang" and m[0] <= first and last <= m[1]), None)
        written.append((other, stretch))
    return joined(_in_language(other, joined(one for _, one in run)) for other, run in groupby(written, itemgetter(0)))


def _in_language(language: str | None, words: Html) -> Html:
    return tag("span", words, lang=language, dir=direction(language)) if language else words


def _lists(items: Sequence[Mapping[str, Any]], erased: str) -> list[Html]:
    """Neighbouring items as lists, one inside the other by level."""
    if not items:
        return []
    top = min(int(item.get("level", 1)) for item in items)
    lists: list[Html] = []
    group: list[tuple[Mapping[str, Any] | None, list[Mapping[str, Any]]]] = []
    ordered = bool(items[0].get("ordered"))
    for item in items:
        if int(item.get("level", 1)) > top:
            if not group:
                group.append((None, []))
            group[-1][1].append(item)
            continue
        if group and bool(item.get("ordered")) != ordered:
            lists.append(_list(group, ordered, erased))
            group = []
        ordered = bool(item.get("ordered"))
        group.append((item, []))
    lists.append(_list(group, ordered, erased))
    return lists


def _list(
    group: Sequence[tuple[Mapping[str, Any] | None, list[Mapping[str, Any]]]], ordered: bool, erased: str
) -> Html:
    written = []
    for item, below in group:
        words = html("") if item is None else _item_words(item, erased)
        written.append(tag("li", joined([words, *_lists(below, erased)])))
    return tag("ol" if ordered else "ul", joined(written))


def _item_words(item: Mapping[str, Any], erased: str) -> Html:
    text = item.get("text")
    return tag("span", erased, class_="erased-words") if text is None else marked(text, item.get("marks", ()))


def _table(block: Mapping[str, Any], erased: str) -> Html:
    rows = []
    for number, row in enumerate(block.get("rows", ())):
        head = number == 0 and bool(block.get("header"))
        cells = [tag("th" if head else "td", erased if c is None else c, scope="col" if head else None) for c in row]
        rows.append(tag("tr", joined(cells)))
    if block.get("header") and rows:
        body = joined([tag("thead", rows[0]), tag("tbody", joined(rows[1:]))])
    else:
        body = tag("tbody", joined(rows))
    caption = tag("caption", marked(block["text"], block.get("marks", ()))) if block.get("text") else ""
    table = tag("table", joined([caption, body]))
    return tag("div", table, class_="table", tabindex="0", role="group")
