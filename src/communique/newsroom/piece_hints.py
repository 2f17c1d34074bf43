"""Hints about a piece of furniture: a target at which readers find nothing, and an address that another draft has, too.

    hints_of_piece(page, user) -> ["Its target: nothing is at /en/vsa/ on this site …", …]

Hints stop nobody: what a menu leads to may be published after it, or be another's work of tomorrow, and of two drafts
with one word either may be given up. What cannot be right whatever comes is a fault (`piece_by_sort.py`). Of a draft
that is limited to others nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from communique.newsroom.access import visible
from communique.newsroom.furniture import newest_entry
from communique.newsroom.given import given
from communique.newsroom.models import PiecePage
from communique.newsroom.models.piece import name_at_desk
from communique.newsroom.one_address import addresses_in
from communique.newsroom.piece_check import site_path
from communique.newsroom.piece_words import field_name
from communique.newsroom.targets_inside import OwnSite

SAID = {
    "nowhere": gettext_noop(
        "nothing is at %(target)s on this site now. Look at how it is written, or publish what belongs there first."
    ),
    "gone": gettext_noop("what was at %(target)s is gone, and readers are told so. Lead to what took its place."),
    "draft": gettext_noop("%(target)s is where the draft “%(where)s” will be. Publish that first, or with this."),
    "desk": gettext_noop("%(target)s lies at the desk, which readers cannot enter. Write an address of the site."),
}
"""sort of an answer (`targets.py`) -> what is said of a piece's target; of the others there is nothing to say"""


def hints_of_piece(page: Any, user: Any) -> list[str]:
    """What should be looked at in a piece as it was saved last, each with the name of its field."""
    content = page.content if isinstance(page.content, Mapping) else {}
    places = [*_led_nowhere(content, user), *_as_another(page, content, user)]
    named = ((field_name(page.sort, place, given().labels), hint) for place, hint in places)
    return [_("%(field)s: %(fault)s") % {"field": name, "fault": hint} if name else hint for name, hint in named]


def _led_nowhere(content: Mapping[str, Any], user: Any) -> Iterator[tuple[str, str]]:
    site = OwnSite({}, user)
    for place, target in _targets(content):
        answer = site.answer(target) if target.strip() and not target.startswith("#") else None
        if answer and answer.sort in SAID:
            yield place, _(SAID[answer.sort]) % {"target": target, "where": answer.where}


def _targets(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(place, address) of everything to which a piece leads."""
    if isinstance(content.get("to"), str):
        path = site_path(content["to"], given().site_address)
        yield "to", path if "://" in path or path.startswith("/") else f"/{path}"
    if isinstance(content.get("link"), str):
        yield "link", content["link"]
    for number, item in enumerate(content.get("items") or ()):
        if isinstance(item, Mapping):
            one, each = item.get("target"), item.get("targets")
            yield from [(f"items[{number}].target", one)] if isinstance(one, str) else []
            pairs = each.items() if isinstance(each, Mapping) else ()
            yield from ((f"items[{number}].targets.{tag}", to) for tag, to in pairs if isinstance(to, str))


def _as_another(page: Any, content: Mapping[str, Any], user: Any) -> Iterator[tuple[str, str]]:
    """An address that a draft has which is not on the record either; what the record has is a fault already."""
    own = dict(addresses_in(content))
    others = PiecePage.objects.filter(sort=page.sort).exclude(pk=page.pk).order_by("pk") if own else ()
    for other in visible(others, user) if own else ():
        if newest_entry(other.ident) is None:
            theirs = other.get_latest_revision_as_object()
            for place, address in addresses_in(theirs.content):
                if own.get(place) == address:
                    sentence = _("the draft “%(name)s” has “%(address)s”, too, and one address cannot be of two.")
                    more = _("Take another, or leave one of the two drafts.")
                    yield place, f"{sentence} {more}" % {"name": name_at_desk(theirs), "address": address}
