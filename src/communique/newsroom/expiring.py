"""Expiry: a message whose time has run out is withdrawn by itself, under the notice that was cleared with it.

The instant and the notice are frozen and cleared together with the edition, so the withdrawal needs no second look. It
is a release like any other: two workers make it once; when it fails it says why, alarms and is tried again; and it has
a receipt. Its words are those that readers have when it goes out. Where another edition has followed by then, it does
not.
"""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from django.db import transaction

from communique.newsroom.content import of_live
from communique.newsroom.furniture import newest_content, newest_entry
from communique.newsroom.given import given
from communique.newsroom.history import note
from communique.newsroom.models import Release, ReleaseItem
from communique.newsroom.models.release import gone_out

logger = logging.getLogger(__name__)


def withdraw_expired() -> None:
    """A release for each edition whose time has run out, unless another edition has followed it.

    It is made of nothing that could fail by itself: what may is done when the release is tried.
    """
    for number in _to_come().filter(expires__lte=given().clock()).values_list("pk", flat=True):
        try:
            _withdraw(number)
        except Exception:  # it is tried again in the next round, and holds up nothing that is due besides
            logger.exception("the expiry of what went out as number %s", number)


@transaction.atomic
def _withdraw(number: int) -> None:
    item = ReleaseItem.objects.select_for_update().select_related("release").get(pk=number)
    if item.expired:
        return  # by another worker
    item.expired = True
    item.save(update_fields=["expired"])
    if not _is_newest(item):
        return  # another edition has followed, with an expiry of its own or none
    release = Release.objects.create(
        at=item.expires, by=item.release.by, made_at=given().clock(), notify=item.release.notify
    )
    note(item.page, "expire")
    ReleaseItem.objects.create(
        release=release,
        page_id=item.page_id,
        ident=item.ident,
        kind="withdraw",
        content={},
        digest=item.digest,
        expiry_notice=item.expiry_notice,
    )


def withdrawn(item: ReleaseItem) -> dict[str, Any]:
    """What a withdrawal at an expiry says: the words that readers have now, under its notice."""
    return of_live("withdraw", newest_content(item.ident) or {}, item.expiry_notice)


def is_followed(item: ReleaseItem) -> bool:
    """Whether another edition has followed the one that a withdrawal at an expiry is of."""
    ran_out = gone_out(item.ident).filter(digest=item.digest, expired=True).first()
    return ran_out is None or not _is_newest(ran_out)


def _is_newest(item: ReleaseItem) -> bool:
    entry = newest_entry(item.ident)
    return entry is not None and [entry.ident, entry.seq] in [kept[1:3] for kept in item.release.entries]


def next_expiry() -> datetime | None:
    """When the next edition expires; None where none does. What is past, and could not be made a release of, is tried
    again with the next round: a worker that was called back at once for it would do nothing else."""
    rows = _to_come().filter(expires__gt=given().clock()).order_by("expires")
    return rows.values_list("expires", flat=True).first()


def expiring(before: datetime) -> list[ReleaseItem]:
    """What is to be withdrawn by itself before an instant, the next first."""
    rows = _to_come().filter(expires__lt=before).select_related("page").order_by("expires")
    return [item for item in rows if gone_out(item.ident).first() == item]


def running_out(page: Any) -> tuple[datetime | None, str]:
    """When the edition that readers have expires, and under which notice; None and blank where it does not."""
    item = gone_out(page.ident).first()
    return (item.expires, item.expiry_notice) if item and item.expires else (None, "")


def expiry_in_force(page: Any) -> tuple[str, str]:
    """The same as a frozen edition says it."""
    at, notice = running_out(page)
    return (f"{at:%Y-%m-%dT%H:%M:%SZ}", notice) if at else ("", "")


def _to_come() -> Any:
    return ReleaseItem.objects.filter(release__state=Release.State.OUT, expired=False, expires__isnull=False)
