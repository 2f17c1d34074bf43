"""What the law took of an imported message, its source has no longer, either."""

from __future__ import annotations

from functools import partial

from django.db import transaction

from communique.newsroom.imports.models import BatchPage
from communique.newsroom.private_files import PrivateFiles

WORDLESS = {"title": "", "section": "", "marks": [], "openings": []}


def forget_source(ident: str) -> None:
    """Throw away original, reading and words of the page from which a message came; that it came stays, and when."""
    for row in BatchPage.objects.filter(became__message=ident).exclude(source=""):
        for name in (row.source, row.reading):
            transaction.on_commit(partial(PrivateFiles().delete, name))
        row.facts, row.now = {**row.facts, **WORDLESS}, {}
        row.name = row.address = row.source = row.reading = ""
        row.left = row.changes = []
        row.save()
