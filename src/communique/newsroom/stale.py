"""The translations at the desk that are behind their originals."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import F

from communique.newsroom.access import visible
from communique.newsroom.models import MessagePage
from communique.newsroom.translating import stale_turns


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
