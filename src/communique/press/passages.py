"""The words of a person as her dated pages show them: each turn of hers, and in short what was asked before an answer.

The words of a turn stand as one text, up to the first that the law took. As many are shown as the page has room for:
whole, or their beginnings, or the beginnings of the first few in each message; a link leads to each turn that is left
out, or to the first of them where even the links would be too many. Of a text without turns its beginning is shown.

All weights are bytes of UTF-8 as they are on the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from communique.press.acts import turns_in
from communique.press.blocks import plain
from communique.press.markup import html
from communique.press.teaser import shortened

PAGE_LIMIT_BYTES = 59_000
TEXT_LIMIT_BYTES = 600
"""of a text without turns, which is nobody's answer: its beginning"""
ASKED_LIMIT_BYTES = 240
ROW_BYTES, PASSAGE_BYTES, MORE_BYTES, LINK_BYTES = 40, 150, 120, 90
"""what the elements of a row's passages, of one of them, of the line of links and of a link in it weigh beside words
and paths"""
WHOLE = 10**9
STEPS = (
    (WHOLE, WHOLE, WHOLE),
    (24, 1200, WHOLE),
    (12, 600, WHOLE),
    (6, 300, WHOLE),
    (4, 240, 1),
    (2, 180, 1),
    (1, 120, 0),
)
"""how many passages of a message, how much of each, and how many links to those that are left out; where the last is
too much, the newest messages have words and the others say how many passages they have"""


Key = tuple[bool, str]
"""whether questions are meant, and the id of a message"""

_BLANKS = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True)
class Passage:
    """A turn: its id ("" of a text without turns), its number, its words ("" when erased), what was asked before."""

    turn: str
    number: int
    words: str
    asked: str | None = None


@dataclass(frozen=True)
class Passages:
    """What of a message is shown, and which turns are named besides."""

    shown: tuple[Passage, ...] = ()
    more: tuple[Passage, ...] = ()


def passages_in(content: Mapping[str, Any], people: Iterable[str], questions: bool) -> tuple[Passage, ...]:
    """What persons, who are one, say in a message, or ask there."""
    if content.get("title") is None or content["state"] == "removed":
        return ()
    if "turns" not in content:
        words = shortened(_words(content.get("blocks", ())), TEXT_LIMIT_BYTES)
        return (Passage("", 0, words),) if words and not questions else ()
    places = {turn["id"]: place for place, turn in enumerate(content["turns"])}
    found: list[Passage] = []
    before = None
    for turn in turns_in(content, people):
        if (turn["kind"] == "question") != questions:
            continue
        asked = _asked_before(content["turns"], places[turn["id"]])
        words = _words(asked["blocks"]) if asked and asked is not before else None
        before = asked
        found.append(Passage(turn["id"], number_of(turn, places[turn["id"]] + 1), _words(turn["blocks"]), words))
    return tuple(found)


def number_of(turn: Mapping[str, Any], place: int) -> int:
    """A turn's number is that of its id, which corrections never change."""
    digits = turn["id"][1:]
    return int(digits) if digits.isdigit() else place


def fitted(said: Mapping[Key, tuple[Passage, ...]], paths: Mapping[Key, str], room: int) -> dict[Key, Passages]:
    """What of all passages is shown on a page that has room for so many bytes; `paths` are their messages' own."""
    found: dict[Key, Passages] = {}
    for most, limit, links in STEPS:
        found = {key: _cut(passages, most, limit, links) for key, passages in said.items()}
        if sum(_weight(one, paths[key]) for key, one in found.items()) <= room:
            break
    kept: dict[Key, Passages] = {}
    for key, one in found.items():
        room -= _weight(one, paths[key])
        if room < 0:
            break
        if one.shown:
            kept[key] = one
    return kept


def _cut(passages: Sequence[Passage], most: int, limit: int, links: int) -> Passages:
    shown = (
        replace(one, words=shortened(one.words, limit) or "", asked=shortened(one.asked, min(limit, ASKED_LIMIT_BYTES)))
        for one in passages[:most]
    )
    return Passages(tuple(shown), tuple(passages[most : most + links]))


def _weight(one: Passages, path: str) -> int:
    if not one.shown:
        return 0
    words = sum(_bytes(text) for passage in one.shown for text in (passage.words, passage.asked or ""))
    passages = len(one.shown) * (PASSAGE_BYTES + _bytes(path))
    links = MORE_BYTES + len(one.more) * (LINK_BYTES + _bytes(path)) if one.more else 0
    return ROW_BYTES + words + passages + links


def _bytes(text: str) -> int:
    return len(html(text).encode())


def _words(blocks: Iterable[Any]) -> str:
    """Words as one text, to the first that the law took, where an ellipsis stands; "" where it took the first."""
    kept: list[str] = []
    for block in blocks:
        if block is None or (not isinstance(block, str) and "rows" not in block and block.get("text") is None):
            return f"{_one_line(kept)} …" if kept else ""
        kept.append(plain([block]))
    return _one_line(kept)


def _one_line(texts: Iterable[str]) -> str:
    """Texts as one line; blanks that hold words together stay."""
    return _BLANKS.sub(" ", " ".join(texts)).strip(" ")


def _asked_before(turns: Sequence[Mapping[str, Any]], place: int) -> Mapping[str, Any] | None:
    """The question that an answer is to."""
    if turns[place]["kind"] != "answer":
        return None
    return next((turn for turn in reversed(turns[:place]) if turn["kind"] == "question"), None)
