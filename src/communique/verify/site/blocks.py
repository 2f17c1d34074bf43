"""The HTML that the words of an edition must have on a page, block by block.

Written apart from the press: a block is a paragraph, a heading, a quotation, a table, or items, of which neighbours
make lists. Marks are `strong`, `em`, `sup`, `sub`, one in the other in this order around each stretch of text that has
the same marks, a `span` around all stretches in one other language, and `a` around all; a line's end is `br`. A
link leads to the target that the edition names, or is plain words where that is none that a reader may follow. Erased
words are one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import pairwise
from typing import Any

from communique.edition.language import direction
from communique.verify.site.expected import Piece, piece_of

_FOLLOWED = re.compile(r"(?:https?://[^/]|mailto:[^/]|tel:[+0-9]|/(?!/)|#)", re.IGNORECASE)
_NEVER = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2028\u2029]")
_OUTSIDE_IN = (("strong", "strong"), ("emphasis", "em"), ("superscript", "sup"), ("subscript", "sub"))

Item = Mapping[str, Any]


def pieces_of(blocks: Sequence[Any], erased: str, where: str) -> list[Piece]:
    """The elements in which these blocks stand. `erased` is the sentence for words that are gone."""
    return [piece_of(f"{where}, element {number}", html) for number, html in enumerate(_elements(blocks, erased), 1)]


def followed(target: str | None) -> str | None:
    """The target if a reader may follow it, else None."""
    return None if target is None or _NEVER.search(target) or not _FOLLOWED.match(target) else target


def text_of(content: Mapping[str, Any]) -> str:
    """All words of an edition's text as one line, to look for beginnings and teasers in."""
    blocks = [*content.get("blocks", ()), *(one for turn in content.get("turns", ()) for one in turn["blocks"])]
    return " ".join(" ".join(map(text_of_block, blocks)).split())


def text_of_block(block: Any) -> str:
    """The words of one block, as far as they were not erased."""
    return " ".join(_texts(block))


def _texts(block: Any) -> Iterator[str]:
    if isinstance(block, str):
        yield block
    elif block is not None and "rows" in block:
        yield from (cell or "" for row in block["rows"] for cell in row)
    elif block is not None:
        yield block.get("text") or ""


def _elements(blocks: Sequence[Any], erased: str) -> Iterator[str]:
    waiting: list[Item] = []
    for block in blocks:
        if isinstance(block, Mapping) and block["kind"] == "item":
            waiting.append(block)
            continue
        yield from _lists(waiting, erased)
        waiting = []
        yield _element(block, erased)
    yield from _lists(waiting, erased)


def _element(block: Any, erased: str) -> str:
    if isinstance(block, str):
        return f"<p>{_lines(block)}</p>"
    if block is not None and block["kind"] == "table":
        return _table(block, erased)
    if block is None or block.get("text") is None:
        return f'<p class="erased-words">{escape(erased)}</p>'
    words = _marked(block["text"], block.get("marks", ()))
    if block["kind"] == "heading":
        level = min(max(block.get("level", 2), 2), 4)
        return f"<h{level}>{words}</h{level}>"
    return f"<blockquote><p>{words}</p></blockquote>" if block["kind"] == "quotation" else f"<p>{words}</p>"


def _marked(text: str, marks: Sequence[Sequence[Any]]) -> str:
    """Text with marks: links first, of two that overlap the one that begins first; in and between them the others."""
    good = [mark for mark in marks if 0 <= mark[0] < mark[1] <= len(text)]
    links = sorted((mark for mark in good if mark[2] == "link"), key=lambda mark: (mark[0], mark[1]))
    written, end = "", 0
    for start, stop, _, *target in links:
        if start >= end:
            written += _styled(text, end, start, good)
            leads_to = followed(target[0]) if target else None
            words = _styled(text, start, stop, good)
            written += words if leads_to is None else f'<a href="{escape(leads_to)}">{words}</a>'
            end = stop
    return written + _styled(text, end, len(text), good)


def _styled(text: str, start: int, stop: int, marks: Sequence[Sequence[Any]]) -> str:
    edges = {start, stop} | {edge for mark in marks for edge in mark[:2] if start < edge < stop}
    stops = sorted(edges)
    written, spoken = "", None
    for a, b in pairwise(stops):
        language = next((mark[3] for mark in marks if mark[2] == "lang" and mark[0] <= a and b <= mark[1]), None)
        if language != spoken:
            written += "</span>" if spoken else ""
            written += f'<span lang="{escape(language)}" dir="{direction(language)}">' if language else ""
        written, spoken = written + _stretch(text, a, b, marks), language
    return written + ("</span>" if spoken else "")


def _stretch(text: str, start: int, stop: int, marks: Sequence[Sequence[Any]]) -> str:
    html = _lines(text[start:stop])
    for kind, name in reversed(_OUTSIDE_IN):
        if any(mark[2] == kind and mark[0] <= start and stop <= mark[1] for mark in marks):
            html = f"<{name}>{html}</{name}>"
    return html


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _lists(items: Sequence[Item], erased: str) -> Iterator[str]:
    """Neighbouring items as lists: a list ends where the sort changes, deeper items stand inside the one above."""
    if not items:
        return
    top = min(_level(item) for item in items)
    ordered = bool(items[0].get("ordered"))
    points: list[tuple[str, list[Item]]] = []
    for item in items:
        if _level(item) > top:
            if not points:
                points.append(("", []))
            points[-1][1].append(item)
            continue
        if points and bool(item.get("ordered")) != ordered:
            yield _list(points, ordered, erased)
            points = []
        ordered = bool(item.get("ordered"))
        points.append((_point(item, erased), []))
    yield _list(points, ordered, erased)


def _list(points: Sequence[tuple[str, list[Item]]], ordered: bool, erased: str) -> str:
    name = "ol" if ordered else "ul"
    inner = "".join(f"<li>{words}{''.join(_lists(below, erased))}</li>" for words, below in points)
    return f"<{name}>{inner}</{name}>"


def _point(item: Item, erased: str) -> str:
    if item.get("text") is None:
        return f'<span class="erased-words">{escape(erased)}</span>'
    return _marked(item["text"], item.get("marks", ()))


def _level(item: Item) -> int:
    return int(item.get("level", 1))


def _table(block: Item, erased: str) -> str:
    rows = [_row(row, bool(block.get("header")) and not number, erased) for number, row in enumerate(block["rows"])]
    if block.get("header") and rows:
        body = f"<thead>{rows[0]}</thead><tbody>{''.join(rows[1:])}</tbody>"
    else:
        body = f"<tbody>{''.join(rows)}</tbody>"
    caption = f"<caption>{_marked(block['text'], block.get('marks', ()))}</caption>" if block.get("text") else ""
    return f'<div class="table" tabindex="0" role="group"><table>{caption}{body}</table></div>'


def _row(cells: Sequence[str | None], head: bool, erased: str) -> str:
    name, scope = ("th", ' scope="col"') if head else ("td", "")
    made = (f"<{name}{scope}>{escape(erased if cell is None else cell)}</{name}>" for cell in cells)
    return f"<tr>{''.join(made)}</tr>"
