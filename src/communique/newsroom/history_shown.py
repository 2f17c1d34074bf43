"""The history of a page, of somebody at the desk, and of the office, as its readers may see it: the newest first.

Nobody is shown a row about a limited draft or inquiry of which he may not know; network addresses are shown to
administrators alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import ModelLogEntry, PageLogEntry

from communique.newsroom.access import visible
from communique.newsroom.acts import ENTRY_NAMES, step_of
from communique.newsroom.furniture import zone
from communique.newsroom.history import PREFIX, SAYS
from communique.newsroom.inquiries.models import Inquiry, State
from communique.newsroom.models import MessagePage, PiecePage
from communique.newsroom.post.models import Mail
from communique.newsroom.roles import is_administrator, may_write
from communique.newsroom.templatetags.desk import local
from communique.newsroom.users.history import SAYS as SAYS_OF_PEOPLE
from communique.newsroom.users.history import more_of

ROWS = 50
WAGTAILS = {
    "wagtail.edit": gettext_lazy("wrote"),
    "wagtail.revert": gettext_lazy("put an earlier revision back"),
    "wagtail.lock": gettext_lazy("locked it"),
    "wagtail.unlock": gettext_lazy("unlocked it"),
    "wagtail.workflow.start": gettext_lazy("submitted it"),
    "wagtail.workflow.resume": gettext_lazy("submitted it again"),
    "wagtail.workflow.cancel": gettext_lazy("took it back"),
    "wagtail.workflow.approve": gettext_lazy("cleared it"),
    "wagtail.workflow.reject": gettext_lazy("returned it"),
    "wagtail.comments.create": gettext_lazy("commented"),
    "wagtail.comments.edit": gettext_lazy("changed a comment"),
    "wagtail.comments.delete": gettext_lazy("deleted a comment"),
    "wagtail.comments.resolve": gettext_lazy("resolved a comment"),
    "wagtail.comments.create_reply": gettext_lazy("answered a comment"),
    "wagtail.comments.edit_reply": gettext_lazy("changed an answer to a comment"),
    "wagtail.comments.delete_reply": gettext_lazy("deleted an answer to a comment"),
}
"""what Wagtail notes, in the desk's words; of others its own are shown"""


class Event(NamedTuple):
    """Something that happened."""

    at: datetime
    who: str
    what: str
    words: str
    place: str
    """the network address, for administrators"""
    about: str = ""
    page: int | None = None


class History(NamedTuple):
    """A page of fifty events; `earlier` and `later` are where the next pages begin, None where there are none."""

    events: list[Event]
    earlier: int | None
    later: int | None


def history_of(page: Any, request: HttpRequest) -> History:
    """Everything that happened to a page, for whoever may see it."""
    return _shown(request, PageLogEntry.objects.filter(page_id=page.pk), about=False)


def history_of_person(user: Any, request: HttpRequest) -> History:
    """Everything that somebody did, and what was done with his way in."""
    of_people = Q(content_type=ContentType.objects.get_for_model(get_user_model()), object_id=str(user.pk))
    pages = _pages(request).filter(user=user)
    return _shown(request, pages, _others(request).filter(Q(user=user) | of_people))


def history_of_office(request: HttpRequest) -> History:
    """Everything."""
    return _shown(request, _pages(request), _others(request))


def _pages(request: HttpRequest) -> QuerySet[Any]:
    """What happened to pages that this user may know of."""
    may = Q()
    for model in (MessagePage, PiecePage):
        may |= Q(page_id__in=visible(model.objects.all(), request.user).values("pk"))
    return PageLogEntry.objects.filter(may)


def _others(request: HttpRequest) -> QuerySet[Any]:
    """What happened to anything else, without inquiries of which this user may not know."""
    mine = Inquiry.objects.visible_to(request.user) if may_write(request.user) else Inquiry.objects.none()
    known = mine.annotate(key=Cast("pk", CharField())).values("key")
    of_inquiry = Q(content_type=ContentType.objects.get_for_model(Inquiry))
    return ModelLogEntry.objects.exclude(of_inquiry & ~Q(object_id__in=known))


def _shown(request: HttpRequest, *sources: QuerySet[Any], about: bool = True) -> History:
    """Fifty rows of some logs, merged, from the place that the request names."""
    asked = request.GET.get("from", "")
    start = int(asked) if asked.isdecimal() and len(asked) < 8 else 0
    stop = start + ROWS + 1
    ready = (_once_saved(one).select_related("user").order_by("-timestamp", "-pk") for one in sources)
    rows = [row for one in ready for row in islice(one[:stop], stop)]
    rows.sort(key=lambda row: row.timestamp, reverse=True)  # stable: of one instant the later row stays first
    places = is_administrator(request.user)
    events = [_event(row, places, about) for row in rows[start : stop - 1]]
    return History(events, stop - 1 if len(rows) >= stop else None, max(0, start - ROWS) if start else None)


def _once_saved(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Of what the editor saves by itself while somebody writes, the last; of all else, everything, and once."""
    saved = rows.model.objects.filter(uuid=OuterRef("uuid"), action=OuterRef("action"))
    last = saved.order_by("-timestamp", "-pk").values("pk")[:1]
    once = Q(uuid=None) | ~Q(action="wagtail.edit") | Q(pk=Subquery(last))
    return rows.filter(once).exclude(action="wagtail.create")  # the desk says itself how something began


def _event(row: Any, places: bool, about: bool) -> Event:
    data: Mapping[str, Any] = row.data or {}
    is_page = isinstance(row, PageLogEntry)
    titled = about and row.action not in SAYS_OF_PEOPLE and row.action != f"{PREFIX}mail"
    person = row.label if about and row.action in SAYS_OF_PEOPLE and row.label != str(row.user or "") else ""
    return Event(
        at=row.timestamp,
        who=str(row.user) if row.user else _("the command line") if row.action in SAYS_OF_PEOPLE else "",
        what=what_happened(row),
        words=" · ".join(filter(None, (row.comment, str(data.get("words") or ""), more_of(data)))),
        place=str(data.get("from") or "") if places else "",
        about=row.label if titled else person,
        page=row.page_id if is_page and about else None,
    )


def what_happened(row: Any) -> str:
    """What a row of the log says, in the desk's words."""
    if row.action in WAGTAILS:
        return str(WAGTAILS[row.action])
    if row.action in SAYS_OF_PEOPLE:
        return str(SAYS_OF_PEOPLE[row.action])
    says = SAYS.get(row.action.removeprefix(PREFIX))
    return str(says) % _slots(row.data or {}) if says else str(row.message)


def _slots(data: Mapping[str, Any]) -> dict[str, str]:
    """What was noted, as it is said: an instant in the office's zone, a kind and an act by their names."""
    said = {key: str(value) for key, value in data.items()}
    said["who"] = ", ".join(data.get("who") or ()) or _("everybody at the desk")
    said["kind"] = str(ENTRY_NAMES.get(said.get("kind", ""), said.get("kind", "")))
    if "state" in said:
        said["state"] = str(State(said["state"]).label)
    if "became" in said:
        said["became"] = str(Mail.State(said["became"]).label)
    if "act" in said:
        said["act"] = step_of(said["act"], {}).title
    day = parse_date(said["day"]) if said.get("day") else None
    if day:
        said["day"] = date_format(day)
    instant = parse_datetime(said["at"]) if "at" in said else None
    if instant:
        said["at"] = local(instant, zone().key)
    return said
