"""Two language versions side by side, held against the newest edition of each.

What each side says of itself and of its turns is worked out to the letter; how passages are set against each other is
the press's to choose, but the passages of a side must be, one after the other, those of its edition.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from communique.edition.language import base, direction
from communique.verify.site.blocks import pieces_of
from communique.verify.site.comparing import in_order
from communique.verify.site.expected import Piece, differences, element, piece
from communique.verify.site.head import print_head, side_kicker, title_class
from communique.verify.site.marked import ANYTHING
from communique.verify.site.markup import Element
from communique.verify.site.message import leaf_of, number_of, said_of, turn_facts
from communique.verify.site.notes import note_pieces, state_note
from communique.verify.site.sheet import Sheet
from communique.verify.site.standing import Content, Version, pair_path
from communique.verify.site.wording import Gap, Gaps, Words, joined, said, words_of

SCRIPTS = {
    "arabic": {"ar", "fa", "ur", "ps", "ckb", "ug", "sd"},
    "devanagari": {"hi", "mr", "ne", "sa", "kok", "mai", "bho"},
    "hebrew": {"he", "yi"},
    "cyrillic": {"ru", "uk", "be"},
    "greek": {"el"},
    "han": {"zh", "ja"},
}
"""in which script a side says that it is set: "plain" for Latin, and for all others"""
PLACES = ("start", "end")


@dataclass(frozen=True)
class Beside:
    """The page of two versions; each sheet is the message's own page in one language."""

    first: Sheet
    second: Sheet

    @property
    def path(self) -> str:
        """Where it lies."""
        return pair_path(self.first.version, self.second.version)

    @property
    def gone(self) -> Sheet | None:
        """The first version that has no words to show any more."""
        return next((one for one in (self.first, self.second) if one.is_gone or not one.version.address), None)

    @property
    def canonical(self) -> str:
        """The page that stands for this one in search engines."""
        original = self.first.content["original"]
        return (self.second if self.second.content["language"] == original else self.first).path

    @property
    def title(self) -> Words:
        """What the window is called."""
        wording = self.first.wording
        names = {
            key: (Gap(("name of itself in a title", sheet.content["language"], wording.language)),)
            for key, sheet in (("first", self.first), ("second", self.second))
        }
        return words_of(wording.phrase("beside_title", **names), " · ", self.first.title)

    def faults(self, main: Element, gaps: Gaps) -> Iterator[str]:
        """What of the main part is not due."""
        sides = tuple(_Side(sheet, place) for sheet, place in zip((self.first, self.second), PLACES, strict=True))
        boxes = main.find("div", "words")
        rows = boxes[0].elements if boxes else []
        has_turns = all("turns" in sheet.content for sheet in (self.first, self.second))
        pairs = list(_turn_pairs(rows, *sides) if has_turns else _passages(rows, *sides))
        names = piece("names of both", "div", [side.name() for side in sides], class_="pair pair-names")
        inner = [self._head(sides), names, piece("words", "div", pairs, class_="words"), self._print_foot()]
        article = piece("side by side", "article", inner, class_="message beside")
        wanted = piece("page", "main", [article], id="text", class_="message-page beside-page")
        yield from differences(main, wanted, gaps)
        for side in sides:
            yield from side.faults(rows, has_turns, gaps)

    def _head(self, sides: Sequence[_Side]) -> Piece:
        first, second = self.first, self.second
        names = [sheet.edition_name(sheet.edition.entry.seq) for sheet in (first, second)]
        newest = max(first.edition.entry.at, second.edition.entry.at)
        inner = [
            print_head(first, joined(names, " · "), newest),
            side_kicker(first, "beside"),
            piece("heads of both", "div", [side.head() for side in sides], class_="pair pair-head"),
        ]
        return piece("head", "header", inner, class_="message-head")

    def _print_foot(self) -> Piece:
        sheets = (self.first, self.second)
        address = said(f"{self.first.standing.site.removeprefix('https://')}/{self.path}")
        entries = [sheet.wording.phrase("entry", n=sheet.wording.number(sheet.edition.entry.index)) for sheet in sheets]
        leaves = element("bdi", said(" · ".join(leaf_of(sheet) for sheet in sheets)), dir="ltr")
        words = words_of(
            element("span", element("bdi", address, dir="ltr")),
            element("span", words_of(joined(entries, " · "), " · ", leaves)),
        )
        return piece("foot in print", "div", element("span", words), class_="print-foot", aria_hidden="true")


class _Side:
    """One side of the page."""

    def __init__(self, sheet: Sheet, place: str) -> None:
        self.sheet = sheet
        self.place = place
        self.wording = sheet.wording
        language = self.wording.language
        tag = base(language)
        self.cell = {
            "lang": language,
            "dir": direction(language),
            "data_script": next((name for name, languages in SCRIPTS.items() if tag in languages), "plain"),
        }
        content = sheet.content
        self.is_marked = content["language"] == content["original"] and len(content.get("authentic", ())) < 2
        self.mark = " original" if self.is_marked else ""
        self.turns = {turn["id"]: turn for turn in sheet.content.get("turns", ())}
        self.erased = self.wording.label("passage_erased")
        seen: set[int] = set()
        self.spoken = {id_: said_of(sheet, turn, seen) for id_, turn in self.turns.items()}

    @cached_property
    def late(self) -> dict[str, str]:
        """What of this side is behind its original: turns by their ids, passages by their words."""
        sheet = self.sheet
        originals = [one for one in sheet.standing.siblings(sheet.version) if one.language == sheet.content["original"]]
        tag = sheet.content["original"]
        if sheet.content["language"] == tag or not originals or _is_gone(originals[0]):
            return {}
        return _behind(originals[0], sheet.edition.entry.at)

    def head(self) -> Piece:
        """Title and edition."""
        sheet, entry = self.sheet, self.sheet.edition.entry
        name = "h1" if self.place == "start" else "h2"
        edition = element("a", sheet.edition_name(entry.seq), href=f"/{sheet.edition_path}")
        taken_back = sheet.content["state"] in ("withdrawn", "recalled")
        inner = [
            piece(f"title at the {self.place}", name, sheet.title, class_=title_class()),
            piece("edition", "p", words_of(edition, " · ", self.wording.instant(entry.at)), class_="side-facts"),
            *(note_pieces(list(state_note(sheet, links=False))) if taken_back else []),
        ]
        return piece(f"head at the {self.place}", "div", inner, class_=f"side {self.place}", **self.cell)

    def name(self) -> Piece:
        """The language, and whether this is the original."""
        link = element("strong", element("a", self.wording.autonym(self.wording.language), href=f"/{self.sheet.path}"))
        which = piece("which text", "p", words_of(link, " · ", self._standing()), class_="side-facts")
        return piece(
            f"name at the {self.place}", "div", [which], class_=f"side {self.place}{self.mark} name", **self.cell
        )

    def _standing(self) -> Words:
        content, label = self.sheet.content, self.sheet.label
        authentic = content.get("authentic", ())
        if len(authentic) > 1 and content["language"] in authentic:
            return element("span", label("authentic"), class_="side-original")
        if content["language"] == content["original"]:
            return element("span", label("beside_original"), class_="side-original")
        unofficial = content.get("translation") == "unofficial"
        return element("span", label("translation_unofficial" if unofficial else "beside_translation"))

    def facts(self, id_: str) -> Piece:
        """Who speaks in a turn; whether it is behind."""
        found: list[Piece] = []
        if id_ in self.turns:
            one = self.spoken[id_]
            found += [piece("mark", "span", said(one.heading), class_="turn-mark")] if one.heading else []
            found += turn_facts(self.sheet, self.turns[id_], one)
            original = self.sheet.label("original")
            found += [piece("the original", "span", original, class_="side-original")] if self.is_marked else []
            at = self.late.get(id_)
            found += [piece("what is behind", "span", self._sentence(at), class_="turn-behind")] if at else []
            found.append(self._quote(id_))
        return piece(f"facts of turn {id_}", "div", found, class_=f"side {self.place} side-turn", **self.cell)

    def _quote(self, id_: str) -> Piece:
        """The way to the turn on the page of this side's edition."""
        place = list(self.turns).index(id_) + 1
        number = words_of(self.sheet.label("quote"), " ", number_of(self.sheet, self.turns[id_], place))
        target = f"/{self.sheet.edition_path}#{id_}"
        label = self.sheet.label("quote")
        return piece(f"quoting turn {id_}", "a", label, class_="side-quote", href=target, aria_label=number)

    def _sentence(self, at: str) -> Words:
        return self.wording.phrase("beside_behind", instant=self.wording.instant(at))

    def words(self, late: str | None = None) -> Piece:
        """A cell of words, which are read apart."""
        said_late = element("p", self._sentence(late), class_="turn-behind") if late else ""
        words = words_of(Gap(None, r"\s*"), said_late, *ANYTHING)
        return piece("words", "div", words, class_=f"side {self.place}{self.mark} text", **self.cell)

    def missing(self) -> Piece:
        """What stands for a turn that this side does not have."""
        line = piece("what is missing", "p", self.sheet.label("beside_missing"), class_="side-missing")
        return piece("words", "div", [line], class_=f"side {self.place}{self.mark} text", **self.cell)

    def faults(self, rows: Sequence[Element], has_turns: bool, gaps: Gaps) -> Iterator[str]:
        """Whether the words of this side are those of its edition, in their order."""
        if not has_turns:
            yield from self._words_faults("the text", rows, _blocks(self.sheet.content), gaps)
            return
        for row in rows:
            id_ = row.attributes.get("id") or ""
            if id_ in self.turns:
                yield from self._words_faults(f"turn {id_}", [row], self.turns[id_]["blocks"], gaps)

    def _words_faults(self, where: str, rows: Sequence[Element], blocks: Sequence[Any], gaps: Gaps) -> Iterator[str]:
        cells = [cell for row in rows for cell in row.elements if {self.place, "text"} <= set(cell.classes)]
        loose = "".join(cell.loose_text for cell in cells)
        inner = [one for cell in cells for one in cell.elements if not one.is_a("p", "turn-behind")]
        found = Element("div", {}, [*inner, *([loose] if loose else [])])
        where = f"{where}, {self.wording.language}"
        yield from differences(found, piece(where, "div", pieces_of(blocks, self.erased, where)), gaps)


def _turn_pairs(rows: Sequence[Element], first: _Side, second: _Side) -> Iterator[Piece]:
    found = {row.attributes.get("id") or "": row for row in rows}
    for id_ in in_order(list(second.turns), list(first.turns)):
        side = first if id_ in first.turns else second
        turn = side.turns[id_]
        place = list(side.turns).index(id_) + 1
        number = number_of(first.sheet, turn, place)
        label = first.wording.phrase("turn_number", n=number)
        link = piece(f"number of turn {id_}", "a", number, class_="turn-number", href=f"#{id_}", aria_label=label)
        whole = all(id_ in one.turns for one in (first, second))
        lines = _lines_of(found.get(id_)) if whole else 1
        cells = [one.words() if id_ in one.turns else one.missing() for one in (first, second)] * lines
        inner = [link, first.facts(id_), second.facts(id_), *cells]
        yield piece(f"turn {id_}", "section", inner, class_=f"pair {turn['kind']}", id=id_, aria_label=label)


def _lines_of(row: Element | None) -> int:
    """How many lines of passages a pair of turns has on the page."""
    cells = [one for one in row.elements if "text" in one.classes] if row else []
    return len(cells) // 2


def _passages(rows: Sequence[Element], first: _Side, second: _Side) -> Iterator[Piece]:
    for row in rows:
        late = _late_in(row, first, second)
        cells = [side.words(at) for side, at in zip((first, second), late, strict=True)]
        yield piece("passage", "div", cells, class_="pair")


def _late_in(row: Element, first: _Side, second: _Side) -> tuple[str | None, str | None]:
    """Since when each side of a row is behind: by the passages of the original that stand in it."""
    sides = (first, second)
    original = next((side for side in sides if side.sheet.content["language"] == side.sheet.content["original"]), None)
    if original is None:
        return None, None
    outer = {one.outer for cell in row.elements if original.place in cell.classes for one in cell.elements}
    units = [unit for unit in _units(_blocks(original.sheet.content)) if _html(unit, original) & outer]
    at = [next((side.late[repr(unit)] for unit in units if repr(unit) in side.late), None) for side in sides]
    return at[0], at[1]


def _html(unit: Sequence[Any], side: _Side) -> set[str]:
    return {_outer(one) for one in pieces_of(unit, side.erased, "")}


def _outer(one: Piece) -> str:
    start = "".join(str(part) for part in one.start)
    name = start[1:].partition(" ")[0].partition(">")[0]
    return f"{start}{''.join(str(part) for part in one.inner)}</{name}>"


def _is_gone(version: Version) -> bool:
    return version.address is None or version.newest.is_gone


def _behind(original: Version, at: str) -> dict[str, str]:
    """What of the original was changed after an instant and is still another, with when it was changed last."""
    before = [one for one in original.editions if one.entry.at <= at][-1:]
    after = [one for one in original.editions if one.entry.at > at]
    if not before or not after:
        return {}
    stood = _parts(before[0].content)
    stands = _parts(after[-1].content)
    found: dict[str, str] = {}
    for old, new in zip([*before, *after], after, strict=False):
        was, now = _parts(old.content), _parts(new.content)
        found |= {key: new.entry.at for key in now if now[key] != was.get(key)}
    return {key: when for key, when in found.items() if stands.get(key, stood.get(key)) != stood.get(key)}


def _parts(content: Content) -> dict[str, Any]:
    if "turns" in content:
        return {turn["id"]: turn["blocks"] for turn in content["turns"]}
    return {repr(unit): unit for unit in _units(content.get("blocks", ()))}


def _units(blocks: Sequence[Any]) -> list[list[Any]]:
    """Passages: the items of a list together, every other block alone."""
    found: list[list[Any]] = []
    for block in blocks:
        is_item = isinstance(block, Mapping) and block["kind"] == "item"
        if found and is_item and isinstance(found[-1][-1], Mapping) and found[-1][-1]["kind"] == "item":
            found[-1].append(block)
        else:
            found.append([block])
    return found


def _blocks(content: Content) -> list[Any]:
    return [*content.get("blocks", ()), *(block for turn in content.get("turns", ()) for block in turn["blocks"])]
