"""What an administrator does with the people of the desk: invite, give roles, shut out, start anew.

The desk is never without an administrator: whoever is the last one that ever signed in keeps the role and his way in.
Whatever takes something from somebody ends his sessions at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from communique.newsroom.errors import Refused
from communique.newsroom.roles import ADMINISTRATOR, ROLES, roles_of
from communique.newsroom.users.history import (
    INVITED,
    LET_IN,
    ROLES_GIVEN,
    SESSIONS_ENDED,
    SHUT_OUT,
    STARTED_ANEW,
    note,
)

LONGEST_MAIL = 150
"""letters of an address, which is the name of its account, too; SQLite would take more, and PostgreSQL fail"""


class NotDone(Refused):
    """What was asked cannot be; `sentence` says why and what to do."""


@transaction.atomic
def invite(email: str, name: str, roles: Iterable[str], by: Any = None) -> Any:
    """Somebody who may sign in from now on, once he has a link. Raises NotDone."""
    chosen = list(roles)
    email = email.strip().lower()
    try:
        validate_email(email)
        MaxLengthValidator(LONGEST_MAIL)(email)
    except ValidationError:
        raise NotDone(_("Write a mail address, as name@embassy.example: the link goes there.")) from None
    if not chosen:
        raise NotDone(_("Choose a role: without one nothing of the desk can be seen."))
    if get_user_model().objects.filter(email__iexact=email).exists():
        raise NotDone(_("%(email)s is invited already: look in the list.") % {"email": email})
    first, _space, last = " ".join(name.split()).partition(" ")
    user = get_user_model().objects.create_user(email, email, None, first_name=first[:150], last_name=last[:150])
    _set_roles(user, chosen)
    note(user, INVITED, by, roles=chosen)
    return user


@transaction.atomic
def give_roles(user: Any, roles: Iterable[str], by: Any = None) -> None:
    """These roles and no others. Raises NotDone when nobody else is administrator."""
    chosen = list(roles)
    if ADMINISTRATOR not in chosen:
        _keep_one_administrator(user)
    _set_roles(user, chosen)
    note(user, ROLES_GIVEN, by, roles=chosen)


def _set_roles(user: Any, chosen: list[str]) -> None:
    user.groups.set(Group.objects.filter(name__in=[role for role in ROLES if role in chosen]))
    if hasattr(user, "_roles"):
        del user._roles


@transaction.atomic
def shut_out(user: Any, by: Any = None) -> None:
    """May not sign in any more; what he has open ends. Raises NotDone when nobody else is administrator."""
    _keep_one_administrator(user)
    user.is_active = False
    user.save(update_fields=["is_active", "email", "username"])
    user.links.filter(used_at=None).delete()
    note(user, SHUT_OUT, by)
    _end(user)


@transaction.atomic
def let_in(user: Any, by: Any = None) -> None:
    """May sign in again, with what he had."""
    user.is_active = True
    user.save(update_fields=["is_active", "email", "username"])
    note(user, LET_IN, by)


@transaction.atomic
def start_anew(user: Any, by: Any = None) -> None:
    """Takes password, passkeys and codes away; a link lets him set new ones. His sessions end."""
    Authenticator.objects.filter(user=user).delete()
    user.set_unusable_password()
    user.save()
    note(user, STARTED_ANEW, by)
    _end(user)


@transaction.atomic
def end_sessions(user: Any, by: Any = None) -> int:
    """Sign somebody out wherever he is; how many sessions that were."""
    note(user, SESSIONS_ENDED, by)
    return _end(user)


def _end(user: Any) -> int:
    found = list(UserSession.objects.filter(user=user))
    for session in found:
        session.end()
    return len(found)


def _keep_one_administrator(user: Any) -> None:
    """Two administrators who would take each other's role wait for one another here."""
    if ADMINISTRATOR not in roles_of(user):
        return
    list(Group.objects.select_for_update().filter(name=ADMINISTRATOR))
    others = get_user_model().objects.filter(is_active=True, groups__name=ADMINISTRATOR, last_login__isnull=False)
    if not others.exclude(pk=user.pk).exists():
        raise NotDone(
            _("Nobody else who has signed in is administrator: give that role to somebody, who signs in, first.")
        )
