"""The record as the desk's archive: everything published, however it came there, opened when somebody wants it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from communique.edition import parse_edition
from communique.newsroom.access import may_see_page
from communique.newsroom.acts import ENTRY_NAMES
from communique.newsroom.from_record import opened_page
from communique.newsroom.given import given
from communique.newsroom.models.message import KIND_NAMES
from communique.newsroom.models.piece import PIECE_NAMES
from communique.newsroom.pieces import piece_name
from communique.newsroom.receipts import NEEDS_NO_WORD
from communique.newsroom.screens import screen
from communique.record.entry import ADMIN, parse_entry
from communique.record.models import LoggedEdition, LoggedEntry

PAGE_ROWS = 50
LONGEST_WORDS = 500
SORT_NAMES = {**KIND_NAMES, **PIECE_NAMES}
BEFORE = re.compile(r"[0-9]{1,18}")


def archive(request: HttpRequest) -> HttpResponse:
    """Fifty entries, the newest first; `before` leads on by entry number, so a page costs the same anywhere."""
    before = request.GET.get("before", "")
    words = request.GET.get("words", "")[:LONGEST_WORDS]
    rows = _entries(words.removeprefix(given().site_address), int(before) if BEFORE.fullmatch(before) else None)
    shown = [_row(entry, request.LANGUAGE_CODE) for entry in rows]
    more = shown[-1]["index"] if len(shown) == PAGE_ROWS and shown[-1]["index"] > 0 else None
    return screen(request, "archive.html", "archive", rows=shown, more=more, words=words)


def _entries(words: str, before: int | None) -> Sequence[LoggedEntry]:
    """All entries, or those whose newest edition is called so."""
    rows = LoggedEntry.objects.filter(log__origin=given().publisher.origin).order_by("-index")
    if words.strip():
        return list(rows.filter(index__in=given().named(words, before, PAGE_ROWS)))
    return list((rows if before is None else rows.filter(index__lt=before))[:PAGE_ROWS])


def _row(entry: LoggedEntry, language: str) -> dict[str, Any]:
    data = LoggedEdition.objects.filter(body=entry.body).values_list("data", flat=True).first()
    content = parse_edition(bytes(data)).content if data else {}
    at = parse_entry(bytes(entry.data), entry.index).at
    name = piece_name(content, language) if "piece" in content else content.get("title") or content.get("note", "")
    return {
        "index": entry.index,
        "ident": entry.ident,
        "seq": entry.seq,
        "did": "" if entry.kind in NEEDS_NO_WORD else ENTRY_NAMES[entry.kind],
        "at": datetime.fromisoformat(at),
        "language": content.get("language", ""),
        "sort": SORT_NAMES.get(content.get("kind") or content.get("piece", ""), ""),
        "name": (name or "").partition("\n")[0],
        "opens": entry.kind != ADMIN,
    }


def open_at_desk(request: HttpRequest, ident: str) -> HttpResponse:
    """The desk's page of something on the record, a message or a piece of furniture."""
    page = opened_page(ident)
    if page is None or not may_see_page(request.user, page.pk):
        raise Http404
    return redirect("message", page.pk)
