"""After an erasure by law the desk forgets, too: no draft, revision, frozen release or upload keeps the words.

The record takes the words out of every edition; a desk that kept them would publish them again with the next one. So,
in the record's own transaction, the page says what the record says now, its older revisions go, all that was said of
its words (comments, remarks on turns, answers from outside, the sentences with which it was returned or cleared), and
what was frozen of earlier releases, cancelled ones too, is what the record has left. A title that went is gone from the
history and from mail. Who did what and when stays in the history, without
what was quoted there. Other languages are messages of their own and are erased by themselves.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q
from wagtail.models import Comment, PageLogEntry, TaskState

from communique.newsroom.from_record import put_back
from communique.newsroom.furniture import newest_content
from communique.newsroom.imports.forgetting import forget_source
from communique.newsroom.links.models import Answer
from communique.newsroom.models import Attachment, Clearance, MessagePage, Release, ReleaseItem
from communique.newsroom.post.models import Mail
from communique.newsroom.private_files import PrivateFiles
from communique.newsroom.remarks.models import Remark

SAYING = ("create", "edit", "delete", "resolve", "create_reply", "edit_reply", "delete_reply")
NOTICES = "_messages"
"""where Django keeps them in a session"""
QUOTING = (*(f"wagtail.comments.{what}" for what in SAYING), "wagtail.workflow.approve", "wagtail.workflow.reject")
"""what Wagtail notes together with the words of a comment"""


def forget(item: ReleaseItem) -> None:
    """Have the desk keep nothing of an edition but what the record has after this erasure."""
    forget_words(item.page.specific, but=item.pk)


def forget_words(page: Any, but: int | None = None) -> None:
    """The same of a page; `but` is the release item that is going out just now."""
    ident = page.ident
    uploads, titles = _uploads(page), _titles(page)
    _forget_what_was_said(page)  # before the new revision, in which Wagtail keeps a copy of every comment
    put_back(page, None)
    page = type(page).objects.get(pk=page.pk)
    latest = page.get_latest_revision_as_object()
    latest.save(clean=False)  # the row itself, which is what a draft was last saved as
    page.revisions.exclude(pk=page.latest_revision_id).delete()
    frozen = ReleaseItem.objects.filter(ident=ident).exclude(pk=but).exclude(content={})  # cancelled ones, too
    frozen.update(content=newest_content(ident))
    forget_source(ident)
    _forget_titles(page, titles)
    if not (newest_content(ident) or {}).get("address"):
        _forget_address(ident)
    for name in uploads - _uploads_of_others(page):
        transaction.on_commit(partial(PrivateFiles().delete, name))


def _forget_what_was_said(page: Any) -> None:
    """Whoever speaks of words quotes them: only that he spoke, and when, is kept."""
    Comment.objects.filter(page_id=page.pk).delete()
    Remark.objects.filter(page_id=page.pk).delete()
    Answer.objects.filter(link__page_id=page.pk).update(because="")
    Clearance.objects.filter(page_id=page.pk).update(comment="")
    TaskState.objects.filter(workflow_state__object_id=str(page.pk)).update(comment="")
    for row in PageLogEntry.objects.filter(page_id=page.pk, action__in=QUOTING):
        kept = {key: said for key, said in (row.data or {}).items() if key not in ("comment", "reply")}
        PageLogEntry.objects.filter(pk=row.pk).update(data=kept)
    for row in PageLogEntry.objects.filter(page_id=page.pk):  # what a change was said to be; the ground stays
        data = row.data or {}
        if "words" in data and data.get("act") != "erase":
            kept = {key: said for key, said in data.items() if key != "words"}
            PageLogEntry.objects.filter(pk=row.pk).update(data=kept)


def _titles(page: Any) -> set[str]:
    """How the page was called so far, wherever the desk has written it."""
    labels = PageLogEntry.objects.filter(page_id=page.pk).values_list("label", flat=True).distinct()
    revisions = (revision.content.get("title") for revision in page.revisions.all())
    return {title for title in (page.title, page.draft_title, *labels, *revisions) if title}


def _forget_titles(page: Any, before: set[str]) -> None:
    """A title that the page has no longer leaves the history, subjects of mails, and notices that nobody has read."""
    kept = type(page).objects.get(pk=page.pk)
    gone = before - {kept.title, kept.draft_title}
    if gone:
        _forget_notices()
    PageLogEntry.objects.filter(page_id=page.pk, label__in=gone).update(label=kept.title)
    for title in sorted(gone, key=len, reverse=True):
        named = Q(subject__contains=title) | Q(text__contains=title) | Q(said__contains=title)
        for mail in Mail.objects.filter(named):
            words = {key: getattr(mail, key).replace(title, "…") for key in ("subject", "text", "said")}
            Mail.objects.filter(pk=mail.pk).update(**words)


def _forget_notices() -> None:
    """What the desk was about to say to somebody at the next page lies in his session; it names titles."""
    for session in Session.objects.all():
        said = session.get_decoded()
        if said.pop(NOTICES, None) is not None:
            Session.objects.filter(pk=session.pk).update(session_data=SessionStore().encode(said))


def _forget_address(ident: str) -> None:
    """What went out of an id whose address was erased does not keep it, nor what its receipt found there."""
    for release in Release.objects.filter(items__ident=ident).distinct():
        rows = [[index, id_, seq, None if id_ == ident else address] for index, id_, seq, address in release.entries]
        words = {address for _index, id_, _seq, address in release.entries if id_ == ident and address}
        checks = [one for one in release.checks if not any(f"/{address}/" in one[0] for address in words)]
        Release.objects.filter(pk=release.pk).update(entries=rows, checks=checks)


def _uploads(page: Any) -> set[str]:
    """The names of the private files of a page, as its row and its revisions have them."""
    if not isinstance(page, MessagePage):
        return set()
    rows = list(page.attachments.all())
    for revision in page.revisions.all():
        rows += revision.as_object().attachments.all()
    return set().union(*(row.private_names() for row in rows))


def _uploads_of_others(page: Any) -> set[str]:
    """Files that another language of the message has, too: it began with those of the original."""
    if not isinstance(page, MessagePage):
        return set()
    rows = Attachment.objects.exclude(page_id=page.pk).exclude(upload="")
    return set().union(*map(_uploads, page.other_languages()), *(row.private_names() for row in rows))
