"""Hints and links of a message's page: `hints.py` and `targets.py`, asked with what a page knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from communique.newsroom.hints import Hint, hints
from communique.newsroom.targets import NO_BLOCK, Link, links_in, to_pages

ASKED = ("sort", "alternative", "caption", "name", "media")


def hints_of(
    page: Any,
    words: Mapping[str, Any] | None = None,
    title: str | None = None,
    attachments: Sequence[Mapping[str, str]] | None = None,
) -> list[Hint]:
    """All hints about a page, or about what stands in its form."""
    return hints(
        (page.words if words is None else words) or {"blocks": [], "next": 1},
        page.language,
        attachments_of(page) if attachments is None else attachments,
        page.title if title is None else title,
        _,
    )


def attachments_of(page: Any) -> list[dict[str, str]]:
    """What hints ask of each file of a page."""
    return [{name: getattr(row, name) or "" for name in ASKED} for row in page.attachments.all()]


def links_of(page: Any, words: Mapping[str, Any]) -> list[Link]:
    """The links that lead to a page: of words in their normal form, and of recordings that lie elsewhere."""
    elsewhere = [row for row in page.attachments.all() if row.sort == "recording" and row.address]
    recordings = [Link("", NO_BLOCK, row.title, row.address.strip()) for row in elsewhere]
    return to_pages([*links_in(words), *recordings])
