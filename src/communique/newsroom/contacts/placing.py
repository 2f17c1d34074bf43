"""Contacts put under a message, taken away, and frozen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.db import transaction

from communique.newsroom.contacts.models import PlacedContact
from communique.newsroom.contacts.wording import block_of
from communique.newsroom.furniture import newest_content


class Placed(NamedTuple):
    """A contact's block, and the id of the turn that it is under a transcript."""

    block: dict[str, Any]
    turn: str


def contact_blocks(page: Any) -> list[Placed]:
    """What an edition of this page ends with."""
    return [Placed(row.block, row.turn) for row in PlacedContact.objects.filter(page_id=page.pk)] if page.pk else []


def with_contacts(words: Mapping[str, Any], placed: Sequence[Placed]) -> dict[str, Any]:
    """A words value with contacts behind it: blocks under a text, each a note of its own under a transcript."""
    if not placed:
        return dict(words)
    if "turns" in words:
        notes = [{"id": one.turn, "kind": "note", "blocks": [one.block]} for one in placed if one.turn]
        return {**words, "turns": [*words["turns"], *notes]}
    return {**words, "blocks": [*words.get("blocks", ()), *(one.block for one in placed)]}


@transaction.atomic
def place(page: Any, idents: Sequence[str], user: Any) -> None:
    """Have these contacts under the newest revision of a page, in this order, and no others.

    The new revision says who chose them, so that he is among those who wrote it, and keeps their turns' numbers from
    being given to others.
    """
    latest = page.get_latest_revision_as_object()
    kept = {row.ident: row for row in PlacedContact.objects.filter(page_id=page.pk)}
    for order, ident in enumerate(dict.fromkeys(idents)):
        row = kept.pop(ident, None) or PlacedContact(page_id=page.pk, ident=ident)
        row.order = order
        if "turns" in (latest.words or {}) and not row.turn:
            row.turn = f"t{latest.words['next']}"
            latest.words = {**latest.words, "next": latest.words["next"] + 1}
        if _take_words(row, page.language):
            row.save()
    PlacedContact.objects.filter(pk__in=[row.pk for row in kept.values()]).delete()
    latest.save_revision(user=user, log_action=True)


def freeze(page: Any) -> None:
    """Take the words of a page's contacts anew, as the furniture has them now: at its submission."""
    for row in PlacedContact.objects.filter(page_id=page.pk):
        if _take_words(row, page.language):
            row.save(update_fields=["block"])


def _take_words(row: PlacedContact, language: str) -> bool:
    """Whether the furniture still has the contact; a row keeps the words that it had otherwise."""
    content = newest_content(row.ident)
    if content is None or content.get("piece") != "contact" or content["state"] != "current":
        return False
    row.block = block_of(content, language)
    return True
