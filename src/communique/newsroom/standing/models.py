"""A standing text, and which messages were begun from one.

Nothing here knows the tables of messages: those ask here whether a gap is left.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class StandingText(models.Model):
    """A text with gaps in brackets, from which a message of one kind and language begins."""

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind of message"), max_length=20)
    language = models.CharField(_("language"), max_length=20)
    title = models.CharField(_("title"), max_length=255, blank=True)
    words = models.JSONField(_("words"), default=dict, blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["kind", "language", "name"]

    def __str__(self) -> str:
        return self.name


class Beginning(models.Model):
    """A message that began from a standing text, with the gaps that it had."""

    page = models.OneToOneField("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    text = models.ForeignKey(StandingText, on_delete=models.SET_NULL, null=True, related_name="+")
    gaps = models.JSONField(default=list)
