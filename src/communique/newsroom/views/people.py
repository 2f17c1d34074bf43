"""People of the desk: who may sign in, with which roles; told in one screen."""

from __future__ import annotations

from django.contrib import messages as notes
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from communique.newsroom.roles import ADMINISTRATOR, ROLES, roles_of
from communique.newsroom.screens import screen


def people(request: HttpRequest) -> HttpResponse:
    """Everybody who may sign in."""
    users = get_user_model().objects.order_by("-is_active", "first_name", "email").prefetch_related("groups")
    return screen(request, "people.html", "people", users=[(user, sorted(roles_of(user))) for user in users])


def person(request: HttpRequest, user_id: int) -> HttpResponse:
    """Somebody's roles. The last administrator keeps his, so that the desk is never without one."""
    user = get_object_or_404(get_user_model(), pk=user_id)
    if request.method == "POST":
        chosen = [role for role in ROLES if request.POST.get(f"role-{role}")]
        active = bool(request.POST.get("active"))
        others = get_user_model().objects.filter(is_active=True, groups__name=ADMINISTRATOR).exclude(pk=user.pk)
        if not others.exists() and (ADMINISTRATOR not in chosen or not active):
            notes.error(request, _("Nobody else is administrator: give somebody else that role first."))
        else:
            user.groups.set(Group.objects.filter(name__in=chosen))
            user.is_active = active
            user.save(update_fields=["is_active", "email", "username"])
            notes.success(request, _("Kept."))
            return redirect("people")
    return screen(request, "person.html", "people", person=user, has=roles_of(user), all_roles=ROLES.items())


def roles(request: HttpRequest) -> HttpResponse:
    """Who may do what, in one screen."""
    return screen(request, "roles.html", "roles", all_roles=ROLES.items())
