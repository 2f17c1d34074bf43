"""The desk's screens of links: give, list, revoke; and of an embargo: recipients, log, extend, lift."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from communique.newsroom.chance import fresh_name
from communique.newsroom.furniture import zone
from communique.newsroom.given import given
from communique.newsroom.instants import NoSuchTime, instant_of, typed_in
from communique.newsroom.links import embargo as following
from communique.newsroom.links import giving
from communique.newsroom.links.forms import DRAFT_SORTS, DraftLinkForm, RecipientForm
from communique.newsroom.links.models import Link
from communique.newsroom.links.overview import rows_of, rows_of_release
from communique.newsroom.models import MessagePage, Release
from communique.newsroom.releasing import ReleaseRefused
from communique.newsroom.screens import screen

USUAL = timedelta(days=7)
"""how long a link lasts when nobody says otherwise"""
USUAL_TIME = time(18)


def links(request: HttpRequest, page_id: int) -> HttpResponse:
    """Who outside may read this draft, and one more."""
    page = get_object_or_404(MessagePage, pk=page_id)
    typed = _typed(request)
    form = DraftLinkForm(request.POST or None)
    made = _give(request, page, form, typed) if request.method == "POST" and form.is_valid() else None
    latest = page.get_latest_revision_as_object()
    facts = {"page": latest, "rows": rows_of(page), "sorts": DRAFT_SORTS, "typed": typed, "zone": zone().key}
    return screen(request, "links/links.html", "messages", **facts, **shown_once(made, form))


def _typed(request: HttpRequest) -> dict[str, str]:
    usual = datetime.combine((given().clock() + USUAL).astimezone(zone()).date(), USUAL_TIME, zone())
    return typed_in(request.POST, usual, zone(), "%H:%M")


def _give(request: HttpRequest, page: Any, form: DraftLinkForm, typed: dict[str, str]) -> giving.Given | None:
    try:
        until = instant_of(typed["day"], typed["time"], zone(), typed["which"])
        return giving.give(page, Link.Sort(form.cleaned_data["sort"]), form.recipient(), until, request.user)
    except (NoSuchTime, giving.LinkRefused) as refusal:
        notes.error(request, refusal.sentence)
        return None


def shown_once(made: giving.Given | None, form: Any) -> dict[str, Any]:
    """A fresh link's address, and a form that is empty again; without one, the form as it was typed."""
    if made is None:
        return {"form": form, "fresh_form": fresh_name()}
    said = _("The link for %(name)s goes out by mail.")
    if given().mail is None:
        said = _("No mail server is set up: hand the link to %(name)s yourself.")
    return {
        "fresh": made.address,
        "said": said % {"name": made.link.name},
        "form": type(form)(),
        "fresh_form": fresh_name(),
    }


def revoke(request: HttpRequest, page_id: int, link_id: int) -> HttpResponse:
    """End a link to a draft, at once."""
    link = get_object_or_404(Link.objects.exclude(sort=Link.Sort.EMBARGO), pk=link_id, page_id=page_id)
    if request.method == "POST" and giving.revoke(link, request.user):
        notes.success(request, _("Revoked: the link of %(name)s leads nowhere now.") % {"name": link.name})
    return redirect("links", page_id)


def embargo(request: HttpRequest, release_id: int) -> HttpResponse:
    """Who has a release before its instant, who opened it when; give it, extend, lift."""
    release = get_object_or_404(Release, pk=release_id)
    form = RecipientForm(request.POST if request.POST.get("do") == "give" else None)
    made = None
    if request.method == "POST":
        try:
            made, done = _embargoed(request, release, form)
            if done:
                return done
        except (NoSuchTime, ReleaseRefused, giving.LinkRefused) as refusal:
            notes.error(request, refusal.sentence)
    release.refresh_from_db()
    typed = typed_in(request.POST, release.at, zone())
    facts = {"release": release, "rows": rows_of_release(release), "typed": typed, "zone": zone().key}
    return screen(request, "links/embargo.html", "releases", **facts, **shown_once(made, form))


def _embargoed(
    request: HttpRequest, release: Release, form: RecipientForm
) -> tuple[giving.Given | None, HttpResponse | None]:
    """Do what was asked: a link that was given, or where to go on. Raises NoSuchTime, ReleaseRefused or LinkRefused."""
    do = request.POST.get("do")
    if do == "give" and form.is_valid():
        return giving.give_embargoed(release, form.recipient(), request.user), None
    if do == "extend":
        typed = typed_in(request.POST, None, zone())
        until = instant_of(typed["day"], typed["time"], zone(), typed["which"])
        following.extend(release, until, request.user)
        told = given().mail is not None
        notes.success(request, _("Extended: those who have it are told.") if told else _("Extended."))
        return None, redirect("embargo", release.pk)
    return None, None


def lift(request: HttpRequest, release_id: int) -> HttpResponse:
    """Before an embargo ends early: what everybody will read, who is told of it, and then the button."""
    release = get_object_or_404(Release, pk=release_id)
    seen = following.mark_of(release)
    if release.state != Release.State.WAITING:
        notes.error(request, _("Nothing of this release waits for its instant any more."))
        return redirect("embargo", release.pk)
    if request.method == "POST" and request.POST.get("seen") != seen:
        notes.error(request, _("Its instant, or who has it, changed while you read: this is how it stands now."))
    elif request.method == "POST":
        return _lifted(request, release)
    told = release.links.filter(revoked_at=None).order_by("pk")
    facts = {"release": release, "told": told, "seen": seen, "zone": zone().key}
    return screen(request, "links/lift.html", "releases", **facts)


def _lifted(request: HttpRequest, release: Release) -> HttpResponse:
    try:
        if following.lift(release, request.user).state == Release.State.OUT:
            return redirect("receipt", release.pk)
        said = _("It is due now, but is not out yet: the reason stands here once the record has said it.")
    except (ReleaseRefused, giving.LinkRefused) as refusal:
        said = refusal.sentence
    notes.error(request, said)
    return redirect("embargo", release.pk)


def embargo_revoke(request: HttpRequest, release_id: int, link_id: int) -> HttpResponse:
    """End somebody's link to a release, at once."""
    link = get_object_or_404(Link, pk=link_id, release_id=release_id)
    if request.method == "POST" and giving.revoke(link, request.user):
        notes.success(request, _("Revoked: the link of %(name)s leads nowhere now.") % {"name": link.name})
    return redirect("embargo", release_id)
