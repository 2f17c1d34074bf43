"""What the desk says where it cannot do what was asked: one plain page, and not a word of why that could tell anything.

The page of something that one may not know of is byte for byte that of something that is not there: no form, no name,
nothing of the request.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from communique.newsroom.furniture import in_language, office
from communique.newsroom.given import given
from communique.newsroom.uploads import LIMIT_BYTES


def not_asked_well(_request: HttpRequest, exception: Any = None) -> HttpResponse:
    """400: what came is no request of ours."""
    return _page(400, _("That was no request of this desk"), _("Go to the desk and try it from there."))


def not_allowed(_request: HttpRequest, exception: Any = None) -> HttpResponse:
    """403: refused."""
    return _page(
        403, _("That cannot be done like this"), _("Your roles do not allow it, or the desk does it elsewhere.")
    )


def form_too_old(_request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form without the sign of this session."""
    says = _("You signed in or out since it was opened, or cookies are off. Go back, load the page again and send it.")
    return _page(403, _("This form is too old"), says)


def not_there(_request: HttpRequest, exception: Any = None) -> HttpResponse:
    """404: nothing there, or nothing that one may know of."""
    says = _("The address leads nowhere, what was here is gone, or it is limited to other people.")
    return _page(404, _("There is nothing here"), says)


def no_such_method(allowed: str) -> HttpResponse:
    """405: there, but not to be opened or sent like this. Django has no handler for it; `doors.py` calls this one."""
    says = _("This address only takes what a form of the desk sends to it. Go to the desk and try it from there.")
    response = _page(405, _("That cannot be opened like this"), says)
    response.headers["Allow"] = allowed
    return response


def too_large(_request: HttpRequest) -> HttpResponse:
    """413: for who sent more than the door takes in. `forward.py` asks for this page in his name."""
    says = _(
        "At most %(limit)d MB are taken at once, and nothing of this was kept. Go back: what you typed is still there. "
        "Make the file smaller, or put it elsewhere on the web and give its address."
    )
    return _page(413, _("That is too large to be taken in"), says % {"limit": LIMIT_BYTES // 2**20})


def failed(_request: HttpRequest) -> HttpResponse:
    """500: a fault of ours."""
    says = _("Nothing was published by it. Go back and try again; if it stays, tell an administrator when it was.")
    return _page(500, _("A fault of the program"), says)


def _page(status: int, title: str, says: str) -> HttpResponse:
    facts = {"title": title, "says": says, "tag": get_language() or "en", "rtl": get_language_bidi(), **_house()}
    return HttpResponse(render_to_string("newsroom/failing.html", facts), status=status)


def _house() -> dict[str, str]:
    """The office's name and style; what the fault is about may be the database."""
    try:
        name = in_language(office()["name"], get_language() or "en")
        return {"name": name, "style": given().style_path}
    except Exception:  # whatever it is: this page is the last that can be said
        return {"name": "Communiqué", "style": given().style_path}
