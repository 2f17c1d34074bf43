"""From a day and a time somebody typed to an instant, and what is wrong with times that do not exist."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from communique.newsroom.errors import Refused


class NoSuchTime(Refused):
    """The day or time typed is none; `sentence` says what to do."""


def instant_of(day: str, clock: str, zone: ZoneInfo) -> datetime:
    """The instant of a day (2026-11-25) and a time (14:00 or 14:00:03) in a zone, in UTC, to the second.

    Raises NoSuchTime for words that are none and for a time that the zone leaves out in spring. A time that comes
    twice in autumn is its first one.
    """
    try:
        local = datetime.combine(date.fromisoformat(day.strip()), time.fromisoformat(clock.strip()))
    except ValueError:
        raise NoSuchTime(_("Write the day as 2026-11-25 and the time as 14:00 or 14:00:30.")) from None
    if local.tzinfo is not None or local.microsecond:
        raise NoSuchTime(_("Write the time in whole seconds, without a zone: it is the office's own."))
    at = local.replace(tzinfo=zone).astimezone(UTC)
    back = at.astimezone(zone).replace(tzinfo=None)
    if back != local:
        after = _after_gap(local, zone)
        raise NoSuchTime(
            _("%(time)s does not exist on that day in %(zone)s: clocks go forward. The next time is %(next)s.")
            % {"time": clock, "zone": zone.key, "next": f"{after:%H:%M}"}
        )
    return at


def day_of(typed: str) -> date:
    """A day as it was typed (2026-11-25). Raises NoSuchTime."""
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        raise NoSuchTime(_("Write the day as 2026-11-25.")) from None


def _after_gap(local: datetime, zone: ZoneInfo) -> datetime:
    """The first local minute after the gap in which `local` lies."""
    found = local
    while found.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) != found:
        found += timedelta(minutes=1)
    return found.replace(second=0)
