"""What of a text can be spoken of by itself: its turns, or its paragraphs where it has none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from communique.edition.comparing import lines_of
from communique.newsroom.translating import followed, hash_of


class Place(NamedTuple):
    """A turn or a paragraph."""

    id: str
    """t7; b3 of the third paragraph"""
    hash: str
    """of its words, and of who says them"""
    kind: str
    """question, answer, remark, note; empty of a paragraph"""
    who: str
    lines: tuple[str, ...]

    @property
    def number(self) -> str:
        """7 of t7."""
        return self.id[1:]

    @property
    def name(self) -> str:
        """What it is called."""
        said = _("Turn %(n)s") if self.id.startswith("t") else _("Paragraph %(n)s")
        return said % {"n": self.number}


def places_of(page: Any) -> list[Place]:
    """The turns or paragraphs of a page; none of a piece of furniture."""
    return places_in(getattr(page, "words", None) or {})


def places_in(words: Mapping[str, Any]) -> list[Place]:
    """The turns or paragraphs of words."""
    if "turns" in words:
        hashes = followed(words)
        return [_turn(turn, words, hashes[turn["id"]]) for turn in words["turns"]]
    blocks = enumerate(words.get("blocks", ()), start=1)
    return [Place(f"b{number}", hash_of(block), "", "", tuple(lines_of([block]))) for number, block in blocks]


def _turn(turn: Mapping[str, Any], words: Mapping[str, Any], hash_: str) -> Place:
    speaker = words["speakers"][turn["speaker"]]["name"] if "speaker" in turn else ""
    asked = [turn.get("questioner", ""), turn.get("outlet", "")]
    who = ", ".join(filter(None, (speaker, *asked))) or turn.get("mark", "")
    return Place(turn["id"], hash_, turn["kind"], who, tuple(lines_of(turn.get("blocks", ()))))
