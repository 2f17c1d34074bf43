"""Who sees what: a limited draft is there for the people named, and for nobody else in any list or address."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import Revision

from communique.newsroom.arms import BEGINS
from communique.newsroom.models import Attachment, Clearance, MessagePage, PiecePage, ReleaseItem
from communique.newsroom.roles import may_write


def visible(pages: QuerySet[Any], user: Any) -> QuerySet[Any]:
    """Those of the pages that this user may know of; a bare administrator knows of none."""
    return pages.filter(Q(limited_to=None) | Q(limited_to=user)).distinct() if may_write(user) else pages.none()


def may_see_page(user: Any, page_id: Any) -> bool:
    """Whether a page is one of the desk's and this user may know of it."""
    try:
        number = int(page_id)
    except (TypeError, ValueError):
        return False
    return any(visible(model.objects.filter(pk=number), user).exists() for model in (MessagePage, PiecePage))


def has_revision(page_id: int, revision_id: int) -> bool:
    """Whether a revision is one of this page."""
    return Revision.page_revisions.filter(pk=revision_id, object_id=str(page_id)).exists()


def may_see_release(user: Any, release_id: int) -> bool:
    """Whether there is a release of that number and this user may know of everything in it."""
    pages = ReleaseItem.objects.filter(release_id=release_id).values("page_id")
    numbers, seen = {row["page_id"] for row in pages}, _seen(pages, user)
    return bool(numbers) and numbers <= seen


def may_see_forced(user: Any, clearance_id: int) -> bool:
    """Whether there is a forced clearance of that number and this user may know of its page."""
    rows = Clearance.objects.exclude(forced_because="").filter(pk=clearance_id)
    return bool(_seen(rows.values("page_id"), user))


def _seen(pages: QuerySet[Any], user: Any) -> set[int]:
    """Those of some page numbers that this user may know of; the same questions for any of them, and for none."""
    found = (visible(model.objects.filter(pk__in=pages), user) for model in (MessagePage, PiecePage))
    return {number for rows in found for number in rows.values_list("pk", flat=True)}


def may_see_private(user: Any, name: str) -> bool:
    """Whether an upload belongs to a message, or to arms of the office, that this user may see."""
    pages = [*rows_with(name).values_list("page_id", flat=True)]
    pages += [page for page, _media in pages_that_show(name)]
    return may_write(user) and any(may_see_page(user, page) for page in pages)


def rows_with(name: str) -> QuerySet[Attachment]:
    """The rows of messages to which a private file belongs."""
    return Attachment.objects.filter(Q(upload=name) | Q(shown__file__private=name))


def pages_that_show(name: str) -> Iterator[tuple[int, str]]:
    """(page, media type) of each piece of which some revision shows a private file as arms of the office."""
    pages = PiecePage.objects.filter(sort="office") if name.startswith(BEGINS) else PiecePage.objects.none()
    for number in pages.values_list("pk", flat=True):
        rows = Revision.objects.filter(object_id=str(number), content__content__arms__file__private=name)
        media = rows.values_list("content__content__arms__media", flat=True).first()
        if media is not None:
            yield number, str(media)
