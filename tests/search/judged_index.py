"""The judged offices on a record of their own, and indexed; how well answers follow the judgements."""

from __future__ import annotations

import json
from math import log2
from pathlib import Path
from typing import Any

from communique.record.reader_folder import FolderReader
from communique.search.follower import Search
from search.judged.make import FILE
from search.judged.offices import messages, pieces
from signed_record import RecordMaker


def lines() -> list[dict[str, Any]]:
    """The judged queries."""
    return [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]


def judged_record(folder: Path) -> Path:
    """A record of everything that the judged queries search."""
    record = RecordMaker()
    for id_, content in pieces():
        record.add(id_, "furniture", content, at="2026-03-03T13:00:00Z")
    for one in messages():
        record.add(one.id, "publish", one.content, at="2026-03-03T13:00:00Z")
    record.write(folder / "record")
    return folder / "record"


def judged_index(folder: Path) -> tuple[Path, Path]:
    """The folders of that record and of its index."""
    record = judged_record(folder)
    Search(lambda: FolderReader(record), folder / "search").catch_up()
    return record, folder / "search"


def gain(found: list[str], answers: list[str]) -> float:
    """nDCG@10 of hits in their order; of a query without answers, 1 where nothing was found."""
    if not answers:
        return float(not found)
    best = sum(1 / log2(place + 2) for place in range(min(10, len(answers))))
    return sum(1 / log2(place + 2) for place, one in enumerate(found[:10]) if one in answers) / best
