"""The clock of the desk: whatever is typed or shown is in the zone of the office."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.users.models import UserProfile

from communique.newsroom.furniture import zone
from communique.newsroom.speaking import SILENT


class OfficeTime:
    """Middleware: forms read the times that somebody types, and screens write them, as the office's clocks go.

    Wagtail's own screens go by the zone of somebody's profile, which is that of the office for everybody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        finally:
            timezone.deactivate()

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> None:
        """Winds the clock."""
        if request.resolver_match is None or request.resolver_match.view_name in SILENT:
            return
        here = zone()
        if request.user.is_authenticated:
            if not hasattr(request.user, "wagtail_userprofile"):
                UserProfile.get_for_user(request.user)
            request.user.wagtail_userprofile.current_time_zone = here.key
        timezone.activate(here)
