"""When somebody looks again whether something still holds, and who does."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages as notes
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from wagtail.models import Page

from communique.newsroom.access import may_see_page
from communique.newsroom.furniture import zone
from communique.newsroom.given import given
from communique.newsroom.history import note
from communique.newsroom.instants import NoSuchTime, day_of
from communique.newsroom.roles import writing_people
from communique.newsroom.screens import menu_word, screen


def review(request: HttpRequest, page_id: int) -> HttpResponse:
    """Set the day, move it, or say that it was looked at: without a day nobody is reminded."""
    page = get_object_or_404(Page, pk=page_id).specific
    people = [user for user in writing_people() if may_see_page(user, page.pk)]
    typed = {
        "day": request.POST.get("day", page.review_on.isoformat() if page.review_on else ""),
        "by": request.POST.get("by", str(page.review_by_id or request.user.pk)),
    }
    if request.method == "POST":
        try:
            day = _coming(typed["day"]) if typed["day"] and request.POST.get("do") != "done" else None
            chosen = next((user for user in people if str(user.pk) == typed["by"]), request.user)
            keep(page, day, chosen, request.user)
            notes.success(request, _("Kept."))
            return redirect("message", page.pk)
        except NoSuchTime as wrong:
            notes.error(request, wrong.sentence)
    return screen(request, "review.html", menu_word(page), page=page, people=people, typed=typed)


def _coming(typed: str) -> date:
    day = day_of(typed)
    if day <= given().clock().astimezone(zone()).date():
        raise NoSuchTime(_("That day has come already: choose a later one."))
    return day


@transaction.atomic
def keep(page: Any, day: date | None, user: Any, by: Any) -> None:
    """Note the day on the page itself; no edition says it, and no revision."""
    type(page).objects.filter(pk=page.pk).update(review_on=day, review_by=user if day else None)
    if day:
        note(page, "review", by, day=day.isoformat(), words=str(user))
    else:
        note(page, "reviewed", by)
