"""What would make a message easier to read, and the check of its links, on its screens; on a piece's, its own hints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import gettext as _

from communique.newsroom.hints import Hint
from communique.newsroom.hints_of import hints_of as found_of
from communique.newsroom.hints_of import links_of
from communique.newsroom.piece_hints import hints_of_piece
from communique.newsroom.words import checked

register = template.Library()


@register.inclusion_tag("newsroom/hints.html", takes_context=True)
def hints_of(context: Mapping[str, Any], page: Any, standing: str) -> dict[str, Any]:
    """Hints as long as it can still change, and how many links can be checked."""
    changes = standing in ("draft", "returned", "submitted")
    if not hasattr(page, "words"):
        return {"of_piece": hints_of_piece(page, context["request"].user) if changes else []}
    words = checked(page.words or {"blocks": [], "next": 1})
    found = found_of(page) if changes else []
    return {"found": [_told(hint) for hint in found], "links": len(links_of(page, words)), "page": page}


def _told(hint: Hint) -> str:
    """A hint with the turn that it is about."""
    if not hint.turn:
        return hint.sentence
    return _("Turn {n}: {text}").format(n=hint.turn.removeprefix("t"), text=hint.sentence)
