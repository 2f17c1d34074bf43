"""Furniture at the desk: what the office has now, by sort, and a new piece."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as notes
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communique.newsroom import pieces as forms
from communique.newsroom.access import visible
from communique.newsroom.from_record import opened_page
from communique.newsroom.furniture import languages, newest_content
from communique.newsroom.furniture import pieces as on_record
from communique.newsroom.given import given
from communique.newsroom.models import OfficePage, PiecePage
from communique.newsroom.models.piece import PIECE_NAMES, name_at_desk
from communique.newsroom.screens import screen
from communique.newsroom.states import standing_of

LONGEST_PATH = 500
ONE_OF_A_KIND = ("office", "menu", "featured", "crisis", "latest", "labels")
"""pieces of which readers see one: the second would only hide the first"""


def furniture(request: HttpRequest) -> HttpResponse:
    """Every piece on the record by sort, those at the desk that are not there yet, and a verb for a new one of each."""
    language = request.LANGUAGE_CODE
    rows: dict[str, list[dict[str, object]]] = {sort: [] for sort in PIECE_NAMES}
    known = set()
    for ident, content in on_record():
        rows[content["piece"]].append({"ident": ident, "name": forms.piece_name(content, language)})
        known.add(ident)
    now = given().clock()
    for page in visible(PiecePage.objects.exclude(ident__in=known), request.user):
        rows[page.sort].append({"page": page, "name": name_at_desk(page), "standing": standing_of(page, now)})
    sorts = [(sort, PIECE_NAMES[sort], found, sort not in ONE_OF_A_KIND or not found) for sort, found in rows.items()]
    return screen(request, "furniture.html", "furniture", sorts=sorts)


def new(request: HttpRequest, sort: str) -> HttpResponse:
    """A new piece, as a draft in the editor."""
    if sort not in PIECE_NAMES or request.method != "POST":
        raise Http404
    asked = {"from": request.GET["from"][:LONGEST_PATH]} if sort == "redirect" and request.GET.get("from") else {}
    with transaction.atomic():
        OfficePage.objects.select_for_update().first()
        there = _the_one(sort, request.user)
        page = there or begin(request.user, {**forms.new_piece(sort, languages()), **asked})
    if there:
        notes.error(request, _("There is one already, and readers see only one: it is this."))
        return redirect("message", there.pk)
    return redirect("wagtailadmin_pages:edit", page.pk)


def _the_one(sort: str, user: Any) -> PiecePage | None:
    """What there is already of a sort of which there is one: somebody began it meanwhile, or another window did."""
    if sort not in ONE_OF_A_KIND:
        return None
    known = [ident for ident, content in on_record() if content["piece"] == sort]
    if known:
        page: PiecePage | None = opened_page(known[0])
        return page
    drafts = PiecePage.objects.filter(sort=sort)
    begun = (page for page in visible(drafts, user).order_by("pk") if newest_content(page.ident) is None)
    return next(begun, None)


@transaction.atomic
def begin(user: Any, content: dict[str, Any]) -> PiecePage:
    """A draft of a new piece with its first content."""
    office = OfficePage.objects.select_for_update().first()
    sort = content["piece"]
    page = PiecePage(title=str(PIECE_NAMES[sort]), sort=sort, content=content, act="furniture", live=False, owner=user)
    page = office.add_child(instance=page)
    page.save_revision(user=user)
    return page
