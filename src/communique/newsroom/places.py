"""The places of the desk, for its own menu and for the one beside Wagtail's editor."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from communique.newsroom.inquiries.models import Inquiry
from communique.newsroom.roles import is_administrator, may_publish, may_write


class Place(NamedTuple):
    """One place: the name of its address, what the menu calls it, and its picture in Wagtail's menu."""

    name: str
    label: str
    icon: str


def places_of(user: Any) -> list[Place]:
    """The places that somebody may go to, in their order."""
    found = [Place("desk", _("Desk"), "home")]
    if may_write(user):
        found += [
            Place("messages", _("Messages"), "doc-full"),
            Place("inquiries", _inquiries(user), "mail"),
            Place("releases", _("Releases"), "calendar-alt"),
            Place("furniture", _("Furniture"), "cogs"),
            Place("archive", _("The record"), "history"),
        ]
    if may_publish(user):
        found.append(Place("imports", _("Imports"), "download"))
    if is_administrator(user):
        found += [
            Place("people", _("People of the desk"), "group"),
            Place("post", _("Mail"), "comment"),
            Place("history", _("What happened"), "list-ul"),
        ]
    return [*found, Place("roles", _("Who may do what"), "help")]


def _inquiries(user: Any) -> str:
    """The place of inquiries, with the count of open ones."""
    waiting = Inquiry.objects.visible_to(user).open().count()
    return _("Inquiries (%(n)d)") % {"n": waiting} if waiting else _("Inquiries")
