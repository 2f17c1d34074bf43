"""The agenda: each line is an event of the furniture, under its words, with the day after which it is over."""

from __future__ import annotations

from collections.abc import Iterator

from communique.verify.site.expected import shortened
from communique.verify.site.markup import Element
from communique.verify.site.standing import Standing
from communique.verify.site.wording import Wording, in_language


def agenda_faults(main: Element, standing: Standing, wording: Wording) -> Iterator[str]:
    """What of an agenda is not the furniture's."""
    events = dict(standing.with_ids("event"))
    for line in (one for agenda in main.find("dl", "agenda") for one in agenda.elements):
        id_ = (line.attributes.get("id") or "").removeprefix("event-")
        event = events.get(id_)
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


LEFT = 100
"""characters of a line besides its event's title and place: a time, a city, what leads to a calendar"""
