"""The first piece of furniture, from what somebody types: name, zone, languages, date pattern."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from communique.edition.language import simple_instead
from communique.edition.shape import DATE_PATTERN
from communique.edition.text import canonical_text
from communique.settings.errors import SettingsError

_LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ADDRESS = re.compile(rf"{_LABEL}(?:\.{_LABEL})+(?::[1-9][0-9]{{0,4}})?")


def office_piece(
    name: str, zone: str, languages: Sequence[str], dates: str, address: str | None = None
) -> dict[str, Any]:
    """The office as open content. Raises SettingsError with every fault of what was typed.

    `address` is no part of the piece; it is checked with the rest, so that all faults are told at once.
    """
    tags = [written_tag(tag) for tag in languages if tag.strip()]
    word = canonical_text(name).strip()
    faults = [
        *([] if word else ["office: has no name; type the name readers know"]),
        *_zone_faults(zone),
        *_language_faults(tags),
        *_pattern_faults(dates),
        *address_faults(address),
    ]
    if faults:
        raise SettingsError(faults)
    return {
        "v": 1,
        "type": "furniture",
        "state": "current",
        "piece": "office",
        "order": 0,
        "name": dict.fromkeys(tags, word),
        "languages": tags,
        "zone": zone,
        "dates": dates,
    }


def address_faults(address: str | None) -> list[str]:
    """What is wrong with an office's address; None is a trial's. It is fixed for ever, so it is checked before."""
    if address is None or (len(address) <= 253 and _ADDRESS.fullmatch(address)):
        return []
    return [f"address: {address!r} is no bare host name; write it as embassy.example, other letters as xn--…"]


def written_tag(tag: str) -> str:
    """A language tag as BCP 47 writes it: "zh-Hans-CN"; it is part of every address, so it has one form."""
    first, *more = tag.strip().split("-")
    cased = [part.title() if len(part) == 4 else part.upper() if len(part) == 2 else part.lower() for part in more]
    return "-".join([first.lower(), *cased])


def _zone_faults(zone: str) -> list[str]:
    if zone in _zones():
        return []
    return [f"zone: {zone!r} is no IANA zone; write it as Europe/London or Africa/Nairobi"]


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    """The zones of the tzdata package: what this machine knows besides, another may not."""
    return frozenset((files("tzdata") / "zones").read_text("utf-8").split())


def _language_faults(tags: Sequence[str]) -> list[str]:
    if not tags:
        return ["languages: there is none; write them as en,fr"]
    faults = [
        f"languages: {tag!r} is named twice; name it once" for tag in sorted({t for t in tags if tags.count(t) > 1})
    ]
    for tag in tags:
        if simple := simple_instead(tag):
            faults.append(f"languages: {tag!r} tells nobody what it is; for easy language write {simple}")
            continue
        try:
            Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            faults.append(f"languages: {tag!r} is no language tag that is known; write it as en, fr or zh-Hans")
    return faults


def _pattern_faults(dates: str) -> list[str]:
    try:
        DATE_PATTERN.walk(dates, "dates", lambda *_: None)
        shown = format_date(date(2026, 3, 4), dates, locale="en")
    except Exception:
        shown = ""
    fields = set(re.sub("'[^']*'", "", dates))
    if not shown or "y" not in fields or "d" not in fields or not fields & set("ML"):
        return [
            f"dates: {dates!r} is no CLDR date pattern with day, month and year; write it as dd.MM.yyyy or d MMMM y"
        ]
    return []
