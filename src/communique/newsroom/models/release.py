"""A release: what becomes public at one instant, together or not at all.

The rows here say what is due. Who publishes them claims the row inside the record's own transaction (`releasing.py`),
so two workers never publish one release twice and a worker that was dead finds what it missed.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

LATE = timedelta(seconds=10)
"""how long after its instant what nobody has taken up is overdue: alarms look every second or two, and whoever is to
know is told within 15 s of the instant. What failed is overdue at once"""


class Release(models.Model):
    """What becomes public at one instant."""

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", _("scheduled")
        OUT = "out", _("published")
        CANCELLED = "cancelled", _("cancelled")

    at = models.DateTimeField(_("instant"))
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    notify = models.BooleanField(_("notify"), default=True)
    out_at = models.DateTimeField(null=True, blank=True)
    entries = models.JSONField(default=list, blank=True)
    """[index, id, seq, address or null] of each entry, once it is out"""
    failure = models.TextField(blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    alarmed_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    checks = models.JSONField(default=list, blank=True)
    """[address, what fetching it from outside gave], for the receipt"""

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "at"])]

    def is_overdue(self, now: datetime) -> bool:
        """Whether it should be out and is not: it failed, or nobody has taken it up."""
        return self.state == self.State.WAITING and (bool(self.failure) or self.at < now - LATE)

    @property
    def is_expiry(self) -> bool:
        """Whether it withdraws what has run out, and is still to go out."""
        return any(item.is_expiry for item in self.items.all())

    def is_before_readers(self, public_until: int) -> bool:
        """Whether the pages of all its entries are made, of which `public_until` are."""
        return all(index < public_until for index, *_more in self.entries)

    def move_to(self, at: datetime) -> None:
        """Have it wait for another instant; what failed before is no longer held against it."""
        self.at, self.failure, self.failed_at, self.alarmed_at = at, "", None, None
        self.save(update_fields=["at", "failure", "failed_at", "alarmed_at"])


class ReleaseItem(models.Model):
    """One edition of a release, frozen when it was scheduled: later changes at the desk do not reach it."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="items")
    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="release_items")
    order = models.PositiveIntegerField(default=0)
    ident = models.CharField(max_length=16)
    kind = models.CharField(max_length=16)
    content = models.JSONField()
    """empty of a withdrawal at an expiry until it goes out: it is made of the words that readers have then"""
    dated = models.CharField(max_length=10, blank=True, help_text="of an import: the day under which lists place it")
    erase = models.JSONField(default=list, blank=True)
    digest = models.CharField(max_length=64)
    expires = models.DateTimeField(null=True, blank=True)
    """when this edition is to be withdrawn by itself, under `expiry_notice`; cleared with the edition"""
    expiry_notice = models.CharField(max_length=300, blank=True)
    expired = models.BooleanField(default=False)
    """whether the withdrawal was made, or is no longer to be made because another edition followed"""

    class Meta:
        ordering: ClassVar = ["order", "pk"]
        indexes: ClassVar = [models.Index(fields=["expired", "expires"])]

    @property
    def is_expiry(self) -> bool:
        """Whether it is a withdrawal at an expiry that is still to be made of what readers have."""
        return self.kind == "withdraw" and not self.content


def gone_out(ident: str) -> models.QuerySet[ReleaseItem]:
    """What went out of an id, the newest first."""
    rows = ReleaseItem.objects.filter(ident=ident, release__state=Release.State.OUT)
    return rows.order_by("-release__out_at", "-pk")
