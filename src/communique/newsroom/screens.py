"""What every screen of the desk has around it: office, menu, who is here, the two clocks, what was forced."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from communique.newsroom.forced import forced_for
from communique.newsroom.furniture import in_language, office, pieces
from communique.newsroom.given import given
from communique.newsroom.models import PiecePage
from communique.newsroom.places import places_of
from communique.newsroom.roles import may_write, names_of, roles_of


def screen(request: HttpRequest, template: str, here: str, status: int = 200, **facts: Any) -> HttpResponse:
    """A screen of the desk; `here` is the menu's word for it."""
    return render(request, f"newsroom/{template}", {**surroundings(request, here), **facts}, status=status)


def menu_word(page: Any) -> str:
    """The menu's word for whatever is done with a page: furniture is no message."""
    return "furniture" if isinstance(page, PiecePage) else "messages"


def surroundings(request: HttpRequest, here: str) -> dict[str, Any]:
    """The facts that the frame of every screen shows."""
    language = request.LANGUAGE_CODE
    content = office()
    return {
        "here": here,
        "office_name": in_language(content["name"], language),
        "menu": [{**one._asdict(), "here": one.name == here} for one in places_of(request.user)],
        "writes": may_write(request.user),
        "roles": names_of(roles_of(request.user)),
        "clocks": [
            {"city": in_language(piece["city"], language), "zone": piece["zone"]} for _id, piece in pieces("clock")
        ],
        "office_zone": content["zone"],
        "now": given().clock(),
        "forced": forced_for(request.user, language),
        "site": given().site_address,
        "style": given().style_path,
    }
