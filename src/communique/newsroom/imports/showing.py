"""A page of a batch as the review screen shows it: fields with the doubtful first, turns, source, what is left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from communique.edition.message import KINDS
from communique.importing.capture import Line
from communique.importing.confidence import SURE
from communique.importing.deciding import LONGEST_TITLE, beginnings, lines_of, mark_of
from communique.importing.page import Page
from communique.importing.record_json import as_record
from communique.newsroom.furniture import in_language, languages, pieces
from communique.newsroom.models.message import KIND_NAMES
from communique.newsroom.piece_languages import own_label
from communique.newsroom.retelling import END, ISOLATE

FIELD_NAMES = {
    "title": gettext_lazy("Title"),
    "published": gettext_lazy("Date"),
    "section": gettext_lazy("Section"),
    "kind": gettext_lazy("Kind"),
    "language": gettext_lazy("Language"),
    "event": gettext_lazy("Occasion"),
    "body": gettext_lazy("Text"),
    "turns": gettext_lazy("Turns"),
    "stubs": gettext_lazy("Listed messages"),
}
LINES_OF_A_TITLE = 40
CELLS = ("td", "th", "dt", "dd")


class Shown(NamedTuple):
    """A field: what it says, how sure it is and why, and the lines of the source that it stands in."""

    name: str
    label: Any
    value: str
    sure: int
    """of a hundred"""
    is_doubtful: bool
    because: str
    lines: list[int]
    choices: list[tuple[Any, Any]]
    """of a select, where it is mended by one"""
    chosen: Any


class ShownTurn(NamedTuple):
    """A turn: where it begins, who speaks, and its paragraphs with their numbers."""

    at: int
    number: int
    turn: Any
    speaker: str
    role: str
    lines: list[int]
    paragraphs: list[tuple[int, str, str]]
    """number, text, and what it begins with as if it were a mark"""


class SourceLine(NamedTuple):
    """A line of the source in stretches: words, and what they were understood as ("" of what is in no field)."""

    number: int
    sort: str
    stretches: list[tuple[str, str]]


def fields_of(page: Page) -> list[Shown]:
    """The fields, the least sure first; among equals in the order of a page."""
    record = as_record(page)
    found = []
    for name, told in record["fields"].items():
        if name == "stubs" and not page.listing.items and not page.listing.undated:
            continue
        lines = sorted({line for line, _start, _end in told["places"]})
        sure, because = told["confidence"], told["because"]
        choices, chosen = _choices(name, page)
        found.append(
            Shown(
                name,
                FIELD_NAMES[name],
                _value(name, page, record),
                round(sure * 100),
                sure < SURE,
                _(because),
                lines,
                choices,
                chosen,
            )
        )
    return sorted(found, key=lambda one: (one.sure >= round(SURE * 100), one.sure if one.is_doubtful else 0))


def turns_of(page: Page) -> list[ShownTurn]:
    """The turns, or running text as one of no kind."""
    speakers = {speaker.mark: speaker for speaker in page.speakers}
    shown = []
    for number, (at, turn) in enumerate(zip(beginnings(page.turns), page.turns, strict=True), 1):
        speaker = speakers.get(turn.name or "")
        shown.append(
            ShownTurn(
                at,
                number,
                turn,
                speaker.name if speaker else turn.mark or "",
                (speaker.role or "") if speaker else "",
                list(lines_of(page, turn)),
                [(at + place, text, "") for place, text in enumerate(turn.paragraphs)],
            )
        )
    return shown


def prose_of(page: Page) -> list[tuple[int, str, str]]:
    """Paragraphs of running text."""
    return [(number, text, mark_of(text)) for number, text in enumerate(page.paragraphs)] if not page.turns else []


def source_of(page: Page) -> Iterator[SourceLine]:
    """The source as its lines: words alone, none of its markup, so that nothing of it can run or fetch anything."""
    for line in page.capture.lines:
        if line.text.strip():
            yield SourceLine(line.number, _sort(page, line), list(_stretches(page, line)))


def _stretches(page: Page, line: Line) -> Iterator[tuple[str, str]]:
    at = 0
    for stretch in page.understood.get(line.number, ()):
        if stretch.start > at:
            yield line.text[at : stretch.start], ""
        yield line.text[max(stretch.start, at) : stretch.end], stretch.part
        at = max(at, stretch.end)
    if line.text[at:]:
        yield line.text[at:], ""


def _sort(page: Page, line: Line) -> str:
    """How a line is set: heading, item, cell, or what stands in menus and at the foot."""
    if line.heading:
        return f"heading level-{line.heading}"
    elements, number = page.capture.elements, line.element
    tags = []
    while 0 <= number < len(elements):
        tags.append((elements[number].tag, elements[number].part))
        number = elements[number].parent
    if any(tag in ("nav", "footer", "header", "aside") or part in ("menu", "foot") for tag, part in tags):
        return "around"
    if any(tag == "li" for tag, _part in tags):
        return "item"
    return "cell" if any(tag in CELLS for tag, _part in tags) else "plain"


def _value(name: str, page: Page, record: dict[str, Any]) -> str:
    if name == "kind":
        return str(KIND_NAMES.get(page.kind) or _("List of others"))
    if name == "published":
        return date_format(page.published) if page.published else _("none")
    if name == "language":
        return own_label(page.language)
    if name == "event":
        return _occasion(record["event"])
    if name == "turns":
        count = len(page.turns)
        return ngettext("%(n)d turn", "%(n)d turns", count) % {"n": count} if count else _("none: running text")
    if name == "body":
        count = len(page.body)
        return ngettext("%(n)d paragraph", "%(n)d paragraphs", count) % {"n": count}
    if name == "stubs":
        count = len(record["stubs"])
        return ngettext("%(n)d message", "%(n)d messages", count) % {"n": count}
    return record.get(name) or _("none")


def _occasion(event: dict[str, str | None] | None) -> str:
    if not event:
        return _("none")
    day = date_format(date.fromisoformat(event["date"])) if event["date"] else None
    parts = [f"{ISOLATE}{part}{END}" for part in (event["occasion"], event["place"], day) if part]
    return _(", ").join(parts) or _("none")


def _choices(name: str, page: Page) -> tuple[list[tuple[Any, Any]], Any]:
    """What a field may be instead, and what it is."""
    if name == "kind":
        return [(kind, KIND_NAMES[kind]) for kind in KINDS], page.kind
    if name == "language":
        tags = dict.fromkeys([*(tag.split("-")[0].lower() for tag in languages()), page.language])
        return [(tag, own_label(tag)) for tag in tags], page.language
    if name == "title":
        lines = [line for line in page.capture.lines if line.text.strip() and len(line.text) <= LONGEST_TITLE]
        first = [line for n, line in enumerate(lines) if n < LINES_OF_A_TITLE or line.heading]
        places = [s.line for s in page.stretches if s.part == "title"]
        return [(line.number, f"{line.number}: {line.text.strip()}") for line in first], places[0] if places else None
    if name == "section":
        names = [word for _id, piece in pieces("section") for word in [in_language(piece["name"], page.language)]]
        return [(word, word) for word in names], page.heading.section or ""
    return [], page.published.isoformat() if name == "published" and page.published else ""
