"""Contacts on a page: each label, telephone, mail and line of the furniture, and no other words, numbers or links.

How the press sets them differs from page to page, so what counts is what a reader reads and dials: every word there is
of the furniture, every telephone and mail of the furniture is there, a `tel:` link dials the digits that it shows
(without the zero in brackets after a country's code and without an extension), a `mailto:` link writes to the address
that it shows. Of the opening hours the facts for the script are compared and the lines; how days are said in them must
be the same on every page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from communique.edition.closures import day_in_page, is_closed_day, last_known_year
from communique.verify.site.expected import shortened
from communique.verify.site.markup import Element
from communique.verify.site.standing import Content, Standing
from communique.verify.site.wording import Gap, Gaps, Wording, Words, in_language, isolated, joined, said

LEAST_DIALLED = 5
"""digits of a telephone that must be a link"""
LINKED = ("tel:", "mailto:")
HOURS = (("details", "hours"), ("p", "open"))
_FILLING = re.compile(r"[\s·:：]+")


def contact_faults(found: Element, standing: Standing, wording: Wording, gaps: Gaps) -> Iterator[str]:
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
    yield from _hours_faults(found, standing, wording, gaps)


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


def _hours_faults(found: Element, standing: Standing, wording: Wording, gaps: Gaps) -> Iterator[str]:
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
        yield from _lines_faults(hours, rows, standing.of("closure"), wording, gaps)


def _lines_faults(
    hours: Element, rows: list[Content], closures: list[Content], wording: Wording, gaps: Gaps
) -> Iterator[str]:
    """What of the opening hours in words, and of the closed days that are near, is not the furniture's."""
    listed = [one for one in hours.find("li") if "data-last" in one.attributes]
    lines = [one for one in hours.find("li") if one not in listed]
    if len(lines) != len(rows):
        yield f"opening hours: {len(lines)} lines, and the furniture has {len(rows)}"
    for one, row in zip(lines, rows, strict=False):
        if not gaps.fit(_hours_line(row, wording), one.inner):
            yield f"opening hours: “{shortened(one.text)}” is not {row['from']} to {row['to']}"
    for one in listed:
        day = one.attributes["data-last"] or ""
        closed = [closure for closure in closures if is_closed_day(closure, day)]
        if not any(gaps.fit(_closed_line(day, closure, wording), one.inner) for closure in closed):
            yield f"opening hours: “{shortened(one.text)}” is no closed day of the furniture"
    label = "".join(one.text for one in hours.find("summary"))
    if label != wording.label("opening_hours"):
        yield f"opening hours: are called “{shortened(label)}”"


def _hours_line(row: Content, wording: Wording) -> Words:
    """Which words a row's weekdays have is not known, only that they are the same everywhere."""
    days: Words = (Gap(("weekdays", wording.language, str(row["days"])), r"[^<>&.!?:;]{1,120}"),)
    return wording.phrase("hours", days=days, start=wording.hour(row["from"]), end=wording.hour(row["to"]))


def _closed_line(day: str, closure: Content, wording: Wording) -> Words:
    name = [isolated(said(in_language(closure["name"], wording.language)))]
    if "country" in closure:
        name.append(isolated((Gap(("country", wording.language, closure["country"])),)))
    weekday, short = (Gap((sort, wording.language, day)) for sort in ("weekday in a sentence", "day without its year"))
    return wording.phrase("closed_on", weekday=(weekday,), day=(short,), name=joined(name, wording.comma))
