"""The clock of the desk: whatever is typed or shown is in the zone of the office."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.users.models import UserProfile

from communique.newsroom.furniture import zone


class OfficeTime:
    """Middleware: forms read the times that somebody types, and screens write them, as the office's clocks go.

    Wagtail's own screens go by the zone of somebody's profile, which is that of the office for everybody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        here = zone()
        if request.user.is_authenticated:
            if not hasattr(request.user, "wagtail_userprofile"):
                UserProfile.get_for_user(request.user)
            request.user.wagtail_userprofile.current_time_zone = here.key
        with timezone.override(here):
            return self.get_response(request)
