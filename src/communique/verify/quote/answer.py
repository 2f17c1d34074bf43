"""The answer about a quotation, one of four, and never a bare yes.

    witnessed    recorded, they stand in the current edition, and the quorum of the record's own policy cosigned it
    recorded     the same, and not enough witnesses have cosigned yet
    superseded   recorded, but the current edition has other words there, or was withdrawn, recalled, removed
    absent       not in this record; the nearest passage is compared with them

An edition answers only after it was proven: all entries lead to the root of the checkpoint that the log's key signed,
so that none hides a correction, and salt, manifest and words hash to what the entry says. Words that are a part of a
sentence are called one, and their sentence is shown whole (`edition/sentence.py`). What no proof can show is that the
words are true, and that the record holds everything that was ever said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from heapq import nlargest
from typing import Any

from communique.edition.comparing import Stretch
from communique.edition.edition import Edition, parse_edition
from communique.edition.errors import EditionError
from communique.edition.passages import Passage, passages_of
from communique.edition.quoted import INVISIBLE, LIGATURE, Span, pieces_of, said_in, words
from communique.edition.sentence import Part, part_of
from communique.record.checkpoint import VerifiedCheckpoint, verify_checkpoint
from communique.record.entry import Entry
from communique.record.errors import Missing, NotVerified
from communique.record.note import VerifierKey
from communique.record.policy import Policy, parse_policy
from communique.record.proof import derive_proof
from communique.record.reader import FileReader, edition_path
from communique.record.tree import compact_range_of
from communique.verify.find import find_edition
from communique.verify.quote.by_prints import entries_with
from communique.verify.quote.days import false_day
from communique.verify.quote.nearest import Nearest, nearest_in
from communique.verify.quote.pasted import Pasted, Said

WITNESSED, RECORDED, SUPERSEDED, ABSENT = VERDICTS = ("witnessed", "recorded", "superseded", "absent")

BY_PRINTS = (
    "read were only editions to which the site's own index of words leads; nothing signs that; --all reads every one"
)
MOST_NEAR = 32
"""entries with some of the prints that are read, for the nearest passage"""

_NO_MESSAGE = ("furniture", "admin")
_CANDIDATES = 8
"""editions that are compared word by word where the words are nowhere"""


@dataclass(frozen=True)
class Place:
    """A passage of a proven edition: what of it holds the words, and where."""

    entry: Entry
    content: dict[str, Any]
    passage: Passage
    spans: tuple[Span, ...]

    @property
    def address(self) -> str | None:
        """The path of the edition's page, with the turn."""
        path = self.content.get("address")
        turn = f"#{self.passage.turn}" if self.passage.turn else ""
        return f"/{path}/editions/{self.entry.seq}/{turn}" if path else None

    @property
    def part(self) -> Part | None:
        """The sentences of which the words are a part, if they are one."""
        return part_of(self.passage.text, self.spans) if self.spans else None

    @property
    def sentence(self) -> str | None:
        """Those sentences, whole."""
        part = self.part
        return self.passage.text[part.first : part.last].strip() if part else None

    def as_json(self) -> dict[str, Any]:
        """Who said it, where, in which edition; what is not known is left out."""
        occasion = self.content.get("occasion") or {}
        passage = self.passage
        facts = {
            "entry": self.entry.index,
            "id": self.entry.id,
            "edition": self.entry.seq,
            "at": self.entry.at,
            "language": self.content.get("language"),
            "title": self.content.get("title"),
            "address": self.address,
            "in": passage.sort,
            "turn": passage.turn,
            "kind": passage.kind,
            "speaker": passage.speaker,
            "role": passage.role,
            "questioner": passage.questioner,
            "outlet": passage.outlet,
            "question": passage.question if passage.kind == "answer" else None,
            "event": occasion.get("event"),
            "place": occasion.get("place"),
            "said_on": occasion.get("on") or self.content.get("delivered"),
            "words": [passage.text[first:last] for first, last in self.spans],
        }
        return {key: fact for key, fact in facts.items() if fact not in (None, [])}


@dataclass(frozen=True)
class Change:
    """What became of words that do not stand: which edition, of which kind, took them, and what it says of that."""

    entry: Entry
    state: str
    note: str | None
    current: Entry
    now: Nearest | None
    """the current edition compared with the words, where they are other words now"""


@dataclass(frozen=True)
class Answer:
    """The verdict about the words of one turn."""

    verdict: str
    said: Said
    place: Place | None = None
    change: Change | None = None
    nearest: tuple[Place, Nearest] | None = None
    elsewhere: int = 0
    """in how many other messages the same words stand"""
    notes: tuple[str, ...] = ()

    @property
    def is_yes(self) -> bool:
        """Whether the words stand, and were not cut out of a question."""
        part = self.place.part if self.place else None
        return self.verdict in (WITNESSED, RECORDED) and not (part and part.is_question)

    def as_json(self) -> dict[str, Any]:
        """The answer for programs."""
        found: dict[str, Any] = {"verdict": self.verdict, "words": self.said.words}
        if self.place:
            found |= {"where": self.place.as_json(), "elsewhere": self.elsewhere}
            if part := self.place.part:
                found |= {"part_of": part.name, "sentence": self.place.sentence}
        if self.change:
            found["change"] = _change_json(self.change)
        if self.nearest:
            place, near = self.nearest
            found["nearest"] = place.as_json() | {"compared": _stretches(near.compared)}
        return found | {"notes": list(self.notes)}


@dataclass
class Quoted:
    """A record, asked about words. Raises NotVerified at once if its checkpoint is not what the key signed."""

    reader: FileReader
    key: VerifierKey
    notes: list[str] = field(default_factory=list)
    site: Callable[[str], bytes] | None = None
    """reads the files of the site around a record on another machine: its prints spare reading every edition"""

    def __post_init__(self) -> None:
        self.policy = self._policy()
        keys = tuple(one.key for one in self.policy.witnesses)
        self.head: VerifiedCheckpoint = verify_checkpoint(self.reader.checkpoint, self.key, keys)

    @property
    def witnesses(self) -> tuple[str, ...]:
        """Who of the record's policy cosigned the checkpoint."""
        return tuple(one.key.name for one in self.head.witnesses)

    @property
    def is_witnessed(self) -> bool:
        """Whether they are enough for the record's policy, and somebody at all."""
        return bool(self.witnesses) and self.policy.is_met_by(frozenset(one.key for one in self.head.witnesses))

    def answers(self, pasted: Pasted) -> list[Answer]:
        """An answer for the words of each turn. Raises NotVerified, Missing, NotOfFormat and Unreachable."""
        ids = list(self._messages)
        if pasted.path is not None:
            pinned = find_edition(self.reader, pasted.path)
            if pinned is None or pinned.id not in self._messages:
                note = f"no message of this record has the address {pasted.path}"
                return [Answer(ABSENT, said, notes=(note,)) for said in pasted.said]
            ids = [pinned.id]
        return [self._answer(said, ids, pasted, number) for number, said in enumerate(pasted.said)]

    def _answer(self, said: Said, ids: Sequence[str], pasted: Pasted, number: int) -> Answer:
        search = _Search(self, said, pasted.turn if number == 0 else None)
        notes: tuple[str, ...] = ()
        if pasted.path is None and (likely := self._by_prints(said)) is not None:
            ids, notes = likely, (BY_PRINTS,)
        found = [answer for id_ in ids if (answer := search.answer_of(self._messages[id_])) is not None]
        if not found:
            return Answer(ABSENT, said, nearest=search.nearest(), notes=notes)
        best = min(found, key=lambda one: (one.verdict == SUPERSEDED, -_index(one)))
        false = _false_source(best, pasted, said) or self._false_day(best, pasted)
        if false:
            return Answer(ABSENT, said, nearest=search.nearest_to(best), notes=(false,))
        return Answer(best.verdict, said, best.place, best.change, None, len(found) - 1, best.notes)

    def _false_day(self, answer: Answer, pasted: Pasted) -> str | None:
        """What is wrong with a day in the source line: none that the record has for these words is it."""
        if answer.place is None or pasted.source is None:
            return None
        place = answer.place
        passage, occasion = place.passage, place.content.get("occasion") or {}
        own = (place.content.get("title"), occasion.get("event"), occasion.get("place"), passage.role, passage.outlet)
        instants = [entry.at for entry in self._messages[place.entry.id]]
        day = false_day(pasted.source, place.content, instants, own)
        return day and f"these words are recorded, and no day of theirs is the one that the source names: {day}"

    def _by_prints(self, said: Said) -> list[str] | None:
        """The messages that the site's own prints lead to; None where every edition has to be read."""
        found = entries_with(said.words, self.head.size, self.site) if self.site else None
        if found is None:
            return None
        wanted = {*found.whole, *found.part[:MOST_NEAR]}
        return [id_ for id_, entries in self._messages.items() if any(entry.index in wanted for entry in entries)]

    def proven(self, entry: Entry) -> Edition:
        """The edition of an entry, after everything that leads from it to the checkpoint was checked."""
        derive_proof(entry.index, self.reader.checkpoint, self.reader.subtree(self.head.size), entry.data)
        edition = self.edition(entry)
        if edition is None:
            raise Missing(edition_path(entry.body), f"entry {entry.index}")
        return edition

    def edition(self, entry: Entry) -> Edition | None:
        """The edition of an entry, if it is what the entry commits to. Raises NotVerified where it is not."""
        path = edition_path(entry.body)
        try:
            edition = parse_edition(self.reader.read(path))
        except EditionError as error:
            raise NotVerified(str(error), path) from error
        if edition.body != entry.body:
            raise NotVerified(f"salt and manifest hash to {edition.body}, not to its name", path)
        return edition if edition.manifest.get("type") == "message" else None

    @cached_property
    def _messages(self) -> dict[str, list[Entry]]:
        """id -> its editions in order; newest messages first. An entry that was altered may be a correction."""
        entries = list(self.reader.entries(0, self.head.size))
        if entries and compact_range_of(entry.leaf for entry in entries).root() != self.head.root:
            raise NotVerified("the entries do not lead to the root that was signed", "tile/entries")
        found: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            if entry.kind not in _NO_MESSAGE:
                found[entry.id].append(entry)
        return dict(sorted(found.items(), key=lambda item: -item[1][-1].index))

    def _policy(self) -> Policy:
        try:
            return parse_policy(self.reader.read("policy"))
        except Missing:
            return Policy(())


class _Search:
    """One turn's words, sought message by message; what comes near them is remembered."""

    def __init__(self, record: Quoted, said: Said, turn: str | None) -> None:
        self.record = record
        self.said = said
        self.turn = turn
        self.words = frozenset(word for piece in pieces_of(said.words) for word in words(piece))
        self.longest = max(self.words, key=len)
        self._near: list[tuple[int, int, Entry]] = []

    def answer_of(self, editions: Sequence[Entry]) -> Answer | None:
        """The answer of one message, if one of its editions has the words."""
        places = [place for entry in reversed(editions) for place in self._places(entry)]
        if not places:
            return None
        first = places[0]
        current = self.record.proven(editions[-1]).content
        stands = [place for place in places if place.entry == editions[-1]]
        said_by = {place.passage.speaker for place in places if place.entry == first.entry}
        self.record.proven(first.entry)
        if stands and current["state"] == "current":
            return Answer(WITNESSED if self.record.is_witnessed else RECORDED, self.said, stands[0])
        after = self._undone(editions, current["state"]) if stands else editions[editions.index(first.entry) + 1]
        content = self.record.proven(after).content
        now = None if stands else self._now(current, first.passage, said_by)
        note = content.get("note") or content.get("notice")
        return Answer(SUPERSEDED, self.said, first, Change(after, current["state"], note, editions[-1], now))

    def nearest(self) -> tuple[Place, Nearest] | None:
        """The passage that is most like the words, in an edition that was proven."""
        best: tuple[Place, Nearest] | None = None
        for _, _, entry in nlargest(_CANDIDATES, self._near, key=lambda one: one[:2]):
            content = self.record.proven(entry).content
            for passage in passages_of(content):
                near = nearest_in(passage.text, self.said.words)
                if near and (best is None or near.share > best[1].share):
                    best = (Place(entry, content, passage, (near.span,)), near)
        return best

    def nearest_to(self, answer: Answer) -> tuple[Place, Nearest] | None:
        """A passage that has the words, compared with them."""
        near = nearest_in(answer.place.passage.text, self.said.words) if answer.place else None
        return (answer.place, near) if answer.place and near else None

    def _places(self, entry: Entry) -> Iterator[Place]:
        data = self.record.reader.read(edition_path(entry.body)).decode("utf-8", "replace")
        told = INVISIBLE.sub("", data)
        common = sum(word in told for word in self.words)
        self._near.append((common, entry.index, entry))
        if self.longest not in told and not LIGATURE.search(told):
            return
        edition = self.record.edition(entry)
        if edition is None:
            return
        content = edition.content
        for passage in passages_of(content):
            if self.turn in (None, passage.turn):
                spans = said_in(passage.text, self.said.words)
                if spans:
                    yield Place(entry, content, passage, spans)

    def _undone(self, editions: Sequence[Entry], state: str) -> Entry:
        """The edition from which on a message has been in the state that it is in."""
        first = editions[-1]
        for entry in reversed(editions):
            edition = self.record.edition(entry)
            if edition is None or edition.manifest.get("state") != state:
                break
            first = entry
        return first

    def _now(self, content: dict[str, Any], before: Passage, speakers: set[str | None]) -> Nearest | None:
        """What the current edition has in the same turn, or from the same speaker."""
        same = [one for one in passages_of(content) if one.sort == before.sort and one.turn == before.turn]
        others = same or [one for one in passages_of(content) if one.speaker in speakers]
        found = [near for one in others if (near := nearest_in(one.text, self.said.words))]
        return max(found, key=lambda near: near.share, default=None)


def _index(answer: Answer) -> int:
    return answer.place.entry.index if answer.place else -1


def _false_source(answer: Answer, pasted: Pasted, said: Said) -> str | None:
    """What is wrong with the name that was brought along with the words: of a question it is that of who asked."""
    name = said.name or (pasted.source if len(pasted.said) == 1 else None)
    if answer.place is None or not name:
        return None
    passage, content = answer.place.passage, answer.place.content
    asked = passage.kind == "question" and not passage.speaker
    known = [one for one in ((passage.questioner, passage.outlet) if asked else (passage.speaker,)) if one]
    if known and not any(said_in(name, one) for one in known):
        who = f"asked by {', '.join(known)}" if asked else f"said by {passage.speaker}"
        return f"these words are recorded as {who}, not as the source has it: {name}"
    others = [one["name"] for one in content.get("speakers", ()) if one.get("name")]
    if asked and not known and any(said_in(name, one) for one in others):
        return f"these words are recorded as a question, not as the source has it: {name}"
    return None


def _change_json(change: Change) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "kind": change.entry.kind,
        "at": change.entry.at,
        "entry": change.entry.index,
        "edition": change.entry.seq,
        "note": change.note,
        "state": change.state,
        "current_edition": change.current.seq,
        "compared": _stretches(change.now.compared) if change.now else None,
    }
    return {key: fact for key, fact in facts.items() if fact is not None}


def _stretches(compared: Sequence[Stretch]) -> list[list[str]]:
    return [[one.sort, one.text] for one in compared]
