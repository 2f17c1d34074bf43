"""How the desk's templates say instants, spans, languages and kinds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from django import template
from django.utils.formats import date_format
from django.utils.translation import get_language, get_language_bidi, ngettext
from django.utils.translation import gettext as _

from communique.newsroom.comparing import turn_facts
from communique.newsroom.furniture import in_language, office
from communique.newsroom.models.message import KIND_NAMES
from communique.newsroom.models.piece import PIECE_NAMES

register = template.Library()

MINUTE_S, HOUR_S, DAY_S = 60, 3600, 86_400
LTR, END = "\u2066", "\u2069"
"""signs around Latin words in a right-to-left line, which would else be torn apart"""


@register.filter
def local(at: datetime, zone: str) -> str:
    """An instant in a zone, to the second, with the zone's own short name and UTC beside it."""
    here = at.astimezone(ZoneInfo(zone))
    utc = at.astimezone(ZoneInfo("UTC"))
    clock = f"{here:%H:%M:%S} {here.tzname()} ({utc:%H:%M:%S} UTC)"
    return (
        f"{date_format(here.date())} {LTR}{clock}{END}"
        if get_language_bidi()
        else f"{date_format(here.date())} {clock}"
    )


@register.filter
def since(at: datetime | None, now: datetime) -> str:
    """How long ago, in the largest whole unit."""
    return span((now - at).total_seconds()) if at else ""


@register.filter
def until(at: datetime, now: datetime) -> str:
    """In how long."""
    return span((at - now).total_seconds())


def span(length_s: float) -> str:
    """A length of time as a person says it: minutes, hours, days."""
    whole = max(0, int(length_s))
    if whole < MINUTE_S:
        return _("less than a minute")
    if whole < HOUR_S:
        return ngettext("%d min", "%d min", whole // MINUTE_S) % (whole // MINUTE_S)
    if whole < DAY_S:
        return _("%(hours)d h %(minutes)d min") % {"hours": whole // HOUR_S, "minutes": whole % HOUR_S // MINUTE_S}
    return ngettext("%d day", "%d days", whole // DAY_S) % (whole // DAY_S)


@register.filter
def language(tag: str) -> str:
    """A language by its own name: "Français"."""
    try:
        locale = Locale.parse(tag, sep="-")
        return (locale.display_name or tag).capitalize()
    except (UnknownLocaleError, ValueError):
        return tag


@register.filter
def kind(page: Any) -> Any:
    """What a page is: its kind of message, or its sort of furniture."""
    return KIND_NAMES.get(page.kind) if hasattr(page, "kind") else PIECE_NAMES.get(getattr(page, "sort", ""), "")


@register.filter
def held_up(why: str) -> str:
    """Why a release is not out, as the record or the disk said it, in its own language."""
    return _("It is not out: %(why)s") % {"why": why}


@register.filter
def turns(ids: Sequence[str]) -> str:
    """Which turns, in words."""
    if list(ids) == ["blocks"]:
        return _("The text changed")
    return ngettext("Turn %s changed", "Turns %s changed", len(ids)) % ", ".join(id_.lstrip("t") for id_ in ids)


@register.filter
def turn_number(id_: str) -> str:
    """The number of a turn's id: 7 of t7."""
    return id_.lstrip("t")


register.filter("turn_facts", turn_facts)


@register.filter
def change_name(sort: str) -> str:
    """In what a turn changed, in words."""
    names = {
        "added": _("added"),
        "removed": _("taken out"),
        "moved": _("moved"),
        "words": _("words"),
        "marks": _("emphasis or links"),
        "facts": _("speaker or kind"),
    }
    return names.get(sort, sort)


@register.simple_tag
def office_name() -> str:
    """The office's name in the language of the desk."""
    try:
        return in_language(office()["name"], get_language() or "en")
    except LookupError:
        return "Communiqué"
