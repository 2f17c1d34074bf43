"""The outbox: one row a mail, with what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from communique.newsroom.chance import fresh_name
from communique.newsroom.given import given
from communique.newsroom.history import note
from communique.newsroom.post import Letter


def letters_ended_badly() -> int:
    """How many mails will not be sent unless somebody looks at them."""
    return Mail.objects.filter(state__in=ENDED_BADLY).count()


class Mails(models.Manager["Mail"]):
    """The mails of the office."""

    def write(self, key: str, to: str, letter: Letter) -> Mail:
        """The mail of a key: stored now, or as it was stored before."""
        now = given().clock()
        facts = {"to": to, "subject": " ".join(letter.subject.split()), "text": letter.text, "urgent": letter.urgent}
        return self.get_or_create(key=key, defaults={**facts, "made_at": now, "next_at": now})[0]

    def due(self, now: datetime) -> models.QuerySet[Mail]:
        """Those that are to be tried now: the urgent ones, then the oldest."""
        return self.filter(state=Mail.State.WAITING, next_at__lte=now).order_by("-urgent", "next_at", "pk")


class Mail(models.Model):
    """One mail to one address.

    `claim` is who tries it just now: a random name, so that two workers never try one mail together.
    """

    class State(models.TextChoices):
        """How far it has come."""

        WAITING = "waiting", _("not sent yet")
        CLAIMED = "claimed", _("being sent")
        HANDING = "handing", _("being handed over")
        SENT = "sent", _("sent")
        REFUSED = "refused", _("refused by the mail server")
        PERHAPS = "perhaps", _("perhaps sent: the answer of the mail server was lost")
        GIVEN_UP = "given_up", _("not sent: given up after two days")

    key = models.CharField(max_length=200, unique=True)
    to = models.CharField(max_length=320)
    subject = models.CharField(max_length=500)
    text = models.TextField()
    """emptied once it is sent: a link in it is for its reader alone"""
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    urgent = models.BooleanField(default=False)
    next_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)
    claim = models.CharField(max_length=32, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    said = models.TextField(blank=True)
    """the mail server's own words, or what kept it from being asked"""
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = Mails()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "-urgent", "next_at"])]

    def __str__(self) -> str:
        return f"{self.key}: {self.state}"

    def take(self) -> bool:
        """Be the one who tries it; False when somebody else is."""
        self.claim, now = fresh_name(), given().clock()
        rows = Mail.objects.filter(pk=self.pk, state=self.State.WAITING, next_at__lte=now)
        return bool(rows.update(state=self.State.CLAIMED, claim=self.claim, claimed_at=now))

    def becomes(self, state: Any, **facts: Any) -> bool:
        """Note what happened, as the one who took it; False when it was taken away from us meanwhile."""
        became = bool(Mail.objects.filter(pk=self.pk, claim=self.claim).update(state=state, **facts))
        if became and "ended_at" in facts:
            note(self, "mail", to=self.to, became=state)
        return became


ENDED_BADLY = (Mail.State.REFUSED, Mail.State.PERHAPS, Mail.State.GIVEN_UP)
