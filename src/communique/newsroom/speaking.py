"""In which language the desk speaks with somebody: the one he chose, else the one his browser asks for.

A choice is kept with the person (Wagtail's profile, which its editor and our mail read, too) and in a cookie, so that
the pages in front of the desk speak it on this device before anybody has signed in.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from wagtail.users.models import UserProfile

YEAR_S = 365 * 24 * 3600
SILENT = ("static", "asset", "fonts")
"""addresses that say nothing: nobody is looked up for them"""


class Speaking:
    """Middleware: after the browser's language, the person's own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> None:
        """Speaks as the person has chosen."""
        match = request.resolver_match
        if match and match.view_name not in SILENT and request.user.is_authenticated:
            chosen = chosen_by(request.user)
            if chosen in dict(settings.LANGUAGES):
                translation.activate(chosen)
                request.LANGUAGE_CODE = chosen


def chosen_by(user: Any) -> str:
    """The language somebody chose, "" before he has."""
    rows = UserProfile.objects.filter(user=user).values_list("preferred_language", flat=True)
    return rows.first() or ""


def spoken_for(tag: str) -> str | None:
    """The language of the desk in which it can say something for readers of another: that one, else its present one."""
    try:
        return translation.get_supported_language_variant(tag.lower())
    except LookupError:
        return translation.get_language()


@require_POST
def speak(request: HttpRequest) -> HttpResponse:
    """Keep the choice, and back to where it was made."""
    language, where = request.POST.get("language", ""), request.POST.get("next", "")
    response = redirect(where if url_has_allowed_host_and_scheme(where, allowed_hosts=None) else "desk")
    if language not in dict(settings.LANGUAGES):
        return response
    if request.user.is_authenticated:
        UserProfile.objects.update_or_create(user=request.user, defaults={"preferred_language": language})
    name, secure = settings.LANGUAGE_COOKIE_NAME, request.is_secure()
    response.set_cookie(name, language, max_age=YEAR_S, secure=secure, httponly=True, samesite="Lax")
    return response
