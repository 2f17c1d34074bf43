"""What the screens of imports say besides what all screens do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import gettext as _

from communique.newsroom.imports.refusals import refused_in_words, why_in_words
from communique.newsroom.templatetags.desk import span

register = template.Library()

MENDED = {name: name for name in ("title", "published", "section", "kind", "language", "event")} | {"turns": "prose"}
"""field -> what its form does"""


@register.filter
def named(names: Mapping[str, Any], key: str) -> Any:
    """The name of a key."""
    return names[key]


@register.filter
def place(number: int) -> str:
    """The id of the place where a paragraph stands."""
    return f"p{number}"


@register.filter
def is_mended(field: str) -> str:
    """What the form of a field does, "" of a field that has none."""
    return MENDED.get(field, "")


@register.filter
def in_words(why: str) -> str:
    """Why words are in no field, in the language of the desk."""
    return _(why)


@register.filter
def refused(row: list[Any]) -> str:
    """Why a page could not be read, and what to do."""
    return refused_in_words(row)


@register.filter
def why(became: Mapping[str, Any]) -> str:
    """Why a page could not go on the record."""
    return why_in_words(became)


@register.filter
def said_span(length_s: float) -> str:
    """A length of time."""
    return span(length_s)
