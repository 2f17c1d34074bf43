"""What happened to somebody's way in: who, what, when, from where; in Wagtail's own log, which nobody edits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from communique.newsroom.roles import names_of

SIGNED_IN = "people.signed_in"
SIGNED_OUT = "people.signed_out"
PASSWORD_SET = "people.password"  # noqa: S105 - what happened, and no secret
SESSION_ENDED = "people.session"
INVITED = "people.invited"
ROLES_GIVEN = "people.roles"
SHUT_OUT = "people.shut_out"
LET_IN = "people.let_in"
STARTED_ANEW = "people.anew"
SESSIONS_ENDED = "people.sessions"
LINK_SENT = "people.link"
FACTOR_ADDED = "people.factor_added"
FACTOR_REMOVED = "people.factor_removed"

SAYS = {
    SIGNED_IN: gettext_lazy("signed in"),
    SIGNED_OUT: gettext_lazy("signed out"),
    PASSWORD_SET: gettext_lazy("a password set"),
    SESSION_ENDED: gettext_lazy("a session ended"),
    INVITED: gettext_lazy("invited"),
    ROLES_GIVEN: gettext_lazy("roles given"),
    SHUT_OUT: gettext_lazy("shut out"),
    LET_IN: gettext_lazy("let in again"),
    STARTED_ANEW: gettext_lazy("password and second factor taken away"),
    SESSIONS_ENDED: gettext_lazy("sessions ended"),
    LINK_SENT: gettext_lazy("a new link made"),
    FACTOR_ADDED: gettext_lazy("a second factor added"),
    FACTOR_REMOVED: gettext_lazy("a second factor removed"),
}


def note(user: Any, action: str, by: Any = None, **facts: Any) -> None:
    """Keep that something happened; `by` is nobody when it came from the command line."""
    log(instance=user, action=action, user=by, data=facts)


def more_of(data: Mapping[str, Any]) -> str:
    """What else was noted, in words: the roles that were given."""
    return ", ".join(names_of(data["roles"])) if "roles" in data else ""
