"""Every address of the newsroom, and who may pass: the one table, asked before any view runs.

What is not in the table answers 404, Wagtail's own addresses included: what we do not use is not there. A right that
lacks answers 404, too, wherever the answer could tell that something exists; only the sign-in page is told of.

Clearing, publishing, forcing and administering need a session that has proved the second factor, and what is sent there
needs a proof that is fresh (`proofs.py`): whoever uses `_clears`, `_publishes` or `_administers` gets that with it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse

from communique.newsroom import proofs, roles
from communique.newsroom.access import has_revision, may_see_forced, may_see_page, may_see_private, may_see_release
from communique.newsroom.inquiries.models import Inquiry
from communique.newsroom.signing_in import is_known, mark_of, remember_browser, whose_browser
from communique.newsroom.views.failing import no_such_method

Right = Callable[[HttpRequest, dict[str, Any]], bool]
LONGEST_NUMBER = 18
"""digits, which 64 bits hold"""


def _anybody(_request: HttpRequest, _kwargs: dict[str, Any]) -> bool:
    return True


def _signed_in(request: HttpRequest, _kwargs: dict[str, Any]) -> bool:
    return bool(roles.roles_of(request.user))


def _writes(request: HttpRequest, _kwargs: dict[str, Any]) -> bool:
    return roles.may_write(request.user)


def _publishes(request: HttpRequest, _kwargs: dict[str, Any]) -> bool:
    return roles.may_publish(request.user) and _proved(request)


def _decides_imports(request: HttpRequest, _kwargs: dict[str, Any]) -> bool:
    """What a publisher decides of an imported page publishes nothing: he proves himself, and not anew for each."""
    if not roles.may_publish(request.user):
        return False
    proofs.require_second_factor(request, fresh=False)
    return True


def _clears(request: HttpRequest, _kwargs: dict[str, Any]) -> bool:
    return roles.may_clear(request.user) and _proved(request)


def _administers(request: HttpRequest, _kwargs: dict[str, Any]) -> bool:
    return roles.is_administrator(request.user) and _proved(request)


def _proved(request: HttpRequest) -> bool:
    """Raises proofs.ProofNeeded, which leads there and back."""
    proofs.require_second_factor(request, fresh=request.method == "POST")
    return True


def _sees_page(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    id_ = kwargs.get("page_id") or kwargs.get("pk") or kwargs.get("object_id")
    return roles.may_write(request.user) and may_see_page(request.user, id_)


def _reverts_page(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    """The editor with an earlier revision in it, buttons and all; Wagtail looks for the revision too late."""
    return _edits_page(request, kwargs) and has_revision(kwargs["page_id"], kwargs["revision_id"])


def _publishes_page(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    return roles.may_publish(request.user) and _sees_page(request, kwargs) and _proved(request)


def _clears_page(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    """Everybody who sees a page may read it there; what a clearer sends is the clearance itself, or a return."""
    return _sees_page(request, kwargs) and (request.method != "POST" or _clears(request, kwargs))


def _marks_page(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    """What a clearer marks clears nothing: he proves that it is he, and not anew for every turn."""
    if not (roles.may_clear(request.user) and _sees_page(request, kwargs)):
        return False
    proofs.require_second_factor(request, fresh=False)
    return True


def _edits_page(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    """Wagtail's editor has buttons that clear, too."""
    clears = request.method == "POST" and "action-workflow-action" in request.POST
    return _clears_page(request, kwargs) if clears else _sees_page(request, kwargs)


def _publishes_release(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    return roles.may_publish(request.user) and may_see_release(request.user, kwargs["release_id"]) and _proved(request)


def _sees_release(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    return roles.may_write(request.user) and may_see_release(request.user, kwargs["release_id"])


def _clears_forced(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    return roles.may_clear(request.user) and may_see_forced(request.user, kwargs["clearance_id"]) and _proved(request)


def _sees_private(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    return may_see_private(request.user, kwargs["name"])


def _sees_inquiry(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    mine = Inquiry.objects.visible_to(request.user)
    return roles.may_write(request.user) and mine.filter(pk=kwargs["inquiry_id"]).exists()


def _clears_inquiry(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    """Everybody who sees an inquiry may read its lines there; what is sent is a clearer's."""
    return _sees_inquiry(request, kwargs) and (request.method != "POST" or _clears(request, kwargs))


def _elsewhere(_request: HttpRequest, _kwargs: dict[str, Any]) -> bool:
    raise Elsewhere


class Elsewhere(Exception):
    """An address of Wagtail's whose place the desk has taken."""


PUBLIC: dict[str, Right] = dict.fromkeys(
    (
        "account_login",
        "account_logout",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "account_inactive",
        "mfa_authenticate",
        "mfa_login_webauthn",
        "openid_connect_login",
        "openid_connect_callback",
        "socialaccount_login_cancelled",
        "socialaccount_login_error",
        "speak",
        "too_large",
        "welcome",
        "wagtailadmin_javascript_catalog",
        "wagtailadmin_sprite",
        "static",
        "asset",
        "fonts",
        "link",
        "link_number",
        "link_file",
        "link_remark",
        "link_answer",
        "link_none",
    ),
    _anybody,
)
OWN: dict[str, Right] = {
    "desk": _signed_in,
    "new": _writes,
    "messages": _writes,
    "message": _sees_page,
    "release": _publishes_page,
    "force": _publishes_page,
    "submit": _sees_page,
    "take_back": _sees_page,
    "clear": _clears_page,
    "preview": _sees_page,
    "compare": _sees_page,
    "read": _sees_page,
    "hints": _sees_page,
    "links_checked": _sees_page,
    "translate": _sees_page,
    "follows": _sees_page,
    "act": _sees_page,
    "assign": _sees_page,
    "limit": _sees_page,
    "act_readers": _sees_page,
    "give_up": _sees_page,
    "review": _sees_page,
    "glossary": _writes,
    "term_new": _clears,
    "term": _clears,
    "standing_texts": _writes,
    "standing_text_new": _writes,
    "standing_text": _writes,
    "inquiries": _writes,
    "inquiry_new": _writes,
    "inquiry": _sees_inquiry,
    "inquiry_change": _sees_inquiry,
    "inquiry_lines": _clears_inquiry,
    "inquiry_outcome": _sees_inquiry,
    "inquiry_reply": _sees_inquiry,
    "inquiry_limit": _sees_inquiry,
    "imports": _publishes,
    "import_batch": _publishes,
    "import_next": _publishes,
    "import_page": _decides_imports,
    "import_source": _publishes,
    "import_original": _publishes,
    "contacts": _sees_page,
    "links": _sees_page,
    "link_revoke": _sees_page,
    "marks": _marks_page,
    "remark_done": _sees_page,
    "embargo": _publishes_release,
    "embargo_lift": _publishes_release,
    "embargo_revoke": _publishes_release,
    "approve_afterwards": _clears_forced,
    "releases": _writes,
    "release_change": _publishes_release,
    "receipt": _sees_release,
    "archive": _writes,
    "archive_open": _writes,
    "furniture": _writes,
    "furniture_new": _writes,
    "furniture_open": _writes,
    "successor": _writes,
    "private": _sees_private,
    "roles": _signed_in,
    "people": _administers,
    "history": _administers,
    "post": _administers,
    "person": _administers,
    "to_public": _signed_in,
}
WAGTAILS: dict[str, Right] = {
    "wagtailadmin_pages:edit": _edits_page,
    "wagtailadmin_pages:revisions_revert": _reverts_page,
    "wagtailadmin_pages:workflow_action": _clears_page,
    **dict.fromkeys(
        (
            "wagtailadmin_pages:preview_on_edit",
            "wagtailadmin_pages:view_draft",
            "wagtailadmin_pages:history",
            "wagtailadmin_pages:history_results",
            "wagtailadmin_pages:revisions_compare",
            "wagtailadmin_pages:revisions_view",
            "wagtailadmin_pages:collect_workflow_action_data",
            "wagtailadmin_pages:confirm_workflow_cancellation",
            "wagtailadmin_pages:workflow_preview",
            "wagtailadmin_pages:lock",
            "wagtailadmin_pages:unlock",
            "wagtailadmin_editing_sessions:ping",
        ),
        _sees_page,
    ),
    **dict.fromkeys(
        (
            "wagtailadmin_editing_sessions:release",
            "wagtailadmin_logout",
            "wagtailadmin_account",
            "wagtailadmin_dismissibles",
        ),
        _signed_in,
    ),
    **dict.fromkeys(("wagtailadmin_home", "wagtailadmin_explore", "wagtailadmin_explore_root"), _elsewhere),
}
SIGNED_IN_PEOPLE: dict[str, Right] = dict.fromkeys(
    (
        "account_change_password",
        "account_reauthenticate",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_generate_recovery_codes",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_edit_webauthn",
        "mfa_remove_webauthn",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "usersessions_list",
        "second_factor",
        "session_end",
    ),
    _signed_in,
)
TABLE: dict[str, Right] = {**PUBLIC, **OWN, **WAGTAILS, **SIGNED_IN_PEOPLE}


class Doors:
    """Middleware: asks the table, for every request, before its view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed):
            response = no_such_method(response.headers["Allow"])
        response.headers.setdefault("Cache-Control", "private, no-store")
        response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        if getattr(request, "came_in", False) and request.user.is_authenticated and not is_known(request):
            remember_browser(request, response)
        return response

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, kwargs: dict[str, Any]) -> Any:
        """None lets the view run."""
        match = request.resolver_match
        right = TABLE.get(match.view_name) if match else None
        if right is None or any(_is_no_number_of_ours(value) for value in kwargs.values()):
            raise Http404
        if right is not _anybody and not _is_here(request):
            if (of := whose_browser(request)) and "text/html" in request.headers.get("accept", ""):
                proofs.keep_typed(request, of)  # his session has ended; what a script sends stands in its form still
            return redirect_to_login(request.get_full_path(), reverse("account_login"))
        try:
            if right(request, kwargs):
                if right is not _anybody:
                    proofs.give_back_typed(request, mark_of(request))
                return None
        except Elsewhere:
            return redirect("desk")
        except proofs.ProofNeeded as needed:
            return redirect(needed.where)
        raise Http404


def _is_no_number_of_ours(value: Any) -> bool:
    """A number that no row can have; databases answer it with a fault of their own."""
    return str(value).isdecimal() and len(str(value)) > LONGEST_NUMBER


def _is_here(request: HttpRequest) -> bool:
    """Whether somebody is signed in, and not for longer than any session may last."""
    if request.user.is_authenticated and proofs.is_over(request):
        logout(request)
    request.came_in = request.user.is_authenticated
    return bool(request.user.is_authenticated)
