"""When somebody looks again whether something still holds, and who does."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages as notes
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Page

from communique.newsroom.access import may_see_page
from communique.newsroom.drawn import Drawn, last_by
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
    drawn = Drawn(request, _in_words(page.review_on, page.review_by), last_by(page, "review", "reviewed"))
    if request.method == "POST":
        try:
            day = _coming(typed["day"]) if typed["day"] and request.POST.get("do") != "done" else None
            chosen = next((user for user in people if str(user.pk) == typed["by"]), request.user)
            if not drawn.refuses(_in_words(day, chosen)):
                keep(page, day, chosen, request.user)
                notes.success(request, _("Kept."))
                return redirect("message", page.pk)
        except NoSuchTime as wrong:
            notes.error(request, wrong.sentence)
    return screen(request, "review.html", menu_word(page), page=page, people=people, typed=typed, drawn=drawn)


def _in_words(day: date | None, user: Any) -> dict[str, str]:
    """What the form says, by its labels; without a day nobody looks."""
    return {_("Day"): date_format(day) if day else "", _("Who looks"): str(user) if day else ""}


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
