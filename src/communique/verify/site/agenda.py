"""The agenda: each line is an event of the furniture, under its words, with the day after which it is over.

A page of a year, a month, a day or a part of a day has the events that stand in it, each once; one that is full has
none and leads on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from communique.edition.event import above, in_calendar, spans_of
from communique.verify.site.expected import shortened
from communique.verify.site.markup import Element
from communique.verify.site.standing import Standing
from communique.verify.site.wording import Wording, in_language

_SPAN = re.compile(r"[^/]+/by/agenda/(\d{4}(?:/\d\d){0,2}(?:/_\d+)?)/(?:index\.html)?")


def agenda_faults(main: Element, standing: Standing, wording: Wording, path: str) -> Iterator[str]:
    """What of the agenda on a page is not the furniture's, and what of the furniture's is not on the agenda's page."""
    lines = [one for agenda in main.find("dl", "agenda") for one in agenda.elements]
    yield from _line_faults(lines, standing, wording)
    of_span = _SPAN.fullmatch(path)
    if of_span:
        yield from _span_faults(
            [_id_of(line) for line in lines], standing, wording, of_span[1].replace("/_", "-").replace("/", "-")
        )


def _span_faults(shown: list[str], standing: Standing, wording: Wording, span: str) -> Iterator[str]:
    """What is missing on the page of a span of the calendar, stands there twice or does not belong there."""
    events = dict(standing.with_ids("event"))
    leads_on = any(above(one) == span for one in standing.agenda_pages)
    stood, day = standing.agenda_part(span), in_calendar(span)
    due = set() if leads_on else {id_ for id_ in stood if id_ in events and day in spans_of(events[id_])}
    for id_ in sorted(due - {*shown}):
        yield f"agenda: {span} has not “{shortened(in_language(events[id_].get('title'), wording.language))}”"
    for id_ in dict.fromkeys(shown):
        if id_ in events and (id_ not in due or shown.count(id_) > 1):
            title = shortened(in_language(events[id_].get("title"), wording.language))
            yield f"agenda: {span} has “{title}” {shown.count(id_)} times, where it stands {int(id_ in due)}"


def _line_faults(lines: list[Element], standing: Standing, wording: Wording) -> Iterator[str]:
    events = dict(standing.with_ids("event"))
    for line in lines:
        event = events.get(_id_of(line))
        if event is None:
            yield f"agenda: has “{shortened(line.text)}”, which is no event of the furniture"
            continue
        last = event.get("until", event["on"])
        first = [one.attributes.get("datetime") for one in line.find("time")]
        if line.attributes.get("data-until") != last or first != [event["on"]]:
            yield f"agenda: “{shortened(line.text)}” is from {first} until {line.attributes.get('data-until')}"
        title, place = (in_language(event.get(key), wording.language) for key in ("title", "place"))
        words = "".join(one.text for one in line.find("dd"))
        rest = words.replace(title, "", 1)
        if title not in words or len(rest) > len(place) + LEFT:
            yield f"agenda: says “{shortened(words)}” of “{shortened(title)}”"


def _id_of(line: Element) -> str:
    return (line.attributes.get("id") or "").removeprefix("event-")


LEFT = 100
"""characters of a line besides its event's title and place: a time, a city, what leads to a calendar"""
