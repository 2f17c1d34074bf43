"""Gaps of a text: words in brackets, such as [name of the person], that somebody must replace before it is submitted.

Only the gaps of the standing text from which a message began count: an interview may well say "[laughter]".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from communique.newsroom.standing.models import Beginning, StandingText

GAP = re.compile(r"\[[^\[\]\n]{2,80}\]")


def gaps_of(text: StandingText) -> list[str]:
    """The gaps of a standing text, each once, in their order."""
    passages = [text.title, *(said for _where, said in passages_of(text.words or {}))]
    return list(dict.fromkeys(gap for said in passages for gap in GAP.findall(said)))


def passages_of(words: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(turn id or "", text) of everything that a words value says."""
    for turn in words.get("turns", ()):
        yield from ((turn["id"], turn[key]) for key in ("questioner", "outlet", "topic") if turn.get(key))
        yield from ((turn["id"], said) for said in _texts(turn.get("blocks", ())))
    yield from (("", said) for said in _texts(words.get("blocks", ())))
    for speaker in words.get("speakers", ()):
        yield from (("", speaker[key]) for key in ("name", "role") if speaker.get(key))


def _texts(blocks: Any) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, str):
            yield block
        elif block.get("kind") == "table":
            yield from (cell for row in block["rows"] for cell in row)
        else:
            yield block.get("text") or ""


def gap_faults(page: Any) -> Iterator[tuple[str, str]]:
    """(field, sentence) of each gap that is still there."""
    begun = Beginning.objects.filter(page_id=page.pk).first() if page.pk else None
    for gap in begun.gaps if begun else ():
        if gap in page.title:
            yield "title", _("The title still has a gap, %(gap)s: fill it or take it out.") % {"gap": gap}
        found = dict.fromkeys(where for where, said in passages_of(page.words or {}) if gap in said)
        yield from (("words", _sentence(where, gap)) for where in found)


def _sentence(turn: str, gap: str) -> str:
    if turn:
        says = _("Turn %(n)s still has a gap, %(gap)s: fill it or take it out.")
        return says % {"n": turn.removeprefix("t"), "gap": gap}
    return _("The text still has a gap, %(gap)s: fill it or take it out.") % {"gap": gap}
