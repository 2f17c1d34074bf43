"""Same turns: a document is read again after somebody has mended it, and each turn that was there keeps its id.

First those with exactly the same words, in their order; then those with the same words that were moved; then, between
turns that were found, those that are alike to six tenths, in order, so that the sum of likeness is the greatest. What
is left is new and gets ids from the earlier words' `next` on: an id is never given twice.

    >>> kept_ids(before, after)["turns"][3]["id"]
    't7'
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

LIKE = 0.6
SAME_BEGINNING = 0.25
LIMIT_PIECE = 400
"""turns on either side that are looked at together"""
LIMIT_PAIRS = 4_000
"""pairs of them that are compared word by word: those nearest to each other"""
_SHORT = 200
"""signs: shorter turns are compared sign by sign, others word by word"""

Words = dict[str, Any]


def kept_ids(before: Words, after: Words) -> Words:
    """The later words with the ids of the earlier ones; both stay as they are."""
    old, new = before.get("turns", []), after.get("turns", [])
    used = [int(turn["id"][1:]) for turn in old]
    following = max([before.get("next", 1), *(number + 1 for number in used)])
    same = same_turns(old, new)
    turns = []
    for place, turn in enumerate(new):
        if place in same:
            turns.append({**turn, "id": old[same[place]]["id"]})
        else:
            turns.append({**turn, "id": f"t{following}"})
            following += 1
    told = {"turns": turns} if "turns" in after else {}
    return {**after, **told, "next": following}


def same_turns(old: Sequence[Words], new: Sequence[Words]) -> dict[int, int]:
    """Place of a later turn -> place of the earlier one that it is."""
    before, after = [_said(turn) for turn in old], [_said(turn) for turn in new]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    found = {b + n: a + n for a, b, size in matcher.get_matching_blocks() for n in range(size)}
    _add_moved(before, after, found)
    for earlier, later in _gaps(matcher, found):
        found |= _alike(before, after, earlier, later)
    return found


def _add_moved(before: Sequence[str], after: Sequence[str], found: dict[int, int]) -> None:
    """Turns with the same words in another place, in the order in which they stood."""
    taken = set(found.values())
    waiting: dict[str, list[int]] = {}
    for place in reversed([n for n in range(len(before)) if n not in taken]):
        waiting.setdefault(before[place], []).append(place)
    for place, said in enumerate(after):
        if place not in found and waiting.get(said):
            found[place] = waiting[said].pop()


def _gaps(matcher: SequenceMatcher[str], found: dict[int, int]) -> Iterator[tuple[list[int], list[int]]]:
    """The places on both sides that nobody has taken, between two stretches that are the same."""
    taken = set(found.values())
    for _, a, b, c, d in matcher.get_opcodes():
        earlier = [n for n in range(a, b) if n not in taken]
        later = [n for n in range(c, d) if n not in found]
        if earlier and later:
            yield earlier, later


def _alike(before: Sequence[str], after: Sequence[str], earlier: list[int], later: list[int]) -> dict[int, int]:
    """Pairs in order whose likeness is enough and together the greatest."""
    pieces = max(len(earlier), len(later)) // LIMIT_PIECE + 1
    found: dict[int, int] = {}
    for number in range(pieces):
        a, b = _slice(earlier, number, pieces), _slice(later, number, pieces)
        if a and b:
            found |= _aligned(before, after, a, b)
    return found


def _slice(places: list[int], number: int, pieces: int) -> list[int]:
    return places[len(places) * number // pieces : len(places) * (number + 1) // pieces]


def _aligned(before: Sequence[str], after: Sequence[str], earlier: list[int], later: list[int]) -> dict[int, int]:
    reach = max(LIMIT_PAIRS // len(later), 1)
    shift = len(earlier) / len(later)
    best = [[0.0] * (len(later) + 1) for _ in range(len(earlier) + 1)]
    pairs: set[tuple[int, int]] = set()
    for i in range(len(earlier) - 1, -1, -1):
        for j in range(len(later) - 1, -1, -1):
            near = abs(i - j * shift) * 2 <= reach
            like = _worth(before[earlier[i]], after[later[j]]) if near else 0.0
            apart = max(best[i + 1][j], best[i][j + 1])
            together = best[i + 1][j + 1] + like
            best[i][j] = max(apart, together)
            if like and together >= apart:
                pairs.add((i, j))
    return dict(_path(best, pairs, earlier, later))


def _path(
    best: list[list[float]], pairs: set[tuple[int, int]], earlier: list[int], later: list[int]
) -> Iterator[tuple[int, int]]:
    i = j = 0
    while i < len(earlier) and j < len(later):
        if (i, j) in pairs:
            yield later[j], earlier[i]
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1


def _worth(one: str, other: str) -> float:
    """Likeness, and a little more for the same beginning: of a turn that was split the first half keeps the id."""
    like = likeness(one, other)
    begins = one.startswith(other) or other.startswith(one)
    return like + SAME_BEGINNING if like and begins else like


def likeness(one: str, other: str) -> float:
    """From 0 to 1: how much of two texts is the same, in the same order; 0 where it is less than six tenths."""
    long = max(len(one), len(other)) > _SHORT
    a: Sequence[str] = one.split() if long and " " in one else one[:2_000]
    b: Sequence[str] = other.split() if long and " " in one else other[:2_000]
    if min(len(a), len(b)) * 2 < LIKE * (len(a) + len(b)):
        return 0.0
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    if matcher.quick_ratio() < LIKE:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= LIKE else 0.0


def _said(turn: Words) -> str:
    """The words of a turn; its mark where it has none."""
    blocks = (block if isinstance(block, str) else _text(block) for block in turn["blocks"])
    words = " ".join(" ".join(blocks).split())
    return words or turn.get("mark", "")


def _text(block: Words) -> str:
    rows = " ".join(cell or "" for row in block.get("rows", ()) for cell in row)
    return f"{block.get('text') or ''} {rows}"
