"""How templates say deadlines, and which inquiries wait for whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

from communique.newsroom.furniture import zone
from communique.newsroom.given import given
from communique.newsroom.inquiries.lines import Lines, lines_of
from communique.newsroom.inquiries.lines import Standing as LinesStanding
from communique.newsroom.inquiries.models import Inquiry, State
from communique.newsroom.models import MessagePage
from communique.newsroom.roles import may_clear, may_write
from communique.newsroom.templatetags.desk import since, until

register = template.Library()


@register.filter
def due(deadline: datetime | None, now: datetime) -> str:
    """ "due in 2 h 18 min", or in red how long it is overdue; "" without a deadline."""
    if deadline is None:
        return ""
    if deadline > now:
        return format_html("<bdi>{}</bdi>", _("due in %(span)s") % {"span": until(deadline, now)})
    return format_html(
        '<bdi><strong class="red">{}</strong></bdi>', _("overdue by %(span)s") % {"span": since(deadline, now)}
    )


@register.filter
def state_name(state: str) -> str:
    """Where an inquiry stands, in words."""
    return str(State(state).label)


@register.inclusion_tag("newsroom/inquiries/for_me.html", takes_context=True)
def inquiries_for_me(context: dict[str, Any]) -> dict[str, Any]:
    """On the desk: open inquiries that I am to answer, and those that nobody answers yet."""
    user = context["request"].user
    rows = Inquiry.objects.visible_to(user).open() if may_write(user) else Inquiry.objects.none()
    rows = rows.prefetch_related("verdicts", "wordings")
    mine, nobodys = rows.filter(answers=user), rows.filter(answers=None)
    return {
        "mine": mine,
        "nobodys": nobodys,
        "returned": _returned(rows, user),
        "now": given().clock(),
        "zone": zone().key,
    }


def _returned(rows: Iterable[Inquiry], user: Any) -> list[tuple[Inquiry, Lines]]:
    """Those whose lines came back to this user, who wrote them."""
    found = [(one, lines_of(one)) for one in rows if one.lines]
    return [(one, now) for one, now in found if now.standing == LinesStanding.RETURNED and user.pk in now.authors]


@register.simple_tag(takes_context=True)
def lines_that_wait(context: dict[str, Any]) -> dict[str, Any]:
    """On the desk: open inquiries whose lines wait for this user's eyes; nothing where none does."""
    user = context["request"].user
    if not may_clear(user):
        return {}
    rows = Inquiry.objects.visible_to(user).open().exclude(lines="").prefetch_related("verdicts", "wordings")
    found = [one for one in rows if lines_of(one).may_be_decided_by(user)]
    return {"rows": found, "count": len(found)} if found else {}


@register.inclusion_tag("newsroom/inquiries/of_page.html", takes_context=True)
def inquiries_of(context: dict[str, Any], page: Any) -> dict[str, Any]:
    """On a message's screen: the inquiries that it answers."""
    if not isinstance(page, MessagePage):
        return {"rows": []}
    rows = Inquiry.objects.visible_to(context["request"].user).filter(reply__message=page.message)
    return {"rows": rows.with_state()}
