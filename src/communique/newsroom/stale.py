"""The translations at the desk that are behind their originals, and in what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import F
from django.utils.translation import gettext as _

from communique.newsroom.access import visible
from communique.newsroom.models import MessagePage
from communique.newsroom.translating import SPEAKERS, TITLE, WHOLE, followed_of, stale_turns

BEGINNING_LETTERS = 400


class Stale(NamedTuple):
    """A language version and the turns of it that the original has left behind."""

    page: MessagePage
    turns: tuple[str, ...]


def stale_versions(user: Any) -> list[Stale]:
    """The visible translations at the desk that are behind their originals."""
    found = []
    translated = MessagePage.objects.exclude(language=F("original"))
    rows = visible(translated, user).order_by("-latest_revision_created_at")
    for row in rows:
        source = row.source_version()
        turns = stale_turns(row.get_latest_revision_as_object(), source) if source else ()
        if turns:
            found.append(Stale(row, turns))
    return found


class LeftBehind(NamedTuple):
    """One thing in which the original has gone on: its name, and what both say now."""

    id: str
    name: str
    original: str
    own: str
    hash: str
    """of what the original says, as it was shown"""


def left_behind(page: MessagePage, source: MessagePage | None) -> list[LeftBehind]:
    """What of a translation is stale, with both texts, so that somebody can say whether it follows again."""
    if source is None:
        return []
    now = followed_of(source)
    return [
        LeftBehind(id_, stale_name(id_), _said(source, id_), _said(page, id_), now[id_])
        for id_ in stale_turns(page, source)
    ]


def stale_name(id_: str) -> str:
    """What is stale, in words."""
    names = {WHOLE: _("The text"), TITLE: _("Title and teaser"), SPEAKERS: _("Names and roles of the speakers")}
    return names.get(id_) or _("Turn %(n)s") % {"n": id_.lstrip("t")}


def _said(page: MessagePage, id_: str) -> str:
    words: dict[str, Any] = page.words or {}
    if id_ == TITLE:
        return " · ".join(filter(None, (page.title, page.teaser)))
    if id_ == SPEAKERS:
        return "; ".join(_told(one) for one in words.get("speakers", ()))
    if id_ == WHOLE:
        return _beginning(words.get("blocks", ()))
    turn: dict[str, Any] = next((one for one in words.get("turns", ()) if one["id"] == id_), {})
    who = words["speakers"][turn["speaker"]]["name"] if "speaker" in turn else ""
    asked = [turn.get("questioner", ""), turn.get("outlet", ""), turn.get("topic", "")]
    return " · ".join(filter(None, (who, *asked, _beginning(turn.get("blocks", ())))))


def _told(speaker: Mapping[str, str]) -> str:
    return ", ".join(speaker[key] for key in ("name", "role") if speaker.get(key))


def _beginning(blocks: Sequence[Any]) -> str:
    lines = [block if isinstance(block, str) else block.get("text", "") for block in blocks]
    words = " ".join(line for line in lines if line)
    return words if len(words) <= BEGINNING_LETTERS else words[:BEGINNING_LETTERS].rpartition(" ")[0] + " …"
