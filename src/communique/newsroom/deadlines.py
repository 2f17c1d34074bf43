"""When somebody is reminded of a deadline: once, so long before it, or half-way to it where less time was given.

Who was given something at four o'clock for five needs no second mail a quarter of a minute later.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from communique.newsroom.post.models import Mail


def reminder_at(given_at: datetime, deadline: datetime, before: timedelta) -> datetime:
    """The instant of the reminder."""
    return max(deadline - before, given_at + (deadline - given_at) / 2)


def told_at(key: str) -> datetime | None:
    """When the mail of a key was written; None if it was not."""
    return Mail.objects.filter(key=key).values_list("made_at", flat=True).first()
