"""How far a batch is, and how fast a person decides."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, NamedTuple

from django.db.models import Count

from communique.newsroom.imports.models import Batch, State

LONGEST_S = 300.0
"""between two decisions: who was longer away did something else"""


class Progress(NamedTuple):
    """Counts of a batch; `an_hour` is None before two pages were decided one after the other."""

    pages: int
    decided: int
    accepted: int
    due: int
    done: int
    aside: int
    refused: int
    an_hour: int | None
    left_s: float | None

    @property
    def waiting(self) -> int:
        """Pages to be decided."""
        return self.pages - self.decided


def progress_of(batch: Batch) -> Progress:
    """The progress of a batch."""
    rows: Any = batch.pages.order_by().values_list("state").annotate(Count("pk"))
    counts = dict(rows)
    pages, waiting = sum(counts.values()), counts.get(State.WAITING, 0)
    hourly = pages_an_hour(batch)
    left_s = waiting / hourly * 3600 if hourly else None
    accepted, due, done, aside, refused = (
        counts.get(state, 0) for state in (State.ACCEPTED, State.DUE, State.DONE, State.ASIDE, State.REFUSED)
    )
    return Progress(pages, pages - waiting, accepted, due, done, aside, refused, hourly, left_s)


def pages_an_hour(batch: Batch) -> int | None:
    """The pace of those who decide, pauses left out."""
    told = batch.pages.exclude(decided_at=None).exclude(state=State.WAITING)
    by: dict[int, list[Any]] = {}
    for who, at in told.order_by("decided_at").values_list("decided_by_id", "decided_at"):
        by.setdefault(who, []).append(at)
    spans = [(b - a).total_seconds() for times in by.values() for a, b in pairwise(times)]
    spans = [span for span in spans if span <= LONGEST_S]
    return round(len(spans) / sum(spans) * 3600) if sum(spans) > 0 else None
