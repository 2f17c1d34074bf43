"""Which contacts stand under a message."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from communique.newsroom.contacts.models import PlacedContact
from communique.newsroom.contacts.placing import place
from communique.newsroom.contacts.wording import block_of
from communique.newsroom.drawn import Drawn, last_by, names_in_line
from communique.newsroom.furniture import in_language, pieces
from communique.newsroom.given import given
from communique.newsroom.history import note
from communique.newsroom.models import MessagePage
from communique.newsroom.screens import screen
from communique.newsroom.states import Standing, standing_of


def contacts(request: HttpRequest, page_id: int) -> HttpResponse:
    """Choose contacts of the furniture; the edition will have them as words."""
    page = get_object_or_404(MessagePage, pk=page_id)
    locked = standing_of(page, given().clock()) in (Standing.SUBMITTED, Standing.SCHEDULED, Standing.OVERDUE)
    known = list(pieces("contact"))
    if request.method == "POST" and locked:
        notes.error(request, _("It is submitted or scheduled: take it back first."))
        return redirect("message", page.pk)
    placed = set(PlacedContact.objects.filter(page_id=page.pk).values_list("ident", flat=True))
    drawn = Drawn(request, _in_words(known, placed), last_by(page, "contacts"))
    asked = {ident for ident, _piece in known if request.POST.get(f"contact-{ident}")}
    if request.method == "POST" and not drawn.refuses(_in_words(known, asked)):
        place(page, [ident for ident, _piece in known if ident in asked], request.user)
        note(page, "contacts", request.user)
        notes.success(request, _("Kept."))
        return redirect("message", page.pk)
    chosen = asked if request.method == "POST" else placed
    rows = [
        (ident, in_language(piece["label"], page.language), block_of(piece, page.language)["text"])
        for ident, piece in known
    ]
    facts = {"page": page, "rows": rows, "chosen": chosen, "locked": locked, "drawn": drawn}
    return screen(request, "contacts/contacts.html", "messages", **facts)


def _in_words(known: Sequence[tuple[str, Any]], chosen: Collection[str]) -> dict[str, str]:
    """Which contacts stand under it, by the names that the desk has for them."""
    names = [in_language(piece["label"], get_language() or "en") for ident, piece in known if ident in chosen]
    return {_("Contacts"): names_in_line(names)}
