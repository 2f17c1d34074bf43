"""What would make a message easier to read, and the check of its links, on a message's screens."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext as _

from communique.newsroom.hints import Hint
from communique.newsroom.hints_of import hints_of as found_of
from communique.newsroom.hints_of import links_of
from communique.newsroom.words import checked

register = template.Library()


@register.inclusion_tag("newsroom/hints.html")
def hints_of(page: Any, standing: str) -> dict[str, Any]:
    """Hints as long as the text can still change, and how many links can be checked; nothing for furniture."""
    if not hasattr(page, "words"):
        return {}
    words = checked(page.words or {"blocks": [], "next": 1})
    found = found_of(page) if standing in ("draft", "returned", "submitted") else []
    return {"found": [_told(hint) for hint in found], "links": len(links_of(page, words)), "page": page}


def _told(hint: Hint) -> str:
    """A hint with the turn that it is about."""
    if not hint.turn:
        return hint.sentence
    return _("Turn {n}: {text}").format(n=hint.turn.removeprefix("t"), text=hint.sentence)
