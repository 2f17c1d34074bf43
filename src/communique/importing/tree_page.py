"""The parts of an HTML page, from its regions: title, what stands around it, body, listed messages, surroundings."""

from __future__ import annotations

from collections.abc import Sequence

from communique.importing.afterwords import without_afterwords
from communique.importing.around_title import Dated, date_around, placed_around, section_around
from communique.importing.capture import Capture, Line
from communique.importing.clocks import find_clocks
from communique.importing.contacts import find_contacts
from communique.importing.counters import find_counters
from communique.importing.dates import PrintedDate, unkept
from communique.importing.digits import has_digit
from communique.importing.heading import Heading
from communique.importing.inner_heads import without_inner_heads
from communique.importing.parts import Parts
from communique.importing.regions import Regions
from communique.importing.running_text import is_link, is_prose
from communique.importing.sheet import Sheet
from communique.importing.teasers import find_teasers
from communique.importing.turns import find_marks, with_strong_questions
from communique.importing.words import FORMS, folded

_LEAST_ROWS = 3
_MOST_LINES_OVER_ROWS = 2


def parts_of_tree(sheet: Sheet, capture: Capture, regions: Regions, language: str) -> Parts:
    """Take the parts of a page whose regions are known."""
    body, apart = without_inner_heads(without_afterwords(regions.body, language), language)
    only_lists = not body or _heads_its_rows(regions, body)
    if only_lists and (found := _as_list(sheet, regions, regions.title_words, language)):
        return found
    heading, dated = _take_heading(sheet, capture, regions, language)
    placed = placed_around(capture, regions, dated, language)
    for line in regions.facts.lines:
        if sheet.is_free(line):
            sheet.take(line, "fact")
    body = _without_outline(body, capture, language)
    sheet.hide(body)
    head = [*regions.over, *regions.title, *regions.under, *apart]
    marks = find_marks(body, language, [line for line in head if len(line.text) < 400])
    terms = {line.number for line in body if capture.elements[line.element].tag == "dt"}
    named = f"{heading.section or ''} {regions.title_words}"
    marks = with_strong_questions(body, marks, language, named, terms)
    outside = [line for line in sheet.free() if line not in apart]
    listing = find_teasers(sheet, regions.rows, outside, language, {folded(heading.title or "")})
    clocks = find_clocks(sheet, language)
    contacts = find_contacts(sheet, language)
    counters = find_counters(
        sheet, [line for line in sheet.free() if line not in apart and _has_number(line)], language
    )
    sheet.show(body)
    return Parts(
        heading,
        body,
        marks,
        listing,
        clocks,
        contacts,
        counters,
        apart,
        heads=_heads(regions),
        dated_line=dated[0] if dated else None,
        how="tree",
        facts=regions.facts,
        placed=placed,
    )


def _without_outline(body: Sequence[Line], capture: Capture, language: str) -> list[Line]:
    """The body without a list above its first turn: such a list says of what is spoken below."""
    first = next((n for n, line in enumerate(body) if capture.elements[line.element].tag != "li"), len(body))
    rest = list(body[first:])
    return rest if first and find_marks(rest, language, ()) else list(body)


def _heads_its_rows(regions: Regions, body: Sequence[Line]) -> bool:
    """Whether a page is a list in spite of a short word over it ("Choose a year."): the title is a bare form of
    message ("Speeches"), and several messages follow what is no running text."""
    rows = [row for row in regions.rows if not row.heard]
    if len(rows) < _LEAST_ROWS or (any(map(is_prose, body)) and len(body) > 1):
        return False
    below = body[0].number > rows[-1].lines[-1].number and rows[0].lines[0].number > regions.title[-1].number
    if below and len(body) <= _MOST_LINES_OVER_ROWS:
        return True  # words at the foot of the list
    if folded(regions.title_words) not in FORMS or is_prose(body[0]):
        return False
    return body[-1].number < rows[0].lines[0].number and len(body) <= _MOST_LINES_OVER_ROWS


def _as_list(sheet: Sheet, regions: Regions, title: str, language: str) -> Parts | None:
    """The parts of a page that only lists messages; None where it lists none."""
    sheet.hide(regions.title)
    listing = find_teasers(sheet, regions.rows, sheet.free(), language, {folded(title)})
    sheet.show(regions.title)
    if not listing.items:
        return None
    for line in regions.title:
        sheet.take(line, "title")
    clocks = find_clocks(sheet, language)
    contacts = find_contacts(sheet, language)
    # what lists messages is the section of its messages
    return Parts(Heading(title, None, title), (), (), listing, clocks, contacts, (), how="tree")


def _has_number(line: Line) -> bool:
    """Whether a line could count days: a number in it, and no link."""
    return has_digit(line.text) and not is_link(line)


def _take_heading(sheet: Sheet, capture: Capture, regions: Regions, language: str) -> tuple[Heading, Dated | None]:
    for line in regions.title:
        sheet.take(line, "title")
    dated = date_around(capture, regions, language)
    if dated and sheet.is_free(dated[0]):
        _take_date(sheet, *dated, language)
    section = section_around(capture, regions, dated, language)
    if isinstance(section, Line):
        if sheet.is_free(section):
            sheet.take(section, "section")
        section = section.text.strip()
    return Heading(section, dated[1] if dated else None, regions.title_words), dated


def _heads(regions: Regions) -> tuple[str, ...]:
    """Title and the short lines under it, which may name an occasion."""
    return (regions.title_words, *(line.text.strip() for line in regions.under))


def _take_date(sheet: Sheet, line: Line, printed: PrintedDate, language: str) -> None:
    holes = [(0, printed.start), *unkept(printed, language), (printed.end, len(line.text))]
    sheet.take_around(line, "message date", 0, holes)
