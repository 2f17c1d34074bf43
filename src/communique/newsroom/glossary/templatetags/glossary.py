"""What the glossary warns of, on a message's screens."""

from __future__ import annotations

from typing import Any

from django import template

from communique.newsroom.glossary.warning import warnings

register = template.Library()


@register.inclusion_tag("newsroom/glossary/warnings.html")
def glossary_warnings(page: Any) -> dict[str, Any]:
    """Forms in a message that are usually written otherwise here; nothing for a piece of furniture."""
    if not hasattr(page, "words"):
        return {"found": []}
    return {"found": warnings(page.words or {}, page.language, page.title, page.teaser)}
