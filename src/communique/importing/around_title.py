"""What stands around the title of an HTML page: its date and its section, as printed.

The date is the one nearest to the title, below it, above it, or right under the text; one that the head of the file
tells to machines too is the date before all others. A date that is part of a longer line counts where the line says
little else ("Lisbon, 3 March 2026"), or begins or ends with it. The section is a short line there that names a form of
message ("Press release") or who sends it ("Press office"); else what the trail of links over the page ends with.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

from communique.importing.capture import Capture, Line
from communique.importing.dates import PrintedDate, date_at_end, dates_in, in_order
from communique.importing.placed_day import PlacedDay, is_of_publication, place_beside, place_in
from communique.importing.regions import ARROWS, Regions
from communique.importing.running_text import is_link
from communique.importing.weight import weight
from communique.importing.words import (
    AFTERWORDS,
    BYLINES,
    ENDS_A_SENTENCE,
    FORMS,
    folded,
    heads_a_list,
    is_name_of_institution,
    names_a_form,
    starts_with_any,
)

_LIMIT_DATED = 120
_MOST_BESIDE_A_DATE = 70
_LINES_OVER = 6
_LINES_BELOW = 3
_LIMIT_SECTION = 60
_LEAST_MENU = 3
_DIVIDED = re.compile(r"\s*[|·•»]\s*|\s+[-–—/:]\s+|[,，、]\s*")
_LABELLED = re.compile(r"^[^:：]{2,24}[:：]\s*\S")
_LABEL = re.compile(r"^[^:：]{2,24}[:：]\s*(?=\S)")
_SIGNS = " \u00a0‹›«»<>|/·•–—-[]()"
_LONGEST_WORD = 6
"""before a link: "in", "dalam" """
_OF_FACTS = ("dd", "td", "th", "li")
_COMMAS = (",", "،", "、")
_TRAIL = re.compile(r"\s+[/›»>→|]\s+|\s*[＞≫]\s*")
_MOST_STEPS = 5
_TIMES = re.compile(r"\d{1,2}[:.h]\d\d(?:\s?[ap]\.?m\b\.?)?", re.I)
_TIME = re.compile(r"^\s*\d{1,2}(?:[:.]|h\s?)\d\d\b(?:[:.]\d\d\b)?\s*")

Dated = tuple[Line, PrintedDate]


def date_around(capture: Capture, regions: Regions, language: str) -> Dated | None:
    """The message's own date with its line."""
    first = regions.body[0].number if regions.body else regions.title[-1].number + 24
    last = regions.body[-1].number if regions.body else first
    listed = {line.number for row in regions.rows for line in row.lines}
    title = folded(regions.title_words)
    lines = [x for x in capture.lines if x.text and x.number not in listed and not _repeats(x, title)]
    body = {line.number for line in regions.body}
    under = [x for x in lines if regions.title[-1].number < x.number < last and x.number not in body]
    over = _under_the_menu([x for x in lines if x.number < regions.title[0].number][-_LINES_OVER:][::-1])
    below = _until_another([x for x in lines if x.number > last][:_LINES_BELOW]) if regions.body else []
    titled = [x for x in regions.title if date_at_end(x.text, language)]
    found = [(x, d) for x in [*under, *over, *below] if (d := _date_of(x, language, capture.dates))]
    found += [(x, d) for x in titled if (d := date_at_end(x.text, language))]
    found += [(x, d) for x in regions.title if (d := _between_commas(x.text, language))]
    told = [one for one in found if one[1].iso in capture.dates]
    usual = [(x, d) for x in lines if x.number in regions.said.days and (d := _date_of(x, language, capture.dates))]
    above = {below.number: line for line, below in pairwise(lines)}
    labels = {number: line.text for number, line in above.items()}
    labelled = [(x, d) for x, d in found if is_of_publication(x.text, d, labels.get(x.number, ""))]
    placed = {x.number for x, d in found if x in under and _place_at(x, d, above.get(x.number))}
    bare = [(x, d) for x, d in found if x in under and x.number not in placed] if placed else []
    return next(iter([*told, *usual, *labelled, *bare, *found]), None)


def placed_around(capture: Capture, regions: Regions, dated: Dated | None, language: str) -> PlacedDay | None:
    """Where and when it was said, as a line between title and text tells it apart from the message's own day."""
    own = dated[0].number if dated else -1
    last = regions.body[0].number if regions.body else regions.title[-1].number
    under = [x for x in capture.lines if x.text and regions.title[-1].number < x.number < last]
    for above, line in pairwise([regions.title[-1], *under]):
        printed = _date_of(line, language, capture.dates) if line.number != own else None
        if printed is None or is_of_publication(line.text, printed, above.text):
            continue
        if place := _place_at(line, printed, above):
            return PlacedDay(place, printed)
    return None


def _place_at(line: Line, printed: PrintedDate, above: Line | None) -> str | None:
    """The place beside a day, or in the line above it, from which a break alone divides it."""
    broken = above is not None and above.element == line.element and above.number == line.number - 1
    over = place_in(above.text) if above is not None and broken and not printed.start else None
    return place_beside(line.text, printed) or over


def _between_commas(text: str, language: str) -> PrintedDate | None:
    """The day that a title holds by itself: "No. 12, 3 March 2026, On the lamp"."""
    printed = next(dates_in(text, language), None)
    if printed is None:
        return None
    before, after = text[: printed.start].rstrip(), text[printed.end :].lstrip()
    return printed if before.endswith(_COMMAS) and after.startswith(_COMMAS) else None


def _until_another(lines: Sequence[Line]) -> list[Line]:
    """The lines up to the first that begins something else: a heading, or a link."""
    return list(takewhile(lambda line: not line.heading and not is_link(line), lines))


def _repeats(line: Line, title: str) -> bool:
    """Whether a line says the title once more, as breadcrumbs do: a day in it is the title's."""
    return title in folded(line.text)


def _under_the_menu(lines: Sequence[Line]) -> list[Line]:
    """The lines over a title, from it upwards, as far as no menu divides them from it."""
    menu = [n for n, line in enumerate(lines) if is_link(line)][_LEAST_MENU - 1 : _LEAST_MENU]
    return list(lines[: menu[0]] if menu else lines)


def _date_of(line: Line, language: str, told: Sequence[str]) -> PrintedDate | None:
    """The date of a short line that says little else; figures of either order are the day that the file tells."""
    if len(line.text) > _LIMIT_DATED:
        return None
    found = _not_of_a_change(line.text, language)
    if is_link(line) and (found is None or (found.iso not in told and not _is_all_of_its_link(line, found))):
        return None  # of another message; a link to this one itself stands on the day that the file tells
    if found is None:
        return None
    dates = sum(printed.end - printed.start for printed in dates_in(line.text, language))
    dates += sum(time.end() - time.start() for time in _TIMES.finditer(line.text))
    if len(line.text) - dates > _MOST_BESIDE_A_DATE:
        return None
    if found.day is None:
        orders = (in_order(found, order) for order in ("dmy", "mdy"))
        found = next((one for one in orders if one.iso in told), found)
    return found


def _is_all_of_its_link(line: Line, printed: PrintedDate) -> bool:
    """Whether a day, and at most a time beside it, is all that its link says: such a link leads to the message itself,
    or to its month."""
    for link in line.links:
        if link.start <= printed.start and printed.end <= link.end:
            rest = line.text[link.start : printed.start] + line.text[printed.end : link.end]
            return not any(map(str.isalpha, rest)) or not _TIMES.sub("", rest).strip(_SIGNS + ",.")
    return False


def _not_of_a_change(text: str, language: str) -> PrintedDate | None:
    """The first date of a text that no label calls the day of the last change."""
    start = 0
    for printed in dates_in(text, language):
        if folded(_TIME.sub("", text[start : printed.start])) not in AFTERWORDS:
            return printed
        start = printed.end
    return None


def section_around(capture: Capture, regions: Regions, dated: Dated | None, language: str) -> Line | str | None:
    """The line of the section, or the word of the breadcrumbs that names a form of message."""
    title = folded(" ".join(line.text for line in regions.title))
    if (usual := regions.said.section) is not None and folded(usual.text) != title:
        return _last_step(usual)
    over = regions.over[::-1][:_LINES_OVER]
    own = _under_the_menu(over)
    date_line = dated[0].number if dated else -1
    under = [x for x in regions.under if not x.heading]
    others = _over_lists(capture, regions) | {date_line}
    near = [x for x in (*under, *over) if x.number not in others and _is_short(x, title) and not _is_by_somebody(x)]
    if form := _form_beside(capture, regions, [x for x in near if x in own or x in under], title):
        return form
    path = [words for words in regions.path if folded(words) != title]
    step = [x for x in near if not is_link(x) and path and folded(x.text) == folded(path[-1])]
    named = sorted(
        (x for x in near if names_a_form(x.text) and not is_link(x)), key=lambda x: folded(x.text) not in FORMS
    )
    if found := [*step, *(x for x in named if x in regions.under or x in own)]:
        return _last_step(found[0])
    beside = [words for words in _beside_a_date(dated, regions) if names_a_form(words)]
    forms = [words for words in path if names_a_form(words)][-1:]
    current = [words for words in regions.current if folded(words) in FORMS][-1:]
    told = [words for words in _told(capture.titles, title) if folded(words) in FORMS][:1]
    last = [words for words in path[1:] if not is_name_of_institution(words)][-1:]
    label = [x for x in own[:1] if is_link(x) and len(x.links) == 1 and names_a_form(x.text) and x in near]
    whole = [x for x in label if folded(x.text) in FORMS and not any(folded(words) in FORMS for words in beside)]
    rest: list[Line | str] = [*whole, *beside, *forms, *current, *label, *named, *told, *last]
    return rest[0] if rest else None


def _form_beside(capture: Capture, regions: Regions, near: Sequence[Line], title: str) -> Line | str | None:
    """A form of message, and nothing else but its label, a sign or a small word before its link: the first of the
    lines around the title, or of a table of facts between title and text."""
    first = regions.body[0].number if regions.body else 0
    between = [x for x in capture.lines if regions.title[-1].number < x.number < first and _is_short(x, title)]
    facts = [x for x in between if x not in near and capture.elements[x.element].tag in _OF_FACTS]
    for line in (*near, *facts):
        if words := _bare_form(line):
            return line if words == line.text.strip() else words
    return None


def _bare_form(line: Line) -> str | None:
    """The form of message that a line names: "Press release", "Type: Press release", "‹ Press releases", "in News"."""
    text = line.text.strip()
    behind = _LABEL.sub("", text)
    if len(line.links) == 1:
        link = line.links[0]
        words, before = line.text[link.start : link.end].strip(), line.text[: link.start].strip()
        apart = behind == words or (before and len(before) <= _LONGEST_WORD and not line.text[link.end :].strip())
        return words if apart and words != text and folded(words) in FORMS else None
    if is_link(line):
        return None
    return next((words for words in (text, behind, text.strip(_SIGNS)) if folded(words) in FORMS), None)


def _is_by_somebody(line: Line) -> bool:
    """Whether a line says who wrote a text down."""
    return starts_with_any(line.text, BYLINES) and folded(line.text) not in FORMS


def _last_step(line: Line) -> Line | str:
    """The line; of a trail in one line without links ("Media / Press releases") what it ends with."""
    steps = [step.strip() for step in _TRAIL.split(line.text) if step.strip()]
    return steps[-1] if 1 < len(steps) <= _MOST_STEPS and names_a_form(steps[-1]) else line


def _over_lists(capture: Capture, regions: Regions) -> set[int]:
    """The numbers of lines right above a list of other messages, which they head."""
    listed = {line.number for row in regions.rows for line in row.lines}
    numbers = [line.number for line in capture.lines if line.text]
    return {above for above, below in pairwise(numbers) if below in listed and above not in listed}


def _beside_a_date(dated: Dated | None, regions: Regions) -> list[str]:
    """What a sign divides from the day in its line: "Press release | 3 March 2026"."""
    if dated is None or dated[0] in regions.title:
        return []
    line, printed = dated
    parts = [line.text[: printed.start], line.text[printed.end :]]
    pieces = (_TIME.sub("", words).strip() for part in parts for words in _DIVIDED.split(part))
    return [words for words in pieces if words.strip(" .:-–—") and not _LABELLED.match(words)]


def _told(titles: Sequence[str], title: str) -> list[str]:
    """The other segments of the titles that the head of the file tells."""
    parts = [part.strip() for told in titles for part in _DIVIDED.split(told)]
    return [part for part in parts if part and folded(part) not in title]


def _is_short(line: Line, title: str) -> bool:
    text = line.text.strip()
    if weight(text) <= 2 or ARROWS.search(text) or len(text) > _LIMIT_SECTION or ENDS_A_SENTENCE.search(text):
        return False
    if len(line.links) > 1 or not re.search(r"[^\W\d_]", text) or (heads_a_list(text) and folded(text) not in FORMS):
        return False
    return folded(text) != title
