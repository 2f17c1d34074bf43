"""Messages at the desk by words of their title, address, kind, section, language and people, and by where they stand.

What a version is found by is kept in one short text beside it, a `Finding`, written with every revision, so that a
search among 10,000 drafts reads no draft:

    on the ferry | the-ferry-to-tessmark | ada ferrand | kind:interview | language:fr | section:sectionspeeches0

Kind, language and section stand there by their ids, which a word names in any language of the desk; who writes is asked
of the people themselves, and a public address of the press. A limited draft is left out before anything is compared,
and nothing is counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, DateTimeField, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import override
from wagtail.models import WorkflowState

from communique.edition.folding import folded
from communique.newsroom.access import visible
from communique.newsroom.furniture import languages, pieces
from communique.newsroom.given import given
from communique.newsroom.models import Authorship, Clearance, Finding, MessagePage, Release, ReleaseItem
from communique.newsroom.models.message import KIND_NAMES
from communique.newsroom.open_pages import BEFORE_ALL
from communique.newsroom.piece_languages import own_label
from communique.newsroom.states import Standing, standing_of
from communique.record.models import LoggedEntry

LONGEST_WORDS = 500
MOST_WORDS = 12
MOST_ADDRESSES = 200
PEOPLE = ("owner", "assigned_to")
WORKFLOWS = {
    Standing.SUBMITTED: WorkflowState.STATUS_IN_PROGRESS,
    Standing.RETURNED: WorkflowState.STATUS_NEEDS_CHANGES,
}


class Sought(NamedTuple):
    """What somebody looks for; empty is anything."""

    words: str = ""
    kind: str = ""
    language: str = ""
    standing: str = ""


class Found(NamedTuple):
    """Some versions with where they stand; `more` is where the next ones begin, None where there are none."""

    rows: list[tuple[MessagePage, Standing]]
    more: int | None


def note_finding(page_id: int, content: Mapping[str, Any]) -> None:
    """Keep what the version that a revision's content describes is found by."""
    speakers = (content.get("words") or {}).get("speakers", ())
    said = [content.get("title"), content.get("slug_words"), *(one.get("name") for one in speakers)]
    ids = [f"{name}:{content.get(name)}" for name in ("kind", "language", "section")]
    text = " | ".join([*(folded(one) for one in said if one), *ids])
    Finding.objects.update_or_create(page_id=page_id, defaults={"text": text})


def found_at_desk(sought: Sought, user: Any, start: int, most: int) -> Found:
    """The versions at the desk that somebody looks for and may know of, the last touched first."""
    rows = MessagePage.objects.filter(pk__in=visible(MessagePage.objects.all(), user).values("pk"))
    rows = _standing_perhaps(_worded(rows, sought), sought.standing).order_by("-latest_revision_created_at", "-pk")
    matching = list(islice(_standing(rows[start:], sought.standing, start), most + 1))
    more = matching[most][0] if len(matching) > most else None
    return Found([(page, standing) for _place, page, standing in matching[:most]], more)


def _standing(rows: QuerySet[MessagePage], wanted: str, start: int) -> Iterator[tuple[int, MessagePage, Standing]]:
    """Each with its place in the list and where it stands; those that stand elsewhere are passed over."""
    now = given().clock()
    for place, page in enumerate(rows.iterator(chunk_size=100), start):
        standing = standing_of(page, now)
        if wanted in ("", standing):
            yield place, page, standing


def _worded(rows: QuerySet[MessagePage], sought: Sought) -> QuerySet[MessagePage]:
    for name, value in (("kind", sought.kind), ("language", sought.language)):
        rows = rows.filter(finding__text__contains=f"{name}:{value} |") if value else rows
    for word in sought.words.split()[:MOST_WORDS]:
        rows = rows.filter(_of_address(word) if "/" in word else _of_word(word))
    return rows


def _of_address(word: str) -> Q:
    """What stands under an address of the public site, or under a part of one."""
    numbers = given().named(word, None, MOST_ADDRESSES)
    known = LoggedEntry.objects.filter(log__origin=given().publisher.origin, index__in=numbers)
    return Q(ident__in=known.values("ident"))


def _of_word(word: str) -> Q:
    plain = folded(word)
    found = Q(finding__text__contains=plain)
    for token in _tokens(plain):
        found |= Q(finding__text__contains=token)
    for person in PEOPLE:
        for name in ("first_name", "last_name"):
            found |= Q(**{f"{person}__{name}__icontains": word})
    return found


def _tokens(word: str) -> Iterator[str]:
    """The kinds, languages and sections that a word names, as they stand in a `Finding`."""
    for kind, name in KIND_NAMES.items():
        if any(word in folded(said) for said in _in_tongues(name)):
            yield f"kind:{kind} "
    for tag in languages():
        if word in folded(own_label(tag)):
            yield f"language:{tag} "
    for ident, piece in pieces("section"):
        if any(word in folded(name or "") for name in piece["name"].values()):
            yield f"section:{ident}"


def _in_tongues(name: Any) -> Iterator[str]:
    """A name of the desk's in each of its languages."""
    for tag, _own in settings.LANGUAGES:
        with override(tag):
            yield str(name)


def _standing_perhaps(rows: QuerySet[MessagePage], wanted: str) -> QuerySet[MessagePage]:
    """Without most of those that cannot stand there, so that few are looked at one by one."""
    if wanted in WORKFLOWS:
        kind = ContentType.objects.get_for_model(MessagePage, for_concrete_model=False)
        states = WorkflowState.objects.filter(status=WORKFLOWS[Standing(wanted)], content_type=kind)
        return rows.annotate(key=Cast("pk", CharField())).filter(key__in=states.values("object_id"))
    if wanted in (Standing.SCHEDULED, Standing.OVERDUE):
        waiting = ReleaseItem.objects.filter(release__state=Release.State.WAITING)
        return rows.filter(ident__in=waiting.values("ident"))
    on_record = LoggedEntry.objects.filter(log__origin=given().publisher.origin, ident=OuterRef("ident"))
    if wanted == Standing.PUBLISHED:
        return rows.filter(Exists(on_record))
    if wanted in (Standing.CLEARED, Standing.DRAFT):
        rows = rows.filter(~Exists(on_record) | Exists(_touched_since_out()))
    if wanted == Standing.CLEARED:
        rows = rows.filter(Exists(Clearance.objects.filter(page_id=OuterRef("pk"))))
    return rows


def _touched_since_out() -> QuerySet[Authorship]:
    """Of a page, who wrote since it went out last."""
    out = ReleaseItem.objects.filter(page_id=OuterRef(OuterRef("pk")), release__state=Release.State.OUT)
    newest = Subquery(out.order_by("-release__out_at").values("release__out_at")[:1], output_field=DateTimeField())
    return Authorship.objects.filter(page_id=OuterRef("pk"), at__gte=Coalesce(newest, BEFORE_ALL))
