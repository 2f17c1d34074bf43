"""A page as drafts of editions: the furniture it shows, its message, and the messages it lists.

Everything is open content (see `communique.edition`), in the order in which it is to be appended: pieces of furniture,
the message, then the listed messages *from the end of the list*, so that a list sorted by day and index shows them as
the page did. What the office already has (a section, a person) is referred to by its entry id and not drafted again.

Each draft has an `origin_key` that stays the same when the same thing is read again from the same or another page: a
message is its language, day and title, a counter its starting day and sentence, a clock its zone and city. So a second
import is recognised, and a listed message becomes the next edition of its `id` when it is imported itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from communique.edition.text import canonical_text
from communique.importing.addresses import address_word, section_word
from communique.importing.clocks import Clock, settle
from communique.importing.counters import Counter
from communique.importing.digits import digits_of
from communique.importing.errors import NotDated
from communique.importing.foreign import Foreign, other_languages
from communique.importing.listing import Listed
from communique.importing.markup import Link
from communique.importing.occasion import Occasion
from communique.importing.page import Page
from communique.importing.paragraphs import Run
from communique.importing.plurals import sentences
from communique.importing.sentence import Sentence
from communique.importing.turns import Turn
from communique.importing.words import folded

LEAST_LATEST, MOST_LATEST = 5, 30
_SECTION_OF_NONE = "messages"
_PRESS_RELEASE = "press_release"
_OTHER_DIGITS_BY_DEFAULT = ("ar",)
"""languages that CLDR shows in other digits than ours: a page that prints ours says so"""

Content = dict[str, Any]


@dataclass(frozen=True)
class OfficeFacts:
    """What an import must know of the office. Names are `folded` (`communique.importing.words`)."""

    zone: str
    languages: tuple[str, ...]
    sections: Mapping[str, str] = field(default_factory=dict)
    """folded name -> entry id of the section piece"""
    section_words: Mapping[str, str] = field(default_factory=dict)
    """entry id -> its word in addresses, in the page's language"""
    people: Mapping[str, str] = field(default_factory=dict)
    """folded name -> entry id of the person piece"""


@dataclass(frozen=True)
class Draft:
    """One edition to be appended. `kind` is the entry's: "furniture" or "import"; `dated` goes with an import."""

    id: str
    origin_key: str
    kind: str
    content: Content
    dated: str | None = None


@dataclass(frozen=True)
class Drafts:
    """All that a page gives, and what the office piece itself takes from it (dateline pattern, numerals)."""

    office: Content
    furniture: tuple[Draft, ...]
    message: Draft | None
    listed: tuple[Draft, ...]
    captured: str

    def __iter__(self) -> Iterator[Draft]:
        yield from self.furniture
        if self.message:
            yield self.message
        yield from self.listed


def drafts(page: Page, *, office: OfficeFacts, fresh_id: Callable[[], str], captured: str | None = None) -> Drafts:
    """The drafts of a page. `captured` is what the person at the keyboard said; raises NotDated without any day."""
    return _Drafter(page, office, fresh_id, captured).drafts()


def captured_at(page: Page, zone: str, otherwise: str | None = None) -> str | None:
    """When a page was captured: the archive's instant, else that of its own date line and clocks in the office's
    zone (its day, where they tell no instant), else what was said. Never the file's time."""
    if page.capture.captured:
        return page.capture.captured
    around = page.surroundings
    clocks = [(clock.city, clock.time) for clock in around.clocks]
    at = settle(clocks, around.day, page.language, zone).at if clocks and around.day else None
    if at:
        return at.strftime("%Y-%m-%dT%H:%M:%SZ")
    return around.day.isoformat() if around.day else otherwise


def check_captured(said: str) -> None:
    """Refuse what somebody says of a capture when it is no day and no instant in UTC; raises NotDated."""
    pattern = "%Y-%m-%dT%H:%M:%SZ" if "T" in said else "%Y-%m-%d"
    try:
        if datetime.strptime(said, pattern).strftime(pattern) == said:
            return
    except ValueError:
        pass
    what = Sentence("{said} is no day and no instant", said=repr(said))
    raise NotDated("captured", what, Sentence("write 2026-03-04 or 2026-03-04T09:00:00Z"))


def day_of(captured: str, zone: str) -> date:
    """The day of an instant in a zone; a day is itself."""
    if len(captured) == 10:
        return date.fromisoformat(captured)
    return datetime.fromisoformat(captured).astimezone(ZoneInfo(zone)).date()


def message_key(language: str, day: str, title: str) -> str:
    """The origin key of a message: language, day and title, case and blanks aside."""
    digest = hashlib.sha256(" ".join(title.casefold().split()).encode()).hexdigest()
    return f"message/{language}/{day}/{digest[:32]}"


class _Drafter:
    """One page on its way into drafts. Ids are drawn in the order of the drafts, so that they are repeatable."""

    def __init__(self, page: Page, office: OfficeFacts, fresh_id: Callable[[], str], captured: str | None) -> None:
        found = captured_at(page, office.zone, captured)
        if found is None:
            raise NotDated(
                page.capture.name,
                Sentence("nothing on the page says when it was captured"),
                Sentence("say it: --captured 2026-03-04 or --captured 2026-03-04T09:00:00Z"),
            )
        self.page, self.office, self.fresh_id, self.captured = page, office, fresh_id, found
        self.today = page.surroundings.day or day_of(found, office.zone)
        self.tag = office_tag(page.language, office.languages)
        self.pieces: list[Draft] = []
        self.keys: dict[str, int] = {}
        self.section: str | None = None
        self.section_word = _SECTION_OF_NONE
        self.people: dict[str, str] = {}

    def drafts(self) -> Drafts:
        self._surroundings()
        self._section()
        self._people()
        self._labels()
        message = self._message() if self.page.body else None
        listed = []
        for item in reversed(self.page.listing.items):
            if message and item.day and message_key(self.tag, item.day, self._word(item.title)) == message.origin_key:
                message.content.update({"teaser": self._word(item.teaser)} if item.teaser else {})
            elif item.day:
                listed.append(self._stub(item, item.day))
        return Drafts(self._office(), tuple(self.pieces), message, tuple(listed), self.captured)

    def _office(self) -> Content:
        """What the office piece takes from the page: how its own day is printed, and in which digits."""
        taken: Content = {}
        dateline = self.page.surroundings.dateline
        if dateline:
            taken["dateline"] = {self.tag: dateline.pattern}
        printed = [self.page.heading.published.text] if self.page.heading.published else []
        printed += [clock.text for clock in self.page.surroundings.clocks]
        printed += [item.printed.text for item in self.page.listing.items]
        digits = digits_of("".join([dateline.text, *printed] if dateline else printed))
        if digits and (digits == "arab" or self.page.language in _OTHER_DIGITS_BY_DEFAULT):
            taken["numerals"] = {self.tag: digits}
        return taken

    def _surroundings(self) -> None:
        around = self.page.surroundings
        for clock in around.clocks:
            if clock.zone:
                city = self._word(clock.city)
                content: Content = {"city": {self.tag: city}, "zone": clock.zone}
                if sign := _sign_between(clock):
                    content["separator"] = sign
                self._piece("clock", f"{clock.zone}/{folded(clock.city)}", **content)
        for contact in around.contacts:
            reach = {"telephone": contact.telephone, "email": contact.email}
            block: Content = {key: self._word(text) for key, text in reach.items() if text}
            if contact.lines:
                block["lines"] = [{self.tag: self._word(line)} for line in contact.lines]
            label = self._word(contact.label)
            self._piece("contact", folded(label), label={self.tag: label}, **block)
        for counter in around.counters:
            self._counter(counter)

    def _counter(self, counter: Counter) -> None:
        since = self.today - timedelta(days=counter.days)
        forms = sentences(counter.pattern, counter.word, counter.days, self.page.language)
        content: Content = {"since": since.isoformat(), "sentence": {self.tag: _each(self._word, forms)}}
        if counter.grouping:
            content["grouping"] = True
        self._piece("counter", f"{since.isoformat()}/{folded(counter.pattern)}", **content)

    def _section(self) -> None:
        name = self.page.heading.section
        if not name:
            return
        known = self.office.sections.get(folded(name))
        if known:
            self.section = known
            self.section_word = self.office.section_words.get(known) or section_word(name, _SECTION_OF_NONE)
            return
        self.section_word = section_word(name, _SECTION_OF_NONE)
        words = {self.tag: self._word(name)}
        self.section = self._piece("section", folded(name), name=words, word={self.tag: self.section_word})

    def _people(self) -> None:
        """A person for each speaker with a name of at least two words; one mark may be a later, shorter form."""
        for speaker in self.page.speakers:
            name = self._word(speaker.name)
            if len(name.split()) < 2 or name.isupper() or folded(name) in self.people:
                continue
            known = self.office.people.get(folded(name))
            self.people[folded(name)] = known or self._person(name, speaker.role)

    def _person(self, name: str, role: str | None) -> str:
        content: Content = {"name": {self.tag: name}}
        if role:
            content["roles"] = [{"name": {self.tag: self._word(role)}}]
        id_ = self.fresh_id()
        content["address"] = address_word(name) or id_[:8]
        return self._piece("person", folded(name), id_, **content)

    def _labels(self) -> None:
        listing = self.page.listing
        labels = {"latest": listing.heading, "all_messages": listing.all_link}
        words = {key: {self.tag: self._word(text)} for key, text in labels.items() if text}
        if words:
            self._piece("labels", "labels", words=words)
        if listing.items:
            shown = len(listing.items) + bool(self.page.body)  # the message itself may be newer than the oldest of them
            content: Content = {"count": min(max(shown, LEAST_LATEST), MOST_LATEST)}
            if listing.separator:
                content["separator"] = listing.separator.strip()
            if any(item.teaser for item in listing.items):
                content["teasers"] = True
            self._piece("latest", "latest", **content)

    def _piece(self, piece: str, key: str, id_: str | None = None, **content: Any) -> str:
        order = sum(draft.content["piece"] == piece for draft in self.pieces)
        whole = {"v": 1, "type": "furniture", "state": "current", "piece": piece, "order": order, **content}
        draft = Draft(id_ or self.fresh_id(), self._key(f"furniture/{piece}/{key}"), "furniture", whole)
        self.pieces.append(draft)
        return draft.id

    def _message(self) -> Draft:
        page = self.page
        on = page.published or (page.occasion.on if page.occasion else None)
        day = (on or self.today).isoformat()
        content = self._envelope(day, page.heading.title or "")
        content["kind"] = _PRESS_RELEASE if page.kind == "list" else page.kind
        if self.section:
            content["section"] = self.section
        if page.occasion:
            content |= self._occasion(page.occasion)
        content |= self._speech() if page.turns else {"blocks": self._blocks(page.paragraphs, page.runs)}
        return self._import(content, day)

    def _occasion(self, occasion: Occasion) -> Content:
        content: Content = {}
        if occasion.event:
            content["event"] = self._word(occasion.event)
            if word := address_word(occasion.event):
                content["event_word"] = word
        if occasion.place:
            content["place"] = self._word(occasion.place)
            if word := address_word(occasion.place):
                content["place_word"] = word
        if occasion.on:
            content["on"] = occasion.on.isoformat()
        delivered: Content = {"delivered": occasion.on.isoformat()} if occasion.on else {}
        return {"occasion": content, **delivered}

    def _speech(self) -> Content:
        """Speakers and turns."""
        speakers = [self._speaker(s.mark, s.name, s.role) for s in self.page.speakers]
        index = {speaker.mark: place for place, speaker in enumerate(self.page.speakers)}
        turns = [self._turn(f"t{n}", turn, index) for n, turn in enumerate(self.page.turns, 1)]
        return {"turns": turns, **({"speakers": speakers} if speakers else {})}

    def _speaker(self, mark: str, name: str, role: str | None) -> Content:
        content: Content = {"name": self._word(mark)}
        if person := self.people.get(folded(self._word(name))):
            content["person"] = person
        if role:
            content["role"] = self._word(role)
        return content

    def _turn(self, id_: str, turn: Turn, index: Mapping[str, int]) -> Content:
        content: Content = {"id": id_, "kind": turn.kind, "blocks": self._blocks(turn.paragraphs, turn.runs)}
        if turn.name and turn.name in index:
            content["speaker"] = index[turn.name]
        if turn.mark:
            content["mark"] = self._word(turn.mark)
        return content

    def _blocks(self, paragraphs: Sequence[str], runs: Sequence[Sequence[Run]]) -> list[Any]:
        """Paragraphs with their links and words in another language; one that has none is bare text."""
        blocks: list[Any] = []
        for paragraph, own in zip(paragraphs, runs, strict=True):
            links = (run for run in own if isinstance(run, Link) and run.is_whole)
            marks: list[list[Any]] = [[link.start, link.end, "link", self._word(link.target)] for link in links]
            foreign = other_languages(paragraph, (run for run in own if isinstance(run, Foreign)), self.tag)
            marks += [[run.start, run.end, "lang", run.language] for run in foreign]
            text = self._word(paragraph)
            blocks.append({"kind": "paragraph", "text": text, "marks": marks} if marks else text)
        return blocks

    def _stub(self, item: Listed, day: str) -> Draft:
        content = {**self._envelope(day, item.title), "stub": True}
        if item.teaser:
            content["teaser"] = self._word(item.teaser)
        return self._import(content, day)

    def _envelope(self, day: str, title: str) -> Content:
        """What a message and a stub have in common."""
        id_, message = self.fresh_id(), self.fresh_id()
        slug = address_word(title) or id_[:8]
        path = f"{self.tag.lower()}/{self.section_word}/{day.replace('-', '/')}/{slug}"
        capture = self.page.capture
        source = {"address": capture.address, "captured": self.captured, "sha256": capture.sha256}
        return {
            "id": id_,
            "v": 1,
            "type": "message",
            "state": "current",
            "message": message,
            "language": self.tag,
            "original": self.tag,
            "title": self._word(title),
            "address": path,
            "source": {key: text for key, text in source.items() if text},
        }

    def _import(self, content: Content, day: str) -> Draft:
        key = self._key(message_key(self.tag, day, content["title"]))
        return Draft(content.pop("id"), key, "import", content, day)

    def _key(self, key: str) -> str:
        """The key, numbered when the page has the same thing twice."""
        self.keys[key] = self.keys.get(key, 0) + 1
        return key if self.keys[key] == 1 else f"{key}#{self.keys[key]}"

    def _word(self, text: str) -> str:
        return canonical_text(text.strip())


def office_tag(language: str, tags: tuple[str, ...]) -> str:
    """The office's own tag for the page's language; the bare language where it has none."""
    fitting = [tag for tag in tags if tag.split("-")[0].lower() == language]
    return fitting[0] if fitting else language


def _sign_between(clock: Clock) -> str:
    """The sign printed between a city and its time, "" where there is none."""
    rest = clock.text.partition(clock.city)[2]
    return rest[: next((n for n, c in enumerate(rest) if c.isdigit()), 0)].strip()


def _each(change: Callable[[str], str], words: Mapping[str, str]) -> dict[str, str]:
    return {key: change(text) for key, text in words.items()}
