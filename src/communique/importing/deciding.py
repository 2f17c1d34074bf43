"""Deciding: what a person changes of a page that was read, and the page as it is then.

A change is about one place of one page, or about everything that is alike, and then it holds for a whole batch:

    Change("turn", "question", at=4)                 the turn that begins with the message's paragraph 4 is a question
    Change("turn", "question", mark="Reporter")      all turns marked “Reporter” are questions
    Change("kind", "speech", was="press_release")    what was read as a press release is a speech
    Change("title", where="heading:2:1", was="heading:1:1")     the title is not the first heading, but the second
    Change("published", where="mdy", was="figures")  days in figures are read month first
    Change("move", "-1", where="question", was="asks")      what asks right before a question belongs to it

A paragraph is counted from 0 through the whole message; no change makes two of one or one of two, so that its number is
the same after all others. Words are moved and named, and never written: a title is a line of the source. What a change
finds nothing of leaves the page as it is. A mark that is no mark goes back into its words. What the place of a line is,
`whereabouts.py` says; the wrong one is told, too, so that pages that were read from elsewhere stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import takewhile
from typing import Any

from communique.importing.capture import Line
from communique.importing.dates import PrintedDate, could_be_two, date_in, dates_in, proves, reordered
from communique.importing.heading import Heading
from communique.importing.page import Page, as_printed
from communique.importing.paragraphs import Run
from communique.importing.sheet import Stretch
from communique.importing.turns import Speaker, Turn
from communique.importing.ways import Judged
from communique.importing.whereabouts import NOWHERE, dated_line, line_at, place_of, title_line
from communique.importing.words import folded

FIGURES = "figures"
"""a day in figures that could be two"""
FIELDS = ("kind", "language", "section", "title", "published")
"""changes of which the last one of a page holds alone"""
PLACED = ("title", "published", "move")
"""changes whose rules tell a place or a form"""
LONGEST_TITLE = 300
"""signs of a line that may be a title"""
DECIDED = Judged(1.0, "a person decided it")
_MARKED = re.compile(r"\s*(?P<mark>[^\W\d_][^:：\n]{0,60}?)\s*(?P<sign>[:：])\s*(?=\S)")


@dataclass(frozen=True)
class Change:
    """What is to be otherwise, and where. `at` is a paragraph (of a title: a line); else `mark`, `was` or `section`
    say what is alike, "" as everything."""

    do: str
    to: str = ""
    at: int | None = None
    mark: str = ""
    was: str = ""
    section: str = ""
    where: str = ""
    """of a title or day: the place in which it stands, or the order of its figures; of a move: the kind of the turn"""

    @property
    def is_rule(self) -> bool:
        """Whether it is about everything alike, and not about one place."""
        return bool(self.mark or self.was or self.where)

    def as_row(self) -> dict[str, Any]:
        """For JSON."""
        return {key: value for key, value in asdict(self).items() if value not in ("", None)}


def change_of(row: Mapping[str, Any]) -> Change:
    """The change of `as_row`."""
    return Change(**row)


def decided(page: Page, changes: Iterable[Change]) -> Page:
    """The page after all changes, in their order."""
    opened = replace(page, turns=tuple(t if t.paragraphs else _with(t, [("", ())]) for t in page.turns))
    for change in changes:
        opened = _DO[change.do](opened, change)
    return _closed(opened)


def number_of_paragraphs(page: Page) -> int:
    """How many paragraphs the message of a page has, as changes count them."""
    return sum(max(len(turn.paragraphs), 1) for turn in page.turns) or len(page.paragraphs)


def lines_of(page: Page, turn: Turn) -> tuple[int, ...]:
    """The lines of the source in which a turn stands; boundaries may have moved since it was read."""
    said = " ".join(" ".join(as_printed(turn)).split())
    texts = {line.number: " ".join(line.text.split()) for line in page.capture.lines}
    return tuple(number for number in turn.lines if texts[number] and texts[number] in said) or turn.lines


def beginnings(turns: Sequence[Turn]) -> list[int]:
    """The number of the paragraph with which each turn begins."""
    found, count = [], 0
    for turn in turns:
        found.append(count)
        count += max(len(turn.paragraphs), 1)
    return found


def mark_of(paragraph: str) -> str:
    """What a paragraph begins with as if it were a mark, "" where it does not."""
    found = _MARKED.match(paragraph)
    return found["mark"] if found else ""


# Of the whole page


def _kind(page: Page, change: Change) -> Page:
    fits = change.was in ("", page.kind) and change.section in ("", page.heading.section or "")
    return _sure(replace(page, kind=change.to), "kind") if fits else page


def _language(page: Page, change: Change) -> Page:
    return _sure(replace(page, language=change.to), "language") if change.was in ("", page.language) else page


def _section(page: Page, change: Change) -> Page:
    if change.was and change.was != page.heading.section:
        return page
    return _sure(replace(page, heading=replace(page.heading, section=change.to or None)), "section")


def _title(page: Page, change: Change) -> Page:
    """A line of the source; what was the title before is in no field then, and is said so."""
    if change.where:
        line = _elsewhere(page, change, title_line(page), dated=False)
        line = line if line and len(line.text) <= LONGEST_TITLE else None
    else:
        line = next((line for line in page.capture.lines if line.number == change.at and line.text.strip()), None)
    if line is None:
        return page
    others = [s for s in page.stretches if s.part != "title" and s.line != line.number]
    taken = Stretch(line.number, 0, len(line.text), "title")
    stretches = tuple(sorted([*others, taken], key=lambda s: (s.line, s.start)))
    heading = replace(page.heading, title=" ".join(line.text.split()))
    return _sure(replace(page, heading=heading, stretches=stretches), "title")


def _elsewhere(page: Page, change: Change, read: Line | None, *, dated: bool) -> Line | None:
    """The line in the place that a rule names, on a page where the field was read from the place that was wrong."""
    was = line_at(page, change.was)
    from_there = read is None if change.was == NOWHERE else read is not None and was == read
    line = line_at(page, change.where) if from_there else None
    return line if line != read and (not dated or (line and date_in(line.text, page.language))) else None


def _published(page: Page, change: Change) -> Page:
    if change.was:
        return _published_alike(page, change)
    return _dated(page, date.fromisoformat(change.to) if change.to else None, change.to)


def _dated(page: Page, day: date | None, said: str) -> Page:
    before = page.heading.published
    printed = replace(before, day=day) if before else PrintedDate(day, "", said, 0, 0)
    heading = Heading(page.heading.section, printed if day else None, page.heading.title)
    return _sure(replace(page, heading=heading), "published")


def _published_alike(page: Page, change: Change) -> Page:
    """The day of a page under a rule: its figures in the other order, a day that stands elsewhere, or none."""
    read = page.heading.published
    if change.was == FIGURES:
        if not read or not could_be_two(read) or proves(_days(page), "mdy" if change.where == "dmy" else "dmy"):
            return page
        again = reordered(read, change.where)
        return page if again.day in (None, read.day) else _with_date(page, again)
    if not change.where:
        stands = place_of(page, dated_line(page), dated=True) == change.was
        return _dated(page, None, "") if read and stands else page
    line = _elsewhere(page, change, dated_line(page) if read else None, dated=True)
    found = date_in(line.text, page.language) if line else None
    return _with_date(page, found, line) if found else page


def _with_date(page: Page, printed: PrintedDate, line: Line | None = None) -> Page:
    """The page with a day that it prints, which may still be one of two; where that is another line, the words are said
    to be taken from there."""
    stretches = page.stretches
    if line:
        taken = Stretch(line.number, printed.start, printed.end, "message date")
        others = [s for s in stretches if s.part != "message date" and s.line != line.number]
        stretches = tuple(sorted([*others, taken], key=lambda s: (s.line, s.start)))
    heading = Heading(page.heading.section, printed, page.heading.title)
    told = replace(page, heading=heading, stretches=stretches)
    return _sure(told, "published") if printed.day else told


def _days(page: Page) -> list[PrintedDate]:
    return [found for line in page.capture.lines for found in dates_in(line.text, page.language)]


def _event(page: Page, _change: Change) -> Page:
    return _sure(replace(page, occasion=None), "event")


def _prose(page: Page, _change: Change) -> Page:
    """No turns: running text, marks as printed."""
    if not page.turns:
        return page
    rows = [row for turn in page.turns for row in _rows(_printed(turn)) if row[0]]
    paragraphs, runs = zip(*rows, strict=True) if rows else ((), ())
    return _sure(replace(page, turns=(), paragraphs=paragraphs, runs=runs), "turns")


# Of turns


def _turn(page: Page, change: Change) -> Page:
    return _each(page, change, lambda turn: replace(turn, kind=change.to))


def _speaker(page: Page, change: Change) -> Page:
    """Turns are spoken by whom a person names: somebody whom the page knows, or a name that it has not."""
    known = next((s for s in page.speakers if folded(change.to) in (folded(s.name), folded(s.mark))), None)
    speaker = known or Speaker(change.to, change.to, None)
    changed = _each(page, change, lambda turn: replace(turn, name=speaker.mark if change.to else None))
    return (
        changed if known or not change.to or changed is page else replace(changed, speakers=(*page.speakers, speaker))
    )


def _join(page: Page, change: Change) -> Page:
    """Turns that are none: each goes on with the one before, its mark among its words."""
    found: list[Turn] = []
    for begins, turn in zip(beginnings(page.turns), page.turns, strict=True):
        if not _is_meant(turn, begins, change):
            found.append(turn)
        elif found:
            found[-1] = _together(found[-1], _printed(turn))
        else:
            found.append(replace(_printed(turn), kind="remark", mark=None, name=None))
    return page if found == [*page.turns] else _spoken(page, found)


def _begin(page: Page, change: Change) -> Page:
    """A turn begins with a paragraph inside another, or with each that begins with a mark."""
    found: list[Turn] = []
    turns = page.turns or (_whole(page),)
    for begins, turn in zip(beginnings(turns), turns, strict=True):
        head, rows = turn, list[Row]()
        for number, row in enumerate(_rows(turn), begins):
            is_marked = bool(change.mark) and folded(mark_of(row[0])) == folded(change.mark)
            if (rows and number == change.at) or (is_marked and (rows or not turn.mark)):
                found += [_with(head, rows)] if rows else []
                head, row = _begun(page, turn, row, found, change.mark)
                rows = []
            rows.append(row)
        found.append(_with(head, rows))
    if found == [*turns]:
        return page
    named = {turn.name for turn in found if turn.name} - {speaker.mark for speaker in page.speakers}
    speakers = (*page.speakers, *(Speaker(name, name, None) for name in sorted(named)))
    return _spoken(replace(page, speakers=speakers, paragraphs=(), runs=()), found)


def _begun(page: Page, turn: Turn, row: Row, before: Sequence[Turn], mark: str) -> tuple[Turn, Row]:
    """A turn that begins with a paragraph, and the paragraph without its mark."""
    text, runs = row
    asked = bool(before) and before[-1].kind == "question"
    kind = "question" if text.rstrip().endswith(("?", "？", "؟")) else "answer" if asked else "remark"
    if not mark:
        return replace(turn, kind=kind, mark=None, name=None), row
    printed = _MARKED.match(text)
    cut, sign = (printed.end(), printed["sign"]) if printed else (0, turn.sign)
    words = text[cut:]
    moved = tuple(replace(one, start=one.start - cut, end=one.end - cut) for one in runs if one.start >= cut)
    alike = next((one for one in page.turns if folded(one.mark or "") == folded(mark)), None)
    kind, name = (alike.kind, alike.name) if alike else (kind, mark)
    return replace(turn, kind=kind, mark=mark, name=name, sign=sign), (words, moved)


def _move(page: Page, change: Change) -> Page:
    """The beginning of a turn goes on or back by some paragraphs; neither turn loses its last one."""
    if change.where:
        return _move_alike(page, change)
    turns, by = [*page.turns], int(change.to)
    place = next((n for n, begins in enumerate(beginnings(turns)) if begins == change.at), 0)
    moved = _moved(turns, place, by) if place else None
    return _spoken(page, moved) if moved else page


def _move_alike(page: Page, change: Change) -> Page:
    """Each beginning of a turn of a kind goes over the paragraphs beside it that have a form, as far as they have."""
    turns = [*page.turns]
    for place in range(1, len(turns)):
        if turns[place].kind == change.where:
            rows = turns[place - 1].paragraphs[::-1] if change.to == "-1" else turns[place].paragraphs
            by = sum(1 for _ in takewhile(lambda text: form_of(text) == change.was, rows))
            turns = (_moved(turns, place, by * int(change.to)) if by else None) or turns
    return page if turns == [*page.turns] else _spoken(page, turns)


def form_of(paragraph: str) -> str:
    """What a paragraph shows of itself: that it asks, leads to what follows, stands in brackets, or begins with words
    like a mark. "" of one that looks as any other does."""
    text = paragraph.strip()
    if text.startswith(("(", "[", "（", "［")) and text.endswith((")", "]", "）", "］")):
        return "brackets"
    if text.endswith(("?", "？", "؟")):
        return "asks"
    if text.endswith((":", "：")):
        return "leads"
    return f"opens {folded(mark_of(text))}" if mark_of(text) else ""


def _moved(turns: list[Turn], place: int, by: int) -> list[Turn] | None:
    before, turn = turns[place - 1], turns[place]
    rows = [*_rows(before), *_rows(turn)]
    cut = min(max(len(before.paragraphs) + by, 1), len(rows) - 1)
    if cut == len(before.paragraphs):
        return None
    return [*turns[: place - 1], _with(before, rows[:cut]), _with(turn, rows[cut:]), *turns[place + 1 :]]


_DO: dict[str, Callable[[Page, Change], Page]] = {
    "kind": _kind,
    "language": _language,
    "section": _section,
    "title": _title,
    "published": _published,
    "event": _event,
    "prose": _prose,
    "turn": _turn,
    "speaker": _speaker,
    "join": _join,
    "begin": _begin,
    "move": _move,
}
DONE = tuple(_DO)
"""all that can be changed"""

Row = tuple[str, tuple[Run, ...]]
"""a paragraph with its links and its words in another language"""


def _is_meant(turn: Turn, begins: int, change: Change) -> bool:
    return begins == change.at or bool(change.mark and folded(turn.mark or "") == folded(change.mark))


def _each(page: Page, change: Change, done: Callable[[Turn], Turn]) -> Page:
    pairs = zip(beginnings(page.turns), page.turns, strict=True)
    turns = [done(turn) if _is_meant(turn, begins, change) else turn for begins, turn in pairs]
    return page if turns == [*page.turns] else _spoken(page, turns)


def _spoken(page: Page, turns: Sequence[Turn]) -> Page:
    return _sure(replace(page, turns=tuple(turns)), "turns")


def _sure(page: Page, field: str) -> Page:
    return replace(page, judged={**page.judged, field: DECIDED})


def _runs(turn: Turn) -> tuple[tuple[Run, ...], ...]:
    return turn.runs or ((),) * len(turn.paragraphs)


def _rows(turn: Turn) -> list[Row]:
    return [*zip(turn.paragraphs, _runs(turn), strict=True)]


def _with(turn: Turn, rows: Sequence[Row]) -> Turn:
    return replace(turn, paragraphs=tuple(text for text, _ in rows), runs=tuple(runs for _, runs in rows))


def _together(one: Turn, other: Turn) -> Turn:
    return replace(_with(one, [*_rows(one), *_rows(other)]), lines=(*one.lines, *other.lines))


def _printed(turn: Turn) -> Turn:
    """The turn with its mark among its words."""
    if not turn.mark or not turn.paragraphs:
        return turn
    first = next(iter(as_printed(turn)))
    ahead = len(first) - len(turn.paragraphs[0])
    moved = tuple(replace(run, start=run.start + ahead, end=run.end + ahead) for run in _runs(turn)[0])
    return replace(_with(turn, [(first, moved), *_rows(turn)[1:]]), mark=None, name=None)


def _whole(page: Page) -> Turn:
    """Running text as one turn, so that others can begin in it."""
    lines = tuple(sorted({s.line for s in page.stretches if s.part == "paragraph"}))
    return Turn("remark", None, None, page.paragraphs, lines, page.runs)


def _closed(page: Page) -> Page:
    """The page without what only stood for places, and without speakers that nobody is any more."""
    turns = [_with(turn, [row for row in _rows(turn) if row[0]]) for turn in page.turns]
    if len(turns) == 1 and turns[0].kind == "remark" and not turns[0].mark and not turns[0].name:
        alone = turns[0]
        return replace(page, turns=(), speakers=(), paragraphs=alone.paragraphs, runs=_runs(alone))
    named = {turn.name for turn in turns}
    return replace(page, turns=tuple(turns), speakers=tuple(s for s in page.speakers if s.mark in named))
