"""The next things that may be done with a page, for who asks: one verb each, in the order of likelihood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from communique.newsroom.models.clearance import authors_since_clearance
from communique.newsroom.roles import may_clear, may_publish, may_write
from communique.newsroom.states import Standing


class Verb(NamedTuple):
    """A link of a screen; `post` when following it changes something at once."""

    label: str
    address: str
    post: bool = False
    main: bool = False


def verbs_for(page: Any, standing: Standing, live: Mapping[str, Any] | None, user: Any) -> list[Verb]:
    """What this user may do with the page now."""
    return list(_verbs(page, standing, live, user))


def _verbs(page: Any, standing: Standing, live: Mapping[str, Any] | None, user: Any) -> Iterator[Verb]:
    def to(name: str, *more: Any) -> str:
        return reverse(name, args=(page.pk, *more))

    if not may_write(user):
        return
    clearable = may_clear(user) and user.pk not in authors_since_clearance(page.pk)
    if standing in (Standing.DRAFT, Standing.RETURNED):
        yield Verb(_("Write"), reverse("wagtailadmin_pages:edit", args=(page.pk,)), main=standing == Standing.RETURNED)
        yield Verb(_("Submit for clearance"), to("submit"), post=True, main=standing == Standing.DRAFT)
        if hasattr(page, "words"):
            yield Verb(_("Contacts under it"), to("contacts"))
        if live:
            yield Verb(_("Give up this draft"), to("give_up"), post=True)
    if standing == Standing.SUBMITTED and clearable:
        yield Verb(_("Read and clear"), to("clear"), main=True)
    if standing == Standing.SUBMITTED:
        yield Verb(_("Take back"), to("take_back"), post=True)
    if standing == Standing.CLEARED and may_publish(user):
        yield Verb(_("Publish or schedule"), to("release"), main=True)
    if standing in (Standing.SCHEDULED, Standing.OVERDUE) and may_publish(user):
        yield Verb(_("Move or cancel"), reverse("release_change", args=(_waiting(page),)), main=True)
    if standing == Standing.PUBLISHED:
        yield from _after_publication(live or {}, to, page.ident)
    if standing in (Standing.DRAFT, Standing.RETURNED, Standing.SUBMITTED) and may_publish(user):
        yield Verb(_("Publish without a second person"), to("force"))
    if standing in (Standing.DRAFT, Standing.RETURNED):
        yield Verb(_("Assign"), to("assign"))
    if standing != Standing.PUBLISHED:
        yield Verb(_("Who may see it"), to("limit"))
    yield Verb(_("Review date"), to("review"))


def _after_publication(live: Mapping[str, Any], to: Any, ident: str) -> Iterator[Verb]:
    if live.get("type") == "furniture" and live.get("state") == "removed":
        yield Verb(_("Put it back"), to("act", "furniture"), main=True)
    elif live.get("type") == "furniture":
        yield Verb(_("Change"), to("act", "furniture"), main=True)
        if live.get("piece") == "person":
            yield Verb(_("A new office-holder"), reverse("successor", args=(ident,)))
        yield Verb(_("Take away"), to("act", "remove"))
    elif live.get("state") == "current":
        yield Verb(_("Correct"), to("act", "correct"), main=True)
        yield Verb(_("Update"), to("act", "update"))
        yield Verb(_("Withdraw"), to("act", "withdraw"))
        yield Verb(_("Recall"), to("act", "recall"))
        yield Verb(_("Remove"), to("act", "remove"))
        yield Verb(_("Erase by law"), to("act", "erase"))
    else:
        yield Verb(_("Return from withdrawal"), to("act", "return"), main=True)
        if live.get("state") == "removed" and live.get("address"):
            begin = reverse("furniture_new", args=("redirect",)) + "?" + urlencode({"from": f"/{live['address']}/"})
            yield Verb(_("Lead on to a new address"), begin, post=True)
        yield Verb(_("Erase by law"), to("act", "erase"))


def _waiting(page: Any) -> int:
    number: int = page.release_items.filter(release__state="waiting").values_list("release_id", flat=True)[0]
    return number
