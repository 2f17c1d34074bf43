"""Deciding: what a person changes of a page that was read, and the page as it is then.

A change is about one place of one page, or about everything that is alike, and then it holds for a whole batch:

    Change("turn", "question", at=4)                 the turn that begins with the message's paragraph 4 is a question
    Change("turn", "question", mark="Reporter")      all turns marked “Reporter” are questions
    Change("kind", "speech", was="press_release")    what was read as a press release is a speech

A paragraph is counted from 0 through the whole message; no change makes two of one or one of two, so that its number is
the same after all others. Words are moved and named, and never written: a title is a line of the source. What a change
finds nothing of leaves the page as it is. A mark that is no mark goes back into its words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from communique.importing.confidence import Judged
from communique.importing.dates import PrintedDate
from communique.importing.heading import Heading
from communique.importing.markup import Link
from communique.importing.page import Page, as_printed
from communique.importing.sheet import Stretch
from communique.importing.turns import Speaker, Turn
from communique.importing.words import folded

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

    @property
    def is_rule(self) -> bool:
        """Whether it is about everything alike, and not about one place."""
        return bool(self.mark or self.was)

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
    line = next((line for line in page.capture.lines if line.number == change.at and line.text.strip()), None)
    if line is None:
        return page
    others = [s for s in page.stretches if s.part != "title" and s.line != line.number]
    taken = Stretch(line.number, 0, len(line.text), "title")
    stretches = tuple(sorted([*others, taken], key=lambda s: (s.line, s.start)))
    heading = replace(page.heading, title=" ".join(line.text.split()))
    return _sure(replace(page, heading=heading, stretches=stretches), "title")


def _published(page: Page, change: Change) -> Page:
    day = date.fromisoformat(change.to) if change.to else None
    before = page.heading.published
    printed = replace(before, day=day) if before else PrintedDate(day, "", change.to, 0, 0)
    heading = Heading(page.heading.section, printed if day else None, page.heading.title)
    return _sure(replace(page, heading=heading), "published")


def _event(page: Page, _change: Change) -> Page:
    return _sure(replace(page, occasion=None), "event")


def _prose(page: Page, _change: Change) -> Page:
    """No turns: running text, marks as printed."""
    if not page.turns:
        return page
    rows = [row for turn in page.turns for row in _rows(_printed(turn)) if row[0]]
    paragraphs, links = zip(*rows, strict=True) if rows else ((), ())
    return _sure(replace(page, turns=(), paragraphs=paragraphs, links=links), "turns")


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
    return _spoken(replace(page, speakers=speakers, paragraphs=(), links=()), found)


def _begun(page: Page, turn: Turn, row: Row, before: Sequence[Turn], mark: str) -> tuple[Turn, Row]:
    """A turn that begins with a paragraph, and the paragraph without its mark."""
    text, links = row
    asked = bool(before) and before[-1].kind == "question"
    kind = "question" if text.rstrip().endswith(("?", "？", "؟")) else "answer" if asked else "remark"
    if not mark:
        return replace(turn, kind=kind, mark=None, name=None), row
    printed = _MARKED.match(text)
    cut, sign = (printed.end(), printed["sign"]) if printed else (0, turn.sign)
    words = text[cut:]
    moved = tuple(replace(one, start=one.start - cut, end=one.end - cut) for one in links if one.start >= cut)
    alike = next((one for one in page.turns if folded(one.mark or "") == folded(mark)), None)
    kind, name = (alike.kind, alike.name) if alike else (kind, mark)
    return replace(turn, kind=kind, mark=mark, name=name, sign=sign), (words, moved)


def _move(page: Page, change: Change) -> Page:
    """The beginning of a turn goes on or back by some paragraphs; neither turn loses its last one."""
    turns, by = [*page.turns], int(change.to)
    place = next((n for n, begins in enumerate(beginnings(turns)) if begins == change.at), 0)
    if not place:
        return page
    before, turn = turns[place - 1], turns[place]
    rows = [*_rows(before), *_rows(turn)]
    cut = min(max(len(before.paragraphs) + by, 1), len(rows) - 1)
    if cut == len(before.paragraphs):
        return page
    turns[place - 1 : place + 1] = [_with(before, rows[:cut]), _with(turn, rows[cut:])]
    return _spoken(page, turns)


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

Row = tuple[str, tuple[Link, ...]]
"""a paragraph with its links"""


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


def _links(turn: Turn) -> tuple[tuple[Link, ...], ...]:
    return turn.links or ((),) * len(turn.paragraphs)


def _rows(turn: Turn) -> list[Row]:
    return [*zip(turn.paragraphs, _links(turn), strict=True)]


def _with(turn: Turn, rows: Sequence[Row]) -> Turn:
    return replace(turn, paragraphs=tuple(text for text, _ in rows), links=tuple(links for _, links in rows))


def _together(one: Turn, other: Turn) -> Turn:
    return replace(_with(one, [*_rows(one), *_rows(other)]), lines=(*one.lines, *other.lines))


def _printed(turn: Turn) -> Turn:
    """The turn with its mark among its words."""
    if not turn.mark or not turn.paragraphs:
        return turn
    first = next(iter(as_printed(turn)))
    ahead = len(first) - len(turn.paragraphs[0])
    moved = tuple(replace(link, start=link.start + ahead, end=link.end + ahead) for link in _links(turn)[0])
    return replace(_with(turn, [(first, moved), *_rows(turn)[1:]]), mark=None, name=None)


def _whole(page: Page) -> Turn:
    """Running text as one turn, so that others can begin in it."""
    lines = tuple(sorted({s.line for s in page.stretches if s.part == "paragraph"}))
    return Turn("remark", None, None, page.paragraphs, lines, page.links)


def _closed(page: Page) -> Page:
    """The page without what only stood for places, and without speakers that nobody is any more."""
    turns = [_with(turn, [row for row in _rows(turn) if row[0]]) for turn in page.turns]
    if len(turns) == 1 and turns[0].kind == "remark" and not turns[0].mark and not turns[0].name:
        alone = turns[0]
        return replace(page, turns=(), speakers=(), paragraphs=alone.paragraphs, links=_links(alone))
    named = {turn.name for turn in turns}
    return replace(page, turns=tuple(turns), speakers=tuple(s for s in page.speakers if s.mark in named))
