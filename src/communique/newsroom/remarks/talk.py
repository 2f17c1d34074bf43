"""What was said of a text, turn by turn, and what of it holds now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communique.newsroom.models.release import gone_out
from communique.newsroom.remarks.models import Remark
from communique.newsroom.remarks.places import Place, places_of


class Said(NamedTuple):
    """A remark, and whether its words read otherwise now."""

    remark: Remark
    old: bool

    @property
    def holds(self) -> bool:
        """Whether it is of the words as they stand, and nobody has dealt with it."""
        return not self.old and self.remark.done_at is None

    @property
    def who(self) -> str:
        """The clearer, or the outsider by the name on his link."""
        return self.remark.link.name if self.remark.link else str(self.remark.by)

    @property
    def waits(self) -> bool:
        """Whether the writer has something to do about it."""
        return self.remark.done_at is None and (self.remark.state == Remark.State.MEND or bool(self.remark.text))


class Spoken(NamedTuple):
    """A turn or paragraph with all that was said of it, in the order in which it was said."""

    place: Place
    said: tuple[Said, ...]

    @property
    def last(self) -> Said | None:
        """The last that says whether it is in order."""
        return next((one for one in reversed(self.said) if one.remark.state), None)

    @property
    def state(self) -> str:
        """In order or to be mended; empty of what nobody has looked at as it stands."""
        return self.last.remark.state if self.last and self.last.holds else ""

    @property
    def asks_again(self) -> bool:
        """Whether a clearer said something of it that no longer holds."""
        return bool(self.last and not self.last.holds)

    @property
    def told(self) -> list[Said]:
        """What is worth reading again: not the bare word that it is in order."""
        return [one for one in self.said if one.remark.text or one.remark.state == Remark.State.MEND]


class Talk(NamedTuple):
    """All that was said of a text."""

    spoken: list[Spoken]
    """every turn or paragraph, in their order"""
    rest: list[Said]
    """of the whole, and of turns that are gone"""

    def how_many(self, state: Any) -> int:
        """How many turns are so."""
        return sum(1 for one in self.spoken if one.state == state)

    @property
    def to_mend(self) -> int:
        """How many turns are to be mended."""
        return self.how_many(Remark.State.MEND)

    @property
    def sentence(self) -> str:
        """How it stands, in words; empty where no turn is marked."""
        again = sum(1 for one in self.spoken if one.asks_again)
        said = [
            to_mend_sentence(self.to_mend, self.turns) if self.to_mend else "",
            _("%(n)d in order") % {"n": self.how_many(Remark.State.ORDER)} if self.how_many(Remark.State.ORDER) else "",
            _("%(n)d to be looked at again") % {"n": again} if again else "",
        ]
        return " · ".join(filter(None, said))

    @property
    def turns(self) -> bool:
        """Whether it is turns that are spoken of, and not paragraphs."""
        return not self.spoken or self.spoken[0].place.id.startswith("t")

    @property
    def told(self) -> list[Spoken]:
        """The turns of which somebody said more than that they are in order."""
        return [one for one in self.spoken if one.told]

    @property
    def waiting(self) -> int:
        """How many remarks the writer has still to deal with."""
        return sum(1 for one in (*self.rest, *(said for spoken in self.spoken for said in spoken.told)) if one.waits)


def to_mend_sentence(count: int, turns: bool = True) -> str:
    """How many are to be mended."""
    if turns:
        return ngettext("%(n)d turn to be mended", "%(n)d turns to be mended", count) % {"n": count}
    return ngettext("%(n)d paragraph to be mended", "%(n)d paragraphs to be mended", count) % {"n": count}


def talk_of(page: Any) -> Talk:
    """All that was said of a page, its newest revision given, since an edition of it went out last."""
    places = places_of(page)
    remarks = _since_last_out(page).select_related("by", "link", "done_by")
    of: dict[str, list[Said]] = {place.id: [] for place in places}
    rest: list[Said] = []
    for remark in remarks:
        place = meant(remark, places)
        said = Said(remark, bool(remark.turn) and (place is None or place.hash != remark.words_hash))
        (of[place.id] if place else rest).append(said)
    return Talk([Spoken(place, tuple(of[place.id])) for place in places], rest)


def _since_last_out(page: Any) -> QuerySet[Remark]:
    rows = Remark.objects.filter(page_id=page.pk)
    out_at = gone_out(page.ident).values_list("release__out_at", flat=True).first()
    return rows.filter(at__gt=out_at) if out_at else rows


def meant(remark: Remark, places: Sequence[Place]) -> Place | None:
    """Of which of the places a remark is: the one that it names. A paragraph has no name of its own and is found by its
    words, wherever it stands now."""
    named = next((place for place in places if place.id == remark.turn), None)
    if named and (named.hash == remark.words_hash or not remark.turn.startswith("b")):
        return named
    return _same_words(remark, places) or named


def _same_words(remark: Remark, places: Iterable[Place]) -> Place | None:
    if not remark.turn.startswith("b"):
        return None
    return next((place for place in places if place.hash == remark.words_hash), None)
