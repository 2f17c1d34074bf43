"""The report of a batch: pages, messages, fields by how sure they are, and what of the sources is in no field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from communique.importing.confidence import how_sure
from communique.newsroom.imports.models import Batch, State

FIELDS = ("title", "published", "section", "kind", "language", "event", "body", "turns", "stubs")
SHOWN = 100
"""rows of what is in no field, on one screen"""


class FieldRow(NamedTuple):
    """On how many pages a field is decided, sure, less sure, doubtful."""

    field: str
    decided: int
    sure: int
    less: int
    doubtful: int


class LeftRow(NamedTuple):
    """Words that are in no field, why, on how many pages, and the first of these."""

    text: str
    why: str | None
    pages: int
    first: int


class Report(NamedTuple):
    """What a batch holds."""

    messages: int
    listed: int
    fields: list[FieldRow]
    words: int
    words_left: int
    left: list[LeftRow]
    more: bool


def report_of(batch: Batch, start: int = 0) -> Report:
    """The report of everything that is not set aside; of what is in no field, the rows from `start` on."""
    pages = batch.pages.exclude(state=State.ASIDE)
    facts = [now or read for now, read in pages.values_list("now", "facts")]
    left = _left(pages.values_list("pk", "left").iterator())
    return Report(
        sum(one["message"] for one in facts),
        sum(one["listed"] for one in facts),
        [_row(field, facts) for field in FIELDS],
        sum(one["words"] for one in facts),
        sum(one["words_left"] for one in facts),
        left[start : start + SHOWN],
        len(left) > start + SHOWN,
    )


def _left(pages: Iterable[tuple[int, Any]]) -> list[LeftRow]:
    """The same words of several pages once; what stands on few pages first."""
    rows: dict[str, LeftRow] = {}
    for page, left in pages:
        for text, why in {text: why for _line, text, why in left}.items():
            had = rows.get(text)
            rows[text] = had._replace(pages=had.pages + 1) if had else LeftRow(text, why, 1, page)
    return sorted(rows.values(), key=lambda row: row.pages)


def _row(field: str, facts: list[dict[str, Any]]) -> FieldRow:
    confidences = (one["sure"].get(field, 0.0) for one in facts)
    counts = Counter("decided" if sure == 1.0 else how_sure(sure) for sure in confidences)
    return FieldRow(field, *(counts[place] for place in ("decided", "sure", "likely", "doubtful")))
