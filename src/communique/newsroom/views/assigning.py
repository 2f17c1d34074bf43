"""Who is to write a language version, and by when."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages as notes
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from communique.newsroom.access import may_see_page
from communique.newsroom.drawn import Drawn, last_by
from communique.newsroom.furniture import zone
from communique.newsroom.given import given
from communique.newsroom.history import note
from communique.newsroom.instants import NoSuchTime, instant_of, typed_in
from communique.newsroom.post import Letter, send_to
from communique.newsroom.reminders import assignment_key
from communique.newsroom.roles import writing_people
from communique.newsroom.screens import menu_word, screen
from communique.newsroom.templatetags.desk import local


def assign(request: HttpRequest, page_id: int) -> HttpResponse:
    """Give a version to somebody, with a deadline or without; he is told by mail."""
    page = get_object_or_404(Page, pk=page_id).specific
    people = [user for user in writing_people() if may_see_page(user, page.pk)]
    chosen_now = request.POST.get("to", str(page.assigned_to_id or ""))
    typed = {"to": chosen_now, **typed_in(request.POST, page.deadline, zone(), "%H:%M")}
    drawn = Drawn(request, _in_words(page.assigned_to, page.deadline), last_by(page, "assign"))
    if request.method == "POST":
        try:
            deadline = _deadline(typed["day"], typed["time"], typed["which"])
            chosen = next((user for user in people if str(user.pk) == typed["to"]), None)
            if not drawn.refuses(_in_words(chosen, deadline)):
                give(page, chosen, deadline, request.user)
                notes.success(request, _("Kept."))
                return redirect("message", page.pk)
        except NoSuchTime as wrong:
            notes.error(request, wrong.sentence)
    facts = {"page": page, "people": people, "typed": typed, "zone": zone().key, "drawn": drawn}
    return screen(request, "assign.html", menu_word(page), **facts)


def _in_words(user: Any, deadline: datetime | None) -> dict[str, str]:
    """What the form says, by its labels."""
    until = local(deadline, zone().key) if deadline else ""
    return {_("Who writes it"): str(user or _("nobody in particular")), _("To be ready by"): until}


def _deadline(day: str, time: str, which: str) -> datetime | None:
    if not day and not time:
        return None
    at = instant_of(day, time, zone(), which)
    if at <= given().clock():
        raise NoSuchTime(_("That instant has passed: choose a later one."))
    return at


@transaction.atomic
def give(page: Any, user: Any, deadline: datetime | None, by: Any) -> None:
    """Note it on the page and in its newest revision, which the editor opens; who gives it out wrote nothing of it."""
    type(page).objects.filter(pk=page.pk).update(assigned_to=user, deadline=deadline)
    latest = page.latest_revision
    if latest:
        said = {"assigned_to": user.pk if user else None, "deadline": deadline.isoformat() if deadline else None}
        Revision.objects.filter(pk=latest.pk).update(content={**latest.content, **said})
    until_words = f"{deadline.astimezone(zone()):%Y-%m-%d %H:%M %Z}" if deadline else ""
    note(page, "assign", by, who=[str(user)] if user else ["–"], words=until_words)
    if user and user != by:
        send_to(user, assignment_key(page.pk, deadline), partial(_letter, page.pk, deadline))


def _letter(page_id: int, deadline: datetime | None) -> Letter:
    says = _("A text was assigned to you.")
    if deadline:
        until = local(deadline, zone().key)
        says = _("A text was assigned to you, to be ready by %(until)s.") % {"until": until}
    address = given().desk_address.rstrip("/") + reverse("message", args=(page_id,))
    return Letter(_("A text for you"), f"{says}\n\n{address}\n")
