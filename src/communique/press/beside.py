"""Two language versions of a message side by side: turn against turn by their ids, passage against passage in a text.

Each side speaks its own language, also where the page says something of it: whether it is the original, which edition
it is, that it was withdrawn, that a turn is missing. A turn of a translation whose original was changed after the
translation's newest edition says so, with the instant.
Where the page lies says `pairs.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, zip_longest
from typing import Any

from communique.edition.comparing import in_order
from communique.press.blocks import blocks_html, plain
from communique.press.markup import Html, joined, left_to_right, tag
from communique.press.message_view import Shown, head, record_lines, state_note, title_of, title_size, turns_of
from communique.press.shown import Content, Version
from communique.press.wording import autonym, capital

PAIRS_LIMIT = 250_000
"""pairs of passages that are weighed when two texts have not equally many"""
ALONE, MANY, OTHER_KIND = 1.0, 0.15, 0.5
"""what it costs to leave a passage alone, to set two against one, and one of another kind against another"""
TAKEN_BACK = ("withdrawn", "recalled")

Block = Any
Behind = Mapping[str, str]
"""what of a translation is behind: a turn's id, or a passage of the original, -> when the original was changed"""


def behind(originals: Sequence[Version], version: Version) -> dict[str, str]:
    """What in a translation is behind its original, whose editions these are: its newest before the translation's own
    instant, and those after it."""
    if not originals or originals[0].at > version.at:
        return {}
    base, newest = (_passages(one.content) for one in (originals[0], originals[-1]))
    found: dict[str, str] = {}
    for before, after in pairwise(originals):
        old, new = _passages(before.content), _passages(after.content)
        found |= {key: after.at for key in new if new[key] != old.get(key)}
    return {key: at for key, at in found.items() if newest.get(key, base.get(key)) != base.get(key)}


def _passages(content: Content) -> dict[str, Any]:
    """What can change in a text by itself: turns by their ids; passages, which have none, by what they say."""
    if "turns" in content:
        return {turn["id"]: turn["blocks"] for turn in content["turns"]}
    return {repr(unit): unit for unit in units_of(content.get("blocks", ()))}


def beside_view(first: Shown, second: Shown, late: tuple[Behind, Behind]) -> dict[str, Any]:
    """All of the page between strip and foot. `late` says of each side what of it is behind."""
    wording = first.office.wording
    sides = [_Side(shown, place, behind) for shown, place, behind in zip((first, second), SIDES, late, strict=True)]
    has_turns = all("turns" in shown.content for shown in (first, second))
    return {
        "head": {**head(first), "beside": capital(wording.label("beside"))},
        "sides": [side.head() for side in sides],
        "pairs": list(_turn_pairs(*sides) if has_turns else _passage_pairs(*sides)),
        "record": _record(first, second),
    }


SIDES = ("start", "end")


class _Side:
    """One side of the page."""

    def __init__(self, shown: Shown, place: str, late: Behind) -> None:
        self.shown = shown
        self.late = late
        self.wording = shown.office.wording
        self.cell = {
            "place": place,
            "language": self.wording.language,
            "direction": self.wording.direction,
            "script": self.wording.script,
            "mark": " original" if self.is_marked else "",
        }
        self.turns = {view["id"]: view for view in turns_of(shown)}
        self.blocks = {turn["id"]: turn["blocks"] for turn in shown.content.get("turns", ())}
        self.erased = self.wording.label("passage_erased")

    @property
    def is_original(self) -> bool:
        return bool(self.shown.content["language"] == self.shown.content["original"])

    @property
    def is_marked(self) -> bool:
        """Whether all of it is marked as the original, which none is where several are equally authentic."""
        return self.is_original and len(self.shown.content.get("authentic", ())) < 2

    def head(self) -> dict[str, Any]:
        """Title, which language and edition it is, whether it is the original."""
        shown, wording = self.shown, self.wording
        name = tag("a", autonym(wording.language), href=f"/{shown.path}")
        edition = wording.text("edition", n=wording.number(shown.version.seq))
        taken_back = shown.content["state"] in TAKEN_BACK
        return {
            **self.cell,
            "title": wording.unbroken_dates(title_of(shown)),
            "size": title_size(title_of(shown)),
            "which": joined([tag("strong", name), self._standing()], " · "),
            "edition": joined(
                [tag("a", edition, href=f"/{shown.edition_path}"), shown.office.instant(shown.version.at)], " · "
            ),
            "note": state_note(shown, links=False) if taken_back else None,
        }

    def _standing(self) -> Html:
        """Original or translation; where several languages are equally authentic, that this one is."""
        wording, content = self.wording, self.shown.content
        authentic = content.get("authentic", ())
        if len(authentic) > 1 and content["language"] in authentic:
            return tag("span", wording.label("authentic"), class_="side-original")
        if self.is_original:
            return tag("span", wording.label("beside_original"), class_="side-original")
        unofficial = content.get("translation") == "unofficial"
        return tag("span", wording.label("translation_unofficial" if unofficial else "beside_translation"))

    def facts(self, id_: str) -> dict[str, Any]:
        """Who speaks in a turn, in which role; whether it is behind the original."""
        turn = self.turns.get(id_)
        if turn is None:
            return {**self.cell, "turn": None}
        original = self.wording.label("original") if self.is_marked else None
        return {
            **self.cell,
            "turn": turn,
            "original": original,
            "behind": self.behind(id_),
            "quote": self._quote(turn),
        }

    def _quote(self, turn: Mapping[str, Any]) -> Html:
        """The way to the turn where it can be quoted: on the page of this side's edition, whose address is pinned.

        `quote.js` quotes the words of one page in one language: the fragments that it makes lead back to them on that
        page, and could not be tried here, where the words of another language stand between theirs.
        """
        label = self.wording.label("quote")
        target = f"/{self.shown.edition_path}#{turn['id']}"
        return tag("a", label, class_="side-quote", href=target, aria_label=f"{label} {turn['number']}")

    def behind(self, key: str) -> Html | None:
        """The sentence of what is behind."""
        at = self.late.get(key)
        return self.wording.phrase("beside_behind", instant=self.shown.office.instant(at)) if at else None

    def words(self, blocks: Sequence[Block]) -> dict[str, Any]:
        """Some blocks as they stand."""
        return {**self.cell, "words": blocks_html(blocks, self.erased)}

    def missing(self) -> dict[str, Any]:
        """What stands for a turn that this language does not have."""
        return {**self.cell, "missing": self.wording.label("beside_missing")}


def _record(first: Shown, second: Shown) -> dict[str, Any]:
    """What print says of both: editions and entries, and where the page lies."""
    office = first.office
    lines = [record_lines(first), record_lines(second)]
    path = f"{first.path}beside/{second.content['language'].lower()}/"
    newest = max(first.version.at, second.version.at)
    return {
        "edition": joined([line["edition"] for line in lines], " · "),
        "instant": office.instant(newest),
        "address": left_to_right(f"{office.address.removeprefix('https://')}/{path}"),
        "entry_number": joined([line["entry_number"] for line in lines], " · "),
        "leaf": " · ".join(line["leaf"] for line in lines),
    }


def _turn_pairs(first: _Side, second: _Side) -> Iterator[dict[str, Any]]:
    for id_ in in_order(list(second.turns), list(first.turns)):
        sides = (first, second)
        known = next(side.turns[id_] for side in sides if id_ in side.turns)
        number = first.wording.figures(known["digits"])  # the page's own, whichever side has the turn
        rows: list[tuple[dict[str, Any], dict[str, Any]]] = []
        if all(id_ in side.turns for side in sides):
            found = aligned(units_of(first.blocks[id_]), units_of(second.blocks[id_]))
            rows = [(first.words(a), second.words(b)) for a, b in found]
        else:
            cells = [side.words(side.blocks[id_]) if id_ in side.turns else side.missing() for side in sides]
            rows = [(cells[0], cells[1])]
        yield {
            "id": id_,
            "kind": known["kind"],
            "number": number,
            "label": first.wording.text("turn_number", n=number),
            "facts": [side.facts(id_) for side in sides],
            "rows": rows,
        }


def _passage_pairs(first: _Side, second: _Side) -> Iterator[dict[str, Any]]:
    sides = (first, second)
    for blocks in aligned(*(units_of(_blocks(side.shown.content)) for side in sides)):
        original = next((words for side, words in zip(sides, blocks, strict=True) if side.is_original), [])
        late = [next(filter(None, (side.behind(repr(unit)) for unit in units_of(original))), None) for side in sides]
        cells = [{**side.words(words), "behind": said} for side, words, said in zip(sides, blocks, late, strict=True)]
        yield {"id": None, "rows": [(cells[0], cells[1])]}


def _blocks(content: Content) -> list[Block]:
    return [*content.get("blocks", ()), *(block for turn in content.get("turns", ()) for block in turn["blocks"])]


def units_of(blocks: Sequence[Block]) -> list[list[Block]]:
    """Blocks that stand together: the items of a list, every other block alone."""
    found: list[list[Block]] = []
    for block in blocks:
        if found and _kind(block) == _kind(found[-1][-1]) == "item":
            found[-1].append(block)
        else:
            found.append([block])
    return found


def _kind(block: Block) -> str:
    return str(block["kind"]) if isinstance(block, Mapping) else "paragraph"


def aligned(first: Sequence[list[Block]], second: Sequence[list[Block]]) -> list[tuple[list[Block], list[Block]]]:
    """Passages of two languages set against each other: one by one where both have equally many, else so that lengths
    and kinds fit best, as translators' programs align texts (Gale and Church, 1993)."""
    if len(first) == len(second) or len(first) * len(second) > PAIRS_LIMIT:
        return [(a or [], b or []) for a, b in zip_longest(first, second)]
    if not first or not second:
        return [([block for unit in first for block in unit], [block for unit in second for block in unit])]
    steps = _steps(first, second)
    found = []
    a = b = 0
    while a < len(first) or b < len(second):
        c, d = a + steps[a][b][0], b + steps[a][b][1]
        found.append(([one for unit in first[a:c] for one in unit], [one for unit in second[b:d] for one in unit]))
        a, b = c, d
    return found


MOVES = ((1, 1), (1, 0), (0, 1), (2, 1), (1, 2))


def _steps(first: Sequence[list[Block]], second: Sequence[list[Block]]) -> list[list[tuple[int, int]]]:
    """The best next step from each pair of places."""
    sizes = [[len(plain(unit)) + 1 for unit in side] for side in (first, second)]
    kinds = [[_kind(unit[0]) for unit in side] for side in (first, second)]
    share = sum(sizes[1]) / sum(sizes[0])
    rows, columns = len(first), len(second)
    costs = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    steps = [[(1, 1)] * (columns + 1) for _ in range(rows + 1)]
    for a in reversed(range(rows + 1)):
        for b in reversed(range(columns + 1)):
            moves = [(m, n) for m, n in MOVES if a + m <= rows and b + n <= columns]
            if not moves:
                continue
            costs[a][b], steps[a][b] = min(
                (_cost(sizes, kinds, share, (a, b), (m, n)) + costs[a + m][b + n], (m, n)) for m, n in moves
            )
    return steps


def _cost(
    sizes: Sequence[Sequence[int]],
    kinds: Sequence[Sequence[str]],
    share: float,
    at: tuple[int, int],
    move: tuple[int, int],
) -> float:
    (a, b), (m, n) = at, move
    if not m or not n:
        return ALONE
    long, due = sum(sizes[0][a : a + m]) * share, sum(sizes[1][b : b + n])
    same = set(kinds[0][a : a + m]) == set(kinds[1][b : b + n])
    return abs(long - due) / max(long, due) + (MANY if m + n > 2 else 0) + (0 if same else OTHER_KIND)
