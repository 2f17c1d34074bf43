"""The next things that may be done with a page, for who asks: one verb each, in the order of likelihood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from communique.newsroom.furniture import leads_on
from communique.newsroom.models.clearance import authors_since_clearance
from communique.newsroom.models.written import Act
from communique.newsroom.roles import may_clear, may_publish, may_write
from communique.newsroom.states import FORCED_FROM, Standing


class Verb(NamedTuple):
    """A link of a screen; `post` when following it changes something at once."""

    label: str
    address: str
    post: bool = False
    main: bool = False


def verbs_for(page: Any, standing: Standing, live: Mapping[str, Any] | None, user: Any) -> list[Verb]:
    """What this user may do with the newest revision of a page now."""
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
    if standing in FORCED_FROM and may_publish(user) and page.act != Act.ERASE:
        yield Verb(_("Publish without a second person"), to("force"))
    if standing in (Standing.DRAFT, Standing.RETURNED):
        yield Verb(_("Assign"), to("assign"))
    if standing != Standing.PUBLISHED:
        yield Verb(_("Who may see it"), to("limit"))
    yield Verb(_("Review date"), to("review"))


def due_verb(page: Any, standing: Standing, user: Any, mine: bool) -> Verb:
    """The one thing that is due with a page on the desk, for who asks: it leads to the screen on which it is done with
    one button. Where nothing is due of him, to the page's own screen."""

    def to(name: str) -> str:
        return reverse(name, args=(page.pk,))

    if standing in (Standing.DRAFT, Standing.RETURNED) and mine:
        return Verb(_("Mend") if standing == Standing.RETURNED else _("Write"), to("wagtailadmin_pages:edit"))
    if standing == Standing.SUBMITTED and may_clear(user) and user.pk not in authors_since_clearance(page.pk):
        return Verb(_("Read and clear"), to("clear"))
    if standing == Standing.CLEARED and may_publish(user):
        return Verb(_("Publish or schedule"), to("release"))
    return Verb(_("Open"), to("message"))


def mending_verb(page: Any, standing: Standing) -> Verb:
    """For a text that is behind, wherever it stands: into the editor, or to what opens it for those that are public."""
    if standing in (Standing.DRAFT, Standing.RETURNED):
        return Verb(_("Mend"), reverse("wagtailadmin_pages:edit", args=(page.pk,)))
    if standing == Standing.PUBLISHED:
        return Verb(_("Update"), reverse("act", args=(page.pk, "update")))
    return Verb(_("Open"), reverse("message", args=(page.pk,)))


def waiting_verb(release: Any, user: Any, label: str) -> Verb:
    """For a release that is still to go out: whoever may change it comes to its screen, anybody else to the message."""
    if may_publish(user):
        return Verb(label, reverse("release_change", args=(release.pk,)))
    return Verb(_("Open"), reverse("message", args=(release.items.all()[0].page_id,)))


def _after_publication(live: Mapping[str, Any], to: Any, ident: str) -> Iterator[Verb]:
    if live.get("type") == "furniture" and live.get("state") == "removed":
        yield Verb(_("Put it back"), to("act", "furniture"), main=True)
        yield Verb(_("Erase by law"), to("act", "erase"))
    elif live.get("type") == "furniture":
        yield Verb(_("Change"), to("act", "furniture"), main=True)
        if live.get("piece") == "person":
            yield Verb(_("A new office-holder"), reverse("successor", args=(ident,)))
        yield Verb(_("Take away"), to("act", "remove"))
        yield Verb(_("Erase by law"), to("act", "erase"))
    elif live.get("state") == "current":
        yield Verb(_("Correct"), to("act", "correct"), main=True)
        yield Verb(_("Update"), to("act", "update"))
        yield Verb(_("Withdraw"), to("act", "withdraw"))
        yield Verb(_("Recall"), to("act", "recall"))
        yield Verb(_("Remove"), to("act", "remove"))
        yield Verb(_("Erase by law"), to("act", "erase"))
    else:
        yield Verb(_("Return from withdrawal"), to("act", "return"), main=True)
        if live.get("state") != "removed":
            yield Verb(_("Remove"), to("act", "remove"))
        if live.get("state") == "removed" and (redirect := leads_on(live.get("address") or "")):
            yield Verb(_("The redirect that leads on"), reverse("furniture_open", args=(redirect,)))
        elif live.get("state") == "removed" and live.get("address"):
            begin = reverse("furniture_new", args=("redirect",)) + "?" + urlencode({"from": f"/{live['address']}/"})
            yield Verb(_("Lead on to a new address"), begin, post=True)
        yield Verb(_("Erase by law"), to("act", "erase"))


def _waiting(page: Any) -> int:
    number: int = page.release_items.filter(release__state="waiting").values_list("release_id", flat=True)[0]
    return number
