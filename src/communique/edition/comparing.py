"""What differs between two texts: which lines, and which words in them; and which of the things in a row were moved.

    compared("On Monday, at ten.", "On Friday, at ten.")
        ->  same "On ", struck "Monday", added "Friday", same ", at ten."

A word is letters, digits and the marks on them; a sign of punctuation is a word of its own, and of scripts that set no
blanks between words (Chinese, Japanese, Thai, Lao, Khmer, Burmese) each sign with the marks on it. Every character of
both texts is in the stretches: struck and same ones make the first text, added and same ones the second. What two
changes have between them and says nothing (a comma, a blank, one sign of such a script) is part of the change, and two
lines that share next to nothing are struck and added whole, because nobody can read what is left of them.

Lines are compared whole first, so that a long text costs little; those that differ are paired with what they are most
like. The cost is bounded: texts that repeat themselves so often that comparing them is dear count as rewritten.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

ERASED = "\x00"
"""stands for words that were erased by law; no canonical text has this character"""

MATCHES_LIMIT = 300_000
"""pairs of equal words that a comparison may weigh: a paragraph of some thousand words rewritten from end to end"""
PAIRS_LIMIT = 40_000
"""pairs of lines of which each may be the other as it was"""
LIKE = 0.4
"""share of common words above which a line among several is another as it was"""
READABLE = 0.25
"""share of common words below which a line is rewritten"""

_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)
_RUNS = re.compile(r"[A-Za-z0-9\u00c0-\u00d6\u0400-\u0481\u0621-\u063a\u0641-\u064a]+|\s+|.", re.DOTALL)
"""letters in a row, for speed; every other character alone"""
_LEADING_VOWELS = frozenset("เแโใไເແໂໃໄ")
"""written before the consonant after which they are spoken"""
_IN_WORDS = frozenset("'’ʼ׳״·")
_IN_NUMBERS = frozenset(".,:٫٬/")

Step = tuple[bool, int, int, int, int]
"""whether it is the same, and from where to where in both"""


@dataclass(frozen=True)
class Stretch:
    """Words in a row: `sort` is same, struck or added."""

    sort: str
    text: str


@dataclass(frozen=True)
class Line:
    """A line of one text, of the other, or of both: `sort` is struck, added or both."""

    sort: str
    words: tuple[Stretch, ...]

    @property
    def changed(self) -> bool:
        """Whether it is not in both as it is."""
        return self.sort != "both" or any(stretch.sort != "same" for stretch in self.words)


def compared_lines(before: Sequence[str], after: Sequence[str]) -> list[Line]:
    """The lines of two texts, those of `after` in their order, a struck one where it stood."""
    found: list[Line] = []
    for same, a, b, c, d in _steps(before, after):
        if same:
            found += [Line("both", (Stretch("same", line),)) for line in before[a:b]]
            continue
        for old, new in _paired(before[a:b], after[c:d]):
            if old is None or new is None:
                sort, line = ("added", new) if old is None else ("struck", old)
                found.append(Line(sort, (Stretch(sort, line or ""),)))
            else:
                found.append(Line("both", compared(old, new)))
    return found


def compared(before: str, after: str) -> tuple[Stretch, ...]:
    """The words of two lines in their order, what was struck before what was added in its place."""
    old, new = words_of(before), words_of(after)
    steps = _readable(_steps([word for word, _ in old], [word for word, _ in new]), old, new)
    made: list[Stretch] = []
    behind = ("", "")
    for same, a, b, c, d in steps:
        if not same:
            struck, added = ("".join(map("".join, words)) for words in (old[a:b], new[c:d]))
            _replace(made, behind[0] + struck, behind[1] + added)
            behind = ("", "")
            continue
        for (word, blank), (_, other) in zip(old[a:b], new[c:d], strict=True):
            _replace(made, *behind)
            _add(made, "same", word)
            behind = (blank, other)  # where it is not the same it belongs to the change that follows
        if behind[0] == behind[1]:
            _replace(made, *behind)
            behind = ("", "")
    _replace(made, *behind)
    return tuple(made)


def lines_of(blocks: Sequence[Any]) -> list[str]:
    """The words of blocks, a line each; a table's row is one, its cells divided by a bar."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Mapping):
            if block.get("text") is not None or "rows" not in block:
                lines.append(_known(block.get("text")))
            lines += [" | ".join(map(_known, row)) for row in block.get("rows", ())]
        else:
            lines.append(_known(block))
    return lines


def _known(text: str | None) -> str:
    return ERASED if text is None else text


def moved(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """The fewest ids whose moving explains the new order: those outside the longest run that kept its own."""
    place = {id_: number for number, id_ in enumerate(old)}
    common = [id_ for id_ in new if id_ in place]
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, id_ in enumerate(common):
        at = bisect_left(ends, place[id_])
        before.append(last[at - 1] if at else -1)
        ends[at : at + 1] = [place[id_]]
        last[at : at + 1] = [number]
    kept, number = set(), last[-1] if last else -1
    while number >= 0:
        kept.add(common[number])
        number = before[number]
    return set(common) - kept


def in_order(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """All ids: the new ones in order, each that is not among them behind the kept one that it followed."""
    kept = set(new)
    behind: dict[str | None, list[str]] = {}
    last = None
    for id_ in old:
        if id_ in kept:
            last = id_
        else:
            behind.setdefault(last, []).append(id_)
    yield from behind.get(None, ())
    for id_ in new:
        yield id_
        yield from behind.get(id_, ())


# Words


def words_of(text: str) -> list[tuple[str, str]]:
    """The words of a text, each with the blanks behind it; blanks at the very beginning follow an empty word."""
    found: list[list[str]] = []
    before = ""
    for match in _RUNS.finditer(text):
        sign = match[0]
        kind = _kind(sign[0])
        if kind == "sign" and _is_inside(text, match.start()):
            kind = "word"
        if kind == "blank":
            if not found:
                found.append(["", ""])
            found[-1][1] += sign
        elif found and not found[-1][1] and _joins(before, kind, found[-1][0]):
            found[-1][0] += sign
        else:
            found.append([sign, ""])
        before = before if kind == "mark" and before else kind
    return [(word, blank) for word, blank in found]


@lru_cache(maxsize=4096)
def _kind(sign: str) -> str:
    if sign.isspace():
        return "blank"
    category = unicodedata.category(sign)
    if category[0] == "M" or sign in "\u200c\u200d":
        return "mark"
    if category[0] in "LN":
        return "unspaced" if category != "Nd" and _UNSPACED.match(sign) else "word"
    return "sign"


def _is_inside(text: str, place: int) -> bool:
    """Whether a sign stands inside a word or a number: the apostrophe of "l'eau", the comma of "1,200"."""
    around = text[place - 1 : place] + text[place + 1 : place + 2]
    if len(around) < 2:
        return False
    return (text[place] in _IN_WORDS and around.isalnum()) or (text[place] in _IN_NUMBERS and around.isdigit())


def _joins(before: str, kind: str, word: str) -> bool:
    """Whether a character goes on with the word before it."""
    if kind == "mark" or (kind == before == "word"):
        return True
    return kind == "unspaced" and word[-1:] in _LEADING_VOWELS


# What is the same


def _steps(old: Sequence[str], new: Sequence[str]) -> list[Step]:
    """What both have in the same order, and what lies between."""
    start = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    rest = min(len(old), len(new)) - start
    end = next((n for n in range(rest) if old[-1 - n] != new[-1 - n]), rest)
    inner_old, inner_new = old[start : len(old) - end], new[start : len(new) - end]
    steps: list[Step] = [(True, 0, start, 0, start)] if start else []
    steps += [(same, a + start, b + start, c + start, d + start) for same, a, b, c, d in _inner(inner_old, inner_new)]
    if end:
        steps.append((True, len(old) - end, len(old), len(new) - end, len(new)))
    return steps


def _inner(old: Sequence[str], new: Sequence[str]) -> list[Step]:
    if not old and not new:
        return []
    counted = Counter(new)
    if sum(counted[one] for one in old) > MATCHES_LIMIT:
        return [(False, 0, len(old), 0, len(new))]
    found = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(sort == "equal", a, b, c, d) for sort, a, b, c, d in found]


def _readable(steps: list[Step], old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]) -> list[Step]:
    """The steps without the little that is the same between two changes; one change where little is the same."""
    made: list[Step] = []
    for number, (same, a, b, c, d) in enumerate(steps):
        between = 0 < number < len(steps) - 1
        same = same and not (between and _says_nothing([word for word, _ in old[a:b]]))
        if made and made[-1][0] is same is False:
            made[-1] = (False, made[-1][1], b, made[-1][3], d)
        else:
            made.append((same, a, b, c, d))
    if len(made) > 1 and _likeness(made, old, new) < READABLE:
        return [(False, 0, len(old), 0, len(new))]
    return made


def _says_nothing(words: Sequence[str]) -> bool:
    telling = [word for word in words if any(sign.isalnum() for sign in word)]
    return not telling or (len(telling) == 1 and bool(_UNSPACED.match(telling[0])))


def _likeness(steps: Sequence[Step], old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]) -> float:
    """How much of the characters of words stands in both, from 0 to 1."""
    same = sum(len(word) for is_same, a, b, _, _ in steps if is_same for word, _ in old[a:b])
    return 2 * same / max(1, sum(len(word) for word, _ in (*old, *new)))


def _replace(made: list[Stretch], old: str, new: str) -> None:
    """What stood and what stands in its place; the blanks at the end of both are the same."""
    if old == new:
        _add(made, "same", old)
        return
    blank = old[len(old.rstrip()) :]
    shared = blank if blank == new[len(new.rstrip()) :] else ""
    _add(made, "struck", old[: len(old) - len(shared)])
    _add(made, "added", new[: len(new) - len(shared)])
    _add(made, "same", shared)


def _add(made: list[Stretch], sort: str, text: str) -> None:
    if text and made and made[-1].sort == sort:
        made[-1] = Stretch(sort, made[-1].text + text)
    elif text:
        made.append(Stretch(sort, text))


# Which line is which


def _paired(old: Sequence[str], new: Sequence[str]) -> list[tuple[str | None, str | None]]:
    """Lines of both in their order, each with the one that it is most like, if with any."""
    if len(old) == len(new) == 1 and ERASED not in (old[0], new[0]):
        return [(old[0], new[0])]
    if not old or not new or len(old) * len(new) > PAIRS_LIMIT:
        return _side_by_side(old, new)
    counted = [Counter(word for word, _ in words_of(line)) for line in (*old, *new)]
    if len(old) == len(new) and all(map(_share, counted, counted[len(old) :])):
        return list(zip(old, new, strict=True))
    like = [[_share(a, b) for b in counted[len(old) :]] for a in counted[: len(old)]]
    return [(None if a is None else old[a], None if b is None else new[b]) for a, b in _best(like, len(old), len(new))]


def _side_by_side(old: Sequence[str], new: Sequence[str]) -> list[tuple[str | None, str | None]]:
    both = min(len(old), len(new))
    pairs: list[tuple[str | None, str | None]] = list(zip(old, new, strict=False))
    return [*pairs, *((line, None) for line in old[both:]), *((None, line) for line in new[both:])]


def _share(old: Counter[str], new: Counter[str]) -> float:
    """The share of words that two lines have in common; 0 where it is too small to call one the other."""
    share = 2 * (old & new).total() / max(1, old.total() + new.total())
    return share if share >= LIKE else 0.0


def _best(like: list[list[float]], rows: int, columns: int) -> list[tuple[int | None, int | None]]:
    """The pairs in order of which the sum is greatest."""
    sums = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for a in reversed(range(rows)):
        for b in reversed(range(columns)):
            pair = like[a][b] + sums[a + 1][b + 1] if like[a][b] else 0.0
            sums[a][b] = max(pair, sums[a + 1][b], sums[a][b + 1])
    found: list[tuple[int | None, int | None]] = []
    a = b = 0
    while a < rows or b < columns:
        if a < rows and b < columns and like[a][b] and sums[a][b] == like[a][b] + sums[a + 1][b + 1]:
            found.append((a, b))
            a, b = a + 1, b + 1
        elif a < rows and (b == columns or sums[a][b] == sums[a + 1][b]):
            found.append((a, None))
            a += 1
        else:
            found.append((None, b))
            b += 1
    return found
