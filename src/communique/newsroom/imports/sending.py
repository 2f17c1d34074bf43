"""Sending accepted pages to the record, exactly as `communique import --publish` would, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction

from communique.edition import EditionError
from communique.importing.errors import ImportingError
from communique.newsroom.given import given
from communique.newsroom.imports.differing import note_differences
from communique.newsroom.imports.looking import as_decided, note_decided, raw_of, rules_for
from communique.newsroom.imports.models import Batch, BatchPage, State
from communique.newsroom.imports.refusals import why_refused
from communique.newsroom.private_files import PrivateFiles
from communique.record.errors import RecordError


def may_send(batch: Batch, user: Any) -> bool:
    """Nobody puts on the record alone what he brought. What the command line brought, any publisher may: whoever has
    the machine could have published it there."""
    return batch.brought_by_id != user.pk


@transaction.atomic
def send(batch: Batch, by: Any) -> int:
    """Let the accepted pages of a batch go; returns how many. The worker puts them on the record."""
    batch.sent_by, batch.sent_at = by, given().clock()
    batch.save(update_fields=["sent_by", "sent_at"])
    return batch.pages.filter(state=State.ACCEPTED).update(state=State.DUE)


def send_due() -> Iterator[None]:
    """Puts on the record what was sent; gives way after each page. A page that was put there when the program ended is
    found there and changes nothing."""
    for row in BatchPage.objects.filter(state=State.DUE).select_related("batch").order_by("batch_id", "number"):
        twice = ""
        try:
            page = as_decided(row)
            if row.state == State.DUE:
                row.became = given().arrive(page, row.batch.captured or None, raw_of(row))
                row.became["furniture_left"] = note_differences(row.batch, row.became.pop("furniture"))
                row.state = State.DONE
                note_decided(row, page)
                if given().original(row.sha256) is not None:
                    twice, row.source = row.source, ""
        except (ImportingError, EditionError, RecordError, ValueError) as error:
            row.state, row.became = State.REFUSED, why_refused(error)
        row.save()
        if twice:
            PrivateFiles().delete(twice)
        yield


def decide(row: BatchPage, state: Any, by: Any, at: datetime) -> None:
    """Accept a page, set it aside, or let it wait again. Raises ImportingError."""
    if state == State.ACCEPTED:
        note_decided(row, as_decided(row))
        row.under = rules_for(row)
    row.state, row.decided_by, row.decided_at = state, by, at
    row.save()
