"""The second factor's forms: a passkey, and an app's code, valid for one step on each side of the clock, and once only.

allauth remembers a used code for one step, which is enough as long as no other step is accepted. A phone whose clock
is some seconds off, or a code typed while it turns over, needs the neighbours, too; so these forms remember a used code
for as long as it could be tried again.
"""

from __future__ import annotations

from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.core.cache import cache
from django.forms import Form


def _used_key(user: Any, code: str) -> str:
    return f"second-factor-code:{user.pk}:{''.join(code.split())}"


class CodeOnce(Form):
    """A form with a `code` that is taken once."""

    user: Any

    def clean_code(self) -> str:
        code: str = super().clean_code()
        steps = 2 * app_settings.TOTP_TOLERANCE + 2
        if not cache.add(_used_key(self.user, code), 1, timeout=steps * app_settings.TOTP_PERIOD):
            raise get_adapter().validation_error("incorrect_code")
        return code


class SignInCode(CodeOnce, AuthenticateForm):
    """The code after the password."""


class ConfirmingCode(CodeOnce, ReauthenticateForm):
    """The code before something that cannot be taken back."""


class NewPasskey(AddWebAuthnForm):
    """A passkey signs in alone unless somebody wants it otherwise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True


def next_code(user: Any, secret: str) -> str:
    """A code that this person can use now: the present one, else a neighbour that was not used; for the demo."""
    before, present, *after = [format_hotp_value(hotp_value(secret, step)) for step in yield_hotp_counters_from_time()]
    unused = [code for code in (present, *after, before) if cache.get(_used_key(user, code)) is None]
    return unused[0] if unused else present
