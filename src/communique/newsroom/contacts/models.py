"""A contact of the furniture that stands under a message.

The edition has it as words, so that it is whole by itself. The words are taken when somebody chooses the contact and
again when the message is submitted; what becomes of the contact later changes neither a clearance nor an edition.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class PlacedContact(models.Model):
    """A contact under a language version, with its words as they were taken."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    ident = models.CharField(max_length=16)
    """of the piece of furniture"""
    block = models.JSONField()
    turn = models.CharField(max_length=8, blank=True)
    """under a transcript: the id of the turn that it is; each has one of its own, never given to another"""
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["page", "ident"], name="a_contact_once")]
