"""Where words use a form that the office does not want: warnings, which stop nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from communique.edition.language import plain
from communique.newsroom.glossary.models import Term
from communique.newsroom.standing.gaps import passages_of

BEFORE_A_NAME = r"(?:[وف]?(?:[بكل]|ال|لل|بال|كال)?)?"
"""what Arabic writes in one word with a name: and, so, in, as, for, the"""


def warnings(words: Mapping[str, Any], language: str, title: str = "", teaser: str = "") -> list[str]:
    """A sentence for each form in the words, the title or the teaser that is usually written otherwise here."""
    passages = [("", title), ("", teaser), *passages_of(words)]
    found: dict[str, None] = {}
    for term in Term.objects.order_by("pk"):
        form = term.forms.get(language) or term.forms.get(plain(language)) or {}
        for wrong in form.get("wrong", ()):
            found.update(dict.fromkeys(_found(passages, wrong, form.get("usual", ""))))
    return list(found)


def _found(passages: list[tuple[str, str]], wrong: str, usual: str) -> Iterator[str]:
    """Whole words only; a wrong form inside the usual one is none."""
    pattern = re.compile(rf"(?<!\w){BEFORE_A_NAME}({re.escape(wrong)})(?!\w)", re.IGNORECASE)
    inside = usual and wrong.lower() in usual.lower()
    hidden = re.compile(rf"(?<!\w){BEFORE_A_NAME}{re.escape(usual)}(?!\w)") if inside else None
    for where, said in passages:
        match = pattern.search(hidden.sub("\n", said) if hidden else said)
        if match and match[1] != usual:
            yield _sentence(where, match[1], usual)


def _sentence(turn: str, wrong: str, usual: str) -> str:
    facts = {"wrong": wrong, "usual": usual, "n": turn.removeprefix("t")}
    if not usual:
        return _("“%(wrong)s” is not written here.") % facts
    if turn:
        return _("Turn %(n)s: “%(wrong)s” is usually written “%(usual)s” here.") % facts
    return _("“%(wrong)s” is usually written “%(usual)s” here.") % facts
