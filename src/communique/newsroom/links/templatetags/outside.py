"""How templates say instants to people outside, and where a link stands."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.utils.html import format_html

from communique.newsroom.access import may_see_page
from communique.newsroom.furniture import zone
from communique.newsroom.given import given
from communique.newsroom.links.afterwards import TOLD, who_had
from communique.newsroom.links.models import Link
from communique.newsroom.links.overview import asked_outside, embargoes_for, rows_of, rows_of_release
from communique.newsroom.links.speech import to_the_second
from communique.newsroom.models import Release
from communique.newsroom.roles import may_publish, may_write

register = template.Library()


@register.filter
def second(at: datetime, zone_name: str) -> str:
    """An instant to the second, in a zone and in UTC, kept apart from the direction of the words around it."""
    return format_html("<bdi>{}</bdi>", to_the_second(at, zone_name))


@register.inclusion_tag("newsroom/links/section.html", takes_context=True)
def links_of(context: dict[str, Any], page: Any) -> dict[str, Any]:
    """On a message's screen: who outside has a link to it, and what came back."""
    shown = may_write(context["request"].user) and may_see_page(context["request"].user, page.pk)
    return _facts(context, page=page, rows=rows_of(page) if shown else [], shown=shown)


@register.inclusion_tag("newsroom/links/answers.html", takes_context=True)
def answers_of(context: dict[str, Any], page: Any) -> dict[str, Any]:
    """Beside a text that is to be cleared: what people outside said of it."""
    return _facts(context, page=page, rows=[row for row in rows_of(page) if row.asks and row.came_back])


@register.inclusion_tag("newsroom/links/embargo_section.html", takes_context=True)
def embargo_of(context: dict[str, Any], release: Any) -> dict[str, Any]:
    """On a release's screen: who has it under embargo."""
    shown = may_publish(context["request"].user) and release.items.exclude(content__type="furniture").exists()
    return _facts(context, release=release, rows=rows_of_release(release) if shown else [], shown=shown)


@register.filter
def had_before(page: Any) -> bool:
    """Whether somebody outside had a text that this changes, and can be told."""
    return page.act in TOLD and who_had(page.ident).exists()


@register.filter
def reached(page: Any, act: str) -> bool:
    """Whether somebody outside had what an act changes, and is to be told of it."""
    return act in TOLD and who_had(page.ident, cut_off=act == "recall").exists()


@register.inclusion_tag("newsroom/links/no_mail.html")
def no_mail(people: Any) -> dict[str, Any]:
    """That nobody hears anything by mail here, on a screen that says somebody is told."""
    return {"shown": bool(people) and given().mail is None}


@register.inclusion_tag("newsroom/links/had_it.html")
def had_it(page: Any) -> dict[str, Any]:
    """Before a message is scheduled: how many had it under an embargo that was cancelled, and will have it again."""
    links = Link.objects.filter(ident=page.ident, revoked_at=None, release__state=Release.State.CANCELLED)
    return {"people": links.count()}


@register.inclusion_tag("newsroom/links/outside_now.html", takes_context=True)
def outside_now(context: dict[str, Any]) -> dict[str, Any]:
    """On the desk: what is under embargo, and what is asked of people outside."""
    user = context["request"].user
    shown = may_write(user)
    return _facts(
        context,
        embargoes=embargoes_for(user) if shown else [],
        asked=asked_outside(user) if shown else [],
        may_publish=may_publish(user),
        shown=shown,
    )


def _facts(context: dict[str, Any], **facts: Any) -> dict[str, Any]:
    request = context["request"]
    surroundings = {"request": request, "csrf_token": context.get("csrf_token")}
    return {**surroundings, "zone": zone().key, "now": given().clock(), **facts}
