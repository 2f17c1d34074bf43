"""The page that says what an edition changed, held against the edition and the one before it.

The order of turns, which of them are the same and which moved, and every sentence about them is worked out here; which
turns were divided or joined is taken from the page (`data-before`, `data-after`) and then asked of both editions: what
is struck and what stands must be all words of the turns before, what is added and what stands those of the turns now.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from typing import Any

from communique.verify.site.blocks import pieces_of
from communique.verify.site.expected import Piece, differences, element, piece
from communique.verify.site.head import print_head, side_kicker, title_class
from communique.verify.site.marked import (
    ANYTHING,
    Fact,
    fact_faults,
    fact_pieces,
    lines_in,
    lines_of,
    places_in,
    words_faults,
)
from communique.verify.site.markup import Element
from communique.verify.site.message import (
    Said,
    editions_pieces,
    print_foot,
    record_piece,
    said_of,
    speaker_of,
    turn_facts,
    turn_number,
    turn_piece,
)
from communique.verify.site.notes import Note, note_pieces, state_note
from communique.verify.site.sheet import Sheet
from communique.verify.site.standing import Content
from communique.verify.site.wording import Gaps, Words, in_language, joined, said, words_of


@dataclass(frozen=True)
class Comparison:
    """The page of one comparison: `new` against `old`."""

    old: Sheet
    new: Sheet

    @property
    def path(self) -> str:
        """Where it lies."""
        return f"{self.new.path}changes/"

    @property
    def is_shown(self) -> bool:
        """Whether both editions still have words."""
        return not (self.old.is_gone or self.new.is_gone)

    @property
    def title(self) -> Words:
        """What the window is called."""
        name = self.new.label("what_changed")
        return words_of(name, " · ", self.new.edition_name(self.new.own or 0), " · ", self.new.title)

    def faults(self, main: Element, gaps: Gaps) -> Iterator[str]:
        """What of the main part is not due."""
        body = _Body(self.old, self.new, main, gaps)
        wanted = piece("page", "main", body.pieces(), id="text", class_="message-page comparison-page")
        yield from body.said_wrongly()
        yield from differences(main, wanted, gaps)


def not_compared_pieces(old: Sheet, new: Sheet) -> list[Piece]:
    """What stands where the edition before has no words any more."""
    title = new.label("what_changed")
    edition = element("a", new.edition_name(new.own or 0), href=f"/{new.path}")
    sentence = new.wording.phrase("compare_not_shown", n=new.wording.number(old.own or 0))
    head = piece("head", "header", [piece("title", "h1", title, class_=title_class())], class_="page-head")
    return [
        head,
        *note_pieces([Note("ink", title, (sentence, edition))]),
        piece("text", "div", [], class_="text prose"),
    ]


class _Body:
    """The main part of one page."""

    def __init__(self, old: Sheet, new: Sheet, main: Element, gaps: Gaps) -> None:
        self.old, self.new, self.main, self.gaps = old, new, main, gaps
        self.wording = new.wording
        self.erased = self.wording.label("passage_erased")
        self.has_turns = "turns" in old.content and "turns" in new.content
        boxes = main.find("div", "words")
        self.words = boxes[0] if boxes else Element("div", {})
        self.units = [one for one in self.words.all if "changed" in one.classes]
        self.facts = [*_message_facts(old, new), *_file_facts(old, new)]

    def pieces(self) -> list[Piece]:
        """The elements of the main part."""
        new = self.new
        title = piece("title", "h1", new.title, class_=title_class())
        head = [print_head(new), side_kicker(new, "what_changed"), title]
        inner = [
            piece("head", "header", head, class_="message-head"),
            self._compared(),
            *note_pieces(list(state_note(new, links=False))),
            self._key(),
            piece("words", "div", [*self._nothing(), *fact_pieces(self.facts), *self._groups()], class_="words"),
            piece("ledger", "div", [*editions_pieces(new), record_piece(new)], class_="ledger"),
            print_foot(new, f"{new.edition_path}changes/"),
        ]
        return [piece("comparison", "article", inner, class_="message comparison")]

    def _compared(self) -> Piece:
        wording, label = self.wording, self.new.label("compare")
        lines = []
        for sheet in (self.old, self.new):
            entry = sheet.edition.entry
            what = self.new.label(f"edition_{entry.kind}")
            number = wording.phrase("entry", n=wording.number(entry.index))
            words = [
                element("a", sheet.edition_name(entry.seq), href=f"/{sheet.edition_path}"),
                element("span", wording.instant(entry.at)),
                element("span", words_of(number, " · ", what)),
            ]
            lines.append(piece(f"edition {entry.seq}", "li", words_of(*words)))
        current = element("span", element("a", self.new.label("current_text"), href=f"/{self.new.message_path}"))
        places = sum(places_in(words) for unit in self.units for words in unit.find("div", "turn-words"))
        counted = element("strong", wording.phrase("compare_places", n=wording.number(places)))
        lines.append(piece("counts", "li", words_of(counted, element("span", self._counted()), current)))
        inner = [piece("heading", "h2", label), piece("editions compared", "ul", lines)]
        return piece("compared", "section", inner, class_="ledger-row compared", aria_label=label)

    def _counted(self) -> Words:
        wording, content = self.wording, self.new.content
        if self.has_turns:
            changed, total, key = len(self.units), len(content["turns"]), "compare_turns"
        else:
            changed = sum(max(_number(one, "data-before"), _number(one, "data-after")) for one in self.units)
            total, key = len(_blocks(content)), "compare_paragraphs"
        return wording.phrase(key, n=wording.number(changed), total=wording.number(total))

    def _nothing(self) -> list[Piece]:
        if self.facts or self.units:
            return []
        return [piece("nothing", "p", self.new.label("compare_nothing"), class_="compared-nothing")]

    def _key(self) -> Piece:
        label, wording = self.new.label("compare_key"), self.wording
        lines = []
        for name, sort, key, sheet in (
            ("del", "struck", "compare_stood", self.old),
            ("ins", "added", "compare_stands", self.new),
        ):
            unseen = element("span", words_of(self.new.label(f"compare_said_{sort}"), " "), class_="unseen")
            mark = element(name, words_of(unseen, self.new.label(f"compare_{sort}")))
            stands = wording.phrase(key, n=wording.number(sheet.own or 0))
            lines.append(piece(sort, "p", words_of(mark, " ", stands)))
        return piece("key", "aside", [piece("heading", "h2", label), *lines], class_="reading-key", aria_label=label)

    def _groups(self) -> Iterator[Piece]:
        for group in self.words.elements:
            if group.name == "details":
                yield self._fold(group)
            elif group.is_a("div", "exchange"):
                yield piece("exchange", "div", [self._unit(one) for one in group.elements], class_="exchange")

    def _fold(self, group: Element) -> Piece:
        wording, count = self.wording, _number(group, "data-count")
        key = "compare_same_turns" if self.has_turns else "compare_same_paragraphs"
        ids = [one.attributes.get("id") or "" for one in group.find("div", "turn")]
        numbers = [int(id_[1:]) for id_ in ids if id_[1:].isdigit()]
        ends = numbers if len(numbers) == 1 else [numbers[0], numbers[-1]] if numbers else []
        span = "–".join(wording.figures(str(number)) for number in ends)
        words = words_of(
            element("span", said(span), class_="fold-numbers") if span and numbers == sorted(numbers) else "",
            element("span", wording.phrase(key, n=wording.number(count)), class_="fold-words"),
            " ",
            element("span", self.new.label("compare_show"), class_="fold-show"),
            element("span", self.new.label("compare_hide"), class_="fold-hide"),
        )
        if self.has_turns:
            inner = piece("exchange", "div", [self._unit(one) for one in group.find("div", "turn")], class_="exchange")
        else:
            start = self._place_of(group)[1]
            text = pieces_of(_blocks(self.new.content)[start : start + count], self.erased, "unchanged passage")
            inner = piece("unchanged passage", "div", text, class_="text prose")
        summary = piece("line of a fold", "summary", words)
        return piece("fold", "details", [summary, inner], class_="fold", data_count=str(count))

    def _unit(self, one: Element) -> Piece:
        id_ = one.attributes.get("id") or ""
        if not self.has_turns:
            return self._passage(one)
        if "changed" not in one.classes and id_ in self.turns.same:
            return self.turns.whole[id_]
        if id_ not in self.turns.order:
            return piece(f"turn {id_}", "div", (), class_="turn")
        return self.turns.changed(id_, one)

    def _passage(self, one: Element) -> Piece:
        start, size = self._place_of(one), (_number(one, "data-before"), _number(one, "data-after"))
        old, new = (_blocks(sheet.content)[a : a + n] for sheet, a, n in zip(self._sheets, start, size, strict=True))
        inner = _changes(self._passage_said(one, old, new), self._passage_facts(old, new), bool([*old, *new]))
        attributes = {"data_before": str(size[0]), "data_after": str(size[1])}
        return piece("passage", "div", inner, class_="passage changed", **attributes)

    def _passage_said(self, one: Element, old: Sequence[Any], new: Sequence[Any]) -> list[Words]:
        same = not sum(places_in(words) for words in one.find("div", "turn-words"))
        return [self.new.label(_otherwise(old, new))] if same else []

    def _passage_facts(self, old: Sequence[Any], new: Sequence[Any]) -> list[Fact]:
        return _link_facts(self.new, old, new)

    @property
    def _sheets(self) -> tuple[Sheet, Sheet]:
        return self.old, self.new

    def _place_of(self, wanted: Element) -> tuple[int, int]:
        """How many blocks of both editions stand above a fold or passage."""
        old = new = 0
        for one in self._passages():
            if one is wanted:
                break
            old, new = old + self._sizes(one)[0], new + self._sizes(one)[1]
        return old, new

    def _sizes(self, one: Element) -> tuple[int, int]:
        if one.name == "details":
            return _number(one, "data-count"), _number(one, "data-count")
        return _number(one, "data-before"), _number(one, "data-after")

    def _passages(self) -> list[Element]:
        return [one for one in self.words.all if one.is_a("details", "fold") or one.is_a("div", "passage")]

    @cached_property
    def turns(self) -> _Turns:
        return _Turns(self.old, self.new, self.units)

    # What the page says of words

    def said_wrongly(self) -> Iterator[str]:
        """Where marked words and facts are not both editions'."""
        yield from fact_faults("the message", self.words, self.facts, self.gaps)
        if self.has_turns:
            yield from self.turns.faults(self.words, self.gaps)
        else:
            yield from self._passage_faults()

    def _passage_faults(self) -> Iterator[str]:
        old, new = (_blocks(sheet.content) for sheet in self._sheets)
        ends = (0, 0)
        for number, one in enumerate(self._passages(), 1):
            (a, b), (m, n) = self._place_of(one), self._sizes(one)
            ends = (a + m, b + n)
            where = f"passage {number}"
            if one.name == "details":
                if old[a : a + m] != new[b : b + n]:
                    yield f"{where}: is said to be unchanged, and is not"
                continue
            lines = [lines_of(blocks, self.erased) for blocks in (old[a : a + m], new[b : b + n])]
            yield from words_faults(where, _words_in(one), *lines)
            yield from fact_faults(where, one, self._passage_facts(old[a : a + m], new[b : b + n]), self.gaps)
        if ends != (len(old), len(new)):
            yield f"compares {ends[0]} and {ends[1]} paragraphs of {len(old)} and {len(new)}"


class _Turns:
    """What became of the turns of two editions, by what `units`, the changed turns of the page, say of their words."""

    def __init__(self, old: Sheet, new: Sheet, units: Sequence[Element]) -> None:
        self.sheets = (old, new)
        self.wording = new.wording
        self.old, self.new = ({turn["id"]: turn for turn in sheet.content["turns"]} for sheet in self.sheets)
        self.order = in_order(list(self.old), list(self.new))
        self.spoken = (dict(self._spoken(old)), dict(self._spoken(new)))
        seen: set[int] = set()
        self.whole = {id_: turn_piece(new, turn, n, seen) for n, (id_, turn) in enumerate(self.new.items(), 1)}
        self.groups = {id_: group for group in map(_claimed, units) for id_ in (*group[0], *group[1])}
        self.moved = {one.attributes.get("id") or "" for one in units if self._claims_moved(one)}
        self.same = {id_ for id_ in self.new if self._is_same(id_)}

    def _spoken(self, sheet: Sheet) -> Iterator[tuple[str, Said]]:
        seen: set[int] = set()
        for turn in sheet.content["turns"]:
            yield turn["id"], said_of(sheet, turn, seen)

    def _claims_moved(self, one: Element) -> bool:
        moved = self._moved_sentence(one.attributes.get("id") or "")
        return moved is not None and any((line.inner,) == moved for line in one.find("p", "change-said"))

    def _moved_sentence(self, id_: str) -> Words | None:
        if id_ not in self.old or id_ not in self.new:
            return None
        before = list(self.old)[: list(self.old).index(id_)][-1:]
        return self._sentence("turn_moved" if before else "turn_moved_first", before)

    def _sentence(self, key: str, turns: Sequence[str] = ()) -> Words:
        wording = self.wording
        numbers = said(wording.comma.join(wording.figures(id_[1:]) for id_ in turns))
        return wording.phrase(f"compare_{key}", turn=numbers, n=wording.number(self.sheets[0].own or 0))

    def _is_same(self, id_: str) -> bool:
        alone = self.groups.get(id_, ([id_], [id_])) == ([id_], [id_])
        known = id_ in self.old and id_ in self.new and id_ not in self.moved
        return alone and known and self.old[id_]["blocks"] == self.new[id_]["blocks"] and not self._facts(id_)

    def changed(self, id_: str, one: Element) -> Piece:
        """A changed turn as it must stand, but for its words."""
        sheet = self.sheets[id_ in self.new]
        turns = list((self.new if id_ in self.new else self.old).items())
        place = next(number for number, (other, _) in enumerate(turns, 1) if other == id_)
        turn, spoken = dict(turns)[id_], self.spoken[id_ in self.new][id_]
        facts = [turn_number(sheet, turn, place, f"/{sheet.edition_path}#{id_}"), *turn_facts(sheet, turn, spoken)]
        if spoken.heading:
            facts.append(piece(f"mark of turn {id_}", "span", said(spoken.heading), class_="turn-mark"))
        before, after = self.groups.get(id_, ([], []))
        leads = "data-before" in one.attributes and (after or before)[:1] == [id_]
        claims = {"data_before": " ".join(before), "data_after": " ".join(after)} if leads else {}
        changes = _changes(self._said(id_, one), self._facts(id_), bool(_words_in(one)))
        where = f"turn {id_}"
        inner = [
            piece(f"{where}, its facts", "div", facts, class_="turn-facts"),
            piece(f"{where}, its changes", "div", changes, class_="turn-changes"),
        ]
        return piece(where, "div", inner, class_=f"turn {turn['kind']} changed", id=id_, **claims)

    def _said(self, id_: str, one: Element) -> list[Words]:
        before, after = self.groups.get(id_, ([], []))
        if id_ not in self.old:
            return [self._sentence("turn_part", before[:1]) if before else self._sentence("turn_added")]
        if id_ not in self.new:
            return [self._sentence("turn_gone_into", after[:1]) if after else self._sentence("turn_taken")]
        moved = self._moved_sentence(id_)
        others, gone = [one for one in after if one not in self.old], [one for one in before if one not in self.new]
        found = [moved] if id_ in self.moved and moved else []
        found += [self._sentence("turn_split", others)] if others else []
        found += [self._sentence("turn_joined", gone)] if gone else []
        words = _words_in(one)
        blocks = (self.old[id_]["blocks"], self.new[id_]["blocks"])
        is_otherwise = blocks[0] != blocks[1] and not (words and places_in(words))
        return [*found, self.sheets[1].label(_otherwise(*blocks))] if is_otherwise and not (others or gone) else found

    def _facts(self, id_: str) -> list[Fact]:
        if id_ not in self.old or id_ not in self.new:
            return []
        (before, after) = (
            dict(_turn_facts(self.sheets[1], sheet.content, turns[id_]))
            for sheet, turns in zip(self.sheets, (self.old, self.new), strict=True)
        )
        label = self.sheets[1].label
        found: list[Fact] = [(label(key), before[key], after[key], None) for key in after if before[key] != after[key]]
        return [*found, *_link_facts(self.sheets[1], self.old[id_]["blocks"], self.new[id_]["blocks"])]

    def faults(self, box: Element, gaps: Gaps) -> Iterator[str]:
        """What the page says wrongly of turns and their words."""
        shown = [one for one in box.all if one.is_a("div", "turn")]
        ids = [one.attributes.get("id") or "" for one in shown]
        if ids != self.order:
            yield f"has the turns {', '.join(ids)}, and not {', '.join(self.order)}"
            return
        units = {id_: one for id_, one in zip(ids, shown, strict=True) if "changed" in one.classes}
        yield from (f"turn {id_}: is said to be unchanged, and is not" for id_ in set(ids) - set(units) - self.same)
        yield from self._moved_faults()
        for id_, one in units.items():
            yield from fact_faults(f"turn {id_}", one, self._facts(id_), gaps)
        told = Counter(id_ for one in units.values() for side in _claimed(one) for id_ in set(side))
        due = Counter({id_: (id_ in self.old) + (id_ in self.new) for id_ in units})
        if told != due:
            yield "does not compare each changed turn once"
            return
        for one in units.values():
            if "data-before" in one.attributes:
                yield from self._group_faults(*_claimed(one), units)

    def _moved_faults(self) -> Iterator[str]:
        still = [id_ for id_ in self.new if id_ in self.old and id_ not in self.moved]
        kept = [id_ for id_ in self.old if id_ in self.new]
        if still != [id_ for id_ in kept if id_ in set(still)] or len(still) != _longest(kept, list(self.new)):
            yield "does not name the fewest turns that were moved"

    def _group_faults(self, before: Sequence[str], after: Sequence[str], units: Mapping[str, Element]) -> Iterator[str]:
        erased = self.wording.label("passage_erased")
        where = f"turn {' and '.join(after or before)}"
        old = [line for id_ in before for line in lines_of(self.old[id_]["blocks"], erased)]
        boxes = {id_: _words_in(units[id_]) for id_ in after or before}
        if len(before) < 2 and len(after) < 2:
            (box,) = boxes.values()
            new = lines_of(self.new[after[0]]["blocks"], erased) if after else []
            yield from words_faults(where, box, old, new)
            return
        for id_, box in boxes.items():
            yield from words_faults(f"turn {id_}", box, None, lines_of(self.new[id_]["blocks"], erased))
        stood = "".join(line for box in boxes.values() if box for line in lines_in(box, "ins"))
        if _without_blanks(stood) != _without_blanks("".join(old)):
            yield f"{where}: its words are not those of the turns before"


def _words_in(one: Element) -> Element | None:
    return next(iter(one.find("div", "turn-words")), None)


def _without_blanks(text: str) -> str:
    return "".join(text.split())


def _claimed(one: Element) -> tuple[list[str], list[str]]:
    """Of which turns the words of a changed turn are, before and now."""
    before, after = ((one.attributes.get(f"data-{side}") or "").split() for side in ("before", "after"))
    return before, after


def _number(one: Element, name: str) -> int:
    written = one.attributes.get(name) or ""
    return int(written) if written.isdecimal() and written.isascii() and len(written) < 8 else 0


def _changes(sentences: Sequence[Words], facts: Sequence[Fact], has_words: bool) -> list[Piece]:
    found = [piece("what became of it", "p", one, class_="change-said") for one in sentences]
    words = [piece("words", "div", ANYTHING, class_="turn-words text")] if has_words else []
    return [*found, *fact_pieces(facts), *words]


def in_order(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """The turns of the new edition, each that it has no more behind the last kept one before it."""
    order = list(new)
    kept = set(new)
    last = -1
    for id_ in old:
        if id_ in kept:
            last = order.index(id_)
        else:
            last += 1
            order.insert(last, id_)
    return order


def _longest(old: Sequence[str], new: Sequence[str]) -> int:
    """How many turns can keep their order: the longest run that rises."""
    places = [list(old).index(id_) for id_ in new if id_ in set(old)]
    best: list[int] = []
    for number, place in enumerate(places):
        best.append(1 + max((best[n] for n in range(number) if places[n] < place), default=0))
    return max(best, default=0)


# Facts


def _message_facts(old: Sheet, new: Sheet) -> list[Fact]:
    before, after = dict(_facts_of(old)), dict(_facts_of(new))
    keys = dict.fromkeys([*after, *before])
    nothing: Words = ("",)
    pairs = ((key, before.get(key, nothing), after.get(key, nothing)) for key in keys)
    return [(new.label(key), a, b, None) for key, a, b in pairs if a != b]


def _facts_of(sheet: Sheet) -> Iterator[tuple[str, Words]]:
    wording, content = sheet.wording, sheet.content
    occasion, section = content.get("occasion") or {}, sheet.standing.current(content.get("section"))
    when = [wording.day(occasion["on"])] if occasion.get("on") else []
    when += [wording.hour(occasion["time"])] if occasion.get("time") else []
    where = [said(one) for one in (occasion.get("event"), occasion.get("place")) if one]
    yield "fact_title", said(content.get("title"))
    yield "fact_teaser", said(content.get("teaser"))
    yield "fact_kind", sheet.label(f"kind_{content['kind']}") if content.get("kind") else ("",)
    yield "fact_section", said(in_language(section["name"], wording.language) if section else None)
    yield "delivered", wording.day(content["delivered"]) if content.get("delivered") else ("",)
    yield "occasion", joined([*where, *when], wording.comma)
    yield "parties", joined([said(one) for one in content.get("parties", ()) if one], " · ")
    yield "text", sheet.label(f"status_{content['status']}") if content.get("status") else ("",)
    yield "the_original", wording.language_name(content["original"])
    yield "state_translation", _translation(sheet)
    yield "authentic", joined([wording.language_name(tag) for tag in content.get("authentic", ())], " · ")
    if "turns" not in content:
        yield "whose_words", joined([_told(sheet, one) for one in content.get("speakers", ())], " · ")


def _translation(sheet: Sheet) -> Words:
    sort = sheet.content.get("translation")
    return sheet.label("unofficial" if sort == "unofficial" else "fact_official") if sort else ("",)


def _told(sheet: Sheet, speaker: Content) -> Words:
    erased = sheet.wording.label("passage_erased")
    words = [speaker[key] for key in ("name", "role") if key in speaker]
    return said(sheet.wording.comma.join(erased if word is None else word for word in words))


def _turn_facts(sheet: Sheet, content: Content, turn: Content) -> Iterator[tuple[str, Words]]:
    wording, speaker = sheet.wording, speaker_of(content, turn)
    erased = wording.label("passage_erased")
    yield "fact_kind", sheet.label(turn["kind"])
    yield "fact_speaker", _told(sheet, speaker) if speaker else ("",)
    for key in ("mark", "questioner", "outlet", "topic"):
        yield f"fact_{key}", said((erased if turn[key] is None else turn[key]) if key in turn else None)
    yield "fact_time", said(_elapsed(sheet, turn["from_ms"]) if "from_ms" in turn else None)


def _elapsed(sheet: Sheet, ms: int) -> str:
    minutes, second = divmod(ms // 1000, 60)
    hour, minute = divmod(minutes, 60)
    return sheet.wording.figures(f"{hour}:{minute:02d}:{second:02d}" if hour else f"{minute}:{second:02d}")


def _file_facts(old: Sheet, new: Sheet) -> Iterator[Fact]:
    for key, label in (("pictures", "fact_pictures"), ("files", "downloads"), ("recordings", "recording")):
        for before, after in _pairs(old.content.get(key, ()), new.content.get(key, ())):
            words = (_described(before), _described(after))
            replaced = bool(before and after) and _lies(before) != _lies(after)
            if words[0] != words[1] or replaced:
                yield new.label(label), *words, new.label("fact_replaced") if replaced else None


def _pairs(old: Sequence[Content], new: Sequence[Content]) -> list[tuple[Content, Content]]:
    """Each file with itself, those that are left in their order."""
    left = list(old)
    pairs: list[list[Content]] = []
    for one in new:
        same = next((other for other in left if _lies(other) == _lies(one)), None)
        left = [other for other in left if other is not same]
        pairs.append([same or {}, one])
    for pair in pairs:
        if not pair[0] and left:
            pair[0] = left.pop(0)
    return [*((a, b) for a, b in pairs), *((one, {}) for one in left)]


def _lies(one: Content) -> str:
    return str(one.get("file") or one.get("address") or "")


def _described(one: Content) -> Words:
    keys = ("title", "name", "alternative", "caption", "credit", "rights", "language", "sign")
    words = " · ".join(str(one[key]) for key in keys if one.get(key))
    place = _lies(one)
    return said(words or (place if "/" in place else place[:12]))


def _link_facts(sheet: Sheet, old: Sequence[Any], new: Sequence[Any]) -> list[Fact]:
    before, after = _links(old), _links(new)
    gone = [link for link in dict.fromkeys(before) if before.count(link) > after.count(link)]
    came = [link for link in dict.fromkeys(after) if after.count(link) > before.count(link)]
    return [(sheet.label("link"), said(a), said(b), None) for a, b in zip_longest(gone, came, fillvalue="")]


def _links(blocks: Sequence[Any]) -> list[str]:
    texts = [block for block in blocks if isinstance(block, Mapping) and block.get("text")]
    marks = [(block["text"], mark) for block in texts for mark in block.get("marks", ())]
    return [f"{text[m[0] : m[1]]} → {m[3]}" for text, m in marks if m[2] == "link" and len(m) > 3 and m[3]]


def _blocks(content: Content) -> list[Any]:
    """The blocks of a text, of a transcript those of all turns."""
    return [*content.get("blocks", ()), *(block for turn in content.get("turns", ()) for block in turn["blocks"])]


def _otherwise(old: Sequence[Any], new: Sequence[Any]) -> str:
    """What is to be said of other blocks of the same words: that some were erased, if that explains all of it."""
    gaps = [_is_gap(block) for block in old]
    explained = len(old) == len(new) and all(
        one == other or (gap and _is_gap(other) and _rest_of(one) == _rest_of(other))
        for one, other, gap in zip(old, new, gaps, strict=True)
    )
    return "compare_erased" if explained and any(map(_is_lost, old)) else "compare_form"


def _is_gap(block: Any) -> bool:
    """Whether no word stands there: none was left, or none was ever there."""
    return block is None or (isinstance(block, Mapping) and block.get("text") is None)


def _is_lost(block: Any) -> bool:
    """Whether an erasure took something of it: the manifest names a part that is not there."""
    if isinstance(block, Mapping):
        return any(map(_is_lost, block.values()))
    return block is None or (isinstance(block, list) and any(map(_is_lost, block)))


def _rest_of(block: Any) -> dict[str, Any]:
    return {"kind": "paragraph", **{key: said for key, said in (block or {}).items() if key not in ("text", "marks")}}
