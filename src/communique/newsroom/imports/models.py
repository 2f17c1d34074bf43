"""A batch of pages that were read, what a person decided of each, and the rules that were made on the way.

Kept are the source's bytes, the page as it was read, and the decisions; what goes on the record follows from these
three (`importing/deciding.py`). Bytes and reading lie among the private files, under random names; once the page is on
the record and its bytes are kept beside its message, they lie there alone.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a page of a batch is on its way."""

    WAITING = "waiting", _("waits")
    ACCEPTED = "accepted", _("accepted")
    DUE = "due", _("on its way to the record")
    DONE = "done", _("on the record")
    ASIDE = "aside", _("set aside")
    REFUSED = "refused", _("could not go on the record")


class Batch(models.Model):
    """What one file, or one command, brought."""

    name = models.CharField(_("name"), max_length=255)
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    """None: from the command line"""
    brought_at = models.DateTimeField()
    captured = models.CharField(max_length=24, blank=True)
    """what was said of when the pages were captured, for those that do not tell it"""
    upload = models.CharField(max_length=40, blank=True)
    """private file that is still to be read, "" when all of it is"""
    refused = models.JSONField(default=list)
    """[sentence, what it was said of] of each page that could not be read"""
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-brought_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    def rules(self) -> models.QuerySet[Rule]:
        """The rules that hold, in the order in which they were made."""
        return Rule.objects.filter(batch=self, taken_back_at=None).order_by("pk")

    def waiting(self) -> models.QuerySet[BatchPage]:
        """Pages to be decided, the most doubtful first: what is mended there teaches the others."""
        return self.pages.filter(state=State.WAITING).order_by("least", "number")


class BatchPage(models.Model):
    """One page of a batch."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=500)
    address = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, db_index=True)
    source = models.CharField(max_length=40)
    """private file with the original bytes, "" once they are kept beside the message"""
    reading = models.CharField(max_length=40)
    """private file with the page as it was read, and by which version of the program; "" of what the law took"""
    version = models.CharField(max_length=40)
    raw = models.JSONField(default=dict)
    """what is known of the bytes besides: id, capture time, charset"""
    facts = models.JSONField(default=dict)
    """of the page as it was read: what lists, rules and the report ask (`looking.py`), so that they open no reading"""
    now = models.JSONField(default=dict)
    """the same of the page as it was decided; empty before that"""
    left = models.JSONField(default=list)
    """[line, text, why] of what is in no field"""
    least = models.FloatField()
    """how sure the least sure field is"""
    changes = models.JSONField(default=list)
    """what was decided of this page alone, in order"""
    under = models.JSONField(default=list)
    """the changes of the rules that held when it was accepted: later ones are nothing to it"""
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    became = models.JSONField(default=dict)
    """of a page that was sent: entries, address, already; or why it was refused"""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["batch", "number"], name="one_page_a_number")]
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return str(self.shown.get("title") or self.name or _("erased"))

    @property
    def is_decided(self) -> bool:
        """Whether somebody accepted it as it was then."""
        return self.state in (State.ACCEPTED, State.DUE, State.DONE)

    @property
    def shown(self) -> dict[str, Any]:
        """The facts as they are to be shown."""
        return self.now or self.facts


class Rule(models.Model):
    """A change that holds for everything alike in a batch."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="+")
    change = models.JSONField()
    made_on = models.ForeignKey(BatchPage, on_delete=models.SET_NULL, null=True, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)


class Difference(models.Model):
    """A piece of furniture as pages of a batch show it, otherwise than the office has it."""

    class State(models.TextChoices):
        """What a person decided of it."""

        OPEN = "open", _("to be decided")
        TAKEN = "taken", _("taken as a draft")
        LEFT = "left", _("left as the office has it")

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="differences")
    ident = models.CharField(max_length=64)
    """id of the office's own piece, or the one that the piece would have"""
    digest = models.CharField(max_length=64)
    content = models.JSONField()
    """open content of the piece as the pages show it"""
    pages = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "ident", "digest"], name="one_difference_a_batch")
        ]
        ordering: ClassVar = ["-pages", "pk"]
