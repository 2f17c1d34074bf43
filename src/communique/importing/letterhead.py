"""The head of a message in plain text, where who speaks and what it is stand above the title as on a letter.

    Ada Merrow MP  Minister for Lamps              letterhead: a name, an office
    Lamps for the old pier                         title: the first words that are nothing else
    Thursday, 5 March 2026                         date
    Doorstop: Town Hall, Ostrevell                 occasion
    E&OE …                                         form

Two blanks or more inside a line are where the source began a new one. A line is a date, a label with its value
("Time: 16:50"), a form of message ("Transcript"), a letterhead, a form of words ("For immediate release"); the first
that is none of these is the title. A title goes on in the line below where it plainly does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from communique.importing.afterwords import is_page_number
from communique.importing.capture import Line
from communique.importing.contacts import is_of_a_contact
from communique.importing.dates import PrintedDate, date_at_end, date_in, whole_date
from communique.importing.placed_day import PlacedDay, is_of_publication, place_beside
from communique.importing.words import (
    DAY_LABELS,
    ENDS_A_SENTENCE,
    FORMS,
    IMPRINT,
    ISSUERS,
    OCCASIONS,
    PARTICLES,
    PUBLICATIONS,
    ROLES,
    SMALL_WORDS,
    TITLE_LABELS,
    folded,
    has_any,
    is_name_of_institution,
    is_name_of_office,
    names_a_form,
    phrase_of,
)

_CELLS = re.compile(r"\s{2,}")
_LABEL = re.compile(r"^\s*(?P<label>[^\W\d][\w&' -]{1,24}?)\s*[:：]\s+(?P<value>\S.*)$")
_FORMULA = re.compile(
    r"^\W*(?:e\s?&\s?o\s?e|check against delivery|(?:for )?immediate release|embargo|proof(?: copy| only)?|"
    r"es gilt das gesprochene wort|seul le prononcé fait foi|transcript(?:ion)? by|media (?:release|contact))\b.*$",
    re.I,
)
_TIME = re.compile(r"^\W*\d{1,2}[:.]\d\d\s*(?:[ap]\.?m\.?)?[\w\s.]{0,8}\W*$", re.I)
_NUMBERED = re.compile(r"^\W*(?:no|nr|n[º°o]|núm|num|№)\.?\s*[\d/.-]+\W*$", re.I)
"""the number of a message in its year"""
_STREET = re.compile(r"^\d{1,5}\w?,?(?:\s+[A-Z][\w.'’-]*){1,5},(?:\s+[A-Z\d][\w.'’-]*)+$")
_NAME = re.compile(r"^(?:[^\W\d_][\w.'’-]*\s+){1,2}[^\W\d_][\w'’-]*$")
_OPEN = re.compile(r"\s[^\W\d_A-ZА-ЯΑ-Ω]{1,3}$")
"""a line of a title that ends in a small word goes on in the next"""
_BOXED = re.compile(r"^\s*\|.*\|\s*$")
"""a line inside a frame of signs"""
_LIMIT_TITLE = 400
_LIMIT_DATE_AND_TIME = 60
_LETTERS_OF_A_TIME = 6
_LEAST_DECK = 30
_LIMIT_UNCASED = 16
"""signs: an office and a name in a script without capitals"""
_MOST_CAPITALS = 7
_WIDE = 60
"""signs: a shorter line of a title has room for the next word, and ended on purpose"""


@dataclass(frozen=True)
class Cell:
    """A stretch of a line that is one thing. `sort` is date, label, form, letterhead, attributed (a form
    and an office: "Transcript of the Minister"), formula, contact or words."""

    line: Line
    start: int
    end: int
    sort: str
    printed: PrintedDate | None = None

    @property
    def text(self) -> str:
        return self.line.text[self.start : self.end]


@dataclass(frozen=True)
class Letterhead:
    """The cells of a head by what they are."""

    section: Cell | None
    dated: Cell | None
    title: tuple[Cell, ...]
    others: tuple[Cell, ...]
    placed: PlacedDay | None = None
    """a day with its place, beside the message's own"""

    @property
    def heads(self) -> tuple[str, ...]:
        """The lines that may name an occasion."""
        cells = [*self.title, *self.others, *([self.dated] if self.dated else [])]
        return tuple(cell.text.strip() for cell in cells if cell.sort in ("words", "form", "date", "label"))

    @property
    def rivals(self) -> int:
        """How many other lines of the head could be the title."""
        return sum(cell.sort == "words" and not has_any(cell.text, OCCASIONS) for cell in self.others)

    @property
    def dated_line(self) -> Line | None:
        return self.dated.line if self.dated else None

    def deck(self) -> list[Line]:
        """The lines between title and text that are words of the message, and not of its head."""
        last = self.title[-1].line.number if self.title else 0
        below = [cell for cell in self.others if cell.line.number > last and cell.sort == "words"]
        below = [cell for cell in below if self.placed is None or cell.text.strip() != self.placed.occasion]
        return [cell.line for cell in below if len(cell.text) >= _LEAST_DECK and not has_any(cell.text, OCCASIONS)]

    @property
    def is_evident(self) -> bool:
        """Whether the head has anything that only such heads have."""
        sorts = {cell.sort for cell in self.others}
        if self.title and self.title[0].sort == "title":
            return True
        words = sum(cell.sort in ("words", "attributed") for cell in self.others)
        if self.dated is not None and self.dated.sort == "date" and not words:
            return bool(self.title)
        return bool(self.title) and bool(sorts & {"letterhead", "attributed", "label", "formula"} or self.section)


def letterhead_of(lines: Sequence[Line], language: str) -> Letterhead:
    """The head that stands in these lines."""
    cells = _with_names_over_offices(
        _with_blocks_of_contacts([cell for line in lines for cell in _cells(line, language)])
    )
    words = [n for n, cell in enumerate(cells) if cell.sort == "title"]
    words = words or [n for n, cell in enumerate(cells) if cell.sort == "words"]
    words = _below_the_form(cells, words) or words
    words = words or [n for n, cell in enumerate(cells) if cell.sort == "attributed"]
    over = cells[words[0]] if len(words) > 1 and _is_section_over(cells, words[0], words[1]) else None
    words = words[1:] if over else words
    title = _whole_title(cells, words[0]) if words else []
    title = _from_its_beginning(cells, words[0], title) if words else title
    forms = [cell for cell in cells if cell.sort == "form"]
    if not title and (heads := [cell for cell in cells if cell.sort == "letterhead"]):
        title = [heads[-1]]
    if not title and forms:
        title, forms = [forms[-1]], forms[:-1]
    if title and forms and forms[-1].line is title[0].line and forms[-1].text.isupper() and title[0].text.isupper():
        title = [forms.pop(), *title]
    above = [cell for cell in forms if not title or cell.line.number <= title[0].line.number]
    section = min(above, key=lambda cell: not has_any(cell.text, FORMS), default=None)  # a form before who sends it
    section = over or section or _office_over(cells, title)
    dates = [cell for cell in cells if cell.printed is not None]
    dates = [cell for cell in dates if cell.sort == "date"] or dates
    placed = [cell for cell in dates if cell.sort == "date" and _place_of(cell)]
    apart = [cell for cell in dates if cell not in placed] if placed else []
    apart = [cell for cell in apart if _is_of_publication(cell)] or apart
    dated = _nearest(apart or dates, title)
    others = [cell for cell in cells if cell not in title and cell is not section and cell is not dated]
    beside = _nearest(placed, title)
    day = _placed_day(beside, others) if beside else None
    day = day if apart or (day is not None and day.occasion) else None
    return Letterhead(section, dated, tuple(title), tuple(others), day)


def _nearest(cells: Sequence[Cell], title: Sequence[Cell]) -> Cell | None:
    return min(cells, key=lambda cell: abs(cell.line.number - title[0].line.number), default=None) if title else None


def _in_its_cell(cell: Cell) -> PrintedDate | None:
    """The date of a cell by its place in the words of the cell."""
    if cell.printed is None or cell.printed.text not in cell.text:
        return None
    start = cell.text.index(cell.printed.text)
    return replace(cell.printed, start=start, end=start + len(cell.printed.text))


def _place_of(cell: Cell) -> str | None:
    printed = _in_its_cell(cell)
    return place_beside(cell.text, printed) if printed else None


def _placed_day(cell: Cell, others: Sequence[Cell]) -> PlacedDay | None:
    """Place and day of a cell, and the words in the line right over them, which say what took place there."""
    place = _place_of(cell)
    over = [x for x in others if x.sort == "words" and x.line.number == cell.line.number - 1]
    occasion = over[-1].text.strip() if over and len(over[-1].text) >= _LEAST_DECK else None
    return PlacedDay(place, cell.printed, occasion) if place and cell.printed else None


def _is_of_publication(cell: Cell) -> bool:
    printed = _in_its_cell(cell)
    return printed is not None and is_of_publication(cell.text, printed)


def _below_the_form(cells: Sequence[Cell], words: Sequence[int]) -> list[int]:
    """The words under a form in capitals ("PRESS RELEASE") where the head begins with a name in capitals too: what
    stands above the form says who sends it and from where. None unless the words below are set otherwise."""
    form = next((n for n, cell in enumerate(cells) if cell.sort == "form" and cell.text.isupper()), None)
    if form is None or not words or words[0] > form or not cells[0].text.isupper():
        return []
    below = [n for n in words if n > form]
    return below if below and not cells[below[0]].text.isupper() else []


def _is_section_over(cells: Sequence[Cell], first: int, second: int) -> bool:
    """Whether words in capitals stand over a date, and the title under it: so they are a section."""
    capitals = cells[first].text.isupper() and not cells[second].text.isupper()
    return capitals and any(cell.sort == "date" for cell in cells[first:second])


def _office_over(cells: Sequence[Cell], title: Sequence[Cell]) -> Cell | None:
    """An office in capitals alone at the top: whose letters these are."""
    first = cells[0] if cells else None
    alone = first is not None and sum(cell.line is first.line for cell in cells) == 1
    if first is None or not alone or first.sort != "letterhead" or first in title:
        return None
    return first if first.text.isupper() and folded(first.text) in ROLES else None


def _cells(line: Line, language: str) -> list[Cell]:
    found, start = [], 0
    for gap in [*_CELLS.finditer(line.text), None]:
        end = gap.start() if gap else len(line.text)
        if line.text[start:end].strip():
            found.append(_cell(line, start, end, language))
        start = gap.end() if gap else end
    return [_without_label(cell) for cell in found]


def _without_label(cell: Cell) -> Cell:
    """The words behind a label of titles ("Title: …"), any other cell as it is."""
    label = _LABEL.match(cell.text)
    if label is None or folded(label["label"]) not in TITLE_LABELS:
        return cell
    return replace(cell, start=cell.start + label.start("value"), sort="title")


def _cell(line: Line, start: int, end: int, language: str) -> Cell:
    text = line.text[start:end].strip()
    printed = whole_date(text, language) or _date_and_time(text, language)
    label = _LABEL.match(text)
    if printed is None and label is not None and folded(label["label"]) in DAY_LABELS | PUBLICATIONS:
        printed = _date_and_time(label["value"], language)
        if printed is not None:
            return Cell(line, start, end, "date", printed)
    if printed is None and len(text) <= _LIMIT_TITLE:
        printed = date_at_end(text, language)
    sort = _sort(text, printed, language)
    return Cell(line, start, end, "letterhead" if sort == "words" and _BOXED.match(line.text) else sort, printed)


def _date_and_time(text: str, language: str) -> PrintedDate | None:
    """The date with which a line begins that says no more than a time besides, or the names of a place."""
    found = date_in(text, language) if len(text) <= _LIMIT_DATE_AND_TIME else None
    rest = text[found.end :] if found else text
    letters = sum(c.isalpha() for c in rest)
    named = all(word[0].isupper() or not word[0].isalpha() for word in rest.split())
    return found if found and not found.start and (letters <= _LETTERS_OF_A_TIME or named) else None


def _with_blocks_of_contacts(cells: Sequence[Cell]) -> list[Cell]:
    """The cells, where a block of lines with a number or an address of a person is all contact."""
    found = list(cells)
    for place, cell in enumerate(cells):
        if cell.sort != "words":
            continue
        block = [x for x in cells[max(0, place - 4) : place + 5] if abs(x.line.number - cell.line.number) <= 4]
        below = [x for x in block if x.sort == "contact" and 0 <= x.line.number - cell.line.number <= 2]
        if below and any(c.isdecimal() or c == "," for c in cell.text):
            found[place] = replace(cell, sort="contact")
    return found


def _with_names_over_offices(cells: Sequence[Cell]) -> list[Cell]:
    """The cells, where a name right over an office ("Ada Merrow", "Senator for Lamps") is of the letterhead, as long as
    other words are left for a title."""
    found = list(cells)
    for place, cell in enumerate(cells):
        over = any(x.sort == "letterhead" for x in cells[place + 1 : place + 3])
        below = any(x.sort == "words" for x in cells[place + 1 :])
        if cell.sort == "words" and over and below and _NAME.match(cell.text.strip()):
            found[place] = replace(cell, sort="letterhead")
    return found


def _sort(text: str, printed: PrintedDate | None, language: str) -> str:
    if not any(map(str.isalnum, text)):
        return "formula"
    if whole_date(text, language) or (printed and (not printed.start or _is_placed(text, printed))):
        return "date"
    if folded(text) in FORMS:
        return "form"
    if _FORMULA.match(text) or _TIME.match(text) or IMPRINT.search(text) or is_page_number(Line(0, text)):
        return "formula"
    if _NUMBERED.match(text):
        return "formula"
    if names_a_form(text) and _says_little_else(text) and not _is_placed_occasion(text):
        return "form"
    if is_of_a_contact(text, language) or _STREET.match(text):
        return "contact"
    label = _LABEL.match(text)
    if label and len(label["label"].split()) <= 2 and not has_any(label["label"], OCCASIONS | FORMS):
        return "date" if printed and whole_date(label["value"], language) else "label"
    if is_name_of_institution(text) or (has_any(text, ISSUERS) and date_in(text, language)):
        return "letterhead"
    if not _is_names_and_offices(text) or has_any(text, OCCASIONS):
        return "words"
    return "attributed" if has_any(text, FORMS) else "letterhead"


def _is_names_and_offices(text: str) -> bool:
    """Whether a line is names and offices only: all its words but particles have capitals."""
    if not is_name_of_office(text):
        return False
    words = [w for w in re.findall(r"[^\W\d_][\w'’-]*", text) if folded(w) not in PARTICLES]
    if not any(c.isupper() for c in text):
        return len(text) <= _LIMIT_UNCASED
    if text.isupper() and len(words) > _MOST_CAPITALS:
        return False  # all of it is in capitals, and these say nothing of its words
    return all(w[0].isupper() for w in words)


def is_dated_head(line: Line, language: str) -> bool:
    """Whether a line is the date of a head, with a place before it or none."""
    text = line.text.strip()
    if len(text) > 80:
        return False
    printed = date_at_end(text, language)
    return printed is not None and (_is_placed(text, printed) or whole_date(text, language) is not None)


def _is_placed(text: str, printed: PrintedDate) -> bool:
    """ "Lisbon, 3 March 2026": at most three words before a date at the end."""
    before = text[: printed.start].strip(" ,.()")
    words = [word for word in before.split() if len(word) > 1 and folded(word) not in PARTICLES | SMALL_WORDS]
    return not text[printed.end :].strip(" .)") and len(words) <= 3 and not has_any(before, OCCASIONS | FORMS)


def _is_placed_occasion(text: str) -> bool:
    """ "Doorstop interview, Ostrevell": an occasion, and where it was."""
    phrase = phrase_of(text, OCCASIONS)
    return phrase is not None and bool(re.match(r"\s*[,:;–—-]\s*\w", text[phrase[1] :]))


def _says_little_else(text: str) -> bool:
    """Whether the name of a form is most of a line: "Media release No. 12"."""
    return folded(text) in FORMS or len(re.findall(r"[^\W\d_]{2,}", text)) <= 3 or (text.isupper() and len(text) < 30)


def _whole_title(cells: Sequence[Cell], place: int) -> list[Cell]:
    found = [cells[place]]
    for below in cells[place + 1 :]:
        last = found[-1]
        if sum(len(cell.text) for cell in found) > _LIMIT_TITLE or not _goes_on(last, below):
            break
        found.append(below)
    return found


def _from_its_beginning(cells: Sequence[Cell], place: int, title: list[Cell]) -> list[Cell]:
    """A title that begins in the midst of a sentence, with the line above, which looked like names and offices."""
    above = cells[place - 1] if place else None
    near = above is not None and title[0].line.number - above.line.number == 1
    if above is None or not near or above.sort not in ("letterhead", "attributed") or not title[0].text[:1].islower():
        return title
    return [above, *title]


def _is_open(last: Cell, below: Cell) -> bool:
    """Whether a line in capitals ends in a small word, or was full, or the next one begins with a small word."""
    words, more = last.text.split(), below.text.split()
    small = PARTICLES | SMALL_WORDS
    return len(last.text) >= _WIDE or folded(words[-1]) in small or folded(more[0]) in small


def _goes_on(last: Cell, below: Cell) -> bool:
    """Whether a title goes on in the next stretch: in the same line or the next, and plainly the same sentence."""
    apart = below.line.number - last.line.number
    if apart > 1 or ENDS_A_SENTENCE.search(last.text.rstrip()) or below.sort not in ("words", "date", "form"):
        return False
    first = below.text.strip()[:1]
    if last.text.isupper() and below.text.isupper() and (apart == 0 or _is_open(last, below)):
        return True
    if below.sort == "words" and _OPEN.search(last.text.rstrip()):
        return True
    if below.sort == "form" and apart == 1 and len(last.text) >= _WIDE and not below.text.isupper():
        return True
    return below.sort == "words" and (
        first.islower() or (apart == 1 and len(last.text) >= _WIDE and not first.isupper())
    )
