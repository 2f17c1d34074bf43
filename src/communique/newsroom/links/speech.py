"""How links speak to people outside: in the language of what they read, and to the second."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_supported_language_variant


def speaks(language: str) -> str:
    """The language of the desk's own words that comes nearest to a language."""
    try:
        return get_supported_language_variant(language.lower())
    except LookupError:
        return str(settings.LANGUAGE_CODE)


def to_the_second(at: datetime, zone: str) -> str:
    """An instant in a zone and in UTC, with the day of UTC where it is another."""
    here, utc = at.astimezone(ZoneInfo(zone)), at.astimezone(UTC)
    day = "" if here.date() == utc.date() else f"{date_format(utc.date())} "
    return f"{date_format(here.date())} {here:%H:%M:%S} {here.tzname()} ({day}{utc:%H:%M:%S} UTC)"
