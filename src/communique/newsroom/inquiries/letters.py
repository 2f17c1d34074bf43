"""Mail about inquiries, each once: to who answers, when it is given to him and two hours before its deadline
(`deadlines.py`); to the clearers, when lines for the telephone wait for a second pair of eyes, until somebody has read
them.

A mail says until when, and no word of the question, of the lines or of who asks.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from communique.newsroom.deadlines import reminder_at, told_at
from communique.newsroom.furniture import zone
from communique.newsroom.given import given
from communique.newsroom.inquiries.lines import lines_of
from communique.newsroom.inquiries.models import Inquiry
from communique.newsroom.post import Letter, send_to
from communique.newsroom.roles import clearing_people, may_write
from communique.newsroom.templatetags.desk import local

BEFORE = timedelta(hours=2)


def tell_answerer(inquiry: Inquiry, by: Any) -> None:
    """Tell somebody that an inquiry is his to answer, unless he took it himself."""
    if inquiry.answers and inquiry.answers != by and _may_know(inquiry):
        send_to(inquiry.answers, f"inquiry/{inquiry.pk}", partial(_given_to_you, inquiry))


def tell_clearers(inquiry: Inquiry) -> None:
    """Ask for the second pair of eyes, where lines wait for it: each clearer who may know of them and wrote none of
    them. Whoever goes on writing meanwhile asks nobody twice; what is written after a verdict is asked of anew."""
    lines, read = lines_of(inquiry), inquiry.verdicts.count()
    for user in clearing_people() if lines.wait else ():
        knows = Inquiry.objects.visible_to(user).open().filter(pk=inquiry.pk).exists()
        if knows and lines.may_be_decided_by(user):
            send_to(user, f"lines/{inquiry.pk}/{read}", partial(_to_be_cleared, inquiry))


def remind_of_inquiries() -> None:
    """Write the reminders that are due."""
    now = given().clock()
    near = Inquiry.objects.open().filter(deadline__gt=now, deadline__lte=now + BEFORE, answers__is_active=True)
    for inquiry in near.select_related("answers"):
        deadline = inquiry.deadline or now
        key = f"inquiry/{inquiry.pk}/{deadline.isoformat()}"
        given_at = told_at(f"inquiry/{inquiry.pk}/{inquiry.answers_id}") or inquiry.received_at
        is_time = now >= reminder_at(given_at, deadline, BEFORE)
        if is_time and not told_at(f"{key}/{inquiry.answers_id}") and _may_know(inquiry):
            send_to(inquiry.answers, key, partial(_reminder, inquiry))


def _may_know(inquiry: Inquiry) -> bool:
    """Whether who answers still works at the desk and may know of it."""
    visible = Inquiry.objects.visible_to(inquiry.answers).filter(pk=inquiry.pk)
    return may_write(inquiry.answers) and visible.exists()


def _given_to_you(inquiry: Inquiry) -> Letter:
    says = _("An inquiry is yours to answer.")
    if inquiry.deadline:
        says = _("An inquiry is yours to answer by %(until)s.") % {"until": _until(inquiry)}
    return Letter(_("An inquiry for you"), f"{says}\n\n{_address(inquiry)}\n")


def _reminder(inquiry: Inquiry) -> Letter:
    until = {"until": _until(inquiry)}
    says = _("An inquiry that is yours to answer is due at %(until)s:") % until
    return Letter(_("An inquiry is due at %(until)s") % until, f"{says}\n\n{_address(inquiry)}\n")


def _to_be_cleared(inquiry: Inquiry) -> Letter:
    says = _("Lines for the telephone wait for a second pair of eyes:")
    if inquiry.deadline:
        says = _("Lines for the telephone wait for a second pair of eyes. The inquiry is due at %(until)s:")
    says %= {"until": _until(inquiry)}
    return Letter(_("Lines to be cleared"), f"{says}\n\n{_address(inquiry, 'inquiry_lines')}\n")


def _until(inquiry: Inquiry) -> str:
    return local(inquiry.deadline, zone().key) if inquiry.deadline else ""


def _address(inquiry: Inquiry, screen: str = "inquiry") -> str:
    return given().desk_address.rstrip("/") + reverse(screen, args=(inquiry.pk,))
