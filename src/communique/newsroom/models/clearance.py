"""Who wrote, who cleared what: the facts behind four eyes, and Wagtail's task that asks them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Task, TaskState

from communique.newsroom.models.release import Release, ReleaseItem
from communique.newsroom.roles import may_clear


class Authorship(models.Model):
    """Somebody changed or submitted this page. Kept for ever; only what is younger than the last clearance counts."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="authorships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["page", "at"])]


class Clearance(models.Model):
    """A second person has seen exactly this, or somebody forced it and said why."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="clearances")
    digest = models.CharField(max_length=64, help_text="of the frozen edition: communique.newsroom.content")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    comment = models.TextField(blank=True)
    forced_because = models.TextField(blank=True, help_text="the written reason; empty when four eyes saw it")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["page", "digest"])]


class FourEyesTask(Task):
    """Cleared by somebody who neither wrote nor submitted it since it was cleared last.

    Wagtail's own approval task lets an author approve his own text; this one does not, nor does any role get past it.
    """

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        return may_clear(user)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """What was submitted is not changed under the eyes of who clears it; its writer takes it back first."""
        return True

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        if not may_clear(user) or user.pk in authors_since_clearance(obj.pk):
            return []
        return [("reject", _("Return with a remark"), True), ("approve", _("Clear"), False)]

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        if not may_clear(user):
            return TaskState.objects.none()
        return self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)

    @classmethod
    def get_description(cls) -> Any:
        return _("Cleared by a second person: nobody who wrote or submitted it")

    class Meta:
        verbose_name = _("second pair of eyes")


def authors_since_clearance(page_id: int) -> set[int]:
    """The users who changed or submitted this page since it was cleared last by somebody else."""
    last = Clearance.objects.filter(page_id=page_id, forced_because="").order_by("-at").values_list("at", flat=True)
    rows = Authorship.objects.filter(page_id=page_id)
    if last:
        rows = rows.filter(at__gt=last[0])
    return set(rows.values_list("user_id", flat=True))


def is_cleared(page_id: int, digest: str) -> bool:
    """Whether exactly this is what a second person cleared last, or what was forced, and it has not gone out since.

    A clearance is good for one publication: what was said of an older text, or of this one before it was taken away, is
    not said of putting it back.
    """
    newest = Clearance.objects.filter(page_id=page_id).order_by("-at", "-pk").first()
    return newest is not None and newest.digest == digest and not _is_spent(newest)


def was_cleared(page_id: int, digest: str) -> bool:
    """Whether exactly this was ever cleared or forced: asked of what is frozen in a release already."""
    return Clearance.objects.filter(page_id=page_id, digest=digest).exists()


def _is_spent(clearance: Clearance) -> bool:
    same = ReleaseItem.objects.filter(page_id=clearance.page_id, digest=clearance.digest)
    return same.filter(release__state=Release.State.OUT, release__out_at__gt=clearance.at).exists()
