"""Contacts on a page: each label, telephone, mail and line of the furniture, and no other words, numbers or links.

How the press sets them differs from page to page, so what counts is what a reader reads and dials: every word there is
of the furniture, every telephone and mail of the furniture is there, a `tel:` link dials the digits that it shows
(without the zero in brackets after a country's code and without an extension), a `mailto:` link writes to the address
that it shows. Of the opening hours the facts for the script are compared, and how many lines there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from communique.edition.closures import day_in_page, is_closed_day, last_known_year
from communique.edition.language import base
from communique.verify.site.expected import shortened
from communique.verify.site.markup import Element
from communique.verify.site.standing import Content, Standing
from communique.verify.site.wording import Wording, in_language

LEAST_DIALLED = 5
"""digits of a telephone that must be a link"""
LINKED = ("tel:", "mailto:")
HOURS = (("details", "hours"), ("p", "open"))
_FILLING = re.compile(r"[\s·:：]+")


def contact_faults(found: Element, standing: Standing, wording: Wording) -> Iterator[str]:
    """What of the contacts in an element is not the furniture's."""
    contacts = standing.of("contact")
    text = _text_without_hours(found)
    for contact in contacts:
        yield from _missing(contact, text, wording)
    left = text
    for words in sorted(_all_words(contacts, wording), key=len, reverse=True):
        left = left.replace(words, "\n")
    if rest := _FILLING.sub(" ", left).strip():
        yield f"contacts: have “{shortened(rest)}”, which no contact of the furniture has"
    yield from _link_faults(found, contacts, wording)
    yield from _hours_faults(found, standing, wording)


def _text_without_hours(found: Element) -> str:
    if any(found.is_a(*kind) for kind in HOURS) or found.is_a("div", "front-counters"):
        return "\n"
    pieces = (one if isinstance(one, str) else _text_without_hours(one) for one in found.children)
    return "".join(pieces) + ("\n" if found.name not in ("a", "bdi") else "")


def _fields(contact: Content, wording: Wording) -> list[str]:
    """What a reader reaches the office by: it must be there."""
    label = in_language(contact["label"], wording.language).rstrip().removesuffix(":")
    return [label, *(contact[key] for key in ("telephone", "email") if contact.get(key))]


def _lines(contact: Content, wording: Wording) -> list[str]:
    lines = [*contact.get("lines", ()), contact.get("remark")]
    return [words for words in (in_language(line, wording.language) for line in lines) if words]


def _all_words(contacts: list[Content], wording: Wording) -> Iterator[str]:
    for contact in contacts:
        yield from _fields(contact, wording)
        yield from _lines(contact, wording)


def _missing(contact: Content, text: str, wording: Wording) -> Iterator[str]:
    fields = _fields(contact, wording)
    said_elsewhere = fields[1:]  # a line that says a number again may be left out where the number stands
    lines = [line for line in _lines(contact, wording) if not any(field in line for field in said_elsewhere)]
    for words in (*fields, *lines):
        if words not in text:
            yield f"contacts: lack “{shortened(words)}” of the contact {fields[0]}"


def _link_faults(found: Element, contacts: list[Content], wording: Wording) -> Iterator[str]:
    links = [(one.attributes.get("href") or "", one.text) for one in found.find("a")]
    known = "\n".join(_all_words(contacts, wording))
    for target, words in links:
        due = f"mailto:{words}" if "@" in words else f"tel:{dialled(words)}"
        if target != due or words not in known:
            yield f"contacts: a link “{shortened(words)}” leads to {shortened(target)}, and not to {shortened(due)}"
    dialled_or_written = {target for target, _ in links if target.startswith(LINKED)}
    for contact in contacts:
        number, mail = contact.get("telephone") or "", contact.get("email") or ""
        if sum(sign.isdigit() for sign in number) >= LEAST_DIALLED and not any(
            target.startswith("tel:") and words in number for target, words in links
        ):
            yield f"contacts: nothing dials {number}"
        if mail.count("@") == 1 and f"mailto:{mail}" not in dialled_or_written:
            yield f"contacts: nothing writes to {mail}"


def dialled(number: str) -> str:
    """The digits that a telephone dials."""
    abroad = number.lstrip().startswith("+")
    written = re.sub(r"\(0\)", "", number) if abroad else number
    digits = re.sub(r"[^0-9]", "", re.split(r"(?<=\d)\s*[^\W\d_]", written)[0])
    return f"+{digits}" if abroad else digits


def _hours_faults(found: Element, standing: Standing, wording: Wording) -> Iterator[str]:
    opening = [contact["hours"] for contact in standing.of("contact") if contact.get("hours")]
    facts = [one.attributes.get("data-hours") for one in found.find("p", "open")]
    due = ["|".join(f"{''.join(map(str, row['days']))} {row['from']} {row['to']}" for row in rows) for rows in opening]
    if facts != due:
        yield f"opening hours: the page has {facts}, the furniture {due}"
    days = " ".join(sorted(day_in_page(closure) for closure in standing.of("closure")))
    words = {"data-open": wording.label("open_until"), "data-closed": wording.label("closed_now")}
    words["data-closed-until"] = wording.label("closed_until")
    years = last_known_year(standing.of("closure"))
    for one in found.find("p", "open"):
        for key, value in {"data-closed-days": days, "data-years": years, **words}.items():
            if one.attributes.get(key) != value:
                yield f"opening hours: {key} is {one.attributes.get(key)}, and not {value}"
    for hours, rows in zip(found.find("details", "hours"), opening, strict=False):
        lines = hours.find("li")
        listed = [one for one in lines if "data-last" in one.attributes]
        if len(lines) - len(listed) != len(rows):
            yield f"opening hours: {len(lines) - len(listed)} lines, and the furniture has {len(rows)}"
        for one, row in zip((line for line in lines if line not in listed), rows, strict=False):
            if not all(_clock(row[key], wording) in one.text for key in ("from", "to")):
                yield f"opening hours: “{shortened(one.text)}” is not {row['from']} to {row['to']}"
        for one in listed:
            day = one.attributes["data-last"] or ""
            closed = [closure for closure in standing.of("closure") if is_closed_day(closure, day)]
            if not any(in_language(closure["name"], wording.language) in one.text for closure in closed):
                yield f"opening hours: “{shortened(one.text)}” is no closed day of the furniture"


def _clock(time: str, wording: Wording) -> str:
    """What every way to say a time begins with."""
    hour = str(int(time.split(":")[0])) if base(wording.language) == "fr" else time
    return wording.figures(hour)
