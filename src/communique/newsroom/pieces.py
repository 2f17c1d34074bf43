"""Pieces of furniture as somebody edits them: a skeleton, a name for lists, and content that the record takes.

new_piece("clock", ["en", "fr"])       the content with which a new piece begins
piece_name(content, "en")              what a list at the desk calls it
form_of("clock", office)               which fields there are, from `edition.furniture.PIECES`
typed(content), content_of(typed)      content as the form holds it, and back
checked(content, office)               content that the record takes, or WrongPiece with a sentence at each place
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from communique.edition.furniture import PIECES
from communique.edition.shape import Constant
from communique.newsroom.piece_check import WrongPiece, checked
from communique.newsroom.piece_content import content_of, typed
from communique.newsroom.piece_form import Content, OfficeNow, form_of
from communique.newsroom.piece_languages import day_in_words, in_words
from communique.newsroom.piece_words import sort_name

__all__ = ["OfficeNow", "WrongPiece", "checked", "content_of", "form_of", "new_piece", "piece_name", "typed"]

NAME_LENGTH = 90
"""characters of a piece's name in a list"""


def new_piece(sort: str, languages: Sequence[str]) -> Content:
    """The content with which a new piece begins. Raises KeyError for a sort that is not known."""
    begins: dict[str, Content] = {
        "office": {"languages": list(languages), "dates": "d MMMM y"},
        "featured": {"messages": []},
        "latest": {"count": 5, "teasers": True},
    }
    of_shape = PIECES[sort]
    constants = {key: shape.value for key, shape in of_shape.must.items() if isinstance(shape, Constant)}
    return {**constants, "state": "current", "order": 0, **begins.get(sort, {})}


def piece_name(content: Mapping[str, Any], language: str) -> str:
    """What a list at the desk calls a piece; never empty."""
    sort = str(content["piece"])
    if sort == "redirect":
        found = _redirect_name(content)
    else:
        words = next((content[key] for key in ("name", "title", "text", "city", "label") if content.get(key)), None)
        found = in_words(words if sort != "counter" else _general_forms(content), language)
    if found and sort in ("closure", "event"):
        found = f"{found}, {day_in_words(content.get('on'))}".removesuffix(", ")
    found = " ".join(found.split())
    if len(found) > NAME_LENGTH:
        found = found[: NAME_LENGTH - 1].rsplit(" ", 1)[0] + "…"
    return found or sort_name(sort)


def _redirect_name(content: Mapping[str, Any]) -> str:
    source, target = content.get("from"), content.get("to")
    if not source:
        return ""
    shown = target if not target or "://" in target else f"/{target.lstrip('/')}"
    return f"/{source.lstrip('/')} → {shown or '410'}"


def _general_forms(content: Mapping[str, Any]) -> dict[str, str]:
    sentences = content.get("sentence") or {}
    return {tag: forms["other"].replace("#", "…") for tag, forms in sentences.items() if forms.get("other")}
