"""From a day and a time somebody typed to an instant: one place for releases, embargoes, expiry, deadlines and links.

A wall clock leaves out an hour in spring and shows one twice in autumn. A time that is left out is refused, with the
next one that there is. A time that comes twice is refused, too, until somebody has said which of the two he means:

    Europe/Paris, 2027-10-31, 02:30  ->  first   00:30:00 UTC (CEST)
                                         second  01:30:00 UTC (CET)

`which` is "first", "second" or "" as long as nobody has said it; of a time that comes once it means nothing.
`templates/newsroom/which.html` asks for it, by what `choices_of` gives.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from communique.newsroom.errors import Refused

FIRST, SECOND = "first", "second"
FIRST_YEAR, LAST_YEAR = 1000, 9998


class NoSuchTime(Refused):
    """The day or time typed is none; `sentence` says what to do."""


class ComesTwice(NoSuchTime):
    """The time typed comes twice on that day, and nobody has said which is meant."""


class Choice(NamedTuple):
    """One of the two instants of a time that comes twice."""

    which: str
    at: datetime
    """in the zone whose clocks go back"""


def instant_of(day: str, clock: str, zone: ZoneInfo, which: str = "") -> datetime:
    """The instant of a day (2026-11-25) and a time (14:00 or 14:00:03) in a zone, in UTC, to the second.

    Raises NoSuchTime for words that are none and for a time that the zone leaves out in spring, and ComesTwice for one
    that it shows twice in autumn unless `which` says which.
    """
    local = _local(day, clock)
    at = local.replace(tzinfo=zone).astimezone(UTC)
    back = at.astimezone(zone).replace(tzinfo=None)
    if back != local:
        after = _after_gap(local, zone)
        raise NoSuchTime(
            _("%(time)s does not exist on that day in %(zone)s: clocks go forward. The next time is %(next)s.")
            % {"time": clock, "zone": zone.key, "next": f"{after:%H:%M}"}
        )
    two = _two(local, zone)
    if not two:
        return at
    chosen = [one.at for one in two if one.which == which]
    if not chosen:
        says = _(
            "%(time)s comes twice on that day in %(zone)s, where clocks go back: choose which of the two you mean."
        )
        raise ComesTwice(says % {"time": clock, "zone": zone.key})
    return chosen[0].astimezone(UTC)


def choices_of(day: str, clock: str, zone: ZoneInfo) -> tuple[Choice, ...]:
    """The two instants of a time that comes twice in a zone; none of any other, nor of what is no time."""
    try:
        return _two(_local(day, clock), zone)
    except NoSuchTime:
        return ()


def which_of(at: datetime, zone: ZoneInfo) -> str:
    """Which of the two an instant is, in a zone; "" if its time comes once."""
    here = at.astimezone(zone)
    return (SECOND if here.fold else FIRST) if _two(here.replace(tzinfo=None, fold=0), zone) else ""


def typed_in(sent: Mapping[str, str], at: datetime | None, zone: ZoneInfo, clock: str = "%H:%M:%S") -> dict[str, str]:
    """`day`, `time` and `which` as a form sent them; what it did not send, as the zone's clocks show `at`."""
    here = at.astimezone(zone) if at else None
    shown = {"day": f"{here:%Y-%m-%d}", "time": here.strftime(clock), "which": which_of(here, zone)} if here else {}
    return {name: sent.get(name, shown.get(name, "")) for name in ("day", "time", "which")}


def day_of(typed: str) -> date:
    """A day as it was typed (2026-11-25). Raises NoSuchTime."""
    try:
        day = date.fromisoformat(typed.strip())
    except ValueError:
        raise NoSuchTime(_("Write the day as 2026-11-25.")) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:  # the day before the first there is, or after the last, is none
        raise NoSuchTime(_("Write the day as 2026-11-25."))
    return day


def _local(day: str, clock: str) -> datetime:
    try:
        local = datetime.combine(date.fromisoformat(day.strip()), time.fromisoformat(clock.strip()))
    except ValueError:
        raise NoSuchTime(_("Write the day as 2026-11-25 and the time as 14:00 or 14:00:30.")) from None
    if not FIRST_YEAR <= local.year <= LAST_YEAR:  # beyond, another zone's clocks would show no year that there is
        raise NoSuchTime(_("Write the day as 2026-11-25 and the time as 14:00 or 14:00:30."))
    if local.tzinfo is not None or local.microsecond:
        raise NoSuchTime(_("Write the time in whole seconds, without a zone: it is the office's own."))
    return local


def _two(local: datetime, zone: ZoneInfo) -> tuple[Choice, ...]:
    """Both instants at which a zone's clocks show a time, if there are two: the earlier one first."""
    first, second = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    comes_twice = second.astimezone(UTC) > first.astimezone(UTC)  # in a gap it is the other way round
    return (Choice(FIRST, first), Choice(SECOND, second)) if comes_twice else ()


def _after_gap(local: datetime, zone: ZoneInfo) -> datetime:
    """The first local minute after the gap in which `local` lies."""
    found = local
    while found.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) != found:
        found += timedelta(minutes=1)
    return found.replace(second=0)
