"""Blocks of a text as plain words in one field, and back: how a crisis page is typed.

Paragraphs are parted by an empty line; a line's first signs say what it is:

    ## A heading            two signs are level 2, three level 3
    - An item               1. is an item of a numbered list
    > A quotation
    | a | b |               a table, a line for each row

What such words cannot say (a link, emphasis, a table's head) stays with every block whose words were left as they were:
the field carries the blocks from which its words came, and `blocks_of` takes from them what it finds again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from communique.edition.text import canonical_text

Block = str | dict[str, Any]

_HEADING = re.compile(r"(#{1,6})\s+(.+)", re.DOTALL)
_ITEM = re.compile(r"(-|\d{1,3}[.)])\s+(.+)", re.DOTALL)
_QUOTATION = re.compile(r">\s?(.+)", re.DOTALL)
_ROW = re.compile(r"\|(.+)\|\s*")
_BEGINS = re.compile(r"(?:#{1,6}\s|-\s|\d{1,3}[.)]\s|\|.+\|\s*\Z)")
"""a line that is a block of its own even without an empty line before it"""


def text_of(blocks: Sequence[Block]) -> str:
    """Blocks as somebody types them."""
    if not blocks:
        return ""
    written = [chunk_of(blocks[0])]
    for before, block in pairwise(blocks):
        written += ["\n" if _is_item(before) and _is_item(block) else "\n\n", chunk_of(block)]
    return "".join(written)


def blocks_of(text: str, was: Sequence[Block] = ()) -> list[Block]:
    """The blocks of typed words. `was` are the blocks that the field showed: what is unchanged is taken from there."""
    if was and canonical_text(text) == canonical_text(text_of(was)):
        return list(was)
    kept: dict[str, list[Block]] = {}
    for block in was:
        kept.setdefault(chunk_of(block), []).append(block)
    found = []
    for chunk in _chunks(text):
        same = kept.get(chunk)
        made: Block | None = same.pop(0) if same else _block(chunk)
        if made is not None:
            found.append(made)
    return found


def chunk_of(block: Block) -> str:
    """One block as typed."""
    if isinstance(block, str):
        return block
    kind, text = block.get("kind"), block.get("text") or ""
    if kind == "table":
        return "\n".join(f"| {' | '.join(row)} |" for row in block.get("rows", ()))
    if kind == "heading":
        return f"{'#' * block.get('level', 2)} {text}"
    if kind == "item":
        return f"{'1.' if block.get('ordered') else '-'} {text}"
    return "\n".join(f"> {line}" for line in text.split("\n")) if kind == "quotation" else text


def _chunks(text: str) -> Iterator[str]:
    """What is one block: lines up to an empty one, or up to one that begins a block of its own."""
    for group in re.split(r"\n[^\S\n]*\n\s*", canonical_text(text)):
        lines: list[str] = []
        for line in group.split("\n"):
            in_table = bool(lines) and _ROW.fullmatch(lines[-1]) is not None
            is_row = _ROW.fullmatch(line) is not None
            if lines and (in_table != is_row or (_BEGINS.match(line) and not is_row) or _HEADING.match(lines[-1])):
                yield "\n".join(lines)
                lines = []
            lines.append(line)
        if any(line.strip() for line in lines):
            yield "\n".join(lines)


def _block(chunk: str) -> Block | None:
    if all(_ROW.fullmatch(line) for line in chunk.split("\n")):
        return _table(chunk.split("\n"))
    if heading := _HEADING.fullmatch(chunk):
        return {"kind": "heading", "level": len(heading[1]), "text": heading[2]}
    if item := _ITEM.fullmatch(chunk):
        ordered = {} if item[1] == "-" else {"ordered": True}
        return {"kind": "item", "text": item[2], **ordered}
    if _QUOTATION.match(chunk):
        return {"kind": "quotation", "text": re.sub(r"(?m)^>\s?", "", chunk)}
    return chunk.lstrip() or None


def _table(lines: list[str]) -> Block | None:
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
    width = max(len(row) for row in rows)
    # a part of an edition may not be empty, and rows have one length: an empty cell says so with a dash
    filled = [[cell or "–" for cell in [*row, *[""] * (width - len(row))]] for row in rows]
    return {"kind": "table", "rows": filled}


def _is_item(block: Block) -> bool:
    return isinstance(block, dict) and block.get("kind") == "item"
