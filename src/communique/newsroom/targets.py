"""Where the links of a text lead, and what may be answered of each: "works", "moved", "gone" and the like.

A link is a mark in the words (`words.py`) or the address of a recording that lies elsewhere. `targets_inside.py`
answers for those that lead into the office's own site, `targets_outside.py` for those on other machines; letters and
telephone numbers lead to no page and are not asked. Nothing here knows Django. Sentences go through `say`, as in
`words.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from communique.newsroom.words import Say, gettext_noop

NO_BLOCK = -1
PAGES = ("http://", "https://", "/", "#")


class Placed(NamedTuple):
    """A block of a text with where it stands."""

    turn: str
    """its id; "" in a text without turns"""
    number: int
    """of the block among those of its turn, from 0"""
    block: Mapping[str, Any]


class Link(NamedTuple):
    """One link of a text."""

    turn: str
    number: int
    """of its block, NO_BLOCK for what stands in none"""
    words: str
    target: str


class Answer(NamedTuple):
    """What was found at a target: one of SAID, and what its sentence names."""

    sort: str
    where: str = ""

    @property
    def is_well(self) -> bool:
        """Whether nothing needs to be done."""
        return self.sort == "works"


SAID = {
    "works": gettext_noop("works"),
    "moved": gettext_noop("moved to {where}"),
    "gone": gettext_noop("gone ({where})"),
    "unreached": gettext_noop("not reached"),
    "answered": gettext_noop("not reached: its server answered {where}"),
    "untrusted": gettext_noop("not reached: its certificate is not in order"),
    "private": gettext_noop("not asked: it leads to no public server"),
    "unasked": gettext_noop("not asked: too many links for one check"),
    "draft": gettext_noop("leads to a draft, “{where}”: it works once that is public at this address"),
    "nowhere": gettext_noop("leads to nothing on the office’s own site"),
    "desk": gettext_noop("leads to the desk, which readers cannot enter"),
    "no_turn": gettext_noop("leads to a turn that is not in this text"),
}
"""sort of an answer -> the sentence"""


def said(answer: Answer, say: Say = str) -> str:
    """An answer in words."""
    return say(SAID[answer.sort]).format(where=answer.where)


def blocks_in(words: Mapping[str, Any]) -> Iterator[Placed]:
    """Every block of a words value in its normal form, a bare paragraph as an object, too."""
    turns = words.get("turns", ({"id": "", "blocks": words.get("blocks", ())},))
    for turn in turns:
        for number, block in enumerate(turn["blocks"]):
            whole = {"kind": "paragraph", "text": block} if isinstance(block, str) else block
            yield Placed(turn["id"], number, whole)


def links_in(words: Mapping[str, Any]) -> Iterator[Link]:
    """Every link of a words value in its normal form."""
    for turn, number, block in blocks_in(words):
        for start, end, kind, *target in block.get("marks", ()):
            if kind == "link":
                yield Link(turn, number, block["text"][start:end], target[0])


def to_pages(links: Iterable[Link]) -> list[Link]:
    """Those of the links that lead to a page: no letters, no telephone numbers."""
    return [link for link in links if link.target.lower().startswith(PAGES)]
