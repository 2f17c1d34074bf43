"""What readers will see, before it happens: the press's own page, shown inside the desk.

The page comes from the press as a plain callable. Its pictures are served from the desk's private address, so that
nothing of a draft has an address anywhere else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from django.http import HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from communique.edition import EditionError
from communique.newsroom.content import Frozen, draft_of
from communique.newsroom.given import given
from communique.newsroom.next_edition import next_of
from communique.newsroom.private_files import PrivateFiles
from communique.record.errors import RecordError

LEADS_ON = re.compile(rb'<meta http-equiv="refresh"[^>]*>')


def preview_response(page: Any) -> HttpResponse:
    """The page of what this draft would be, or the sentence that says what is missing for it."""
    try:
        return HttpResponse(preview_html(next_of(page)))
    except (EditionError, RecordError, ValueError) as error:
        return HttpResponse(
            format_html("<!doctype html><title>{0}</title><p>{0}</p><p>{1}</p>", _("No preview yet"), str(error))
        )


def preview_html(edition: Frozen) -> bytes:
    """The press's page of one frozen edition: the message's own page, or the front page for a piece of furniture."""
    pages, private = set_pages([edition], given().clock())
    html = next(iter(pages.values()))  # the first is the page to show
    html = LEADS_ON.sub(b"", html)  # the page of a redirect would lead the frame to the public site, which refuses it
    for path, name in private.items():
        html = html.replace(f"/{path}".encode(), PrivateFiles().url(name).encode())
    return html


def set_pages(editions: Sequence[Frozen], at: datetime) -> tuple[Mapping[str, bytes], dict[str, str]]:
    """The press's pages of editions as of an instant, and site path -> private name of the uploads that they show."""
    names: dict[str, str] = {}

    def read(name: str) -> bytes:
        data = PrivateFiles().read(name)
        names[sha256(data).hexdigest()] = name
        return data

    drafts = [draft_of(edition, read, {}) for edition in editions]
    pages = given().preview(drafts, at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    files = ((path, sha256(data).hexdigest()) for path, data in pages.items() if path.startswith("files/"))
    return pages, {path: names[hash_] for path, hash_ in files if hash_ in names}
