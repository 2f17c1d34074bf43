"""From the desk to the record: the one path by which the newsroom makes something public.

A release is frozen when it is scheduled. At its instant the worker asks the database what is due and hands each release
to the record's publishing order. Inside the record's own transaction `_claim` looks once more: still waiting, still
due, every edition still cleared. It marks the release as out in that same transaction, so it goes out once or not at
all, whoever is killed when. A release that fails keeps its schedule, says why, and is tried again; it delays no other.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.dispatch import Signal
from django.utils.translation import gettext as _

from communique.edition import EditionError
from communique.edition.text import canonical_text
from communique.newsroom.content import STATES, Frozen, draft_of, files_in
from communique.newsroom.erasing import forget
from communique.newsroom.errors import Refused
from communique.newsroom.expiring import is_followed, next_expiry, withdraw_expired, withdrawn
from communique.newsroom.furniture import newest_content
from communique.newsroom.given import given
from communique.newsroom.history import note, somebody
from communique.newsroom.models import Release, ReleaseItem
from communique.newsroom.models.clearance import is_cleared, was_cleared
from communique.newsroom.models.piece import name_at_desk
from communique.newsroom.next_edition import next_of
from communique.newsroom.one_address import taken
from communique.newsroom.private_files import PrivateFiles
from communique.newsroom.states import went_out
from communique.record.errors import Missing, RecordError
from communique.record.release import Draft, Published, PublishingRefused

logger = logging.getLogger(__name__)

scheduled = Signal()
"""sent with `release` when all of it is frozen; a receiver that raises takes the scheduling back with it"""

RETRY_S = (1, 2, 4, 8, 15, 30, 60)
"""how long a failed release waits before it is tried again"""


class ReleaseRefused(Refused):
    """Nothing was scheduled or published; `sentence` says what to do."""


class NoLongerDue(RecordError):
    """Another worker published it, or somebody cancelled or moved it: nothing is wrong."""

    def __init__(self, release: Release) -> None:
        super().__init__(f"is {release.state}, due {release.at}", f"release {release.pk}", "nothing")


class Followed(RecordError):
    """What was to be withdrawn at its expiry is no longer what readers have: nothing is to be done."""

    def __init__(self, release: Release) -> None:
        super().__init__("another edition has followed the one that ran out", f"release {release.pk}", "nothing")


@transaction.atomic
def schedule(pages: Sequence[Any], at: datetime, by: Any, notify: bool = True) -> Release:
    """A release of the pages' next editions at an instant. Raises ReleaseRefused when one of them is not cleared, or is
    out already: a button may be pressed twice."""
    frozen = [(page, next_of(page)) for page in pages]
    for page, edition in frozen:
        if page.current_workflow_state or not is_cleared(page.pk, edition.digest):  # waits for its clearer, or returned
            said = _("“%(title)s” is not cleared as it stands: have it cleared first.")
            raise ReleaseRefused(said % {"title": name_at_desk(page)})
        if sentence := taken(page, by):
            raise ReleaseRefused(f"“{name_at_desk(page)}”: {sentence}")
        if went_out(page, edition):
            raise ReleaseRefused(_("“%(title)s” is out already, as it stands.") % {"title": name_at_desk(page)})
        _require_unexpired(name_at_desk(page), datetime.fromisoformat(edition.expires) if edition.expires else None, at)
        if waiting := ReleaseItem.objects.filter(ident=edition.ident, release__state=Release.State.WAITING).first():
            said = _("“%(title)s” is scheduled already, for %(at)s UTC: move that release.")
            at_utc = f"{waiting.release.at:%Y-%m-%d %H:%M}"
            raise ReleaseRefused(said % {"title": name_at_desk(page), "at": at_utc})
    release = Release.objects.create(at=at, by=by, made_at=given().clock(), notify=notify)
    for order, (page, edition) in enumerate(frozen):
        ReleaseItem.objects.create(
            release=release,
            page_id=page.pk,
            order=order,
            ident=edition.ident,
            kind=edition.kind,
            content=edition.content,
            dated=edition.dated,
            erase=sorted(edition.erase),
            digest=edition.digest,
            expires=edition.expires or None,
            expiry_notice=edition.expiry_notice,
        )
        note(page, "schedule" if at > release.made_at else "at_once", by, at=at.isoformat())
    scheduled.send(sender=None, release=release)
    return release


def move(release: Release, at: datetime) -> None:
    """Have a release, whose row is locked, wait for another instant. Raises ReleaseRefused where something in it will
    have run out by then."""
    for item in release.items.select_related("page"):
        _require_unexpired(name_at_desk(item.page), item.expires, at)
    release.move_to(at)


def _require_unexpired(title: str, expires: datetime | None, at: datetime) -> None:
    if expires and expires <= to_second(at):
        said = _("“%(title)s” expires before that instant: choose an earlier one, or write another expiry.")
        raise ReleaseRefused(said % {"title": title})


def publish_due() -> list[Release]:
    """Publish what is due and have readers see it; returns what went out."""
    out = publish_round()
    if out:
        given().catch_up()
    return out


def publish_round() -> list[Release]:
    """Put what is due on the record, each release by itself; returns those that went out. Pages follow later."""
    withdraw_expired()
    now = given().clock()
    due = Release.objects.filter(state=Release.State.WAITING, at__lte=now).order_by("at", "pk")
    return [release for release in due if now >= _try_at(release) and _try(release)]


def publish_now(release: Release) -> list[Published]:
    """Put a release that is due on the record: it is out, whatever happens. Readers see it at the next catch-up.

    Raises NoLongerDue, Followed, PublishingRefused or EditionError, or Unreachable, Forked or Damaged; nothing is out
    then.
    """
    editions = [frozen_of(item) for item in release.items.all()]
    drafts = [draft_of(one, PrivateFiles().read, known_parts(one.ident)) for one in editions]
    # In the same transaction, so that whoever is killed afterwards leaves a whole receipt and a tidy draft
    noted = partial(_keep_entries, release)
    publisher = replace(given().publisher, allowed=partial(_claim, release, editions), noted=noted)
    publisher.learn()
    published = publisher.commit(drafts)
    release.refresh_from_db()
    return published


def known_parts(ident: str) -> dict[str, str]:
    """sha256 of each file that the newest edition of an id shows -> its part, so that no file is published twice."""
    found: dict[str, str] = {}
    for part in (shown["file"] for shown in files_in(newest_content(ident) or {})):
        try:
            found[sha256(given().reader().file(part)).hexdigest()] = part
        except Missing:  # erased
            continue
    return found


def _claim(release: Release, editions: Sequence[Frozen], _drafts: Sequence[Draft]) -> None:
    """Inside the record's transaction: is it still to go out, now, as it was cleared? It is marked as out with it."""
    now = given().clock()
    row = Release.objects.select_for_update().get(pk=release.pk)
    if row.state != Release.State.WAITING or row.at > now:
        raise NoLongerDue(row)
    for item, edition in zip(row.items.all(), editions, strict=True):
        if not was_cleared(item.page_id, item.digest):
            raise PublishingRefused("its clearance is gone", f"release {row.pk}", "have it cleared again")
        if item.is_expiry:
            if is_followed(item):
                raise Followed(row)
            item.content = edition.content
            item.save(update_fields=["content"])
    row.state, row.out_at, row.failure = Release.State.OUT, now, ""
    row.save(update_fields=["state", "out_at", "failure"])


def _keep_entries(release: Release, published: Sequence[Published]) -> None:
    entries = [[one.index, one.id, one.seq, one.address] for one in published]
    Release.objects.filter(pk=release.pk).update(entries=entries)
    for item, one in zip(release.items.select_related("page"), published, strict=True):
        note(item.page, "publish", somebody(), kind=item.kind, entry=one.index)
        item.page.specific.limited_to.clear()  # everybody reads it: everybody at the desk may go on with it
        try:
            with transaction.atomic():
                _tidy(item)
        except Exception:  # a draft that cannot be saved keeps its old note, and what was cleared goes out
            logger.exception("the draft of release %s", release.pk)


def _tidy(item: ReleaseItem) -> None:
    """What was said of this edition alone (its act, its note) is not said of the next; words stay as they are, unless
    the law took some."""
    if item.kind == "erase":
        forget(item)
        return
    said = {item.content[key] for key in ("note", "notice", "ground") if item.content.get(key)}
    page = item.page.specific.get_latest_revision_as_object() if said else None
    if page is None:
        return
    over = item.kind in STATES and hasattr(page, "expires") and (page.expires or page.expiry_notice)
    if over:  # it is no longer current: there is nothing left to run out
        page.expires, page.expiry_notice = None, ""
    if canonical_text(page.note).strip() in said or (over and page.act == "publish"):
        page.act, page.note, page.act_facts = _act_after(item), "", {}
    elif not over:
        return
    page.save_revision(changed=False)


def _act_after(item: ReleaseItem) -> str:
    """What the next edition is unless somebody says otherwise: what is no longer current stays as it is."""
    if item.kind == "furniture":
        return "remove" if item.content["state"] == "removed" else "furniture"
    return item.kind if item.kind in STATES else "publish"


def _try_at(release: Release) -> datetime:
    """When it is to be tried: at its instant, and after a failure later each time."""
    if not release.failed_at:
        return release.at
    late = (release.failed_at - release.at).total_seconds()
    wait_s = next((step for step in RETRY_S if late < 2 * step), RETRY_S[-1])
    return release.failed_at + timedelta(seconds=wait_s)


def _try(release: Release) -> bool:
    """Publish one release; whatever stops it is written down and stops nothing else."""
    try:
        publish_now(release)
    except NoLongerDue:
        return False
    except Followed as followed:
        _let_be(release, followed)
        return False
    except Exception as error:
        expected = isinstance(error, RecordError | EditionError | OSError | ValueError)
        if not expected:
            logger.exception("release %s", release.pk)
        said = str(error) if expected else f"a fault of the program ({type(error).__name__})"
        Release.objects.filter(pk=release.pk, state=Release.State.WAITING).update(
            failure=said, failed_at=given().clock()
        )
        return False
    return True


def _let_be(release: Release, why: Followed) -> None:
    """Nothing is left to withdraw."""
    if Release.objects.filter(pk=release.pk, state=Release.State.WAITING).update(state=Release.State.CANCELLED):
        for item in release.items.select_related("page"):
            note(item.page, "cancel", words=str(why))


def next_instant() -> datetime | None:
    """When the next release is to be tried or the next edition expires; None where none does."""
    waiting = Release.objects.filter(state=Release.State.WAITING)
    fresh = waiting.filter(failed_at=None).order_by("at").first()
    tried = map(_try_at, [*([fresh] if fresh else []), *waiting.exclude(failed_at=None)])
    return min(filter(None, [*tried, next_expiry()]), default=None)


def frozen_of(item: ReleaseItem) -> Frozen:
    """What a release item says."""
    content = withdrawn(item) if item.is_expiry else item.content
    return Frozen(item.ident, item.kind, content, frozenset(item.erase), item.dated)


def to_second(at: datetime) -> datetime:
    """The instant in whole seconds of UTC, as the record has them."""
    return at.astimezone(UTC).replace(microsecond=0)
