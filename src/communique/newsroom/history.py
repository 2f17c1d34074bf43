"""What happened to a page: Wagtail's log, clearances and releases, as one list, the newest first."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from wagtail.log_actions import registry

from communique.newsroom.models import Release, ReleaseItem


class Event(NamedTuple):
    """Something that somebody did."""

    at: datetime
    who: str
    what: str
    words: str = ""


def history_of(page: Any) -> list[Event]:
    """Who, when, what: complete, also for what went past Wagtail."""
    logged = registry.get_logs_for_instance(page).select_related("user").order_by("-timestamp")[:200]
    found = [Event(row.timestamp, str(row.user or ""), str(row.message), row.comment or "") for row in logged]
    for one in page.clearances.select_related("by", "approved_by"):
        if one.forced_because:
            found.append(Event(one.at, str(one.by), _("forced the publication"), one.forced_because))
            if one.approved_at:
                found.append(Event(one.approved_at, str(one.approved_by), _("approved it afterwards")))
        else:
            found.append(Event(one.at, str(one.by), _("cleared it"), one.comment))
    for item in ReleaseItem.objects.filter(page_id=page.pk).select_related("release__by"):
        found.append(
            Event(
                item.release.made_at, str(item.release.by), _("scheduled it"), f"{item.release.at:%Y-%m-%d %H:%M:%SZ}"
            )
        )
        if item.release.out_at and item.release.state == Release.State.OUT:
            numbers = [str(entry[0]) for entry in item.release.entries if entry[1] == item.ident]
            found.append(
                Event(item.release.out_at, "", _("on the record"), _("entry %(n)s") % {"n": ", ".join(numbers)})
            )
    return sorted(found, reverse=True)
