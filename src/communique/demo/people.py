"""Who may sign in to the demo's newsroom: three people of the invented embassy, whose secrets are none.

Each can be read here, is printed by `make demo` and stands on the demo's own sign-in page, with the code of the present
half minute. They are made once, in an installation that has nobody yet; whoever changes them keeps the change. Their
names were looked for first, as docs/decisions/0010 has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt, encrypt
from django.contrib.auth import get_user_model
from django.db import transaction

from communique.demo.load import ADDRESS
from communique.newsroom.given import Guest
from communique.newsroom.roles import ADMINISTRATOR, CLEARER, PUBLISHER, WRITER
from communique.newsroom.second_factor import next_code
from communique.newsroom.users.people import give_roles


@dataclass(frozen=True)
class Colleague:
    """Somebody of the demo's press office."""

    first_name: str
    last_name: str
    roles: tuple[str, ...]
    password: str
    totp: str
    """the secret of the authenticator app, in base 32"""

    @property
    def email(self) -> str:
        return f"{self.first_name.lower()}@{ADDRESS}"


COLLEAGUES = (
    Colleague("Liv", "Skarrowmere", (WRITER,), "lamp at the quay", "ORSEMUNDLAMPATTHEQUAY234"),
    Colleague("Bram", "Thessenwick", (CLEARER,), "bell in the fog", "ORSEMUNDBELLINTHEFOG2345"),
    Colleague("Hanna", "Yngvemoor", (PUBLISHER, ADMINISTRATOR), "ferry at seven", "ORSEMUNDFERRYATSEVEN2345"),
)


@transaction.atomic
def make_people() -> None:
    """Make them where nobody is yet."""
    if get_user_model().objects.exists():
        return
    for one in COLLEAGUES:
        user = get_user_model().objects.create_user(
            one.email, one.email, one.password, first_name=one.first_name, last_name=one.last_name
        )
        give_roles(user, one.roles)
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": encrypt(one.totp)})


def guests() -> Sequence[Guest]:
    """What the sign-in page of the demo says of them now."""
    return [
        Guest(f"{one.first_name} {one.last_name}", one.roles, one.email, one.password, _code(one)) for one in COLLEAGUES
    ]


def _code(one: Colleague) -> str:
    """The code of the app that somebody has now: a visitor may have set up another, or none."""
    app = Authenticator.objects.filter(user__email=one.email, type=Authenticator.Type.TOTP).first()
    return next_code(app.user, decrypt(app.data["secret"])) if app else ""


def who_can_sign_in(address: str) -> Iterator[str]:
    """What `make demo` prints of them."""
    for one in COLLEAGUES:
        yield f"  {one.email:<24} {one.password:<18} {', '.join(one.roles)}"
    yield f"The second factor's code of the moment stands on the sign-in page itself, {address}"
