"""To give a link to somebody, and to take it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from communique.newsroom.chance import fresh_name
from communique.newsroom.errors import Refused
from communique.newsroom.given import given
from communique.newsroom.links import letters
from communique.newsroom.links.finding import hash_of, newest_seq
from communique.newsroom.links.history import note
from communique.newsroom.links.models import Link
from communique.newsroom.models import Release
from communique.newsroom.roles import may_publish, may_write

LONGEST = timedelta(days=366)


class LinkRefused(Refused):
    """Nothing was given; `sentence` says what to do."""


@dataclass(frozen=True)
class Recipient:
    """Whom a link is for, and why; `form` tells one filled-in form from another."""

    name: str
    mail: str
    reason: str
    form: str


@dataclass(frozen=True)
class Given:
    """A link with its address, which is known now and never again."""

    link: Link
    address: str


def give(page: Any, sort: Link.Sort, to: Recipient, until: datetime, by: Any) -> Given:
    """A link to a draft. Raises LinkRefused."""
    now = given().clock()
    if not may_write(by) or sort == Link.Sort.EMBARGO:
        raise LinkRefused(_("You cannot give this link."))
    if until <= now:
        raise LinkRefused(_("That instant has passed: choose a later one."))
    if until > now + LONGEST:
        raise LinkRefused(_("A link lasts a year at most: choose an earlier day."))
    seq = newest_seq(page.ident)
    return _given(to, by, sort=sort, page_id=page.pk, ident=page.ident, after_seq=seq, until=until)


def give_embargoed(release: Release, to: Recipient, by: Any) -> Given:
    """A link to the frozen editions of a release, before its instant. Raises LinkRefused."""
    if not may_publish(by):
        raise LinkRefused(_("Only a publisher gives a text under embargo."))
    item = release.items.exclude(content__type="furniture").first()
    if release.state != Release.State.WAITING or item is None or release.at <= given().clock():
        raise LinkRefused(_("Nothing of this release waits for its instant any more."))
    facts = {"page_id": item.page_id, "ident": item.ident, "release": release, "told_until": release.at}
    return _given(to, by, sort=Link.Sort.EMBARGO, **facts)


@transaction.atomic
def _given(to: Recipient, by: Any, **facts: Any) -> Given:
    if Link.objects.filter(form=to.form).exists():
        raise LinkRefused(_("This form was sent already: the link is given. Look at the list."))
    token = fresh_name()
    person = {"name": to.name, "mail": to.mail, "reason": to.reason, "form": to.form}
    link = Link.objects.create(hash=hash_of(token), by=by, at=given().clock(), **person, **facts)
    address = address_of(token)
    letters.post(link, letters.given_letter, address)
    note(link, "give", by)
    return Given(link, address)


def address_of(token: str) -> str:
    """The whole address of a link, on the desk's host."""
    return f"{given().desk_address}l/{token}/"


@transaction.atomic
def revoke(link: Link, by: Any) -> bool:
    """End a link at once; False when it was revoked before."""
    rows = Link.objects.filter(pk=link.pk, revoked_at=None)
    done = bool(rows.update(revoked_at=given().clock(), revoked_by=by))
    if done:
        letters.take_back(link)
        note(link, "revoke", by)
    return done
