"""Four eyes on what is said on the telephone: lines are written by one, cleared by another, word for word.

As with messages (`newsroom/clearing.py`), what is cleared is a digest: a word of the lines, or of the question that
they answer, changed by anybody afterwards makes them other lines, which nobody has cleared. There is no emergency
door: who must speak at once says that the office will ring back, or forces a message.

    written --decide(clear)-->  cleared --a word changes-->  stale --decide(clear)--> cleared
            --decide(return)--> returned --a word changes--> waiting
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from hashlib import sha256
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from communique.edition.canonical import canonical_json
from communique.edition.comparing import Stretch
from communique.newsroom.errors import Refused
from communique.newsroom.given import given
from communique.newsroom.history import note
from communique.newsroom.inquiries.models import Inquiry, Verdict, Wording
from communique.newsroom.roles import may_clear
from communique.newsroom.words_changes import changes


class LinesRefused(Refused):
    """Refused; `sentence` says why."""


class Standing(StrEnum):
    """Where the lines of an inquiry stand."""

    NONE = "none"
    WAITING = "waiting"
    STALE = "stale"
    RETURNED = "returned"
    CLEARED = "cleared"

    @property
    def label(self) -> str:
        """The state in the reader's language."""
        return str(NAMES[self])


NAMES = {
    Standing.NONE: gettext_lazy("Nothing may be said yet."),
    Standing.WAITING: pgettext_lazy("lines are", "Not cleared yet"),
    Standing.STALE: pgettext_lazy("lines are", "Changed since they were cleared"),
    Standing.RETURNED: pgettext_lazy("lines are", "Returned"),
    Standing.CLEARED: pgettext_lazy("lines are", "Cleared"),
}


class Lines(NamedTuple):
    """The lines of an inquiry as they stand now."""

    standing: Standing
    digest: str
    verdict: Verdict | None
    """what was said of exactly these words"""
    before: Verdict | None
    """the lines that were cleared last, where these are others"""
    authors: frozenset[int]
    """who may not clear them"""

    @property
    def wait(self) -> bool:
        """Whether a second pair of eyes is asked for."""
        return self.standing in (Standing.WAITING, Standing.STALE)

    def may_be_decided_by(self, user: Any) -> bool:
        """Whether this user is the second pair."""
        return self.wait and may_clear(user) and user.pk not in self.authors


def digest_of(inquiry: Inquiry) -> str:
    """What a second person has seen: the question, its language, and what is to be said to it."""
    said = {"question": _plain(inquiry.question), "language": inquiry.language, "lines": _plain(inquiry.lines)}
    return sha256(canonical_json(said)).hexdigest()


def _plain(text: str) -> str:
    """However a browser ends its lines."""
    return "\n".join(line.rstrip() for line in text.splitlines()).strip()


def lines_of(inquiry: Inquiry) -> Lines:
    """Where the lines stand; of many inquiries `verdicts` and `wordings` are fetched before."""
    digest = digest_of(inquiry)
    verdicts = list(inquiry.verdicts.all())
    cleared = [one for one in verdicts if one.cleared]
    said = [one for one in cleared if one.digest == digest] or [one for one in verdicts if one.digest == digest]
    verdict, last = said[-1] if said else None, cleared[-1] if cleared else None
    before = last if last and not (verdict and verdict.cleared) else None
    return Lines(_standing(inquiry, verdict, before), digest, verdict, before, _authors(inquiry, last))


def _standing(inquiry: Inquiry, verdict: Verdict | None, before: Verdict | None) -> Standing:
    if not _plain(inquiry.lines):
        return Standing.NONE
    if verdict:
        return Standing.CLEARED if verdict.cleared else Standing.RETURNED
    return Standing.STALE if before else Standing.WAITING


def _authors(inquiry: Inquiry, last: Verdict | None) -> frozenset[int]:
    """Who wrote since the lines were cleared last; whose wording nobody noted is who took the inquiry down."""
    wordings = list(inquiry.wordings.all())
    if not wordings:
        return frozenset({inquiry.taken_by_id})
    return frozenset(one.by_id for one in wordings if last is None or (one.at >= last.at and one.digest != last.digest))


def note_wording(inquiry: Inquiry, before: str, by: Any) -> None:
    """Remember who changed the lines, or what they answer; `before` is the digest that there was, "" of a new one."""
    digest = digest_of(inquiry)
    if digest != before and _plain(inquiry.lines):
        Wording.objects.create(inquiry=inquiry, digest=digest, by=by, at=given().clock())


@transaction.atomic
def decide(inquiry_id: int, read: str, clears: bool, remark: str, by: Any) -> Verdict:
    """Clear the lines of which `read` is the digest, or return them with a remark. Raises LinesRefused."""
    inquiry = Inquiry.objects.select_for_update().get(pk=inquiry_id)
    lines = lines_of(inquiry)
    if lines.digest != read:
        raise LinesRefused(_("They were changed while you read them. Read them again: this is how they stand now."))
    if not may_clear(by) or by.pk in lines.authors:
        raise LinesRefused(_("Who wrote the lines cannot clear them: a second person does."))
    if not lines.wait:
        raise LinesRefused(_("Somebody has read them in the meantime."))
    if not clears and not remark:
        raise LinesRefused(_("Say in a sentence what to mend: the writer reads it first."))
    note(inquiry, "lines_clear" if clears else "lines_return", by, words=remark)
    said = {"lines": _plain(inquiry.lines), "cleared": clears, "remark": remark}
    return Verdict.objects.create(inquiry=inquiry, digest=read, by=by, at=given().clock(), **said)


def changed_words(lines: Lines, inquiry: Inquiry) -> tuple[Stretch, ...]:
    """The lines against those that were cleared last, word by word; nothing where none were, or none differ."""
    if not lines.before or lines.standing != Standing.STALE:
        return ()
    before, now = ({"blocks": text.split("\n"), "next": 1} for text in (lines.before.lines, _plain(inquiry.lines)))
    found = changes(before, now)
    return found[0].words if found else ()


def with_lines(inquiries: Iterable[Inquiry]) -> list[tuple[Inquiry, Lines]]:
    """Inquiries, each with its lines."""
    return [(one, lines_of(one)) for one in inquiries]
