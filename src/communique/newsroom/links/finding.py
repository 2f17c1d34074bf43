"""Which token leads where. Every token that leads nowhere costs the same work: one hash, two questions.

A wrong token, one that ended, one that was revoked and one whose draft is public are told apart nowhere outside.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256

from django.utils.translation import gettext_lazy as _

from communique.newsroom.furniture import newest_entry
from communique.newsroom.links.models import Link
from communique.newsroom.models import Release


class Standing(StrEnum):
    """Where a link stands; worked out, never stored."""

    OPEN = "open"
    PUBLIC = "public"
    """an embargo that has ended: the link leads to the public page"""
    ENDED = "ended"
    PUBLISHED = "published"
    CANCELLED = "cancelled"
    REVOKED = "revoked"

    @property
    def label(self) -> str:
        """The standing in the reader's language."""
        return str(NAMES[self])


NAMES = {
    Standing.OPEN: _("open"),
    Standing.PUBLIC: _("leads to the public page"),
    Standing.ENDED: _("ended"),
    Standing.PUBLISHED: _("ended: it is published"),
    Standing.CANCELLED: _("closed: the release was cancelled"),
    Standing.REVOKED: _("revoked"),
}
LEADS = (Standing.OPEN, Standing.PUBLIC)

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
NOBODYS = Link(ident="", until=LONG_AGO, revoked_at=LONG_AGO)
"""stands for the link that a wrong token has not"""


def hash_of(token: str) -> str:
    """What is kept of a token. It has 165 random bits, so nobody finds it from its hash."""
    return sha256(b"communique/link\n" + token.encode("utf-8", "surrogatepass")).hexdigest()


def leading(token: str, now: datetime) -> tuple[Link, Standing] | None:
    """The link of a token, and whether it is open or leads to what is public; None for every other token."""
    found = Link.objects.select_related("release").filter(hash=hash_of(token)).first()
    link = found or NOBODYS
    standing = standing_of(link, newest_seq(link.ident), now)
    return (link, standing) if found and standing in LEADS else None


def newest_seq(ident: str) -> int:
    """The number of the newest edition of an id on the record; 0 where there is none."""
    entry = newest_entry(ident)
    return entry.seq if entry else 0


def standing_of(link: Link, seq: int, now: datetime) -> Standing:
    """Where a link stands, `seq` being its message's newest edition on the record."""
    if link.revoked_at:
        return Standing.REVOKED
    if link.release:
        return OF_RELEASE[Release.State(link.release.state)]
    if seq > link.after_seq:
        return Standing.PUBLISHED
    return Standing.OPEN if link.until and now < link.until else Standing.ENDED


OF_RELEASE = {
    Release.State.WAITING: Standing.OPEN,
    Release.State.OUT: Standing.PUBLIC,
    Release.State.CANCELLED: Standing.CANCELLED,
}


def end_of(link: Link) -> datetime:
    """Until when: of an embargo the instant of its release."""
    end = link.release.at if link.release else link.until
    return end or LONG_AGO
