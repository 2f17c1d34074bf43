"""Who may do what at the desk: four roles, each a group of Django's, told in one table.

| role | may |
| --- | --- |
| writer | write and submit messages and furniture |
| clearer | the same, and clear or return what others wrote |
| publisher | the same as a writer, and release, schedule, correct, withdraw what was cleared; force it, with a reason |
| administrator | invite people, give roles, see every limited draft's existence and lift a limit; no word of it |

Nobody clears what he wrote, whatever his roles.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

WRITER = "writer"
CLEARER = "clearer"
PUBLISHER = "publisher"
ADMINISTRATOR = "administrator"

ROLES = {
    WRITER: _("Writes and submits messages and furniture."),
    CLEARER: _("Clears or returns what others wrote, and writes."),
    PUBLISHER: _("Releases, schedules, corrects and withdraws what was cleared, and writes."),
    ADMINISTRATOR: _("Invites people and gives roles."),
}


def roles_of(user: Any) -> frozenset[str]:
    """The roles of somebody who is signed in; none for anybody else."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    if not hasattr(user, "_roles"):
        user._roles = frozenset(user.groups.values_list("name", flat=True)) & ROLES.keys()
    found: frozenset[str] = user._roles
    return found


def may_write(user: Any) -> bool:
    """Every role of the desk but a bare administrator's."""
    return bool(roles_of(user) & {WRITER, CLEARER, PUBLISHER})


def may_clear(user: Any) -> bool:
    """Whether he may clear what others wrote."""
    return CLEARER in roles_of(user)


def may_publish(user: Any) -> bool:
    """Whether he may release what was cleared."""
    return PUBLISHER in roles_of(user)


def is_administrator(user: Any) -> bool:
    """Whether he invites people and gives roles."""
    return ADMINISTRATOR in roles_of(user)
