"""A person's words on her dated pages: every turn of hers in a message is shown from its beginning, or led to.

Worked out apart from the press: which turns are hers, in which order, what was asked before each answer. How much of
them a page has room for is the press's; so of words that end in an ellipsis only what stands before it is compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from communique.verify.site.acts import hers_on, said_and_asked
from communique.verify.site.blocks import text_of_block
from communique.verify.site.expected import Piece, element, piece
from communique.verify.site.markup import Element
from communique.verify.site.standing import Content, Standing, Version
from communique.verify.site.wording import Wording, Words, joined, said, words_of

LEAST_CUT = 10
"""characters of words that are cut"""

_BLANKS = re.compile(r"[ \t\r\n]+")


def passages_piece(standing: Standing, version: Version, path: str, wording: Wording, found: Element) -> Piece | None:
    """The passages that a row of a person's page must have, as many as `found` has; None on another page."""
    hers = hers_on(standing, path, wording)
    content = version.newest.content
    if not hers or content.get("title") is None or content["state"] == "removed":
        return None
    shown, more = found.find("p", "passage"), found.find("p", "passage-more")
    if "turns" not in content:
        due = _cut(_words(content.get("blocks", ())), _text(shown))
        return _all([piece("words of a text", "p", said(due), class_="passage")])
    turns = _turns_beginning_with(content, hers, shown)
    pieces: list[Piece] = []
    before = None
    for turn, one in zip(turns, shown, strict=False):
        asked = _asked_before(content["turns"], turn)
        if asked is not None and asked is not before:
            words = _cut(_words(asked["blocks"]), _text(_just_before(found, one)))
            pieces.append(piece(f"question before {turn['id']}", "p", said(words), class_="passage-asked"))
        before = asked
        own = one.text.removeprefix(_number(turn, content, wording)).removeprefix(" ")
        due = _cut(_words(turn["blocks"]) or wording.label("passage_erased"), own)
        words_due = words_of(_link(version, turn, content, wording), " ", said(due))
        pieces.append(piece(f"words of {turn['id']}", "p", words_due, class_="passage"))
    rest = turns[len(shown) :]
    if rest and more:  # of a full page each row says how many passages there are, and leads to the first
        named = sum(len(one.find("a")) for one in more)
        links = [_link(version, turn, content, wording) for turn in (rest[:1] if named == 1 else rest)]
        label = wording.phrase("contact_label", label=said(wording.label("more_in_text")))
        pieces.append(piece("turns that are led to", "p", joined([label, *links], " "), class_="passage-more"))
    return _all(pieces)


def _all(pieces: list[Piece]) -> Piece:
    return piece("words of a person", "div", pieces, class_="passages")


def _turns_beginning_with(content: Content, hers: set[str], shown: Sequence[Element]) -> list[Content]:
    """What she asks, if a question of hers is the first that is shown, else what she says."""
    said_here, asked_here = said_and_asked(content, hers)
    first = next((one.attributes.get("href") or "" for p in shown[:1] for one in p.find("a")), "").partition("#")[2]
    return asked_here if any(turn["id"] == first for turn in asked_here) else said_here


def _asked_before(turns: Sequence[Content], turn: Content) -> Content | None:
    if turn["kind"] != "answer":
        return None
    place = next(place for place, one in enumerate(turns) if one["id"] == turn["id"])
    return next((one for one in reversed(turns[:place]) if one["kind"] == "question"), None)


def _just_before(found: Element, one: Element) -> list[Element]:
    place = found.elements.index(one)
    return found.elements[max(0, place - 1) : place]


def _link(version: Version, turn: Content, content: Content, wording: Wording) -> Words:
    number = said(_number(turn, content, wording))
    label = wording.phrase("turn_number", n=number)
    return element("a", number, class_="turn-number", href=f"/{version.address}#{turn['id']}", aria_label=label)


def _number(turn: Content, content: Content, wording: Wording) -> str:
    digits = turn["id"][1:]
    place = next(place for place, one in enumerate(content["turns"], 1) if one["id"] == turn["id"])
    return wording.figures(str(int(digits) if digits.isdigit() else place))


def _cut(due: str, found: str) -> str:
    """The words as far as the page has them: whole, or a beginning that ends in an ellipsis."""
    begun = found.removesuffix("…")
    is_cut = found.endswith("…") and len(begun) >= LEAST_CUT and due.startswith(begun)
    return found if is_cut else due


def _text(found: Iterable[Element]) -> str:
    return "".join(one.text for one in found)


def _words(blocks: Iterable[Any]) -> str:
    """Words as one text, up to the first that the law took."""
    kept: list[str] = []
    for block in blocks:
        is_erased = block is None or (isinstance(block, Mapping) and "rows" not in block and block.get("text") is None)
        if is_erased:
            return f"{_one_line(kept)} …" if kept else ""
        kept.append(text_of_block(block))
    return _one_line(kept)


def _one_line(texts: Iterable[str]) -> str:
    return _BLANKS.sub(" ", " ".join(texts)).strip(" ")
