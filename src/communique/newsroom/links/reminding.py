"""Reminders of answers that are asked of people outside, each once.

Who was asked is reminded a day before the deadline, or half-way to it where less than two days were given. His link is
not in that mail, because nobody keeps it: the mail says where it stands. A deadline that passes without an answer is
told to who gave the link, because the speaker's words wait at nobody's desk otherwise.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from communique.newsroom.access import may_see_page
from communique.newsroom.deadlines import reminder_at, told_at
from communique.newsroom.furniture import zone
from communique.newsroom.given import given
from communique.newsroom.links import letters
from communique.newsroom.links.answering import ASKS
from communique.newsroom.links.finding import Standing, end_of, newest_seq, standing_of
from communique.newsroom.links.models import Link
from communique.newsroom.links.speech import to_the_second
from communique.newsroom.post import Letter, send_to
from communique.newsroom.roles import may_write

BEFORE = timedelta(days=1)
TOLD_WITHIN = timedelta(days=7)
"""after a deadline: what was over long before a desk could tell of it is told no more"""


def remind_of_links() -> None:
    """Write the reminders that are due."""
    now = given().clock()
    unanswered = Link.objects.filter(sort__in=ASKS, revoked_at=None, answers=None).select_related("by", "page")
    for link in unanswered.filter(until__gt=now, until__lte=now + BEFORE):
        near = now >= reminder_at(link.at, link.until or now, BEFORE) and _stands(link, Standing.OPEN, now)
        if near and told_at(letters.reminder_key(link)) is None:
            letters.remind(link)
    for link in unanswered.filter(until__lte=now, until__gt=now - TOLD_WITHIN, by__is_active=True):
        if _stands(link, Standing.ENDED, now):
            _tell_giver(link)


def _stands(link: Link, wanted: Standing, now: datetime) -> bool:
    """An edition that has gone out meanwhile needs no answer any more."""
    return standing_of(link, newest_seq(link.ident), now) == wanted


def _tell_giver(link: Link) -> None:
    user, key = link.by, f"link/{link.pk}/unanswered"
    if told_at(f"{key}/{user.pk}") is None and may_write(user) and may_see_page(user, link.page_id):
        send_to(user, key, partial(_unanswered, link))


def _unanswered(link: Link) -> Letter:
    facts: dict[str, Any] = {"name": link.name, "until": to_the_second(end_of(link), zone().key)}
    says = _("%(name)s was asked for an answer by %(until)s, and none has come. The link is closed:") % facts
    address = given().desk_address.rstrip("/") + reverse("links", args=(link.page_id,))
    return Letter(_("No answer from %(name)s") % facts, f"{says}\n\n{address}\n")
