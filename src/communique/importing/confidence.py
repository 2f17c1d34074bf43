"""How sure each field of a page is, and why: a number from 0 to 1 with the reason in words.

The numbers say how often a field found in this way was right on pages whose answers are known (`tests/importing/
test_score.py` holds them to it: of the fields given 0.9 or more, 95 of 100). They are judged from what the steps before
found and from nothing else, so that a person can follow them. A field that a page does not have is sure too, or not:
null where the page has no date at all is surer than null beside dates that were not taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from communique.importing.capture import Capture
from communique.importing.dates import date_in
from communique.importing.heading import Heading
from communique.importing.listing import Listing
from communique.importing.occasion import Occasion
from communique.importing.parts import Parts
from communique.importing.regions import Regions
from communique.importing.running_text import is_link, is_prose
from communique.importing.turns import ANSWERED, ASKED, Turn
from communique.importing.weight import weight
from communique.importing.words import ENDS_A_SENTENCE, FORMS, folded, has_any, kind_by_words, names_a_form

SURE = 0.9
"""from here on a field need not be looked at"""
_ASKS = ("?", "？", "؟")
_MOST_ASKED = 2
"""lines of running text that end in a question mark"""
_MOST_LEADS = 3
_LEAST_LEAD = 30
_LEAST_LISTED = 30
LIKELY = 0.7
"""from here on a field that is not sure is not doubtful either"""


def how_sure(confidence: float) -> str:
    """A confidence as reports count it: "sure", "likely" or "doubtful"."""
    return "sure" if confidence >= SURE else "likely" if confidence >= LIKELY else "doubtful"


@dataclass(frozen=True)
class Judged:
    """How sure a field is, and why."""

    confidence: float
    because: str


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
    return {
        "title": _title(capture, regions, parts, heading),
        "published": _published(capture, parts, heading, language),
        "section": _section(heading, kind),
        "kind": _kind(kind, heading, turns),
        "language": _language(capture, language),
        "event": _event(occasion, parts),
        "body": _body(regions, parts, heading),
        "turns": _turns(turns, parts, heading),
        "stubs": _stubs(listing, capture, regions, heading),
    }


def _title(capture: Capture, regions: Regions | None, parts: Parts, heading: Heading) -> Judged:
    if not heading.title:
        return Judged(0.5, "no line of the page is plainly a title")
    told = folded(heading.title)
    if regions is not None:
        by_head = any(told in folded(title) for title in capture.titles)
        by_heading = any(line.heading in (1, 2) for line in regions.title)
        if by_head and by_heading:
            return Judged(0.99, "a heading, and the head of the file tells it too")
        return Judged(0.95, "the head of the file tells it") if by_head else Judged(0.85, "the heading over the text")
    if parts.how == "typescript":
        return Judged(0.97, "the last centred block over the text")
    if parts.how == "letterhead":
        if parts.rivals:
            return Judged(0.8, "the first of several lines that could be the title")
        return Judged(0.93, "the one line of the head that is neither name, date nor form")
    if heading.section and heading.published:
        return Judged(0.97, "the line under section and date")
    return (
        Judged(0.92, "the line beside a date")
        if heading.published
        else Judged(0.75, "the last short line over the text")
    )


def _published(capture: Capture, parts: Parts, heading: Heading, language: str) -> Judged:
    printed = heading.published
    if printed is None:
        head = [line for line in capture.lines if line.text][:12] if not capture.is_markup else []
        seen = any(len(line.text) < 200 and date_in(line.text, language) for line in head)
        return (
            Judged(0.7, "dates are printed, none plainly the message's") if seen else Judged(0.9, "no date in the head")
        )
    if printed.day is None:
        return Judged(0.4, "figures that could be two days")
    if printed.iso in capture.dates:
        return Judged(0.99, "printed at the title, and the head of the file tells it too")
    if parts.signature is not None:
        return Judged(0.96, "the day of the signature")
    if capture.dates:
        return Judged(0.6, "printed, but the head of the file tells another day")
    return Judged(0.95, "printed at the title")


def _section(heading: Heading, kind: str) -> Judged:
    if heading.section is None:
        return Judged(0.75, "no line of the head names one")
    if kind == "list":
        return Judged(0.85, "what heads a list is the section of its messages, or its title alone")
    if has_any(heading.section, FORMS):
        return Judged(0.93, "a short line of the head that names a form of message")
    if names_a_form(heading.section):
        return Judged(0.85, "a short line of the head that says who sends it")
    return Judged(0.92 if heading.published and heading.section.isupper() else 0.7, "the short line over the title")


def _kind(kind: str, heading: Heading, turns: Sequence[Turn]) -> Judged:
    asked = sum(turn.kind == "question" for turn in turns)
    if asked > 1 and kind == "interview":
        return Judged(0.95, "questions and answers of one party")
    if kind == "list":
        return Judged(0.95, "other messages, and no text of its own")
    named = kind_by_words(heading.section or "") or kind_by_words(heading.title or "")
    if named == kind:
        return Judged(0.92, "section or title names it")
    if turns:
        return Judged(0.7, "as its turns are")
    if heading.section and has_any(heading.section, FORMS):
        return Judged(0.91, "prose in a section that names no other kind")
    return Judged(0.8, "prose, and nothing names its kind")


def _language(capture: Capture, language: str) -> Judged:
    if (capture.language or "")[:2] == language:
        return Judged(0.99, "the file tells it")
    return Judged(0.97 if len(capture.text) > 300 else 0.85, "its words are of it")


def _event(occasion: Occasion | None, parts: Parts) -> Judged:
    if occasion is None:
        return Judged(0.7, "neither title nor head names an occasion")
    if parts.signature is not None:
        return Judged(0.95, "place and day of the signature")
    if occasion.place and occasion.on:
        return Judged(0.91, "title or head names place and day")
    return Judged(0.7, "title or head names a part of it")


def _body(regions: Regions | None, parts: Parts, heading: Heading) -> Judged:
    if not parts.body:
        return Judged(0.85, "no running text outside lists and menus")
    first = parts.body[0]
    if not parts.marks and len(parts.body) > 1 and not ENDS_A_SENTENCE.search(first.text) and not is_prose(first):
        greets = first.text.rstrip().endswith((",", "،", "，", "!", "！"))
        if not greets and weight(first.text) < _LEAST_LEAD:
            return Judged(0.85, "it begins with a short line that is no sentence")
    if regions is not None:
        if heading.title is None:
            return Judged(0.7, "a branch of the page without a title")
        return Judged(0.96, "the branch of the page in which most of its text stands")
    return Judged(0.97, "from the first mark to the end") if parts.marks else Judged(0.92, "what stands under the head")


def _turns(turns: Sequence[Turn], parts: Parts, heading: Heading) -> Judged:
    marks = parts.marks
    if not turns:
        named = {kind_by_words(heading.section or ""), kind_by_words(heading.title or "")}
        asks = sum(line.text.rstrip().endswith(_ASKS) for line in parts.body)
        if named & {"interview", "briefing"} and asks:
            return Judged(0.6, "section or title names a talk, and questions stand in the text")
        if asks > _MOST_ASKED or sum(0 < line.lead < len(line.text) for line in parts.body) > _MOST_LEADS:
            return Judged(0.75, "nobody is marked as speaking, and questions or strong beginnings stand in the text")
        return Judged(0.95, "nobody is marked as speaking")
    if any(mark.words in (ASKED, ANSWERED) for mark in marks):
        return Judged(0.8, "strong type alone marks the questions")
    generic = sum(mark.sort in ("question", "answer") for mark in marks)
    if any(turn.kind == "note" and turn.paragraphs and turn.paragraphs[0][:1].isalnum() for turn in turns):
        return Judged(0.88, "questions are marked, and subheads divide the talk")
    if generic * 4 >= len(marks):
        return Judged(0.97, "questions are marked as such")
    return Judged(0.9 if len(marks) > 3 else 0.7, "names mark who speaks")


def _stubs(listing: Listing, capture: Capture, regions: Regions | None, heading: Heading) -> Judged:
    if listing.items:
        return (
            Judged(0.92, "a date and a title, again and again") if len(listing.items) > 1 else Judged(0.7, "one only")
        )
    if listing.undated:
        return Judged(0.6, "titles under the heading of a list")
    said = {line.number for line in (*regions.body, *regions.title)} if regions else set()
    links = [x for x in capture.lines if x.number not in said and is_link(x) and weight(x.text) >= _LEAST_LISTED]
    if len(links) > 1 and all(folded(x.text) != folded(heading.title or "") for x in links):
        return Judged(0.75, "long links stand beside the text, under no heading of a list")
    return Judged(0.9, "no list of others")
