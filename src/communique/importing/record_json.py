"""A page as the plain record that `communique read` writes: one JSON object, with `furniture` beside the message.

    language, kind, section, published, title, event {date, place, occasion}
    speakers [{mark, name, role}]
    turns [{kind, speaker, starts_with, ends_with, text}]      speaker: the mark, null where it names nobody
    paragraphs (their number), body (all of them with their marks, an empty line between two)
    links [[words, target]]                                    of the body, in its order
    stubs [{date, title, teaser}], more_links [text]
    furniture {day, clocks [[city, zone, time]], counters [[days, since, text]], contacts [[label, telephone, email]],
               contact_lines [[line]]}                         what else each contact block says
    source {address, captured, sha256, charset}
    fields {name: {confidence, because, places [[line, start, end]]}}
    doubts [text]                                              what was mended to read it, and what it lacks
    not_understood [[line number, text]]

Days are ISO; what a page does not say is null or empty, never guessed.
"""

from __future__ import annotations

from typing import Any

from communique.importing.markup import Link
from communique.importing.page import Page
from communique.importing.turns import Turn

_WORDS_AT_THE_ENDS = 6
_SIGNS_AT_THE_ENDS = 12
_WITHOUT_BLANKS = ("zh", "ja")


def as_record(page: Page) -> dict[str, Any]:
    """The record of a page, ready for JSON."""
    return {
        "language": page.language,
        "kind": page.kind,
        "section": page.heading.section,
        "published": page.published.isoformat() if page.published else None,
        "title": page.heading.title,
        "event": _event(page),
        "speakers": [{"mark": s.mark, "name": s.name, "role": s.role} for s in page.speakers],
        "turns": [_turn(turn, page.language) for turn in page.turns],
        "paragraphs": len(page.body),
        "body": "\n\n".join(page.body),
        "links": _links(page),
        "stubs": _stubs(page),
        "more_links": [page.listing.all_link] if page.listing.all_link else [],
        "furniture": _furniture(page),
        "source": _source(page),
        "fields": _fields(page),
        "doubts": [*page.capture.doubts, *(fault.what for fault in page.faults)],
        "not_understood": [[line.number, line.text.strip()] for line in page.not_understood],
    }


_PARTS_OF = {
    "title": ("title",),
    "published": ("message date",),
    "section": ("section",),
    "body": ("paragraph", "turn"),
    "turns": ("turn",),
    "stubs": ("listed", "teaser", "list heading"),
    "event": ("title", "message date", "signature"),
}
"""field -> the parts of the source that it was taken from"""


def _fields(page: Page) -> dict[str, dict[str, Any]]:
    """How sure each field is, why, and its places in the source: [line, start, end]."""
    told = {}
    for name, judged in page.judged.items():
        parts = _PARTS_OF.get(name, ())
        places = [[s.line, s.start, s.end] for s in page.stretches if s.part in parts] if parts else []
        told[name] = {"confidence": judged.confidence, "because": judged.because, "places": places}
    return told


def _stubs(page: Page) -> list[dict[str, str | None]]:
    dated = [{"date": i.day, "title": i.title, "teaser": i.teaser} for i in page.listing.items]
    return [*dated, *({"date": None, "title": title, "teaser": None} for title in page.listing.undated)]


def _links(page: Page) -> list[list[str]]:
    spoken = [(turn.paragraphs, turn.runs) for turn in page.turns] or [(page.paragraphs, page.runs)]
    pairs = [pair for paragraphs, runs in spoken for pair in zip(paragraphs, runs, strict=True)]
    return [[text[r.start : r.end], r.target] for text, own in pairs for r in own if isinstance(r, Link)]


def _event(page: Page) -> dict[str, str | None] | None:
    occasion = page.occasion
    if occasion is None:
        return None
    on = occasion.on.isoformat() if occasion.on else None
    return {"date": on, "place": occasion.place, "occasion": occasion.event}


def _turn(turn: Turn, language: str) -> dict[str, Any]:
    between = "" if language in _WITHOUT_BLANKS else " "
    starts, ends = _ends(between.join(turn.paragraphs), language)
    return {
        "kind": turn.kind,
        "speaker": None if turn.kind == "question" and not turn.name else turn.name or turn.mark,
        "starts_with": starts,
        "ends_with": ends,
        "text": "\n\n".join(turn.paragraphs),
    }


def _ends(text: str, language: str) -> tuple[str, str]:
    """The first and the last words of a text."""
    if language in _WITHOUT_BLANKS:
        return text[:_SIGNS_AT_THE_ENDS], text[-_SIGNS_AT_THE_ENDS:]
    words = text.split()
    return " ".join(words[:_WORDS_AT_THE_ENDS]), " ".join(words[-_WORDS_AT_THE_ENDS:])


def _furniture(page: Page) -> dict[str, Any]:
    around = page.surroundings
    day = around.day
    since = [counter.since(day) for counter in around.counters]
    return {
        "day": day.isoformat() if day else None,
        "clocks": [[clock.city, clock.zone, clock.time] for clock in around.clocks],
        "counters": [
            [counter.days, start.isoformat() if start else None, counter.text]
            for counter, start in zip(around.counters, since, strict=True)
        ],
        "contacts": [[contact.label, contact.telephone, contact.email] for contact in around.contacts],
        "contact_lines": [list(contact.lines) for contact in around.contacts],
    }


def _source(page: Page) -> dict[str, str | None]:
    capture = page.capture
    captured = capture.captured
    if captured is None and page.surroundings.told_at:
        captured = page.surroundings.told_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    return {
        "address": capture.address,
        "captured": captured or (page.surroundings.day.isoformat() if page.surroundings.day else None),
        "sha256": capture.sha256,
        "charset": capture.charset,
    }
