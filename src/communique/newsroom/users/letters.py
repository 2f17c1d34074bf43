"""What the desk writes to people about their way in: an invitation, a new password, a notice that something changed."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from communique.newsroom.furniture import in_language, office
from communique.newsroom.given import given
from communique.newsroom.post import Letter, send_to
from communique.newsroom.users.links import LINK_HOURS

NOTICES = {
    "account/email/password_changed": gettext_lazy("Your password was changed."),
    "account/email/password_set": gettext_lazy("A password was set."),
    "account/email/password_reset": gettext_lazy("Your password was set anew, by a link sent to this address."),
    "mfa/email/totp_activated": gettext_lazy("Codes of an authenticator app were set up as your second factor."),
    "mfa/email/totp_deactivated": gettext_lazy("Codes of an authenticator app are no longer your second factor."),
    "mfa/email/webauthn_added": gettext_lazy("A passkey was added."),
    "mfa/email/webauthn_removed": gettext_lazy("A passkey was removed."),
    "mfa/email/recovery_codes_generated": gettext_lazy("New recovery codes were made; the old ones are dead."),
}


def send_invitation(user: Any, link: str, by: Any) -> None:
    """To somebody new, or to somebody who starts anew."""

    def letter() -> Letter:
        text = _(
            "%(by)s invites you to the newsroom of %(office)s.\n\n"
            "Set your password here, within %(hours)s hours; the link works once:\n\n%(link)s\n\n"
            "If you did not expect this, do nothing: nobody comes in without the link."
        )
        facts = {"office": _office_name(), "by": by, "link": link, "hours": LINK_HOURS}
        return Letter(_("Your way in to the newsroom"), text % facts)

    send_to(user, _key(link), letter)


def send_accounts_letter(prefix: str, facts: dict[str, Any]) -> None:
    """The letters of allauth that an office uses: the link for a new password. No other is sent."""
    if prefix != "account/email/password_reset_key":
        return
    link = facts["password_reset_url"]

    def letter() -> Letter:
        text = _(
            "Somebody, we hope you, asked for a new password for the newsroom of %(office)s.\n\n"
            "Set it here, within one hour; the link works once:\n\n%(link)s\n\n"
            "If it was not you, do nothing: your password stays as it is."
        )
        return Letter(_("A new password for the newsroom"), text % {"office": _office_name(), "link": link})

    send_to(facts["user"], _key(link), letter)


def send_notice(prefix: str, user: Any) -> None:
    """Something of somebody's way in was changed: if it was not he, he learns of it."""
    if prefix not in NOTICES:
        return
    at = given().clock()

    def letter() -> Letter:
        text = _(
            "%(what)s\n\nThis happened in the newsroom of %(office)s, at %(at)s UTC. "
            "If it was not you, tell an administrator of your office at once."
        )
        facts = {"what": NOTICES[prefix], "office": _office_name(), "at": f"{at:%Y-%m-%d %H:%M:%S}"}
        return Letter(str(NOTICES[prefix]), text % facts)

    send_to(user, _key(f"{prefix} {at.timestamp()}"), letter)


def _key(what: str) -> str:
    """It tells letters apart and names no secret of theirs."""
    return f"sign-in/{sha256(what.encode()).hexdigest()}"


def _office_name() -> str:
    return in_language(office()["name"], get_language() or "en")
