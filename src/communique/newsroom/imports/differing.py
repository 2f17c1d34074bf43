"""Furniture that pages of a batch show otherwise than the office has it: seen side by side, and a person decides.

What is taken becomes a draft of the piece, by the hand of who took it: it is submitted, cleared by somebody else and
published like any other. What is left stays as the office has it. The same difference on many pages is one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import F
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from communique.newsroom.access import may_see_page
from communique.newsroom.comparing import FactChange, piece_changed
from communique.newsroom.errors import Refused
from communique.newsroom.from_import import draft_pages
from communique.newsroom.from_record import opened_page
from communique.newsroom.furniture import newest_content
from communique.newsroom.given import given
from communique.newsroom.imports.models import Batch, Difference
from communique.newsroom.models import PiecePage
from communique.newsroom.models.piece import PIECE_NAMES
from communique.newsroom.pieces import piece_name
from communique.record.release import Draft


class Shown(NamedTuple):
    """A difference that is to be decided: which piece, and its fields as we have them and as they have them."""

    difference: Difference
    sort: str
    name: str
    is_new: bool
    fields: list[FactChange]


def note_differences(batch: Batch, found: Sequence[Mapping[str, Any]]) -> int:
    """Keep what a page shows otherwise; how many pieces these are."""
    for one in found:
        digest = sha256(json.dumps(one["content"], sort_keys=True).encode()).hexdigest()
        row, _made = Difference.objects.get_or_create(
            batch=batch, ident=one["id"], digest=digest, defaults={"content": one["content"]}
        )
        Difference.objects.filter(pk=row.pk).update(pages=F("pages") + 1)
    return len(found)


def differences_of(batch: Batch) -> list[Shown]:
    """The differences that are to be decided; what the office has made the same since is none any more."""
    language = get_language() or "en"
    shown = []
    for row in batch.differences.filter(state=Difference.State.OPEN):
        ours = newest_content(row.ident) or {}
        fields = piece_changed(ours, row.content)
        if fields:
            sort = str(PIECE_NAMES[row.content["piece"]])
            shown.append(Shown(row, sort, piece_name(ours or row.content, language), not ours, fields))
    return shown


@transaction.atomic
def take(row: Difference, by: Any) -> PiecePage:
    """The piece as the pages show it, as a draft of who takes it. Raises Refused where somebody is at work on it."""
    page = opened_page(row.ident)
    ours = newest_content(row.ident)
    if page is not None and not may_see_page(by, page.pk):
        raise Refused(_("Nothing was taken: somebody is at work on this piece. Decide of it when it is public."))
    if isinstance(page, PiecePage) and ours and _is_being_changed(page, ours):
        raise Refused(
            _("Nothing was taken: “%(name)s” is being changed at the desk. Publish that or give it up, then take this.")
            % {"name": page.title}
        )
    made = [one for one in draft_pages([Draft(row.ident, "furniture", row.content)], by) if isinstance(one, PiecePage)]
    _decide(row, Difference.State.TAKEN, by)
    return made[0] if made else PiecePage.objects.get(ident=row.ident)


def leave(row: Difference, by: Any) -> None:
    """The office's own piece stays as it is."""
    _decide(row, Difference.State.LEFT, by)


def _is_being_changed(page: PiecePage, ours: dict[str, Any]) -> bool:
    kept = {key: value for key, value in ours.items() if key != "note"}
    return page.get_latest_revision_as_object().content != kept


def _decide(row: Difference, state: Any, by: Any) -> None:
    row.state, row.decided_by, row.decided_at = state, by, given().clock()
    row.save(update_fields=["state", "decided_by", "decided_at"])
