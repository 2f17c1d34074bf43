"""The words of a passage that come nearest to quoted words, and what differs: for somebody who wonders why not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from communique.edition.comparing import Stretch, compared
from communique.edition.quoted import INVISIBLE, OMISSION, Span, said_in, words

LIKE = 0.4
"""share of the quoted words that a passage has in the same order; below it nothing is near"""
WORDS_LIMIT = 2_000
"""words of a quotation that are looked for"""

_MORE_CHARACTERS = 60
_MORE_WORDS = 2
_SENTENCE = re.compile(r"[.!?…؟।]\s+|[。！？\n]\s*")


@dataclass(frozen=True)
class Nearest:
    """Where in the passage, how much of the words is there, and the words (struck) against the record's (added)."""

    span: Span
    share: float
    compared: tuple[Stretch, ...]


def nearest_in(text: str, quote: str) -> Nearest | None:
    """The stretch of a passage nearest to a quotation; None where too little is like it."""
    told = " ".join(INVISIBLE.sub("", OMISSION.sub(" ", quote)).split()).strip(" '\"“”„«»‘’「」")
    sought = words(told)[:WORDS_LIMIT]
    there = _placed(text)
    if not sought or not there:
        return None
    matcher = SequenceMatcher(None, sought, [word for word, _, _ in there], autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    share = sum(block.size for block in blocks) / len(sought)
    if share < LIKE:
        return None
    before, after = blocks[0].a, len(sought) - blocks[-1].a - blocks[-1].size
    first = there[max(blocks[0].b - before, 0)][1]
    last = there[min(blocks[-1].b + blocks[-1].size + after, len(there)) - 1][2]
    first, last = _to_sentence(text, first, last, bool(before), bool(after))
    if last < len(text) and told[-1:] == text[last]:
        last += 1
    found = _compared(told, text[first:last])
    if all(one.sort == "same" for one in found):
        first, last = _to_what_was_cut(text, quote, first, last, there)
        found = _compared(told, text[first:last])
    return Nearest((first, last), share, found)


def _compared(told: str, passage: str) -> tuple[Stretch, ...]:
    return compared(told, INVISIBLE.sub("", passage).replace("\n", " ").replace("\t", " "))


def _to_what_was_cut(text: str, quote: str, first: int, last: int, there: list[tuple[str, int, int]]) -> Span:
    """Of words that stand as they are but may not be cut so: with what belongs to them, a negation or half a word."""
    begins, ends = (said_in(part, quote) is not None for part in (text[first:], text[:last]))
    before = [] if ends else [start for _, start, _ in there if start < first][-_MORE_WORDS:]
    after = [] if begins else [end for _, _, end in there if end > last][:_MORE_WORDS]
    return min(before, default=first), max(after, default=last)


def _to_sentence(text: str, first: int, last: int, begin: bool, end: bool) -> Span:
    """Where the beginning or the end differs, as much of its sentence as makes the difference understood."""
    if begin:
        start = max((match.end() for match in _SENTENCE.finditer(text, 0, first)), default=0)
        first = start if first - start <= _MORE_CHARACTERS else first
    if end:
        match = _SENTENCE.search(text, max(last - 1, 0))
        stop = match.start() + 1 if match else len(text)
        last = max(last, stop) if stop - last <= _MORE_CHARACTERS else last
    return first, last


def _placed(text: str) -> list[tuple[str, int, int]]:
    """The words of a text with where they begin and end."""
    found: list[tuple[str, int, int]] = []
    at = 0
    for word in words(text):
        first = text.index(word, at)
        at = first + len(word)
        found.append((word, first, at))
    return found
