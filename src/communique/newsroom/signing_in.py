"""Signing in, as allauth is told to do it for an office: nobody signs up by himself, who is known is not shut out.

`Accounts` is the password's half, `SecondFactors` that of codes and passkeys, `OtherSignIn` that of an identity
provider of the office's own (OpenID Connect). Mail goes out through `post`, each letter once.

Whoever fails five times within five minutes at one mail address waits; but a browser in which somebody has signed in
before is counted by itself. So an outsider who knows a colleague's address can shut out other outsiders, not him.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communique.newsroom.chance import fresh_name
from communique.newsroom.furniture import in_language, office
from communique.newsroom.proofs import has_second_factor, is_fresh, proved_at
from communique.newsroom.users import letters

KNOWN_BROWSER_S = 180 * 24 * 60 * 60
KNOWN = "communique_known"


def known_cookie() -> str:
    """The name of the cookie of a browser that has been here; behind TLS bound to this host by its name."""
    return f"__Host-{KNOWN}" if settings.SESSION_COOKIE_SECURE else KNOWN


def remember_browser(request: HttpRequest, response: HttpResponse) -> None:
    """After a sign-in: this browser is one of his."""
    known = {**_known(request), _mark(request.user.email): fresh_name()}
    newest = dict(list(known.items())[-8:])
    response.set_cookie(
        known_cookie(),
        signing.dumps(newest, salt=KNOWN),
        max_age=KNOWN_BROWSER_S,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def is_known(request: HttpRequest) -> bool:
    """Whether this browser is remembered as his."""
    return mark_of(request) in _known(request)


def mark_of(request: HttpRequest) -> str:
    """By which a browser remembers who is signed in."""
    return _mark(request.user.email)


def whose_browser(request: HttpRequest) -> str:
    """The mark of the one person who has signed in here so far; empty where that is nobody, or several."""
    known = list(_known(request))
    return known[0] if len(known) == 1 else ""


def _mark(email: str) -> str:
    """What stands in the cookie for an address: the browser may be lent to somebody."""
    return sha256(email.lower().encode()).hexdigest()[:16]


def _known(request: HttpRequest) -> dict[str, str]:
    try:
        found: dict[str, str] = signing.loads(
            request.COOKIES.get(known_cookie(), ""), salt=KNOWN, max_age=KNOWN_BROWSER_S
        )
    except signing.BadSignature:
        return {}
    return found


class Accounts(DefaultAccountAdapter):
    """allauth's accounts for an office: people are invited."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": gettext_lazy("This address and this password do not belong together. Try again."),
        "too_many_login_attempts": gettext_lazy("Too many tries: wait five minutes, or sign in with a passkey."),
        "incorrect_password": gettext_lazy("This is not your password. Try again."),
    }

    def is_open_for_signup(self, request: Any) -> bool:
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        email = str(credentials.get("email") or credentials.get("username") or "").lower()
        return f"{email}:{_known(request).get(_mark(email), '')}"

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Before keys are added or taken away: unless somebody has just proved who he is, signing in included."""
        return not is_fresh(proved_at(context.request))

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Who has a second factor proves himself by it: a password that a browser remembers is no proof."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if user.is_authenticated and has_second_factor(user):
            methods = [one for one in methods if one["id"] != "reauthenticate"]
        return methods

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        letters.send_accounts_letter(template_prefix, context)

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        letters.send_notice(template_prefix, user)


class SecondFactors(DefaultMFAAdapter):
    """Codes and passkeys. Secrets of codes are encrypted with the installation's key: the database alone gives none."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("This code is not the present one, or was used already. Wait for the next one."),
    }

    def encrypt(self, text: str) -> str:
        return _sealer().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _sealer().decrypt(encrypted_text.encode()).decode()

    def _get_site_name(self) -> str:
        return in_language(office()["name"], context.request.LANGUAGE_CODE)

    def get_totp_issuer(self) -> str:
        return self._get_site_name()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        return _("This device")


def _sealer() -> Fernet:
    return Fernet(urlsafe_b64encode(sha256(b"communique/second-factors\n" + settings.SECRET_KEY.encode()).digest()))


class OtherSignIn(DefaultSocialAccountAdapter):
    """An identity provider of the office's own: it says who somebody is, the invitation says that he may come in."""

    def is_open_for_signup(self, request: Any, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Who was invited under an address that the provider has verified is that person from now on."""
        if sociallogin.is_existing:
            return
        verified = [one.email.lower() for one in sociallogin.email_addresses if one.verified]
        user = get_user_model().objects.filter(email__in=verified, is_active=True).first()
        if user is None:
            raise ImmediateHttpResponse(render(request, "socialaccount/not_invited.html", status=403))
        sociallogin.connect(request, user)
