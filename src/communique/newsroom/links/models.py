"""The tables of one-person links: the link, each opening, and the answer. What is said of turns is in `remarks/`."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from communique.newsroom.models import Release


class Link(models.Model):
    """What one named person outside may read."""

    class Sort(models.TextChoices):
        """What it is for."""

        PREVIEW = "preview", _("Preview")
        CLEARANCE = "clearance", _("Clearance")
        REVIEW = "review", _("Speaker’s review")
        EMBARGO = "embargo", _("Embargo")

    sort = models.CharField(max_length=10, choices=Sort.choices)
    hash = models.CharField(max_length=64, unique=True)
    """of the token, which nobody keeps"""
    form = models.CharField(max_length=32, unique=True)
    """of the form in which it was given: sent twice, it gives one link"""
    name = models.CharField(max_length=200)
    mail = models.EmailField()
    reason = models.CharField(max_length=300)
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="links")
    ident = models.CharField(max_length=16)
    after_seq = models.PositiveIntegerField(default=0)
    """newest edition on the record when it was given: the next one ends a link to a draft"""
    release = models.ForeignKey(Release, null=True, on_delete=models.CASCADE, related_name="links")
    """of an embargo; its instant is the end of it"""
    until = models.DateTimeField(null=True)
    """the end of any other link"""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    mails = models.PositiveIntegerField(default=0)
    """how many mails were written to this person: each has a key of its own"""
    told_until = models.DateTimeField(null=True)
    """of an embargo: the instant that this person was told last; None after a cancellation"""

    class Meta:
        indexes: ClassVar = [models.Index(fields=["page", "sort"])]

    def __str__(self) -> str:
        return self.name


VISIT = timedelta(minutes=30)
"""who comes back sooner, from the same network address, has not opened it another time"""


class Opening(models.Model):
    """Somebody with the link's address read the page or took a file: each time is kept, however many make one visit."""

    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="openings")
    at = models.DateTimeField()
    address = models.CharField(max_length=64)
    what = models.CharField(max_length=300, blank=True)
    """the file; empty for the page"""

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]


class Answer(models.Model):
    """ "Cleared from my side", or not so and why: a fact for the clearer. The last one counts."""

    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="answers")
    at = models.DateTimeField()
    agrees = models.BooleanField()
    because = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    """of the frozen edition that he read"""

    class Meta:
        ordering: ClassVar = ["at", "pk"]
