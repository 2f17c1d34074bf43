"""What a session has proved: that somebody is who he is, with what, and how long ago.

allauth notes in the session how and when somebody proved who he is. Two questions are asked of these notes before
anything is cleared, published, forced or administered:

    was a second factor among them, which is still one of his (an app's code, a passkey, a recovery code)?
    is the last proof by it younger than FRESH_S?

Who has no second factor is led to set one up, who signed in without it gives it now, and whose proof is too old gives
it anew; then each is where he was, with what he had typed. Nothing is done for him in the meantime: he presses the
button again, because rights and words may have changed.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.contrib import messages as notes
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from communique.newsroom.given import given

FRESH_S = 30 * 60
LONGEST_S = 12 * 60 * 60
"""a session, whatever is done in it"""
SINCE = "signed_in_at"
TYPED = "typed_before_proof"
AFTER_SET_UP = "after_second_factor"
TYPED_LIMIT_BYTES = 200_000


class ProofNeeded(Exception):
    """Something is to be proved first; `where` is the address that asks for it."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


def has_second_factor(user: Any) -> bool:
    """Whether somebody has set one up. Recovery codes alone are none."""
    return Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES).exists()


def second_factor_at(request: HttpRequest) -> float | None:
    """When this session last proved the second factor, in seconds of the epoch; None if never with one he still has."""
    records = [one for one in get_authentication_records(request, request.user) if one.get("method") == "mfa"]
    owned = set(Authenticator.objects.filter(user=request.user).values_list("pk", flat=True))
    return max((float(one["at"]) for one in records if one.get("id") in owned), default=None)


def proved_at(request: HttpRequest) -> float | None:
    """When this session last proved who it is, by the second factor where there is one."""
    if has_second_factor(request.user):
        return second_factor_at(request)
    records = get_authentication_records(request, request.user)
    return max((float(one["at"]) for one in records), default=None)


def is_fresh(at: float | None) -> bool:
    """Whether a proof is young enough to do with it what cannot be undone."""
    return at is not None and _now_s() - at < FRESH_S


def require_second_factor(request: HttpRequest, fresh: bool) -> None:
    """Raises ProofNeeded unless this session has proved the second factor, and just now if `fresh` is asked for."""
    if not has_second_factor(request.user):
        raise ProofNeeded(_with_next(request, reverse("second_factor")))
    at = second_factor_at(request)
    if at is None or (fresh and not is_fresh(at)):
        raise ProofNeeded(_with_next(request, proving_address(request.user)))
    request.session.pop(AFTER_SET_UP, None)


def proving_address(user: Any) -> str:
    """Where somebody proves his second factor: by code if an app gives one, else by passkey."""
    by_code = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()
    return reverse("mfa_reauthenticate" if by_code else "mfa_reauthenticate_webauthn")


def _with_next(request: HttpRequest, address: str) -> str:
    keep_typed(request)
    return f"{address}?{urlencode({'next': request.get_full_path()})}"


def keep_typed(request: HttpRequest, of: str = "") -> None:
    """What was typed waits in the session; a file cannot, nor what is too long for one. Where the session has lost its
    person, `of` says whose browser it is: nobody else is shown it."""
    if request.method != "POST":
        return
    typed = request.POST.copy()
    typed.pop("csrfmiddlewaretoken", None)
    words = typed.urlencode()
    if len(words) <= TYPED_LIMIT_BYTES:
        request.session[TYPED] = {"path": request.path, "words": words, "of": of}


def give_back_typed(request: HttpRequest, of: str) -> None:
    """Lets the screen show what was typed, as after a mistake; it is asked with GET, so nothing is done by it. `of` is
    the mark of who is signed in now."""
    kept = request.session.get(TYPED)
    if kept and kept.get("of") not in ("", None, of):
        del request.session[TYPED]
        return
    if request.method == "GET" and kept and kept["path"] == request.path:
        del request.session[TYPED]
        request.POST = QueryDict(kept["words"])
        notes.info(request, _("It is you. Nothing is done yet: look at it once more, and press the button again."))


def is_over(request: HttpRequest) -> bool:
    """Whether this session is older than any may be."""
    since = request.session.get(SINCE)
    return since is None or _now_s() - float(since) >= LONGEST_S


def note_signed_in(request: HttpRequest) -> None:
    """The session begins now."""
    request.session[SINCE] = _now_s()


def _now_s() -> float:
    at: datetime = given().clock()
    return at.timestamp()
