"""What the next edition of a message changes of its facts, each in the desk's words: no id and no key of the format."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language, gettext_lazy

from communique.newsroom.comparing import FactChange, said
from communique.newsroom.models import MessagePage
from communique.newsroom.office_now import piece_named
from communique.newsroom.piece_languages import language_name

LABELS = {
    "kind": gettext_lazy("Kind"),
    "section": gettext_lazy("Section"),
    "title": gettext_lazy("Title"),
    "teaser": gettext_lazy("Teaser"),
    "delivered": gettext_lazy("Delivered on"),
    "status": gettext_lazy("Text status"),
    "translation": gettext_lazy("Translation"),
    "authentic": gettext_lazy("Authentic languages"),
    "occasion": gettext_lazy("Occasion"),
    "parties": gettext_lazy("Parties"),
    "pictures": gettext_lazy("Pictures"),
    "recordings": gettext_lazy("Recordings"),
    "files": gettext_lazy("Documents"),
    "source": gettext_lazy("Public before"),
    "state": gettext_lazy("State"),
}

CHOSEN = ("kind", "status", "translation")
"""keys whose value is one of those that the form offers"""
STATES = {
    "current": gettext_lazy("current"),
    "withdrawn": gettext_lazy("withdrawn"),
    "recalled": gettext_lazy("recalled"),
    "removed": gettext_lazy("removed"),
}


def facts_changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[FactChange]:
    """The facts of a message's open content that differ, files by their words."""
    pairs = ((key, _in_words(key, before.get(key)), _in_words(key, after.get(key))) for key in LABELS)
    return [FactChange(str(LABELS[key]), old, new) for key, old, new in pairs if old != new]


def _in_words(key: str, value: Any) -> str:
    if not value:
        return said(value)
    if key in CHOSEN:
        choices = dict(MessagePage._meta.get_field(key).flatchoices)
        return str(choices.get(value, value))
    if key == "section":
        return piece_named(value, get_language() or "en")
    if key == "authentic":
        return "; ".join(language_name(tag) for tag in value)
    return str(STATES.get(value, value)) if key == "state" else said(value)
