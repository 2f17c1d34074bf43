"""The event that a message reports: where title or head name an occasion, its day and place; nothing is guessed.

`occasion.py` reads a title that ends in place and day. Here the rest of the head is read: a line with a word for an
occasion ("Doorstop: Town Hall, Ostrevell"), a place before the date ("Lisbon, 3 March 2026"), a head inside the text,
the place and day of a signature. A day of the head is the event's only where the head names the occasion itself,
because a message may be sent another day.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from communique.importing.afterwords import Signature
from communique.importing.cities import city_at_end, is_city
from communique.importing.dates import PrintedDate, date_at_end, date_in, in_order, whole_date
from communique.importing.facts import Facts
from communique.importing.occasion import Occasion
from communique.importing.placed_day import PlacedDay
from communique.importing.weight import weight
from communique.importing.words import (
    AFTERWORDS,
    DAY_LABELS,
    FORMS,
    ISSUERS,
    OCCASIONS,
    ROLES,
    folded,
    has_any,
    phrase_of,
)

_BETWEEN = re.compile(r"\s*(?:[,:;،、：]|\s[-–—]\s|\b(?:at|in|à|au|in|en|no|na|в|у)\b)\s*", re.I)
_ABOUT = re.compile(r"(?:^|[\s,])(?:re|on|about|with|sur|avec|über|zu|mit|sobre|con|о|об|с)[\s:].*$", re.I)
_ARTICLE = re.compile(r"[,،]\s+(?:le|den|a|em|lì|il|dnia|dne|kelt)$", re.I)
"""between a place and its day: "Lyon, le 3 mars 2026" """
_NO_PLACES = (FORMS, ISSUERS, ROLES, AFTERWORDS, DAY_LABELS, OCCASIONS)
_LIMIT_LINE = 200
_LIMIT_DATELINE = 100
_OPENS = re.compile(r"\s?[)\]）]?\s?[-–—:.]{1,2}\s")
"""between a dateline and what it opens"""
_APART = re.compile(r"[,،、(（–—-]\s*(?:\w{1,4}\s+)?$")
"""between its place and its day, an article before the day aside"""
_LIMIT_PLACE = 60
_MOST_WORDS = 3
_WIRE = re.compile(
    r"^[\s\u3000(（【]*(?P<before>[^\s，。,：:]{2,14}?)(?:\d{4}年)?(?P<m>\d{1,2})月(?P<d>\d{1,2})日[电電讯訊]"
)


def event_of(
    titled: Occasion | None,
    heads: Sequence[str],
    apart: Sequence[str],
    published: PrintedDate | None,
    placed: str | None,
    apart_day: PlacedDay | None,
    opening: PrintedDate | None,
    signature: Signature | None,
    wire: tuple[str, date | None] | None,
    facts: Facts,
    language: str,
    *,
    marked: bool,
    spoken: bool,
    order: str | None = None,
) -> Occasion | None:
    """What title, lines of the head, a head inside the text (`apart`), and a signature say together.

    `placed` is what stands before the date in its line; `apart_day`, a day with its place beside the message's own;
    `opening`, the day with which the title begins;
    `marked`, whether it is marked who speaks, and `spoken`,
    whether the message is what was said there at all; `order`, that of days in figures on the page.
    """
    if apart and (found := _of_inner_head(apart, language)):
        return found
    if found := _of_facts(facts, language, order, spoken=spoken):
        return found
    read = (_of_line(line, published if marked else None, language) for line in heads if len(line) <= _LIMIT_LINE)
    named = [found for found in read if found]
    if named:
        found = next((one for one in named if one.place and one.on), named[0])
        if apart_day is not None:
            return _on(apart_day, found.event, order)
        if found.place is None and titled is not None and titled.place:
            return titled
        return _with_place(found, placed)
    if titled is not None and not (apart_day is not None and titled.place is None):
        return titled
    if apart_day is not None:
        return _on(apart_day, None, order)
    if signature is not None and signature.dated:
        printed = signature.dated[1]
        return Occasion(None, signature.place, printed.day, printed)
    if wire is not None:
        return Occasion(None, *wire)
    if opening is not None and spoken:
        return Occasion(None, placed, opening.day, opening)
    return Occasion(None, placed, None, None) if placed else None


def _on(apart_day: PlacedDay, event: str | None, order: str | None) -> Occasion:
    printed = in_order(apart_day.printed, order)
    return Occasion(event or apart_day.occasion, apart_day.place, printed.day, printed)


def place_before(text: str, printed: PrintedDate, language: str) -> str | None:
    """The place in "Lisbon, 3 March 2026" and in "Place Lisbon Date 3.3.2026"."""
    before = re.split(r"\s*[|·•]\s*", text[: printed.start].rstrip(" \u00a0|·•"))[-1].strip(" \u00a0,،.:;()-–—")
    before = _ARTICLE.sub("", before)
    words = re.split(r"[\s:]+", before)
    if not 0 < len(words) <= 4 or any(c.isdecimal() for c in before):
        return None
    for start in range(len(words)):
        for end in range(len(words), start, -1):
            if is_city(" ".join(words[start:end]), language):
                return " ".join(words[start:end])
    return before if _is_one_name(text, before) or _is_name_of_dateline(text, printed, before) else None


def dateline_of(text: str, language: str) -> PrintedDate | None:
    """The day of a dateline, with which the first paragraph of a text begins: "LISBON, 3 March 2026 – The lamp …"."""
    printed = date_in(text[:_LIMIT_DATELINE], language)
    if printed is None or not _OPENS.match(text, printed.end):
        return None
    before = text[: printed.start]
    apart = bool(_APART.search(before)) or before.isupper()
    return printed if apart and place_before(text, printed, language) else None


def _is_name_of_dateline(text: str, printed: PrintedDate, before: str) -> bool:
    """Whether some words with capitals, a comma and a day, and then a dash, open a text: a place that is no known
    city ("Cape Merrow, 3 March 2026 – The lamp …")."""
    known, words = folded(before), before.split()
    if text[: printed.start].strip() != f"{before}," or not _OPENS.match(text, printed.end):
        return False
    named = len(words) <= _MOST_WORDS and all(word[0].isupper() for word in words)
    return named and not any(known in table for table in _NO_PLACES) and not has_any(before, ISSUERS | FORMS)


def _is_one_name(text: str, before: str) -> bool:
    """Whether one word with a capital and a comma behind it stands before a date, and is no form, office or label."""
    known = folded(before)
    comma = text.find(before) + len(before)
    alone = not re.search(r"\s", before) and text[comma : comma + 1] in (",", "،", "、") and not before[:1].islower()
    return (
        alone
        and weight(before) > 2
        and not any(known in table for table in (FORMS, ISSUERS, ROLES, AFTERWORDS, DAY_LABELS, OCCASIONS))
    )


def wire_of(first: str, published: date | None, language: str) -> tuple[str, date | None] | None:
    """Place and day of a dispatch, as East Asian agencies open it: sender, place, month and day, "by wire"."""
    found = _WIRE.match(first)
    if found is None:
        return None
    day = _same_year(published, int(found["m"]), int(found["d"]))
    return _city_behind(found["before"], language), day


def _same_year(published: date | None, month: int, day: int) -> date | None:
    try:
        return published.replace(month=month, day=day) if published else None
    except ValueError:
        return None


def _city_behind(before: str, language: str) -> str:
    """The place behind the name of an agency, of two signs where it is no known city."""
    for start in range(1, len(before)):
        if is_city(before[start:], language) and len(before[start:]) > 1:
            return before[start:]
    return before[-2:]


def _of_line(line: str, published: PrintedDate | None, language: str) -> Occasion | None:
    """The occasion that a line names, with the place behind it; its own date, else that of the head."""
    phrase = phrase_of(line, OCCASIONS)
    if phrase is None:
        return None
    start, end = phrase
    own = date_at_end(line, language) or date_in(line[end:], language)
    rest = line[end : line.index(own.text, end)] if own and own.text in line[end:] else line[end:]
    rest = _ABOUT.sub("", rest)
    place = _place_in(rest, language)
    before = line[:start].strip(" ,:-–—")
    if before and not has_any(before, FORMS) and place is None and own is None:
        return None  # "… after a press conference": an occasion that the line only mentions
    if place is None and own is None and published is None and re.match(r"\s*\w", rest):
        return None  # "Speech of the keeper at the Harbour Fair": the word says of what form the message is
    day = own.day if own else published.day if published else None
    return Occasion(line[start:end], place, day, own or published)


def _place_in(rest: str, language: str) -> str | None:
    """What stands between the occasion and the date, if it begins like a place."""
    divided = _BETWEEN.match(rest)
    if divided is None:
        return None
    words = re.split(r"\s[-–—]\s|[;|(]", rest[divided.end() :])[0].strip(" ,.;:-–—()")
    if not words or len(words) > _LIMIT_PLACE or any(c.isdecimal() for c in words):
        return None
    named = all(w[0].isupper() or not w[0].isalpha() or len(w) < 4 for w in words.split())
    return words if (named and words[0].isupper()) or is_city(words, language) else None


def _of_facts(facts: Facts, language: str, order: str | None, *, spoken: bool) -> Occasion | None:
    """What a table of facts says; its day is the event's only where it names an event, or where the message is what
    was said at that place."""
    place, day, event = facts.of("place"), facts.of("day"), facts.of("event")
    if place is None and event is None:
        return None
    printed = date_in(day.value, language) if day is not None and (event is not None or spoken) else None
    printed = in_order(printed, order) if printed else None
    return Occasion(event.value if event else None, place.value if place else None, _day(printed), printed)


def _with_place(found: Occasion, placed: str | None) -> Occasion:
    return Occasion(found.event, found.place or placed, found.on, found.printed)


def _of_inner_head(lines: Sequence[str], language: str) -> Occasion | None:
    """Day, place and occasion from the lines of a head: the place is the line over the day."""
    dated = next((n for n, line in enumerate(lines) if whole_date(line, language)), None)
    if dated is None:
        return None
    printed = whole_date(lines[dated], language)
    occasion = next((line for line in lines if folded(line) in OCCASIONS), None)
    above = lines[dated - 1] if dated and lines[dated - 1] != occasion else None
    place = above if above and len(above) <= _LIMIT_PLACE and not has_any(above, FORMS) else None
    return Occasion(occasion, place or city_at_end(lines[dated], language), _day(printed), printed)


def _day(printed: PrintedDate | None) -> date | None:
    return printed.day if printed else None
