"""What happened: each act with who did it, what it was, when, and from where; in Wagtail's own log, which nobody edits.

Wagtail notes what its editor does (writing, comments, locks, submitting, returning); what the desk does besides is
noted here, with `note`, under the names of `SAYS`. To each row, whoever writes it, `note_where` adds the network
address of the request, if there is one, and the desk's own clock.

The address is there because an office must be able to tell a colleague's act from a stranger's with his password. It is
personal data: only administrators are shown it (`history_shown.py`), it goes into no other log, and it is kept as long
as the row is, which is as long as the office's database.
"""

from __future__ import annotations

from typing import Any

from allauth.core import context
from allauth.core.internal.httpkit import get_client_ip
from django.db.models.signals import pre_save
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, PageLogEntry

from communique.newsroom.given import given, is_given

PREFIX = "communique."

SAYS = {
    "begin": _("began it"),
    "open": _("opened it from the record"),
    "act": _("began: %(act)s"),
    "force": _("forced the publication"),
    "approve": _("approved it afterwards"),
    "schedule": _("scheduled it for %(at)s"),
    "at_once": _("had it go out at once"),
    "move": _("moved it to %(at)s"),
    "cancel": _("cancelled the release"),
    "restored": _("took the release back: the newsroom was put back from a backup"),
    "publish": _("on the record: %(kind)s, entry %(entry)s"),
    "limit": _("limited it to: %(who)s"),
    "assign": _("assigned it to: %(who)s"),
    "contacts": _("chose the contacts under it"),
    "review": _("has it looked at again on %(day)s"),
    "reviewed": _("looked at it: it still holds"),
    "expire": _("its time ran out"),
    "marked": _("marked what is to be mended: %(count)s"),
    "follow": _("said that a turn follows the original again"),
    "lines_clear": _("cleared the lines for the telephone"),
    "lines_return": _("returned the lines for the telephone"),
    "outcome": _("noted what became of it: %(state)s"),
    "add": _("added it"),
    "change": _("changed it"),
    "remove": _("removed it"),
    "mail": _("mail to %(to)s: %(became)s"),
}
"""what is noted -> how it is said; the slots are filled from what was noted with it"""


def note(thing: Any, what: str, by: Any = None, **facts: Any) -> None:
    """Write down what happened to a page or another thing; `by` is nobody when the desk did it by itself."""
    log(instance=getattr(thing, "specific", thing), action=PREFIX + what, user=by, data=facts)


def somebody() -> Any:
    """Who is signed in behind the request that is being answered; None outside of any."""
    user = getattr(context.request, "user", None)
    return user if user is not None and user.is_authenticated else None


def connect() -> None:
    """Have each row know from where; called once, when the app is ready."""
    for model in (PageLogEntry, ModelLogEntry):
        pre_save.connect(note_where, sender=model, dispatch_uid=f"communique: {model.__name__} from where")


def note_where(instance: Any, raw: bool = False, **_more: Any) -> None:
    """Add to a new row the network address that it came from, and have it be of the desk's instant."""
    if raw or instance.pk:
        return
    place = get_client_ip(context.request) if context.request else None
    if place:
        instance.data = {**(instance.data or {}), "from": place}
    if is_given():
        instance.timestamp = given().clock()
