"""Reminders, each once: of a deadline a day before (`deadlines.py`), of a review on its day. The mail says no word of
the text."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from communique.newsroom.access import may_see_page
from communique.newsroom.deadlines import reminder_at, told_at
from communique.newsroom.furniture import zone
from communique.newsroom.given import given
from communique.newsroom.models import MessagePage, PiecePage
from communique.newsroom.post import Letter, send_to
from communique.newsroom.post.models import Mail
from communique.newsroom.roles import may_write
from communique.newsroom.states import Standing, standing_of
from communique.newsroom.templatetags.desk import local

BEFORE = timedelta(days=1)


def remind() -> None:
    """Write the reminders that are due."""
    _remind_of_deadlines(given().clock())
    _remind_of_reviews(given().clock().astimezone(zone()).date())


def _remind_of_deadlines(now: datetime) -> None:
    for model in (MessagePage, PiecePage):
        near = model.objects.filter(deadline__gt=now, deadline__lte=now + BEFORE, assigned_to__is_active=True)
        for page in near.select_related("assigned_to"):
            _remind(page, now)


def _remind_of_reviews(today: date) -> None:
    """Tell who looks again whether something still holds, when its day has come."""
    for model in (MessagePage, PiecePage):
        due = model.objects.filter(review_on__lte=today, review_by__is_active=True)
        for page in due.select_related("review_by"):
            _remind_of_review(page)


def _remind_of_review(page: Any) -> None:
    user, key = page.review_by, f"review/{page.pk}/{page.review_on.isoformat()}"
    told = Mail.objects.filter(key=f"{key}/{user.pk}").exists()
    if not told and may_write(user) and may_see_page(user, page.pk):
        send_to(user, key, partial(_review_letter, page))


def _review_letter(page: Any) -> Letter:
    says = _("The day has come to look whether this still holds:")
    address = given().desk_address.rstrip("/") + reverse("message", args=(page.pk,))
    return Letter(_("To be looked at again"), f"{says}\n\n{address}\n")


def assignment_key(page_id: int, deadline: datetime | None) -> str:
    """Of the mail that says that a text is somebody's to write, by then."""
    return f"assigned/{page_id}/{f'{deadline:%Y-%m-%dT%H:%M:%SZ}' if deadline else '-'}"


def _remind(page: Any, now: datetime) -> None:
    user, key = page.assigned_to, f"deadline/{page.pk}/{page.deadline.isoformat()}"
    if told_at(f"{key}/{user.pk}") or standing_of(page, now) == Standing.PUBLISHED:
        return
    assigned_at = told_at(f"{assignment_key(page.pk, page.deadline)}/{user.pk}")
    if assigned_at and now < reminder_at(assigned_at, page.deadline, BEFORE):
        return
    if may_write(user) and may_see_page(user, page.pk):
        send_to(user, key, partial(_letter, page))


def _letter(page: Any) -> Letter:
    until = local(page.deadline, zone().key)
    subject = _("Deadline %(until)s") % {"until": until}
    says = _("Something that is assigned to you is to be ready by %(until)s:") % {"until": until}
    address = given().desk_address.rstrip("/") + reverse("message", args=(page.pk,))
    return Letter(subject, f"{says}\n\n{address}\n")
