"""Bringing pages in: a file is kept first and read afterwards, page by page, by the worker.

A batch that was being read when the program ended is read from its beginning again; pages that are there already, in
this batch or another, are passed over, so that nothing is there twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.db.models import Max

from communique import __version__
from communique.importing.capture import LIMIT_BYTES as LIMIT_PAGE_BYTES
from communique.importing.endings import CONTAINER_ENDINGS, PAGE_ENDINGS
from communique.importing.errors import ImportingError, NotReadable
from communique.importing.page import Page
from communique.importing.raw import Raw, safe
from communique.importing.reader import Reader
from communique.importing.sentence import Sentence
from communique.importing.sitemap import Leads
from communique.newsroom.given import given
from communique.newsroom.imports.looking import keep_private, keep_reading, note_read
from communique.newsroom.imports.models import Batch, BatchPage
from communique.newsroom.imports.refusals import refusal_row
from communique.newsroom.private_files import PrivateFiles

ENDINGS = (*PAGE_ENDINGS, *CONTAINER_ENDINGS)
_LEADS = Sentence("it only leads to pages elsewhere")
_FOLLOW = Sentence("have them fetched by `communique import --review` with its address")


def begin(name: str, by: Any = None, captured: str = "", upload: str = "") -> Batch:
    """A new batch."""
    return Batch.objects.create(name=name, brought_by=by, brought_at=given().clock(), captured=captured, upload=upload)


def was_brought(raw: Raw, page: Page) -> bool:
    """Whether the same bytes of the same place wait at the desk, or were decided there."""
    same = BatchPage.objects.filter(sha256=page.capture.sha256, address=raw.address or "")
    return (same if raw.address else same.filter(name=raw.name)).exists()


@transaction.atomic
def add_page(batch: Batch, raw: Raw, page: Page) -> BatchPage:
    """A page of a batch."""
    last = batch.pages.aggregate(last=Max("number"))["last"] or 0
    known = {"id": raw.id, "captured": raw.captured, "charset": raw.charset}
    row = BatchPage(
        batch=batch,
        number=last + 1,
        name=raw.name,
        address=raw.address or "",
        sha256=page.capture.sha256,
        version=__version__,
        raw={key: value for key, value in known.items() if value},
    )
    note_read(row, page)
    row.source, row.reading = keep_private(raw.data), keep_reading(page)
    row.save()
    return row


def add_refusal(batch: Batch, error: ImportingError) -> None:
    """A page that could not be read: one line in the report."""
    batch.refused.append(refusal_row(error))
    batch.save(update_fields=["refused"])


def read_uploads() -> Iterator[None]:
    """Reads what was uploaded and not read yet; gives way after each page."""
    for batch in Batch.objects.exclude(upload="").order_by("pk"):
        batch.refused = []
        with Reader() as reader:
            for raw, found in reader.read_all("page", _raws(batch, reader)):
                if raw is None or isinstance(found, ImportingError):
                    add_refusal(batch, found)
                elif not was_brought(raw, found):
                    add_page(batch, raw, found)
                yield
        read, batch.upload = batch.upload, ""
        batch.save(update_fields=["upload"])
        PrivateFiles().delete(read)


def _raws(batch: Batch, reader: Reader) -> Iterator[Raw | ImportingError]:
    """The pages of an upload; addresses that it leads to are named, and not followed."""
    with PrivateFiles().place(batch.upload).open("rb") as file:
        if not batch.name.lower().endswith(CONTAINER_ENDINGS):
            yield Raw(safe(PurePath(batch.name).stem), batch.name, file.read(LIMIT_PAGE_BYTES + 1))
            return
        try:
            for one in reader.opened(batch.name, file):
                yield NotReadable(one.address, _LEADS, _FOLLOW) if isinstance(one, Leads) else one
        except ImportingError as error:
            yield error
