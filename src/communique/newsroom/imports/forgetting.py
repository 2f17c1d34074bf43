"""What the law took of an imported message, its source has no longer, either."""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django.db.models import Q

from communique.edition import parse_edition
from communique.newsroom.given import given
from communique.newsroom.imports.models import BatchPage, State
from communique.newsroom.private_files import PrivateFiles
from communique.record.models import LoggedEdition, LoggedEntry

WORDLESS = {"title": "", "section": "", "marks": [], "openings": []}


def forget_source(ident: str) -> None:
    """Throw away original, reading and words of the page from which a message came, wherever else the same bytes wait,
    too; that it came stays, and when."""
    originals = _originals(ident)
    for sha256 in originals:
        transaction.on_commit(partial(given().forget_original, sha256))
    came = Q(became__message=ident) | Q(sha256__in=originals)
    for row in BatchPage.objects.filter(came).exclude(reading=""):
        for name in filter(None, (row.source, row.reading)):
            transaction.on_commit(partial(PrivateFiles().delete, name))
        if row.state != State.DONE:
            row.state = State.ASIDE
        row.facts, row.now = {**row.facts, **WORDLESS}, {}
        row.name = row.address = row.source = row.reading = ""
        row.left = row.changes = []
        row.save()


def _originals(ident: str) -> set[str]:
    """The SHA-256 of each page of which an edition of a message was made."""
    bodies = LoggedEntry.objects.filter(ident=ident).values_list("body", flat=True)
    editions = LoggedEdition.objects.filter(body__in=bodies)
    sources = (parse_edition(bytes(one.data)).content.get("source") or {} for one in editions)
    return {source["sha256"] for source in sources if source.get("sha256")}
