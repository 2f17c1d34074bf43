"""Languages, days and zones as the form of a piece of furniture needs them: CLDR's facts, from Babel."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, get_day_names
from django.utils.translation import get_language

from communique.edition.folding import folded
from communique.edition.furniture import PLURAL_CATEGORIES
from communique.edition.language import is_simple, plain, simple_name

EXAMPLES = 3
"""numbers that show what a plural category is for"""
NO_COUNTRIES = ("EU", "EZ", "QO", "UN", "XA", "XB", "ZZ")
"""what CLDR has two letters for besides"""
_TRIED = (*range(1, 201), 0, 1_000, 10_000, 100_000, 1_000_000)
"""numbers among which examples are looked for; zero last, because it is rarely counted"""


def language_facts(tag: str) -> dict[str, Any]:
    """A language for the form: its own name, direction, plural categories with examples."""
    locale = locale_of(tag)
    native = locale.other_numbering_systems.get("native", "latn") if locale else "latn"
    return {
        "tag": tag,
        "name": own_label(tag),
        "dir": locale.text_direction if locale else "ltr",
        "numerals": native in ("arab", "arabext"),
        "categories": [{"category": name, "numbers": plural_examples(tag, name)} for name in plural_categories(tag)],
    }


def plural_categories(tag: str) -> tuple[str, ...]:
    """The plural categories of a language by CLDR, in CLDR's order, `other` last."""
    locale = locale_of(tag)
    known = {*(locale.plural_form.tags if locale else ()), "other"}
    return tuple(category for category in PLURAL_CATEGORIES if category in known)


@lru_cache(maxsize=256)
def plural_examples(tag: str, category: str) -> list[int]:
    """The first whole numbers that take a category, at most three; none where only fractions do."""
    locale = locale_of(tag)
    fitting = [number for number in _TRIED if (locale.plural_form(number) if locale else "other") == category]
    return sorted(fitting[:EXAMPLES])


def country_names() -> list[dict[str, str]]:
    """Every country by its two letters, with its name in the desk's language, in that language's order of letters."""
    locale = locale_of(get_language() or "en")
    named = {code: name for code, name in (locale.territories if locale else {}).items() if code.isalpha()}
    found = [{"id": code, "name": str(name)} for code, name in named.items() if code not in NO_COUNTRIES]
    return sorted(found, key=lambda one: folded(one["name"]))


@lru_cache(maxsize=256)
def locale_of(tag: str) -> Locale | None:
    """CLDR's facts about a language tag, of its base language where it has none of its own; None if it is unknown."""
    for wanted in (tag, tag.split("-")[0]):
        try:
            return Locale.parse(wanted, sep="-")
        except (UnknownLocaleError, ValueError, TypeError):
            continue
    return None


def desk_locale() -> Locale:
    """The language in which the desk speaks to whoever is signed in."""
    return locale_of(get_language() or "en") or Locale("en")


def language_name(tag: str) -> str:
    """A language's name in the desk's language."""
    if is_simple(tag):
        return simple_name(language_name(plain(tag)), str(desk_locale()))
    locale = locale_of(tag)
    return str(locale.get_display_name(desk_locale()) or tag) if locale else tag


def own_name(tag: str) -> str:
    """A language's name in itself, as it stands in a sentence: "français", "Deutsch (Leichte Sprache)"."""
    if is_simple(tag):
        return simple_name(own_name(plain(tag)), tag)
    locale = locale_of(tag)
    return str(locale.get_display_name() or tag) if locale else tag


def own_label(tag: str) -> str:
    """A language's name in itself, as it stands alone: "Français", "Deutsch (Leichte Sprache)". A tag without a name
    stays as it is."""
    named = own_name(tag)
    return named if named == tag else named[:1].upper() + named[1:]


def weekday_names() -> list[str]:
    """Monday to Sunday in the desk's language."""
    names = get_day_names("wide", context="stand-alone", locale=desk_locale())
    return [str(names[number]) for number in range(7)]


@lru_cache(maxsize=1)
def zones() -> frozenset[str]:
    """The zones of the tzdata package: what this machine knows besides, another may not."""
    return frozenset((files("tzdata") / "zones").read_text("utf-8").split())


def in_words(words: Any, language: str) -> str:
    """Words in a language, else in the first that has any."""
    known = words if isinstance(words, Mapping) else {}
    return str(known.get(language) or next((word for word in known.values() if word), ""))


def day_in_words(day: Any) -> str:
    """A day as the desk's language writes it; what is no day stays as it is."""
    try:
        locale = desk_locale()
        # the day first in English too, as the public pages of an international office have it
        return str(format_date(date.fromisoformat(str(day)), "d MMMM y" if locale.language == "en" else "long", locale))
    except ValueError:
        return str(day or "")
