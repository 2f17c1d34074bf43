"""Arrivals: what an import puts on the record, once and no more.

`importing` says what a page holds; here it meets the office. Of furniture, the sorts that the office lacks are taken;
on request all of it is: a piece that the office has, and that the page tells otherwise, gets its next edition, a piece
that it lacks is added. Sections and persons are found again by name; a message that is there already is left alone; a
message that was only listed until now becomes the next edition of the same id. Ids are the office's own keyed names of
what they stand for (`Installation.known_id`), so the same import run again finds everything and changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from communique.edition.language import address_word
from communique.edition.text import canonical_text
from communique.importing import contents
from communique.importing.page import Page
from communique.importing.words import folded
from communique.record.models import LoggedEdition, LoggedEntry
from communique.record.release import Draft, Published
from communique.settings.again import Mode, next_content
from communique.settings.office import Installation, fresh_id
from communique.settings.originals import MEDIA
from communique.settings.same_piece import retold, same_piece

TAKEN_BY_NEED = ("section", "person")
"""pieces that a message refers to: taken whenever the office has none of that name"""


@dataclass(frozen=True)
class Arrival:
    """What became of one page."""

    published: tuple[Published, ...]
    already: int
    """messages that were on the record before"""
    left: tuple[Draft, ...]
    """pieces of furniture as the page tells them, otherwise than the office has them, that were not taken"""
    addresses: Mapping[str, str]
    """id -> address of each message of the page, new or there before"""
    message: str | None
    """id of the page's own message, None where it only lists others"""

    @property
    def furniture_left(self) -> int:
        """How many these are."""
        return len(self.left)


@dataclass(frozen=True)
class Besides:
    """What the rest of an archive tells of one of its pages. Ids of people are those of pieces on the record."""

    people: Mapping[str, str] = field(default_factory=dict)
    """folded name -> id"""
    was: tuple[str, ...] = ()
    """old addresses, as paths"""
    twin: int = 1
    """which this is of the messages with the same day and title"""
    version_of: str | None = None
    """id of the message of which this is another language version"""
    language: str | None = None
    """in which it was first said"""
    id: str | None = None
    """of the message on the record that stood at one of these addresses"""
    teaser: str | None = None
    """as lists print it"""
    original: bytes | None = None
    """packed, where it is to be public (`originals.py`)"""
    alone: bool = True
    """whether nothing else of the archive was looked at: furniture and listed messages are then taken from the page"""


ALONE = Besides()


@dataclass(frozen=True)
class Received:
    """What is to be put on the record of one page, furniture first, and what is there already."""

    release: tuple[Draft, ...]
    already: int
    left: tuple[Draft, ...]
    addresses: Mapping[str, str]
    message: str | None
    is_next: bool = False
    """whether the page's own message is on the record and gets another edition"""
    keeps_original: bool = True
    """whether the page's bytes are to be kept privately: not where the record has them, nor where the law took words"""

    @property
    def brings(self) -> bool:
        """Whether the page has a message, its own or a listed one, that is on the record or goes there."""
        return bool(self.addresses) or any(draft.kind == "import" for draft in self.release)


def publish_page(
    installation: Installation,
    page: Page,
    captured: str | None = None,
    all_furniture: bool = False,
    mode: Mode = "skip",
    original: bytes | None = None,
) -> Arrival:
    """Put a page on the record as one release, and keep its original (packed), if it has any.

    Raises ImportingError or PublishingRefused, and nothing is stored. What a crash after the release did not keep is
    kept when the page comes again."""
    besides = Besides(original=original if installation.configuration.originals == "public" else None)
    received = Reception(installation, all_furniture, mode).receive(page, captured, besides)
    published = installation.publisher.publish(received.release) if received.release else []
    keep_original(installation, page, received, original)
    addresses = {**received.addresses, **{one.id: one.address for one in published if one.address}}
    return Arrival(tuple(published), received.already, received.left, addresses, received.message)


def keep_original(installation: Installation, page: Page, received: Received, original: bytes | None) -> None:
    """Keep the bytes of a page among the private originals, where its messages are and the record has not the bytes."""
    keep_originals(installation, [(page, received, original)])


def keep_originals(installation: Installation, arrived: Iterable[tuple[Page, Received, bytes | None]]) -> None:
    """The same of many pages."""
    installation.originals.keep_all(
        (page.capture.sha256, original)
        for page, received, original in arrived
        if original is not None and received.brings and received.keeps_original
    )


def drafts_of_page(
    installation: Installation, page: Page, captured: str | None = None, all_furniture: bool = False
) -> Received:
    """What `publish_page` would put on the record, for the newsroom to look through. Raises ImportingError."""
    return Reception(installation, all_furniture).receive(page, captured)


class Reception:
    """Where pages meet the office. It knows the office's furniture as it stood when it was made, and what has been
    `taken` since."""

    def __init__(self, installation: Installation, all_furniture: bool = False, mode: Mode = "skip") -> None:
        self.installation = installation
        self.all_furniture = all_furniture
        self.mode = mode
        self.present = installation.furniture()
        self.office_id = next(id_ for id_, content in self.present.items() if content["piece"] == "office")
        self._known: dict[str, contents.OfficeFacts] = {}

    @property
    def office(self) -> dict[str, Any]:
        """The office's own piece."""
        return self.present[self.office_id]

    def receive(self, page: Page, captured: str | None = None, besides: Besides = ALONE) -> Received:
        """What a page puts on the record. Raises ImportingError."""
        facts = self._facts(page.language)
        if besides.people:
            facts = replace(facts, people={**facts.people, **besides.people})
        found = contents.drafts(page, office=facts, fresh_id=fresh_id, captured=captured)
        return _Reception(self, found if besides.alone else replace(found, listed=()), besides).received()

    def furniture_of(self, pages: Sequence[Page], captured: str | None) -> tuple[Draft, ...]:
        """The pieces that most of these pages of one language show, as the first of them shows them, and what it tells
        of the office. Raises ImportingError."""
        found = [
            contents.drafts(page, office=self._facts(page.language), fresh_id=fresh_id, captured=captured)
            for page in pages
        ]
        times = Counter(key for one in found for key in {draft.origin_key for draft in one.furniture})
        shown: dict[str, contents.Draft] = {}
        for one in found:
            for draft in one.furniture:
                if draft.content["piece"] not in TAKEN_BY_NEED and times[draft.origin_key] * 2 > len(found):
                    shown.setdefault(draft.origin_key, draft)
        only = replace(found[0], message=None, listed=(), furniture=tuple(shown.values()))
        return _Reception(self, only, ALONE).received().release

    def newest(self, id_: str) -> dict[str, Any] | None:
        """The content of a message's newest edition on the record."""
        from_log = LoggedEntry.objects.filter(log__origin=self.installation.publisher.origin, ident=id_)
        body = from_log.order_by("-seq").values_list("body", flat=True).first()
        return self.installation.opened(bytes(LoggedEdition.objects.get(body=body).data)) if body else None

    def was_erased(self, id_: str) -> bool:
        """Whether the law took words of a message: they are not to come back from where they were imported."""
        from_log = LoggedEntry.objects.filter(log__origin=self.installation.publisher.origin, ident=id_)
        return from_log.filter(kind="erase").exists()

    def listed(self, page: Page, place: int, captured: str | None) -> Received:
        """What one message that a page lists puts on the record. Raises ImportingError."""
        found = contents.drafts(page, office=self._facts(page.language), fresh_id=fresh_id, captured=captured)
        item = page.listing.items[place]
        title = canonical_text(item.title.strip())
        wanted = tuple(draft for draft in found.listed if draft.content["title"] == title and draft.dated == item.day)
        only = replace(found, message=None, listed=wanted[:1])
        return _Reception(self, only, Besides(alone=False)).received()

    def taken(self, drafts: Iterable[Draft]) -> None:
        """These are on the record now."""
        for draft in drafts:
            if draft.kind == "furniture":
                self.present[draft.id] = dict(draft.content)
                self._known.clear()

    def _facts(self, language: str) -> contents.OfficeFacts:
        if language not in self._known:
            self._known[language] = self._facts_in(language)
        return self._known[language]

    def _facts_in(self, language: str) -> contents.OfficeFacts:
        def named(sort: str) -> dict[str, str]:
            pieces = ((id_, piece) for id_, piece in self.present.items() if piece["piece"] == sort)
            return {folded(name): id_ for id_, piece in pieces for name in piece["name"].values() if name}

        sections = {i: p["word"] for i, p in self.present.items() if p["piece"] == "section"}
        words = {i: address_word(word, language) for i, word in sections.items()}
        languages = tuple(self.office["languages"])
        return contents.OfficeFacts(self.office["zone"], languages, named("section"), words, named("person"))


class _Reception:
    """One page at the door."""

    def __init__(self, reception: Reception, found: contents.Drafts, besides: Besides) -> None:
        self.installation = reception.installation
        self.all_furniture = reception.all_furniture
        self.mode = reception.mode
        self.present, self.office_id, self.office = reception.present, reception.office_id, reception.office
        self.newest, self.was_erased = reception.newest, reception.was_erased
        self.besides = besides
        self.found = found
        self.ids = self._ids(found)
        self.already = 0
        self.left: list[Draft] = []
        self.is_next = False
        self.keeps_original = True
        self.addresses: dict[str, str] = {}

    def received(self) -> Received:
        office = self._office_piece() if self.besides.alone else []
        release = [*office, *self._furniture(), *self._messages()]
        own = self.ids[self.found.message.id] if self.found.message else None
        left = tuple(self.left)
        return Received(tuple(release), self.already, left, self.addresses, own, self.is_next, self.keeps_original)

    def _ids(self, found: contents.Drafts) -> dict[str, str]:
        """the drafter's id -> this office's own id for the same thing"""
        ids: dict[str, str] = {}
        for draft in found:
            key = draft.origin_key
            own = draft is found.message
            if own and self.besides.twin > 1:
                key = f"{key}#{self.besides.twin}"
            ids[draft.id] = self.installation.known_id(key)
            if own and self.besides.id and self.newest(ids[draft.id]) is None:
                ids[draft.id] = self.besides.id
            if draft.kind == "import":
                joined = self.besides.version_of if own else None
                ids[draft.content["message"]] = joined or self.installation.known_id(f"versions of {key}")
        return ids

    def _office_piece(self) -> list[Draft]:
        """The office's own piece with what the page tells of it: how its day is printed, in which digits."""
        told = {key: {**self.office.get(key, {}), **told} for key, told in self.found.office.items()}
        kept = {key: {**words, **self.office.get(key, {})} for key, words in told.items()}
        if not self.all_furniture and kept != told:
            self.left.append(Draft(self.office_id, "furniture", {**self.office, **told}))
        changed = {**self.office, **(told if self.all_furniture else kept)}
        return [Draft(self.office_id, "furniture", changed)] if changed != self.office else []

    def _furniture(self) -> list[Draft]:
        sorts = {content["piece"] for content in self.present.values()}
        wanted = [d for d in self.found.furniture if self.besides.alone or d.id in self._needed]
        known = {self.ids[draft.id] for draft in wanted} & self.present.keys()
        taken: list[Draft] = []
        for draft in wanted:
            told = self._relabelled(draft.content)
            own = self._own_piece(self.ids[draft.id], told, known)
            new = own is None and (told["piece"] not in sorts or told["piece"] in TAKEN_BY_NEED)
            content = told if own is None else retold(self.present[own], told)
            if own is not None and content == self.present[own]:
                continue
            found = Draft(own or self.ids[draft.id], "furniture", content)
            (taken if new or self.all_furniture else self.left).append(found)
        return taken

    @cached_property
    def _needed(self) -> frozenset[str]:
        """The drafter's ids of the pieces to which the messages refer."""
        contents_ = [draft.content for draft in self.found if draft.kind == "import"]
        named = [content.get("section") for content in contents_]
        named += [speaker.get("person") for content in contents_ for speaker in content.get("speakers", ())]
        return frozenset(filter(None, named))

    def _own_piece(self, id_: str, told: Mapping[str, Any], known: set[str]) -> str | None:
        """The id of the office's own piece that a page's piece is. `known` are those already spoken for."""
        if id_ in self.present:
            return id_
        own = None if told["piece"] in TAKEN_BY_NEED else same_piece(told, self.present, known)
        if own is not None:
            known.add(own)
        return own

    def _messages(self) -> list[Draft]:
        wanted = [self.found.message] if self.found.message else []
        taken = []
        for draft in [*wanted, *self.found.listed]:
            id_ = self.ids[draft.id]
            before = self.newest(id_)
            content = self._relabelled(draft.content)
            own = draft is self.found.message
            if own:
                content |= self._told_besides(content["source"])
                self.keeps_original = "file" not in content["source"]
            if before is not None:
                self.addresses[id_] = before.get("address") or ""
                if "stub" not in before or "stub" in content:
                    self.already += 1
                    erased = self.was_erased(id_)
                    changed = None if "stub" in content or erased else next_content(before, content, self.mode)
                    if own:
                        on_record = "file" in (changed or before).get("source", {})
                        self.keeps_original = not (on_record or erased)
                    if changed is None:
                        continue
                    self.is_next, content = True, changed
                else:
                    content |= {key: before[key] for key in ("address", "message", "original") if before.get(key)}
            taken.append(Draft(id_, "import", content, draft.dated))
        return taken

    def _told_besides(self, source: Mapping[str, Any]) -> dict[str, Any]:
        besides = self.besides
        told: dict[str, Any] = {"was": list(besides.was), "original": besides.language, "teaser": besides.teaser}
        if besides.original is not None:
            told["source"] = {**source, "file": besides.original, "media": MEDIA}
        return {key: value for key, value in told.items() if value}

    def _relabelled(self, value: Any) -> Any:
        """Content with the drafter's ids replaced by this office's own."""
        if isinstance(value, Mapping):
            return {key: self._relabelled(inner) for key, inner in value.items()}
        if isinstance(value, list | tuple):
            return [self._relabelled(inner) for inner in value]
        return self.ids.get(value, value) if isinstance(value, str) else value
