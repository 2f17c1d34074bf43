"""How the desk's templates say instants, spans, languages and kinds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils.formats import date_format
from django.utils.translation import get_language, get_language_bidi, ngettext
from django.utils.translation import gettext as _

from communique.newsroom.comparing import TURN_NAMES, turn_facts
from communique.newsroom.furniture import in_language, office
from communique.newsroom.given import given
from communique.newsroom.instants import choices_of
from communique.newsroom.models.message import KIND_NAMES
from communique.newsroom.models.piece import PIECE_NAMES, name_at_desk
from communique.newsroom.piece_languages import own_label
from communique.newsroom.states import standing_of
from communique.newsroom.translating import SPEAKERS, TITLE, WHOLE

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
def clock_and_utc(at: datetime) -> str:
    """A time of a zone's own clocks, with the zone's name then and UTC beside it."""
    said = f"{at:%H:%M:%S} {at.tzname()} ({at.astimezone(ZoneInfo('UTC')):%H:%M:%S} UTC)"
    return f"{LTR}{said}{END}" if get_language_bidi() else said


@register.inclusion_tag("newsroom/which.html")
def which_of_two(day: str, time: str, which: str, name: str = "which") -> dict[str, Any]:
    """Asks which of the two is meant, where the time typed comes twice in the office's zone; nothing elsewhere."""
    found = choices_of(day or "", time or "", ZoneInfo(office()["zone"]))
    return {"choices": found, "which": which, "name": name}


@register.filter
def since(at: datetime | None, now: datetime) -> str:
    """How long ago, in the largest whole unit."""
    return span((now - at).total_seconds()) if at else ""


@register.filter
def became(live: Mapping[str, Any]) -> str:
    """What became of what readers have before them; blank of what is current."""
    said = {"withdrawn": _("withdrawn"), "recalled": _("recalled"), "removed": _("removed")}
    return said.get(live.get("state", ""), "")


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
    return ngettext("%(n)d day", "%(n)d days", whole // DAY_S) % {"n": whole // DAY_S}


register.filter("language", own_label)
register.filter("called", name_at_desk)


@register.filter
def kind(page: Any) -> Any:
    """What a page is: its kind of message, or its sort of furniture."""
    return KIND_NAMES.get(page.kind) if hasattr(page, "kind") else PIECE_NAMES.get(getattr(page, "sort", ""), "")


@register.filter
def held_up(release: Any) -> str:
    """Why a release is not out, as the record or the disk said it, in its own language."""
    said = _("It is not out: %(why)s")
    if release.is_expiry:
        said = _("Its time has run out, and it is not withdrawn: %(why)s")
    return said % {"why": f"{LTR}{release.failure}{END}" if get_language_bidi() else release.failure}


@register.filter
def turns(ids: Sequence[str]) -> str:
    """What of an original changed, in words: a sentence for each thing, one for all turns."""
    sentences = {
        WHOLE: _("The text changed"),
        TITLE: _("The title or teaser changed"),
        SPEAKERS: _("A speaker’s name or role changed"),
    }
    numbers = [id_.lstrip("t") for id_ in ids if id_ not in sentences]
    said = [sentences[id_] for id_ in ids if id_ in sentences]
    if numbers:
        said.append(ngettext("Turn %s changed", "Turns %s changed", len(numbers)) % ", ".join(numbers))
    return " · ".join(said)


@register.filter
def turn_number(id_: str) -> str:
    """The number of a turn's id: 7 of t7."""
    return id_.lstrip("t")


@register.filter
def turn_kind(kind: str) -> str:
    """What sort of turn it is, in words."""
    return str(TURN_NAMES.get(kind, kind))


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


@register.filter
def office_local(at: datetime) -> str:
    """An instant in the office's zone, on a screen that is not the desk's own."""
    return local(at, office()["zone"])


@register.simple_tag
def standing(page: Any) -> str:
    """Where a page stands, in the desk's word."""
    return standing_of(page, given().clock()).label


@register.simple_tag
def office_name() -> str:
    """The office's name in the language of the desk."""
    try:
        return in_language(office()["name"], get_language() or "en")
    except LookupError:
        return "Communiqué"
