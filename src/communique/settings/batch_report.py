"""The report of a batch: how many pages of which sort, what became of them, how sure each field is, what was left.

Beside the journal are written, whole or not at all:

    NAME.pages.tsv   a line a page: what it is, what became of it, its day and where that is from, doubts or why not
    NAME.left.tsv    what of the sources is in no field: on how many pages, where first, the words
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from communique.importing.confidence import how_sure
from communique.importing.reading import in_no_field
from communique.settings.journal import Journal

MOST_SHOWN = 40


@dataclass(frozen=True)
class Report:
    """What became of a batch; everything is counted."""

    pages: dict[str, int]
    """message, again (another address of one), list, undated, nothing, refused"""
    messages: dict[str, int]
    """new, next (another edition), already, refused"""
    listed: dict[str, int]
    """of messages that are only listed: the same"""
    versions: int
    """messages in more than one language"""
    addresses: int
    """old addresses that lead on"""
    other_addresses: int
    """those of lists and of pages without a message"""
    days: dict[str, int]
    """where the day of a message is from: page, list, occasion"""
    fields: dict[str, dict[str, int]]
    """field -> sure, likely, doubtful"""
    doubts: int
    people: tuple[tuple[str, int, tuple[tuple[str, str], ...]], ...]
    """name, messages, other names with the evidence; the most frequent first"""
    left_words: int
    files: tuple[Path, Path]
    """pages, what was left"""


def report_of(journal: Journal) -> Report:
    """Count, and write both files."""
    db = journal.db
    db.execute("DROP TABLE IF EXISTS temp.left_over")
    db.execute(
        "CREATE TEMP TABLE left_over (words TEXT PRIMARY KEY, pages INTEGER, page INTEGER, line INTEGER, why TEXT)"
    )
    fields, words = _readings(journal)
    pages, left = (journal.file.with_suffix(f".{name}.tsv") for name in ("pages", "left"))
    _write(pages, _page_lines(db))
    _write(left, _left_lines(db))
    return Report(
        pages=_counts(db, "SELECT is_, count(*) FROM page GROUP BY is_"),
        messages=_counts(db, "SELECT outcome, count(*) FROM page WHERE outcome IS NOT NULL GROUP BY outcome"),
        listed=_counts(db, "SELECT outcome, count(*) FROM seen WHERE outcome IS NOT NULL GROUP BY outcome"),
        versions=_one(
            db,
            "SELECT count(*) FROM (SELECT 1 FROM page WHERE is_ = 'message' GROUP BY version_of HAVING count(*) > 1)",
        ),
        addresses=_one(
            db,
            "SELECT count(*) FROM page p JOIN page m ON m.number = coalesce(p.same, p.number)"
            " WHERE p.address IS NOT NULL AND m.outcome IN ('new', 'next', 'already')",
        ),
        other_addresses=_one(db, "SELECT count(*) FROM lead"),
        days=_counts(db, "SELECT day_from, count(*) FROM page WHERE is_ = 'message' GROUP BY day_from"),
        fields=fields,
        doubts=_one(db, "SELECT count(*) FROM doubt"),
        people=tuple(_people(db)),
        left_words=words,
        files=(pages, left),
    )


def as_lines(report: Report) -> list[str]:
    """The report for people."""
    lines = [
        f"{sum(report.pages.values()):,} pages: {_said(report.pages, _PAGES)}",
        f"messages: {_said(report.messages, _OUTCOMES)}; {report.versions:,} in several languages",
    ]
    if report.listed:
        lines.append(f"only listed: {_said(report.listed, _OUTCOMES)}")
    if report.other_addresses:
        lines.append(f"{report.other_addresses:,} addresses of lists and of pages without a message lead to ours")
    lines.append(f"{report.addresses:,} old addresses lead on; days are from: {_said(report.days, _DAYS)}")
    for name, counts in report.fields.items():
        lines.append(f"  {name}: {_said(counts, _SURENESS)}")
    if report.people:
        joined = sum(bool(others) for _, _, others in report.people)
        lines.append(f"{len(report.people):,} people, {joined:,} of them under more than one name")
    for name, messages, others in report.people[:MOST_SHOWN]:
        for other, because in others:
            lines.append(f"  {name} ({messages:,} messages) is also {other}: {because}")
    lines.append(f"{report.doubts:,} doubts; every page with what is to be looked at: {report.files[0]}")
    lines.append(f"{report.left_words:,} words of the sources are in no field: {report.files[1]}")
    return lines


def as_json(report: Report) -> dict[str, Any]:
    """The report for machines."""
    people = [
        {"name": name, "messages": count, "also": [list(pair) for pair in others]}
        for name, count, others in report.people
    ]
    facts = {name: getattr(report, name) for name in Report.__dataclass_fields__}
    return {**facts, "people": people, "files": [str(file) for file in report.files]}


_PAGES = {
    "message": "messages",
    "again": "other addresses of the same",
    "list": "lists",
    "undated": "without a day",
    "nothing": "without a message",
    "refused": "refused",
}
_OUTCOMES = {"new": "new", "next": "with a new edition", "already": "were there before", "refused": "refused"}
_DAYS = {"page": "their page", "list": "a list", "occasion": "their title"}
_SURENESS = {"sure": "sure", "likely": "likely", "doubtful": "doubtful"}


def _said(counts: dict[str, int], names: dict[str, str]) -> str:
    return ", ".join(f"{counts[key]:,} {name}" for key, name in names.items() if counts.get(key)) or "none"


def _readings(journal: Journal) -> tuple[dict[str, dict[str, int]], int]:
    """How sure each field of the messages is, and how many words are in none; keeps those words in a table."""
    common = {row[0] for row in journal.db.execute("SELECT hash FROM common")}
    fields: dict[str, Counter[str]] = defaultdict(Counter)
    total = 0
    numbers = journal.db.execute("SELECT number, is_ FROM page WHERE reading IS NOT NULL ORDER BY number")
    for number, is_ in numbers:
        reading = journal.reading(number)
        if is_ in ("message", "undated"):
            for name, judged in reading.page.judged.items():
                fields[name][how_sure(judged.confidence)] += 1
        for left in in_no_field(reading, common):
            total += len(left.text.split())
            journal.db.execute(
                "INSERT INTO left_over VALUES (?, 1, ?, ?, ?) ON CONFLICT (words) DO UPDATE SET pages = pages + 1",
                (left.text, number, left.line, left.why or ""),
            )
    return {name: dict(counts) for name, counts in fields.items()}, total


def _page_lines(db: Any) -> Iterable[str]:
    yield _row("page", "is", "became", "entries", "day", "day from", "language", "title", "same as", "to look at")
    rows = db.execute(
        "SELECT coalesce(p.address, p.name), p.is_,"
        " coalesce(p.outcome, (SELECT 'leads to ' || target FROM lead WHERE page = p.number)),"
        " p.entries, p.on_day, p.day_from, p.language,"
        " coalesce(p.titled, p.title), (SELECT coalesce(address, name) FROM page WHERE number = p.same),"
        " coalesce(p.why, (SELECT group_concat(what, '; ') FROM doubt WHERE page = p.number)) FROM page p"
        " ORDER BY p.number"
    )
    for row in rows:
        yield _row(*row)


def _left_lines(db: Any) -> Iterable[str]:
    yield _row("pages", "first page", "line", "why", "words")
    rows = db.execute(
        "SELECT l.pages, coalesce(p.address, p.name), l.line, l.why, l.words FROM left_over l"
        " JOIN page p ON p.number = l.page ORDER BY l.pages DESC, l.page, l.line, l.words"
    )
    for row in rows:
        yield _row(*row)


def _row(*cells: Any) -> str:
    return "\t".join(" ".join(str("" if cell is None else cell).split()) for cell in cells) + "\n"


def _write(file: Path, lines: Iterable[str]) -> None:
    new = file.with_name(f"{file.name}.new")
    with new.open("w", encoding="utf-8") as opened:
        opened.writelines(lines)
    os.replace(new, file)


def _people(db: Any) -> Iterable[tuple[str, int, tuple[tuple[str, str], ...]]]:
    rows = db.execute("SELECT number, folded, name, messages FROM person ORDER BY messages DESC, number").fetchall()
    for number, root, name, messages in rows:
        others = db.execute(
            "SELECT (SELECT name FROM speaker s WHERE s.folded = alias.folded LIMIT 1), because FROM alias"
            " WHERE person = ? AND folded <> ? ORDER BY folded",
            (number, root),
        ).fetchall()
        yield name, messages, tuple((str(other), str(because)) for other, because in others)


def _counts(db: Any, query: str) -> dict[str, int]:
    return {str(key): int(count) for key, count in db.execute(query) if key is not None}


def _one(db: Any, query: str) -> int:
    (count,) = db.execute(query).fetchone()
    return int(count)
