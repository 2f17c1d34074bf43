"""The head of a message: the section it stands in, the date that is its own, its title.

It is read upwards from the first words of the body: the title stands nearest, a date of its own beside it, the section
above. A title of several lines is joined by blanks. What HTML calls a heading is the title wherever it stands. Where
the text begins with short sentences, the title is the line right under section and date, else the last line without an
end.

    STATEMENTS                                 section
    16.09.2025                                 date
    Opening hours                              title
    The Embassy will be closed on Monday.      the first words
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from communique.importing.capture import Line
from communique.importing.contacts import is_of_a_contact
from communique.importing.counters import counts_days
from communique.importing.dates import PrintedDate, date_in, ends_in_date, unkept, whole_date
from communique.importing.sheet import Sheet
from communique.importing.surroundings import is_surrounding
from communique.importing.words import ENDS_A_SENTENCE, IMPRINT, heads_a_list

_END = re.compile(r"[.!?…。！？؟।॥։۔။።។][\"'”’»)\]\u200f\u200e]*$")
"""a colon ends no sentence here: it stands behind labels"""
_LIMIT_LINES = 8
_LIMIT_UNDER_HEADING = 40
"""source lines between an HTML heading and the first words: sharing links, dates, pictures"""
_LINES_OVER = 6
_LIMIT_TITLE = 600
_LIMIT_ENDED_TITLE = 200
_LIMIT_SECTION = 80


@dataclass(frozen=True)
class Heading:
    """Section and title as printed; the message's own date, None where it has none."""

    section: str | None
    published: PrintedDate | None
    title: str | None


def find_heading(sheet: Sheet, body: Line | None, language: str, is_other: set[int], *, alive: bool) -> Heading:
    """Take the head that stands above the first line of a body.

    `is_other` are lines that are surroundings; `alive` says that the page has clocks or counters, so that a date which
    is the page's only one and stands above section and title is the page's own day.
    """
    lines = _lines_above(sheet, body, is_other)
    main = main_heading(sheet.lines)
    marked = [line for line in lines if line is main] or [line for line in lines if line.heading]
    dates = [(line, d) for line in lines if (d := whole_date(line.text, language))]
    dated = {line.number for line, _ in dates}
    words = [line for line in lines if line.number not in dated]
    title = marked[-1:] if marked else _title_lines(words, dates)
    labelled = _labelled_date(words, title, language)
    section = _section([line for line in words if not labelled or line is not labelled[0]], title, language)
    below = section or next(iter(title), None)
    if alive and len(dates) == 1 and _is_of_the_page(sheet, dates[0][0], below, language):
        dates = []
    published = dates[-1] if dates else labelled
    if section is not None and sheet.is_free(section):
        sheet.take(section, "section")
    if published and sheet.is_free(published[0]):
        line, printed = published
        holes = [(0, printed.start), *unkept(printed, language), (printed.end, len(line.text))]
        sheet.take_around(line, "message date", 0, holes)
    for line in title:
        sheet.take(line, "title")
    text = " ".join(" ".join(line.text.split()) for line in title) or None
    return Heading(section.text.strip() if section else None, published[1] if published else None, text)


def first_words(
    sheet: Sheet, sure: Line | None, language: str, main: Line | None, *, marked: bool = False
) -> Line | None:
    """The first line of the text under the title, None where there is none.

    `sure` is the first line that is text beyond doubt (a speaker's mark: `marked`; a long sentence); short sentences
    may stand between the title and it, or be all there is.
    """
    if main is not None:
        below = [line for line in sheet.free() if line.number > main.number]
        return _lead(below, sure, language) if sure else next((x for x in below if _is_said(x, language)), None)
    for room in _rooms(sheet, language):
        if sure is None:
            if found := _short_text(room, language):
                return found
        elif sure in room:
            lists = [n for n, line in enumerate(room) if 0 < n < room.index(sure) and heads_a_list(line.text)]
            if not marked and lists and (found := _short_text(room[: lists[-1]], language)):
                return found  # the long sentence is one of a list below short ones
            end = room.index(sure) + (not marked and _could_be_title(room, room.index(sure), language))
            title = _title_by_its_place(room, end, language)
            return room[title + 1] if title is not None else _lead(room, sure, language)
    return sure


def _could_be_title(room: Sequence[Line], place: int, language: str) -> bool:
    """Whether a line that ends as a sentence does may be a title all the same: one sentence, with text below it."""
    text = room[place].text
    one = len(text) <= _LIMIT_ENDED_TITLE and not re.search(r"[.!?]\s", text.rstrip()) and bool(_END.search(text))
    return one and any(_is_said(line, language) for line in room[place + 1 :])


def _rooms(sheet: Sheet, language: str) -> list[list[Line]]:
    """Runs of lines that no other part interrupts."""
    rooms: list[list[Line]] = [[]]
    for line in sheet.lines:
        if sheet.is_free(line) and not is_surrounding(line.text, language):
            rooms[-1].append(line)
        elif rooms[-1]:
            rooms.append([])
    return [room for room in rooms if room]


def _title_by_its_place(room: Sequence[Line], end: int, language: str) -> int | None:
    """The last line of a title right under a section in capitals and a date, above `end`; None for any other head."""
    dates = [n for n, line in enumerate(room[: min(end, len(room) - 1)]) if n and whole_date(line.text, language)]
    for place in dates[-1:]:
        section, title = room[place - 1], room[place + 1]
        if place + 1 < end and not title.heading and section.text.isupper() and not title.text.isupper():
            return _last_line_of_title(room, place + 1, end)
    return None


def _last_line_of_title(room: Sequence[Line], place: int, end: int) -> int:
    """A title may go on in the line below, where no blank line divides them and it has no end."""
    while place + 1 < end and room[place + 1].number == room[place].number + 1 and not _has_end(room[place + 1]):
        if _has_end(room[place]):
            break
        place += 1
    return place


def _lead(room: Sequence[Line], sure: Line, language: str) -> Line:
    """The first of the sentences right above the sure text, as far as a line without an end is left for a title."""
    above = [line for line in room if line.number < sure.number]
    lead: list[Line] = []
    for line in reversed(above):
        if not _is_said(line, language):
            break
        lead.insert(0, line)
    return lead[0] if 0 < len(lead) < len(above) else sure


def _short_text(room: Sequence[Line], language: str) -> Line | None:
    """The first line of a text that has short sentences only."""
    sure = next((n for n, line in enumerate(room) if _is_said(line, language)), None)
    dates = [n for n, line in enumerate(room[:sure]) if whole_date(line.text, language)]
    if sure is None:
        return None
    title = _title_by_its_place(room, len(room), language)
    if title is None:
        words = [n for n in range(sure) if n not in dates]
        if not words or (not dates and any(heads_a_list(line.text) for line in room[:sure])):
            return None
        title = max(words[-1], sure - 1)
    return room[title + 1] if title + 1 < len(room) else None


def _is_said(line: Line, language: str) -> bool:
    """Whether a line ends as a sentence of several words does, and is neither a heading nor a line that says a date."""
    words = line.text.strip()
    several = " " in words or any(c > "\u2e80" for c in words)
    return several and not line.heading and _has_end(line) and not ends_in_date(words, language)


def _has_end(line: Line) -> bool:
    return bool(_END.search(line.text))


def main_heading(lines: Sequence[Line]) -> Line | None:
    """The heading that HTML calls the first: of several the longest, since menus have short ones."""
    return max((line for line in lines if line.heading == 1), key=lambda line: len(line.text), default=None)


def _lines_above(sheet: Sheet, body: Line | None, is_other: set[int]) -> list[Line]:
    """The free lines right above the body, in the page's order; the last of the page where there is no body."""
    found: list[Line] = []
    line = sheet.before(body) if body else (sheet.lines[-1] if sheet.lines else None)
    main = main_heading(sheet.lines)
    inside = main is not None and line is not None and main.number <= line.number <= main.number + _LIMIT_UNDER_HEADING
    limit = _LIMIT_UNDER_HEADING if inside else _LIMIT_LINES
    while line is not None and len(found) < limit and not (inside and main and line.number < main.number - _LINES_OVER):
        if not sheet.is_free(line) or line.number in is_other:
            if found:
                break
        elif len(line.text) <= _LIMIT_TITLE:
            found.append(line)
        else:
            break
        line = sheet.before(line)
    return found[::-1]


def _is_of_the_page(sheet: Sheet, dated: Line, below: Line | None, language: str) -> bool:
    """Whether a date above the head is the only one on the page."""
    others = [x for x in sheet.free() if x is not dated and whole_date(x.text, language)]
    return not others and below is not None and dated.number < below.number


def _title_lines(words: Sequence[Line], dates: Sequence[tuple[Line, PrintedDate]]) -> list[Line]:
    """The lines of the title: the last ones with words, as far as nothing divides them."""
    if not words or _is_running_text(words[-1]):
        return []
    last = words[-1]
    found = [last]
    for line in reversed(words[:-1]):
        divided = any(line.number < d.number < last.number for d, _ in dates)
        if divided or line.number != found[0].number - 1 or _is_section_like(line, last):
            break
        found.insert(0, line)
    return found


def _section(words: Sequence[Line], title: Sequence[Line], language: str) -> Line | None:
    """The line above the title; of several the last that is short, no sentence, and heads something."""
    if not title:
        return None
    above = [line for line in words if line.number < title[0].number]
    fitting = [line for line in above if _is_short(line.text) and not _heads_nothing(line.text, language)]
    return fitting[-1] if fitting else None


def _heads_nothing(text: str, language: str) -> bool:
    """Whether a line counts days, is of a contact, or belongs to the foot of the site."""
    return counts_days(text, language) or is_of_a_contact(text, language) or bool(IMPRINT.search(text))


def _is_section_like(line: Line, title: Line) -> bool:
    """A line in capitals above one that is not."""
    return line.text.isupper() and not title.text.isupper()


def _is_running_text(line: Line) -> bool:
    """The rest of a sentence, as at the beginning of half a page."""
    text = line.text.strip()
    return text[:1].islower() and bool(ENDS_A_SENTENCE.search(text))


def _is_short(text: str) -> bool:
    return len(text.strip()) <= _LIMIT_SECTION and not ENDS_A_SENTENCE.search(text)


def _labelled_date(words: Sequence[Line], title: Sequence[Line], language: str) -> tuple[Line, PrintedDate] | None:
    """A date with a word before it ("Date: 27/07/99", "Bonn, 11.10.2021") on a short line of its own."""
    for line in reversed(words):
        if line in title or len(line.text) > _LIMIT_SECTION:
            continue
        found = date_in(line.text, language)
        if found and not re.search(r"\w", line.text[found.end :]):
            return line, found
    return None
