"""What the worker does with the outbox: each mail is tried by one worker at a time, and handed over once.

    waiting ──► claimed ──► handing ──► sent
       ▲           │           ├──────► refused      the server said so, for good
       │           │           ├──────► perhaps      it has all of it, and its answer was lost
       └───────────┴───────────┘                     for certain not taken: tried again, later each time

The row says `handing` before the words are sent. Whoever dies before that has sent nothing, and another worker tries it
again. Whoever dies after it may have sent it: then it is told at the desk as "perhaps sent", and a person decides. We
chose this over sending twice, because what the newsroom writes are alarms, one-person links and recalls: the second
copy of an embargo letter makes its reader doubt the first, and whoever misses one can be asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet

from communique.newsroom.given import given
from communique.newsroom.history import note
from communique.newsroom.post.conversation import AnswerLost, Conversation, NotTaken, ServerAway
from communique.newsroom.post.models import Mail

RETRY_S = (15, 60, 300, 900, 3600)
"""how long a mail that was not taken waits before it is tried again"""
SERVER_RETRY_S = 15
LAST = timedelta(days=2)
CLAIM_LASTS = timedelta(minutes=3)
"""longer than any conversation: who has not noted anything since then is dead"""
ROUND = 100
"""mails at most until the server is left and what the dead left is looked at again"""


def deliver() -> None:
    """One round: what the dead left is settled, then each mail that is due is tried."""
    now = given().clock()
    _settle(now)
    server = given().mail
    if server is None:
        return
    conversation = Conversation(server)
    try:
        for mail in _due_one_by_one():
            if mail.take():
                _try(mail, conversation)
    except ServerAway as error:
        _later_all(str(error))
    finally:
        conversation.end()


def _due_one_by_one() -> Iterator[Mail]:
    """Mails that are due, each asked for when the one before is done with, so that an alarm that is raised while others
    are handed over waits for one of them at most."""
    for _ in range(ROUND):
        mail = Mail.objects.due(given().clock()).first()
        if mail is None:
            return
        yield mail


def _settle(now: datetime) -> None:
    lost = Mail.objects.filter(claimed_at__lt=now - CLAIM_LASTS)
    lost.filter(state=Mail.State.CLAIMED).update(state=Mail.State.WAITING)
    _end(lost.filter(state=Mail.State.HANDING), Mail.State.PERHAPS, now)
    _end(Mail.objects.filter(state=Mail.State.WAITING, made_at__lt=now - LAST), Mail.State.GIVEN_UP, now)


def _end(mails: QuerySet[Mail], state: Any, now: datetime) -> None:
    """End each of some mails, unless somebody else does just now."""
    for mail in mails:
        if mails.filter(pk=mail.pk).update(state=state, ended_at=now):
            note(mail, "mail", to=mail.to, became=state)


def _try(mail: Mail, conversation: Conversation) -> None:
    """Try one mail that we have taken. Raises ServerAway."""
    try:
        validate_email(mail.to)
        said = conversation.hand_over(mail, lambda: mail.becomes(Mail.State.HANDING))
        if said:
            mail.becomes(Mail.State.SENT, said=said, text="", ended_at=given().clock())
    except ValidationError:
        mail.becomes(Mail.State.REFUSED, said="is no mail address", ended_at=given().clock())
    except AnswerLost as lost:
        mail.becomes(Mail.State.PERHAPS, said=str(lost), ended_at=given().clock())
    except NotTaken as answer:
        _not_taken(mail, answer)
    except ServerAway:
        mail.becomes(Mail.State.WAITING)
        raise


def _not_taken(mail: Mail, answer: NotTaken) -> None:
    now = given().clock()
    if answer.for_good:
        mail.becomes(Mail.State.REFUSED, said=answer.said, ended_at=now)
        return
    wait_s = RETRY_S[min(mail.tries, len(RETRY_S) - 1)]
    facts = {"said": answer.said, "tries": mail.tries + 1, "next_at": now + timedelta(seconds=wait_s)}
    mail.becomes(Mail.State.WAITING, **facts)


def _later_all(said: str) -> None:
    """The server is away: all wait, and none of them is nearer to being given up."""
    now = given().clock()
    Mail.objects.due(now).update(said=said, next_at=now + timedelta(seconds=SERVER_RETRY_S))


def try_again(mail_id: int) -> bool:
    """Have a mail tried again that ended without being sent for certain; a person says so."""
    now = given().clock()
    ended = Mail.objects.filter(pk=mail_id, state__in=(Mail.State.REFUSED, Mail.State.PERHAPS, Mail.State.GIVEN_UP))
    return bool(ended.update(state=Mail.State.WAITING, tries=0, made_at=now, next_at=now, claim="", ended_at=None))
