"""What happened to links, in the history of their message: who gave, revoked, commented, answered, lifted, extended."""

from __future__ import annotations

from typing import Any

from wagtail.log_actions import log

from communique.newsroom.given import given
from communique.newsroom.links.models import Link
from communique.newsroom.models import Release

PREFIX = "communique.link."


def note(link: Link, what: str, by: Any = None) -> None:
    """Write it down; without `by` the person of the link did it."""
    data = {"name": link.name, "sort": link.sort}
    log(instance=link.page.specific, action=PREFIX + what, user=by, data=data, timestamp=given().clock())


def note_release(release: Release, what: str, by: Any) -> None:
    """Write down what happened to an embargo, for each page of its release."""
    facts = {"action": PREFIX + what, "user": by, "data": {"at": f"{release.at:%Y-%m-%d %H:%M:%SZ}"}}
    for item in release.items.select_related("page"):
        log(instance=item.page.specific, timestamp=given().clock(), **facts)
