"""Whoever had a text by a link is told what became of it: corrected, withdrawn, recalled or removed.

Written in the transaction that puts it on the record, once for each person and edition. Of a recall everybody is told;
of the others, unless the publisher chose otherwise.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import override

from communique.newsroom.furniture import in_language, office
from communique.newsroom.given import given
from communique.newsroom.links.letters import Facts, became
from communique.newsroom.links.models import Link
from communique.newsroom.links.speech import speaks
from communique.newsroom.models import Release, ReleaseItem
from communique.newsroom.post import send

TOLD = ("correct", "withdraw", "recall", "remove")


def tell_of(release: Release) -> None:
    """Write to those who had what this release changes."""
    for item in release.items.filter(kind__in=TOLD):
        if release.notify or item.kind == "recall":
            for link in who_had(item.ident, cut_off=item.kind == "recall").exclude(release=release):
                _tell(link, item)


def who_had(ident: str, cut_off: bool = False) -> QuerySet[Link]:
    """The links by which somebody got a text, under embargo or as a draft; with `cut_off` also those that were revoked
    after somebody had opened them."""
    reached = Q(revoked_at=None) | Q(openings__isnull=False) if cut_off else Q(revoked_at=None)
    of_embargo = Q(release__state=Release.State.OUT, release__items__ident=ident)
    return Link.objects.filter(reached, Q(ident=ident) | of_embargo).distinct().order_by("pk")


def _tell(link: Link, item: ReleaseItem) -> None:
    language = item.content["language"]
    with override(speaks(language)):
        address = f"{given().site_address}{item.content['address']}/"
        letter = became(item.kind, Facts(link.name, in_language(office()["name"], language), "", address))
    send(f"afterwards/{item.pk}/{link.mail.lower()}", link.mail, letter.subject, letter.text)
