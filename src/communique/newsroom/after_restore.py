"""What the desk lets go of when it was put back from a backup, before anything goes out again.

The backup is of an earlier day. Since then a release may have gone out, or somebody may have cancelled it; a word may
have been erased by law; somebody may have been shut out. So

- every release that was waiting is taken back: nothing goes out until a person has looked and scheduled it again;
- what an entry of the record has erased the desk forgets again, wherever it has a page of it;
- everybody signs in anew.

All of it may be done twice.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.sessions.models import Session
from django.db import transaction

from communique.newsroom.erasing import forget_words
from communique.newsroom.given import given
from communique.newsroom.history import note
from communique.newsroom.models import MessagePage, PiecePage, Release
from communique.record.models import LoggedEntry


@transaction.atomic
def let_go() -> int:
    """Do so; returns how many releases were waiting."""
    waiting = list(Release.objects.select_for_update().filter(state=Release.State.WAITING))
    for release in waiting:
        Release.objects.filter(pk=release.pk).update(state=Release.State.CANCELLED)
        for item in release.items.select_related("page"):
            note(item.page, "restored")
    for page in _erased_pages():
        forget_words(page)
    Session.objects.all().delete()
    return len(waiting)


def _erased_pages() -> Iterator[MessagePage | PiecePage]:
    """The desk's pages of what the record has erased something from."""
    origin = given().publisher.origin
    idents = set(LoggedEntry.objects.filter(log__origin=origin, kind="erase").values_list("ident", flat=True))
    for model in (MessagePage, PiecePage):
        yield from model.objects.filter(ident__in=idents)
