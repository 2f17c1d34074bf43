"""Landing: the messages of a batch that has been settled, put on the record (or at the desk) by their day.

First the furniture that most of the newest pages show, and the people; then messages and listed messages, a hundred
to a release; at the end the old addresses of lists and of pages without a message (`old_addresses.py`). Where a release
is refused, each of its messages is tried by itself, so that one bad page keeps no other out. `landing` in the journal
notes the place that was landed last, after it is on the record: what a kill between the two leaves is found on the
record by its id, with an index that tells that it came with this batch.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from communique.edition.errors import EditionError
from communique.edition.text import canonical_text
from communique.importing.addresses import address_word
from communique.importing.contents import message_key, office_tag
from communique.importing.dates import PrintedDate
from communique.importing.errors import ImportingError, NotDated
from communique.importing.page import Left, Page
from communique.importing.reading import in_no_field, without_ending
from communique.importing.words import folded
from communique.record.models import LoggedEntry
from communique.record.release import Draft, Published, PublishingRefused
from communique.settings.arrivals import Besides, Received, Reception, keep_originals
from communique.settings.journal import Journal
from communique.settings.office import Installation
from communique.settings.old_addresses import OldAddresses

if TYPE_CHECKING:
    from communique.settings.moving_in import Told, Wishes

AT_ONCE = 100
AT_ONCE_BYTES = 20_000_000
"""of originals in one release"""
SAMPLED = 5
"""of the newest pages of each language, whose furniture is compared"""

Publish = Callable[[Sequence[Draft]], Sequence[Published]]


@dataclass(frozen=True)
class Landed:
    """What became of one page of the batch. `published` are its entries, `outcome` is new, next, already or refused."""

    source: str
    address: str | None
    outcome: str
    published: tuple[int, ...]
    left: tuple[Left, ...]
    """what of its source is in no field"""


@dataclass(frozen=True)
class _Item:
    """A message of the batch at its place in the order. Of one that is only listed, `place` is that in its list."""

    at: int
    page: int
    place: int | None
    received: Received
    read: Page
    left: tuple[Left, ...]


class Landing:
    """The last part of a batch."""

    def __init__(
        self,
        journal: Journal,
        installation: Installation,
        publish: Publish,
        wishes: Wishes,
        told: Told,
        said: Callable[[Landed | ImportingError], None],
    ) -> None:
        self.journal, self.db = journal, journal.db
        self.installation, self.publish, self.wishes = installation, publish, wishes
        self.told, self.said = told, said
        self.reception = Reception(installation, wishes.all_furniture, wishes.mode)
        self.public_originals = installation.configuration.originals == "public" and not wishes.drafts
        self.common = {row[0] for row in self.db.execute("SELECT hash FROM common")}
        self.addresses = OldAddresses(journal, self.reception)

    def land(self) -> None:
        """Everything that has not landed yet."""
        wanted = f"{self.wishes.mode} {self.wishes.drafts} {self.wishes.captured} {self.wishes.all_furniture}"
        now = json.loads(self.journal.said("landing") or "{}")
        if now.get("wanted") != wanted or now.get("done"):
            now = {"wanted": wanted, "first": self.installation.reader.size(), "at": 0}
            self._note(now)
        self.first = now["first"]
        total = self._total()
        people = self._people()
        self._release([*self._furniture(), *people])
        waiting: list[_Item] = []
        ids: set[str] = set()
        octets = 0
        for item in self._items(now["at"]):
            own = {draft.id for draft in item.received.release if draft.kind != "furniture"}
            if waiting and (len(waiting) == AT_ONCE or octets > AT_ONCE_BYTES or own & ids):
                self._flush(waiting, now)
                waiting, ids, octets = [], set(), 0
            self.reception.taken(item.received.release)
            waiting.append(item)
            ids |= own
            octets += sum(len(draft.content.get("source", {}).get("file", b"")) for draft in item.received.release)
            self.told("messages", item.at, item.at / max(total, 1))
        self._flush(waiting, now)
        if not self.wishes.drafts:
            self._lead_on(list(self.addresses.of_other_pages()))
        self._note({**now, "at": total, "done": True})
        self.journal.drop_originals()
        self.addresses.close()

    def _total(self) -> int:
        (total,) = self.db.execute(
            "SELECT max(coalesce((SELECT max(place) FROM page), 0), coalesce((SELECT max(at) FROM seen), 0))"
        ).fetchone()
        return int(total)

    def _note(self, now: Mapping[str, Any]) -> None:
        self.journal.say("landing", json.dumps(now))

    # ------------------------------------------------------------------ what surrounds

    def _furniture(self) -> list[Draft]:
        """What most of the newest pages of a language show around their message."""
        found: list[Draft] = []
        languages = self.db.execute(
            "SELECT language, count(*) FROM page WHERE is_ = 'message' GROUP BY language ORDER BY 2 DESC, 1"
        ).fetchall()
        for language, _count in languages:
            numbers = self.db.execute(
                "SELECT number FROM page WHERE is_ = 'message' AND language = ?"
                " ORDER BY on_day DESC, number DESC LIMIT ?",
                (language, SAMPLED),
            ).fetchall()
            pages = [self.journal.reading(number).page for (number,) in numbers]
            with suppress(NotDated):  # each of their messages will say so
                received = self.reception.furniture_of(pages, self.wishes.captured)
                self.reception.taken(received)
                found += received
        return found

    def _people(self) -> list[Draft]:
        """A piece for each person whom the office has not; notes the ids of all."""
        names = {
            folded(name): id_
            for id_, piece in self.reception.present.items()
            if piece["piece"] == "person"
            for name in piece["name"].values()
            if name
        }
        self.people: dict[str, str] = {}
        found: list[Draft] = []
        rows = self.db.execute("SELECT number, folded, name, names, roles FROM person ORDER BY number").fetchall()
        for number, root, name, said, roles in rows:
            aliases = [row[0] for row in self.db.execute("SELECT folded FROM alias WHERE person = ?", (number,))]
            if len(name.split()) < 2:
                continue
            known = next((names[alias] for alias in [root, *aliases] if alias in names), None)
            if known is None:
                known = self.installation.known_id(f"furniture/person/{root}")
                found.append(Draft(known, "furniture", self._person(known, name, json.loads(said), json.loads(roles))))
            self.people |= dict.fromkeys(aliases, known)
        self.reception.taken(found)
        return found

    def _person(self, id_: str, name: str, said: Mapping[str, str], roles: Sequence[Sequence[str]]) -> dict[str, Any]:
        tags = tuple(self.reception.office["languages"])
        content: dict[str, Any] = {
            "v": 1,
            "type": "furniture",
            "state": "current",
            "piece": "person",
            "order": 0,
            "name": {office_tag(language, tags): canonical_text(text) for language, text in said.items()},
            "address": address_word(name) or id_[:8],
        }
        if roles:
            content["roles"] = [{"name": {office_tag(tag, tags): canonical_text(role)}} for tag, role in roles]
        return content

    def _release(self, drafts: Sequence[Draft]) -> None:
        for start in range(0, len(drafts), AT_ONCE):
            self.publish(drafts[start : start + AT_ONCE])

    def _lead_on(self, redirects: Sequence[Draft]) -> None:
        """Have old addresses lead on; one that is refused keeps no other out."""
        for start in range(0, len(redirects), AT_ONCE):
            some = redirects[start : start + AT_ONCE]
            try:
                self.publish(some)
            except (PublishingRefused, EditionError):
                for one in some:
                    try:
                        self.publish([one])
                    except (PublishingRefused, EditionError) as error:
                        self.said(ImportingError(one.content["from"], str(error), "make a redirect of it at the desk"))

    # ------------------------------------------------------------------ messages

    def _items(self, after: int) -> Iterator[_Item]:
        """What is to land, in its order."""
        at = after
        while True:
            row = self.db.execute(
                "SELECT place, number, NULL FROM page WHERE place > ?1 UNION ALL"
                " SELECT at, page, place FROM seen WHERE at > ?1 ORDER BY 1 LIMIT 1",
                (at,),
            ).fetchone()
            if row is None:
                return
            at, number, place = row
            try:
                item = self._listed(at, number, place) if place is not None else self._message(at, number)
            except ImportingError as error:
                self._outcome(number, place, "refused", ())
                self.said(error)
                continue
            if item is not None:
                yield item

    def _listed(self, at: int, number: int, place: int) -> _Item:
        reading = self.journal.reading(number)
        received = self.reception.listed(reading.page, place, self.wishes.captured)
        return _Item(at, number, place, received, reading.page, ())

    def _message(self, at: int, number: int) -> _Item | None:
        (is_, on_day, titled) = self.db.execute(
            "SELECT is_, on_day, titled FROM page WHERE number = ?", (number,)
        ).fetchone()
        if is_ == "undated" and not self.wishes.drafts:
            return None
        reading = self.journal.reading(number)
        page, _gone = without_ending(reading, self.common)
        page = replace(_with_head(page, on_day, titled), listing=replace(page.listing, items=(), undated=()))
        received = self.reception.receive(page, self.wishes.captured, self._besides(number))
        return _Item(at, number, None, received, page, in_no_field(reading, self.common))

    def _besides(self, number: int) -> Besides:
        _, twin = self._key(number)
        version_of, original = self._joined(number)
        paths = self.addresses.of_message(number)
        return Besides(
            people=self.people,
            was=paths,
            twin=twin,
            version_of=version_of,
            language=original,
            id=self.addresses.message_at(paths),
            teaser=self._teaser(number),
            original=self._original(number) if self.public_originals else None,
            alone=False,
        )

    def _original(self, number: int) -> bytes | None:
        """The packed bytes of a page; once its message has landed they are among the private ones."""
        (sha256,) = self.db.execute("SELECT sha256 FROM page WHERE number = ?", (number,)).fetchone()
        return self.journal.original(number) or self.installation.originals.packed(sha256)

    def _key(self, number: int) -> tuple[str, int]:
        """The origin key of a message, and which it is of those that have the same."""
        language, day, title, titled, key = self.db.execute(
            "SELECT language, on_day, title, titled, title_key FROM page WHERE number = ?", (number,)
        ).fetchone()
        (twin,) = self.db.execute(
            "SELECT count(*) FROM page WHERE is_ IN ('message', 'undated') AND title_key = ? AND language = ?"
            " AND on_day IS ? AND titled IS ? AND number <= ?",
            (key, language, day, titled, number),
        ).fetchone()
        tag = office_tag(language, tuple(self.reception.office["languages"]))
        whole = message_key(tag, day or "", canonical_text((titled or title or "").strip()))
        return (f"{whole}#{twin}" if twin > 1 else whole), twin

    def _joined(self, number: int) -> tuple[str | None, str | None]:
        """The id of the message of which this is a language version, and the language of its original."""
        (root,) = self.db.execute("SELECT version_of FROM page WHERE number = ?", (number,)).fetchone()
        tags = tuple(self.reception.office["languages"])
        rows = self.db.execute(
            "SELECT number, language FROM page WHERE version_of = ? AND is_ = 'message' ORDER BY number", (root,)
        ).fetchall()
        if len(rows) < 2:
            return None, None
        ranked = sorted(
            (_place(office_tag(language, tags), tags), n, office_tag(language, tags)) for n, language in rows
        )
        ids = [self.installation.known_id(self._key(n)[0]) for _, n, _ in ranked]
        for id_ in ids:
            before = self.reception.newest(id_)
            if before and before.get("message"):
                return before["message"], before.get("original")
        return self.installation.known_id(f"versions of {self._key(ranked[0][1])[0]}"), ranked[0][2]

    def _teaser(self, number: int) -> str | None:
        """The words that most lists print under the title of a message."""
        row = self.db.execute(
            "SELECT teaser FROM seen WHERE of = ? AND teaser IS NOT NULL"
            " GROUP BY teaser ORDER BY count(*) DESC, teaser LIMIT 1",
            (number,),
        ).fetchone()
        return canonical_text(row[0].strip()) or None if row else None

    # ------------------------------------------------------------------ onto the record

    def _flush(self, items: Sequence[_Item], now: dict[str, Any]) -> None:
        """One release of all of them; where that is refused, of each by itself."""
        if not items:
            return
        release = [draft for item in items for draft in item.received.release]
        try:
            self._landed(items, self.publish(release) if release else [])
        except (PublishingRefused, EditionError):
            for item in items:
                self._by_itself(item)
        now["at"] = items[-1].at
        self._note(now)

    def _by_itself(self, item: _Item) -> None:
        try:
            self._landed([item], self.publish(item.received.release) if item.received.release else [])
        except (PublishingRefused, EditionError) as error:
            if pieces := [draft for draft in item.received.release if draft.kind == "furniture"]:
                self.publish(pieces)  # others of this batch refer to them
            self._outcome(item.page, item.place, "refused", ())
            self.said(ImportingError(item.read.capture.name, str(error), "write it at the desk"))

    def _landed(self, items: Sequence[_Item], published: Sequence[Published]) -> None:
        by_id = {one.id: one for one in published}
        keep_originals(
            self.installation, ((item.read, item.received, self.journal.original(item.page)) for item in items)
        )
        with self.journal.at_once():
            for item in items:
                received = item.received
                own = [by_id[draft.id] for draft in received.release if draft.id in by_id]
                outcome = self._became(received, own)
                entries = tuple(one.index for one in own if one.index >= 0)
                self._outcome(item.page, item.place, outcome, entries)
                if item.place is None:
                    address = next((one.address for one in own if one.id == received.message), None)
                    address = address or received.addresses.get(received.message or "")
                    self.said(Landed(item.read.capture.name, address, outcome, entries, item.left))

    def _became(self, received: Received, own: Sequence[Published]) -> str:
        made = {one.id for one in own}
        wanted = [draft.id for draft in received.release if draft.kind != "furniture"]
        if wanted:  # at the desk what is there is seen by who makes the drafts
            return "already" if made.isdisjoint(wanted) else "next" if received.is_next else "new"
        ids = list(received.addresses)
        of_this_batch = LoggedEntry.objects.filter(
            log__origin=self.installation.publisher.origin, ident__in=ids, index__gte=self.first
        )
        return "new" if of_this_batch.exists() else "already"

    def _outcome(self, number: int, place: int | None, outcome: str, entries: Sequence[int]) -> None:
        if place is None:
            self.db.execute(
                "UPDATE page SET outcome = ?, entries = ? WHERE number = ?", (outcome, json.dumps(entries), number)
            )
        else:
            self.db.execute("UPDATE seen SET outcome = ? WHERE page = ? AND place = ?", (outcome, number, place))


def _with_head(page: Page, day: str | None, title: str | None) -> Page:
    """The page with the day and the title that were settled."""
    heading = page.heading
    if day and (heading.published is None or heading.published.iso != day):
        heading = replace(heading, published=PrintedDate(date.fromisoformat(day), "y-MM-dd", day, 0, len(day)))
    if title:
        heading = replace(heading, title=title)
    return replace(page, heading=heading) if heading is not page.heading else page


def _place(tag: str, tags: Sequence[str]) -> int:
    return tags.index(tag) if tag in tags else len(tags)
