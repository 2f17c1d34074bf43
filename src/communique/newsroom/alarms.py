"""Alarms: a release that failed, or is not before readers 10 seconds after its instant, or came there later than that.

What failed alarms at once, what nobody has taken up once it is late: either way within 15 seconds of its instant. The
desk shows it in red. Whoever scheduled it and every publisher get a mail, once, if they may know of everything in it.
The mail says no word of it, nor the reason, which may quote it: whoever carries the mail can read it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from communique.newsroom.access import may_see_page, may_see_release
from communique.newsroom.expiring import expiring
from communique.newsroom.given import given
from communique.newsroom.models import Release, ReleaseItem
from communique.newsroom.models.release import LATE
from communique.newsroom.post import Letter, send_to
from communique.newsroom.roles import PUBLISHER, may_write
from communique.record.models import LoggedEntry

NEWEST = 100
"""releases whose pages are looked for: what went out before them stands in the same pages"""


def raise_alarms() -> None:
    """Tell of each release that failed or is late, once, and of each expiry that no worker has made one of."""
    now = given().clock()
    waits = Q(state=Release.State.WAITING) & (~Q(failure="") | Q(at__lt=now - LATE))
    was_late = Q(state=Release.State.OUT, out_at__gt=F("at") + LATE)
    for release in Release.objects.filter(waits | was_late, alarmed_at=None).select_related("by"):
        if not _is_being_made(release, now):
            _raise(release)
    for release in unseen():
        if release.alarmed_at is None:
            _raise(release)
    for item in expiring(now - LATE):
        for user in _told(item.release.by_id, partial(_may_see_item, item)):
            send_to(user, f"alarm/expiry/{item.pk}", partial(_expiry_letter, item.expires, "message", item.page_id))


def unseen() -> list[Release]:
    """What is on the record and, 10 seconds later, still not before readers: its pages are not made."""
    now, public_until = given().clock(), given().public_until()
    if not LoggedEntry.objects.filter(log__origin=given().publisher.origin, index__gte=public_until).exists():
        return []  # once a second, and almost always
    rows = Release.objects.filter(state=Release.State.OUT, out_at__lt=now - LATE).select_related("by")
    return [one for one in rows.order_by("-out_at")[:NEWEST] if not one.is_before_readers(public_until)]


def _is_being_made(release: Release, now: datetime) -> bool:
    """Whether what came late on the record may be before readers in a moment: only then is known what to tell of it."""
    just_out = release.state == Release.State.OUT and release.out_at >= now - LATE
    return just_out and not release.is_before_readers(given().public_until())


def _raise(release: Release) -> None:
    with transaction.atomic():
        alarmed = Release.objects.filter(pk=release.pk, alarmed_at=None).update(alarmed_at=given().clock())
        for user in _told(release.by_id, partial(_may_see, release)) if alarmed else ():
            send_to(user, f"alarm/{release.pk}/{release.at.isoformat()}", partial(_letter, release))


def _told(scheduled_by: int, may_see: Callable[[Any], bool]) -> Iterable[Any]:
    """Every publisher and who scheduled it, as far as they may know of it."""
    users = get_user_model().objects.filter(is_active=True)
    asked = users.filter(Q(groups__name=PUBLISHER) | Q(pk=scheduled_by)).distinct()
    return [user for user in asked if may_write(user) and may_see(user)]


def _may_see(release: Release, user: Any) -> bool:
    return may_see_release(user, release.pk)


def _may_see_item(item: ReleaseItem, user: Any) -> bool:
    return may_see_page(user, item.page_id)


def _letter(release: Release) -> Letter:
    if release.state == Release.State.WAITING and release.is_expiry:
        return _expiry_letter(release.at, "release_change", release.pk)
    if not release.is_before_readers(given().public_until()):
        subject = _("Not before readers: the release of %(instant)s")
        says = _("A release of %(instant)s is on the record, and its public pages are still not there. Its receipt:")
        where = "receipt"
    elif release.state == Release.State.OUT:
        subject = _("Late: the release of %(instant)s is out now")
        says = _("A release went out later than its instant, %(instant)s. Its receipt:")
        where = "receipt"
    else:
        subject = _("Overdue: the release of %(instant)s is not out")
        says = _("A release is not out, though its instant was %(instant)s. It keeps its schedule and is tried again. "
                 "The desk says why:")  # fmt: skip
        where = "release_change"
    return _of(release.at, subject, says, where, release.pk)


def _expiry_letter(expires: datetime, where: str, number: int) -> Letter:
    subject = _("Overdue: the withdrawal of %(instant)s is not out")
    says = _("A message whose time ran out at %(instant)s is still before readers as current. Its withdrawal is tried "
             "again. The desk says why:")  # fmt: skip
    return _of(expires, subject, says, where, number)


def _of(at: datetime, subject: str, says: str, where: str, number: int) -> Letter:
    """A letter about an instant, with the desk's address `where` of that number."""
    instant = {"instant": f"{at:%Y-%m-%d %H:%M:%S} UTC"}
    address = given().desk_address.rstrip("/") + reverse(where, args=(number,))
    return Letter(subject % instant, f"{says % instant}\n\n{address}\n", urgent=True)
