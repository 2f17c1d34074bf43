"""Who may know of something at the desk: chosen people, or everybody."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as notes
from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.utils.translation import gettext as _

from communique.newsroom.history import note


def limit_to_chosen(request: HttpRequest, thing: Any) -> dict[str, Any] | None:
    """Keep the people that a form names, and whoever names them; without a form, the facts that its screen shows."""
    users = get_user_model().objects.filter(is_active=True).order_by("first_name", "email")
    if request.method != "POST":
        return {"users": users, "now_limited": set(thing.limited_to.values_list("pk", flat=True))}
    chosen = [user for user in users if request.POST.get(f"user-{user.pk}")]
    if chosen and request.user not in chosen:
        chosen.append(request.user)
    thing.limited_to.set(chosen)
    note(thing, "limit", request.user, who=[str(user) for user in chosen])
    notes.success(request, _("Kept: %(who)s") % {"who": ", ".join(map(str, chosen)) or _("everybody at the desk")})
    return None
