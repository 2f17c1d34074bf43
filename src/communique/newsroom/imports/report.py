"""The report of a batch: pages, messages, fields by how sure they are, and what of the sources is in no field."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

from communique.importing.confidence import SURE
from communique.newsroom.imports.models import Batch, BatchPage, State

FIELDS = ("title", "published", "section", "kind", "language", "event", "body", "turns", "stubs")
DOUBTFUL = 0.7
SHOWN = 50
"""pages with something left, on one screen"""


class FieldRow(NamedTuple):
    """On how many pages a field is decided, sure, less sure, doubtful."""

    field: str
    decided: int
    sure: int
    less: int
    doubtful: int


class Report(NamedTuple):
    """What a batch holds."""

    messages: int
    listed: int
    fields: list[FieldRow]
    words: int
    words_left: int
    left: list[BatchPage]
    """pages with something that is in no field"""
    more: bool


def report_of(batch: Batch, start: int = 0) -> Report:
    """The report of everything that is not set aside; of the pages with something left, those from `start` on."""
    facts = list(batch.pages.exclude(state=State.ASIDE).values_list("facts", flat=True))
    left = batch.pages.exclude(state=State.ASIDE).exclude(left=[])[start : start + SHOWN + 1]
    return Report(
        sum(one["message"] for one in facts),
        sum(one["listed"] for one in facts),
        [_row(field, facts) for field in FIELDS],
        sum(one["words"] for one in facts),
        sum(one["words_left"] for one in facts),
        list(left[:SHOWN]),
        len(left) > SHOWN,
    )


def _row(field: str, facts: list[dict[str, Any]]) -> FieldRow:
    counts = Counter(_place(one["sure"].get(field, 0.0)) for one in facts)
    return FieldRow(field, *(counts[place] for place in ("decided", "sure", "less", "doubtful")))


def _place(sure: float) -> str:
    if sure == 1.0:
        return "decided"
    return "sure" if sure >= SURE else "less" if sure >= DOUBTFUL else "doubtful"
