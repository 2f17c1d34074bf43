"""An embargo follows its release: whoever has the text is told when its instant moves, its words change or it ends.

Each letter is written in the transaction that makes it true: moved or cancelled at the desk, public in the record's
own. `told_until` of a link is what its person was told last.
"""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.utils.translation import gettext as _

from communique.newsroom.given import given
from communique.newsroom.links import letters
from communique.newsroom.links.afterwards import tell_of
from communique.newsroom.links.giving import LONGEST, LinkRefused
from communique.newsroom.links.history import note_release
from communique.newsroom.links.models import Link
from communique.newsroom.models import Release
from communique.newsroom.releasing import move, publish_due, scheduled, to_second
from communique.newsroom.roles import may_publish


def connect() -> None:
    """Called once, when the app is ready."""
    post_save.connect(_saved, sender=Release, dispatch_uid="communique: embargo follows")
    scheduled.connect(_scheduled, dispatch_uid="communique: embargo goes on")


def _saved(instance: Release, created: bool, raw: bool = False, **_more: Any) -> None:
    if not (created or raw):
        if instance.state == Release.State.OUT:
            tell_of(instance)
        for link in instance.links.filter(revoked_at=None):
            link.release = instance
            _follow(link, instance)


def _follow(link: Link, release: Release) -> None:
    if release.state == Release.State.OUT:
        if link.told_until is None or (release.out_at and link.told_until > release.out_at):
            _tell(link, letters.ended, release.out_at)
    elif release.state == Release.State.CANCELLED:
        if link.told_until is not None:
            _tell(link, letters.cancelled, None)
    elif release.at != link.told_until and release.at > given().clock():
        _tell(link, letters.moved, release.at)


def _tell(link: Link, write: letters.Write, told: datetime | None) -> None:
    link.told_until = told
    link.save(update_fields=["told_until"])
    letters.post(link, write)


def _scheduled(release: Release, **_more: Any) -> None:
    """Whoever had a text of a cancelled release gets it as it stands now: he must not go on with the old one."""
    digests = dict(release.items.values_list("ident", "digest"))
    links = Link.objects.filter(release__state=Release.State.CANCELLED, revoked_at=None, ident__in=digests)
    for link in links.select_related("release"):
        before = dict(link.release.items.values_list("ident", "digest"))
        link.release, link.told_until = release, None
        link.save(update_fields=["release", "told_until"])
        same = all(before[ident] == digest for ident, digest in digests.items() if ident in before)
        if release.at > given().clock():
            _tell(link, letters.moved if same else letters.changed, release.at)


def mark_of(release: Release) -> str:
    """A mark of what whoever lifts it reads first: its instant, and who has it."""
    links = release.links.filter(revoked_at=None).order_by("pk").values_list("pk", flat=True)
    return sha256(repr((release.at, list(links))).encode()).hexdigest()


def lift(release: Release, by: Any) -> Release:
    """Make the release due now and publish it; those who have it are told once it is public. Raises LinkRefused, or
    ReleaseRefused where something in it has run out."""
    with transaction.atomic():
        row = _waiting(release, by)
        move(row, to_second(given().clock()))
        note_release(row, "lift", by)
    publish_due()
    row.refresh_from_db()
    return row


@transaction.atomic
def extend(release: Release, until: datetime, by: Any) -> None:
    """Let the embargo, and the release, wait longer; those who have it are told. Raises LinkRefused, or ReleaseRefused
    where something in it runs out before."""
    row = _waiting(release, by)
    if until <= row.at:
        raise LinkRefused(_("That is not later than now planned. To end it earlier, lift it or move the release."))
    if until > given().clock() + 3 * LONGEST:
        raise LinkRefused(_("That is more than three years ahead: look at the year again."))
    move(row, until)
    note_release(row, "extend", by)


def _waiting(release: Release, by: Any) -> Release:
    """The release's row, locked as the worker locks it."""
    if not may_publish(by):
        raise LinkRefused(_("Only a publisher lifts or extends an embargo."))
    row = Release.objects.select_for_update().get(pk=release.pk)
    if row.state != Release.State.WAITING:
        raise LinkRefused(_("Nothing of this release waits for its instant any more."))
    return row
