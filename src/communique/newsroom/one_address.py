"""An address of a piece of furniture is of one piece: whoever is cleared first has it, and a second is stopped.

    taken(page, user) -> "Word in addresses – English: “news” is of “News”, which is cleared already. …", or ""

A section's word, a person's address and what a redirect leads on from are such. The record is asked first, then what
is cleared or scheduled and not out yet. Of a draft that somebody may not know of nothing is said to him; the record
alone decides between that and his.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from communique.newsroom.access import visible
from communique.newsroom.given import given
from communique.newsroom.models import Clearance, PiecePage, Release, ReleaseItem
from communique.newsroom.models.clearance import is_cleared
from communique.newsroom.models.piece import name_at_desk
from communique.newsroom.models.written import Act
from communique.newsroom.next_edition import next_of
from communique.newsroom.office_now import office_now
from communique.newsroom.piece_check import WrongPiece, checked, site_path
from communique.newsroom.piece_words import field_name


def addresses_in(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(place, address) of what only one piece of a sort may have."""
    words = content.get("word")
    for tag, word in words.items() if isinstance(words, Mapping) else ():
        yield f"word.{tag}", word
    if content.get("piece") == "person" and content.get("address"):
        yield "address", content["address"]
    if isinstance(content.get("from"), str):
        yield "from", site_path(content["from"], given().site_address).strip("/")


def taken(page: Any, user: Any) -> str:
    """What stands in the way of clearing or releasing this revision of a page: an address that another has before it,
    in a sentence; "" where nothing does."""
    content = getattr(page, "content", None)
    if not isinstance(content, Mapping) or page.act == Act.REMOVE:
        return ""
    own = dict(addresses_in(content))
    fault = next(_on_the_record(page, content, own), None) or next(_before(page, own, user), None) if own else None
    if fault is None:
        return ""
    name = field_name(page.sort, fault[0], given().labels)
    return _("%(field)s: %(fault)s") % {"field": name, "fault": fault[1]} if name else fault[1]


def _on_the_record(page: Any, content: Mapping[str, Any], own: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    try:
        checked(content, office_now(page.ident))
    except WrongPiece as wrong:
        yield from (fault for fault in wrong.faults if fault[0] in own)


def _before(page: Any, own: Mapping[str, str], user: Any) -> Iterator[tuple[str, str]]:
    """What another piece has that is cleared, and was before this one, or that waits for its instant."""
    mine = _cleared_at(page)
    for other in visible(PiecePage.objects.filter(sort=page.sort).exclude(pk=page.pk), user).order_by("pk"):
        theirs = other.get_latest_revision_as_object()
        waiting = ReleaseItem.objects.filter(ident=other.ident, release__state=Release.State.WAITING).first()
        content = waiting.content if waiting else next_of(theirs).content
        both = [(place, one) for place, one in addresses_in(content) if own.get(place) == one]
        if not both or content["state"] == "removed":
            continue
        cleared = _cleared_at(theirs)
        if waiting or (cleared and (mine is None or cleared < mine)):
            said = _("“%(address)s” is of “%(name)s”, which was cleared before and goes out with it. Take another.")
            yield from ((place, said % {"address": one, "name": name_at_desk(theirs)}) for place, one in both)


def _cleared_at(page: Any) -> tuple[Any, int] | None:
    """When a page was cleared as it stands, as its place among all clearances; None where it is not."""
    if page.current_workflow_state or not is_cleared(page.pk, next_of(page).digest):
        return None
    newest = Clearance.objects.filter(page_id=page.pk).order_by("-at", "-pk").values_list("at", "pk")
    return newest[0]
