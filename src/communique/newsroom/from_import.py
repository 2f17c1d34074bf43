"""What an import found, as drafts to look through: pages at the desk that wait for somebody's eyes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from communique.newsroom.from_record import opened_page, page_of_content
from communique.newsroom.furniture import newest_entry
from communique.newsroom.models import MessagePage, OfficePage, PiecePage
from communique.record.release import Draft

NOT_FIELDS = ("source", "stub", "was", "address")
"""what an imported page told that the form has no field for, and that goes on the record with it"""


@transaction.atomic
def draft_pages(drafts: Sequence[Draft], by: Any = None) -> list[MessagePage | PiecePage]:
    """The pages that an import made or changed: of what is neither on the record nor at the desk, and of furniture
    that the page tells otherwise. The second import of a page makes none.
    `by` is whose drafts they are, None from the command line."""
    office = OfficePage.objects.select_for_update().first()
    pages = (_known(draft, by) if _is_known(draft.id) else _new(draft, office, by) for draft in drafts)
    return [page for page in pages if page is not None]


def _is_known(ident: str) -> bool:
    return newest_entry(ident) is not None or any(
        model.objects.filter(ident=ident).exists() for model in (MessagePage, PiecePage)
    )


def _known(draft: Draft, by: Any) -> PiecePage | None:
    """A piece of the office's own with what the page tells of it, as its next edition; None where nothing is new."""
    page = opened_page(draft.id) if draft.kind == "furniture" else None
    if not isinstance(page, PiecePage):
        return None
    latest = page.get_latest_revision_as_object()
    told = page_of_content(draft.id, dict(draft.content))
    if not isinstance(told, PiecePage) or latest.content == told.content:
        return None
    latest.content = told.content
    latest.save_revision(user=by)
    return latest


def _new(draft: Draft, office: OfficePage, by: Any) -> MessagePage | PiecePage:
    page = page_of_content(draft.id, dict(draft.content))
    if isinstance(page, MessagePage):
        kept = {key: draft.content[key] for key in NOT_FIELDS if key in draft.content}
        page.act, page.act_facts = "import", {"dated": draft.dated or "", "kept": kept}
    page.owner = by
    page = office.add_child(instance=page)
    page.save_revision(user=by)
    return page
