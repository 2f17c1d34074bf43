"""The choice of a sign language, by the names that the desk's language has for them."""

from __future__ import annotations

from typing import Any

from django.forms import Select

from communique.edition.folding import folded
from communique.edition.sign import SIGNS, sign_name
from communique.newsroom.piece_languages import desk_locale, language_name


def named_sign(tag: str) -> str:
    """A sign language's name in the desk's language, at the beginning of a line."""
    locale = desk_locale()
    named = sign_name(tag, str(locale), lambda code: str(locale.territories.get(code, code)), language_name)
    return named[:1].upper() + named[1:]


class SignLanguages(Select):
    """All that are known, in the order of their names."""

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> Any:
        """The choices are made when they are shown: in whichever language that is."""
        named = sorted(((tag, named_sign(tag)) for tag in SIGNS), key=lambda one: folded(one[1]))
        self.choices = [("", "–"), *named]
        return super().optgroups(name, value, attrs)
