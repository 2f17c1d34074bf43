"""What an import found, as drafts to look through: pages at the desk that wait for somebody's eyes."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from communique.newsroom.from_record import page_of_content
from communique.newsroom.furniture import newest_entry
from communique.newsroom.models import MessagePage, OfficePage, PiecePage
from communique.record.release import Draft

NOT_FIELDS = ("source", "stub", "was", "address")
"""what an imported page told that the form has no field for, and that goes on the record with it"""


@transaction.atomic
def draft_pages(drafts: Sequence[Draft]) -> list[MessagePage | PiecePage]:
    """Pages of what is neither on the record nor at the desk yet; the second import of a page makes none."""
    office = OfficePage.objects.select_for_update().first()
    made = []
    for draft in drafts:
        if newest_entry(draft.id) or any(m.objects.filter(ident=draft.id).exists() for m in (MessagePage, PiecePage)):
            continue
        page = page_of_content(draft.id, dict(draft.content))
        if isinstance(page, MessagePage):
            kept = {key: draft.content[key] for key in NOT_FIELDS if key in draft.content}
            page.act, page.act_facts = "import", {"dated": draft.dated or "", "kept": kept}
        page = office.add_child(instance=page)
        page.save_revision()
        made.append(page)
    return made
