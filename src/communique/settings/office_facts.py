"""The first piece of furniture, from what somebody types: name, zone, languages, date pattern."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from communique.edition.text import canonical_text
from communique.settings.errors import SettingsError


def office_piece(name: str, zone: str, languages: Sequence[str], dates: str) -> dict[str, Any]:
    """The office as open content. Raises SettingsError with every fault of what was typed."""
    tags = [tag.strip() for tag in languages if tag.strip()]
    word = canonical_text(name).strip()
    faults = [
        *([] if word else ["office: has no name; type the name readers know"]),
        *_zone_faults(zone),
        *_language_faults(tags),
        *_pattern_faults(dates),
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


def _zone_faults(zone: str) -> list[str]:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return [f"zone: {zone!r} is no IANA zone; write it as Europe/London or Africa/Nairobi"]
    return []


def _language_faults(tags: Sequence[str]) -> list[str]:
    if not tags:
        return ["languages: there is none; write them as en,fr"]
    faults = []
    for tag in tags:
        try:
            Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            faults.append(f"languages: {tag!r} is no language tag that is known; write it as en, fr or zh-Hans")
    return faults


def _pattern_faults(dates: str) -> list[str]:
    try:
        shown = format_date(date(2026, 3, 4), dates, locale="en")
    except Exception:
        shown = ""
    fields = set(re.sub("'[^']*'", "", dates))
    if not shown or "y" not in fields or "d" not in fields or not fields & set("ML"):
        return [
            f"dates: {dates!r} is no CLDR date pattern with day, month and year; write it as dd.MM.yyyy or d MMMM y"
        ]
    return []
