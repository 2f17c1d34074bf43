"""What happened to somebody's way in: who, what, when, from where; in Wagtail's own log, which nobody edits."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import context
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log, registry

from communique.newsroom.history import Event
from communique.newsroom.roles import names_of

SIGNED_IN = "people.signed_in"
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
SHOWN = 100


def note(user: Any, action: str, by: Any = None, **facts: Any) -> None:
    """Keep that something happened; `by` is nobody when it came from the command line."""
    request = context.request
    place = get_adapter().get_client_ip(request) if request else ""
    log(instance=user, action=action, user=by, data={"from": place, **facts})


def history_of_person(user: Any) -> list[Event]:
    """The newest first."""
    rows = registry.get_logs_for_instance(user).select_related("user").order_by("-timestamp", "-pk")[:SHOWN]
    return [Event(row.timestamp, _by(row), str(SAYS.get(row.action, row.action)), _more(row.data)) for row in rows]


def _by(row: Any) -> str:
    return str(row.user) if row.user else _("the command line")


def _more(data: dict[str, Any]) -> str:
    words = [", ".join(names_of(data["roles"]))] if "roles" in data else []
    return " · ".join([*words, *([data["from"]] if data.get("from") else [])])
