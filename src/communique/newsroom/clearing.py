"""Four eyes: what is cleared, by whom, and the emergency door.

Wagtail's workflow says who waits for whom; here it is bound to the words. A clearance names the digest of the frozen
edition, so a word changed afterwards, even by the person who cleared it, is not cleared.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from communique.newsroom.errors import Refused
from communique.newsroom.given import given
from communique.newsroom.history import note
from communique.newsroom.models import Authorship, Clearance
from communique.newsroom.models.clearance import authors_since_clearance
from communique.newsroom.models.written import Act
from communique.newsroom.next_edition import next_of
from communique.newsroom.one_address import taken
from communique.newsroom.remarks.talk import talk_of, to_mend_sentence
from communique.newsroom.roles import may_clear, may_publish


class NotAllowed(Refused, PermissionDenied):
    """Refused; `sentence` says why. Through a door of Wagtail's own it is a page that says there is no right to it."""


def clear(workflow_state: Any, user: Any = None) -> Clearance:
    """What Wagtail calls when the task of a workflow was approved: a clearance of exactly what stands there."""
    page = workflow_state.content_object.specific
    latest = page.get_latest_revision_as_object()
    if user is None or not may_clear(user) or user.pk in authors_since_clearance(page.pk):
        raise NotAllowed(_("Who wrote or submitted it cannot clear it: a second person does."))
    require_clearable(latest, user)
    comment = workflow_state.current_task_state.comment if workflow_state.current_task_state else ""
    return Clearance.objects.create(
        page_id=page.pk, digest=next_of(latest).digest, by=user, at=given().clock(), comment=comment or ""
    )


def require_clearable(latest: Any, user: Any) -> None:
    """Raises NotAllowed where a turn is marked as to be mended, or another has the address, whichever way somebody
    comes to clear it."""
    if sentence := taken(latest, user):
        raise NotAllowed(sentence)
    talk = talk_of(latest)
    if talk.to_mend:
        said = _("%(count)s. Return the text, or change the mark first.")
        raise NotAllowed(said % {"count": to_mend_sentence(talk.to_mend, talk.turns)})


def force(page: Any, user: Any, reason: str) -> Clearance:
    """Let it go out without the second person. Everybody sees it until somebody else has approved it afterwards."""
    reason = reason.strip()
    if not may_publish(user):
        raise NotAllowed(_("Only a publisher can force a publication."))
    if page.act == Act.ERASE:
        raise NotAllowed(_("An erasure by law takes two people: it cannot be forced."))
    if len(reason) < 10:
        raise NotAllowed(_("Write the reason in a sentence: it is kept for ever, and everybody at the desk reads it."))
    if sentence := taken(page, user):
        raise NotAllowed(sentence)
    note(page, "force", user, words=reason)
    return Clearance.objects.create(
        page_id=page.pk, digest=next_of(page).digest, by=user, at=given().clock(), forced_because=reason
    )


def approve_afterwards(clearance: Clearance, user: Any) -> None:
    """The later look of somebody else at what was forced."""
    if not may_clear(user) or user == clearance.by or user.pk in _authors_until(clearance):
        raise NotAllowed(_("Somebody else approves it afterwards: a clearer who neither wrote nor forced it."))
    clearance.approved_by, clearance.approved_at = user, given().clock()
    clearance.save(update_fields=["approved_by", "approved_at"])
    note(clearance.page, "approve", user)


def _authors_until(clearance: Clearance) -> set[int]:
    rows = Authorship.objects.filter(page_id=clearance.page_id, at__lte=clearance.at)
    return set(rows.values_list("user_id", flat=True))


def note_author(page_id: int, user: Any) -> None:
    """Remember that somebody changed or submitted a page."""
    if user is not None:
        Authorship.objects.create(page_id=page_id, user=user, at=given().clock())


def forced_open() -> Any:
    """Forced clearances that nobody has approved afterwards yet, oldest first."""
    rows = Clearance.objects.exclude(forced_because="").filter(approved_by=None)
    return rows.select_related("page", "by").order_by("at")
