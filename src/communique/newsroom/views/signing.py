"""The way in for whoever was invited, and to a second factor for whoever needs one."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core.internal import ratelimit
from allauth.usersessions.models import UserSession
from django.contrib import messages as notes
from django.contrib.auth import logout
from django.contrib.auth.forms import SetPasswordForm
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from communique.newsroom.proofs import AFTER_SET_UP, has_second_factor
from communique.newsroom.templatetags.door import browser_name
from communique.newsroom.users.history import PASSWORD_SET, SESSION_ENDED, note
from communique.newsroom.users.links import link_of, use_up
from communique.newsroom.users.models import SignInLink


@never_cache
@sensitive_post_parameters("new_password1", "new_password2")
@ratelimit.decorator(app="allauth.account", action="reset_password_from_key", limit_get=True)
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """Set a password behind a one-time link, and be in."""
    link = link_of(token)
    if link is None:
        return render(request, "newsroom/welcome_over.html", status=404)
    form: Any = SetPasswordForm(link.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = _come_in(request, link, form)
        if answer:
            return answer
        return render(request, "newsroom/welcome_over.html", status=404)
    return render(request, "newsroom/welcome.html", {"form": form, "person": link.user})


@transaction.atomic
def _come_in(request: HttpRequest, link: SignInLink, form: Any) -> HttpResponse | None:
    """None when somebody was quicker with the same link. Whoever else is signed in here is no longer."""
    if not use_up(link):
        return None
    user = form.save()
    note(user, PASSWORD_SET, user)
    logout(request)
    record_authentication(request, user, method="password")
    answer: HttpResponse = perform_login(request, Login(user=user, redirect_url="/"))
    return answer


@require_POST
def session_end(request: HttpRequest, session_id: int) -> HttpResponse:
    """End one of one's own sessions."""
    ended = get_object_or_404(UserSession, pk=session_id, user=request.user)
    ended.end()
    note(request.user, SESSION_ENDED, request.user)
    notes.success(request, _("Ended: %(where)s.") % {"where": browser_name(ended.user_agent)})
    return redirect("usersessions_list")


def second_factor(request: HttpRequest) -> HttpResponse:
    """Why one is needed, and the two ways to one; afterwards on to where somebody wanted to go."""
    where = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(where, allowed_hosts=None):
        request.session[AFTER_SET_UP] = where
    if has_second_factor(request.user):
        return redirect("mfa_index")
    return render(request, "newsroom/second_factor.html")
