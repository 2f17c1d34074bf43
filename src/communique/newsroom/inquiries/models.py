"""An inquiry and what was done with it. Nothing of it is on the record: who asked is nobody's business but the desk's.

Where an inquiry stands is worked out: what was noted last (`Outcome`), unless the reply that was made of it is public,
which the record is asked for. So no step that forgets to say so can leave it open.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Subquery, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communique.newsroom.given import given
from communique.newsroom.models import MessagePage
from communique.record.models import LoggedEntry


class State(models.TextChoices):
    """Where an inquiry stands."""

    OPEN = "open", pgettext_lazy("an inquiry is", "Open")
    PRIVATELY = "privately", _("Answered privately")
    PUBLICLY = "publicly", _("Answered publicly")
    DECLINED = "declined", _("Declined")


class InquiryQuerySet(models.QuerySet["Inquiry"]):
    """Inquiries with their state."""

    def with_state(self) -> InquiryQuerySet:
        """Each with `state`, in one question to the database."""
        last = Outcome.objects.filter(inquiry=OuterRef("pk")).order_by("-at", "-pk").values("state")[:1]
        versions = MessagePage.objects.filter(message=OuterRef(OuterRef("reply__message"))).values("ident")
        log = LoggedEntry.objects.filter(log__origin=given().publisher.origin, ident__in=versions)
        noted = self.annotate(noted=Subquery(last), is_public=Exists(log))
        answered = When(Q(is_public=True), then=Value(State.PUBLICLY))
        kept = When(noted__isnull=False, then=F("noted"))
        return noted.annotate(state=Case(answered, kept, default=Value(State.OPEN), output_field=CharField()))

    def visible_to(self, user: Any) -> InquiryQuerySet:
        """Those that this user may know of."""
        return self.filter(Q(limited_to=None) | Q(limited_to=user)).distinct()

    def open(self) -> InquiryQuerySet:
        """Those that nobody has answered or declined, the most urgent first, those without a deadline last."""
        return self.with_state().filter(state=State.OPEN).order_by(F("deadline").asc(nulls_last=True), "received_at")


class Inquiry(models.Model):
    """A question from outside."""

    who = models.CharField(_("who asks"), max_length=200)
    outlet = models.CharField(_("outlet"), max_length=200, blank=True)
    mail = models.EmailField(_("mail address"), blank=True)
    telephone = models.CharField(_("telephone"), max_length=60, blank=True)
    question = models.TextField(_("question"))
    language = models.CharField(_("language"), max_length=20)
    received_at = models.DateTimeField()
    deadline = models.DateTimeField(null=True, blank=True)
    answers = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    lines = models.TextField(_("lines for the telephone"), blank=True)
    """what may be said on the telephone, word for word, once a second person has cleared it: `lines.py`"""
    notes = models.TextField(_("notes"), blank=True)
    reply = models.ForeignKey(MessagePage, on_delete=models.SET_NULL, null=True, blank=True, related_name="inquiries")
    """the reply to a media question that was made of it"""
    limited_to = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = InquiryQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.who}, {self.outlet}" if self.outlet else self.who


class Wording(models.Model):
    """Somebody wrote lines, or changed the question that they answer. Kept for ever, as `Authorship` is of a page."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="wordings")
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Verdict(models.Model):
    """A second person has read exactly these lines, and cleared or returned them: kept, never changed."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="verdicts")
    digest = models.CharField(max_length=64, help_text="of question, language and lines: lines.digest_of")
    lines = models.TextField()
    cleared = models.BooleanField()
    remark = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        indexes: ClassVar = [models.Index(fields=["inquiry", "digest"])]


class Outcome(models.Model):
    """What somebody did with an inquiry: kept, never changed."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="outcomes")
    state = models.CharField(max_length=10, choices=State.choices)
    said = models.TextField(blank=True)
    used = models.ForeignKey(Verdict, on_delete=models.RESTRICT, null=True, blank=True, related_name="+")
    """the cleared lines that were said"""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
