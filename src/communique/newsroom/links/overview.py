"""What the desk sees of links: who has one, where it stands, who opened it, what came back, what is overdue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communique.newsroom.access import may_see_release, visible
from communique.newsroom.given import given
from communique.newsroom.links.answering import ASKS
from communique.newsroom.links.finding import Standing, end_of, newest_seq, standing_of
from communique.newsroom.links.models import VISIT, Answer, Link, Opening
from communique.newsroom.models import MessagePage, Release
from communique.newsroom.models.piece import name_at_desk
from communique.newsroom.next_edition import next_of
from communique.newsroom.post.models import ENDED_BADLY, Mail
from communique.newsroom.remarks.models import Remark
from communique.newsroom.translating import followed

PAGES = 100
BEGINNING_LETTERS = 100


class SaidRemark(NamedTuple):
    """A remark, and whether the turn reads otherwise now."""

    remark: Remark
    words: str
    """how the turn begins now; empty when it is gone, or for the whole"""
    changed: bool


class Visit(NamedTuple):
    """The page, or a file of it, read from one network address without a longer pause: reloaded, or sent an answer."""

    begun_at: datetime
    last_at: datetime
    address: str
    what: str
    times: int


def visits_of(openings: Iterable[Opening]) -> list[Visit]:
    """Openings as visits, the newest first."""
    found: list[Visit] = []
    newest: dict[tuple[str, str], int] = {}
    for one in sorted(openings, key=lambda one: (one.at, one.pk)):
        place = newest.get((one.address, one.what))
        if place is not None and one.at - found[place].last_at <= VISIT:
            found[place] = found[place]._replace(last_at=one.at, times=found[place].times + 1)
        else:
            newest[one.address, one.what] = len(found)
            found.append(Visit(one.at, one.at, one.address, one.what, 1))
    return found[::-1]


class Row(NamedTuple):
    """One link as the desk sees it."""

    link: Link
    standing: Standing
    until: datetime
    visits: list[Visit]
    remarks: list[SaidRemark]
    answer: Answer | None
    earlier: bool
    """the answer was given to other words than stand there now"""
    overdue: bool
    unsent: Mail | None
    """the newest mail to this person that did not go out, or perhaps did not"""

    @property
    def asks(self) -> bool:
        """Whether an answer is wanted."""
        return self.link.sort in ASKS

    @property
    def came_back(self) -> bool:
        """Whether he said anything."""
        return bool(self.answer or self.remarks)

    @property
    def is_open(self) -> bool:
        """Whether it can be revoked."""
        return self.standing in (Standing.OPEN, Standing.PUBLIC)

    @property
    def read(self) -> int:
        """How often the page was opened."""
        return sum(1 for one in self.visits if not one.what)

    @property
    def said(self) -> str:
        """In words, what came back."""
        if self.answer is None:
            return _("overdue: no answer yet") if self.overdue else _("no answer yet")
        if self.link.sort == Link.Sort.REVIEW:
            return self._reviewed
        return _("cleared from outside") if self.answer.agrees else _("not cleared from outside")

    @property
    def _reviewed(self) -> str:
        n = len(self.remarks)
        if not n and self.answer and not self.answer.agrees:
            return _("returned from review with changes")  # which his answer says in one sentence
        if not n:
            return _("returned from review without comments")
        return ngettext("returned from review with %(n)d comment", "returned from review with %(n)d comments", n) % {
            "n": n
        }


def rows_of(page: Any) -> list[Row]:
    """The links to a draft, the newest first."""
    links = Link.objects.filter(page_id=page.pk).exclude(sort=Link.Sort.EMBARGO)
    return _rows(links, page)


def rows_of_release(release: Release) -> list[Row]:
    """Who has a release under embargo."""
    return _rows(release.links.all(), None)


def _rows(links: Any, page: Any) -> list[Row]:
    found = links.select_related("release", "by", "revoked_by").prefetch_related("openings", "remarks", "answers")
    rows = list(found.order_by("-at", "-pk"))
    if not rows:
        return []
    latest = page.specific.get_latest_revision_as_object() if page else None
    seq = newest_seq(latest.ident) if latest else 0
    unsent = _unsent(rows)
    return [_row(link, latest, seq, unsent.get(link.pk)) for link in rows]


def _unsent(links: Sequence[Link]) -> dict[int, Mail]:
    """Link -> the newest of its mails that ended badly: whoever gave it may be no administrator, and waits."""
    mails = Mail.objects.filter(state__in=ENDED_BADLY, to__in={link.mail for link in links}, key__startswith="link/")
    return {int(mail.key.split("/")[1]): mail for mail in mails.order_by("pk")}


def _row(link: Link, latest: Any, seq: int, unsent: Mail | None) -> Row:
    now = given().clock()
    standing = standing_of(link, seq, now)
    answer = list(link.answers.all())[-1:]
    unanswered = link.sort in ASKS and not answer and standing == Standing.ENDED
    return Row(
        link=link,
        standing=standing,
        until=end_of(link),
        visits=visits_of(link.openings.all()),
        remarks=list(_said(link.remarks.all(), latest)) if latest else [],
        answer=answer[0] if answer else None,
        earlier=bool(answer and latest and answer[0].digest != next_of(latest).digest),
        overdue=unanswered,
        unsent=unsent,
    )


def _said(remarks: Iterable[Remark], latest: Any) -> Iterable[SaidRemark]:
    hashes = followed(latest.words or {})
    turns = {turn["id"]: turn for turn in (latest.words or {}).get("turns", ())}
    for one in remarks:
        words = _beginning(turns[one.turn]) if one.turn in turns else ""
        yield SaidRemark(one, words, bool(one.turn) and hashes.get(one.turn) != one.words_hash)


def _beginning(turn: dict[str, Any]) -> str:
    blocks = turn.get("blocks") or [""]
    text = blocks[0] if isinstance(blocks[0], str) else blocks[0].get("text", "")
    return text if len(text) <= BEGINNING_LETTERS else text[:BEGINNING_LETTERS].rpartition(" ")[0] + " …"


class Embargo(NamedTuple):
    """A waiting release that people have already."""

    release: Release
    title: str
    """of the first text; the others are the same in other languages, or what goes out with it"""
    texts: int
    people: int
    opened: int


def embargoes_for(user: Any) -> list[Embargo]:
    """What is under embargo, of what this user may see, the next one first."""
    rows = Release.objects.filter(state=Release.State.WAITING, links__revoked_at=None, links__isnull=False)
    found = []
    for release in rows.distinct().order_by("at"):
        if not may_see_release(user, release.pk):
            continue
        links = release.links.filter(revoked_at=None)
        opened = links.filter(openings__isnull=False).distinct().count()
        titles = [name_at_desk(item.page) for item in release.items.select_related("page")]
        found.append(Embargo(release, titles[0], len(titles), links.count(), opened))
    return found


def asked_outside(user: Any) -> list[tuple[Any, Row]]:
    """Clearances and reviews asked of people outside, answered or not, until the message is out: (page, row)."""
    links = Link.objects.filter(sort__in=ASKS, revoked_at=None)
    pages = visible(MessagePage.objects.filter(pk__in=links.values("page_id")), user)
    found = []
    for page in pages.order_by("-latest_revision_created_at")[:PAGES]:
        rows = [row for row in rows_of(page) if row.asks]
        found += [(page, row) for row in rows if row.standing in (Standing.OPEN, Standing.ENDED)]
    return sorted(found, key=lambda one: (not one[1].overdue, one[1].until))
