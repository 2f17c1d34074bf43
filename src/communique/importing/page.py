"""A page, understood: what each of its parts says, and for each line of the source what it was understood as.

Parts are sought from the surest shape to the least sure, each among the lines that are still free: clocks and contact
blocks, the list of other messages, the marks of turns, the head above them, counters, the page's own day. What is left
between head and end is the body; what is left elsewhere was not understood, and is said.

    >>> page = understand(capture(open("embassy-page.txt", "rb").read(), name="embassy-page.txt"))
    >>> page.heading.title, len(page.turns), page.not_understood
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from communique.importing.afterwords import without_afterwords, without_page_numbers, without_running_heads
from communique.importing.capture import Capture, Line
from communique.importing.clocks import find_clocks
from communique.importing.confidence import judged
from communique.importing.contacts import Contact, find_contacts
from communique.importing.counters import COUNTDOWN, counters_of, find_counters, is_counter
from communique.importing.dates import (
    PrintedDate,
    date_at_end,
    date_in,
    ends_in_date,
    in_order,
    settled,
    usual_order,
    whole_date,
)
from communique.importing.errors import ImportingError, NoMessage, NotReadable
from communique.importing.event import dateline_of, event_of, place_before, wire_of
from communique.importing.feed_list import listing_of_feed
from communique.importing.heading import Heading, find_heading, first_words, main_heading
from communique.importing.language import language_of
from communique.importing.letterhead import is_dated_head, letterhead_of
from communique.importing.listing import UNDATED, Listing, find_listing, with_days
from communique.importing.occasion import Occasion, occasion_of
from communique.importing.paragraphs import Run, is_hard_wrapped, paragraphs_of, runs_of, text_of
from communique.importing.parts import Parts
from communique.importing.placed_day import is_of_publication, place_beside
from communique.importing.regions import divide
from communique.importing.sentence import Sentence, line_of
from communique.importing.sheet import BETWEEN_PARTS, Sheet, Stretch
from communique.importing.site import NOTHING_SAID, Site
from communique.importing.surroundings import (
    Surroundings,
    find_dateline,
    is_dated_beside_clocks,
    is_surrounding,
    surroundings_of,
)
from communique.importing.tail import Tail, tail_of, take_tail
from communique.importing.text_page import parts_of_typescript, take_letterhead
from communique.importing.tree_page import parts_of_tree
from communique.importing.turns import IN_BRACKETS, Mark, Speaker, Turn, find_marks, speakers_of, turns_of
from communique.importing.typescript import typescript_of
from communique.importing.ways import Judged
from communique.importing.weight import weight
from communique.importing.words import ENDS_A_SENTENCE, IMPRINT, heads_a_list, kind_by_words

_LEAST_SENTENCE = 60
_SPOKEN = ("speech", "interview", "briefing")
"""kinds of what was said at the place and on the day that stand over it"""
_BRACKETS = ("【", "（", "〔", "［", "<", "〈", "＜")
_LINES_OF_A_LETTERHEAD = 16
_LIMIT_OF_A_HEAD = 1_000
_LINES_OF_A_FOOT = 6

WHY = {
    UNDATED: Sentence("a listed message without a date"),
    COUNTDOWN: Sentence("counts days, and does not say since when"),
}
"""part -> why it was seen and not understood"""
_UNTITLED = Sentence("text without a title above it")
NO_MESSAGE = Sentence("no message on the page")
NAME_ANOTHER = Sentence("name a page that shows a title with its text")
LEADS_NOWHERE = Sentence("the page's own address is not known, so this link leads nowhere")
BESIDE = Sentence("stands in a menu, at the side or at the foot, and was not read")


@dataclass(frozen=True)
class Left:
    """Words of a line that no part of the page took, and why, where that is known. Line 0: beside all lines."""

    line: int
    text: str
    why: str | None


@dataclass(frozen=True)
class Page:
    """Everything that a page says. A message has turns or paragraphs; a bare list has neither."""

    capture: Capture
    language: str
    kind: str
    heading: Heading
    occasion: Occasion | None
    speakers: tuple[Speaker, ...]
    turns: tuple[Turn, ...]
    paragraphs: tuple[str, ...]
    runs: tuple[tuple[Run, ...], ...]
    """of each paragraph, its links and its words in another language"""
    surroundings: Surroundings
    listing: Listing
    stretches: tuple[Stretch, ...]
    faults: tuple[ImportingError, ...] = ()
    """why this is no whole message, where it is none"""
    judged: Mapping[str, Judged] = field(default_factory=dict)
    """field -> how sure it is, and why"""

    @cached_property
    def understood(self) -> dict[int, tuple[Stretch, ...]]:
        """line number -> what its stretches were understood as, in their order"""
        found: dict[int, tuple[Stretch, ...]] = {}
        open_ = self._open
        for stretch in self.stretches:
            if (stretch.part, stretch.number) not in open_:
                found[stretch.line] = (*found.get(stretch.line, ()), stretch)
        return found

    @property
    def not_understood(self) -> tuple[Line, ...]:
        """The words that no part of the page took, by line: whole lines, what is left of others, addresses."""
        found: list[Line] = []
        for line in self.capture.lines:
            if not line.text:
                continue
            if spans := self.left_of(line):
                found.append(Line(line.number, " … ".join([line.text[a:b] for a, b in spans])))
            if line.links:
                found += [Line(line.number, target) for target in self.addresses_left(line)]
        return tuple(found)

    @cached_property
    def left(self) -> tuple[Left, ...]:
        """Each stretch of words that was not understood by itself."""
        found: list[Left] = []
        for line in self.capture.lines:
            words = [line.text[start:end].strip() for start, end in self.left_of(line)]
            found += [Left(line.number, text, self.why_left(line.number)) for text in words]
            found += [Left(line.number, target, LEADS_NOWHERE) for target in self.addresses_left(line)]
        return tuple(found)

    @property
    def beside(self) -> tuple[Left, ...]:
        """What HTML itself puts beside the main part, and was not read."""
        return tuple(Left(0, text, BESIDE) for text in self.capture.beside)

    @property
    def in_no_field(self) -> tuple[Left, ...]:
        """All words of the source that are in no field, those that were not even read last."""
        return (*self.left, *self.beside)

    def why_left(self, number: int) -> str | None:
        """Why a line was seen and not understood; None where nothing is known of it."""
        return self._reasons.get(number)

    @cached_property
    def _reasons(self) -> dict[int, str]:
        return {s.line: WHY[s.part] for s in reversed(self.stretches) if s.part in WHY}

    def addresses_left(self, line: Line) -> tuple[str, ...]:
        """Targets of links in the message that lead nowhere by themselves: the page's own address is not known."""
        if not line.links:
            return ()
        in_message = any(s.part in ("turn", "paragraph") for s in self.understood.get(line.number, ()))
        return tuple(link.target for link in line.links if not link.is_whole) if in_message else ()

    def left_of(self, line: Line) -> tuple[tuple[int, int], ...]:
        """The stretches (start, end) of a line with words that no part took; signs between parts are no words."""
        taken = self.understood.get(line.number, ())
        if not taken:
            return ((0, len(line.text)),) if line.text.strip() else ()
        if len(taken) == 1 and taken[0].start == 0 and taken[0].end == len(line.text):
            return ()
        ends = [0, *(s.end for s in taken)]
        gaps = zip(ends, [*(s.start for s in taken), len(line.text)], strict=True)
        return tuple(
            _without_signs(line.text, *gap) for gap in gaps if any(c.isalnum() for c in line.text[slice(*gap)])
        )

    @property
    def _open(self) -> set[tuple[str, int]]:
        """Parts that were seen and not understood: figures that could be two days, a clock of no known city."""
        undated = [n for n, item in enumerate(self.listing.items) if item.day is None]
        open_ = {(part, n) for part in ("listed", "teaser") for n in undated}
        open_ |= {(part, 0) for part in WHY}
        open_ |= {("clock", n) for n, clock in enumerate(self.surroundings.clocks) if clock.zone is None}
        if self.heading.published and self.heading.published.day is None:
            open_.add(("message date", 0))
        return open_

    @property
    def published(self) -> date | None:
        """The message's own date, as the page gives it."""
        return self.heading.published.day if self.heading.published else None

    @property
    def body(self) -> tuple[str, ...]:
        """The paragraphs of the message, marks as printed."""
        if not self.turns:
            return self.paragraphs
        return tuple(text for turn in self.turns for text in as_printed(turn))


def understand(capture: Capture, site: Site | None = None) -> Page:
    """What a capture says; raises NoMessage where it holds no message and no list, NotReadable for half a page."""
    page = read_page(capture, site)
    if page.faults:
        raise page.faults[0]
    return page


def read_page(capture: Capture, site: Site | None = None) -> Page:
    """What a capture says, half a page too; `faults` of the page are what `understand` raises. `site` is what has been
    learned from other pages of the same one."""
    language = language_of(capture)
    sheet = Sheet(capture.lines)
    regions = None if capture.is_feed else divide(capture, language, site.says(capture) if site else NOTHING_SAID)
    if capture.is_feed:
        parts = Parts(Heading(None, None, None), (), (), listing_of_feed(sheet), (), (), ())
    else:
        parts = parts_of_tree(sheet, capture, regions, language) if regions else _parts_of_lines(sheet, language)
    body = [line for line in parts.body if sheet.is_free(line)]
    body = [] if all(IMPRINT.search(line.text) for line in body) else body
    turns = turns_of(body, parts.marks) if parts.marks else []
    paragraphs = [] if turns else paragraphs_of(body, is_hard_wrapped(body))
    _take_body(sheet, turns, paragraphs)
    dateline = find_dateline(sheet, language)
    surroundings = surroundings_of(dateline, parts.clocks, parts.contacts, parts.counters, language)
    heading, listing, order = _settle_dates(parts.heading, parts.listing, dateline, language)
    if heading.published is None and (printed := dateline_of(body[0].text, language) if body and not turns else None):
        heading = replace(heading, published=in_order(printed, order))
        parts = replace(parts, dated_line=body[0])
    faults = [
        fault for fault in (_no_message(capture, heading, body, listing), _half(capture, sheet, listing)) if fault
    ]
    title = heading.title or ""
    speakers = tuple(speakers_of(turns, title))
    titled = occasion_of(title, language, order, {s.name for s in speakers}) if title else None
    kind = _kind(heading, parts.heads, turns, body, listing)
    if kind == "list" and heading.title is None and not heads_a_list(listing.heading or ""):
        heading = replace(heading, title=listing.heading)
    spoken = bool(parts.marks) or kind in _SPOKEN
    occasion = _event(parts, titled, heading, body, language, order, spoken=spoken)
    return Page(
        capture,
        language,
        kind,
        heading,
        occasion,
        speakers,
        tuple(turns),
        tuple(text_of(p) for p in paragraphs),
        tuple(runs_of(p) for p in paragraphs),
        surroundings,
        listing,
        tuple(sorted(sheet.stretches, key=lambda s: (s.line, s.start))),
        tuple(faults),
        judged(capture, regions, parts, heading, occasion, turns, listing, kind, language),
    )


def _parts_of_lines(sheet: Sheet, language: str) -> Parts:
    """The parts of plain text, and of HTML without a plain title: sought from the surest shape to the least sure."""
    if typed := typescript_of(sheet.lines):
        return parts_of_typescript(sheet, typed, language)
    clocks = find_clocks(sheet, language)
    contacts = find_contacts(sheet, language)
    marked = {mark.line.number for mark in find_marks(sheet.free(), language, _head_lines(sheet))}
    listing = find_listing(sheet, marked, language)
    body, marks, tail = _find_body(sheet, language)
    body, contacts = _with_its_contacts(sheet, body, contacts)
    listing = take_tail(sheet, tail, listing, language) if tail else listing
    body = without_afterwords(without_running_heads(without_page_numbers(body)), language)
    body = body if marks else _without_sender(body, [x for x in sheet.lines if body and x.number < body[0].number])
    counting = {line.number for line in sheet.free() if is_counter(line.text, language)}
    alive = bool(clocks or counting) and not is_dated_beside_clocks(sheet, language)
    others = counting | {line.number for line in body}
    letter = letterhead_of(_lines_over(sheet, body), language) if body and not (alive or clocks) else None
    if letter and letter.is_evident:
        heading = take_letterhead(sheet, letter, language)
        body = _from_the_first_mark(body, marks) if marks else [*letter.deck(), *body]
    else:
        letter = None
        heading = find_heading(sheet, body[0], language, others, alive=alive) if body else Heading(None, None, None)
    dated_line = next((sheet.line(s.line) for s in sheet.stretches if s.part == "message date"), None)
    counters = find_counters(sheet, _outside(sheet, body), language)
    found = Parts(heading, body, marks, listing, clocks, contacts, counters)
    return (
        replace(found, dated_line=dated_line)
        if letter is None
        else replace(
            found,
            heads=letter.heads,
            dated_line=letter.dated_line,
            how="letterhead",
            rivals=letter.rivals,
            placed=letter.placed,
        )
    )


def _from_the_first_mark(body: Sequence[Line], marks: Sequence[Mark]) -> list[Line]:
    """A body without a line in brackets over its first mark: it says of what sort the text is."""
    first = marks[0].line.number
    over = [line for line in body if line.number < first]
    return list(body[len(over) :]) if over and all(IN_BRACKETS.match(line.text) for line in over) else list(body)


def _event(
    parts: Parts,
    titled: Occasion | None,
    heading: Heading,
    body: Sequence[Line],
    language: str,
    order: str | None,
    *,
    spoken: bool,
) -> Occasion | None:
    """The event, from all lines of the head."""
    placed, published = None, heading.published
    if parts.dated_line is not None and (printed := date_in(parts.dated_line.text, language)):
        text = parts.dated_line.text
        published = None if is_of_publication(text, printed) else published
        placed = place_before(text, printed, language) or (
            place_beside(text, printed) if spoken or is_of_publication(text, printed) else None
        )
    day = heading.published.day if heading.published else None
    wire = wire_of(body[0].text, day, language) if body else None
    apart = [line.text.strip() for line in parts.apart]
    signature = parts.signature
    opening = date_in(heading.title, language) if heading.title else None
    return event_of(
        titled,
        parts.heads,
        apart,
        published,
        placed,
        parts.placed,
        opening if opening and opening.start == 0 else None,
        signature,
        wire,
        parts.facts,
        language,
        marked=bool(parts.marks),
        spoken=spoken,
        order=order,
    )


def _lines_over(sheet: Sheet, body: Sequence[Line]) -> list[Line]:
    """The lines above a body that begins at the top of a page: none where the head is longer than a letter's."""
    over = [line for line in sheet.lines if line.number < body[0].number]
    if len(over) > _LINES_OF_A_LETTERHEAD or any(len(line.text) > _LIMIT_OF_A_HEAD for line in over):
        return []
    return [line for line in over if sheet.is_free(line)]


def _find_body(sheet: Sheet, language: str) -> tuple[list[Line], list[Mark], Tail | None]:
    """The lines of the message, the marks in them, and the list below: from the first words under the title on."""
    main = main_heading(sheet.lines)
    free = [line for line in sheet.free() if main is None or line.number > main.number]
    marks = find_marks(free, language, _head_lines(sheet))
    sure = marks[0].line if marks else _first_sentence(free, language)
    start = first_words(sheet, sure, language, main, marked=bool(marks))
    if start is None:
        return [], [], None
    tail = tail_of(sheet, start, {m.line.number for m in marks}, language)
    body = _until_other_part(sheet, start, marks, tail, language)
    body = _without_foot(body, marks) if marks else body
    while len(body) > 1 and (is_surrounding(body[-1].text, language) or whole_date(body[-1].text, language)):
        body.pop()
    numbers = {line.number for line in body}
    return body, [m for m in marks if m.line.number in numbers], tail


def _without_foot(body: list[Line], marks: Sequence[Mark]) -> list[Line]:
    """A transcript without blocks of short lines below its last sentence, in which nothing ends."""
    last = max((n for n, line in enumerate(body) if ENDS_A_SENTENCE.search(line.text)), default=len(body) - 1)
    last = max(last, next((n for n, line in enumerate(body) if line.number == marks[-1].line.number), 0))
    below = body[last + 1 :]
    apart = bool(below) and below[0].number > body[last].number + 1
    return body[: last + 1] if apart and len(below) <= _LINES_OF_A_FOOT else body


def _without_sender(body: list[Line], over: Sequence[Line]) -> list[Line]:
    """A text without the short lines below its last sentence, where one of them is the sender of its letterhead."""
    last = max((n for n, line in enumerate(body) if ENDS_A_SENTENCE.search(line.text)), default=len(body) - 1)
    below = body[last + 1 :]
    heads = {line.text.strip() for line in over if line.text.strip()}
    is_sender = 0 < len(below) <= _LINES_OF_A_FOOT and any(line.text.strip() in heads for line in below)
    return body[: last + 1] if is_sender else body


def _with_its_contacts(sheet: Sheet, body: list[Line], contacts: list[Contact]) -> tuple[list[Line], list[Contact]]:
    """A block between the words of a message ("For bookings:", a number, more text) is its own, not the office's."""
    if not body:
        return body, contacts
    first, last = body[0].number, body[-1].number
    inside = {s.number for s in sheet.stretches if s.part == "contact" and first < s.line < last}
    sheet.give_back("contact", inside)
    whole = [line for line in sheet.free() if first <= line.number <= last]
    return whole, [contact for number, contact in enumerate(contacts) if number not in inside]


def _head_lines(sheet: Sheet) -> list[Line]:
    """The short lines of a page's beginning and its main heading, where the names of speakers stand."""
    main = main_heading(sheet.lines)
    head = [line for line in sheet.free()[:12] if len(line.text) < 400]
    return [*head, main] if main else head


def _until_other_part(sheet: Sheet, start: Line, marks: Sequence[Mark], tail: Tail | None, language: str) -> list[Line]:
    """The free lines from `start` to the list of other messages, or to the first other part with no message below."""
    lists = [s.line for s in sheet.stretches if s.part in ("list heading", "listed", UNDATED) and s.line > start.number]
    lists += [tail.first.number] if tail else []
    end = min(lists, default=sheet.lines[-1].number + 1)
    body = [x for x in sheet.free() if start.number <= x.number < end]
    last = max((m.line.number for m in marks if m.line.number < end), default=start.number)
    last = max([last, *(x.number for x in body if _is_sentence(x.text, language))])
    others = [s.line for s in sheet.stretches if s.line > last]
    return [x for x in body if x.number < min(others, default=end)]


def _first_sentence(free: Sequence[Line], language: str) -> Line | None:
    """The line where running text begins; a counter is none, however long it is."""
    text = [line for line in free if not is_counter(line.text, language) and not is_dated_head(line, language)]
    for paragraph in paragraphs_of(text, is_hard_wrapped(text)):
        if not paragraph[0].heading and _is_sentence(text_of(paragraph), language):
            return paragraph[0]
    return None


def _is_sentence(text: str, language: str) -> bool:
    if weight(text) < _LEAST_SENTENCE or ends_in_date(text, language):
        return False
    return len(text) > 400 or (bool(ENDS_A_SENTENCE.search(text)) and not counters_of(text, language))


def _outside(sheet: Sheet, body: Sequence[Line]) -> list[Line]:
    numbers = {line.number for line in body}
    return [line for line in sheet.free() if line.number not in numbers]


def _take_body(sheet: Sheet, turns: Sequence[Turn], paragraphs: Sequence[Sequence[Line]]) -> None:
    by_number = {line.number: line for line in sheet.lines}
    for count, turn in enumerate(turns):
        for number in turn.lines:
            sheet.take(by_number[number], "turn", count)
    for count, paragraph in enumerate(paragraphs):
        for line in paragraph:
            sheet.take(line, "paragraph", count)


def _settle_dates(
    heading: Heading, listing: Listing, dateline: PrintedDate | None, language: str
) -> tuple[Heading, Listing, str | None]:
    """Dates of figures whose order is not plain by themselves, settled by the other dates of the page."""
    listed = [item.printed for item in listing.items]
    titled = date_at_end(heading.title or "", language)
    others = [printed for printed in (heading.published, dateline, titled) if printed]
    today = dateline.day if dateline else None
    order = settled([*listed, *others], today, newest_first=False)
    if order is None and listed:
        order = settled(listed, today, newest_first=True)
    order = order or usual_order(language)
    published = in_order(heading.published, order) if heading.published else None
    days = [in_order(printed, order) for printed in listed]
    return replace(heading, published=published), with_days(listing, days), order


def _kind(heading: Heading, heads: Sequence[str], turns: Sequence[Turn], body: Sequence[Line], listing: Listing) -> str:
    named = kind_by_words(heading.title or "")
    if not body and (listing.items or not heading.title):
        return "list"
    if any(turn.kind == "question" for turn in turns):
        return _kind_of_questions([heading.title or "", heading.section or "", *heads], turns)
    return named or kind_by_words(heading.section or "") or ("speech" if turns else "press_release")


def _kind_of_questions(heads: Sequence[str], turns: Sequence[Turn]) -> str:
    """A briefing is what calls itself one, or where several officials answer; else questions make an interview."""
    named = {kind_by_words(line) for line in heads}
    answering = {turn.mark for turn in turns if turn.kind == "answer" and turn.name}
    if "interview" in named:
        return "interview"
    return "briefing" if "briefing" in named or len(answering) > 2 else "interview"


def _no_message(capture: Capture, heading: Heading, body: Sequence[Line], listing: Listing) -> ImportingError | None:
    if body and heading.title:
        return None
    if body:
        return NoMessage(capture.name, _UNTITLED, Sentence("save the page from its beginning"))
    if len(listing.items) < 1:
        return NoMessage(capture.name, NO_MESSAGE, NAME_ANOTHER)
    return None


def _half(capture: Capture, sheet: Sheet, listing: Listing) -> ImportingError | None:
    """Why a page breaks off: its last line has no end, and what it is part of should have one."""
    last = capture.lines[-1]
    part = {s.part: s.number for s in sheet.stretches if s.line == last.number}
    if not last.text.strip() or not part or capture.is_markup:
        return None
    others = [item.teaser for item in listing.items[:-1]]
    all_end = len(others) > 1 and all(teaser and ENDS_A_SENTENCE.search(teaser) for teaser in others)
    open_ = not ENDS_A_SENTENCE.search(last.text)
    if open_ and ("turn" in part or "paragraph" in part or (all_end and ("teaser" in part or "listed" in part))):
        what = Sentence("the page breaks off in the middle of a sentence")
        return NotReadable(line_of(capture.name, last.number), what, Sentence("save the whole page"))
    return None


def _without_signs(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without the signs at its ends that divide it from its neighbours."""
    start += len(text[start:end]) - len(text[start:end].lstrip(BETWEEN_PARTS))
    return start, start + len(text[start:end].rstrip(BETWEEN_PARTS))


def as_printed(turn: Turn) -> Sequence[str]:
    """The paragraphs of a turn with its mark, as the page prints them."""
    if not turn.mark:
        return turn.paragraphs
    first = turn.paragraphs[0] if turn.paragraphs else ""
    if turn.sign[:1] in _BRACKETS:
        blank = " " if turn.sign[0] == "<" else ""
        return (f"{turn.sign[0]}{turn.mark}{turn.sign[1]}{blank}{first}", *turn.paragraphs[1:])
    if turn.sign == "：":
        return (f"{turn.mark}：{first}", *turn.paragraphs[1:])
    colon = "" if turn.mark[-1:] == ":" else turn.sign
    return (f"{turn.mark}{colon} {first}".strip(), *turn.paragraphs[1:])
