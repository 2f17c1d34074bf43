"""Units of the index: the turns of a message, the blocks of a text without turns, and its title.

    title    place 0, kind "title"
    a turn   place 1, 2 …, kind question, answer, remark or note; its topic is among its words
    a block  place 1, 2 …, kind "text": a paragraph, heading, item, quotation or table of a text without turns

Of a message that was removed, or whose title was erased, there is none. What the law took of a text is missing.

A unit's `key` orders all units of an office and names one: day, then the entry that made the message public, then the
place, newest first and yet a message's turns in the order in which they were said. It has 62 bits.

    key = day number << 42 | index of the first entry << 16 | 65535 - place
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from communique.edition.occasion import named_in
from communique.search.words import folded

PLACE_LIMIT = 0xFFFF
INDEX_BITS, PLACE_BITS = 26, 16
TITLE, TEXT = "title", "text"
_AS_TYPED = str.maketrans("’‘ʼ‐", "'''-")

Content = Mapping[str, Any]


@dataclass(frozen=True)
class Unit:
    """One unit, ready to be indexed. `speakers` are ids of persons, or `=name`, folded, of who has none.

    `asked` are those to whom a question is put: who answers it, before the next one.
    """

    key: int
    kind: str
    words: str
    speakers: tuple[str, ...]
    asked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Indexed:
    """A language version as it is indexed: what all its units have in common."""

    index: int
    day: date
    language: str
    kind: str
    section: str
    places: tuple[str, ...]
    units: tuple[Unit, ...]
    entry: int = 0
    """that of its newest edition, by which who follows a search is told"""


def indexed(index: int, content: Content, entry: int | None = None) -> Indexed | None:
    """What is indexed of an edition; None where nothing is. `index` is that of the first entry of its id, `entry` its
    own where it is another one."""
    day = day_of(content)
    if content["state"] == "removed" or content.get("title") is None or day is None:
        return None
    place = named_in(content, "place")
    return Indexed(
        index=index,
        day=day,
        language=content["language"],
        kind=content.get("kind", ""),
        section=content.get("section", ""),
        places=tuple(place) if place else (),
        units=tuple(_units(index, day, content)),
        entry=index if entry is None else entry,
    )


def day_of(content: Content) -> date | None:
    """The day under which a message stands: that of its address; None where the law took the address."""
    address = content.get("address")
    return date(*map(int, address.split("/")[2:5])) if address else None


def key_of(day: date, index: int, place: int) -> int:
    """The key of a unit."""
    return day.toordinal() << INDEX_BITS + PLACE_BITS | index << PLACE_BITS | PLACE_LIMIT - place


def told_of(entry: int, place: int) -> int:
    """What orders units by when they became public as they are now, and a message's turns in their order."""
    return entry << PLACE_BITS | PLACE_LIMIT - place


def opened(key: int) -> tuple[date, int, int]:
    """Day, index and place of a key."""
    day, index = key >> INDEX_BITS + PLACE_BITS, key >> PLACE_BITS & (1 << INDEX_BITS) - 1
    return date.fromordinal(day), index, PLACE_LIMIT - (key & PLACE_LIMIT)


def text_of(content: Content, place: int) -> str:
    """The words of the unit at a place, as they are indexed; "" where there are none."""
    if place == 0:
        return content.get("title") or ""
    if "turns" in content:
        turns = content["turns"]
        return _turn_text(turns[place - 1]) if place <= len(turns) else ""
    blocks = content.get("blocks", ())
    return _text(blocks[place - 1 : place])


def speakers_of(content: Content, turn: Mapping[str, Any]) -> tuple[str, ...]:
    """Who says a turn: ids of persons, or folded names; with whom a question is from."""
    speakers = content.get("speakers", ())
    if "speaker" in turn:
        return _named(speakers[turn["speaker"]])
    asks = turn.get("questioner") if turn["kind"] == "question" else None
    if not asks:
        return ()
    known = [name for one in speakers if one.get("name") == asks for name in _named(one)]
    return tuple(known) or (name_term(asks),)


def name_term(name: str) -> str:
    """What somebody without a person's page is called in the index, whatever apostrophe or hyphen is typed."""
    return "=" + folded(name.lower()).translate(_AS_TYPED)


def _units(index: int, day: date, content: Content) -> Iterable[Unit]:
    everybody = tuple(name for one in content.get("speakers", ()) for name in _named(one))
    yield Unit(key_of(day, index, 0), TITLE, content["title"], everybody)
    if "turns" in content:
        turns = content["turns"][:PLACE_LIMIT]
        asked = _asked(content, turns)
        for place, turn in enumerate(turns, 1):
            speakers = speakers_of(content, turn)
            yield Unit(key_of(day, index, place), turn["kind"], _turn_text(turn), speakers, asked[place - 1])
        return
    for place, block in enumerate(content.get("blocks", ())[:PLACE_LIMIT], 1):
        if words := _text([block]):
            yield Unit(key_of(day, index, place), TEXT, words, everybody)


def _asked(content: Content, turns: Sequence[Mapping[str, Any]]) -> list[tuple[str, ...]]:
    """To whom each turn is put; nobody, where it is no question."""
    found: list[tuple[str, ...]] = []
    answering: dict[str, None] = {}
    for turn in reversed(turns):
        found.append(tuple(answering) if turn["kind"] == "question" else ())
        if turn["kind"] == "question":
            answering = {}
        elif turn["kind"] == "answer":
            answering = dict.fromkeys((*speakers_of(content, turn), *answering))
    return found[::-1]


def _named(speaker: Mapping[str, Any]) -> tuple[str, ...]:
    if speaker.get("person"):
        return (speaker["person"],)
    return (name_term(speaker["name"]),) if speaker.get("name") else ()


def _turn_text(turn: Mapping[str, Any]) -> str:
    topic = turn.get("topic")
    return " · ".join([*([topic] if topic else []), _text(turn["blocks"])])


def _text(blocks: Iterable[Any]) -> str:
    found: list[str] = []
    for block in blocks:
        if isinstance(block, str):
            found.append(block)
        elif block is not None and "rows" in block:
            found += [" · ".join(cell or "" for cell in row) for row in block["rows"]]
        elif block is not None and block.get("text"):
            found.append(block["text"])
    return "\n".join(found)
