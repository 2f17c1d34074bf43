"""One-time links: the way in for whoever has no password yet, or lost what he signed in with.

    https://desk.embassy.example/welcome/32-letters-and-digits/

A link is good for LINK_HOURS and for one use; the next one for the same person puts an end to it. Opening it uses
nothing up, because programs that read mail open links: what counts is the password set behind it. Who has the database
has only hashes.
"""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.db import transaction

from communique.newsroom.chance import fresh_name
from communique.newsroom.given import given
from communique.newsroom.users.history import LINK_SENT, note
from communique.newsroom.users.models import SignInLink

LINK_HOURS = 48


@transaction.atomic
def fresh_link(user: Any, by: Any = None) -> str:
    """The address of a new link for somebody; every earlier one of his is dead."""
    now = given().clock()
    token = fresh_name()
    user.links.filter(used_at=None).delete()
    expires_at = now + timedelta(hours=LINK_HOURS)
    user.links.create(digest=_digest(token), made_by=by, made_at=now, expires_at=expires_at)
    note(user, LINK_SENT, by)
    return f"{given().desk_address}welcome/{token}/"


def link_of(token: str) -> SignInLink | None:
    """The link that is good now; None for one that never was, was used, is too old, or whose person may not sign in."""
    rows = SignInLink.objects.filter(digest=_digest(token), used_at=None, expires_at__gt=given().clock())
    return rows.filter(user__is_active=True).select_related("user").first()


def use_up(link: SignInLink) -> bool:
    """Whether it was still there to be used: of two who try at once, one."""
    return SignInLink.objects.filter(pk=link.pk, used_at=None).update(used_at=given().clock()) == 1


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
