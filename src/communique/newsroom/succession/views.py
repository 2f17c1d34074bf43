"""The screen "A new office-holder" of a person."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as notes
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communique.newsroom.content import slug_of
from communique.newsroom.drawn import Drawn
from communique.newsroom.furniture import in_language, languages, newest_content, pieces, zone
from communique.newsroom.given import given
from communique.newsroom.instants import NoSuchTime, day_of
from communique.newsroom.screens import screen
from communique.newsroom.succession.handing_over import Handover, NotHandedOver, hand_over

ROLES_LIMIT = 1000
"""more of one person than any record has"""
FIELDS = ("role", "begins_on", "successor", "address")


def successor(request: HttpRequest, ident: str) -> HttpResponse:
    """Who takes over which role from this person, and when."""
    content = newest_content(ident)
    if content is None or content.get("piece") != "person" or content["state"] != "current":
        raise Http404
    typed: dict[str, Any] = {key: request.POST.get(key, "").strip() for key in FIELDS}
    held = _held(content, request.LANGUAGE_CODE)
    drawn = Drawn(request, {_("Which role passes on"): ", ".join(name for _place, name in held)}, exact=held)
    typed["names"] = [(tag, request.POST.get(f"name-{tag}", "").strip()) for tag in languages()]
    if request.method == "POST":
        try:
            asked = _asked(ident, typed)
            if not drawn.refuses({_("Which role passes on"): dict(held).get(typed["role"], "")}):
                former, _successor = hand_over(asked, request.user)
                said = _("Both are submitted: they wait for a second pair of eyes and go out together.")
                notes.success(request, said)
                return redirect("message", former.pk)
        except NotHandedOver as refusal:
            for sentence in refusal.sentences:
                notes.error(request, sentence)
    language = request.LANGUAGE_CODE
    others = [(id_, in_language(piece["name"], language)) for id_, piece in pieces("person") if id_ != ident]
    facts: dict[str, Any] = {"ident": ident, "held": held, "drawn": drawn}
    facts["name"] = in_language(content["name"], language)
    return screen(request, "succession/successor.html", "furniture", typed=typed, others=others, **facts)


def _held(content: dict[str, Any], language: str) -> list[tuple[str, str]]:
    """(place, name) of the roles that have not ended, as the form takes them."""
    today = given().today(zone().key).isoformat()
    return [
        (str(place), in_language(role["name"], language))
        for place, role in enumerate(content.get("roles", ()))
        if role.get("until", "9999") >= today
    ]


def _asked(ident: str, typed: dict[str, Any]) -> Handover:
    try:
        begins_on = day_of(typed["begins_on"])
    except NoSuchTime:
        raise NotHandedOver(_("Write the day as 2026-11-25: from then on the role is the new person's.")) from None
    names = {tag: name for tag, name in typed["names"] if name}
    if not typed["successor"] and not names:
        raise NotHandedOver(_("Choose who takes over, or write the name of a new person."))
    address = typed["address"] or slug_of(next(iter(names.values()), ""))
    role = next((place for place in range(ROLES_LIMIT) if typed["role"] == str(place)), -1)
    return Handover(ident, role, begins_on, typed["successor"], names, address)
