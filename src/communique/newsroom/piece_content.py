"""From the content of a piece to what its form holds, and back, losing nothing that somebody wrote.

A draft at the desk is content with gaps: texts may be missing, a day may be half written, a row of a list may be empty.
The form holds content itself, except that blocks stand as {"text": words, "was": the blocks from which they came}.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from communique.edition import EditionError
from communique.edition.furniture import OF_ERASURE, PIECES
from communique.edition.message import BLOCK
from communique.edition.shape import (
    CLOCK_TIME,
    TEXT,
    Constant,
    Either,
    File,
    Flag,
    Integer,
    ListOf,
    MapOf,
    Record,
    Shape,
    Text,
)
from communique.edition.text import canonical_text
from communique.newsroom.piece_blocks import blocks_of, text_of
from communique.newsroom.piece_form import BLOCKS, Content

_TIME = re.compile(r"\s*(\d{1,2})(?:\s*[:.hH]\s*(\d{2})|(\d{2}))?\s*[hH]?\s*")


def typed(content: Mapping[str, Any]) -> Content:
    """Content as the form holds it: blocks as words, with the blocks from which the words came."""
    blocks = content.get("blocks")
    if not isinstance(blocks, Mapping):
        return dict(content)
    return {
        **content,
        "blocks": {tag: {"text": text_of(_known(was)), "was": _known(was)} for tag, was in blocks.items()},
    }


def content_of(value: Mapping[str, Any], sort: str | None = None) -> Content:
    """The content of what was typed: texts canonical, numbers as numbers, what is empty left out, unknown keys too.

    Rows of a list stay where they are, even empty ones ({} or ""), so that places in it stay what they were. `sort` is
    what the piece has to be; without it the value says so. Raises KeyError for a sort that is not known.
    """
    shape = PIECES[sort or str(value.get("piece"))]
    found = _tidied(shape, {key: inner for key, inner in value.items() if key not in OF_ERASURE})
    constants = {key: one.value for key, one in shape.must.items() if isinstance(one, Constant)}
    return {"state": "current", "order": 0, **(found or {}), **constants}


def _tidied(shape: Shape, value: Any) -> Any:
    """A value in the form of content; None where nothing was typed. What does not fit stays, for `checked` to name.

    A value of quite another sort (a word where an object belongs) comes from no form and is dropped.
    """
    if shape == BLOCKS:
        return _blocks(value)
    if isinstance(shape, Either):
        return _tidied(shape.record if isinstance(value, Mapping) else TEXT, value)
    if isinstance(shape, Record | MapOf):
        return _object(shape, value) if isinstance(value, Mapping) else None
    if isinstance(shape, ListOf):
        return [_row(shape.of, one) for one in value] if isinstance(value, list) else None
    if isinstance(shape, Flag):
        return True if value is True else None
    return value if isinstance(shape, File) else _word(shape, value)


def _object(shape: Record | MapOf, value: Mapping[str, Any]) -> dict[str, Any] | None:
    shapes = dict.fromkeys(value, shape.of) if isinstance(shape, MapOf) else {**shape.must, **shape.may}
    pairs = [(key, _tidied(shapes[key], value[key])) for key in value if key in shapes]
    return {key: one for key, one in pairs if not _is_nothing(shapes[key], one)} or None


def _is_nothing(shape: Shape, value: Any) -> bool:
    return value in (None, "", {}) or (value == [] and not (isinstance(shape, ListOf) and shape.least == 0))


def _row(shape: Shape, value: Any) -> Any:
    found = _tidied(shape, value)
    if found is None:
        return {} if isinstance(shape, Record | MapOf) else ""
    return found


def _word(shape: Shape, value: Any) -> Any:
    if not isinstance(value, str):
        return value if isinstance(shape, Integer) and isinstance(value, int | float) else None
    if isinstance(shape, Text):
        return canonical_text(value)
    written = value.strip()
    if isinstance(shape, Integer) and written.isdecimal() and len(written) < 12:
        return int(written)
    return _clock_time(written) if shape == CLOCK_TIME else written


def _clock_time(written: str) -> str:
    """A time as people type it ("9:30", "9.30", "0930", "9h") as the format has it; anything else as it is."""
    found = _TIME.fullmatch(written)
    if not found:
        return written
    return f"{int(found[1]):02d}:{int(found[2] or found[3] or 0):02d}"


def _blocks(value: Any) -> Any:
    """language -> blocks, from words with what they were, or from blocks."""
    if not isinstance(value, Mapping):
        return None
    found = {}
    for tag, one in value.items():
        blocks = (
            blocks_of(str(one.get("text") or ""), _known(one.get("was"))) if isinstance(one, Mapping) else _known(one)
        )
        if blocks:
            found[tag] = blocks
    return found or None


def _known(blocks: Any) -> list[Any]:
    """Blocks, without what is none."""
    return [one for one in blocks if _is_block(one)] if isinstance(blocks, list) else []


def _is_block(value: Any) -> bool:
    try:
        BLOCK.walk(value, "", lambda _sort, one, _where: one)
    except EditionError:
        return False
    return True
