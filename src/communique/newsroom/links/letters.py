"""What is written to the people who have a link. No word of a draft stands in a mail: whoever carries it can read it.

A letter is written in the language of what its reader reads. Each has a key of its own, so that it goes out once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import override

from communique.newsroom.furniture import in_language, office
from communique.newsroom.links.copy import editions_of, messages_of
from communique.newsroom.links.finding import end_of
from communique.newsroom.links.models import Link
from communique.newsroom.links.speech import speaks, to_the_second
from communique.newsroom.post import send
from communique.newsroom.post.models import Mail


class Letter(NamedTuple):
    """A mail."""

    subject: str
    text: str


class Facts(NamedTuple):
    """What letters say of a link."""

    name: str
    office: str
    until: str
    address: str
    """of the link when it is given, else empty: only its reader has it"""


Write = Callable[[Link, Facts], Letter]


def post(link: Link, write: Write, address: str = "") -> None:
    """Write a letter to the person of a link; it goes out with the transaction in which it is written."""
    Link.objects.filter(pk=link.pk).update(mails=F("mails") + 1)
    link.refresh_from_db(fields=["mails"])
    _send(link, write, f"link/{link.pk}/{link.mails}", address)


def take_back(link: Link) -> None:
    """Let nothing go out any more that waits for the mail server: whoever it was given to by mistake never hears."""
    Mail.objects.filter(key__startswith=f"link/{link.pk}/", state=Mail.State.WAITING).delete()


def remind(link: Link) -> None:
    """Ask once more for an answer; written a second time for the same deadline, it is one mail."""
    _send(link, reminder, reminder_key(link))


def reminder_key(link: Link) -> str:
    """Of the reminder of a link's deadline."""
    return f"link/{link.pk}/reminder"


def _send(link: Link, write: Write, key: str, address: str = "") -> None:
    language = messages_of(editions_of(link))[0].content["language"]
    content = office()
    with override(speaks(language)):
        name, until = in_language(content["name"], language), to_the_second(end_of(link), content["zone"])
        letter = write(link, Facts(link.name, name, until, address))
    send(key, link.mail, letter.subject, letter.text)


def given_letter(link: Link, facts: Facts) -> Letter:
    """With the link itself."""
    what = {
        Link.Sort.PREVIEW: (
            _("%(office)s: a draft for you to read"),
            _("this link lets you read a draft of ours until %(until)s. Its words may still change."),
        ),
        Link.Sort.CLEARANCE: (
            _("%(office)s asks you to clear a draft from your side"),
            _("we ask you to read a draft of ours, to comment on it and to say whether it is cleared from your side."),
        ),
        Link.Sort.REVIEW: (
            _("%(office)s: your words, for your review"),
            _("we ask you to read your words as we have written them down, to comment on them and to return them."),
        ),
        Link.Sort.EMBARGO: (
            _("%(office)s: under embargo until %(until)s"),
            _("this link lets you read what we publish at the end of the embargo. Nothing of it may be published, "
              "quoted or passed on until %(until)s."),
        ),
    }  # fmt: skip
    subject, says = what[Link.Sort(link.sort)]
    asks = link.sort in (Link.Sort.CLEARANCE, Link.Sort.REVIEW)
    lines = [says, *([_("Deadline: %(until)s.")] if asks else []), "%(address)s"]
    alone = _("The link is for you alone. We see when it is opened, and from which address.")
    return Letter(subject % facts._asdict(), _letter(facts, *lines, alone))


def reminder(link: Link, facts: Facts) -> Letter:
    """The deadline of an answer comes near. Nobody but its reader has the link, so the mail says where it stands."""
    what = {
        Link.Sort.CLEARANCE: (
            _("%(office)s: we wait for your clearance until %(until)s"),
            _("we asked you to read a draft of ours and to say whether it is cleared from your side. "
              "We have no answer yet."),
        ),
        Link.Sort.REVIEW: (
            _("%(office)s: we wait for your review until %(until)s"),
            _("we asked you to read your words as we have written them down, and to return them. "
              "We have no answer yet."),
        ),
    }  # fmt: skip
    subject, says = what[Link.Sort(link.sort)]
    where = _("The link stands in our first mail. If you cannot find it, ask us for another.")
    return Letter(subject % facts._asdict(), _letter(facts, says, _("Deadline: %(until)s."), where))


def moved(_link: Link, facts: Facts) -> Letter:
    """An embargo ends at another instant."""
    return Letter(
        _("%(office)s: the embargo now ends %(until)s") % facts._asdict(),
        _letter(
            facts,
            _("the end of the embargo was moved: what you have of us may be published from %(until)s on, not before."),
            _("Your link stays the same."),
        ),
    )


def changed(_link: Link, facts: Facts) -> Letter:
    """The edition that is to come is another one than he had."""
    return Letter(
        _("%(office)s: the text under embargo was changed") % facts._asdict(),
        _letter(
            facts,
            _("the text that you have of us under embargo was changed. Use the one that your link shows now."),
            _("The embargo ends %(until)s. Your link stays the same."),
        ),
    )


def ended(_link: Link, facts: Facts) -> Letter:
    """An embargo was lifted before the instant he was told."""
    return Letter(
        _("%(office)s: the embargo is lifted") % facts._asdict(),
        _letter(
            facts,
            _("the embargo is lifted: what you have of us is public since %(until)s."),
            _("Your link leads to the public page now."),
        ),
    )


def cancelled(_link: Link, facts: Facts) -> Letter:
    """Nothing will be released at the instant he was told."""
    return Letter(
        _("%(office)s: not released, not for publication") % facts._asdict(),
        _letter(
            facts,
            _("what you have of us under embargo is not released at the instant that we told you."),
            _("Publish nothing of it. Your link is closed; we write to you if that changes."),
        ),
    )


def became(kind: str, facts: Facts) -> Letter:
    """What he had by a link, some time ago, is no longer what readers have."""
    what = {
        "correct": (
            _("%(office)s: corrected"),
            _("what you had of us was corrected. Use the words that stand there now, with the statement of the error:"),
        ),
        "withdraw": (
            _("%(office)s: withdrawn"),
            _("what you had of us is no longer current. The public page says why:"),
        ),
        "recall": (
            _("%(office)s: recalled, not to be used"),
            _("what you had of us was issued by mistake and is recalled. Do not publish, quote or pass on any of it. "
              "The public page says why:"),
        ),
        "remove": (
            _("%(office)s: removed"),
            _("what you had of us was removed. The reason stands at its address:"),
        ),
    }  # fmt: skip
    subject, says = what[kind]
    return Letter(subject % facts._asdict(), _letter(facts, says, "%(address)s"))


def _letter(facts: Facts, *lines: str) -> str:
    greeting = _("To %(name)s:") % facts._asdict()
    return "\n\n".join([greeting, *(line % facts._asdict() for line in lines), facts.office]) + "\n"
