"""Who may do what at the desk: four roles, each a group of Django's, told in one table.

| role | may |
| --- | --- |
| writer | write and submit messages and furniture |
| clearer | the same, and clear or return what others wrote |
| publisher | the same as a writer, and release, schedule, correct, withdraw what was cleared; force it, with a reason |
| administrator | invite people, give roles, end sessions; sees no draft |

Nobody clears what he wrote, whatever his roles. All but a writer need a second factor for what they alone may do.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
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
ROLE_NAMES = {
    WRITER: _("writer"),
    CLEARER: _("clearer"),
    PUBLISHER: _("publisher"),
    ADMINISTRATOR: _("administrator"),
}
WRITING = frozenset({WRITER, CLEARER, PUBLISHER})
ABILITIES: tuple[tuple[Any, frozenset[str]], ...] = (
    (_("See the desk and who may do what"), frozenset(ROLES)),
    (_("Write, translate and submit messages and furniture"), WRITING),
    (_("Take back what was submitted, limit a draft to some people"), WRITING),
    (_("Clear or return what somebody else wrote, lines for the telephone too"), frozenset({CLEARER})),
    (_("Approve afterwards what went out without a second person"), frozenset({CLEARER})),
    (_("Publish, schedule, move and cancel what was cleared"), frozenset({PUBLISHER})),
    (_("Bring in pages of another site, and decide on each"), frozenset({PUBLISHER})),
    (_("Publish without a second person, with a written reason"), frozenset({PUBLISHER})),
    (_("Invite people, give roles, end sessions"), frozenset({ADMINISTRATOR})),
)
"""What is done at the desk, and the roles that may do it; `doors.py` is what holds."""


def roles_of(user: Any) -> frozenset[str]:
    """The roles of somebody who is signed in; none for anybody else."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    if not hasattr(user, "_roles"):
        user._roles = frozenset(user.groups.values_list("name", flat=True)) & ROLES.keys()
    found: frozenset[str] = user._roles
    return found


def names_of(roles: Iterable[str]) -> list[str]:
    """The roles' names in the reader's language, in the order of the table."""
    chosen = frozenset(roles)
    return [str(name) for role, name in ROLE_NAMES.items() if role in chosen]


def needs_second_factor(roles: Iterable[str]) -> bool:
    """Whether one of these roles may do what needs more than a password."""
    return bool(frozenset(roles) & {CLEARER, PUBLISHER, ADMINISTRATOR})


def may_write(user: Any) -> bool:
    """Every role of the desk but a bare administrator's."""
    return bool(roles_of(user) & WRITING)


def writing_people() -> Any:
    """Everybody who may write, by name."""
    users = get_user_model().objects.filter(is_active=True, groups__name__in=WRITING).distinct()
    return users.order_by("first_name", "email")


def clearing_people() -> Any:
    """Everybody who may clear what others wrote."""
    return get_user_model().objects.filter(is_active=True, groups__name=CLEARER).distinct()


def may_clear(user: Any) -> bool:
    """Whether he may clear what others wrote."""
    return CLEARER in roles_of(user)


def may_publish(user: Any) -> bool:
    """Whether he may release what was cleared."""
    return PUBLISHER in roles_of(user)


def is_administrator(user: Any) -> bool:
    """Whether he invites people and gives roles."""
    return ADMINISTRATOR in roles_of(user)
