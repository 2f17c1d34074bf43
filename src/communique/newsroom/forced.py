"""What went out without a second person, for the banner above every screen until somebody else has approved it.

Everybody at the desk sees it once readers can read it, administrators who see no draft too; it is then named as readers
have it, and not as the desk's next draft does. What still waits for its instant is told to those who may know of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from communique.newsroom.access import may_see_page
from communique.newsroom.clearing import forced_open
from communique.newsroom.furniture import newest_content
from communique.newsroom.given import given
from communique.newsroom.models import Clearance
from communique.newsroom.models.piece import name_at_desk
from communique.newsroom.models.release import gone_out
from communique.newsroom.pieces import piece_name
from communique.newsroom.receipts import path_of
from communique.newsroom.roles import may_clear


class Forced(NamedTuple):
    """One of them, as somebody sees it: where he reads it, and what that is called."""

    clearance: Clearance
    title: str
    address: str
    verb: str


def forced_for(user: Any, language: str) -> list[Forced]:
    """Those that this person may know of, the oldest first."""
    found = (_forced(one, user, language) for one in forced_open())
    return [one for one in found if one]


def _forced(clearance: Clearance, user: Any, language: str) -> Forced | None:
    page = clearance.page.specific
    live = newest_content(page.ident) if gone_out(page.ident).filter(digest=clearance.digest).exists() else None
    seen = may_see_page(user, page.pk)
    if live is None and not seen:
        return None
    title = _title(live, language) if live else name_at_desk(page)
    if seen and may_clear(user):
        return Forced(clearance, title, reverse("approve_afterwards", args=(clearance.pk,)), _("Read it"))
    if live:
        path = path_of(live, live.get("address") or "")
        return Forced(clearance, title, f"{given().site_address}{path}", _("As readers see it now"))
    return Forced(clearance, title, reverse("message", args=(page.pk,)), _("Open"))


def _title(live: Mapping[str, Any], language: str) -> str:
    """What readers know it as; of what the law took, a sign for it."""
    if live.get("type") == "furniture":
        return piece_name(live, language)
    return str(live.get("title") or "…")
