"""People of the desk: who may sign in, with which roles and by what; invited, shut out and started anew here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib import messages as notes
from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communique.newsroom.drawn import Drawn, last_by, names_in_line
from communique.newsroom.given import given
from communique.newsroom.history_shown import history_of_office, history_of_person
from communique.newsroom.proofs import has_second_factor
from communique.newsroom.roles import ABILITIES, ROLE_NAMES, ROLES, names_of, needs_second_factor, roles_of
from communique.newsroom.screens import screen
from communique.newsroom.users.history import INVITED, ROLES_GIVEN
from communique.newsroom.users.letters import send_invitation
from communique.newsroom.users.links import fresh_link
from communique.newsroom.users.people import (
    NotDone,
    end_sessions,
    give_roles,
    invite,
    let_in,
    shut_out,
    start_anew,
)

ROLE_ROWS = [(role, ROLE_NAMES[role], says) for role, says in ROLES.items()]


def people(request: HttpRequest) -> HttpResponse:
    """Everybody who may sign in, and the form that invites somebody."""
    typed = {key: request.POST.get(key, "") for key in ("email", "name")}
    chosen = _chosen_roles(request)
    if request.method == "POST":
        try:
            user = _invited(typed["email"], typed["name"], chosen, request.user)
            said = _("Invited: a link that works once, for 48 hours, goes to %(mail)s.")
            if given().mail is None:
                said = _(
                    "No mail server is set up, so the invitation waits. On the server “communique user reset %(mail)s” "
                    "prints a link that you can hand over."
                )
            notes.success(request, said % {"mail": user.email})
            return redirect("people")
        except NotDone as refusal:
            notes.error(request, refusal.sentence)
    users = get_user_model().objects.order_by("-is_active", "first_name", "email").prefetch_related("groups")
    facts: dict[str, Any] = {
        "rows": [_row(user) for user in users],
        "typed": typed,
        "chosen": chosen,
        "all_roles": ROLE_ROWS,
    }
    return screen(request, "people.html", "people", **facts)


@transaction.atomic
def _invited(email: str, name: str, roles: list[str], by: Any) -> Any:
    """Somebody new, with his letter: both, or neither. Raises NotDone."""
    if not name.strip():
        raise NotDone(_("Write the name: the history says by it who did what."))
    user = invite(email, name, roles, by)
    send_invitation(user, fresh_link(user, by), by)
    return user


def _chosen_roles(request: HttpRequest) -> list[str]:
    return [role for role in ROLES if request.POST.get(f"role-{role}")]


def _row(user: Any) -> dict[str, Any]:
    has = roles_of(user)
    return {
        "user": user,
        "roles": names_of(has),
        "waits": user.is_active and user.last_login is None and not user.has_usable_password(),
        "lacks": user.is_active and needs_second_factor(has) and not has_second_factor(user),
    }


def person(request: HttpRequest, user_id: int) -> HttpResponse:
    """Somebody's roles, sessions and way in."""
    user = get_object_or_404(get_user_model(), pk=user_id)
    drawn = Drawn(request, _in_words(roles_of(user)), last_by(user, ROLES_GIVEN, INVITED))
    refused = request.POST.get("do") == "roles" and drawn.refuses(_in_words(_chosen_roles(request)))
    if request.method == "POST" and not refused:
        try:
            said = _done(request, user)
            notes.success(request, said)
            return redirect("person", user.pk)
        except NotDone as refusal:
            notes.error(request, refusal.sentence)
    has = _chosen_roles(request) if request.POST.get("do") == "roles" else roles_of(user)
    facts = {
        "person": user,
        "row": _row(user),
        "has": has,
        "drawn": drawn,
        "all_roles": ROLE_ROWS,
        "sessions": UserSession.objects.purge_and_list(user),
        "link": user.links.filter(used_at=None, expires_at__gt=given().clock()).first(),
        "history": history_of_person(user, request),
    }
    return screen(request, "person.html", "people", **facts)


def _in_words(has: Iterable[str]) -> dict[str, str]:
    return {_("Roles"): names_in_line(names_of(has))}


@transaction.atomic
def _done(request: HttpRequest, user: Any) -> str:
    """What was done, in words. Raises NotDone."""
    match request.POST.get("do"):
        case "roles":
            give_roles(user, _chosen_roles(request), request.user)
            return _("Kept. It holds from the next click.")
        case "sessions":
            count = end_sessions(user, request.user)
            return ngettext("One session ended.", "%(n)d sessions ended.", count) % {"n": count}
        case "link":
            return _sent_link(user, request.user)
        case "anew":
            _not_oneself(request, user)
            start_anew(user, request.user)
            return _sent_link(user, request.user)
        case "out":
            shut_out(user, request.user)
            return _("May not sign in any more; what was open has ended.")
        case "in":
            let_in(user, request.user)
            return _("May sign in again.")
    raise NotDone(_("Nothing was chosen."))


def _sent_link(user: Any, by: Any) -> str:
    if not user.is_active:
        raise NotDone(_("Let this person sign in again first."))
    send_invitation(user, fresh_link(user, by), by)
    return _("A link that works once, for 48 hours, is on its way to %s.") % user.email


def _not_oneself(request: HttpRequest, user: Any) -> None:
    if user == request.user:
        raise NotDone(_("Your own second factor is under “My sign-in”."))


def history(request: HttpRequest) -> HttpResponse:
    """Everything that happened at the desk."""
    return screen(request, "history.html", "history", history=history_of_office(request))


def roles(request: HttpRequest) -> HttpResponse:
    """Who may do what, in one screen."""
    has = roles_of(request.user)
    table = [(ability, [role in able for role in ROLES], names_of(able)) for ability, able in ABILITIES]
    return screen(request, "roles.html", "roles", all_roles=ROLE_ROWS, table=table, mine=names_of(has))
