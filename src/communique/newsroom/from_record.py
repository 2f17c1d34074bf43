"""The record is the archive, the newsroom the desk: a page is made of the newest edition when somebody opens it."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django.db import transaction

from communique.newsroom.content import OF_ONE_EDITION, STATES, fields_of
from communique.newsroom.expiring import running_out
from communique.newsroom.furniture import in_language, languages, newest_content
from communique.newsroom.models import Attachment, MessagePage, OfficePage, PiecePage
from communique.newsroom.models.piece import PIECE_NAMES

PLACES = {"pictures": Attachment.Sort.PICTURE, "recordings": Attachment.Sort.RECORDING, "files": Attachment.Sort.FILE}

ACTS = {state: act for act, state in STATES.items()}
"""state of an edition -> the act that made it: the next edition of a page that nobody touches says the same again"""


@transaction.atomic
def opened_page(ident: str) -> MessagePage | PiecePage | None:
    """The desk's page of an id on the record, made if there is none yet; None where the record has no such id."""
    for model in (MessagePage, PiecePage):
        if found := model.objects.filter(ident=ident).first():
            return found
    content = newest_content(ident)
    if content is None or content["type"] not in ("message", "furniture"):
        return None
    office = OfficePage.objects.select_for_update().first()
    page = page_of_content(ident, content)
    page = office.add_child(instance=page)
    if isinstance(page, MessagePage):
        for row in _attachments(content):
            page.attachments.add(row)
        page.save()
    page.save_revision()
    return page


OF_THE_NEXT = ("act", "note", "act_facts")


@transaction.atomic
def put_back(page: MessagePage | PiecePage, user: Any) -> None:
    """Have the newest revision of a page say what the record says; nothing waits for clearance any more."""
    content = newest_content(page.ident) or {}
    latest, fresh = page.get_latest_revision_as_object(), page_of_content(page.ident, content)
    names = fields_of(content) if isinstance(page, MessagePage) else ("title", "content")
    for name in (*names, *OF_THE_NEXT):
        setattr(latest, name, getattr(fresh, name))
    latest.draft_title = latest.title  # Wagtail brings it up to date in the row alone, after the revision is made
    if isinstance(latest, MessagePage):
        latest.attachments.set(_attachments(content))
        latest.attachments.commit()  # a row without a number loses its file in the next form
        latest.expires, latest.expiry_notice = running_out(page)
    if page.current_workflow_state:
        page.current_workflow_state.cancel(user=user)
    latest.save_revision(user=user, log_action=True)


def page_of_content(ident: str, content: dict[str, Any]) -> MessagePage | PiecePage:
    """A page, not in the tree yet, that says what the open content says."""
    return _message(ident, content) if content["type"] == "message" else _piece(ident, content)


def _message(ident: str, content: dict[str, Any]) -> MessagePage:
    fields = fields_of(content)
    for key, read in ((name, date.fromisoformat) for name in ("delivered", "occasion_on", "first_on")):
        fields[key] = read(fields[key]) if fields[key] else None
    clock = fields["occasion_time"]
    fields["occasion_time"] = time.fromisoformat(clock) if clock and clock != "24:00" else None
    fields["title"] = fields["title"] or "…"
    return MessagePage(ident=ident, live=False, act=ACTS.get(content["state"], "publish"), **fields)


def _attachments(content: dict[str, Any]) -> list[Attachment]:
    rows: list[Attachment] = []
    for place, sort in PLACES.items():
        for item in content.get(place, ()):
            words = {
                key: item.get(key) or ""
                for key in ("media", "name", "title", "alternative", "caption", "credit", "rights", "language", "sign")
            }
            size = {key: item.get(key) for key in ("width", "height")}
            where = {"part": item.get("file") or "", "address": item.get("address") or ""}
            shown = item.get("shown") or {}
            rows.append(Attachment(sort=sort, **where, **words, **size, shown=shown, sort_order=len(rows)))
    return rows


def _piece(ident: str, content: dict[str, Any]) -> PiecePage:
    kept = {key: value for key, value in content.items() if key not in OF_ONE_EDITION}
    name = in_language(content.get("name") or content.get("label") or content.get("city"), languages()[0])
    title = name or str(PIECE_NAMES[content["piece"]])
    act = ACTS.get(content["state"], "furniture")
    return PiecePage(ident=ident, title=title, sort=content["piece"], content=kept, act=act, live=False)
