"""How sure each field of a page is, and why: a number from 0 to 1 with the reason in words.

A field is found in one of the ways of `ways.py`, which counts how often a field found so was right on pages whose
answers are known. Which way it was is judged here, from what the steps before found and from nothing else, so that a
person can follow it. A field that a page does not have is sure too, or not: null where the page has no date at all is
surer than null beside dates that were not taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from communique.importing import ways
from communique.importing.capture import Capture, Line
from communique.importing.dates import date_in
from communique.importing.heading import Heading
from communique.importing.listing import Listing
from communique.importing.markup import Element
from communique.importing.occasion import Occasion
from communique.importing.parts import Parts
from communique.importing.regions import Regions
from communique.importing.running_text import is_link, is_prose, is_short_sentence
from communique.importing.turns import ANSWERED, ASKED, Turn
from communique.importing.ways import Judged, Way
from communique.importing.weight import weight
from communique.importing.words import (
    ENDS_A_SENTENCE,
    FORMS,
    folded,
    has_any,
    is_name_of_institution,
    kind_by_words,
    names_a_form,
)

SURE = 0.9
"""from here on a field need not be looked at"""
_ASKS = ("?", "？", "؟")
_MOST_ASKED = 2
"""lines of running text that end in a question mark"""
_MOST_LEADS = 3
_LEAST_LEAD = 30
_LEAST_LISTED = 30
_LEAST_LINK = 12
_LIMIT_DATED = 120
_SHORT_HEAD = 12
"""lines of a text's head, and signs that a line of it may have"""
_LIMIT_HEAD = 200
_LINES_OVER = 3
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)|\d{1,2}[./-]\d{1,2}[./-]\d{2}|年")
"""which a day has, in whatever language and figures"""
_WITHIN = frozenset(
    ("p", "li", "ul", "ol", "blockquote", "h2", "h3", "h4", "h5", "h6", "td", "tr", "tbody", "table", "dt", "dd", "dl")
)
"""elements of which one text has many"""
LIKELY = 0.7
"""from here on a field that is not sure is not doubtful either"""


def how_sure(confidence: float) -> str:
    """A confidence as reports count it: "sure", "likely" or "doubtful"."""
    return "sure" if confidence >= SURE else "likely" if confidence >= LIKELY else "doubtful"


def judged(
    capture: Capture,
    regions: Regions | None,
    parts: Parts,
    heading: Heading,
    occasion: Occasion | None,
    turns: Sequence[Turn],
    listing: Listing,
    kind: str,
    language: str,
) -> dict[str, Judged]:
    """A judgement of each field."""
    only_lists = kind == "list" and not _has_text(capture, regions)
    found = {
        "title": _title(capture, regions, parts, heading),
        "published": _published(capture, regions, parts, heading, language, only_lists=only_lists),
        "section": _section(regions, heading, kind),
        "kind": _kind(kind, heading, turns, parts, only_lists=only_lists),
        "language": _language(capture, language),
        "event": _event(occasion, parts),
        "body": _body(capture, regions, parts, heading),
        "turns": _turns(turns, parts, heading),
        "stubs": _stubs(listing, capture, regions, parts, heading, only_lists=only_lists),
    }
    return {name: way.judged for name, way in found.items()}


def _title(capture: Capture, regions: Regions | None, parts: Parts, heading: Heading) -> Way:
    if not heading.title:
        return ways.NO_TITLE
    told = folded(heading.title)
    if regions is not None:
        if is_name_of_institution(heading.title):
            return ways.TITLE_IS_A_NAME
        by_head = any(told in folded(title) for title in capture.titles)
        by_heading = any(line.heading in (1, 2) for line in regions.title)
        if by_head:
            return ways.TITLE_TOLD_TWICE if by_heading else ways.TITLE_TOLD_BY_HEAD
        return ways.TITLE_OVER_TEXT if by_heading else ways.TITLE_SMALL
    if parts.how == "typescript":
        return ways.TITLE_CENTRED
    if parts.how == "letterhead":
        return ways.TITLE_AMONG_RIVALS if parts.rivals else ways.TITLE_OF_LETTER
    if heading.section and heading.published:
        return ways.TITLE_UNDER_BOTH
    return ways.TITLE_BESIDE_DATE if heading.published else ways.TITLE_LAST_LINE


def _published(
    capture: Capture, regions: Regions | None, parts: Parts, heading: Heading, language: str, *, only_lists: bool
) -> Way:
    printed = heading.published
    if printed is None:
        return ways.LIST_UNDATED if only_lists else _undated(capture, regions, language)
    if printed.day is None:
        return ways.DATE_OF_TWO
    if printed.iso in capture.dates:
        return ways.DATE_TOLD_TWICE
    if parts.signature is not None:
        return ways.DATE_OF_SIGNATURE
    return ways.DATE_AGAINST_HEAD if capture.dates else ways.DATE_PRINTED


def _undated(capture: Capture, regions: Regions | None, language: str) -> Way:
    """A day that nobody read may be printed wherever a year is: in the head, and in short lines taken for text."""
    if not capture.is_markup:
        head = [line for line in capture.lines if line.text][:_SHORT_HEAD]
        seen = any(len(line.text) < _LIMIT_HEAD and date_in(line.text, language) for line in head)
        return ways.DATES_NOT_TAKEN if seen else ways.NO_DATE_IN_HEAD
    others = {line.number for row in regions.rows for line in row.lines} if regions else set()
    short = [x for x in capture.lines if x.text and x.number not in others and len(x.text) < _LIMIT_DATED]
    if any(line.times or _YEAR.search(line.text) for line in short if not is_prose(line)):
        return ways.YEARS_NOT_TAKEN
    return ways.NO_DATE_ANYWHERE


def _section(regions: Regions | None, heading: Heading, kind: str) -> Way:
    if heading.section is None:
        return ways.NO_SECTION
    if kind == "list":
        return ways.SECTION_OF_LIST
    if folded(heading.section) in FORMS:
        return ways.SECTION_IS_FORM if regions is None or _is_near(heading.section, regions) else ways.SECTION_OF_TRAIL
    if has_any(heading.section, FORMS):
        return ways.SECTION_NAMES_FORM
    if names_a_form(heading.section):
        return ways.SECTION_NAMES_SENDER
    return ways.SECTION_IN_CAPITALS if heading.published and heading.section.isupper() else ways.SECTION_SHORT_LINE


def _is_near(section: str, regions: Regions) -> bool:
    """Whether a section stands by itself around the title, and leads nowhere."""
    near = (*regions.over[-_LINES_OVER:], *regions.under)
    return any(line.text.strip() == section and not is_link(line) for line in near)


def _has_text(capture: Capture, regions: Regions | None) -> bool:
    """Whether running text stands on a page that is taken for a list, and in none of its rows."""
    if regions is None:
        return False
    listed = {line.number for row in regions.rows for line in row.lines}
    lines = (x for x in capture.lines if x.text and x.number not in listed and x.number not in regions.beside)
    return any(is_prose(line) for line in lines)


def _kind(kind: str, heading: Heading, turns: Sequence[Turn], parts: Parts, *, only_lists: bool) -> Way:
    asked = sum(turn.kind == "question" for turn in turns)
    if kind == "list":
        return ways.KIND_LIST if only_lists else ways.KIND_LIST_BESIDE_TEXT
    named = kind_by_words(heading.section or "") or kind_by_words(heading.title or "")
    if named == kind:
        return ways.KIND_NAMED
    if asked > 1 and kind == "interview":
        return ways.KIND_INTERVIEW
    if turns:
        return ways.KIND_BY_TURNS
    if not parts.body or not (is_prose(parts.body[0]) or is_short_sentence(parts.body[0])):
        return ways.KIND_OF_GREETING
    if heading.section and has_any(heading.section, FORMS):
        return ways.KIND_BY_SECTION
    return ways.KIND_UNNAMED


def _language(capture: Capture, language: str) -> Way:
    if (capture.language or "")[:2] == language:
        return ways.LANGUAGE_TOLD
    return ways.LANGUAGE_OF_WORDS if len(capture.text) > 300 else ways.LANGUAGE_OF_FEW_WORDS


def _event(occasion: Occasion | None, parts: Parts) -> Way:
    if occasion is None:
        return ways.NO_EVENT
    if parts.signature is not None:
        return ways.EVENT_OF_SIGNATURE
    return ways.EVENT_WHOLE if occasion.place and occasion.on else ways.EVENT_IN_PART


def _body(capture: Capture, regions: Regions | None, parts: Parts, heading: Heading) -> Way:
    body = parts.body
    if not body:
        return ways.NO_BODY
    if regions is not None:
        return _body_of_tree(capture, regions, parts, heading)
    first = body[0]
    if not parts.marks and len(body) > 1 and not ENDS_A_SENTENCE.search(first.text) and not is_prose(first):
        greets = first.text.rstrip().endswith((",", "،", "，", "!", "！"))
        if not greets and weight(first.text) < _LEAST_LEAD:
            return ways.BODY_FROM_SHORT_LINE
    return ways.BODY_FROM_MARK if parts.marks else ways.BODY_UNDER_HEAD


def _body_of_tree(capture: Capture, regions: Regions, parts: Parts, heading: Heading) -> Way:
    """A text is whole where it fills one element, begins and ends as sentences do, and where no other text stands."""
    body = parts.body
    if heading.title is None:
        return ways.BODY_UNTITLED
    boxes = {_box(line, capture.elements) for line in body}
    if len(boxes) > 1:
        return ways.BODY_IN_BOXES
    if not any(line.heading for line in regions.title):
        return ways.BODY_UNDER_PLAIN_TITLE
    if not parts.marks and not all(is_prose(x) or is_short_sentence(x) for x in (body[0], body[-1])):
        return ways.BODY_WITH_SHORT_END
    if any(_dates_alone(line) for line in body):
        return ways.BODY_WITH_SHORT_END
    taken = {line.number for line in (*body, *regions.title)}
    taken |= {line.number for row in regions.rows for line in row.lines}
    rest = [x for x in capture.lines if x.text and x.number not in taken]
    if any(is_prose(x) for x in rest if x.number > body[0].number and x.number not in regions.beside):
        return ways.BODY_BESIDE_OTHER
    if any(_is_of_text(x, heading) for x in rest if _box(x, capture.elements) in boxes):
        return ways.BODY_NOT_ALL
    return ways.BODY_IN_ONE_BOX


def _box(line: Line, elements: Sequence[Element]) -> int:
    """The element in which the paragraphs of a text stand side by side."""
    number = line.element
    while number > 0 and elements[number].tag in _WITHIN:
        number = elements[number].parent
    return number


def _is_of_text(line: Line, heading: Heading) -> bool:
    """Whether a line that was not taken could be of the text in whose element it stands."""
    return not (is_link(line) or _YEAR.search(line.text) or line.text.strip() == heading.section)


def _dates_alone(line: Line) -> bool:
    """Whether a line of a text is short, no sentence, and says a year or a time: it tells of the page."""
    return not (is_prose(line) or is_short_sentence(line)) and bool(_YEAR.search(line.text))


def _turns(turns: Sequence[Turn], parts: Parts, heading: Heading) -> Way:
    marks = parts.marks
    if not turns:
        named = {kind_by_words(heading.section or ""), kind_by_words(heading.title or "")}
        asks = sum(line.text.rstrip().endswith(_ASKS) for line in parts.body)
        if named & {"interview", "briefing"}:
            return ways.TALK_UNMARKED
        if asks > _MOST_ASKED or sum(0 < line.lead < len(line.text) for line in parts.body) > _MOST_LEADS:
            return ways.QUESTIONS_UNMARKED
        return ways.NO_TURNS
    if any(mark.words in (ASKED, ANSWERED) for mark in marks):
        return ways.TURNS_BY_TYPE
    generic = sum(mark.sort in ("question", "answer") for mark in marks)
    if any(turn.kind == "note" and turn.paragraphs and turn.paragraphs[0][:1].isalnum() for turn in turns):
        return ways.TURNS_WITH_SUBHEADS
    if generic * 4 >= len(marks):
        return ways.TURNS_BY_MARKS if turns[0].mark else ways.TURNS_AFTER_TEXT
    return ways.TURNS_BY_NAMES if len(marks) > 3 else ways.TURNS_BY_FEW_NAMES


def _stubs(
    listing: Listing, capture: Capture, regions: Regions | None, parts: Parts, heading: Heading, *, only_lists: bool
) -> Way:
    if len(listing.items) > 1:
        days = [item.day for item in listing.items if item.day]
        if only_lists or (parts.body and all(a >= b for a, b in pairwise(days))):
            return ways.ROWS_NEWEST_FIRST
        return ways.ROWS_IN_NO_ORDER
    if listing.items:
        return ways.ONE_ROW
    if listing.undated:
        return ways.TITLES_UNDATED
    said = {line.number for line in (*regions.body, *regions.title)} if regions else set()
    links = [x for x in capture.lines if x.number not in said and is_link(x) and weight(x.text) >= _LEAST_LISTED]
    if len(links) > 1 and all(folded(x.text) != folded(heading.title or "") for x in links):
        return ways.LINKS_BESIDE
    last = parts.body[-1].number if parts.body else 0
    below = [x for x in capture.lines if x.number > last and is_link(x) and len(x.text.split()) > 1]
    if any(weight(x.text) >= _LEAST_LINK for x in below):
        return ways.LINKS_BELOW
    return ways.NO_STUBS
