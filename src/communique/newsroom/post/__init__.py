"""Mail of the newsroom: what is to be said is written into a table, and the worker hands each mail over once.

`send` belongs into the transaction in which its reason is stored: both are there, or neither. `delivery.py` says what
"once" means where a machine dies in the middle.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django.apps import apps as installed  # `apps` is a module of this folder
from django.conf import settings
from django.utils.translation import get_supported_language_variant, override


class Letter(NamedTuple):
    """What a mail says. No word of a draft: whoever carries it can read it."""

    subject: str
    text: str
    urgent: bool = False
    """whether it goes before every mail that waits: an alarm is worth nothing behind a hundred invitations"""


def send(key: str, to: str, subject: str, text: str, urgent: bool = False) -> None:
    """Have a mail sent. The same key again changes nothing: it goes out once."""
    installed.get_model("post", "Mail").objects.write(key, to, Letter(subject, text, urgent))


def send_to(user: Any, key: str, write: Callable[[], Letter]) -> None:
    """Have a mail sent to somebody of the desk, written in his own language. The key is his alone."""
    with override(language_of(user)):
        letter = write()
    send(f"{key}/{user.pk}", user.email, letter.subject, letter.text, letter.urgent)


def language_of(user: Any) -> str:
    """The language of the desk that somebody chose, else the desk's first."""
    profile = getattr(user, "wagtail_userprofile", None)
    chosen = getattr(profile, "preferred_language", "")
    try:
        return get_supported_language_variant(chosen or settings.LANGUAGE_CODE)
    except LookupError:
        return str(settings.LANGUAGE_CODE)
