"""The desk: what waits for me, what came back, what goes out next, what is overdue, what went out today."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from communique.newsroom.access import may_see_page, may_see_release, visible
from communique.newsroom.alarms import unseen
from communique.newsroom.expiring import expiring
from communique.newsroom.furniture import zone
from communique.newsroom.given import given
from communique.newsroom.models import MessagePage, PiecePage, Release
from communique.newsroom.models.clearance import authors_since_clearance
from communique.newsroom.models.release import LATE
from communique.newsroom.open_pages import open_pages
from communique.newsroom.post.models import letters_ended_badly
from communique.newsroom.receipts import receipt_of
from communique.newsroom.roles import is_administrator, may_clear, may_publish
from communique.newsroom.screens import screen
from communique.newsroom.stale import stale_versions
from communique.newsroom.states import Standing, standing_of
from communique.newsroom.verbs import Verb, due_verb, mending_verb, waiting_verb

DRAFTS = 20
EXPIRES_SOON = timedelta(days=7)


def desk(request: HttpRequest) -> HttpResponse:
    """The first screen after signing in."""
    user, now = request.user, given().clock()
    today = now.astimezone(zone()).date()
    pages = [*open_pages(MessagePage, user), *open_pages(PiecePage, user)]
    standings = {page.pk: standing_of(page, now) for page in pages}
    waiting = _releases(Release.State.WAITING, user)
    drafts = sorted(
        (page for page in pages if standings[page.pk] == Standing.DRAFT),
        key=lambda page: page.latest_revision_created_at or now,
    )

    runs_out = [
        (item, mending_verb(item.page, standing_of(item.page.specific, now)))
        for item in expiring(now + EXPIRES_SOON)
        if may_see_page(user, item.page_id)
    ]

    def rows(which: Iterable[Any]) -> list[Row]:
        return [_row(page, standings.get(page.pk) or standing_of(page, now), user) for page in which]

    facts: dict[str, Any] = {
        "overdue": [(one, waiting_verb(one, user, _("Mend it"))) for one in waiting if one.is_overdue(now)],
        "expired": [(item, verb) for item, verb in runs_out if item.expires < now - LATE],
        "unseen": [one for one in unseen() if may_see_release(user, one.pk)],
        "letters": letters_ended_badly() if is_administrator(user) else 0,
        "next": next(((one, waiting_verb(one, user, _("Open"))) for one in waiting if one.at >= now), None),
        "waits": rows(page for page in pages if _waits_for(user, page, standings[page.pk])),
        "returned": rows(page for page in pages if standings[page.pk] == Standing.RETURNED and _mine(page, user)),
        "drafts": rows(drafts[:DRAFTS]),
        "drafts_in_all": len(drafts),
        "submitted": rows(page for page in pages if standings[page.pk] == Standing.SUBMITTED and _mine(page, user)),
        "with_others": rows(page for page in pages if _with_others(user, page, standings[page.pk])),
        "review": [
            Row(page, Verb(_("Look at it again"), reverse("review", args=(page.pk,))), False)
            for page in _to_review(user, today)
        ],
        "expiring": [(item, verb) for item, verb in runs_out if item.expires >= now - LATE],
        "stale": [(one, mending_verb(one.page, standing_of(one.page, now))) for one in stale_versions(user)],
        "today": [(one, receipt_of(one)) for one in _out_today(now, user)],
    }
    return screen(request, "desk.html", "desk", **facts)


class Row(NamedTuple):
    """A page on the desk, and what is due with it."""

    page: Any
    verb: Verb
    mine: bool


def _row(page: Any, standing: Standing, user: Any) -> Row:
    mine = _mine(page, user)
    return Row(page, due_verb(page, standing, user, mine or page.assigned_to_id == user.pk), mine)


def _to_review(user: Any, today: date) -> list[Any]:
    """What somebody said that he would look at again, and the day has come."""
    due = {"review_on__lte": today, "review_by": user}
    rows = (visible(model.objects.filter(**due), user).order_by("review_on") for model in (MessagePage, PiecePage))
    return [page for one in rows for page in one]


def _waits_for(user: Any, page: Any, standing: Standing) -> bool:
    if standing == Standing.SUBMITTED:
        return may_clear(user) and user.pk not in authors_since_clearance(page.pk)
    if standing == Standing.CLEARED:
        return may_publish(user)
    return page.assigned_to_id == user.pk and standing in (Standing.DRAFT, Standing.RETURNED)


def _mine(page: Any, user: Any) -> bool:
    return page.owner_id == user.pk or page.authorships.filter(user=user).exists()


def _with_others(user: Any, page: Any, standing: Standing) -> bool:
    """Whether somebody else is to write it, and I wait for it: it is mine, or a language of a message of mine."""
    if page.assigned_to_id in (None, user.pk) or standing not in (Standing.DRAFT, Standing.RETURNED):
        return False
    if page.owner_id == user.pk:
        return True
    return isinstance(page, MessagePage) and MessagePage.objects.filter(message=page.message, owner=user).exists()


def _releases(state: Any, user: Any) -> list[Release]:
    rows = Release.objects.filter(state=state).order_by("at").prefetch_related("items__page")
    return [one for one in rows if may_see_release(user, one.pk)]


def _out_today(now: datetime, user: Any) -> list[Release]:
    here = zone()
    midnight = datetime.combine(now.astimezone(here).date(), time(), here)
    rows = Release.objects.filter(state=Release.State.OUT, out_at__gte=midnight).order_by("-out_at")
    return [one for one in rows.prefetch_related("items__page") if may_see_release(user, one.pk)]
