"""The table of remarks: of clearers and of people outside, in one place.

Wagtail's comments fit neither. They belong to a user of the desk (`Comment.user` may not be empty), which an outsider
is not; they are saved with the editor's form, which is locked while a text waits for its clearer; and they know the
place of a word, not the words that they were said of.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

REMARK_LETTERS = 5_000


class Remark(models.Model):
    """What somebody says of a turn, of a paragraph, or of the whole."""

    class State(models.TextChoices):
        """What a clearer finds."""

        ORDER = "order", _("In order")
        MEND = "mend", _("To be mended")

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="remarks")
    link = models.ForeignKey("links.Link", null=True, on_delete=models.CASCADE, related_name="remarks")
    """of an outsider: by which he read it"""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    """the clearer; None of an outsider"""
    at = models.DateTimeField()
    turn = models.CharField(max_length=12, blank=True)
    """t7 is a turn, b3 the third paragraph of a text without turns; empty for the whole"""
    words_hash = models.CharField(max_length=16, blank=True)
    """of the turn or paragraph as it was read"""
    state = models.CharField(max_length=5, blank=True, choices=State.choices)
    text = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(link=None, by__isnull=False) | models.Q(link__isnull=False, by=None),
                name="one_says_it",
            ),
        ]
