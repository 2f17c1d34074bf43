"""Where the body begins and ends in the branch of an HTML page, and which of the lines between are none of it.

It begins with the first running text, or with the decks and points right above it; it ends with the last, or with the
short sentences right below it, and never beyond the first title of another message. Between them links alone, labels
over links, and what the page prints twice are left out, but for items of lists that the text speaks of.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence

from communique.importing.capture import Line
from communique.importing.dates import date_at_end, dates_in
from communique.importing.running_text import ENDS, is_link, is_prose, is_short_sentence
from communique.importing.turns import bare_words, candidate, is_name_like, marks_alone, repeats
from communique.importing.weight import weight
from communique.importing.words import AFTERWORDS, BYLINES, folded, heads_a_list, starts_with_any

_LEAST_DECK = 30
_LINES_TO_PROSE = 10
_LIMIT_LABEL = 60
_LINES_OF_A_MARK = 1
_LINES_OF_SHORT_TURNS = 40
_LIMIT_DATED = 120
_COLONS = (":", "：")
_COLONED = frozenset(_COLONS)
_COMMAS = (",", "،", "，")

_LEAST_TURNS = 4
_LONGEST_MARK = 24
_MOST_POINTS = 24
_LIMIT_CREDIT = 120
_CREDIT = re.compile(r"^\W*(?P<label>[^:：]{2,24}?)\s*[:：]\s*\S")
_CAPTION = re.compile(r"[.)]\s+(?P<label>[^\W\d_]{3,12})\s*[:：]\s*[^.:：]{2,40}$")
"""a credit behind the words under a picture: "The pier at noon. Photo: Ann Lee" """

_TIME = re.compile(r"\b\d{1,2}[:.h]\d\d(?:[:.]\d\d)?(?:\s?[ap]\.?m\b\.?)?", re.I)
_LABEL = re.compile(r"^[^:：.]{2,40}[:：]\s*$")

Items = Callable[[Sequence[Line]], frozenset[int]]
Leaves = Callable[[Line, Line], bool]


def body_of(
    room: Sequence[Line], after: Sequence[Line], items_of: Items, leaves: Leaves, language: str
) -> tuple[int, int, list[Line]]:
    """First and last place of the body among the lines of a branch, and its lines.

    `after` are all lines below the title, `items_of` says which elements are items of lists in the midst of a text,
    `leaves` whether a line stands outside the box that holds the text of another.
    """
    spoken = {mark.line.number for mark in marks_alone(room, language)}
    times = Counter(line.text for line in after if line.number not in spoken)
    first, last = _ends(room, times, leaves, language)
    first = next((n for n, line in enumerate(room[:first]) if line.number in spoken), first)
    first = next((n for n in range(max(0, first - _LINES_OF_A_MARK), first) if _marks_alone(room[n], language)), first)
    last = _last_turn(room, first, last, spoken, leaves, language)
    first, last = _with_marked_turns(room, first, last, language)
    items = items_of(room[first:last])
    prose = next((n for n in range(first, last) if is_prose(room[n])), first)
    places = [n for n in range(first, last) if not _is_beside(room, n, times, items)]
    return first, last, [room[n] for n in places if not (n < prose and _is_of_the_head(room[n], language))]


def body_of_document(
    room: Sequence[Line], after: Sequence[Line], items_of: Items, leaves: Leaves, language: str
) -> tuple[int, int, list[Line]]:
    """The same of a document, around whose text a site has put nothing: from its first words to its last line, links,
    cells of tables and what is said twice with it."""
    first, _last, body = body_of(room, after, items_of, leaves, language)
    start = next((n for n, line in enumerate(room) if body and line.number == body[0].number), first)
    return start, len(room), list(room[start:]) if body else []


def _last_turn(
    room: Sequence[Line], first: int, last: int, spoken: Collection[int], leaves: Leaves, language: str
) -> int:
    """The end of a text in which it is marked who speaks: below its last running text, turns may be short."""
    inside, below = room[first:last], room[last : last + _LINES_OF_SHORT_TURNS]
    if not any(line.number in spoken or line.lead or not _COLONED.isdisjoint(line.text) for line in below):
        return last
    known = bare_words([mark for line in inside if (mark := candidate(line, language))])
    alone = any(line.number in spoken for line in inside)
    if not inside or not (known or alone):
        return last
    said, end = inside[-1], last
    for place in range(last, min(len(room), last + _LINES_OF_SHORT_TURNS)):
        line = room[place]
        if leaves(line, said) or is_link(line) or line.heading:
            break
        mark = candidate(line, language) if known else None
        if line.number in spoken:
            end = min(place + 2, len(room))
        elif (mark is not None and repeats(mark, known)) or (end == place > last and is_short_sentence(line)):
            end = place + 1
    return end


def _with_marked_turns(room: Sequence[Line], first: int, last: int, language: str) -> tuple[int, int]:
    """The ends of a text in which words mark questions and answers again and again, however short these are and
    whether or not a sign ends them."""
    coloned = [n for n, line in enumerate(room) if not _COLONED.isdisjoint(line.text[:_LONGEST_MARK])]
    sorts = {n: mark.sort for n in coloned if (mark := candidate(room[n], language))}
    turns = [n for n, sort in sorts.items() if sort in ("question", "answer")]
    if len(turns) < _LEAST_TURNS or len({sorts[n] for n in turns}) < 2:
        return first, last
    return (min(first, turns[0]) if first < last else turns[0]), max(last, turns[-1] + 1)


def _marks_alone(line: Line, language: str) -> bool:
    """Whether a line is nothing but a mark of a question or an answer, with its colon."""
    found = candidate(line, language) if line.text.rstrip().endswith(_COLONS) else None
    return found is not None and found.sort in ("question", "answer") and found.end == len(line.text)


def _is_of_the_head(line: Line, language: str) -> bool:
    """Whether a line between a deck and the text says when the page was made, or whose a picture is."""
    if _is_dated(line, language) and not ENDS.search(line.text):
        return True
    label = _CREDIT.match(line.text) or _CAPTION.search(line.text) if len(line.text) <= _LIMIT_CREDIT else None
    return label is not None and folded(label["label"]) in AFTERWORDS


def _ends(room: Sequence[Line], times: Counter[str], leaves: Leaves, language: str) -> tuple[int, int]:
    prose = next((n for n, line in enumerate(room) if is_prose(line)), None)
    if prose is None:
        said = [n for n, line in enumerate(room) if is_short_sentence(line) and not _is_dated(line, language)]
        return (said[0], said[-1] + 1) if said else (0, 0)
    above = range(max(0, prose - _LINES_TO_PROSE), prose)
    first = next((n for n in above if _opens(room, n, prose, times, language)), prose)
    end = next((n for n in range(first + 1, len(room)) if _begins_another(room, n, language)), len(room))
    last = next(n for n in range(end - 1, first - 1, -1) if n == first or is_prose(room[n]))
    spoken = room[last]
    while last + 1 < end and is_short_sentence(room[last + 1]) and not room[last + 1].heading:
        if leaves(room[last + 1], spoken) or _is_stamp(room[last + 1], language):
            break
        last += 1
    return first, _end_of_box(room, last, end, leaves, language) + 1


def _end_of_box(room: Sequence[Line], last: int, end: int, leaves: Leaves, language: str) -> int:
    """The last line of a text that ends in points under a line with a colon, and in a short sentence below them."""
    points, said = False, room[last]
    for place in range(last + 1, min(end, last + 1 + _MOST_POINTS)):
        line = room[place]
        points = points or line.text.rstrip().endswith(_COLONS)
        if not points or leaves(line, said) or is_link(line) or _is_dated(line, language):
            break
        if is_short_sentence(line):
            last = place
    return last


def _opens(room: Sequence[Line], place: int, prose: int, times: Counter[str], language: str) -> bool:
    """Whether a line above the first running text belongs to the body: a deck, a point of it, a short sentence, those
    who are greeted, or whatever a break alone divides from that text."""
    line = room[place]
    short = weight(line.text) < _LEAST_DECK and not is_short_sentence(line)
    greets = line.text.rstrip().endswith(_COMMAS) and place + 1 < len(room) and not room[place + 1].heading
    alike = not line.heading and line.element == room[prose].element
    if is_link(line) or _is_byline(line) or (short and not greets and not alike):
        return False
    return not _is_dated(line, language) and not _is_beside(room, place, times, frozenset())


def _is_byline(line: Line) -> bool:
    """Whether a short line says who wrote the text down, by name."""
    if len(line.text) > _LIMIT_LABEL or ENDS.search(line.text) or not starts_with_any(line.text, BYLINES):
        return False
    words = line.text.replace(":", " ").split()
    return any(folded(" ".join(words[:n])) in BYLINES and is_name_like(" ".join(words[n:])) for n in (1, 2, 3))


def _is_dated(line: Line, language: str) -> bool:
    """Whether a short line is a date, or begins or ends with one."""
    if len(line.text) > _LIMIT_DATED:
        return False
    dates = list(dates_in(line.text, language))
    said = len(line.text) - sum(found.end - found.start for found in dates)
    said -= sum(found.end() - found.start() for found in _TIME.finditer(line.text))
    return bool(dates) and said < _LIMIT_LABEL


def _is_stamp(line: Line, language: str) -> bool:
    """Whether a line is a label and the day that it tells of, and nothing else: "Last addition: 3 March 2026."."""
    last = date_at_end(line.text, language) if len(line.text) <= _LIMIT_LABEL else None
    return last is not None and bool(_LABEL.match(line.text[: last.start]))


def _begins_another(room: Sequence[Line], place: int, language: str) -> bool:
    """Whether other messages begin at a line: a title that is a link, or the heading of a list of them."""
    line = room[place]
    if (line.heading or line.strong) and is_link(line) and len(line.text) >= _LEAST_DECK:
        return True
    if len(line.text) > _LIMIT_LABEL or not heads_a_list(line.text):
        return False
    return any(is_link(other) or _is_dated(other, language) for other in room[place + 1 : place + 4])


def _is_beside(room: Sequence[Line], place: int, times: Counter[str], items: frozenset[int]) -> bool:
    """Whether a line in the midst of a text is none of it: a link alone, a label over links, what is printed twice."""
    line = room[place]
    if is_link(line):
        return line.element not in items and not _is_between_text(room, place)
    if is_prose(line) or is_short_sentence(line) or len(line.text) >= _LIMIT_LABEL:
        return False
    label = line.text.rstrip().endswith(_COLONS)
    if not label:
        return times[line.text] > 1
    return any(is_link(below) for below in room[place + 1 : place + 2])


def _is_between_text(room: Sequence[Line], place: int) -> bool:
    """Whether a long link stands between lines that are none, as one of the things that the text speaks of."""
    around = [*room[max(0, place - 1) : place], *room[place + 1 : place + 2]]
    return len(around) == 2 and not any(is_link(line) for line in around) and len(room[place].text) >= _LEAST_DECK
