"""What stands in a record at its size, worked out apart from the press: furniture, messages, editions, addresses.

A *version* is one language version with all its editions. Its path is its frozen address, or `erased/INDEX/` where the
address was erased; its day is that of the last `dated`, else of its first `at` in the office's zone as it then was.
Editions that cannot be read are left out: `record.py` has said so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from communique.edition.event import above, in_calendar, is_day, is_part, spans_of
from communique.edition.language import address_word
from communique.edition.media import public_name, without_files
from communique.edition.occasion import WORDS_OF, named_in
from communique.edition.vouching import Vouched, read_vouched
from communique.record.entry import ADMIN, Entry
from communique.record.errors import Missing, NotOfFormat
from communique.record.reader import FileReader
from communique.verify.site.persons import SPLIT, Persons
from communique.verify.site.wording import Label, Wording, in_language, local_time, own_label

Content = Mapping[str, Any]


@dataclass(frozen=True)
class Edition:
    """One edition of a version. `day` is the day under which lists placed the message while it was the newest."""

    entry: Entry
    content: Content
    day: str

    @property
    def note(self) -> str:
        """What it says of its change; nothing where that was erased."""
        return str(self.content.get("note") or "")

    @property
    def is_gone(self) -> bool:
        """Whether nothing of it may be shown: removed, or its title erased."""
        return self.content["state"] == "removed" or self.content.get("title") is None


@dataclass
class Version:
    """One language version of a message: its editions, first to last."""

    id: str
    editions: list[Edition] = field(default_factory=list)

    @property
    def newest(self) -> Edition:
        return self.editions[-1]

    @property
    def language(self) -> str:
        return str(self.newest.content["language"])

    @property
    def first_at(self) -> str:
        return self.editions[0].entry.at

    @property
    def address(self) -> str | None:
        """Its frozen address with a slash at its end; None where it was erased."""
        address = self.newest.content.get("address")
        return f"{address}/" if address else None

    @property
    def path(self) -> str:
        """Where its page lies: its address, or its tombstone's."""
        erased = next((one for one in self.editions if "address" not in one.content), self.newest)
        return self.address or f"erased/{erased.entry.index}/"

    @property
    def edition_paths(self) -> list[str]:
        """Where the pages of its editions lie."""
        return [f"{self.address}editions/{one.entry.seq}" for one in self.editions] if self.address else []

    @property
    def change_paths(self) -> list[str]:
        """Where each edition from the second on is compared with the one before."""
        return [f"{path}/changes" for path in self.edition_paths[1:]]

    @property
    def corrected_at(self) -> str | None:
        """When it was last corrected."""
        return self.last("correct")

    def last(self, kind: str) -> str | None:
        """When its newest edition of a kind of entry was made."""
        return next((one.entry.at for one in reversed(self.editions) if one.entry.kind == kind), None)


@dataclass(frozen=True)
class Move:
    """What an old address answers: 301 with a target, or 410; `index` is the entry that says so, of `id`."""

    id: str
    index: int
    status: int
    target: str


@dataclass
class Standing:
    """All that stands at a size: `pieces` by id, current or not, with the index of their last entry; old addresses.

    `sources` are the old addresses that the last entry of each id named.
    """

    origin: str
    vouched: tuple[Entry, Vouched] | None = None
    """the newest note that vouches for the programs with which readers check"""
    furnished: int = -1
    """the last entry that changed the furniture"""
    pieces: dict[str, tuple[int, Content]] = field(default_factory=dict)
    changed_at: dict[str, str] = field(default_factory=dict)
    """when each piece was last changed"""
    versions: dict[str, Version] = field(default_factory=dict)
    moves: dict[str, Move] = field(default_factory=dict)
    sources: dict[str, list[str]] = field(default_factory=dict)
    persons: Persons = field(default_factory=Persons)
    agenda: dict[str, dict[str, None]] = field(default_factory=dict)
    """the years, months and days in which an event ever stood, with those that did, in the order in which they came"""
    named: dict[str, list[Mapping[str, str | None]]] = field(default_factory=dict)
    """the names of each person in each edition, as far as the record has them, in the order in which they came"""

    @property
    def site(self) -> str:
        """The site's address, without a slash at its end."""
        return "https://" + self.origin.rsplit("/", 1)[0]

    @property
    def agenda_pages(self) -> set[str]:
        """The years, the months of full years, the days of full months, the parts of full days: what has a page of the
        agenda."""
        full = {span for span, ids in self.agenda.items() if len(ids) > SPLIT}
        parts = {
            f"{span}-{number}"
            for span in full
            if is_day(span)
            for number in range(1, (len(self.agenda[span]) - 1) // SPLIT + 2)
        }
        return {span for span in self.agenda if not above(span) or above(span) in full} | parts

    def agenda_part(self, span: str) -> list[str]:
        """The events that ever stood in a year, a month, a day or a part of a day."""
        ids = list(self.agenda.get(in_calendar(span), ()))
        if not is_part(span):
            return ids
        number = int(span.rpartition("-")[2])
        return ids[(number - 1) * SPLIT : number * SPLIT]

    @property
    def had_crisis(self) -> bool:
        """Whether there ever was a crisis page, whose address then answers for ever."""
        return any(content["piece"] == "crisis" for _, content in self.pieces.values())

    @property
    def crisis_paths(self) -> set[str]:
        """Where the crisis page lies in each language, once there was one."""
        return {f"crisis/{language.lower()}/" for language in self.languages} if self.had_crisis else set()

    @property
    def languages(self) -> list[str]:
        """The office's languages."""
        return list(self.office.get("languages", ()))

    @property
    def office(self) -> Content:
        """The piece that is the office itself."""
        return next(iter(self.of("office")), {})

    def of(self, sort: str) -> list[Content]:
        """The current pieces of a sort, in order."""
        return [content for _, content in self.with_ids(sort)]

    def with_ids(self, sort: str) -> list[tuple[str, Content]]:
        """The current pieces of a sort with their ids, in order."""
        found = [
            (content["order"], index, id_, content)
            for id_, (index, content) in self.pieces.items()
            if content["piece"] == sort and content["state"] == "current"
        ]
        return [(id_, content) for _, _, id_, content in sorted(found, key=lambda one: one[:2])]

    def current(self, id_: str | None) -> Content | None:
        """A piece by its id if it is current."""
        content = self.pieces.get(id_ or "", (0, None))[1]
        return content if content and content["state"] == "current" else None

    @cached_property
    def occasions(self) -> dict[str, set[str]]:
        """The addresses of places and occasions, with what editions print there; erased words have none."""
        found: dict[str, set[str]] = {}
        for version in self.versions.values():
            for edition in (one for one in version.editions if one.content["state"] != "removed"):
                for sort in WORDS_OF:
                    named = named_in(edition.content, sort)
                    if named:
                        path = f"/{edition.content['language'].lower()}/by/{sort}/{named[0]}/"
                        found.setdefault(path, set()).add(named[1])
        return found

    def siblings(self, version: Version) -> list[Version]:
        """The other language versions of a message."""
        return [one for one in self._by_message[version.newest.content["message"]] if one is not version]

    def pairs(self) -> Iterator[tuple[Version, Version]]:
        """Each two languages of each message, in the order in which they became public."""
        for versions in self._by_message.values():
            first: dict[str, Version] = {}
            for version in versions:
                first.setdefault(version.language.lower(), version)
            for place, one in enumerate(first.values()):
                yield from ((one, other) for other in list(first.values())[place + 1 :])

    def beside_path(self, one: Version, other: Version) -> str | None:
        """Where two versions stand side by side; None where one of them has no words to show."""
        pair = next((pair for pair in self.pairs_of(one) if other in pair), None)
        return pair_path(*pair) if pair and all(map(_has_words, pair)) else None

    def pairs_of(self, version: Version) -> list[tuple[Version, Version]]:
        """The pairs in which a version stands."""
        if not self._pairs:
            for pair in self.pairs():
                for one in pair:
                    self._pairs.setdefault(one.id, []).append(pair)
        return self._pairs.get(version.id, [])

    @cached_property
    def _pairs(self) -> dict[str, list[tuple[Version, Version]]]:
        return {}

    def section_path(self, id_: str | None, language: str) -> str | None:
        """The path of a section's list in a language."""
        piece = self.pieces.get(id_ or "", (0, {}))[1]
        if piece.get("piece") != "section":
            return None
        word = address_word(piece["word"], language)
        return f"{language.lower()}/{word}/" if word else None

    def person_path(self, id_: str | None, language: str) -> str | None:
        """The path of the page in a language to which a person's name leads: of one who was merged, that of whom she
        was merged into; None of one who is not current."""
        piece = self.current(id_)
        is_person = id_ and piece and piece["piece"] == "person"
        return self.persons.path(self.persons.end(id_), language) if id_ and is_person else None

    def wording(self, language: str) -> Wording:
        """The office's words in a language."""
        if language not in self._wordings:
            self._wordings[language] = self._wording(language)
        return self._wordings[language]

    @cached_property
    def _wordings(self) -> dict[str, Wording]:
        return {}

    @cached_property
    def _by_message(self) -> dict[str, list[Version]]:
        found: dict[str, list[Version]] = {}
        for version in self.versions.values():  # in the order of their first entries
            found.setdefault(version.newest.content["message"], []).append(version)
        return found

    def _wording(self, language: str) -> Wording:
        labels: dict[str, Label] = {}
        for piece in self.of("labels"):
            for key, words in piece["words"].items():
                own = own_label(words, language)
                labels |= {key: own} if own else {}
        cities: dict[str, str] = {}
        for clock in self.of("clock"):
            cities.setdefault(clock["zone"], in_language(clock["city"], language))
        return Wording(language, self.office, labels, cities)


def pair_path(first: Version, second: Version) -> str:
    """Where two versions stand side by side: below the one that was public first."""
    return f"{first.address}beside/{second.language.lower()}/"


def _has_words(version: Version) -> bool:
    content = version.newest.content
    return bool(version.address and content.get("title")) and content["state"] != "removed" and "stub" not in content


def standing_in(reader: FileReader) -> Standing:
    """What stands in a record. Raises NotOfFormat and Missing where entries cannot be read."""
    standing = Standing(reader.origin)
    for entry in reader.entries(0, reader.size()):
        try:
            content = reader.edition(entry).content
        except (Missing, NotOfFormat):
            continue
        if content.get("type") == "furniture":
            standing.pieces[entry.id], standing.furnished = (entry.index, content), entry.index
            standing.changed_at[entry.id] = entry.at
            if content["piece"] == "event":
                for span in spans_of(content):
                    standing.agenda.setdefault(span, {})[entry.id] = None
            if content["piece"] == "redirect":
                _move_piece(standing, entry, content)
            if content["piece"] == "person":
                standing.named.setdefault(entry.id, []).append(content.get("name") or {})
                _merge(standing, entry, content)
        elif content.get("type") == "message":
            _enter(standing, entry, content)
        elif entry.id == ADMIN and (vouched := read_vouched(content.get("note"))):
            standing.vouched = (entry, vouched)
    return standing


def _enter(standing: Standing, entry: Entry, content: Content) -> None:
    version = standing.versions.setdefault(entry.id, Version(entry.id))
    day = entry.dated or (version.newest.day if version.editions else _local_day(standing, entry.at, content))
    gone = {item["part"] for item in content.get("erased", ())}
    if gone:
        version.editions = [replace(one, content=without_files(one.content, gone)) for one in version.editions]
    version.editions.append(Edition(entry, content, day))
    standing.persons.enter_message(entry.id, content, day)
    moves = {old: (301, version.address or "") for old in content.get("was", ()) if old and version.address}
    if content["state"] == "removed" and version.address:
        moves |= {path: (410, "") for path in (version.address, *version.edition_paths, *version.change_paths)}
    _move(standing, entry, entry.id, moves)


def _merge(standing: Standing, entry: Entry, content: Content) -> None:
    """A person's edition says anew whose addresses lead on to whom."""
    persons = standing.persons
    persons.enter_person(entry.id, content, standing.languages)
    merged = sorted(id_ for id_, piece in persons.pieces.items() if piece.get("merged"))
    for id_ in dict.fromkeys([*merged, entry.id]):
        wanted = persons.leading_on(id_, standing.languages)
        sources = (one for one in standing.sources.get(id_, ()) if one in standing.moves)
        has = {one: standing.moves[one].target for one in sources if standing.moves[one].id == id_}
        if wanted != has:
            _move(standing, entry, id_, {source: (301, target) for source, target in wanted.items()})


def _move_piece(standing: Standing, entry: Entry, content: Content) -> None:
    source, target = content.get("from"), content.get("to") or ""
    is_current = content["state"] == "current" and source
    _move(standing, entry, entry.id, {str(source): (301 if target else 410, target)} if is_current else {})


def _move(standing: Standing, entry: Entry, id_: str, moves: Mapping[str, tuple[int, str]]) -> None:
    """An entry says anew which old addresses an id has; of two about one address the later holds."""
    for source in standing.sources.pop(id_, ()):
        if source in standing.moves and standing.moves[source].id == id_:
            del standing.moves[source]
    for source, (status, target) in moves.items():
        standing.moves[source.strip("/")] = Move(id_, entry.index, status, target)
        standing.sources.setdefault(id_, []).append(source.strip("/"))


def _local_day(standing: Standing, at: str, content: Content) -> str:
    """The day of an instant in the office's zone; where the machine has no zones, that of the address."""
    local = local_time(at, str(standing.office.get("zone", "UTC")))
    if local:
        return local.date().isoformat()
    return "-".join(content["address"].split("/")[2:5]) if content.get("address") else at[:10]


def file_address(item: Content) -> str:
    """The public address of a picture or document."""
    return f"/files/{public_name(item['file'], item['media'])}"


def list_paths(standing: Standing, language: str) -> list[str]:
    """The undated lists that a language has: all messages, sections, persons."""
    found = [f"{language.lower()}/all/"]
    found += [standing.section_path(id_, language) or "" for id_, _ in standing.with_ids("section")]
    found += [standing.person_path(id_, language) or "" for id_, _ in standing.with_ids("person")]
    return [path for path in found if path]
