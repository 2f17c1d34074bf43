"""Releases: publish now or schedule, move, cancel, and the receipt."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages as notes
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from wagtail.models import Page

from communique.edition import EditionError
from communique.newsroom.access import may_see_release, visible
from communique.newsroom.drawn import Drawn, last_by
from communique.newsroom.furniture import office, zone
from communique.newsroom.given import given
from communique.newsroom.history import note
from communique.newsroom.instants import NoSuchTime, instant_of, typed_in
from communique.newsroom.models import MessagePage, PiecePage, Release
from communique.newsroom.models.clearance import is_cleared
from communique.newsroom.next_edition import next_of
from communique.newsroom.open_pages import open_pages
from communique.newsroom.receipts import EARLIER, check_from_outside, receipt_of
from communique.newsroom.releasing import NoLongerDue, ReleaseRefused, move, publish_now, schedule, to_second
from communique.newsroom.screens import screen
from communique.newsroom.states import Standing, standing_of
from communique.newsroom.succession.models import partners_of
from communique.newsroom.templatetags.desk import local
from communique.newsroom.verbs import waiting_verb
from communique.record.errors import RecordError

LONGEST = timedelta(days=3 * 366)


def release(request: HttpRequest, page_id: int) -> HttpResponse:
    """Make what was cleared public, now or at an instant, with its other languages or alone."""
    page = get_object_or_404(Page, pk=page_id).specific
    near = _cleared_others(page, request.user)
    far = _also_cleared([page, *near], request.user)
    others = [*near, *far]
    chosen = [other.pk for other in others if request.POST.get(f"with-{other.pk}")]
    typed = typed_in(request.POST, None, zone())
    if request.method == "POST":
        together = [other for other in others if other.pk in chosen]
        latest = [one.get_latest_revision_as_object() for one in (page, *together)]
        notify = bool(request.POST.get("notify"))
        try:
            now = to_second(given().clock())
            at = now if request.POST.get("when") == "now" else _typed_instant(typed, now)
            made = schedule(latest, at, request.user, notify)
            if at <= now:
                return _out_now(request, made)
            notes.success(request, _("Scheduled."))
            return redirect("message", page.pk)
        except (ReleaseRefused, NoSuchTime) as refusal:
            notes.error(request, refusal.sentence)
    latest_here = page.get_latest_revision_as_object()
    facts = {
        "page": latest_here,
        "others": near,
        "far": far,
        "together": chosen,
        "typed": typed,
        "zone": office()["zone"],
    }
    return screen(request, "release.html", "releases", today=f"{given().clock().astimezone(zone()):%Y-%m-%d}", **facts)


def _cleared_others(page: Any, user: Any) -> list[Any]:
    """What is cleared as it stands and belongs to it: a message's other languages, a succession's other person."""
    if isinstance(page, MessagePage):
        rows = visible(MessagePage.objects.filter(message=page.message).exclude(pk=page.pk), user)
    else:
        rows = visible(PiecePage.objects.filter(pk__in=partners_of(page.pk)), user)
    return [one for one in rows if is_cleared(one.pk, next_of(one.get_latest_revision_as_object()).digest)]


def _also_cleared(here: list[Any], user: Any) -> list[Any]:
    """Whatever else is cleared and has not gone out: another message, a crisis page, the featured list."""
    known = {one.pk for one in here}
    found = (one for model in (MessagePage, PiecePage) for one in open_pages(model, user) if one.pk not in known)
    return [one for one in found if standing_of(one, given().clock()) == Standing.CLEARED]


def _typed_instant(typed: dict[str, str], now: datetime) -> datetime:
    at = instant_of(typed["day"], typed["time"], zone(), typed["which"])
    if at <= now:
        raise NoSuchTime(_("That instant has passed: choose a later one, or publish now."))
    if at > now + LONGEST:
        raise NoSuchTime(_("That is more than three years ahead: look at the year again."))
    return at


def _out_now(request: HttpRequest, made: Release) -> HttpResponse:
    """Publish at once; what the record refuses leaves nothing scheduled."""
    page = made.items.first().page
    try:
        publish_now(made)
        given().catch_up()
    except NoLongerDue:
        pass  # the worker was quicker
    except (RecordError, EditionError, ValueError) as refusal:
        if Release.objects.filter(pk=made.pk, state=Release.State.WAITING).update(state=Release.State.CANCELLED):
            _note(made, "cancel", None, words=str(refusal))
            notes.error(request, _("The record refused it: %(why)s") % {"why": refusal})
            return redirect("message", page.pk)
    return redirect("receipt", made.pk)


def releases(request: HttpRequest) -> HttpResponse:
    """What is to come, then what went out last."""
    waiting = Release.objects.filter(state=Release.State.WAITING).order_by("at").prefetch_related("items__page")
    out = Release.objects.filter(state=Release.State.OUT).order_by("-out_at").prefetch_related("items__page")[:50]
    shown = [
        (one, waiting_verb(one, request.user, _("Move or cancel")))
        for one in [*waiting, *out]
        if may_see_release(request.user, one.pk)
    ]
    return screen(request, "releases.html", "releases", releases=shown, zone=office()["zone"])


def change(request: HttpRequest, release_id: int) -> HttpResponse:
    """Move a release to another instant, or cancel it; both only while it has not gone out."""
    made = get_object_or_404(Release, pk=release_id)
    page = made.items.first().page
    typed = typed_in(request.POST, made.at, zone())
    drawn = Drawn(request, _instant_in_words(made.at), last_by(page, "schedule", "at_once", "move"))
    if request.method == "POST" and made.state == Release.State.CANCELLED:
        notes.error(request, _("It was cancelled in the meantime: nothing goes out."))
        return redirect("message", page.pk)
    if request.method == "POST":
        try:
            at = None if request.POST.get("do") == "cancel" else _typed_instant(typed, to_second(given().clock()))
            if not drawn.refuses(_instant_in_words(at)):
                return _after_change(request, made, page, at)
        except (NoSuchTime, ReleaseRefused) as refusal:
            notes.error(request, refusal.sentence)
    facts = {"release": made, "typed": typed, "zone": office()["zone"], "drawn": drawn}
    return screen(request, "release_change.html", "releases", **facts)


def _instant_in_words(at: datetime | None) -> dict[str, str]:
    return {_("When it goes out"): local(at, zone().key) if at else _("not at all: cancelled")}


def _after_change(request: HttpRequest, made: Release, page: Any, at: datetime | None) -> HttpResponse:
    changed = _changed(made, at, request.user)
    if changed is None:
        notes.error(request, _("It has gone out in the meantime."))
        return redirect("receipt", made.pk)
    notes.success(request, changed)
    return redirect("message", page.pk)


@transaction.atomic
def _changed(made: Release, at: datetime | None, by: Any) -> str | None:
    """Move it, or cancel it where there is no instant; what was done, in words, or None when it is out already. The row
    is locked as the worker locks it."""
    row = Release.objects.select_for_update().get(pk=made.pk)
    if row.state != Release.State.WAITING:
        return None
    if at is None:
        row.state = Release.State.CANCELLED
        row.save(update_fields=["state"])
        _note(row, "cancel", by)
        if row.is_expiry:
            return _("Cancelled: it is not withdrawn, and readers have it as current until somebody withdraws it.")
        return _("Cancelled: it stays cleared, and nothing goes out.")
    move(row, at)
    _note(row, "move", by, at=row.at.isoformat())
    return _("Moved.")


def _note(made: Release, what: str, by: Any, **facts: Any) -> None:
    for item in made.items.select_related("page"):
        note(item.page, what, by, **facts)


def receipt(request: HttpRequest, release_id: int) -> HttpResponse:
    """What the editor gets: since when it is live, which entries, which addresses, checked from outside."""
    made = get_object_or_404(Release, pk=release_id)
    told = dict(made.checks).values()
    if made.state == Release.State.OUT and (not told or EARLIER in told or request.method == "POST"):
        check_from_outside(made)
    waits = made.items.filter(content__type="furniture").exists() and given().is_rebuilding()
    return screen(request, "receipt.html", "releases", release=made, rows=receipt_of(made), pages_follow=waits)
